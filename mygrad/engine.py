"""Numbers that remember how they were made, and the backward pass over them.

A `Value` wraps a number.  Arithmetic on values makes new values, and each keeps its operands
and, for each operand, the local derivative: how fast the result changes with that operand.
`backward()` goes from the last value to the first and applies the chain rule at each: an
operand's gradient grows by the local derivative times the result's gradient.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable, Iterable
from typing import SupportsFloat, TypeAlias

from mygrad.floats import as_float, exp, exponent_slope, log, power, power_slope

Operand: TypeAlias = "Value | SupportsFloat"


def accepts_numbers(operation: Callable[[Value, Value], Value]) -> Callable[..., Value]:
    """Let an operator on two values take a number as `other`; leave the rest to Python's error."""

    @functools.wraps(operation)
    def checked(self: Value, other: object) -> Value:
        if isinstance(other, Value):
            return operation(self, other)
        number = as_float(other)
        return NotImplemented if number is None else operation(self, Value(number))

    return checked


def reflected(operation: Callable[[Value, Value], Value]) -> Callable[..., Value]:
    """What Python calls where the left side is a number: the same, with the sides exchanged."""
    return accepts_numbers(lambda self, other: operation(other, self))


class Value:
    """A number that remembers how it was made.

    `data` is the number, a float.  `grad` is the derivative of a later value with respect
    to this one; 0.0 until that value's `backward()` has run.  `label` names it in pictures.
    """

    __slots__ = ("__weakref__", "_local", "_op", "_prev", "data", "grad", "label")

    def __init__(self, data: SupportsFloat, label: str = "") -> None:
        """Wrap one real number: an int, a float, a bool, or anything else with `__float__`."""
        if not isinstance(label, str):
            raise TypeError(f"a label is text, got {label!r} (operands go to Value.node)")
        number = as_float(data)
        if number is None:
            raise TypeError(f"a Value holds one real number, got {type(data).__name__}: {data!r}")
        self.data = number
        self.grad = 0.0
        self.label = label
        self._prev: tuple[Value, ...] = ()
        self._local: tuple[float, ...] = ()
        self._op = ""

    @staticmethod
    def node(
        data: float, operands: tuple[Value, ...], local_derivatives: tuple[float, ...], op: str
    ) -> Value:
        """Make the result of an operation: the one way in, for those below and for yours.

        `local_derivatives` holds d(data)/d(operand) for each operand, in the same order.
        `op` names the operation in pictures.
        """
        if len(operands) != len(local_derivatives):
            counts = f"{len(local_derivatives)} for {len(operands)}"
            raise ValueError(f"{op!r} needs one local derivative for each operand, got {counts}")
        node = Value.__new__(Value)  # not Value(data): most nodes need none of its checks
        node.data = data if type(data) is float else Value(data).data
        node.grad = 0.0
        node.label = ""
        node._prev = tuple(operands)
        node._local = tuple(local_derivatives)
        node._op = op
        return node

    def __repr__(self) -> str:
        return f"Value(data={self.data})"

    # The backward pass.

    def _backward(self) -> None:
        """Hand this value's gradient on to its operands, by the chain rule.  A leaf has none."""
        for child, local in zip(self._prev, self._local):
            child.grad += local * self.grad  # += and not =: a child may be used twice, as in a + a

    def backward(self) -> None:
        """Set `v.grad` to d(self)/d(v) for every value v that self was made from.

        The gradients of leaves add up from call to call, until you set them to zero.
        """
        order = topological_order(self)
        for node in order:
            if node._prev:
                node.grad = 0.0  # an earlier call has handed this on to the leaves already
        self.grad += 1.0  # d(self)/d(self)
        for node in reversed(order):
            node._backward()

    # Operations with a local derivative of their own.

    @accepts_numbers
    def __add__(self, other: Value) -> Value:
        return Value.node(self.data + other.data, (self, other), (1.0, 1.0), "+")

    @accepts_numbers
    def __mul__(self, other: Value) -> Value:
        return Value.node(self.data * other.data, (self, other), (other.data, self.data), "*")

    def __neg__(self) -> Value:
        return Value.node(-self.data, (self,), (-1.0,), "neg")

    def __pow__(self, exponent: Operand) -> Value:  # self ** exponent
        """A power.  `d(x**n)/dx = n * x**(n-1)`, and `d(x**n)/dn = x**n * log(x)`."""
        x = self.data
        if isinstance(exponent, Value):
            n = exponent.data
            y, slopes = power(x, n), (power_slope(x, n), exponent_slope(x, n))
            return Value.node(y, (self, exponent), slopes, "**")
        number = as_float(exponent)
        if number is None:
            return NotImplemented
        return Value.node(power(x, number), (self,), (power_slope(x, number),), f"**{number:g}")

    def exp(self) -> Value:
        """e to this power.  `d exp(x)/dx = exp(x)`.  Raises OverflowError from about 709.8 on."""
        e = exp(self.data)
        return Value.node(e, (self,), (e,), "exp")

    def log(self) -> Value:
        """Natural logarithm.  `d log(x)/dx = 1/x`.  Raises ValueError for 0 and below."""
        return Value.node(log(self.data), (self,), (1.0 / self.data,), "log")

    def tanh(self) -> Value:
        """Squash to (-1, 1).  `d tanh(x)/dx = 1 - tanh(x)**2`."""
        t = math.tanh(self.data)
        return Value.node(t, (self,), (1.0 - t * t,), "tanh")

    def relu(self) -> Value:
        """Cut off below 0.  The derivative is 1 above 0 and 0 below; at 0 we take 0."""
        y, slope = (0.0, 0.0) if self.data <= 0.0 else (self.data, 1.0)
        return Value.node(y, (self,), (slope,), "relu")

    def sigmoid(self) -> Value:
        """Squash to (0, 1).  `s(x) = 1 / (1 + exp(-x))`, and `ds(x)/dx = s(x) * (1 - s(x))`."""
        e = math.exp(-abs(self.data))  # never overflows
        s = 1.0 / (1.0 + e) if self.data >= 0.0 else e / (1.0 + e)
        return Value.node(s, (self,), (s * (1.0 - s),), "sigmoid")

    # Operations made of those above.

    def __sub__(self, other: Operand) -> Value:  # self - other
        if isinstance(other, Value):
            return self + -other
        number = as_float(other)
        return NotImplemented if number is None else self + -number

    @accepts_numbers
    def __truediv__(self, other: Value) -> Value:  # self / other
        return self * other**-1

    __radd__ = reflected(operator.add)  # other + self
    __rsub__ = reflected(operator.sub)  # other - self
    __rmul__ = reflected(operator.mul)  # other * self
    __rtruediv__ = reflected(operator.truediv)  # other / self
    __rpow__ = reflected(operator.pow)  # other ** self


def dot(weights: Iterable[Operand], inputs: Iterable[Operand], bias: Operand) -> Value:
    """Compute `bias + w1*x1 + w2*x2 + ...` as one node, to the last bit as `+` and `*` would.

    Its operands are the weights, the inputs and the bias, in this order.
    """
    w = [as_value(weight) for weight in weights]
    x = [as_value(value) for value in inputs]
    b = as_value(bias)
    if len(w) != len(x):
        raise ValueError(f"dot pairs weights with inputs, got {len(w)} weights, {len(x)} inputs")
    total = b.data
    for weight, value in zip(w, x):  # not the built-in sum: it rounds otherwise from Python 3.12 on
        total += weight.data * value.data
    local_derivatives = (*(value.data for value in x), *(weight.data for weight in w), 1.0)
    return Value.node(total, (*w, *x, b), local_derivatives, "dot")


def topological_order(root: Value) -> list[Value]:
    """Every value that `root` was made from, and `root` itself, each after all of its operands.

    Depth first, operands from left to right.  No recursion: a chain may be of any length.
    """
    order = []
    visited = {root}
    path = [root]
    waiting = [iter(root._prev)]  # for each value in the path: the operands still to come
    while path:
        for operand in waiting[-1]:
            if operand not in visited:
                visited.add(operand)
                path.append(operand)
                waiting.append(iter(operand._prev))
                break  # the operand's own operands come first
        else:
            order.append(path.pop())
            waiting.pop()
    return order


def as_value(x: Operand) -> Value:
    """The value itself, or a new leaf that holds the number."""
    return x if isinstance(x, Value) else Value(x)
