"""Floats at their edges: what may become one, and operations that have no result or no end."""

from __future__ import annotations

import math
import numbers
import operator
from typing import Any, SupportsFloat, TypeGuard


def as_float(x: Any) -> float | None:
    """The float of one real number; None for anything else, such as text or a complex number."""
    kind = type(x)
    if kind is float:  # as nearly always
        number: float = x
        return number
    try:
        if kind is int or isinstance(x, (float, int)):
            return float(x)
        if is_real(x):
            number = float(x)
            if math.isinf(number) and isinstance(x, numbers.Number) and operator.ne(x, number):
                raise OverflowError  # as Decimal("1e999"), which becomes an infinity without a word
            return number
    except OverflowError:
        size = f" of about 1e{math.log10(abs(x)):.0f}" if isinstance(x, int) else ""
        raise OverflowError(
            f"this {type(x).__name__}{size} is too large for a float: floats end at 1.8e308"
        ) from None
    except (TypeError, ValueError, RuntimeError):  # an array or a tensor of several numbers
        pass
    return None


def is_real(x: object) -> TypeGuard[SupportsFloat]:
    """Whether this calls itself one real number: a fraction, a NumPy scalar, ..., but no text."""
    if isinstance(x, (str, bytes)) or not hasattr(type(x), "__float__"):
        return False
    return isinstance(x, numbers.Real) or not isinstance(x, numbers.Complex)


def power(base: float, exponent: float) -> float:
    """base**exponent where that is a real number; raises where it is not."""
    try:
        result: float = base**exponent
    except ZeroDivisionError:
        raise ZeroDivisionError(f"division by zero: {power_text(base, exponent)}") from None
    except OverflowError:
        raise OverflowError(f"{power_text(base, exponent)} is too large for a float") from None
    # Python's -inf ** 0.5 is inf: the rule is the same for a base without end.
    if base < 0.0 and exponent % 1.0 > 0.0:
        raise ValueError(
            f"{power_text(base, exponent)}: a negative base takes whole exponents only"
        )
    return result


def power_text(base: float, exponent: float) -> str:
    """A power as Python reads it: -8.0 ** 0.5 would be -(8.0 ** 0.5)."""
    return f"({base}) ** {exponent}" if str(base)[0] == "-" else f"{base} ** {exponent}"


def power_name(exponent: float) -> str:
    """What a power is called: `**2`.  It holds the exponent to the last digit."""
    short = f"{exponent:g}"
    return f"**{short if float(short) == exponent else repr(exponent)}"


def power_slope(base: float, exponent: float) -> float:
    """d(base**exponent)/d(base) = exponent * base**(exponent - 1), which may be infinite."""
    if exponent == 0.0:
        return 0.0
    try:
        slope: float = exponent * base ** (exponent - 1.0)
        return slope
    except ZeroDivisionError:
        return math.inf
    except OverflowError:  # a tiny base; an odd power keeps its sign
        return exponent * (math.copysign(math.inf, base) if exponent % 2 == 0 else math.inf)


def exponent_slope(base: float, exponent: float) -> float:
    """d(base**exponent)/d(exponent) = base**exponent * log(base); nan for a negative base."""
    if base > 0.0:
        return power(base, exponent) * math.log(base)
    if base == 0.0 and exponent == exponent:
        return 0.0 if exponent >= 0.0 else -math.inf
    return math.nan


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


def sigmoid(x: float) -> float:
    """`1 / (1 + exp(-x))`, which never overflows when it is computed so."""
    e = math.exp(-abs(x))
    return 1.0 / (1.0 + e) if x >= 0.0 else e / (1.0 + e)


def maximum_slopes(a: float, b: float) -> tuple[float, float]:
    """d(max(a, b))/da and .../db: 1/2 each where they are equal, as in PyTorch."""
    if a == b:
        return 0.5, 0.5
    return (0.0 if a < b else 1.0), (0.0 if a > b else 1.0)  # a nan passes both
