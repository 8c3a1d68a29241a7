"""The way out for habits from elsewhere: from micrograd, PyTorch, and Python's own numbers.

A `Value` is none of those.  So what works there and not here ends in an error that says what to
write instead, and not in one about the inside of a value, or in none.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from types import MethodType
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")

# Attributes that elsewhere a value has, and what stands in their place.
ELSEWHERE = {
    "detach": "its number is v.data, which has no graph",
    "gradient": "its gradient is v.grad",
    "item": "its number is v.data",
    "numpy": "its number is v.data",
    "requires_grad": "every value gets a gradient",
    "value": "its number is v.data",
    "zero_grad": "write v.grad = 0.0; a network and an optimizer have zero_grad()",
}

NO_NUMBER = "is no plain number: v.data is; v.exp(), v.log(), v.tanh() and the like keep the graph"
NO_COMPARISON = "is not compared: compare v.data; v.maximum(w) and v.minimum(w) have slopes"
# What Python asks a number for, and what to write instead.
ASKED_OF_NUMBERS = {
    "__float__": NO_NUMBER,
    "__int__": NO_NUMBER,
    "__complex__": NO_NUMBER,
    "__trunc__": NO_NUMBER,
    "__round__": "is not rounded: round(v.data, 2) is its number, and f'{v:.2f}' prints it so",
    "__lt__": NO_COMPARISON,
    "__le__": NO_COMPARISON,
    "__gt__": NO_COMPARISON,
    "__ge__": NO_COMPARISON,
}

UPDATES = [
    ("__iadd__", "+=", operator.add),
    ("__isub__", "-=", operator.sub),
    ("__imul__", "*=", operator.mul),
    ("__itruediv__", "/=", operator.truediv),
    ("__ipow__", "**=", operator.pow),
]


def with_hints(values: type[T]) -> type[T]:
    """Give a class of values an error with a way out for each of these habits."""
    for name, way_out in ELSEWHERE.items():
        setattr(values, name, Elsewhere(name, way_out))
    for name, way_out in ASKED_OF_NUMBERS.items():
        setattr(values, name, refusal(way_out))
    for name, sign, operation in UPDATES:
        setattr(values, name, in_place(sign, operation))
    setattr(values, "backward", with_named_gradient(vars(values)["backward"]))  # noqa: B010
    rule: Callable[..., None] = vars(values)["_backward"]
    setattr(values, "_backward", Rule(rule))  # noqa: B010  # mypy knows it as a method
    return values


class Elsewhere:
    """An attribute that values do not have: to read or to set it says what they have."""

    def __init__(self, name: str, way_out: str) -> None:
        self.message = f"a Value has no {name!r}: {way_out}"

    def __get__(self, value: object, owner: type) -> NoReturn:
        raise AttributeError(self.message)

    def __set__(self, value: object, new: object) -> NoReturn:
        raise AttributeError(self.message)


def refusal(way_out: str) -> Callable[..., NoReturn]:
    """A method that raises, with a way out."""

    def refuse(self: object, *_: object) -> NoReturn:
        raise TypeError(f"{self!r} {way_out}")

    return refuse


def in_place(sign: str, operation: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An assignment such as `-=`: as ever, a name for a new value.

    But `p -= rate * p.grad` is meant to move a parameter, and would leave it where it is.
    """

    def assign(self: Any, other: Any) -> Any:
        if self.grad and not self._prev and not isinstance(other, type(self)):
            raise TypeError(
                f"{self!r} has a gradient, and {sign} {other!r} would leave it as it is and make "
                f"a new value: a parameter is moved by p.data {sign} ..., as in "
                "p.data -= 0.05 * p.grad"
            )
        return operation(self, other)

    return assign


def with_named_gradient(backward: Callable[[Any], None]) -> Callable[[Any], None]:
    """The backward pass, with an error that names a gradient which is no number.

    `p.grad = None` is how PyTorch forgets a gradient.
    """

    @functools.wraps(backward)
    def checked(self: Any) -> None:
        try:
            backward(self)
        except TypeError:
            waiting, seen = [self], set()
            while waiting:
                value = waiting.pop()
                if value in seen:
                    continue
                seen.add(value)
                if not isinstance(value.grad, float | int):
                    raise TypeError(
                        f"the gradient of {value!r} is {value.grad!r}, and nothing can be added to "
                        "it: write p.grad = 0.0 before backward()"
                    ) from None
                waiting += value._prev
            raise

    return checked


class Rule:
    """The method `_backward`, which can't be replaced on one value, as in micrograd."""

    def __init__(self, function: Callable[..., None]) -> None:
        self.function = function

    def __get__(self, value: object, owner: type) -> Any:
        return self.function if value is None else MethodType(self.function, value)

    def __set__(self, value: object, new: object) -> NoReturn:
        raise AttributeError(
            "a value has one rule, the chain rule, and keeps its local derivatives for it: "
            "Value.node(data, operands, local_derivatives, op) makes an operation of your own"
        )
