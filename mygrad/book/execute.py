"""Runs one block of a page: the same function in the tests, in the build and in the browser.

Standard library only, so that it can run wherever Python does.

What a block raises is of a class that it may have written itself, so nothing of that class is asked
without care: its name, its message and its traceback may raise, or be no text.
"""

from __future__ import annotations

import io
import traceback

# By name, so that a block that patches `ast` gets what it asked for, and the next block runs.
from ast import Expr, Expression, parse
from contextlib import redirect_stdout
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from mygrad.book.terminal import shown

# More than any block of the book prints, and little enough for a page to show it at once.
MOST_CHARACTERS = 100_000
MOST_CALLS = 1000  # that a traceback tells of: in the page, to tell of a million takes minutes


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


class Output(Printed):
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
    printed = Output() if printed is None else printed
    try:
        with redirect_stdout(printed):
            value = run(code, namespace, filename, first_line)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit too: a block must not end the tests
        return Outcome(shown(printed.getvalue()), error)
    return Outcome(shown(printed.getvalue()), None, value)


def run(code: str, namespace: dict[str, Any], filename: str, first_line: int) -> Any:
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


def format_error(error: BaseException, filename: str) -> str:
    """Python's own traceback of an error, without the calls by which the block was run.

    It begins in that file, and tells of the last calls where there are very many.
    """
    calls = calls_of(error)
    while calls and file_of(calls[0]) != filename:
        del calls[0]
    told = [call for call in calls[-MOST_CALLS:] if not runs_blocks(call)]
    for call, following in zip(told, [*told[1:], None]):
        call.tb_next = following
    first = told[0] if told else None
    try:
        return "".join(traceback.format_exception(type(error), error, first))
    except BaseException:  # its class answers what no traceback can be made of
        return f"{HEADER}{''.join(map(place_of, told))}{last_words(error)}\n"


def calls_of(error: BaseException) -> list[TracebackType]:
    """The calls that an error came through, whatever its class says of them."""
    calls: list[TracebackType] = []
    trace = TRACEBACK(error)
    while trace:
        calls.append(trace)
        trace = trace.tb_next
    return calls


def file_of(call: TracebackType) -> str:
    return call.tb_frame.f_code.co_filename


def place_of(call: TracebackType) -> str:
    return f'  File "{file_of(call)}", line {call.tb_lineno}, in {call.tb_frame.f_code.co_name}\n'


def runs_blocks(call: TracebackType) -> bool:
    """Whether this is a call of the book's own code, as the page's `input` is."""
    # A block may have run code with a dictionary of its own making.
    package = dict.get(call.tb_frame.f_globals, "__package__")
    return type(package) is str and package == __package__


def last_words(error: BaseException) -> str:
    """The type and the message of an error, as the last line of a traceback has them."""
    message = message_of(error)
    return f"{type_name(error)}: {message}" if message else type_name(error)


def type_name(thing: object) -> str:
    """The name of its class, whatever a metaclass says."""
    return str(NAME(type(thing)))


def message_of(error: BaseException) -> str:
    """`str(error)`, or that there is none."""
    try:
        return str.__str__(str(error))  # a str with methods of the block's own becomes a plain one
    except BaseException:
        return "<its message cannot be shown>"


def failing_line(error: BaseException, filename: str) -> int | None:
    """The line of the file where an error came up; None where it came up in no line of it."""
    plain: Any = error if type(error) in (SyntaxError, IndentationError, TabError) else None
    if plain and plain.filename == filename:
        return plain.lineno if type(plain.lineno) is int else None
    lines = [call.tb_lineno for call in calls_of(error) if file_of(call) == filename]
    return lines[-1] if lines else None


# As Python itself reads them, past what a class may have put in their place.
NAME: Any = vars(type)["__name__"].__get__
TRACEBACK: Any = vars(BaseException)["__traceback__"].__get__
HEADER = "Traceback (most recent call last):\n"
