"""Checks of what comes in from outside; each error names the value, the rule and the way out."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from typing import TypeVar

from mygrad.floats import as_float

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
