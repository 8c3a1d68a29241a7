"""The graph behind a value: its nodes in order, and its edges.

Structure alone: whatever keeps the operands that it was made from, in `_prev`, is a node.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from mygrad.arguments import checked_node


class HasOperands(Protocol):
    """What a graph is made of.  A leaf has no operands."""

    @property
    def _prev(self) -> Collection[Any]: ...


Node = TypeVar("Node", bound=HasOperands)


def topological_order(root: Node, *, leaves: bool = True) -> list[Node]:
    """Every value that `root` was made from, and `root` itself, each after all of its operands.

    Depth first, operands from left to right.  No recursion: a chain may be of any length.
    Without `leaves`, only the results of operations.
    """
    check_root(root)
    order: list[Node] = []
    visited: set[Node] = set()
    path: list[Node] = []
    waiting: list[Node | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:  # the operands of the path's last value are all in the order
            order.append(path.pop())
        elif (leaves or node._prev) and node not in visited:
            visited.add(node)
            path.append(node)
            waiting.append(None)
            waiting += tuple(node._prev)[::-1]  # the notes' class keeps a set
    return order


def check_root(root: object) -> None:
    """Raises for what no graph ends in, such as a network or a list of values."""
    if not isinstance(getattr(root, "_prev", None), Iterable):
        raise TypeError(
            f"a graph is behind one Value, got {type(root).__name__}: {root!r}; "
            "of several values take their sum, and of a network its output"
        )


def trace(root: Node) -> tuple[list[Node], list[tuple[Node, Node]]]:
    """The nodes below `root`, each after its operands, and the edges as pairs (child, node).

    A node used twice by one operation, as in `a + a`, gives two edges.
    """
    nodes = topological_order(checked_graph("trace", root))
    edges = [(child, node) for node in nodes for child in node._prev]
    return nodes, edges


def checked_graph(function: str, root: Node) -> Node:
    """The root.  Raises TypeError, for `function`, where something in its graph is no node."""
    for _ in checked_nodes(function, root):
        pass
    return root


def checked_nodes(function: str, root: Node) -> Iterator[Node]:
    """The nodes, in no order.  Raises TypeError, for `function`, where something is none.

    Whoever stops half-way has looked at no more of a graph that is too large.
    """
    waiting = [checked_node(function, root)]
    seen = {root}
    while waiting:
        node = waiting.pop()
        yield node
        for operand in node._prev:
            if checked_node(f"{function}, for an operand,", operand) not in seen:
                seen.add(operand)
                waiting.append(operand)
