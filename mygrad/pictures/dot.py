"""The graph behind a value as a picture.

Every value is a box `label | data | grad` and every operation an oval, from the leaves on the left
to the result on the right.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mygrad.engine import Value
from mygrad.graph import checked_nodes, trace
from mygrad.passes.wording import label, name, number
from mygrad.pictures.checks import checked_flag, checked_text

if TYPE_CHECKING:
    from mygrad.pictures.graphviz import Drawing

# Where an arrow crosses a column, Graphviz has a point to place.  So many take it a second.
LONGEST_ARROWS = 2000
LONGEST_LABELLED = 1000  # the same with local derivatives on the arrows, which need places too
SMALLER = (
    "build it from fewer inputs, or draw a part of it, as in draw_dot(value._prev[0]) or "
    "draw_order(trace(value)[0][-20:])"
)


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
        checked_text("description", description) or describe_graph(nodes, fields),
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
    from mygrad.pictures.graphviz import Drawing

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


def small_graph(function: str, root: Value, local_derivatives: bool) -> list[Value]:
    """The nodes of a graph that can be drawn, in order; ValueError for any other."""
    most = LONGEST_LABELLED if local_derivatives else LONGEST_ARROWS
    arrows = 0
    for node in checked_nodes(function, root):
        arrows += len(node._prev)
        if arrows > most:
            raise ValueError(f"a graph of more than {most} arrows is too large to draw: {SMALLER}")
    nodes, edges = trace(root)
    check_size(nodes, edges, most)
    return nodes


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


def fields(node: Value) -> list[str]:
    """What stands in a value's box.  A stage of a chapter may lack a gradient."""
    shown = [label(node), f"data {number(node.data)}"]
    if hasattr(node, "grad"):
        shown.append(f"grad {number(node.grad)}")
    return shown


def describe_graph(nodes: list[Value], show: Callable[[Value], list[str]]) -> str:
    """The graph in words, value by value; only its size where it is large."""
    if len(nodes) > 25:
        return f"{len(nodes)} values."
    return "; ".join(
        f"{name(node)}{operation_of(node)}: {', '.join(show(node)[1:])}" for node in nodes
    )


def operation_of(node: Value) -> str:
    """How a value was made: " = + of a, b"; nothing for a leaf."""
    return f" = {node._op} of {', '.join(map(name, node._prev))}" if node._prev else ""
