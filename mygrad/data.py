"""The small data sets of the chapters.

Each call makes new lists, so that a reader who changes them spoils nothing.
"""

from __future__ import annotations


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
