"""Runs one block of a page: the same function in the tests, in the build and in the browser.

Standard library only, so that it can run wherever Python does.
"""

from __future__ import annotations

import io

# By name, so that a block that patches `ast` gets what it asked for, and the next block runs.
from ast import Expr, Expression, parse
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any

from mygrad.book.run.terminal import terminal_text
from mygrad.book.run.traceback import type_name

# More than any block of the book prints, and little enough for a page to show it at once.
MOST_CHARACTERS = 100_000


@dataclass
class Outcome:
    """What a block did: what it printed, what it raised, what its last expression was."""

    printed: str
    error: BaseException | None
    value: Any = None


class Printed(io.StringIO):
    """What a block prints.  It stays open as long as the block runs, also where that closes it."""

    def close(self) -> None:
        """Do nothing: what has been printed is still to be read."""


class BoundedOutput(Printed):
    """The same up to a limit: an endless loop would fill the memory."""

    def write(self, text: str) -> int:
        text = plain(text)
        if self.tell() + len(text) > MOST_CHARACTERS:
            raise RuntimeError(f"a block prints {MOST_CHARACTERS:,} characters at most")
        return super().write(text)


def plain(text: object) -> str:
    """What is written to a stream, without methods of the block's own.  Else Python's own error."""
    if not isinstance(text, str):
        raise TypeError(f"write() argument must be str, not {type_name(text)}")
    return str.__str__(text)


def no_keyboard(prompt: object = "") -> str:
    """Stands in for `input`, which neither a page nor a test can answer."""
    raise RuntimeError(f"a page can't answer input({prompt!r}): write the text into the block")


def execute(
    code: str,
    namespace: dict[str, Any],
    filename: str,
    first_line: int,
    printed: io.StringIO | None = None,
) -> Outcome:
    """Run a block that starts at that line of that file, and catch what it prints and raises.

    What it prints goes to `printed`, for whoever wants to see it as it comes.
    """
    printed = BoundedOutput() if printed is None else printed
    try:
        with redirect_stdout(printed):
            value = run_code(code, namespace, filename, first_line)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: a block must not end the tests
        return Outcome(terminal_text(printed.getvalue()), error)
    return Outcome(terminal_text(printed.getvalue()), None, value)


def run_code(code: str, namespace: dict[str, Any], filename: str, first_line: int) -> Any:
    """Run the code and return the value of its last line, where that is an expression."""
    # Blank lines in front give every line of the block its number in the page.
    tree = parse("\n" * (first_line - 1) + code, filename)
    value = None
    last = tree.body[-1] if tree.body else None
    if isinstance(last, Expr):
        value = Expression(last.value)
        del tree.body[-1]
    exec(compile(tree, filename, "exec", dont_inherit=True), namespace)
    return eval(compile(value, filename, "eval", dont_inherit=True), namespace) if value else None
