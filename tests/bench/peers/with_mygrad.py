"""Our own engine, with its networks as they are, and with neurons of `+` and `*` alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from workloads import Training

from mygrad import MLP, Value, dot
from peers.scalars import Scalars


class MygradWithoutDot(Scalars):
    def leaf(self, number: float) -> Value:
        return Value(number)


class Mygrad(MygradWithoutDot):
    def network(self, task: Training) -> tuple[Callable[[Any], Any], list[Any]]:
        mlp = MLP(
            *task.sizes, activation=task.activation or "tanh", last_activation=task.last_activation
        )
        parameters = mlp.parameters()
        for parameter, weight in zip(parameters, task.weights):
            parameter.data = weight
        return mlp, parameters

    def sum_of_products(self, w: Sequence[Any], x: Sequence[Any]) -> Value:
        return dot(w, x, 0.0)
