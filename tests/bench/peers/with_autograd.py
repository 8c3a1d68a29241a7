"""HIPS autograd, which differentiates a function of arrays.

For scalars that function picks the numbers out of one array, and works on them one by one.
That is a node for each number, and for each picking one more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import autograd.numpy as np
import numpy
from autograd import make_vjp, value_and_grad
from workloads import Training

from peers.arrays import in_order, matrices
from peers.scalars import Scalars


class AutogradScalars(Scalars):
    def leaf(self, number: float) -> float:
        return number  # only what the function is called with is traced

    def relu(self, x: Any) -> Any:
        return np.maximum(0.0, x)

    def tanh(self, x: Any) -> Any:
        return np.tanh(x)

    def training(self, task: Training, loss_of: Callable[..., Any]) -> Any:
        parameters = np.array(task.weights)

        def loss(array: Any) -> Any:
            values = [array[i] for i in range(len(task.weights))]
            return loss_of(task, self.forward_pass(task, values), values)

        step = value_and_grad(loss)

        def run() -> Any:
            nonlocal parameters
            for _ in range(task.steps):
                value, gradient = step(parameters)
                parameters = parameters - task.learning_rate * gradient
            return value, gradient

        return run, lambda end: [float(end[0]), *map(float, end[1])]

    def chain(self, length: int) -> Any:
        def end_of_chain(start: Any, one: Any) -> Any:
            x = start
            for _ in range(length):
                x = x + one
            return x

        def run() -> Any:
            gradient_of, end = make_vjp(end_of_chain, (0, 1))(0.5, 1.0)
            return end, gradient_of(1.0), gradient_of  # the last one holds the graph

        return run, lambda result: [float(result[0]), *map(float, result[1])]

    def products(self, weights: Sequence[float], inputs: Sequence[float]) -> Any:
        def total(w: Any, x: Any) -> Any:
            indices = range(len(weights))
            return self.sum_of_products([w[i] for i in indices], [x[i] for i in indices])

        return evaluation(total, weights, inputs)


class AutogradVectors:
    """All points at once, and a layer is a matrix."""

    def moons(self, task: Training) -> Any:
        def hinge_loss(layers: Any) -> Any:
            scores = self.outputs(task, layers, lambda n: np.maximum(0.0, n))
            hinges = np.maximum(0.0, 1.0 - np.array(task.targets) * scores)
            return np.mean(hinges) + 1e-4 * sum(np.sum(p * p) for layer in layers for p in layer)

        return self.training(task, hinge_loss)

    def notes(self, task: Training) -> Any:
        def squared_loss(layers: Any) -> Any:
            return np.sum((self.outputs(task, layers, np.tanh) - np.array(task.targets)) ** 2)

        return self.training(task, squared_loss)

    def outputs(self, task: Training, layers: Any, activate: Callable[[Any], Any]) -> Any:
        x = np.array(task.inputs)
        for w, b in layers[:-1]:
            x = activate(np.dot(x, w.T) + b)
        w, b = layers[-1]
        x = (np.dot(x, w.T) + b)[:, 0]
        return activate(x) if task.last_activation else x

    def training(self, task: Training, loss: Callable[[Any], Any]) -> Any:
        layers = [(np.array(rows), np.array(biases)) for rows, biases in matrices(task)]
        step = value_and_grad(loss)

        def run() -> Any:
            nonlocal layers
            for _ in range(task.steps):
                value, gradient = step(layers)
                layers = [
                    (w - task.learning_rate * dw, b - task.learning_rate * db)
                    for (w, b), (dw, db) in zip(layers, gradient)
                ]
            return value, gradient

        def numbers(end: Any) -> list[float]:
            value, gradient = end
            return [float(value), *in_order((dw.tolist(), db.tolist()) for dw, db in gradient)]

        return run, numbers

    def products(self, weights: Sequence[float], inputs: Sequence[float]) -> Any:
        return evaluation(np.dot, weights, inputs)


def evaluation(function: Callable[..., Any], w: Sequence[float], x: Sequence[float]) -> Any:
    """A function's value and gradients with respect to two arrays."""
    # NumPy's own array: that of autograd takes a second for a list of this length.
    step, arrays = value_and_grad(function, (0, 1)), (numpy.array(w), numpy.array(x))

    def numbers(end: Any) -> list[float]:
        value, (dw, dx) = end
        return [float(value), *dw.tolist(), *dx.tolist()]

    return lambda: step(*arrays), numbers
