"""Graphs that no one chose: hypothesis draws a program, and every engine can run it.

A program is a list of numbers and a list of steps.  A step takes earlier values, so values are
shared, and an operation may get the same one twice.  An engine is a `Functions`: what the
operations need besides Python's operators.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from mygrad.engine import Value, dot


@dataclass
class Functions:
    """`relu(x)` and the others, as one engine has them; `dot(w, x, b)` adds from left to right."""

    number: Callable[[float], Any]
    exp: Callable[[Any], Any]
    log: Callable[[Any], Any]
    tanh: Callable[[Any], Any]
    relu: Callable[[Any], Any]
    sigmoid: Callable[[Any], Any]
    dot: Callable[[Any, Any, Any], Any] = lambda w, x, b: sum(map(lambda p, q: p * q, w, x), b)


# Denominators and the arguments of log and ** are at least 1, and exponents at most 3.
OPERATIONS: dict[str, Callable[[Functions, Any, Any, Any], Any]] = {
    "a + b": lambda f, a, b, c: a + b,
    "a + a": lambda f, a, b, c: a + a,
    "c + a": lambda f, a, b, c: c + a,
    "a + c": lambda f, a, b, c: a + c,
    "a - b": lambda f, a, b, c: a - b,
    "a - a": lambda f, a, b, c: a - a,
    "c - a": lambda f, a, b, c: c - a,
    "a - c": lambda f, a, b, c: a - c,
    "a * b": lambda f, a, b, c: a * b,
    "a * a": lambda f, a, b, c: a * a,
    "c * a": lambda f, a, b, c: c * a,
    "a * c": lambda f, a, b, c: a * c,
    "a / b": lambda f, a, b, c: a / (b * b + 1),
    "a / a": lambda f, a, b, c: (a * a + 1) / (a * a + 1),
    "c / a": lambda f, a, b, c: c / (a * a + 1),
    "a / c": lambda f, a, b, c: a / (c * c + 1),
    "-a": lambda f, a, b, c: -a,
    "a ** 2": lambda f, a, b, c: a**2,
    "a ** 3": lambda f, a, b, c: a**3,
    "a ** -2": lambda f, a, b, c: (a * a + 1) ** -2,
    "a ** c": lambda f, a, b, c: (a * a + 1) ** c,
    "a ** b": lambda f, a, b, c: (a * a + 1) ** f.tanh(b),
    "c ** a": lambda f, a, b, c: (c * c + 1) ** f.tanh(a),
    "exp(a)": lambda f, a, b, c: f.exp(f.tanh(a)),
    "log(a)": lambda f, a, b, c: f.log(a * a + 1),
    "tanh(a)": lambda f, a, b, c: f.tanh(a),
    "relu(a)": lambda f, a, b, c: f.relu(a),
    "sigmoid(a)": lambda f, a, b, c: f.sigmoid(a),
    "dot(a, b)": lambda f, a, b, c: f.dot([a, b, a], [b, b, f.number(1.5)], a),
    "sum(a, b)": lambda f, a, b, c: sum([a, b, a]),
}


@dataclass
class Program:
    """The numbers of the leaves, and for each step: operation, two values' indices, a number."""

    numbers: list[float]
    steps: list[tuple[str, int, int, float]]

    def run(self, f: Functions, leaves: list[Any]) -> list[Any]:
        """Every value that the program makes, the leaves first; the last one depends on most."""
        values = list(leaves)
        for operation, i, j, c in self.steps:
            made = OPERATIONS[operation](f, values[-1 - i], values[-1 - j], f.number(c))
            values.append(f.tanh(made) if len(values) % 3 == 0 else made)  # or they would explode
        return [*values, sum(values)]


EIGHTHS = st.integers(-16, 16).map(lambda n: n / 8)  # exact in any arithmetic


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """One to four leaves, and up to twelve steps on them."""
    numbers = draw(st.lists(EIGHTHS, min_size=1, max_size=4))
    steps = []
    for n_values in range(len(numbers), len(numbers) + draw(st.integers(1, 12))):
        index = st.integers(0, n_values - 1)
        steps.append(
            (draw(st.sampled_from([*OPERATIONS])), draw(index), draw(index), draw(EIGHTHS))
        )
    return Program(numbers, steps)


MYGRAD = Functions(float, Value.exp, Value.log, Value.tanh, Value.relu, Value.sigmoid, dot)
FLOATS = Functions(
    number=float,
    exp=math.exp,
    log=math.log,
    tanh=math.tanh,
    relu=lambda x: max(x, 0.0),
    sigmoid=lambda x: 1.0 / (1.0 + math.exp(-x)),
)
