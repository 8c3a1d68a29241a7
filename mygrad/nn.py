"""Networks: a neuron weighs its inputs, neurons side by side make a layer, layers in a row an MLP.

Everything that learns is a `Value` in `parameters()`.  A call is a forward pass: it builds a new
graph from the inputs to the output, and `backward()` on a loss fills in the gradients.
"""

from __future__ import annotations

import operator
import random
import sys
from collections.abc import Iterable
from typing import Any, Protocol, SupportsFloat, SupportsIndex

from mygrad.arguments import as_list
from mygrad.engine import Operand, Value, as_value, dot

ACTIVATIONS = ["tanh", "relu", "sigmoid", None]  # methods of a value; None: linear


class Uniform(Protocol):
    """Where the first weights come from: the module `random`, a `random.Random`, NumPy's, ..."""

    def uniform(self, a: float, b: float, /) -> SupportsFloat: ...


class Module:
    """What has parameters: the base of everything below, and of your own."""

    def parameters(self) -> list[Value]:
        """The values that training changes, always in the same order."""
        return []

    def zero_grad(self) -> None:
        """Forget the gradients so far.  `backward()` adds to them, so do this before each."""
        for parameter in self.parameters():
            parameter.grad = 0.0


class Neuron(Module):
    """`activation(b + w1*x1 + w2*x2 + ...)`, with one weight for each input.

    The weights, then the bias, are drawn from [-1, 1].  `activation` is "tanh", "relu",
    "sigmoid", or None for the bare sum.
    """

    def __init__(
        self, n_inputs: SupportsIndex, *, activation: str | None = "tanh", rng: Uniform = random
    ) -> None:
        self.activation = checked_activation(activation)
        if isinstance(rng, type) or not hasattr(rng, "uniform"):
            raise TypeError(f"rng is a source of numbers, as random.Random(1) is: got {rng!r}")
        self.w = [Value(rng.uniform(-1, 1)) for _ in range(checked_size(n_inputs))]
        self.b = Value(rng.uniform(-1, 1))

    def __call__(self, x: Iterable[Operand]) -> Value:
        """One output from one number or `Value` per weight; ValueError for more or fewer."""
        n = dot(self.w, as_inputs(x, len(self.w), "neuron"), self.b)
        return getattr(n, self.activation)() if self.activation else n

    def parameters(self) -> list[Value]:
        return [*self.w, self.b]

    def __repr__(self) -> str:
        return f"Neuron({len(self.w)}{repr_option('activation', self.activation, 'tanh')})"


class Layer(Module):
    """Neurons side by side: all see the same inputs, and each gives one output."""

    def __init__(
        self,
        n_inputs: SupportsIndex,
        n_neurons: SupportsIndex,
        *,
        activation: str | None = "tanh",
        rng: Uniform = random,
    ) -> None:
        self.neurons = [
            Neuron(n_inputs, activation=activation, rng=rng) for _ in range(checked_size(n_neurons))
        ]

    def __call__(self, x: Iterable[Operand]) -> list[Value]:
        """A list with one output per neuron, also where there is only one."""
        n_inputs = len(self.neurons[0].w)
        inputs = [as_value(number) for number in as_inputs(x, n_inputs, "layer")]  # shared by all
        return [neuron(inputs) for neuron in self.neurons]

    def parameters(self) -> list[Value]:
        return [parameter for neuron in self.neurons for parameter in neuron.parameters()]

    def __repr__(self) -> str:
        first = self.neurons[0]
        activation = repr_option("activation", first.activation, "tanh")
        return f"Layer({len(first.w)}, {len(self.neurons)}{activation})"


class MLP(Module):
    """A multi-layer perceptron: the outputs of each layer are the inputs of the next.

    `MLP(3, [4, 4, 1])`, or `MLP(3, 4, 4, 1)`, takes 3 inputs through layers of 4, 4 and 1
    neurons.  The last layer's activation may differ: `last_activation=None` makes it linear.
    """

    def __init__(
        self,
        n_inputs: SupportsIndex,
        *layer_sizes: SupportsIndex | list[int] | tuple[int, ...],
        activation: str | None = "tanh",
        last_activation: str | None = "same",
        rng: Uniform = random,
    ) -> None:
        if len(layer_sizes) == 1 and isinstance(layer_sizes[0], (list, tuple)):
            layer_sizes = tuple(layer_sizes[0])
        if not layer_sizes:
            raise ValueError(
                "a network takes a number of inputs, then the size of at least one layer, as in "
                f"MLP(3, [1]): got no sizes after {n_inputs!r}"
            )
        sizes = [checked_size(size) for size in (n_inputs, *layer_sizes)]
        self.activation = checked_activation(activation)
        same = isinstance(last_activation, str) and last_activation == "same"
        self.last_activation = activation if same else checked_activation(last_activation)
        activations = [*[self.activation] * (len(sizes) - 2), self.last_activation]
        self.layers = [
            Layer(n_in, n_out, activation=name, rng=rng)
            for n_in, n_out, name in zip(sizes, sizes[1:], activations)
        ]

    def __call__(self, x: Iterable[Operand]) -> Any:
        """The outputs of the last layer: a list, or the `Value` itself where there is only one.

        Which of the two is not in the types: so `network(x) - y` needs no cast.
        """
        n_inputs = len(self.layers[0].neurons[0].w)
        outputs = [as_value(number) for number in as_inputs(x, n_inputs, "network")]
        for layer in self.layers:
            outputs = layer(outputs)
        return outputs[0] if len(outputs) == 1 else outputs

    def parameters(self) -> list[Value]:
        return [parameter for layer in self.layers for parameter in layer.parameters()]

    def __repr__(self) -> str:
        n_inputs = len(self.layers[0].neurons[0].w)
        activation = repr_option("activation", self.activation, "tanh")
        last_activation = repr_option("last_activation", self.last_activation, self.activation)
        sizes = [len(layer.neurons) for layer in self.layers]
        return f"MLP({n_inputs}, {sizes}{activation}{last_activation})"


def as_inputs(x: Iterable[Operand], n_inputs: int, taker: str) -> list[Operand]:
    """The inputs as a list; raises where they are no list, or not `n_inputs`."""
    inputs = as_list(x, f"this {taker} takes a list of {n_inputs} numbers")
    if len(inputs) != n_inputs:
        raise ValueError(f"this {taker} takes {n_inputs} inputs, got {len(inputs)}: {inputs!r}")
    return inputs


def checked_size(size: object) -> int:
    """The size as an int: any positive whole number, from NumPy too."""
    try:
        n = 0 if isinstance(size, bool) else operator.index(size)  # type: ignore[arg-type]
    except TypeError:
        n = 0
    if not 1 <= n <= sys.maxsize:  # Python's own limit for lists
        raise ValueError(f"a size is a positive whole number, got {size!r}")
    return n


def checked_activation(activation: str | None) -> str | None:
    """The name of an activation; raises where there is none of that name."""
    if not isinstance(activation, str | None) or activation not in ACTIVATIONS:
        raise ValueError(f"an activation is one of {ACTIVATIONS}, got {activation!r}")
    return activation


def repr_option(name: str, value: str | None, default: str | None) -> str:
    """An argument as a `repr` shows it: not at all where it is the default."""
    return "" if value == default else f", {name}={value!r}"
