"""A network's parameters as matrices, and back."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from workloads import Training

Layer = tuple[list[list[float]], list[float]]  # a row of weights for each neuron, and the biases


def matrices(task: Training) -> list[Layer]:
    """The weights of each layer."""
    following = iter(task.weights)
    layers = []
    for n_inputs, n_neurons in zip(task.sizes, task.sizes[1:]):
        neurons = [list(islice(following, n_inputs + 1)) for _ in range(n_neurons)]
        layers.append(([neuron[:-1] for neuron in neurons], [neuron[-1] for neuron in neurons]))
    return layers


def in_order(layers: Iterable[Layer]) -> list[float]:
    """The same numbers as `task.weights` has them: neuron by neuron, its bias last."""
    return [
        number
        for rows, biases in layers
        for row, bias in zip(rows, biases)
        for number in (*row, bias)
    ]
