"""Numbers that remember how they were made, and the backward pass over them.

A `Value` wraps a number.  Arithmetic on values makes new values, and each keeps its operands
and, for each operand, the local derivative: how fast the result changes with that operand.
`backward()` goes from the last value to the first and applies the chain rule at each: an
operand's gradient grows by the local derivative times the result's gradient.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterable
from typing import Never, SupportsFloat, TypeAlias

from mygrad.arguments import as_list
from mygrad.checked_math import (
    as_float,
    exp,
    exponent_slope,
    log,
    maximum_slopes,
    power,
    power_name,
    power_slope,
    sigmoid,
)
from mygrad.graph import topological_order
from mygrad.hints import with_hints

Operand: TypeAlias = "Value | SupportsFloat"


@with_hints
class Value:
    """A number that remembers how it was made.

    `data` is the number, a float.  `grad` is the derivative of a later value with respect
    to this one; 0.0 until that value's `backward()` has run.  `label` names it in pictures.

    Every pass over a graph reads the other three.  `_prev` holds the operands, in order, and
    `_local` the local derivative for each of them; both are empty in a leaf.  `_op` is the
    name of the operation, as in "+", and "" in a leaf.
    """

    __slots__ = ("__weakref__", "_local", "_op", "_prev", "data", "grad", "label")

    def __init__(self, data: SupportsFloat, label: str = "", *operation: Never) -> None:
        """Wrap one real number: an int, a float, a bool, or anything else with `__float__`."""
        if operation or not isinstance(label, str):
            got = f"{label!r} and {operation}" if operation else repr(label)
            raise TypeError(
                f"after its number a Value takes a label, which is text, got {got}: "
                "operands go to Value.node(data, operands, local_derivatives, op)"
            )
        number = as_float(data)
        if number is None:
            way_out = "; its number is in its data" if isinstance(data, Value) else ""
            got = f"{type(data).__name__}: {data!r}{way_out}"
            raise TypeError(f"a Value holds one real number, got {got}")
        self.data = number
        self.grad = 0.0
        self.label = label
        self._prev: tuple[Value, ...] = ()
        self._local: tuple[float, ...] = ()
        self._op = ""

    # The two operations that a network is made of.

    def __add__(self, other: Operand) -> Value:  # self + other
        right = other if type(other) is Value else operand(other)
        if right is None:
            return NotImplemented
        return new_node(self.data + right.data, (self, right), (1.0, 1.0), "+")

    def __mul__(self, other: Operand) -> Value:  # self * other
        right = other if type(other) is Value else operand(other)
        if right is None:
            return NotImplemented
        return new_node(self.data * right.data, (self, right), (right.data, self.data), "*")

    # The backward pass.

    def _backward(self) -> None:
        """Pass this value's gradient on to its operands, by the chain rule.  A leaf has none."""
        grad = self.grad
        for child, local in zip(self._prev, self._local):
            child.grad += local * grad  # += and not =: a child may be used twice, as in a + a

    def backward(self) -> None:
        """Set `v.grad` to d(self)/d(v) for every value v that self was made from.

        The gradients of leaves add up from call to call, until you set them to zero.
        """
        order = topological_order(self, leaves=False)  # a leaf has nothing to pass on
        for node in order:
            node.grad = 0.0  # an earlier call has passed this on to the leaves already
        self.grad += 1.0  # d(self)/d(self)
        propagate = Value._backward
        for node in reversed(order):
            # A gradient of 0 adds nothing, unless a local derivative is inf or nan: then nan.
            if node.grad != 0.0 or not math.isfinite(sum(node._local)):
                propagate(node)

    # The other operations with a local derivative of their own.

    def __neg__(self) -> Value:
        return new_node(-self.data, (self,), (-1.0,), "neg")

    def __pow__(self, exponent: Operand) -> Value:  # self ** exponent
        """A power.  `d(x**n)/dx = n * x**(n-1)`, and `d(x**n)/dn = x**n * log(x)`."""
        x = self.data
        try:  # the usual ones first: a loss is full of squares
            n, op = USUAL_EXPONENTS[exponent]
            y: float = x**n
            slope: float = n * x ** (n - 1.0)
        except (KeyError, TypeError, ArithmeticError):
            pass  # another exponent, or an error that is told below
        else:
            if x >= 0.0 or not n % 1.0:
                return new_node(y, (self,), (slope,), op)
        if isinstance(exponent, Value):
            n = exponent.data
            y, slopes = power(x, n), (power_slope(x, n), exponent_slope(x, n))
            return new_node(y, (self, exponent), slopes, "**")
        number = as_float(exponent)
        if number is None:
            return NotImplemented
        y, slope = power(x, number), power_slope(x, number)
        return new_node(y, (self,), (slope,), power_name(number))

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
        s = sigmoid(self.data)
        return new_node(s, (self,), (s * (1.0 - s),), "sigmoid")

    def softplus(self) -> Value:
        """A relu without a corner: `log(1 + exp(x))`, whose derivative is `sigmoid(x)`."""
        x = self.data
        y = max(x, 0.0) + math.log1p(math.exp(-abs(x)))  # never overflows
        return new_node(y, (self,), (sigmoid(x),), "softplus")

    def __abs__(self) -> Value:
        """Its size.  The derivative is 1 above 0 and -1 below; at 0 we take 0."""
        x = self.data
        return new_node(abs(x), (self,), (float((x > 0.0) - (x < 0.0)),), "abs")

    def maximum(self, other: Operand) -> Value:
        """The larger of the two, whose derivative is 1; where they are equal it is 1/2 each."""
        right = as_value(other)
        a, b = self.data, right.data
        return new_node(
            a if a >= b or a != a else b, (self, right), maximum_slopes(a, b), "maximum"
        )

    def minimum(self, other: Operand) -> Value:
        """The smaller of the two, whose derivative is 1; where they are equal it is 1/2 each."""
        right = as_value(other)
        a, b = self.data, right.data
        return new_node(
            a if a <= b or a != a else b, (self, right), maximum_slopes(-a, -b), "minimum"
        )

    # Operations made of those above.

    def __sub__(self, other: Operand) -> Value:  # self - other
        if isinstance(other, Value):
            return self + -other
        number = other if type(other) is float else as_float(other)
        return NotImplemented if number is None else self.__add__(-number)

    def __truediv__(self, other: Operand) -> Value:  # self / other
        if isinstance(other, Value):
            return self * other**-1
        number = other if type(other) is float else as_float(other)
        return NotImplemented if number is None else self.__mul__(power(number, -1.0))

    # Python calls these where the left side is no Value.

    def __radd__(self, other: SupportsFloat) -> Value:  # other + self
        left = operand(other)
        return NotImplemented if left is None else left.__add__(self)

    def __rsub__(self, other: SupportsFloat) -> Value:  # other - self
        left = operand(other)
        return NotImplemented if left is None else left - self

    def __rmul__(self, other: SupportsFloat) -> Value:  # other * self
        left = operand(other)
        return NotImplemented if left is None else left.__mul__(self)

    def __rtruediv__(self, other: SupportsFloat) -> Value:  # other / self
        left = operand(other)
        return NotImplemented if left is None else left.__mul__(self.__pow__(-1))

    def __rpow__(self, other: SupportsFloat) -> Value:  # other ** self
        left = operand(other)
        return NotImplemented if left is None else left**self

    # What Python asks of every object.

    def __repr__(self) -> str:
        return f"Value(data={self.data})"

    def __format__(self, spec: str) -> str:
        """Its number where a format is given, as in f"{loss:.4f}"."""
        return format(self.data, spec) if spec else repr(self)

    def __bool__(self) -> bool:
        """Refuse: `if loss:` would hold for a loss of 0 too, as for most objects."""
        raise TypeError(f"{self!r} is neither true nor false: ask for its data")

    def __getstate__(self) -> object:
        """What a copy or a pickle holds.  A computed value refuses: its graph would tear."""
        if self._prev:
            raise TypeError(
                f"{self!r} was computed by {self._op!r} and can't be copied or pickled: "
                "copy the leaves, such as network.parameters(), and compute it again"
            )
        return super().__getstate__()

    @staticmethod
    def node(
        data: float, operands: tuple[Value, ...], local_derivatives: tuple[float, ...], op: str
    ) -> Value:
        """Make the result of an operation of your own, from its operands in order.

        `local_derivatives` holds d(data)/d(operand) for each operand, in the same order.
        `op` names the operation in pictures.
        """
        if not isinstance(op, str):
            raise TypeError(f"the name of an operation is text, got {op!r}")
        operands = tuple(as_list(operands, f"{op!r} needs its operands as a tuple"))
        if not all(isinstance(operand, Value) for operand in operands):
            raise TypeError(f"operands are values, got {operands} for {op!r}")
        given = as_list(local_derivatives, f"{op!r} needs its local derivatives as a tuple")
        slopes = tuple(slope for slope in map(as_float, given) if slope is not None)
        if len(slopes) < len(given):
            raise TypeError(f"local derivatives are numbers, got {local_derivatives} for {op!r}")
        if len(operands) != len(slopes):
            counts = f"{len(slopes)} for {len(operands)}"
            raise ValueError(f"{op!r} needs one local derivative for each operand, got {counts}")
        return new_node(Value(data).data, operands, slopes, op)


# What a power is called takes as long to write as the power to compute: the usual ones are ready.
USUAL_EXPONENTS: dict[object, tuple[float, str]] = {
    n / 2: (n / 2, power_name(n / 2)) for n in range(64, -65, -1) if n
}


def operand(x: object) -> Value | None:
    """The value itself, or a new leaf that holds the number; None for anything else."""
    if isinstance(x, Value):
        return x
    number = x if type(x) is float else as_float(x)
    if number is None:
        return None
    node = blank_value()
    node.data = number
    node.grad = 0.0
    node.label = ""
    node._prev = ()
    node._local = ()
    node._op = ""
    return node


blank_value: Callable[[], Value] = functools.partial(object.__new__, Value)


def new_node(
    data: float, operands: tuple[Value, ...], local_derivatives: tuple[float, ...], op: str
) -> Value:
    """`Value.node` without its checks, which cost as much as the rest: for the operations here."""
    if type(data) is not float:
        data, local_derivatives = as_floats(data, operands, local_derivatives, op)
    node = blank_value()
    node.data = data
    node.grad = 0.0
    node.label = ""
    node._prev = operands
    node._local = local_derivatives
    node._op = op
    return node


def as_floats(
    data: object, operands: tuple[Value, ...], slopes: tuple[float, ...], op: str
) -> tuple[float, tuple[float, ...]]:
    """A result and its local derivatives as floats; raises where an operand's `data` is none.

    Ints are, and NumPy's float64.  Its other numbers round and wrap where a float does not.
    """
    for operand in operands:
        if not isinstance(operand.data, (float, int)):
            raise TypeError(
                f"{op!r} meets a value{operand.label and f' {operand.label!r}'} whose data is "
                f"{operand.data!r}: data holds a float, as after p.data = float(w) or "
                "p.data -= 0.05 * p.grad"
            )
    return Value(data).data, tuple(map(float, slopes))  # type: ignore[arg-type]


def dot(weights: Iterable[Operand], inputs: Iterable[Operand], bias: Operand) -> Value:
    """Compute `bias + w1*x1 + w2*x2 + ...` as one node, to the last bit as `+` and `*` would.

    Its operands are the weights, the inputs and the bias, in this order.
    """
    w = as_list(weights, "dot takes a list of weights")
    x = as_list(inputs, "dot takes a list of inputs")
    b = as_value(bias)
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


def as_value(x: Operand) -> Value:
    """The value itself, or a new leaf that holds the number."""
    return x if isinstance(x, Value) else Value(x)
