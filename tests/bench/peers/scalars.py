"""The workloads for any engine with one node per number, written once.

An engine says how it makes a leaf, and overrides what it does in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from workloads import Training


class Scalars:
    """An engine whose values know `+`, `*`, `**`, `relu()`, `tanh()`, `backward()`."""

    def leaf(self, number: float) -> Any:
        raise NotImplementedError

    def relu(self, x: Any) -> Any:
        return x.relu()

    def tanh(self, x: Any) -> Any:
        return x.tanh()

    def data(self, value: Any) -> float:
        return float(value.data)

    def grad(self, value: Any) -> float:
        return float(value.grad)

    def zero_grad(self, parameters: Sequence[Any]) -> None:
        for parameter in parameters:
            parameter.grad = 0.0

    def update(self, parameters: Sequence[Any], learning_rate: float) -> None:
        for parameter in parameters:
            parameter.data -= learning_rate * parameter.grad

    def network(self, task: Training) -> tuple[Callable[[Any], Any], list[Any]]:
        """The network as a function of one point, and its parameters in the order of `weights`."""
        parameters = [self.leaf(weight) for weight in task.weights]
        return self.forward_pass(task, parameters), parameters

    def forward_pass(self, task: Training, parameters: Iterable[Any]) -> Callable[[Any], Any]:
        """A network of plain neurons: `b + w1*x1 + w2*x2 + ...` by `+` and `*`."""
        following = iter(parameters)
        layers = [
            [(list(islice(following, n_inputs)), next(following)) for _ in range(n_neurons)]
            for n_inputs, n_neurons in zip(task.sizes, task.sizes[1:])
        ]
        activate = {"relu": self.relu, "tanh": self.tanh, None: lambda n: n}
        activations = [task.activation] * (len(layers) - 1) + [task.last_activation]

        def forward(point: Iterable[float]) -> Any:
            outputs = [self.leaf(x) for x in point]
            for layer, name in zip(layers, activations):
                outputs = [
                    activate[name](sum((wi * xi for wi, xi in zip(w, outputs)), b))
                    for w, b in layer
                ]
            return outputs[0]

        return forward

    def hinge_loss(self, task: Training, forward: Callable[[Any], Any], parameters: Any) -> Any:
        """The moons demo's: the average hinge, and 1e-4 times the sum of squared parameters."""
        scores = [forward(point) for point in task.inputs]
        losses = [self.relu(1.0 + -y * score) for y, score in zip(task.targets, scores)]
        return sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in parameters)

    def squared_loss(self, task: Training, forward: Callable[[Any], Any], parameters: Any) -> Any:
        """The notes': the sum of squared errors."""
        return sum((forward(point) - y) ** 2 for point, y in zip(task.inputs, task.targets))

    # The workloads.

    def moons(self, task: Training) -> Any:
        return self.training(task, self.hinge_loss)

    def notes(self, task: Training) -> Any:
        return self.training(task, self.squared_loss)

    def training(self, task: Training, loss_of: Callable[..., Any]) -> Any:
        forward, parameters = self.network(task)

        def run() -> Any:
            for _ in range(task.steps):
                loss = loss_of(task, forward, parameters)
                self.zero_grad(parameters)
                loss.backward()
                self.update(parameters, task.learning_rate)
            return loss

        return run, lambda loss: [self.data(loss), *map(self.grad, parameters)]

    def chain(self, length: int) -> Any:
        start, one = self.leaf(0.5), self.leaf(1.0)

        def run() -> Any:
            x = start
            for _ in range(length):
                x = x + one
            x.backward()
            return x

        return run, lambda end: [self.data(end), self.grad(start), self.grad(one)]

    def operation(self, text: str, count: int) -> Any:
        """One operation on `a`, a number, written out so many times in a loop."""
        a = self.leaf(1.5)
        names: dict[str, Any] = {}
        exec(
            f"def run():\n for _ in range({count}):\n  result = {text}\n return result",
            {"a": a},
            names,
        )

        def numbers(result: Any) -> list[float]:
            result.backward()
            return [self.data(result), self.grad(a)]

        return names["run"], numbers

    def products(self, weights: Sequence[float], inputs: Sequence[float]) -> Any:
        w, x = [self.leaf(n) for n in weights], [self.leaf(n) for n in inputs]

        def run() -> Any:
            total = self.sum_of_products(w, x)
            total.backward()
            return total

        return run, lambda total: [self.data(total), *map(self.grad, w), *map(self.grad, x)]

    def sum_of_products(self, w: Sequence[Any], x: Sequence[Any]) -> Any:
        total = self.leaf(0.0)
        for wi, xi in zip(w, x):
            total = total + wi * xi
        return total
