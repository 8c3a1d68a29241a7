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
Operation: TypeAlias = "Callable[[Value, Value], Value]"


def reflected(operation: Operation) -> Callable[[Value, object], Value]:
    """What Python calls where the left side is a number: the same, with the sides exchanged."""
    return lambda self, other: with_number(lambda b, a: operation(a, b), self, other)


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
        """Make the result of an operation of your own, from its operands in order.

        `local_derivatives` holds d(data)/d(operand) for each operand, in the same order.
        `op` names the operation in pictures.
        """
        slopes = [slope for slope in map(as_float, local_derivatives) if slope is not None]
        if len(slopes) < len(local_derivatives):
            raise TypeError(f"local derivatives are numbers, got {local_derivatives} for {op!r}")
        if len(operands) != len(slopes):
            counts = f"{len(slopes)} for {len(operands)}"
            raise ValueError(f"{op!r} needs one local derivative for each operand, got {counts}")
        if not all(isinstance(operand, Value) for operand in operands):
            raise TypeError(f"operands are values, got {operands} for {op!r}")
        return new_node(Value(data, op).data, tuple(operands), tuple(slopes), op)

    def __repr__(self) -> str:
        return f"Value(data={self.data})"

    def __bool__(self) -> bool:
        """Refuse: `if loss:` would hold for a loss of 0 too, as it does for every object."""
        raise TypeError(f"{self!r} is neither true nor false: ask for its data")

    def __getstate__(self) -> object:
        """What a copy or a pickle holds.  A computed value refuses: its graph would tear."""
        if self._prev:
            raise TypeError(
                f"{self!r} was computed by {self._op!r} and can't be copied or pickled: "
                "copy the leaves, such as network.parameters(), and compute it again"
            )
        return super().__getstate__()

    # The backward pass.

    def _backward(self) -> None:
        """Hand this value's gradient on to its operands, by the chain rule.  A leaf has none."""
        grad = self.grad
        for child, local in zip(self._prev, self._local):
            child.grad += local * grad  # += and not =: a child may be used twice, as in a + a

    def backward(self) -> None:
        """Set `v.grad` to d(self)/d(v) for every value v that self was made from.

        The gradients of leaves add up from call to call, until you set them to zero.
        """
        order = topological_order(self, leaves=False)  # a leaf has nothing to hand on
        for node in order:
            node.grad = 0.0  # an earlier call has handed this on to the leaves already
        self.grad += 1.0  # d(self)/d(self)
        for node in reversed(order):
            # A gradient of 0 adds nothing, unless a local derivative is inf or nan: then nan.
            if node.grad != 0.0 or not math.isfinite(sum(node._local)):
                node._backward()

    # Operations with a local derivative of their own.

    def __add__(self, other: Operand) -> Value:  # self + other
        if isinstance(other, Value):
            return new_node(self.data + other.data, (self, other), (1.0, 1.0), "+")
        return with_number(operator.add, self, other)

    def __mul__(self, other: Operand) -> Value:  # self * other
        if isinstance(other, Value):
            return new_node(self.data * other.data, (self, other), (other.data, self.data), "*")
        return with_number(operator.mul, self, other)

    def __neg__(self) -> Value:
        return new_node(-self.data, (self,), (-1.0,), "neg")

    def __pow__(self, exponent: Operand) -> Value:  # self ** exponent
        """A power.  `d(x**n)/dx = n * x**(n-1)`, and `d(x**n)/dn = x**n * log(x)`."""
        x = self.data
        if isinstance(exponent, Value):
            n = exponent.data
            y, slopes = power(x, n), (power_slope(x, n), exponent_slope(x, n))
            return new_node(y, (self, exponent), slopes, "**")
        number = as_float(exponent)
        if number is None:
            return NotImplemented
        return new_node(power(x, number), (self,), (power_slope(x, number),), f"**{number:g}")

    def exp(self) -> Value:
        """e to this power.  `d exp(x)/dx = exp(x)`.  Raises OverflowError from about 709.8 on."""
        e = exp(self.data)
        return new_node(e, (self,), (e,), "exp")

    def log(self) -> Value:
        """Natural logarithm.  `d log(x)/dx = 1/x`.  Raises ValueError for 0 and below."""
        return new_node(log(self.data), (self,), (1.0 / self.data,), "log")

    def tanh(self) -> Value:
        """Squash to (-1, 1).  `d tanh(x)/dx = 1 - tanh(x)**2`."""
        t = math.tanh(self.data)
        return new_node(t, (self,), (1.0 - t * t,), "tanh")

    def relu(self) -> Value:
        """Cut off below 0.  The derivative is 1 above 0 and 0 below; at 0 we take 0."""
        if self.data <= 0.0:
            return new_node(0.0, (self,), (0.0,), "relu")
        return new_node(self.data, (self,), (1.0,), "relu")

    def sigmoid(self) -> Value:
        """Squash to (0, 1).  `s(x) = 1 / (1 + exp(-x))`, and `ds(x)/dx = s(x) * (1 - s(x))`."""
        e = math.exp(-abs(self.data))  # never overflows
        s = 1.0 / (1.0 + e) if self.data >= 0.0 else e / (1.0 + e)
        return new_node(s, (self,), (s * (1.0 - s),), "sigmoid")

    # Operations made of those above.

    def __sub__(self, other: Operand) -> Value:  # self - other
        if isinstance(other, Value):
            return self + -other
        number = as_float(other)
        return NotImplemented if number is None else self + -number

    def __truediv__(self, other: Operand) -> Value:  # self / other
        if isinstance(other, Value):
            return self * other**-1
        return with_number(operator.truediv, self, other)

    __radd__ = reflected(operator.add)  # other + self
    __rsub__ = reflected(operator.sub)  # other - self
    __rmul__ = reflected(operator.mul)  # other * self
    __rtruediv__ = reflected(operator.truediv)  # other / self
    __rpow__ = reflected(operator.pow)  # other ** self


def with_number(operation: Operation, value: Value, other: object) -> Value:
    """The operation, with a number as a new leaf on the other side; Python's error for the rest."""
    number = as_float(other)
    return NotImplemented if number is None else operation(value, new_node(number, (), (), ""))


blank_value: Callable[[], Value] = functools.partial(object.__new__, Value)


def new_node(
    data: float, operands: tuple[Value, ...], local_derivatives: tuple[float, ...], op: str
) -> Value:
    """`Value.node` without its checks, which cost as much as the rest: for the operations here."""
    node = blank_value()
    node.data = data if type(data) is float else Value(data).data
    node.grad = 0.0
    node.label = ""
    node._prev = operands
    node._local = local_derivatives
    node._op = op
    return node


def dot(weights: Iterable[Operand], inputs: Iterable[Operand], bias: Operand) -> Value:
    """Compute `bias + w1*x1 + w2*x2 + ...` as one node, to the last bit as `+` and `*` would.

    Its operands are the weights, the inputs and the bias, in this order.
    """
    w, x, b = [*weights], [*inputs], as_value(bias)
    if len(w) != len(x):
        raise ValueError(f"dot pairs weights with inputs, got {len(w)} weights, {len(x)} inputs")
    total, w_data, x_data = b.data, [], []
    for weight, value in zip(w, x):  # not the built-in sum: it rounds otherwise from Python 3.12 on
        if not (isinstance(weight, Value) and isinstance(value, Value)):
            return dot(map(as_value, w), map(as_value, x), b)  # numbers become leaves
        total += weight.data * value.data
        w_data.append(weight.data)
        x_data.append(value.data)
    return new_node(total, (*w, *x, b), (*x_data, *w_data, 1.0), "dot")  # type: ignore[arg-type]


def topological_order(root: Value, *, leaves: bool = True) -> list[Value]:
    """Every value that `root` was made from, and `root` itself, each after all of its operands.

    Depth first, operands from left to right.  No recursion: a chain may be of any length.
    Without `leaves`, only the results of operations.
    """
    order = []
    visited = {root}
    path = [root] if leaves or root._prev else []
    waiting = [iter(root._prev)]  # for each value in the path: the operands still to come
    while path:
        for operand in waiting[-1]:
            if (leaves or operand._prev) and operand not in visited:
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
