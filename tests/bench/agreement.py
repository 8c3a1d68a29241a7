"""All engines must have computed the same, so that none is fast by doing less."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

RELATIVE = 1e-9
TO_THE_LARGEST = 1e-12  # a gradient that nearly cancels out has few digits that can agree


def check_agreement(workload: str, numbers: Mapping[str, Sequence[float]]) -> None:
    """Compare each engine's result and gradients with those of the first; ValueError if not."""
    (first, expected), *others = numbers.items()
    allowance = TO_THE_LARGEST * max(abs(number) for number in expected)
    for engine, found in others:
        if len(found) != len(expected):
            counts = f"{len(expected)} and {len(found)}"
            raise ValueError(f"{workload}: {first} and {engine} give {counts} numbers")
        for index, (a, b) in enumerate(zip(expected, found)):
            if not math.isclose(a, b, rel_tol=RELATIVE, abs_tol=allowance):
                raise ValueError(
                    f"{workload}: number {index} is {a!r} by {first}, {b!r} by {engine}: "
                    "engines that do not compute the same can't be compared"
                )
