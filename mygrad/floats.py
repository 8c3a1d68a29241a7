"""Floats at their edges: what may become one, and operations that have no result or no end."""

from __future__ import annotations

import math
import numbers
from typing import SupportsFloat


def as_float(x: object) -> float | None:
    """The float of one real number; None for anything else, such as text or a complex number."""
    if isinstance(x, float):
        return float(x)
    if not isinstance(x, int):
        if isinstance(x, (str, bytes)) or not isinstance(x, SupportsFloat):
            return None
        if isinstance(x, numbers.Complex) and not isinstance(x, numbers.Real):
            return None
    try:
        return float(x)
    except OverflowError:
        size = f" of about 1e{math.log10(abs(x)):.0f}" if isinstance(x, int) else ""
        raise OverflowError(
            f"this {type(x).__name__}{size} is too large for a float: floats end at 1.8e308"
        ) from None
    except (TypeError, ValueError, RuntimeError):  # an array or a tensor of several numbers
        return None


def power(base: float, exponent: float) -> float:
    """base**exponent where that is a real number; raises where it is not."""
    try:
        result = base**exponent
    except ZeroDivisionError:
        raise ZeroDivisionError(f"division by zero: {spelled(base, exponent)}") from None
    except OverflowError:
        raise OverflowError(f"{spelled(base, exponent)} is too large for a float") from None
    # Python's -inf ** 0.5 is inf: the rule is the same for a base without end.
    if isinstance(result, complex) or (base == -math.inf and exponent % 1.0 > 0.0):
        raise ValueError(f"{spelled(base, exponent)}: a negative base takes whole exponents only")
    return float(result)


def spelled(base: float, exponent: float) -> str:
    """A power as Python reads it: -8.0 ** 0.5 would be -(8.0 ** 0.5)."""
    return f"({base}) ** {exponent}" if str(base)[0] == "-" else f"{base} ** {exponent}"


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
