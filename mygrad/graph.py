"""The graph behind a value: its nodes and edges as lists, and as a picture.

A picture shows every value as a box `label | data | grad` and every operation as an oval,
from the leaves on the left to the result on the right.
"""

from __future__ import annotations

import math
import reprlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mygrad.arcs import Arcs
from mygrad.drawable import (
    checked_flag,
    checked_list,
    checked_node,
    checked_text,
    kind_of,
)
from mygrad.engine import Value, topological_order
from mygrad.floats import as_float

if TYPE_CHECKING:
    from mygrad.drawing import Drawing

# Where an arrow crosses a column, Graphviz has a point to place.  So many take it a second.
LONGEST_ARROWS = 2000
LONGEST_LABELLED = 1000  # the same with local derivatives on the arrows, which need places too
SMALLER = (
    "build it from fewer inputs, or draw a part of it, as in draw_dot(value._prev[0]) or "
    "draw_order(trace(value)[0][-20:])"
)
LONGEST_ORDER = 10_000  # values on a line, and arrows over it


def trace(root: Value) -> tuple[list[Value], list[tuple[Value, Value]]]:
    """The nodes below `root`, each after its operands, and the edges as pairs (child, node).

    A node used twice by one operation, as in `a + a`, gives two edges.
    """
    nodes = topological_order(checked_graph("trace", root))
    edges = [(child, node) for node in nodes for child in node._prev]
    return nodes, edges


def draw_dot(
    root: Value,
    *,
    local_derivatives: bool = False,
    format: str = "svg",
    rankdir: str = "LR",
    title: str = "",
    description: str = "",
) -> Drawing:
    """Draw the graph behind `root`: a `graphviz.Digraph` that shows itself in notebooks and pages.

    `local_derivatives` writes each operand's local derivative on its edge.  `rankdir` is the
    direction: "LR" (left to right), "TB" (top to bottom), "RL" or "BT".  `title` and `description`
    are for readers who don't see the picture, and are made from the graph unless given.

    `.render("name")` writes name.svg, without Graphviz being installed; another `format`, such as
    "png", needs it.  Raises TypeError for what is no value, and ValueError for a graph that would
    take minutes: from about a thousand values on, or fewer with long arrows.
    """
    checked_flag("local_derivatives", local_derivatives)
    nodes = small_graph("draw_dot", root, local_derivatives)
    if local_derivatives:
        check_slopes(nodes)
    drawing = draw_values(
        nodes,
        fields,
        local_derivatives,
        rankdir,
        checked_text("title", title) or f"The graph of {name(root)}",
        checked_text("description", description) or describe(nodes, fields),
    )
    drawing.format = format
    return drawing


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


def small_graph(function: str, root: Value, local_derivatives: bool) -> list[Value]:
    """The nodes of a graph that can be drawn, in order; ValueError for any other."""
    most = LONGEST_LABELLED if local_derivatives else LONGEST_ARROWS
    nodes, edges = trace(checked_graph(function, root, most))
    check_size(nodes, edges, most)
    return nodes


def checked_graph(function: str, root: Value, most: float = math.inf) -> Value:
    """A root whose graph holds nothing but nodes, and no more arrows than `most`.

    It looks at no more of a graph that is too large.
    """
    waiting = [checked_node(function, root)]
    seen = {root}
    arrows = 0
    while waiting:
        node = waiting.pop()
        arrows += len(node._prev)
        if arrows > most:
            raise ValueError(f"a graph of more than {most} arrows is too large to draw: {SMALLER}")
        for operand in node._prev:
            if checked_node(f"{function}, for an operand,", operand) not in seen:
                seen.add(operand)
                waiting.append(operand)
    return root


def check_size(nodes: list[Value], edges: list[tuple[Value, Value]], most: int) -> None:
    """Raises where Graphviz would take minutes, or overflow its stack."""
    column = dict.fromkeys(nodes, 0)  # how many operations lead from a value to the result
    for child, node in reversed(edges):
        column[child] = max(column[child], column[node] + 1)
    length = sum(column[child] - column[node] for child, node in edges)
    if length > most:
        raise ValueError(
            f"a graph of {len(nodes)} values is too large to draw: its {len(edges)} arrows cross "
            f"{length} columns, and {most} is the limit; {SMALLER}"
        )


def check_slopes(nodes: list[Value]) -> None:
    """Raises where a node of the reader's own keeps no local derivatives, or not all."""
    for node in nodes:
        count = len(getattr(node, "_local", ()))
        if count != len(node._prev):
            raise TypeError(
                f"local_derivatives shows what a node keeps in _local, one for each operand, but "
                f"{name(node)} keeps {count} for {len(node._prev)}: leave local_derivatives out"
            )


def describe_order(names: list[str], arrows: list[tuple[int, int]]) -> str:
    """The order in words, and which arrows point back in it."""
    back = [f"{names[start]} to {names[end]}" for start, end in arrows if start >= end]
    if not back:
        return f"{', '.join(names)}. Every arrow points right."
    return f"{', '.join(names)}. {len(back)} of {len(arrows)} arrows point back: {', '.join(back)}."


def fields(node: Value) -> list[str]:
    """What stands in a value's box.  A stage of a chapter may lack a gradient."""
    shown = [label(node), f"data {number(node.data)}"]
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
    return label(node) or number(node.data)


def label(node: Value) -> str:
    """A stage of a chapter may have none."""
    found = getattr(node, "label", None)
    return "" if found is None else str(found)


def number(x: object) -> str:
    """Four decimals, as the notes print them; an exponent where those would not do.

    What is no number, as it may be in a stage of a chapter, is shown as Python does.
    """
    try:
        value = as_float(x)
    except OverflowError:
        value = None
    if value is None:
        return reprlib.repr(x)
    if value == 0.0:
        return "0.0000"  # -0.0 too
    return f"{value:.4f}" if 1e-4 <= abs(value) < 1e7 else f"{value:.4g}"
