"""What a block must do: print what the page shows, raise what the page says, draw its picture."""

from __future__ import annotations

import functools
import math
import re
from itertools import zip_longest
from pathlib import Path

from mygrad.book.page import Block, Page, PageError, read
from mygrad.book.run.execute import Outcome
from mygrad.book.run.session import Session
from mygrad.book.run.traceback import last_words, type_name
from mygrad.book.source import Source, source_of

# exp and tanh differ in the last digit between glibc, macOS and the browser.
TOLERANCE = 1e-12

NUMBER = re.compile(r"(-?\d+\.\d+(?:e[+-]?\d+)?)")
ADDRESS = re.compile(r"0x[0-9a-fA-F]+")


class OutputError(PageError):
    """A block that ran well, and printed something else than the page shows."""


def check(session: Session, block: Block) -> str | None:
    """Run a block, and those before it, hold it against the page, and return its picture (SVG).

    Raises PageError, with file and line, where the block and the page differ.
    """
    outcome = session.outcome(block)
    if outcome is None:
        return None
    if "source" in block.directives:
        check_source(session, block)
    check_error(session, block, outcome)
    check_output(session, block, outcome)
    return draw(session, block, outcome)


def check_line(run: str, path: Path, line: int) -> None:
    """Check the block at that line of a page.  What one run has done of the page is kept."""
    session = session_of(run, path)
    check(session, next(block for block in session.page.blocks if block.line == line))


@functools.lru_cache(maxsize=1)
def session_of(run: str, path: Path) -> Session:
    return Session(read(path))


def check_source(session: Session, block: Block) -> None:
    """A copy of the package's source that is no copy any more."""
    at = session.page.at(block.line)
    source = shown_source(session.page, block)
    if normal(source.text) != normal(block.fence.content):
        raise OutputError(f"{at}: {source.file} has other code here by now:\n{source.text}")


def shown_source(page: Page, block: Block) -> Source:
    """The package's source that a block shows, as it stands in the file now."""
    try:
        return source_of(block.directives["source"])
    except LookupError as error:
        raise PageError(f"{page.at(block.line)}: {error}") from error


def check_error(session: Session, block: Block, outcome: Outcome) -> None:
    """An error that the page does not announce, or an announced one that does not occur."""
    expected = block.directives.get("raises")
    found = type_name(outcome.error) if outcome.error else None
    if found == expected:
        return
    at = session.page.at(block.line)
    if outcome.error is None:
        raise PageError(f"{at}: this block should raise {expected}, and raises nothing")
    should = f", and should raise {expected}" if expected else ""
    trace = session.format_error(outcome.error)
    raise PageError(f"{at}: this block raises {found}{should}\n\n{trace}")


def check_output(session: Session, block: Block, outcome: Outcome) -> None:
    """Hold what a block printed against the text fence below it."""
    at = session.page.at
    text = shown(block, outcome)
    if block.output is None:
        # Only the message of an announced error may stay unshown: Python's own may change.
        if outcome.printed.strip():
            raise OutputError(
                f"{at(block.line)}: this block prints what the page does not show:\n{text}"
            )
        return
    if same_output(block.output.content, text):
        return
    lines = zip_longest(normal(block.output.content), normal(text))
    offset, shows, prints = next(
        (offset, shows, prints)
        for offset, (shows, prints) in enumerate(lines)
        if shows is None or prints is None or not same_output(shows, prints)
    )
    raise OutputError(
        f"{at(block.output.first_line + offset)}: the page shows {quoted(shows)}, "
        f"the block at line {block.line} prints {quoted(prints)}\n\nAll it prints:\n{text}"
    )


def shown(block: Block, outcome: Outcome) -> str:
    """What belongs into the text fence: the output, and the last words of an announced error."""
    if outcome.error and "raises" in block.directives:
        printed = outcome.printed
        line_end = "\n" if printed and not printed.endswith("\n") else ""
        return printed + line_end + last_words(outcome.error)
    return outcome.printed


def same_output(expected: str, printed: str) -> bool:
    """Whether two outputs are the same text, up to the last digits of numbers with a point.

    Line ends do not count, and one address (0x...) is as good as another.
    """
    a = NUMBER.split("\n".join(normal(expected)))
    b = NUMBER.split("\n".join(normal(printed)))
    # Text and numbers alternate: the numbers have the odd places.
    return a[::2] == b[::2] and all(map(same_number, a[1::2], b[1::2]))


def same_number(shown: str, printed: str) -> bool:
    """The same digits; of a number in full, all but the last ones, in which systems differ."""
    if shown == printed:
        return True
    digits = max(len(re.sub(r"e.*|\D", "", x).lstrip("0")) for x in (shown, printed))
    return digits > 12 and math.isclose(float(shown), float(printed), rel_tol=TOLERANCE)


def normal(text: str) -> list[str]:
    """The lines of an output, without what does not count."""
    lines = [line.rstrip() for line in text.rstrip().splitlines()]
    return [ADDRESS.sub("0x", line) for line in lines]


def quoted(line: str | None) -> str:
    return "nothing" if line is None else repr(line)


def draw(session: Session, block: Block, outcome: Outcome) -> str | None:
    """The picture of the block's last expression, as SVG; None where it has none."""
    at = session.page.at(block.line)
    if not hasattr(type(outcome.value), "_repr_svg_"):
        if block.directives.keys() & {"picture", "caption"}:
            raise PageError(f"{at}: this block names a picture, but its last line draws none")
        return None
    try:
        return str(outcome.value._repr_svg_())
    except Exception as error:
        raise PageError(f"{at}: drawing fails\n\n{session.format_error(error)}") from error
