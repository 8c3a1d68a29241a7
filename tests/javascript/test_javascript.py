"""The pages' scripts without a browser: `node --test` runs tests/javascript."""

import json
import shutil

import pytest
from project import ROOT

from mygrad import Value, draw_dot, draw_steps
from mygrad.book.browser.build import commands, npm, runtime
from mygrad.book.browser.build.commands import UnavailableError
from mygrad.pictures.plot import Plot

TESTS = ROOT / "tests" / "javascript"
LIMIT = 300  # seconds; a machine with nothing else to do takes a twentieth


def own_pictures():
    """Pictures and films of every kind that the package draws, as a run hands them to the page."""
    a, b = Value(2.0, label="a<b&"), Value(-3.0, label='"b"')
    product = a * b
    loss = (product + a).tanh()
    plot = Plot("Marks", x_label="x", y_label="y", log_y=True)
    for i in range(5):
        plot.line([1, 2, 3], [1, 2 + i, 10], f"line {i}", role=("data", "grad", "local", "")[i % 4])
        plot.points([1, 2], [2, 3 + i], f"points {i}")
    plot.band([1, 2], [1, 2], [2, 3], "band")
    plot.text(1, 2, "word")
    film = draw_steps(loss, title="One -> two")
    grouped = draw_steps(loss, groups={"product": product, "loss": loss})
    return [
        draw_dot(loss)._repr_svg_(),
        draw_dot(loss, rankdir="TB", title="<t>", description="d")._repr_svg_(),
        plot._repr_svg_(),
        film._repr_svg_(),
        film.html("live-1", {loss: "3:7-9"}),
        film.beside(draw_steps(a + b)).html("live-1"),
        grouped.html("live-1"),
    ]


def test_the_scripts_of_the_pages_pass_their_own_tests(tmp_path):
    try:
        node = runtime.node_path()
        needed = npm.installed(TESTS)
        served = npm.installed(runtime.HERE)
    except UnavailableError as reason:
        pytest.skip(f"no script of the pages is tested, since {reason}")
    for name, content in needed.items():
        path = tmp_path / "node_modules" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    shutil.copytree(ROOT / "docs" / "assets", tmp_path / "assets")
    purify = served["dompurify/dist/purify.es.mjs"]
    (tmp_path / "assets" / "python" / "purify.js").write_bytes(purify)
    hostile = (ROOT / "tests" / "hostile").glob("*.json")
    for file in [*TESTS.glob("*.js*"), *hostile]:
        shutil.copy(file, tmp_path)
    (tmp_path / "own.json").write_text(json.dumps(own_pictures()), encoding="utf-8")
    run = commands.run(node, "--test", seconds=LIMIT, folder=tmp_path)

    assert run.status == 0, run.printed + run.messages
