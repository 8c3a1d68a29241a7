"""micrograd, with its own networks.  It has no tanh, so it is given one in its own style."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

from micrograd.engine import Value
from micrograd.nn import MLP
from workloads import Training

from peers.scalars import Scalars


def tanh(x: Value) -> Value:
    t = math.tanh(x.data)
    out = Value(t, (x,), "tanh")

    def _backward() -> None:
        x.grad += (1 - t**2) * out.grad

    out._backward = _backward
    return out


class Micrograd(Scalars):
    def __init__(self) -> None:
        # Its backward pass calls itself once for each node of a path: 1,000 are too many without.
        sys.setrecursionlimit(10_000_000)
        self.leaf = Value

    def tanh(self, x: Value) -> Value:
        return tanh(x)

    def network(self, task: Training) -> tuple[Callable[[Any], Any], list[Any]]:
        if (task.activation, task.last_activation) != ("relu", None):  # all that its MLP can do
            return super().network(task)
        mlp = MLP(task.sizes[0], list(task.sizes[1:]))
        parameters = mlp.parameters()
        for parameter, weight in zip(parameters, task.weights):
            parameter.data = weight
        return lambda point: mlp([Value(x) for x in point]), parameters
