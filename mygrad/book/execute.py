"""Runs one block of a page: the same function in the tests, in the build and in the browser.

Standard library only, so that it can run wherever Python does.
"""

from __future__ import annotations

import ast
import contextlib
import io
import traceback
from dataclasses import dataclass
from types import TracebackType
from typing import Any

# More than any block of the book prints, and little enough for a page to show it at once.
MOST_CHARACTERS = 100_000
MOST_CALLS = 1000  # that a traceback tells of: in the page, to tell of a million takes minutes


@dataclass
class Outcome:
    """What a block did: what it printed, what it raised, what its last expression was."""

    printed: str
    error: BaseException | None
    value: Any = None


class Output(io.StringIO):
    """What a block prints, up to a limit: an endless loop would fill the memory."""

    def write(self, text: str) -> int:
        if self.tell() + len(text) > MOST_CHARACTERS:
            raise RuntimeError(f"a block prints {MOST_CHARACTERS:,} characters at most")
        return super().write(text)


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
    printed = Output() if printed is None else printed
    try:
        with contextlib.redirect_stdout(printed):
            value = run(code, namespace, filename, first_line)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: a block must not end the tests
        return Outcome(printed.getvalue(), error)
    return Outcome(printed.getvalue(), None, value)


def run(code: str, namespace: dict[str, Any], filename: str, first_line: int) -> Any:
    """Run the code and return the value of its last line, where that is an expression."""
    # Blank lines in front give every line of the block its number in the page.
    tree = ast.parse("\n" * (first_line - 1) + code, filename)
    value = None
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        value = ast.Expression(last.value)
        del tree.body[-1]
    exec(compile(tree, filename, "exec", dont_inherit=True), namespace)
    return eval(compile(value, filename, "eval", dont_inherit=True), namespace) if value else None


def format_error(error: BaseException, filename: str) -> str:
    """Python's own traceback of an error, without the calls by which the block was run.

    It begins in that file, and tells of the last calls where there are very many.
    """
    calls: list[TracebackType] = []
    trace = error.__traceback__
    while trace:
        if calls or trace.tb_frame.f_code.co_filename == filename:
            calls.append(trace)
        trace = trace.tb_next
    told = [call for call in calls[-MOST_CALLS:] if not runs_blocks(call)]
    for call, following in zip(told, [*told[1:], None]):
        call.tb_next = following
    return "".join(traceback.format_exception(type(error), error, told[0] if told else None))


def runs_blocks(call: TracebackType) -> bool:
    """Whether this is a call of the book's own code, as the page's `input` is."""
    return call.tb_frame.f_globals.get("__package__") == __package__


def last_words(error: BaseException) -> str:
    """The type and the message of an error, as the last line of a traceback has them."""
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def failing_line(error: BaseException, filename: str) -> int | None:
    """The line of the file where an error came up; None where it came up in no line of it."""
    if isinstance(error, SyntaxError) and error.filename == filename:
        return error.lineno
    lines = [
        line
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == filename
    ]
    return lines[-1] if lines else None
