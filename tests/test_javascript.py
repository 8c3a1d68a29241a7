"""The pages' scripts without a browser: `node --test` runs tests/javascript."""

import hashlib
import json
import os
import shutil
from pathlib import Path

import pytest

from mygrad import Value, draw_dot, draw_steps
from mygrad.book.browser.build import cache, commands, npm, runtime
from mygrad.book.browser.build.commands import UnavailableError
from mygrad.pictures.plot import Plot

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests" / "javascript"
LIMIT = 300  # seconds; a machine with nothing else to do takes a twentieth


def node_modules():
    """What the tests need beside Node, as the lock file has it, installed once per machine."""
    files = [TESTS / name for name in ("package.json", "package-lock.json")]
    key = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    folder = cache.folder() / f"javascript-{key}"
    if not folder.exists():
        npm_path = commands.path_of("npm")
        scratch = folder.with_name(f"{folder.name}.{os.getpid()}")
        scratch.mkdir(parents=True)
        for file in files:
            shutil.copy(file, scratch)
        try:
            run = commands.run(
                npm_path, "ci", "--ignore-scripts", "--no-audit", seconds=LIMIT, folder=scratch
            )
            if run.status:
                raise UnavailableError(f"npm could not install jsdom: {run.last_words}")
            scratch.rename(folder)
        except FileExistsError:
            pass  # another run was faster
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    return folder / "node_modules"


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


def test_the_scripts_of_the_pages_pass_their_own_tests(tmp_path, monkeypatch):
    try:
        node = runtime.node_path()
        modules = node_modules()
        shutil.copytree(ROOT / "docs" / "assets", tmp_path / "assets")
        npm.extract(
            runtime.PURIFY, {"dist/purify.es.mjs": "purify.js"}, tmp_path / "assets" / "python"
        )
    except UnavailableError as reason:
        pytest.skip(f"no script of the pages is tested, since {reason}")
    hostile = (ROOT / "tests" / "hostile").glob("*.json")
    for file in [*TESTS.glob("*.js*"), *hostile]:
        shutil.copy(file, tmp_path)
    (tmp_path / "own.json").write_text(json.dumps(own_pictures()), encoding="utf-8")
    monkeypatch.setenv("NODE_PATH", str(modules))
    run = commands.run(node, "--test", seconds=LIMIT, folder=tmp_path)

    assert run.status == 0, run.printed + run.messages
