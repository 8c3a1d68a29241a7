"""The independent judge: slopes measured by rise over run, to hold `backward()` against.

It runs a function a little to the right and a little to the left of each input, and looks at
results only.  It knows nothing of the chain rule, so it can't share a mistake with the engine.
"""

from __future__ import annotations

import inspect
import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import SupportsFloat, TypeAlias

from mygrad.arguments import number_in
from mygrad.checked_math import as_float
from mygrad.engine import Operand, Value, as_value
from mygrad.graph import topological_order

# The step is STEP * max(1, |x|).  A larger step h errs by about h**2, since the function curves;
# a smaller one by about epsilon / h, since its results are rounded.  The sum of both is least
# near h = epsilon**(1/3), 6e-6, and is then about 4e-11 (Nocedal and Wright, "Numerical
# Optimization", section 8.1; "Numerical Recipes", section 5.7).
STEP = sys.float_info.epsilon ** (1 / 3)

# Two slopes agree if they differ by at most 1e-5 of their size, since a function may curve more
# than most, or by 1e-9 of the result's size: 25 times its rounding, for sums of many terms.
RELATIVE_TOLERANCE = 1e-5
ROUNDING_TOLERANCE = 1e-9

# Where they don't, the slope may change fast, or nearby: then a step that much smaller may tell.
FINER = 64.0

Sides: TypeAlias = tuple[float, float]  # the slopes to the left and to the right of a place


def numeric_grad(f: Callable[..., Operand], *args: SupportsFloat, h: float = STEP) -> list[float]:
    """The slope of `f` in each of its inputs: (f(x + h) - f(x - h)) / 2h, the others held fixed.

    `f` takes one `Value` for each number in `args`, and returns a `Value` or a number.
    `h` is the step for inputs up to 1 in size, and grows with larger ones.
    """
    numbers, h = checked_inputs(f, args, h)
    slopes = []
    for i, x in enumerate(numbers):
        below, above = neighbours(x, h)
        rise = moved(f, numbers, i, above) - moved(f, numbers, i, below)
        slopes.append(rise / (above - below))  # not 2 * h: the places were rounded
    return slopes


def neighbours(x: float, h: float) -> tuple[float, float]:
    """The places a step to the left of x and to the right.  ValueError where that is x itself."""
    step = h * max(1.0, abs(x))
    below, above = x - step, x + step
    if above == below:
        raise ValueError(f"the step h = {h} is too small to change {x}")
    return below, above


def moved(f: Callable[..., Operand], numbers: list[float], i: int, x: float) -> float:
    """The result of `f` with x in place of its input number `i`."""
    try:
        return result(f, [*numbers[:i], x, *numbers[i + 1 :]]).data
    except (ArithmeticError, ValueError) as error:
        error.add_note(
            f"the slope at {numbers[i]} is measured a step beside it, here at {x}; "
            "h= takes a smaller step"
        )
        raise


def slopes_beside(f: Callable[..., Operand], numbers: list[float], i: int, h: float) -> Sides:
    """The slope to the left of input number `i`, and to the right."""
    below, above = neighbours(numbers[i], h)
    x, y = numbers[i], result(f, numbers).data
    left, right = moved(f, numbers, i, below), moved(f, numbers, i, above)
    return (y - left) / (x - below), (right - y) / (above - x)


def kink(f: Callable[..., Operand], numbers: list[float], i: int, h: float) -> Sides | None:
    """The slopes on both sides of input number `i` where `f` has a corner there; else None.

    Where `f` is smooth, the two come as much nearer as the step gets smaller.
    """
    left, right = slopes_beside(f, numbers, i, h)
    nearer_left, nearer_right = slopes_beside(f, numbers, i, h / 8.0)
    gap, nearer_gap = abs(right - left), abs(nearer_right - nearer_left)
    noise = RELATIVE_TOLERANCE * max(1.0, abs(nearer_left), abs(nearer_right))
    return (nearer_left, nearer_right) if nearer_gap > max(gap / 2.0, noise) else None


def checked_inputs(
    f: Callable[..., Operand], args: tuple[SupportsFloat, ...], h: float
) -> tuple[list[float], float]:
    """The inputs as floats, and the step.  Raises for what is no function, input or step."""
    if not callable(f):
        raise TypeError(f"a slope is that of a function, as in lambda x: x * x: got {f!r}")
    if not args:
        raise ValueError("nothing to check: give the numbers after the function")
    h = number_in(h, 0.0, math.inf, "a step h is a small number above 0, as in 1e-6")
    return [Value(x).data for x in args], h


@dataclass(frozen=True)
class GradCheck:
    """The answer of `gradcheck`: true if all gradients agree, and printed as a table."""

    names: tuple[str, ...]
    ours: tuple[float, ...]
    numeric: tuple[float, ...]
    agrees: tuple[bool, ...]
    kinks: tuple[
        Sides | None, ...
    ] = ()  # the slopes on both sides, where the function has a corner

    def __bool__(self) -> bool:
        return all(self.agrees)

    def __repr__(self) -> str:
        rows = [("input", "ours", "numeric", "difference", "")]
        kinks = self.kinks or (None,) * len(self.names)
        for name, a, b, agrees, sides in zip(
            self.names, self.ours, self.numeric, self.agrees, kinks
        ):
            gap = abs(a - b)
            digits = ".1e" if gap < 0.001 and not agrees else ".4f"  # 0.0000 would hide a fault
            rows.append(
                (name, f"{a:z.4f}", f"{b:z.4f}", f"{gap:{digits}}", verdict(agrees, a, sides))
            )
        widths = [max(map(len, column)) for column in zip(*rows)]
        return "\n".join(
            "  ".join([name.ljust(widths[0]), *map(str.rjust, cells, widths[1:]), verdict]).rstrip()
            for name, *cells, verdict in rows
        )


def gradcheck(f: Callable[..., Operand], *args: SupportsFloat, h: float = STEP) -> GradCheck:
    """Compare the gradients of `f` by `backward()` with those of `numeric_grad`, input by input.

    Leaves no trace: other values that `f` uses, such as a network's weights, keep their gradients.
    What is infinite or nan on either side never agrees.  Where they differ because the function has
    a corner, as relu at 0, the table shows the slopes on both of its sides.
    """
    numbers, h = checked_inputs(f, args, h)
    inputs = [Value(x) for x in numbers]
    y = returned(f(*inputs))
    before = [(value, value.grad) for value in topological_order(y)]
    try:
        y.backward()
        ours = tuple(value.grad for value in inputs)
    finally:  # also where the reader interrupts it
        for value, grad in before:
            value.grad = grad

    rounding = ROUNDING_TOLERANCE * max(1.0, abs(y.data))
    numeric = numeric_grad(f, *numbers, h=h)
    agrees = [same_slope(*pair, rounding) for pair in zip(ours, numeric)]
    if not all(agrees):
        finer = numeric_grad(f, *numbers, h=h / FINER)
        for i, fine in enumerate(finer):
            limit = None if agrees[i] else common_limit(ours[i], numeric[i], fine, rounding)
            if limit is not None:
                numeric[i], agrees[i] = limit, True
    kinks = tuple(None if fine else kink(f, numbers, i, h) for i, fine in enumerate(agrees))
    return GradCheck(input_names(f, len(args)), ours, tuple(numeric), tuple(agrees), kinks)


def same_slope(ours: float, numeric: float, rounding: float) -> bool:
    """Whether two slopes agree, up to what the measured one may be off."""
    allowed = max(RELATIVE_TOLERANCE * max(abs(ours), abs(numeric)), rounding)
    return abs(ours - numeric) <= allowed < math.inf


def common_limit(ours: float, coarse: float, fine: float, rounding: float) -> float | None:
    """Where slopes measured with a coarse and a fine step lead, if that is to ours; else None.

    As the step gets smaller, the error falls with its square, or as it does itself where the slope
    has a corner: so the two tell where they lead (Richardson's extrapolation).  A wrong gradient
    stays as far away, and what the fine step rounds must not decide.
    """
    gap = abs(ours - coarse)
    if not (abs(ours - fine) <= gap / 4.0 and rounding * FINER < gap / 4.0):
        return None
    limits = [fine + (fine - coarse) / (FINER**power - 1.0) for power in (2, 1)]
    return next((limit for limit in (*limits, fine) if same_slope(ours, limit, rounding)), None)


def verdict(agrees: bool, ours: float, sides: Sides | None) -> str:
    """The last word of a row.  At a corner there is no one slope, and ours may be any between."""
    if agrees:
        return "ok"
    if sides is None or not min(sides) <= ours <= max(sides):
        return "WRONG"
    return f"a corner: {sides[0]:z.4f} on the left, {sides[1]:z.4f} on the right"


def result(f: Callable[..., Operand], numbers: list[float]) -> Value:
    """f of these numbers, each in a new `Value`.  TypeError where it returns something else."""
    return returned(f(*map(Value, numbers)))


def returned(y: Operand) -> Value:
    """What a function has returned, as a value."""
    if not isinstance(y, Value) and as_float(y) is None:
        raise TypeError(f"the function has to return one Value or number, and returned {y!r}")
    return as_value(y)


def input_names(f: Callable[..., Operand], n: int) -> tuple[str, ...]:
    """The names of the first n arguments of `f`; x1, x2, ... where it doesn't name them."""
    numbered = tuple(f"x{i}" for i in range(1, n + 1))
    try:
        parameters = inspect.signature(f).parameters.values()
    except (TypeError, ValueError):  # some built-in functions don't tell
        return numbered
    named = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = tuple(p.name for p in parameters if p.kind in named)
    return names[:n] if len(names) >= n else numbered
