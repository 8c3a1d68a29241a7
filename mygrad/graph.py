"""The graph behind a value: its nodes and edges as lists, and as a picture.

A picture shows every value as a box `label | data | grad` and every operation as an oval,
from the leaves on the left to the result on the right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mygrad.arcs import Arcs
from mygrad.engine import Value, topological_order

if TYPE_CHECKING:
    from mygrad.drawing import Drawing

# Where an arrow crosses a column, Graphviz has a point to place.  So many take it a second.
LONGEST_ARROWS = 2000


def trace(root: Value) -> tuple[list[Value], list[tuple[Value, Value]]]:
    """The nodes below `root`, each after its operands, and the edges as pairs (child, node).

    A node used twice by one operation, as in `a + a`, gives two edges.
    """
    nodes = topological_order(root)
    edges = [(child, node) for node in nodes for child in node._prev]
    return nodes, edges


def draw_dot(
    root: Value,
    *,
    local_derivatives: bool = False,
    rankdir: str = "LR",
    title: str = "",
    description: str = "",
) -> Drawing:
    """Draw the graph behind `root`: a `graphviz.Digraph` that shows itself in notebooks and pages.

    `local_derivatives` writes each operand's local derivative on its edge.  `rankdir` is the
    direction, "LR" (left to right) or "TB" (top to bottom).  `title` and `description` are for
    readers who don't see the picture, and are made from the graph unless given.

    `.render("name")` writes name.svg, without Graphviz being installed.  Raises ValueError for a
    graph that would take minutes: from about a thousand values on, or fewer with long arrows.
    """
    nodes, edges = trace(root)
    check_size(nodes, edges)
    return draw_values(
        nodes,
        fields,
        local_derivatives,
        rankdir,
        title or f"The graph of {name(root)}",
        description or describe(nodes, fields),
    )


def draw_values(
    nodes: list[Value],
    show: Callable[[Value], list[str]],
    local_derivatives: bool,
    rankdir: str,
    title: str,
    description: str,
) -> Drawing:
    """Draw these values, each after its operands.  `show` gives what stands in a value's box."""
    from mygrad.drawing import Drawing

    drawing = Drawing(title, description, rankdir)
    names = {node: f"n{i}" for i, node in enumerate(nodes)}  # never id(): same graph, same bytes
    for node in nodes:
        drawing.value(names[node], show(node))
        if node._op:
            drawing.operation(f"{names[node]}op", node._op, names[node])
        for i, child in enumerate(node._prev):
            local = f"local {number(node._local[i])}" if local_derivatives else ""
            drawing.operand(names[child], f"{names[node]}op" if node._op else names[node], local)
    return drawing


def draw_order(nodes: Iterable[Value], *, title: str = "", description: str = "") -> Arcs:
    """Draw these values on one line, in this order, with an arrow from each operand to its result.

    In a topological order every arrow points right, above the line.  An arrow to a result that
    stands before its operand points back, below the line, dashed.  Operands that are not among
    `nodes` are left out.  `title` and `description` are as in `draw_dot`.

    `.save("name.svg")` writes a file.
    """
    nodes = list(nodes)
    position = {node: i for i, node in enumerate(nodes)}
    if len(position) < len(nodes):
        twice = next(node for i, node in enumerate(nodes) if position[node] != i)
        raise ValueError(f"an order has each value once, but {name(twice)} stands in it twice")
    arrows = [
        (position[child], i)
        for i, node in enumerate(nodes)
        for child in node._prev
        if child in position
    ]
    boxes = [(str(getattr(node, "label", "")) or node._op, number(node.data)) for node in nodes]
    return Arcs(
        boxes,
        arrows,
        title or f"{len(nodes)} values in order",
        description or describe_order([name(node) for node in nodes], arrows),
    )


def check_size(nodes: list[Value], edges: list[tuple[Value, Value]]) -> None:
    """Raises where Graphviz would take minutes, or overflow its stack."""
    column = dict.fromkeys(nodes, 0)  # how many operations lead from a value to the result
    for child, node in reversed(edges):
        column[child] = max(column[child], column[node] + 1)
    length = sum(column[child] - column[node] for child, node in edges)
    if length > LONGEST_ARROWS:
        raise ValueError(
            f"a graph of {len(nodes)} values is too large to draw: its {len(edges)} arrows cross "
            f"{length} columns, and {LONGEST_ARROWS} is the limit; build it from fewer inputs, or "
            "draw a part of it, as in draw_dot(value._prev[0]) or draw_order(trace(value)[0][-20:])"
        )


def describe_order(names: list[str], arrows: list[tuple[int, int]]) -> str:
    """The order in words, and which arrows point back in it."""
    back = [f"{names[start]} to {names[end]}" for start, end in arrows if start >= end]
    if not back:
        return f"{', '.join(names)}. Every arrow points right."
    return f"{', '.join(names)}. {len(back)} of {len(arrows)} arrows point back: {', '.join(back)}."


def fields(node: Value) -> list[str]:
    """What stands in a value's box.  A stage of a chapter may lack a gradient."""
    shown = [str(getattr(node, "label", "")), f"data {number(node.data)}"]
    if hasattr(node, "grad"):
        shown.append(f"grad {number(node.grad)}")
    return shown


def describe(nodes: list[Value], show: Callable[[Value], list[str]]) -> str:
    """The graph in words, value by value; only its size where it is large."""
    if len(nodes) > 25:
        return f"{len(nodes)} values."
    return "; ".join(f"{name(node)}{made_by(node)}: {', '.join(show(node)[1:])}" for node in nodes)


def made_by(node: Value) -> str:
    """How a value was made: " = + of a, b"; nothing for a leaf."""
    return f" = {node._op} of {', '.join(map(name, node._prev))}" if node._prev else ""


def name(node: Value) -> str:
    """A value's label, or its number where it has none."""
    return str(getattr(node, "label", "")) or number(node.data)


def number(x: float) -> str:
    """Four decimals, as the notes print them; an exponent where those would not do."""
    if x == 0.0:
        return "0.0000"  # -0.0 too
    return f"{x:.4f}" if 1e-4 <= abs(x) < 1e7 else f"{x:.4g}"
