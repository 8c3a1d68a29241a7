"""Every argument of everything that draws, with every kind of value that it is not made for.

Each function and method is found by itself, and so is each of its parameters: whatever is new must
say here what it takes.  All else ends in an error that the package raises itself, with the value in
it: no error from somewhere inside, and nothing that is taken and then ignored.
"""

import inspect
import io
import math
import traceback
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import graphviz
import numpy as np
import pytest

import mygrad
from mygrad import MLP, Film, Plot, Value, backward_steps, draw_dot, draw_order, draw_steps, trace
from mygrad.pictures.graphviz import Drawing
from mygrad.pictures.order import Arcs

PACKAGE = Path(mygrad.__file__).parent
ROOT = Value(1.0) * 3


def closed_file():
    file = io.StringIO()
    file.close()
    return file


class Unprintable:
    def __repr__(self):
        raise RuntimeError("no words for it")


# By its name: a function that makes one, since a generator can be used only once.
KINDS = {
    "None": lambda: None,
    "True": lambda: True,
    "int": lambda: 3,
    "float": lambda: 0.5,
    "nan": lambda: math.nan,
    "inf": lambda: -math.inf,
    "huge int": lambda: 10**400,
    "Decimal": lambda: Decimal("0.5"),
    "complex": lambda: 1j,
    "text": lambda: "word",
    "empty text": lambda: "",
    "lower case": lambda: "lr",
    "lone surrogate": lambda: "\ud800",
    "bytes": lambda: b"word",
    "path": lambda: Path("missing/word"),
    "path.svg": lambda: Path("missing/word.svg"),
    "path.html": lambda: Path("missing/word.html"),
    "path.png": lambda: Path("missing/word.png"),
    "directory": lambda: Path("taken.svg"),
    "file as directory": lambda: "file/word.svg",
    "NUL.svg": lambda: "\0.svg",
    "closed file": closed_file,
    "empty list": list,
    "numbers": lambda: [1.0, 2.0],
    "array": lambda: np.array([1.0, 2.0]),
    "array of no dimension": lambda: np.array(1.0),
    "matrix": lambda: np.eye(2),
    "NumPy number": lambda: np.float32(0.5),
    "NumPy flag": lambda: np.True_,
    "generator": lambda: (x for x in [1.0, 2.0]),
    "range": lambda: range(2),
    "endless": lambda: iter(float, None),
    "set": lambda: {1.0, 2.0},
    "dict": lambda: {1.0: 2.0},
    "empty dict": dict,
    "list of None": lambda: [None, None],
    "nested": lambda: [[1.0], [2.0]],
    "Value": lambda: Value(2.0),
    "Values": lambda: [Value(1.0), Value(2.0)],
    "edges": lambda: trace(Value(1.0) + 1),
    "network": lambda: MLP(2, [1]),
    "lambda": lambda: lambda: 1.0,
    "class": lambda: Value,
    "object": object,
    "unprintable": Unprintable,
    "steps": lambda: backward_steps(ROOT),
    "film": lambda: draw_steps(ROOT),
    "reels": lambda: draw_steps(ROOT).reels,
    "groups": lambda: {"all": ROOT},
    "lines": lambda: {ROOT: "1:2"},
}
# What is taken.  A generator is taken where a list is, and a missing directory is made.
WORDS = {"text", "lower case"}
LABEL = {*WORDS, "lone surrogate", "NUL.svg", "file as directory"}
TEXT = {*LABEL, "empty text"}
NUMBERS = {
    "True",
    "int",
    "float",
    "Decimal",
    "Value",
    "NumPy number",
    "NumPy flag",
    "array of no dimension",
}
LISTS = {"numbers", "array", "generator", "range", "Values"}
FLAG = {"True"}
NAMES = {*WORDS, "path", "path.svg", "path.html"}  # of Graphviz's source, which has any
FOLDERS = {"None", "empty text", "directory", "path.png", *NAMES}

TAKES = {
    "trace": {"root": {"Value"}},
    "draw_dot": {
        "root": {"Value"},
        "local_derivatives": FLAG,
        "format": set(),
        "rankdir": set(),
        "title": TEXT,
        "description": TEXT,
    },
    "draw_order": {"nodes": {"empty list", "Values"}, "title": TEXT, "description": TEXT},
    "draw_steps": {
        "root": {"Value"},
        "steps": {"None", "empty list", "steps"},
        "groups": {"None", "groups"},
        "rankdir": set(),
        "title": TEXT,
        "description": TEXT,
    },
    "Film": {"reels": {"reels"}},
    "Film.beside": {"others": {"film"}},
    "Film.save": {"path": {"path.svg", "path.html"}},
    "Film.html": {
        "key": WORDS,
        "lines": {"None", "empty dict", "lines"},
        "folder": {"None", *TEXT},
    },
    "Film.apart": {"key": WORDS},
    "Plot": {
        "title": LABEL,
        "x_label": LABEL,
        "y_label": LABEL,
        "log_y": FLAG,
        "description": TEXT,
    },
    "Plot.line": {
        "xs": LISTS,
        "ys": LISTS,
        "label": TEXT,
        "role": {"empty text"},
        "dashed": {"None", *FLAG},
    },
    "Plot.points": {"xs": LISTS, "ys": LISTS, "label": TEXT, "role": {"empty text"}},
    "Plot.band": {
        "xs": LISTS,
        "lows": LISTS,
        "highs": LISTS,
        "label": TEXT,
        "role": {"empty text"},
    },
    "Plot.text": {
        "x": NUMBERS,
        "y": NUMBERS,
        "text": TEXT,
        "place": set(),
        "role": {"empty text"},
    },
    "Plot.save": {"path": {"path.svg"}},
    "Arcs.save": {"path": {"path.svg"}},
    "Drawing": {"title": TEXT, "description": TEXT, "rankdir": set()},
    "Arcs.picture": {},
    "Film.picture": {},
    "Plot.picture": {},
    "Drawing.copy": {},
    "Drawing.format": {"format": set()},
    "Drawing.pipe": {"format": {"None"}},
    "Drawing.save": {"filename": {"None", *NAMES}, "directory": FOLDERS},
    "Drawing.render": {
        "filename": {"None", *NAMES},
        "directory": FOLDERS,
        "view": FLAG,
        "outfile": {"None", "path", "path.svg", *WORDS},
        "format": {"None"},
        "quiet_view": FLAG,
    },
    "Drawing.unflatten": {},
}

# What a call needs beside the argument that is tried.
OTHERS = {
    "trace": {"root": ROOT},
    "draw_dot": {"root": ROOT},
    "draw_order": {"nodes": [ROOT]},
    "draw_steps": {"root": ROOT},
    "Film.html": {"key": "film"},
    "Film.apart": {"key": "film"},
    "Plot": {"title": "t", "x_label": "x", "y_label": "y"},
    "Plot.line": {"xs": [1, 2], "ys": [1, 2]},
    "Plot.points": {"xs": [1, 2], "ys": [1, 2]},
    "Plot.band": {"xs": [1, 2], "lows": [-9, -9], "highs": [9, 9]},
    "Plot.text": {"x": 1, "y": 1, "text": "here"},
    "Drawing.render": {"filename": "name"},
}


def new(owner):
    """One of this class, with something to draw."""
    if owner is Plot:
        made = Plot("Training", x_label="step", y_label="loss")
        made.line([0, 1], [0, 1])
        return made
    return {Film: draw_steps, Drawing: draw_dot, Arcs: lambda root: draw_order([root])}[owner](ROOT)


def found():
    """All that draws for a reader, by its name: what the package exports, and what that returns."""
    things = [getattr(mygrad, name) for name in mygrad.__all__]
    functions = {
        thing.__name__: thing
        for thing in things
        if inspect.isfunction(thing)
        and (thing is trace or thing.__module__.startswith("mygrad.pictures"))
    }
    for owner in (Film, Plot, Arcs, Drawing):
        if owner is not Arcs:  # nothing but draw_order makes one
            functions[owner.__name__] = owner
        for name in dir(owner):
            method = inspect.getattr_static(owner, name)
            # Of a drawing, what stands in for Graphviz's own.
            ours = owner is not Drawing or (name in vars(owner) and hasattr(graphviz.Digraph, name))
            if not name.startswith("_") and ours and not isinstance(method, str):
                functions[f"{owner.__name__}.{name}"] = method
    return functions


FOUND = found()


def parameters(name):
    """The parameters of one of them, without `self` and the `options` that Graphviz checks."""
    method = FOUND[name]
    signature = inspect.signature(method.fset if isinstance(method, property) else method)
    return [
        parameter
        for parameter in signature.parameters.values()
        if parameter.name != "self" and parameter.kind is not parameter.VAR_KEYWORD
    ]


def call(name, parameter, value):
    owner, _, method = name.partition(".")
    if isinstance(FOUND[name], property):
        return setattr(new(Drawing), method, value)
    owners = {"Film": Film, "Plot": Plot, "Arcs": Arcs, "Drawing": Drawing}
    function = getattr(new(owners[owner]), method) if method else FOUND[name]
    if parameter.kind is parameter.VAR_POSITIONAL:
        return function(value)
    result = function(**{**OTHERS.get(name, {}), parameter.name: value})
    if name == "Plot":
        result.line([1, 2], [1, 2])  # an empty one is not drawn
    return result


def test_everything_that_draws_stands_in_the_table():
    """A new function, method or parameter says here what it takes."""
    assert {name: [parameter.name for parameter in parameters(name)] for name in FOUND} == {
        name: [*takes] for name, takes in TAKES.items()
    }


CASES = [(name, parameter) for name in FOUND for parameter in parameters(name)]


@pytest.mark.parametrize(("name", "parameter"), CASES, ids=lambda part: getattr(part, "name", part))
def test_a_wrong_argument_is_told(name, parameter, tmp_path, monkeypatch):
    """By the package, at its own `raise`, as one of two kinds of errors; and all else is taken."""
    monkeypatch.setenv("PATH", str(tmp_path))  # no Graphviz
    monkeypatch.setattr(graphviz, "view", lambda path: None)
    taken = set()
    for number, (kind, make) in enumerate(KINDS.items()):
        folder = tmp_path / str(number)
        (folder / "taken.svg").mkdir(parents=True)
        (folder / "file").write_text("")
        monkeypatch.chdir(folder)
        error = raised_by(name, parameter, make())
        if error is None:
            taken.add(kind)
        else:
            last = traceback.extract_tb(error.__traceback__)[-1]
            assert PACKAGE in Path(last.filename).parents, (kind, error)
            assert last.line.startswith("raise "), (kind, error)
            assert len(str(error)) < 500, (kind, error)

    assert taken == TAKES[name][parameter.name]


def raised_by(name, parameter, value):
    """The error of a call, or of drawing what it gives; None if there is none."""
    try:
        result = call(name, parameter, value)
        if hasattr(result, "_repr_svg_"):
            ElementTree.fromstring(result._repr_svg_())
    except (TypeError, ValueError, graphviz.ExecutableNotFound) as error:
        return error
    return None
