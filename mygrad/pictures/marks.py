"""What a plot can hold: lines, points, bands and texts, each of which draws and tells itself.

A mark knows its data, in numbers.  Where these lie, in pixels, the plot tells it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import ClassVar, TypeAlias

from mygrad.pictures.picture import COLOURS, coloured, printable, px
from mygrad.pictures.ticks import short, tick_text

Pixels: TypeAlias = list[tuple[float, float]]

WIDTH = 480  # px, of a plot
CHARACTER = 7.5  # px, about the width of a character; most texts are narrower

# A series is known by its pattern too, so that nothing hangs on colour alone.
DASHES = ("", "7 4", "2 4", "10 3 2 3")
MARKERS = ("circle", "hollow square", "triangle", "hollow diamond")
OUTLINES = {  # from a marker's centre, px
    "hollow square": ((-4, -4), (4, -4), (4, 4), (-4, 4)),
    "triangle": ((0, -5.5), (5, 4), (-5, 4)),
    "hollow diamond": ((0, -5.5), (5.5, 0), (0, 5.5), (-5.5, 0)),
}
PLACES = {  # where a text stands: its offset from the point in px, and its anchor
    "right": (8, 5, "start"),
    "left": (-8, 5, "end"),
    "above": (0, -9, "middle"),
    "below": (0, 18, "middle"),
}
STROKE = 'stroke="currentColor" stroke-width="1.5"'


@dataclass
class Mark(ABC):
    """One thing drawn on a plot, with as many `xs` as `ys`.

    `styles` are those that it may be drawn in; the plot chooses one, so that each series differs.
    """

    xs: list[float]
    ys: list[float]
    label: str
    role: str
    styles: tuple[str, ...]
    style: str = ""
    kind: ClassVar[str]

    def draw(self, pixels: Pixels) -> str:
        """The mark with its points at these pixels, in the hue of its role."""
        shape = self.shape(pixels)
        if not self.role:
            return f"<g>{shape}</g>"
        # The class sets fill and color; strokes follow color, as "currentColor".
        return f'<g {coloured(self.role)} color="{COLOURS[self.role]}">{shape}</g>'

    @abstractmethod
    def shape(self, pixels: Pixels) -> str:
        """What is drawn, without its hue."""

    def told(self) -> str:
        """Where it lies, in words."""
        return f"at {self.point(0)}"

    def point(self, i: int) -> str:
        return f"({short(self.xs[i])}, {short(self.ys[i])})"

    @property
    def dash(self) -> str:
        return f' stroke-dasharray="{self.style}"' if self.style else ""


class Series(Mark):
    """What may be of many points.  With a label it stands in the legend."""

    @abstractmethod
    def sample(self, x: float, y: float) -> Pixels:
        """Where its points lie in the legend: within 26 px from x on, around y."""

    def told(self) -> str:
        return super().told() if len(self.xs) == 1 else self.told_of_several()

    @abstractmethod
    def told_of_several(self) -> str:
        """The same of more than one point."""


class Line(Series):
    """The points (x, y), joined in the order given."""

    kind = "line"

    def shape(self, pixels: Pixels) -> str:
        if len(pixels) == 1:  # a line of one point would not be seen
            return marker("circle", *pixels[0])
        points = f'<polyline points="{joined(pixels)}" fill="none" {STROKE}'
        return f'{points} stroke-linejoin="round"{self.dash}/>'

    def sample(self, x: float, y: float) -> Pixels:
        return [(x, y), (x + 26, y)]

    def told_of_several(self) -> str:
        return f"from {self.point(0)} to {self.point(-1)}"


class Points(Series):
    """A marker at each (x, y)."""

    kind = "points"

    def shape(self, pixels: Pixels) -> str:
        return "".join(marker(self.style, x, y) for x, y in pixels)

    def sample(self, x: float, y: float) -> Pixels:
        return [(x + 13, y)]

    def told_of_several(self) -> str:
        return f"{len(self.xs)} of them"


class Band(Series):
    """A surface between two curves: its `ys` are the lows, then the highs back again."""

    kind = "band"

    def shape(self, pixels: Pixels) -> str:
        points = f'<polygon points="{joined(pixels)}" fill-opacity="0.2" {STROKE}'
        return f'{points} stroke-opacity="0.4"{self.dash}/>'

    def sample(self, x: float, y: float) -> Pixels:
        return [(x, y - 6), (x + 26, y - 6), (x + 26, y + 6), (x, y + 6)]

    def told_of_several(self) -> str:
        ys, half = [*map(short, self.ys)], len(self.ys) // 2
        return f"from {ys[0]} to {ys[-1]} at first, from {ys[half - 1]} to {ys[half]} at last"


class Text(Mark):
    """Words beside a point."""

    kind = "text"

    def shape(self, pixels: Pixels) -> str:
        (x, y), (dx, dy, anchor) = pixels[0], PLACES[self.style]
        width = CHARACTER * len(self.label)
        before = {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        x = max(before, min(x + dx, WIDTH - width + before))  # stay inside the picture
        return text_at(x, y + dy, self.label, anchor)


def joined(pixels: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{px(x)},{px(y)}" for x, y in pixels)


def marker(name: str, x: float, y: float) -> str:
    if name not in OUTLINES:
        return f'<circle cx="{px(x)}" cy="{px(y)}" r="4"/>'
    hollow = f' fill="none" {STROKE}' * name.startswith("hollow")
    return f'<polygon points="{joined((x + dx, y + dy) for dx, dy in OUTLINES[name])}"{hollow}/>'


def text_at(x: float, y: float, text: str | float, anchor: str = "start", weight: int = 400) -> str:
    text = escape(printable(text if isinstance(text, str) else tick_text(text)))
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return f'<text x="{px(x)}" y="{px(y)}" text-anchor="{anchor}"{bold}>{text}</text>'
