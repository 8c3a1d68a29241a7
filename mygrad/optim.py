"""What changes the parameters once their gradients are known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from mygrad.arguments import as_list, kind_of, number_in


class Parameter(Protocol):
    """What can be trained: a `Value`, and whatever else keeps a number and its gradient."""

    data: Any
    grad: Any


class SGD:
    """Gradient descent, with or without momentum: each step goes against the gradient.

    With `momentum` a step keeps a share of the one before, from 0 (none) to 1 (all of it):
    `velocity = momentum * velocity + grad`, then `data -= learning_rate * velocity`, the rule
    of PyTorch's SGD.  (The S, for stochastic, is about the data: a gradient of a part of it.)
    """

    __slots__ = ("learning_rate", "momentum", "parameters", "velocities")

    def __init__(
        self, parameters: Iterable[Parameter], learning_rate: float, momentum: float = 0.0
    ) -> None:
        wanted = "SGD takes a list of parameters, as in network.parameters()"
        self.parameters = [*as_list(parameters, wanted)]
        if not self.parameters:
            raise ValueError(
                "nothing to train: give the parameters, as in network.parameters(), "
                "which a network of your own has to list"
            )
        check_parameters(self.parameters)
        self.learning_rate = number_in(
            learning_rate, 0.0, math.inf, "a learning rate is 0 or more, as in 0.01"
        )
        self.momentum = number_in(momentum, 0.0, 1.0, "a momentum is from 0 to 1, as in 0.9")
        self.velocities = [0.0] * len(self.parameters)

    def __repr__(self) -> str:
        count = len(self.parameters)
        momentum = f", momentum={self.momentum}" if self.momentum else ""
        return f"SGD({count} parameters, learning_rate={self.learning_rate}{momentum})"

    def step(self) -> None:
        """Move every parameter by one step.  Call it after `backward()`."""
        for i, parameter in enumerate(self.parameters):
            self.velocities[i] = self.momentum * self.velocities[i] + parameter.grad
            parameter.data -= self.learning_rate * self.velocities[i]

    def zero_grad(self) -> None:
        """Forget the gradients so far, before the next `backward()` adds to them."""
        for parameter in self.parameters:
            parameter.grad = 0.0


def check_parameters(parameters: Sequence[Parameter]) -> None:
    """Raises for a parameter that would not be trained, or be moved twice at each step."""
    seen = set()
    for i, parameter in enumerate(parameters):
        lacking = [name for name in ("data", "grad") if not hasattr(parameter, name)]
        if lacking or isinstance(parameter, type):
            raise TypeError(
                f"parameter {i} needs data and grad, as every Value has, got {kind_of(parameter)}"
            )
        if getattr(parameter, "_prev", ()):
            operation = getattr(parameter, "_op", "an operation")
            raise ValueError(
                f"parameter {i}, {parameter!r}, was computed by {operation!r}: the next "
                "forward pass makes another in its place, so train the leaves it was made from"
            )
        if id(parameter) in seen:
            raise ValueError(
                f"parameter {i}, {parameter!r}, is there twice: each step would move it twice"
            )
        seen.add(id(parameter))
