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
from typing import SupportsFloat

from mygrad.engine import Operand, Value, as_value, topological_order

# The step is STEP * max(1, |x|).  A larger step h errs by about h**2, since the function curves;
# a smaller one by about epsilon / h, since its results are rounded.  The sum of both is least
# near h = epsilon**(1/3), 6e-6, and is then about 4e-11 (Nocedal and Wright, "Numerical
# Optimization", section 8.1; "Numerical Recipes", section 5.7).
STEP = sys.float_info.epsilon ** (1 / 3)

# Two slopes agree if they differ by at most 1e-5 of their size, since a function may curve more
# than most, or by 1e-9 of the result's size: 25 times its rounding, for sums of many terms.
RELATIVE_TOLERANCE = 1e-5
ROUNDING_TOLERANCE = 1e-9


def numeric_grad(f: Callable[..., Operand], *args: SupportsFloat, h: float = STEP) -> list[float]:
    """The slope of `f` in each of its inputs: (f(x + h) - f(x - h)) / 2h, the others held fixed.

    `f` takes one `Value` for each number in `args`, and returns a `Value` or a number.
    `h` is the step for inputs up to 1 in size, and grows with larger ones.
    """
    numbers = [Value(x).data for x in args]
    slopes = []
    for i, x in enumerate(numbers):
        step = h * max(1.0, abs(x))
        above, below = x + step, x - step
        if above == below:
            raise ValueError(f"the step h = {h} is too small to change {x}")
        rise = result(f, [*numbers[:i], above, *numbers[i + 1 :]]).data
        rise -= result(f, [*numbers[:i], below, *numbers[i + 1 :]]).data
        slopes.append(rise / (above - below))  # not 2 * step: x + step was rounded
    return slopes


@dataclass(frozen=True)
class GradCheck:
    """The answer of `gradcheck`: true if all gradients agree, and printed as a table."""

    names: tuple[str, ...]
    ours: tuple[float, ...]
    numeric: tuple[float, ...]
    agrees: tuple[bool, ...]

    def __bool__(self) -> bool:
        return all(self.agrees)

    def __repr__(self) -> str:
        rows = [("input", "ours", "numeric", "difference", "")]
        for name, a, b, agrees in zip(self.names, self.ours, self.numeric, self.agrees):
            gap = abs(a - b)
            digits = ".1e" if gap < 0.001 and not agrees else ".4f"  # 0.0000 would hide a fault
            verdict = "ok" if agrees else "WRONG"
            rows.append((name, f"{a:z.4f}", f"{b:z.4f}", f"{gap:{digits}}", verdict))  # z: no -0
        widths = [max(map(len, column)) for column in zip(*rows)]
        return "\n".join(
            "  ".join([name.ljust(widths[0]), *map(str.rjust, cells, widths[1:]), verdict]).rstrip()
            for name, *cells, verdict in rows
        )


def gradcheck(f: Callable[..., Operand], *args: SupportsFloat, h: float = STEP) -> GradCheck:
    """Compare the gradients of `f` by `backward()` with those of `numeric_grad`, input by input.

    Leaves no trace: other values that `f` uses, such as a network's weights, keep their gradients.
    What is infinite or nan on either side never agrees.
    """
    if not args:
        raise ValueError("nothing to check: give the numbers after the function")
    inputs = [Value(x) for x in args]
    y = as_value(f(*inputs))
    before = [(value, value.grad) for value in topological_order(y)]
    y.backward()
    ours = tuple(value.grad for value in inputs)
    for value, grad in before:
        value.grad = grad

    numeric = tuple(numeric_grad(f, *args, h=h))
    rounding = ROUNDING_TOLERANCE * max(1.0, abs(y.data))
    agrees = tuple(
        abs(a - b) <= max(RELATIVE_TOLERANCE * max(abs(a), abs(b)), rounding) < math.inf
        for a, b in zip(ours, numeric)
    )
    return GradCheck(input_names(f, len(args)), ours, numeric, agrees)


def result(f: Callable[..., Operand], numbers: list[float]) -> Value:
    """f of these numbers, each in a new `Value`."""
    return as_value(f(*map(Value, numbers)))


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
