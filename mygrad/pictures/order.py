"""Values on one line, with an arc from each operand to its result.

An arc to the right runs above the line, an arc back runs below it and is dashed: so an order
that puts every operand before its result shows at a glance.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from html import escape

from mygrad.arguments import checked_node, kind_of
from mygrad.engine import Value
from mygrad.passes.wording import label, name, number
from mygrad.pictures.checks import checked_list, checked_text
from mygrad.pictures.picture import ROW, Drawable, Picture, coloured, printable, px

GAP = 16  # px, between two boxes
LONGEST_ORDER = 10_000  # values on a line, and arrows over it


def draw_order(nodes: Iterable[Value], *, title: str = "", description: str = "") -> Arcs:
    """Draw these values on one line, in this order, with an arrow from each operand to its result.

    In a topological order every arrow points right, above the line.  An arrow to a result that
    stands before its operand points back, below the line, dashed.  Operands that are not among
    `nodes` are left out.  `title` and `description` are as in `draw_dot`.

    `.save("name.svg")` writes a file.
    """
    if hasattr(nodes, "_prev"):
        raise TypeError(
            f"draw_order takes a list of values, got {kind_of(nodes)}; "
            "of its graph, that is topological_order(value)"
        )
    nodes = checked_list("an order", nodes, LONGEST_ORDER, "values")
    position = {checked_node("draw_order", node): i for i, node in enumerate(nodes)}
    if len(position) < len(nodes):
        twice = next(node for i, node in enumerate(nodes) if position[node] != i)
        raise ValueError(f"an order has each value once, but {name(twice)} stands in it twice")
    arrows = (
        (position[child], i)
        for i, node in enumerate(nodes)
        for child in node._prev
        if child in position
    )
    boxes = [(label(node) or str(node._op), number(node.data)) for node in nodes]
    drawn = checked_list("an order", arrows, LONGEST_ORDER, "arrows")
    return Arcs(
        boxes,
        drawn,
        checked_text("title", title) or f"{len(boxes)} values in order",
        checked_text("description", description) or describe_order([*map(name, nodes)], drawn),
    )


def describe_order(names: list[str], arrows: list[tuple[int, int]]) -> str:
    """The order in words, and which arrows point back in it."""
    back = [f"{names[start]} to {names[end]}" for start, end in arrows if start >= end]
    if not back:
        return f"{', '.join(names)}. Every arrow points right."
    return f"{', '.join(names)}. {len(back)} of {len(arrows)} arrows point back: {', '.join(back)}."


class Arcs(Drawable):
    """A picture of boxes in a row, each with a name and a number, and arcs between them.

    `arrows` are pairs (from, to) of positions in the row; a pair given twice is drawn twice.
    """

    def __init__(
        self,
        boxes: list[tuple[str, str]],
        arrows: list[tuple[int, int]],
        title: str,
        description: str,
    ) -> None:
        self.boxes, self.arrows = boxes, arrows
        self.title, self.description = title, description

    def picture(self) -> Picture:
        spans = [end - start for start, end in self.arrows]
        top = peak(max(spans, default=0)) + 4
        bottom = top + 2 * ROW
        height = bottom + peak(-min(spans, default=0)) + 4

        lefts, x = [], 1.0
        widths = [max(map(text_width, box)) + 16 for box in self.boxes]
        for width in widths:
            lefts.append(x)
            x += width + GAP
        body = [
            draw_box(box, left, width, top) for box, left, width in zip(self.boxes, lefts, widths)
        ]
        parallel: Counter[tuple[int, int]] = Counter()
        for arrow, (start, end) in zip(self.arrows, self._ends(lefts, widths)):
            body.append(draw_arc(arrow, start, end, top, bottom, 6 * parallel[arrow]))
            parallel[arrow] += 1
        width = x - GAP + 1
        return Picture("\n".join(body) + "\n", width, height, self.title, self.description)

    def _ends(self, lefts: list[float], widths: list[float]) -> list[tuple[float, float]]:
        """Where each arc leaves its box and where it arrives, px.

        Along a box's side arcs stand in the order that keeps them from crossing there: the one
        to the nearest box on the left is the leftmost, the one to the nearest on the right the
        rightmost.
        """
        leave = [0.0] * len(self.arrows)
        arrive = [0.0] * len(self.arrows)
        sides = defaultdict(list)  # (box, above): its ports as (sort key, list to fill, arrow)
        for k, (start, end) in enumerate(self.arrows):
            above = start < end
            nearness = 1.0 / (end - start or 1)
            inwards = k if above else -k  # of a pair given twice, the second lies inside the first
            sides[start, above].append(((-nearness, -inwards), leave, k))
            sides[end, above].append(((nearness, inwards), arrive, k))
        for (box, _), ports in sides.items():
            ports.sort(key=lambda port: port[0], reverse=True)
            for n, (_, ends, k) in enumerate(ports, 1):
                ends[k] = lefts[box] + widths[box] * n / (len(ports) + 1)
        return list(zip(leave, arrive))


def peak(span: int) -> float:
    """How high an arc over that many boxes rises, px."""
    return 4 + 20 * math.sqrt(span) if span > 0 else 0.0


def draw_box(box: tuple[str, str], left: float, width: float, top: float) -> str:
    name, number = box
    middle = px(left + width / 2)
    return (
        f'<g class="node"><rect x="{px(left)}" y="{px(top)}" width="{px(width)}" '
        f'height="{2 * ROW}" fill="none" stroke="currentColor"/>'
        f'<path d="M{px(left)},{px(top + ROW)}h{px(width)}" stroke="currentColor"/>'
        f'<g font-size="13" text-anchor="middle">'
        f'<text x="{middle}" y="{px(top + 14.5)}">{escape(printable(name))}</text>'
        f'<text {coloured("data")} x="{middle}" y="{px(top + ROW + 14.5)}">'
        f"{escape(number)}</text></g></g>"
    )


def draw_arc(
    arrow: tuple[int, int], x1: float, x2: float, top: float, bottom: float, lower: float
) -> str:
    """An arc with its head at x2: above the boxes if it goes right, else below, dashed.

    It rises by `lower` px less than its span asks for.
    """
    start, end = arrow
    y, up, dash = (top, -1, "") if start < end else (bottom, 1, ' stroke-dasharray="5 3"')
    # A cubic curve rises to 3/4 of its control points, which lean inwards for a slanting head.
    rise = up * max(peak(abs(end - start)) - lower, 8) / 0.75
    lean = 0.15 * (x2 - x1)
    tilt = math.atan2(-rise, lean)
    tip = f"{px(x2)},{px(y)}"
    wings = [
        f"{px(x2 - 8 * math.cos(tilt + turn))},{px(y - 8 * math.sin(tilt + turn))}"
        for turn in (0.38, -0.38)
    ]
    return (
        f'<g class="edge" data-name="{start}-&gt;{end}">'
        f'<path d="M{px(x1)},{px(y)}C{px(x1 + lean)},{px(y + rise)} '
        f'{px(x2 - lean)},{px(y + rise)} {tip}" fill="none" stroke="currentColor"{dash}/>'
        f'<polygon points="{tip} {wings[0]} {wings[1]}"/></g>'
    )


def text_width(text: str) -> float:
    """About the width of a text, px."""
    return sum(13.5 if character > "\u2e7f" else 7.2 for character in text)
