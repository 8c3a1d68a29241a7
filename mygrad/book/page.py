"""A page as a value: its text, and its blocks with what stands around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


class PageError(Exception):
    """A page that breaks a rule of its own: the message starts with file and line."""


@dataclass
class Fence:
    """A fence of a page.  Lines count from 1; `start` is the line that opens it."""

    start: int
    end: int
    language: str
    indent: str
    content: str
    closed: bool

    @property
    def first_line(self) -> int:
        return self.start + 1


@dataclass
class Block:
    """A Python fence, the directives above it, and the output shown below it."""

    fence: Fence
    directives: dict[str, str] = field(default_factory=dict)
    first_directive: int = 0  # the line of the first one; the fence's own where there is none
    output: Fence | None = None

    @property
    def line(self) -> int:
        return self.fence.first_line

    @property
    def last_line(self) -> int:
        return self.output.end if self.output else self.fence.end


@dataclass
class Figure:
    """A picture that stands alone, drawn by a script, and the lines of its directives."""

    first_line: int
    line: int
    name: str
    caption: str


@dataclass
class Page:
    """A page's text and its blocks, in order.  `name` is how messages call it."""

    path: Path
    text: str
    blocks: list[Block] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)

    def __post_init__(self) -> None:
        path = self.path.absolute()
        here = Path.cwd()
        self.name = (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()

    def at(self, line: int) -> str:
        """A place in the page, as the tests and the build name it."""
        return f"{self.name}:{line}"
