"""An engine in the manner of Karpathy's microgpt: local derivatives kept, and no checks at all.

As there: a value is made by its class, a number becomes a leaf on the spot, the order is recursive.
"""

from __future__ import annotations

import math
import sys
from typing import Any

from peers.scalars import Scalars


class Node:
    __slots__ = ("data", "grad", "operands", "slopes")

    def __init__(self, data: float, operands: tuple = (), slopes: tuple = ()) -> None:
        self.data = data
        self.grad = 0.0
        self.operands = operands
        self.slopes = slopes

    def __add__(self, other: Any) -> Node:
        other = other if isinstance(other, Node) else Node(other)
        return Node(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other: Any) -> Node:
        other = other if isinstance(other, Node) else Node(other)
        return Node(self.data * other.data, (self, other), (other.data, self.data))

    def __pow__(self, n: float) -> Node:
        return Node(self.data**n, (self,), (n * self.data ** (n - 1),))

    def tanh(self) -> Node:
        t = math.tanh(self.data)
        return Node(t, (self,), (1.0 - t * t,))

    def relu(self) -> Node:
        return Node(max(0.0, self.data), (self,), (float(self.data > 0.0),))

    def __neg__(self) -> Node:
        return self * -1

    def __sub__(self, other: Any) -> Node:
        return self + -other

    def __truediv__(self, other: Any) -> Node:
        return self * other**-1

    def __radd__(self, other: Any) -> Node:
        return self + other

    def __rmul__(self, other: Any) -> Node:
        return self * other

    def __rsub__(self, other: Any) -> Node:
        return other + -self

    def __rtruediv__(self, other: Any) -> Node:
        return other * self**-1

    def backward(self) -> None:
        order: list[Node] = []
        seen: set[Node] = set()

        def visit(node: Node) -> None:
            if node not in seen:
                seen.add(node)
                for operand in node.operands:
                    visit(operand)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for operand, slope in zip(node.operands, node.slopes):
                operand.grad += slope * node.grad


class InTheMannerOfMicrogpt(Scalars):
    def __init__(self) -> None:
        sys.setrecursionlimit(10_000_000)  # `visit` calls itself once for each node of a path
        self.leaf = Node
