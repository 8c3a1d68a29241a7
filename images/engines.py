"""How many times as long as mygrad others take, from what tests/bench/engines.py measured."""

import json
import math
import statistics
from pathlib import Path

from mygrad.pictures.picture import Picture
from mygrad.pictures.ticks import tick_text

RESULTS = Path(__file__).parent.parent / "tests" / "bench" / "results" / "engines.json"

ROWS = {
    "W1": "a step of the moons demo",
    "W1 off": "the same, collector off",
    "W2": "20 steps on four points",
    "W3 1e3": "a chain of 1,000",
    "W3 1e5": "a chain of 100,000",
    "W3 1e6": "a chain of 1,000,000",
    "W4": "a sum of 100,000 products",
}
# A shape for each library, filled where a number is a node, hollow where an array is one.
MARKERS = {
    "mygrad without dot": ("M-5 0L0 -6L5 0L0 6Z", True),
    "micrograd": ("M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z", True),
    "as microgpt": ("M-5 -4L5 -4L0 5Z", True),
    "PyTorch scalars": ("M-4.5 -4.5H4.5V4.5H-4.5Z", True),
    "PyTorch vectorised": ("M-4.5 -4.5H4.5V4.5H-4.5Z", False),
    "autograd scalars": ("M0 -5.5L5.5 4.5H-5.5Z", True),
    "autograd vectorised": ("M0 -5.5L5.5 4.5H-5.5Z", False),
}
LEFT, RIGHT, ROW_HEIGHT, LEGEND_ROW = 196, 620, 34, 22
TOP = 24 + LEGEND_ROW * math.ceil(len(MARKERS) / 3)
BOTTOM = TOP + ROW_HEIGHT * len(ROWS)


def ratios(measured: dict[str, dict[str, list[dict[str, float]]]]) -> dict[str, dict[str, float]]:
    """For each row: the median time of each engine, divided by mygrad's."""
    medians = {
        row: {
            engine: statistics.median(run["seconds"] for run in rounds)
            for engine, rounds in measured[row].items()
        }
        for row in ROWS
    }
    return {
        row: {engine: times[engine] / times["mygrad"] for engine in MARKERS if engine in times}
        for row, times in medians.items()
    }


def write(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{text}</text>'


def marker(x: float, y: float, engine: str) -> str:
    path, filled = MARKERS[engine]
    fill = "currentColor" if filled else "none"
    place = f'transform="translate({x:.1f} {y:.1f})"'
    return f'<path d="{path}" {place} fill="{fill}" stroke="currentColor" stroke-width="1.5"/>'


def line(x1: float, y1: float, x2: float, y2: float, opacity: float) -> str:
    ends = f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
    return f'<path d="{ends}" fill="none" stroke="currentColor" opacity="{opacity:g}"/>'


found = ratios(json.loads(RESULTS.read_text(encoding="utf-8"))["measured"])
exponents = [math.log10(ratio) for row in found.values() for ratio in row.values()]
first, last = math.floor(min(exponents)), math.ceil(max(exponents))


def across(ratio: float) -> float:
    """Where a ratio stands: each power of ten is as wide as any other."""
    return LEFT + (RIGHT - LEFT) * (math.log10(ratio) - first) / (last - first)


body = []
for i, engine in enumerate(MARKERS):
    x, y = 14 + 208 * (i % 3), 16 + LEGEND_ROW * (i // 3)
    body += [marker(x, y, engine), write(x + 14, y + 5, engine)]
for exponent in range(first, last + 1):
    x = across(10.0**exponent)
    body.append(line(x, TOP, x, BOTTOM, 0.8 if exponent == 0 else 0.2))
    body.append(write(x, BOTTOM + 20, tick_text(10.0**exponent), "middle"))
body.append(write((LEFT + RIGHT) / 2, BOTTOM + 44, "times as long as mygrad", "middle"))
for i, (row, title) in enumerate(ROWS.items()):
    y = TOP + ROW_HEIGHT * (i + 0.5)
    body += [write(LEFT - 16, y + 5, title, "end"), line(LEFT, y, RIGHT, y, 0.2)]
    body += [marker(across(ratio), y, engine) for engine, ratio in found[row].items()]

description = " ".join(
    f"{title}: " + ", ".join(f"{engine} {ratio:.2g}" for engine, ratio in found[row].items()) + "."
    for row, title in ROWS.items()
)
picture = Picture(
    "\n".join(body) + "\n",
    RIGHT + 20,
    BOTTOM + 54,
    "How many times as long as mygrad other engines take",
    description,
)
