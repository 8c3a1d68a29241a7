"""Small line plots: numbers in, an SVG picture out.

A plot collects marks: lines, points, bands, texts.  When it is drawn, it chooses round ticks
that cover all marks, maps data to pixels, and writes the grid, the marks and the legend.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple, SupportsFloat, TypeAlias

from mygrad.arguments import kind_of
from mygrad.checked_math import as_float
from mygrad.engine import Value
from mygrad.pictures.checks import checked_choice, checked_flag, checked_list, checked_text
from mygrad.pictures.marks import (
    CHARACTER,
    DASHES,
    MARKERS,
    PLACES,
    WIDTH,
    Band,
    Line,
    Mark,
    Points,
    Series,
    Text,
    text_at,
)
from mygrad.pictures.picture import COLOURS, ROW, Drawable, Picture, px
from mygrad.pictures.ticks import log_ticks, round_ticks, short, tick_text

Number: TypeAlias = Value | SupportsFloat
Numbers: TypeAlias = Iterable[Number]

GRID_HEIGHT = 200  # px; title, legend and axis labels come on top of it
MOST_POINTS = 50_000  # of all marks together: a browser still shows those at once


class Plot(Drawable):
    """A picture of curves and points over two named axes.

    `role` says what kind of number a mark shows, and so its hue: a key of COLOURS, or ""
    for the page's text colour.  Marks with a `label` stand in the legend.  Each new pair of role
    and label gets a dash pattern or marker of its own; the same pair keeps it and is listed once.
    """

    def __init__(
        self, title: str, *, x_label: str, y_label: str, log_y: bool = False, description: str = ""
    ) -> None:
        """Name the plot and its axes, each in a few words.

        `description` is what a screen reader says; without one, it is made from the data.
        """
        for name, text in (("title", title), ("x_label", x_label), ("y_label", y_label)):
            if not checked_text(name, text).strip():
                raise ValueError(f"a plot names itself and its axes: {name} is {text!r}, write one")
        self.title, self.x_label, self.y_label = title, x_label, y_label
        self.log_y = checked_flag("log_y", log_y)
        self.description = checked_text("description", description)
        self._marks: list[Mark] = []

    def line(
        self,
        xs: Numbers,
        ys: Numbers,
        label: str = "",
        role: str = "data",
        dashed: bool | None = None,
    ) -> None:
        """Join the points (x, y) in the order given.

        `dashed` asks for dashes or for a solid line; None takes the next pattern.
        """
        dashes: tuple[str, ...] = DASHES
        if dashed is not None:
            dashes = DASHES[1:] if checked_flag("dashed", dashed) else DASHES[:1]
        self._add(Line(floats("xs", xs), floats("ys", ys), label, role, dashes))

    def points(self, xs: Numbers, ys: Numbers, label: str = "", role: str = "data") -> None:
        """Mark each point (x, y)."""
        self._add(Points(floats("xs", xs), floats("ys", ys), label, role, MARKERS))

    def band(
        self, xs: Numbers, lows: Numbers, highs: Numbers, label: str = "", role: str = "data"
    ) -> None:
        """Shade from low to high at each x."""
        x, low, high = floats("xs", xs), floats("lows", lows), floats("highs", highs)
        if not len(x) == len(low) == len(high):
            raise ValueError(
                f"band: one low and one high for each x, "
                f"got {len(x)} xs, {len(low)} lows and {len(high)} highs"
            )
        for i in range(len(x)):
            if low[i] > high[i]:
                raise ValueError(
                    f"band: lows[{i}] is {low[i]}, above highs[{i}], {high[i]}: exchange them"
                )
        self._add(Band(x + x[::-1], low + high[::-1], label, role, DASHES))

    def text(self, x: Number, y: Number, text: str, place: str = "right", role: str = "") -> None:
        """Write beside the point (x, y): `place` is right, left, above or below."""
        checked_choice("text: place", place, PLACES)
        self._add(Text(floats("x", [x]), floats("y", [y]), text, role, (place,)))

    def _add(self, mark: Mark) -> None:
        """Take a mark that can be drawn, in a style of its own or that of its series."""
        self._check(mark)
        taken = {(m.role, m.label): m.style for m in self._marks if m.kind == mark.kind}
        style = taken.get((mark.role, mark.label))
        if style is None or style not in mark.styles:
            unused = [style for style in mark.styles if style not in taken.values()]
            style = unused[0] if unused else mark.styles[len(taken) % len(mark.styles)]
        mark.style = style
        self._marks.append(mark)

    def _check(self, mark: Mark) -> None:
        """Raises for a mark that can't be drawn."""
        kind, xs, ys = mark.kind, mark.xs, mark.ys
        checked_text("text" if kind == "text" else "label", mark.label)
        if len(xs) != len(ys):
            raise ValueError(f"{kind}: one y for each x, got {len(xs)} xs and {len(ys)} ys")
        if not xs:
            raise ValueError(f"{kind}: at least one point is needed, got none")
        checked_choice(f"{kind}: role", mark.role, ("", *COLOURS))
        drawn = sum(len(earlier.xs) for earlier in self._marks)
        if drawn + len(xs) > MOST_POINTS:
            raise ValueError(
                f"{kind}: a plot has at most {MOST_POINTS} points, and this would be number "
                f"{drawn + len(xs)}: leave some out, as in xs[::10] and ys[::10]"
            )
        if self.log_y and min(ys) < 1e-300:
            raise ValueError(
                f"{kind}: a logarithmic axis takes numbers above 0 (from 1e-300 on), "
                f"got {min(ys)}: leave it out, or draw with log_y=False"
            )

    def picture(self) -> Picture:
        if not any(isinstance(mark, Series) for mark in self._marks):
            raise ValueError("an empty plot: give it a line, points or a band before it is drawn")
        xs = [x for mark in self._marks for x in mark.xs]
        ys = [y for mark in self._marks for y in mark.ys]
        x_ticks = round_ticks(min(xs), max(xs), 10)
        if CHARACTER * sum(len(tick_text(x)) + 1 for x in x_ticks) > WIDTH - 80:
            x_ticks = round_ticks(min(xs), max(xs), 6)
        y_ticks = (log_ticks if self.log_y else round_ticks)(min(ys), max(ys), 6)

        legend, legend_height = self._legend(1.5 * ROW)
        top = 2.8 * ROW + legend_height
        bottom = top + GRID_HEIGHT
        left = 10 + CHARACTER * max(len(tick_text(y)) for y in y_ticks)
        right = WIDTH - 6 - CHARACTER / 2 * len(tick_text(x_ticks[-1]))
        x_axis = Axis(x_ticks, left, right)
        y_axis = Axis(y_ticks, bottom, top, self.log_y)

        body = [text_at(0, 0.8 * ROW, self.title, weight=600), *legend]
        for tick in x_ticks:
            x = x_axis.pixel(tick)
            body += [grid_line(tick, x, top, x, bottom), text_at(x, bottom + 18, tick, "middle")]
        for tick in y_ticks:
            y = y_axis.pixel(tick)
            body += [grid_line(tick, left, y, right, y), text_at(left - 8, y + 5, tick, "end")]
        body.append(text_at(0, top - 0.8 * ROW, f"↑ {self.y_label}"))
        body.append(text_at(right, bottom + 18 + ROW, f"{self.x_label} →", "end"))
        for mark in self._marks:
            pixels = [(x_axis.pixel(x), y_axis.pixel(y)) for x, y in zip(mark.xs, mark.ys)]
            body.append(mark.draw(pixels))
        height = bottom + 24 + ROW
        description = self.description or self._describe(xs, ys)
        return Picture("\n".join(body) + "\n", WIDTH, height, self.title, description)

    def _series(self) -> list[list[Mark]]:
        """The marks, those of one kind, role and label together."""
        alike: dict[tuple[str, str, str], list[Mark]] = {}
        for mark in self._marks:
            alike.setdefault((mark.kind, mark.role, mark.label), []).append(mark)
        return list(alike.values())

    def _legend(self, top: float) -> tuple[list[str], int]:
        """Draw the labels, each with a sample, in rows from `top` on; and say how high they are."""
        body: list[str] = []
        x, y = 0.0, top
        for mark, *_ in self._series():
            if not (isinstance(mark, Series) and mark.label):
                continue
            width = 34 + CHARACTER * len(mark.label)
            if x > 0 and x + width > WIDTH:
                x, y = 0.0, y + ROW
            body += [mark.draw(mark.sample(x, y)), text_at(x + 34, y + 5, mark.label)]
            x += width + 12
        return body, int(y - top + ROW) if body else 0

    def _describe(self, xs: list[float], ys: list[float]) -> str:
        """Say what is plotted: the ranges, and where each series starts and ends."""
        scale = ", on a logarithmic scale" if self.log_y else ""
        sentences = [
            f"{self.y_label} against {self.x_label}{scale}",
            f"{self.x_label} from {short(min(xs))} to {short(max(xs))}",
            f"{self.y_label} from {short(min(ys))} to {short(max(ys))}",
        ]
        for mark, *more in self._series():
            told = f"{len(more) + 1} times" if more else mark.told()
            name = f"{mark.kind} “{mark.label}”" if mark.label else mark.kind
            sentences.append(f"{name}: {told}")
        return ". ".join(sentences) + "."


# From data to pixels.


class Axis(NamedTuple):
    """Where numbers lie: the first tick at pixel `start`, the last at `end`."""

    ticks: list[float]
    start: float
    end: float
    log: bool = False

    def pixel(self, value: float) -> float:
        first, last = self.ticks[0], self.ticks[-1]
        if self.log:
            first, value, last = math.log10(first), math.log10(value), math.log10(last)
        return self.start + (value - first) / (last - first) * (self.end - self.start)


def grid_line(tick: float, x1: float, y1: float, x2: float, y2: float) -> str:
    opacity = 0.15 if tick else 0.5  # zero stands out
    return (
        f'<line x1="{px(x1)}" y1="{px(y1)}" x2="{px(x2)}" y2="{px(y2)}" '
        f'stroke="currentColor" stroke-opacity="{opacity}"/>'
    )


# What comes in.


def floats(name: str, values: Numbers) -> list[float]:
    """The floats of values or numbers; an error names the one that cannot be placed."""
    result = []
    for i, value in enumerate(checked_list(name, values, MOST_POINTS, "numbers")):
        try:
            x = as_float(value.data if isinstance(value, Value) else value)
        except OverflowError as error:
            raise ValueError(f"{name}[{i}] can't be placed: {error}") from None
        if x is None:
            raise TypeError(
                f"{name}[{i}] is {kind_of(value)}; a plot takes real numbers and Values"
            )
        if not abs(x) <= 1e300:
            raise ValueError(
                f"{name}[{i}] is {x}: a plot takes finite numbers up to 1e300; "
                "leave that point out, or end the curve before it"
            )
        result.append(x)
    return result
