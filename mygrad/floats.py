"""Floats at their edges: what may become one, and operations that have no result or no end."""

from __future__ import annotations

import math
import numbers
from typing import SupportsFloat


def as_float(x: object) -> float | None:
    """The float of one real number; None for anything else, such as text or a complex number."""
    if isinstance(x, (float, int)):
        return float(x)
    if isinstance(x, (str, bytes)) or not isinstance(x, SupportsFloat):
        return None
    if isinstance(x, numbers.Complex) and not isinstance(x, numbers.Real):
        return None
    try:
        return float(x)
    except (TypeError, ValueError, RuntimeError):  # an array or a tensor of several numbers
        return None


def power(base: float, exponent: float) -> float:
    """base**exponent where that is a real number; raises where it is not."""
    try:
        result = base**exponent
    except ZeroDivisionError:
        raise ZeroDivisionError(f"division by zero: {base} ** {exponent}") from None
    except OverflowError:
        raise OverflowError(f"{base} ** {exponent} is too large for a float") from None
    if isinstance(result, complex):
        raise ValueError(f"{base} ** {exponent}: a negative base takes whole exponents only")
    return float(result)


def power_slope(base: float, exponent: float) -> float:
    """d(base**exponent)/d(base) = exponent * base**(exponent - 1), which may be infinite."""
    if exponent == 0.0:
        return 0.0
    try:
        return float(exponent * base ** (exponent - 1.0))
    except ZeroDivisionError:
        return math.inf
    except OverflowError:  # a tiny base; an odd power keeps its sign
        return exponent * (math.copysign(math.inf, base) if exponent % 2 == 0 else math.inf)


def exponent_slope(base: float, exponent: float) -> float:
    """d(base**exponent)/d(exponent) = base**exponent * log(base); nan for a negative base."""
    if base > 0.0:
        return power(base, exponent) * math.log(base)
    return 0.0 if base == 0.0 and exponent >= 0.0 else math.nan


def exp(x: float) -> float:
    """e**x; raises where that is too large."""
    try:
        return math.exp(x)
    except OverflowError:
        raise OverflowError(f"exp({x}) is too large for a float") from None


def log(x: float) -> float:
    """The natural logarithm; raises where there is none."""
    if x <= 0.0:
        raise ValueError(f"log({x}) does not exist: log takes numbers above 0")
    return math.log(x)
