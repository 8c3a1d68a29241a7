"""An error of a block in words: Python's own traceback, from the block on.

What a block raises is of a class that it may have written itself, so nothing of that class is asked
without care: its name, its message and its traceback may raise, or be no text.
"""

from __future__ import annotations

import traceback
from types import TracebackType
from typing import Any

MOST_CALLS = 1000  # that a traceback tells of: in the page, to tell of a million takes minutes


def format_error(error: BaseException, filename: str) -> str:
    """Python's own traceback of an error, without the calls by which the block was run.

    It begins in that file, and tells of the last calls where there are very many.
    """
    calls = calls_of(error)
    while calls and file_of(calls[0]) != filename:
        del calls[0]
    calls_told = [call for call in calls[-MOST_CALLS:] if not is_of_book(call)]
    for call, following in zip(calls_told, [*calls_told[1:], None]):
        call.tb_next = following
    first = calls_told[0] if calls_told else None
    try:
        return "".join(traceback.format_exception(type(error), error, first))
    except BaseException:  # its class answers what no traceback can be made of
        return f"{HEADER}{''.join(map(call_line, calls_told))}{last_words(error)}\n"


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


def call_line(call: TracebackType) -> str:
    return f'  File "{file_of(call)}", line {call.tb_lineno}, in {call.tb_frame.f_code.co_name}\n'


def is_of_book(call: TracebackType) -> bool:
    """Whether this is a call of the book's own code, as the page's `input` is."""
    # A block may have run code with a dictionary of its own making.
    package = dict.get(call.tb_frame.f_globals, "__package__")
    return type(package) is str and f"{package}.".startswith("mygrad.book.")


def last_words(error: BaseException) -> str:
    """The type and the message of an error, as the last line of a traceback has them."""
    message = message_of(error)
    return f"{type_name(error)}: {message}" if message else type_name(error)


def type_name(thing: object) -> str:
    """The name of its class, whatever a metaclass says."""
    return str(CLASS_NAME(type(thing)))


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
CLASS_NAME: Any = vars(type)["__name__"].__get__


TRACEBACK: Any = vars(BaseException)["__traceback__"].__get__


HEADER = "Traceback (most recent call last):\n"
