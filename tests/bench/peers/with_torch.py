"""PyTorch, once with a tensor for each number, once with matrices, as its users would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from workloads import Training

from peers.arrays import in_order, matrices
from peers.scalars import Scalars

torch.set_default_dtype(torch.float64)


def update(parameters: Sequence[torch.Tensor], learning_rate: float) -> None:
    with torch.no_grad():
        for parameter in parameters:
            parameter.add_(parameter.grad, alpha=-learning_rate)


class TorchScalars(Scalars):
    """The same graph as ours without `dot`: each number is a tensor without dimensions."""

    def leaf(self, number: float) -> torch.Tensor:
        return torch.tensor(number, requires_grad=True)

    def zero_grad(self, parameters: Sequence[torch.Tensor]) -> None:
        for parameter in parameters:
            parameter.grad = None

    def update(self, parameters: Sequence[torch.Tensor], learning_rate: float) -> None:
        update(parameters, learning_rate)


class TorchVectors:
    """All points at once, and a layer is a matrix."""

    def moons(self, task: Training) -> Any:
        def hinge_loss(scores: torch.Tensor, y: torch.Tensor, parameters: Any) -> torch.Tensor:
            return torch.relu(1 - y * scores).mean() + 1e-4 * sum((p * p).sum() for p in parameters)

        return self.training(task, torch.relu, hinge_loss)

    def notes(self, task: Training) -> Any:
        def squared_loss(outputs: torch.Tensor, y: torch.Tensor, parameters: Any) -> torch.Tensor:
            return ((outputs - y) ** 2).sum()

        return self.training(task, torch.tanh, squared_loss)

    def training(self, task: Training, activate: Callable[..., Any], loss_of: Any) -> Any:
        inputs, targets = torch.tensor(task.inputs), torch.tensor(task.targets)
        layers = [
            (torch.tensor(rows, requires_grad=True), torch.tensor(biases, requires_grad=True))
            for rows, biases in matrices(task)
        ]
        parameters = [tensor for layer in layers for tensor in layer]

        def run() -> torch.Tensor:
            for _ in range(task.steps):
                x = inputs
                for w, b in layers[:-1]:
                    x = activate(torch.nn.functional.linear(x, w, b))
                x = torch.nn.functional.linear(x, *layers[-1]).squeeze(1)
                if task.last_activation:
                    x = activate(x)
                loss = loss_of(x, targets, parameters)
                for parameter in parameters:
                    parameter.grad = None
                loss.backward()
                update(parameters, task.learning_rate)
            return loss

        def numbers(loss: torch.Tensor) -> list[float]:
            return [loss.item(), *in_order((w.grad.tolist(), b.grad.tolist()) for w, b in layers)]

        return run, numbers

    def products(self, weights: Sequence[float], inputs: Sequence[float]) -> Any:
        w = torch.tensor(weights, requires_grad=True)
        x = torch.tensor(inputs, requires_grad=True)

        def run() -> torch.Tensor:
            total = torch.dot(w, x)
            total.backward()
            return total

        return run, lambda total: [total.item(), *w.grad.tolist(), *x.grad.tolist()]
