"""Checks of what comes in from outside; each error names the value, the rule and the way out."""

from __future__ import annotations

import math
import operator
import reprlib
from collections.abc import Iterable, Sequence, Set
from typing import Any, TypeVar

from mygrad.checked_math import as_float

T = TypeVar("T")


def as_list(x: Iterable[T], wanted: str) -> list[T]:
    """The items as a list.  TypeError, with what is `wanted`, where there are none in an order."""
    if type(x) is list:
        return x
    if isinstance(x, (str, bytes, dict, set, frozenset)):  # they have items, but others
        raise TypeError(f"{wanted}, got {x!r}")
    try:
        items = iter(x)
    except TypeError:
        raise TypeError(f"{wanted}, got {x!r}") from None
    return [*items]


def number_in(x: object, least: float, most: float, wanted: str) -> float:
    """The number as a float.  Raises, with what is `wanted`, where it is none in that range."""
    number = as_float(x)
    if number is None:
        raise TypeError(f"{wanted}: got {x!r}")
    if not least <= number <= most or math.isinf(number):
        raise ValueError(f"{wanted}: got {x!r}")
    return number


def whole_number(x: object, wanted: str) -> int:
    """The number as an int, from NumPy too.  TypeError, with what is `wanted`, for another."""
    try:
        return operator.index(x)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{wanted}: got {x!r}") from None


def kind_of(value: object) -> str:
    """A value in an error: its type, and itself in short."""
    return f"{type(value).__name__}: {reprlib.repr(value)}"


def iterable(values: object) -> bool:
    """Whether a loop can go through them.  A closed file, or an array of no dimension, looks so."""
    try:
        iter(values)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return False
    return not isinstance(values, type)


def checked_node(function: str, node: T) -> T:
    """A `Value`, or a node of the reader's own class, which holds the same of its graph."""
    value: Any = node
    lacking = [name for name in ("data", "_prev", "_op") if not hasattr(value, name)]
    if lacking or isinstance(value, type):
        raise TypeError(
            f"{function} takes a Value of a graph, got {kind_of(value)}; {way_to_a_node(value)}"
        )
    if not isinstance(value._prev, (Sequence, Set)):
        raise TypeError(f"_prev holds a value's operands in a tuple, got {kind_of(value._prev)}")
    if type(value).__hash__ is None:
        raise TypeError(
            f"{function} has to tell values apart, but a {type(value).__name__} equals every other "
            "that holds the same: write __hash__ = object.__hash__ into its class, or, of a "
            "dataclass, @dataclass(eq=False)"
        )
    return node


def way_to_a_node(value: object) -> str:
    if value is None:
        return "backward() gives nothing back, so write it on a line of its own"
    if callable(value):
        return "call it, and take the Value that comes out"
    if isinstance(value, (str, bytes)):
        return "take the Value itself, and not its label"
    if iterable(value):
        return "take one of the values in it, or their sum"
    if isinstance(value, (int, float)):
        return f"write Value({reprlib.repr(value)})"
    return "an expression of Values gives one; a class of your own needs data, _prev and _op"
