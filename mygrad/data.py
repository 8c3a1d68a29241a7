"""The small data sets of the chapters.

Each call makes new lists, so that a reader who changes them spoils nothing.
"""

from __future__ import annotations

import math
import random
import sys

from mygrad.arguments import number_in, whole_number


def four_points_in_3d() -> tuple[list[list[float]], list[float]]:
    """Four points of three numbers, and the target of each: 1 or -1.

    From the notes, "Loss function": `xs, ys = four_points_in_3d()` goes with `MLP(3, [4, 4, 1])`.
    """
    xs = [
        [2.0, 3.0, -1.0],
        [3.0, -1.0, 0.5],
        [0.5, 1.0, 1.0],
        [1.0, 1.0, -1.0],
    ]
    return xs, [1.0, -1.0, -1.0, 1.0]


def four_points_in_4d() -> tuple[list[list[float]], list[float]]:
    """Four points of four numbers, and the target of each, between -1 and 1.

    From the notes, "zero-grad problem": `xs, ys = four_points_in_4d()` goes with
    `MLP(4, 4, 4, 1)`.
    """
    xs = [
        [1.0, 0.5, 1.0, 0.5],
        [-1.0, -1.0, -1.0, -1.0],
        [1.0, -0.5, 1.0, -0.5],
        [1.0, 0.5, 1.0, -0.5],
    ]
    return xs, [0.5, -1.0, 0.2, 0.8]


def two_moons(
    n_points: int = 100, noise: float = 0.1, seed: int = 0
) -> tuple[list[list[float]], list[float]]:
    """Points on two half circles that reach into each other, and the moon of each: 1 or -1.

    The upper moon is half the unit circle around (0, 0), the lower one around (1, 0.5).  `noise`
    is the standard deviation of what is added to each coordinate.  The moons take turns, so any
    even number of first points has as many of each.  The same seed gives the same points.
    """
    n_points = whole_number(n_points, "two moons need a whole number of points")
    if not 2 <= n_points <= sys.maxsize:  # Python's own limit for lists
        raise ValueError(f"two moons need 2 points or more, got {n_points}")
    noise = number_in(noise, 0.0, math.inf, "the noise of two moons is 0 or more, as in 0.1")
    rng = random.Random(whole_number(seed, "a seed is a whole number, as in seed=1"))
    xs, ys = [], []
    for i in range(n_points):
        angle = math.pi * (i // 2) / max(1, (n_points - 1) // 2)
        upper = i % 2 == 0
        x, y = math.cos(angle), math.sin(angle)
        if not upper:
            x, y = 1.0 - x, 0.5 - y
        xs.append([x + rng.gauss(0.0, noise), y + rng.gauss(0.0, noise)])
        ys.append(1.0 if upper else -1.0)
    return xs, ys
