"""What the engine is held to, as ratios in one run: `promise`, and `stretch` beyond it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from report import median, ratio
from workloads import WITH_A_NUMBER


@dataclass
class Promise:
    """A figure of a run, and what it must reach: from above, or where `at_most` from below."""

    title: str
    figure: Callable[[dict[str, Any]], float]
    promise: float
    stretch: float
    at_most: bool = False

    def line(self, results: dict[str, Any]) -> str:
        """The figure beside the promise.  KeyError where a part of it was not measured."""
        found = self.figure(results)
        state = "stretch" if self.met(found, self.stretch) else "met"
        if not self.met(found, self.promise):
            state = "NOT MET"
        limits = f"{'<=' if self.at_most else '>='} {self.promise:g} ({self.stretch:g})"
        return f"{self.title:58} {found:10,.2f}   {limits:16} {state}"

    def met(self, found: float, limit: float) -> bool:
        return found <= limit if self.at_most else found >= limit


def faster(workload: str, engine: str, promise: float, stretch: float) -> Promise:
    def figure(results: dict[str, Any]) -> float:
        return ratio(results, workload, engine)

    return Promise(f"{workload}: times as fast as {engine}", figure, promise, stretch)


def nodes_a_million_against_a_thousand(results: dict[str, Any]) -> float:
    return median(results, "W3 1e6 off", "mygrad") / median(results, "W3 1e3 off", "mygrad")


def slowest_with_a_number(results: dict[str, Any]) -> float:
    """mygrad's time as a multiple of the time in microgpt's manner, where it is largest."""
    return max(1.0 / ratio(results, text, "as microgpt") for text in WITH_A_NUMBER)


PROMISES = [
    faster("W1", "micrograd", 55, 100),
    faster("W1", "PyTorch scalars", 25, 45),
    faster("W1 off", "micrograd", 7, 12),
    faster("W2", "micrograd", 4, 7),
    faster("W2", "PyTorch scalars", 10, 18),
    faster("W2", "PyTorch vectorised", 0.8, 1.3),
    faster("W3 1e3", "micrograd", 3, 4.3),
    faster("W3 1e5", "micrograd", 5, 8),
    faster("W3 1e6", "micrograd", 4.5, 7),
    faster("W4", "micrograd", 60, 100),
    faster("W4", "PyTorch scalars", 65, 110),
    Promise(
        "operations with a number: times as long as microgpt's",
        slowest_with_a_number,
        1.3,
        1.0,
        at_most=True,
    ),
    Promise(
        "W3: time for a node of 1e6 against 1e3, collector off",
        nodes_a_million_against_a_thousand,
        1.6,
        1.2,
        at_most=True,
    ),
    Promise(
        "W3: bytes for an operation",
        lambda results: median(results, "W3 memory", "mygrad", "bytes"),
        215,
        160,
        at_most=True,
    ),
    Promise(
        "W5: objects that the collector finds",
        lambda results: median(results, "W5", "mygrad", "found"),
        0,
        0,
        at_most=True,
    ),
    Promise(
        "W5: bytes that memory grows by",
        lambda results: median(results, "W5", "mygrad", "bytes"),
        0,
        0,
        at_most=True,
    ),
]


def promise_lines(results: dict[str, Any]) -> list[str]:
    """A line for each promise of which all parts were measured."""
    lines = []
    for promise in PROMISES:
        try:
            lines.append(promise.line(results))
        except KeyError:
            lines.append(f"{promise.title:58} not measured in this run")
    return lines
