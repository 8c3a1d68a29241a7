"""Runs the blocks of a page in the reader's browser, by the functions that the tests use.

worker.js installs the shims, makes a `BrowserPython`, and asks that for a session for each run from
the top of a page.  All that comes out goes through files, so that Python need hold no object of
JavaScript.

A block is anybody's code.  What it patches, closes or deletes must not keep it from its own error,
nor the next one from running: that is manners.  What cannot be held against it is trust: a verdict
is given by a Python alone that has run nothing but the page's own blocks, and worker.js starts
another one where this one fails to answer.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import io
import json
import linecache
import math
import operator
import os
import random
import sys
import traceback
import warnings
from collections.abc import Iterator

# By name, so that a block that patches these modules does not patch this one.
from contextlib import contextmanager, suppress
from gc import collect, isenabled
from json import dumps, loads
from os import chdir, mkdir
from pathlib import Path
from types import ModuleType
from typing import Any

from mygrad import Film, Value
from mygrad.book.browser.page.output import Send, StreamedOutput
from mygrad.book.browser.page.reports import ReportsReset
from mygrad.book.browser.page.reset import Hooks, ModuleReset
from mygrad.book.browser.page.shims import send_to_page
from mygrad.book.page import Page
from mygrad.book.run.execute import MOST_CHARACTERS, Outcome, execute
from mygrad.book.run.session import Session
from mygrad.book.run.terminal import terminal_text
from mygrad.book.run.traceback import failing_line, format_error, last_words, message_of, type_name
from mygrad.book.slice.origins import lines_of
from mygrad.book.verify.compare import Expected, compare

# Besides the package, what blocks change most, and what it hurts most to have changed.
CHANGEABLE = [ast, builtins, io, json, linecache, math, operator, os, random, sys, traceback]
CHANGEABLE += [contextlib, warnings]

OF_VALUES = frozenset(dir(Value))
MOST_OF_A_PICTURE = 5_000_000  # characters: ten times the book's largest page


class BrowserPython:
    """Python in a reader's browser, as it is when this is made.  worker.js makes one, and keeps it.

    So no block finds it by a name.
    """

    def __init__(self) -> None:
        self.modules = ModuleReset("mygrad", CHANGEABLE)
        self.reports = ReportsReset()

    def is_untouched(self) -> bool:
        """Whether no block has changed the package, or what stands beside it."""
        return self.modules.is_untouched()

    def new_session(self, send: Send = send_to_page) -> BrowserSession:
        """A run from the top of a page.  What earlier blocks have changed is put back."""
        self.modules.put_back()
        self.reports.put_back()
        collect()  # what they have left is freed now, and prints to nobody
        random.seed()  # or its state would be the one of the build, and of the page before
        return BrowserSession(send)


class BrowserSession:
    """A page that is being run."""

    def __init__(self, send: Send) -> None:
        self.printed, self.warned = StreamedOutput("stdout", send), StreamedOutput("stderr", send)
        self.home = os.getcwd()
        self.hooks = Hooks()
        self.modules = sys.modules
        self.sources = linecache.cache
        # A copy: what blocks do to it reaches neither the package nor the standard library.
        self.builtins = ModuleType("builtins", builtins.__doc__)
        vars(self.builtins).update(vars(builtins))
        self.session = Session(Page(Path("page"), ""))
        self.session.namespace["__builtins__"] = self.builtins
        self.sources_run: dict[int, str] = {}  # the blocks that have run, by number
        self.picture: Any = None  # what the last block ended with, where that draws itself

    def run(self, request_json: str) -> str:
        """Run a block.  worker.js says what a request and its answer hold."""
        request = loads(request_json)
        source, name, first_line = request["source"], request["name"], request["firstLine"]
        self.remember(source, name, first_line)
        with self.place():
            try:
                outcome = execute(source, self.session.namespace, name, first_line, self.printed)
                self.picture = outcome.value if draws(outcome.value) else None
            except BaseException as error:  # KeyboardInterrupt too: no key was pressed
                outcome = Outcome(terminal_text(self.printed.getvalue()), error)
            collects = isenabled() or request["expected"] is None
            release(outcome, name, first_line + source.rstrip().count("\n"), collects)
        if outcome.error is None:
            self.sources_run[request["block"]] = source
        else:
            self.picture = None
        expected = request["expected"]  # None where the reader has changed the block
        difference = compare(Expected(**expected), outcome) if expected else None
        answer = {
            "error": outcome.error and error_report(outcome.error, name),
            "differs": difference.message if difference else "",
            "draws": self.picture is not None,
            "graphviz": "graphviz" in self.modules,  # so it may have to be loaded for the picture
        }
        return dumps(answer)

    @contextmanager
    def place(self) -> Iterator[None]:
        """Where a block runs: in the page's folder, and what it prints is sent until it ends."""
        self.printed.begin()
        self.warned.begin()
        before = sys.stdout, sys.stderr
        enter(self.session.folder)
        self.modules["builtins"] = self.builtins
        sys.stdout, sys.stderr = self.printed, self.warned
        sys.set_coroutine_origin_tracking_depth(1)  # so that a warning names the block that made it
        try:
            yield
        finally:
            sys.set_coroutine_origin_tracking_depth(0)
            self.hooks.put_back()
            sys.stdout, sys.stderr = before
            self.modules["builtins"] = builtins
            enter(self.home)
            self.printed.end()
            self.warned.end()

    def remember(self, source: str, name: str, first_line: int) -> None:
        """Let tracebacks show the lines of a block, which stands in no file."""
        lines = ("\n" * (first_line - 1) + source + "\n").splitlines(keepends=True)
        self.sources[name] = (len(source), None, lines, name)

    def draw(self, name: str) -> str:
        """What the last block ended with, as SVG or a film's HTML, or the error of drawing."""
        with self.place():
            try:
                return dumps({"picture": self.drawing()})
            except BaseException as error:
                return dumps({"error": error_report(error, name)})

    def drawing(self) -> str | None:
        """None where its class says that it has no picture after all, as notebooks have it."""
        if issubclass(type(self.picture), Film):
            roots = [reel.root for reel in self.picture.reels]
            lines = lines_of(roots, self.session.namespace, self.sources_run)
            return str(self.picture.html(f"live-{list(self.sources_run)[-1]}", lines))
        picture = self.picture._repr_svg_()
        if picture is None:
            return None
        if not issubclass(type(picture), str):
            raise TypeError(f"_repr_svg_ must return a str, and not {type_name(picture)}")
        if len(picture) > MOST_OF_A_PICTURE:
            raise ValueError(
                f"a picture has {MOST_OF_A_PICTURE:,} characters at most, "
                f"and this one {len(picture):,}"
            )
        return str.__str__(picture)


def release(outcome: Outcome, name: str, line: int, collects: bool) -> None:
    """Free what a block has left to nobody, while what that prints still goes to the block.

    Only then does Python tell of a coroutine that was never awaited: as of the block's last line.
    Garbage is collected after a stranger's code in any case, or it might print into the next block.
    """
    left = [outcome.value]
    outcome.value = None
    code = compile("\n" * (line - 1) + "left.clear(), collects and collect()", name, "exec")
    exec(code, {"left": left, "collect": collect, "collects": collects})


def draws(value: object) -> bool:
    return hasattr(type(value), "_repr_svg_")


def enter(folder: str) -> None:
    """Go there.  A block may have removed it."""
    with suppress(FileExistsError):
        mkdir(folder)
    chdir(folder)


def error_report(error: BaseException, name: str) -> dict[str, Any]:
    """An error as the page shows it: with Python's own traceback from the block on."""
    return {
        "name": type_name(error),
        "message": shorten_middle(message_of(error)),
        "traceback": shorten_middle(traceback_text(error, name)) + hint(error),
        "line": failing_line(error, name),
    }


def traceback_text(error: BaseException, name: str) -> str:
    """Python's own traceback; of an exit the last words alone, as in a notebook."""
    if issubclass(type(error), SystemExit):
        return f"{last_words(error)}\n"
    return format_error(error, name)


def shorten_middle(text: str) -> str:
    """A text that a page can show: what is too much is left out in the middle."""
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    said = f"Cut here: an error shows {MOST_CHARACTERS:,} characters at most."
    return f"{text[:half]}\n{said}\n{text[-half:]}"


def hint(error: BaseException) -> str:
    """What a page can say of an error beyond Python's own words."""
    if type(error) is ModuleNotFoundError:
        return (
            "The page has mygrad, graphviz, and Python's standard library as far as it can run "
            "in a browser.  For any other package, take the block along and run it at home.\n"
        )
    if issubclass(type(error), SystemExit):
        return "A page has no program to end: the block ends here, and none below it runs.\n"
    if issubclass(type(error), OSError) and "Host is unreachable" in message_of(error):
        return "A page's Python has no network.  Take the block along and run it at home.\n"
    if type(error) is AttributeError and type(error.obj) is float and is_of_values(error.name):
        return (
            "The data and the gradient of a value are plain numbers, with no graph behind them.  "
            "numeric_grad of a gradient measures a second slope.\n"
        )
    return ""


def is_of_values(name: object) -> bool:
    """Whether a number may be asked for this in place of a value.  A block may name anything."""
    return type(name) is str and name in OF_VALUES
