"""Whether what a block did is what the page shows.

Nothing here knows a page, so that the tests, the build, the page and the downloads compare alike.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import zip_longest

from mygrad.book.run.execute import Outcome
from mygrad.book.run.traceback import last_words, type_name

# exp and tanh differ in the last digit between glibc, macOS and the browser.
TOLERANCE = 1e-12

NUMBER = re.compile(r"(-?\d+\.\d+(?:e[+-]?\d+)?)")
ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


@dataclass(frozen=True)
class Expected:
    """What a page says of a block: the text fence below it, and the type of error it announces."""

    output: str | None
    raises: str | None


@dataclass(frozen=True)
class Difference:
    """How a block differs from that.  `line`, from 0, is the first line of the output that does."""

    message: str
    line: int | None = None


def compare(expected: Expected, outcome: Outcome) -> Difference | None:
    """The first thing in which a block differs from what its page says; None where in nothing."""
    return compare_error(expected, outcome) or compare_output(expected, outcome)


def compare_error(expected: Expected, outcome: Outcome) -> Difference | None:
    """An error that the page does not announce, or an announced one that does not occur."""
    if outcome.error is None:
        message = f"this block should raise {expected.raises}, and raises nothing"
        return Difference(message) if expected.raises else None
    found = type_name(outcome.error)
    if found == expected.raises:
        return None
    should = f", and should raise {expected.raises}" if expected.raises else ""
    return Difference(f"this block raises {found}{should}")


def compare_output(expected: Expected, outcome: Outcome) -> Difference | None:
    """What a block printed, held against the text fence below it."""
    text = shown_output(expected, outcome)
    if expected.output is None:
        # Only the message of an announced error may stay unshown: Python's own may change.
        message = f"this block prints what the page does not show:\n{text}"
        return Difference(message) if outcome.printed.strip() else None
    if same_output(expected.output, text):
        return None
    lines = zip_longest(normalized_lines(expected.output), normalized_lines(text))
    line, shows, prints = next(
        (line, shows, prints)
        for line, (shows, prints) in enumerate(lines)
        if shows is None or prints is None or not same_output(shows, prints)
    )
    message = f"the page shows {repr_line(shows)}, the block prints {repr_line(prints)}"
    return Difference(f"{message}\n\nAll it prints:\n{text}", line)


def shown_output(expected: Expected, outcome: Outcome) -> str:
    """What belongs into the text fence: the output, and the last words of an announced error."""
    if outcome.error and expected.raises:
        printed = outcome.printed
        line_end = "\n" if printed and not printed.endswith("\n") else ""
        return printed + line_end + last_words(outcome.error)
    return outcome.printed


def same_output(expected: str, printed: str) -> bool:
    """Whether two outputs are the same text, up to the last digits of numbers with a point.

    Line ends do not count, and one address (0x...) is as good as another.
    """
    a = NUMBER.split("\n".join(normalized_lines(expected)))
    b = NUMBER.split("\n".join(normalized_lines(printed)))
    # Text and numbers alternate: the numbers have the odd places.
    return a[::2] == b[::2] and all(map(same_number, a[1::2], b[1::2]))


def same_number(shown: str, printed: str) -> bool:
    """The same digits; of a number in full, all but the last ones, in which systems differ."""
    if shown == printed:
        return True
    digits = max(len(re.sub(r"e.*|\D", "", x).lstrip("0")) for x in (shown, printed))
    return digits > 12 and math.isclose(float(shown), float(printed), rel_tol=TOLERANCE)


def normalized_lines(text: str) -> list[str]:
    """The lines of an output, without what does not count."""
    lines = [line.rstrip() for line in text.rstrip().splitlines()]
    return [ADDRESS.sub("0x", line) for line in lines]


def repr_line(line: str | None) -> str:
    return "nothing" if line is None else repr(line)
