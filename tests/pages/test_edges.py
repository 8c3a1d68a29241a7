"""What micrograd, PyTorch and mygrad do at each edge, and that `docs/edges.md` says so.

`pytest --update-docs tests/pages/test_edges.py` writes the tables of the page from what the
installed engines do.
"""

import copy
import importlib.util
import math
import pickle
import random
import re
import threading
import warnings
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from edges import EDGES
from project import ROOT

import mygrad
from mygrad.book.run.execute import execute
from mygrad.book.verify.compare import same_output

PAGE = ROOT / "docs" / "edges.md"
MODULES = {"micrograd": "micrograd", "PyTorch": "torch", "mygrad": "mygrad"}
INSTALLED = [engine for engine, module in MODULES.items() if importlib.util.find_spec(module)]
SHOWN = 60  # characters of a result, or of another engine's message; ours stand in full


# What a program may use.


def mygrad_names():
    value = mygrad.Value
    return {**vars(mygrad), "change": set_data, "leaf_read_by_both": leaf_read_by_both(value)}


def micrograd_names():
    from micrograd import engine, nn

    names = {**vars(engine), **vars(nn)}
    return {**names, "change": set_data, "leaf_read_by_both": leaf_read_by_both(engine.Value)}


def pytorch_names():
    """A tensor for each number, in double precision."""
    import torch

    def tensor(x):
        return torch.tensor(x, dtype=torch.float64)

    class Network(torch.nn.Module):
        def __init__(self, *sizes):
            super().__init__()
            layers = [torch.nn.Linear(*pair, dtype=torch.float64) for pair in pairwise(sizes)]
            self.layers = torch.nn.Sequential(*layers)

        def forward(self, x):
            return self.layers(tensor(x))

    def change(leaf, x):
        with torch.no_grad():
            leaf.fill_(x)

    return {
        "Value": lambda x: tensor(x).requires_grad_(),
        "Neuron": lambda n_inputs: Network(n_inputs, 1),
        "MLP": lambda n_inputs, sizes: Network(n_inputs, *sizes),
        "SGD": torch.optim.SGD,
        "change": change,
    }


NAMES = {"micrograd": micrograd_names, "PyTorch": pytorch_names, "mygrad": mygrad_names}


def set_data(leaf, x):
    leaf.data = x


def leaf_read_by_both(value):
    """A leaf that hands its gradient to two threads only once both have asked for it."""
    both = threading.Barrier(2)

    class Leaf(value):
        kept = 0.0

        @property
        def grad(self):
            grad = self.kept
            if threading.current_thread() is not threading.main_thread():
                both.wait(timeout=10)
            return grad

        @grad.setter
        def grad(self, grad):
            self.kept = grad

    return Leaf(1.0)


# What came out, as a cell of the table.


def outcome(engine, edge):
    """Run an edge's program with an engine, and say what it gave or raised."""
    if engine in edge.without:
        return "–"
    random.seed(1)
    names = {**NAMES[engine](), **LIBRARY}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = execute(edge.program, names, "edge", 1)
    if result.error is None:
        return f"`{cut(shown(result.value))}`"
    message = " ".join(str(result.error).split())
    return f"`{type(result.error).__name__}: {message if engine == 'mygrad' else cut(message)}`"


def shown(result):
    """The number alone of a value or a tensor; a string of the program's own as it is."""
    if isinstance(result, str):
        return result
    return repr(result.tolist() if hasattr(result, "tolist") else getattr(result, "data", result))


def cut(text):
    """As much as a cell holds, up to the end of a word."""
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + " …"


LIBRARY = {
    "ElementTree": ElementTree,
    "copy": copy,
    "inf": math.inf,
    "nan": math.nan,
    "pickle": pickle,
    "shown": shown,
    "threading": threading,
}


# The page.


def rows():
    """The cells of the page's tables, by what the row is about."""
    lines = re.findall(r"^\| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: cells for name, *cells in (line.split(" | ") for line in lines)}


def written():
    """The page, its tables anew; an engine that is not installed keeps its cells."""
    before = rows()
    introduction, _ = PAGE.read_text(encoding="utf-8").split("## ", 1)
    parts = [introduction]
    for heading, edges in EDGES.items():
        parts.append(f"## {heading}\n\n| edge | {' | '.join(MODULES)} | why |\n{'|---' * 5}|\n")
        for edge in edges:
            old = dict(zip(MODULES, before.get(edge.name, ["?"] * 3)))
            cells = [outcome(e, edge) if e in INSTALLED else old[e] for e in MODULES]
            parts.append(f"| {' | '.join([edge.name, *cells, edge.why])} |\n")
        parts.append("\n")
    return "".join([*parts, "</div>\n"])


@pytest.fixture(scope="module", autouse=True)
def _update(request):
    """Write the tables anew where pytest is asked to."""
    if request.config.getoption("--update-docs"):
        PAGE.write_text(written(), encoding="utf-8", newline="\n")


def test_the_page_has_every_edge_and_why_in_this_order():
    """No row without a program behind it."""
    page = [(name, cells[-1]) for name, cells in rows().items() if name != "edge"]

    assert page == [(edge.name, edge.why) for edges in EDGES.values() for edge in edges]


@pytest.mark.parametrize(
    ("engine", "edge"),
    [
        pytest.param(
            engine,
            edge,
            id=f"{engine}: {edge.name}",
            marks=[
                pytest.mark.skipif(engine not in INSTALLED, reason=f"{engine} is not installed"),
                *([pytest.mark.slow] if edge.slow else []),
            ],
        )
        for engine in MODULES
        for edges in EDGES.values()
        for edge in edges
    ],
)
def test_an_engine_does_at_an_edge_what_the_page_shows(engine, edge):
    """Words that are not ours are those of one version of Python: of them, the type counts."""
    shows = dict(zip(MODULES, rows()[edge.name]))[engine]
    does = outcome(engine, edge)
    if engine != "mygrad":
        shows, does = (re.sub(r"^`(\w+Error): .*`$", r"`\1`", cell) for cell in (shows, does))

    assert same_output(shows, does), f"the page shows {shows}, {engine} gives {does}"
