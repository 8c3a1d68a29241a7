"""What a block must do: print what the page shows, raise what the page says, draw its picture."""

from __future__ import annotations

import functools
from pathlib import Path

from mygrad.book.page import Block, Page, PageError
from mygrad.book.parse import read
from mygrad.book.run.execute import Outcome
from mygrad.book.run.session import Session
from mygrad.book.verify.compare import Expected, compare_error, compare_output, normalized_lines
from mygrad.book.verify.quoted_source import Source, source_of
from mygrad.pictures.picture import AnyPicture, picture_of


class OutputError(PageError):
    """A block that ran well, and printed something else than the page shows."""


def check(session: Session, block: Block) -> AnyPicture | None:
    """Run a block, and those before it, hold it against the page, and return its picture.

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
    if normalized_lines(source.text) != normalized_lines(block.fence.content):
        raise OutputError(f"{at}: {source.file} has other code here by now:\n{source.text}")


def shown_source(page: Page, block: Block) -> Source:
    """The package's source that a block shows, as it stands in the file now."""
    try:
        return source_of(block.directives["source"])
    except LookupError as error:
        raise PageError(f"{page.at(block.line)}: {error}") from error


def check_error(session: Session, block: Block, outcome: Outcome) -> None:
    """Raises PageError for an error that the page does not announce, or a missing one."""
    difference = compare_error(expected_of(block), outcome)
    if difference:
        trace = f"\n\n{session.format_error(outcome.error)}" if outcome.error else ""
        raise PageError(f"{session.page.at(block.line)}: {difference.message}{trace}")


def check_output(session: Session, block: Block, outcome: Outcome) -> None:
    """Raises OutputError, with the line, where a block prints what its page does not show."""
    difference = compare_output(expected_of(block), outcome)
    if difference:
        line = block.line
        if block.output and difference.line is not None:
            line = block.output.first_line + difference.line
        raise OutputError(f"{session.page.at(line)}: {difference.message}")


def expected_of(block: Block) -> Expected:
    """What its page says of a block."""
    output = block.output.content if block.output else None
    return Expected(output, block.directives.get("raises"))


def draw(session: Session, block: Block, outcome: Outcome) -> AnyPicture | None:
    """The picture of the block's last expression; None where it has none."""
    at = session.page.at(block.line)
    if not hasattr(type(outcome.value), "_repr_svg_"):
        if block.directives.keys() & {"picture", "caption"}:
            raise PageError(f"{at}: this block names a picture, but its last line draws none")
        return None
    try:
        return picture_of(outcome.value)
    except Exception as error:
        raise PageError(f"{at}: drawing fails\n\n{session.format_error(error)}") from error
