"""Round numbers for an axis: which ones cover the data, and how each is written."""

from __future__ import annotations

import math


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Cover low to high by 3 to `most` steps (6 to 10) of 1, 2 or 5 times a power of ten.

    The tightest cover wins, then the fewest steps.  Differences under 1e-9 don't count: the last
    digits of exp and tanh differ between systems, and a picture should not.
    """
    largest = max(abs(low), abs(high), 1e-290)
    if high - low <= 1e-9 * largest:  # constant: show it in the middle
        room = largest / 2 if largest > 1e-290 else 1.0
        low, high = low - room, high + room
    covers = []
    exponent = exponent_of(high - low)
    for factor, e in ((m, exponent - k) for k in (0, 1) for m in (5, 2, 1)):
        step = float(f"{factor}e{e}")
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if 3 <= last - first <= most:
            ticks = [float(f"{k * factor}e{e}") for k in range(first, last + 1)]
            covers.append((round((ticks[-1] - ticks[0]) / (high - low), 6), len(ticks), ticks))
    return min(covers)[2]


def log_ticks(low: float, high: float, most: int) -> list[float]:
    """Cover low to high by 1, 2 and 5 times powers of ten; where that is long, by powers alone."""
    bottom, top = exponent_of(low) - 2, exponent_of(high) + 2
    ticks = covering([float(f"{m}e{e}") for e in range(bottom, top) for m in (1, 2, 5)], low, high)
    if len(ticks) <= most + 1:
        return ticks
    stride = math.ceil((top - bottom - 3) / most)
    start = bottom // stride * stride
    return covering([float(f"1e{e}") for e in range(start, top + stride, stride)], low, high)


def covering(ladder: list[float], low: float, high: float) -> list[float]:
    """The rungs from the last one up to `low` to the first one from `high` on; at least two."""
    first = max(i for i, rung in enumerate(ladder) if rung <= low * (1 + 1e-9))
    last = min(i for i, rung in enumerate(ladder) if rung >= high * (1 - 1e-9))
    return ladder[first : last + 1] if first < last else ladder[last - 1 : first + 2]


def exponent_of(x: float) -> int:
    """The e in x = m * 10**e with m from 1 to 10."""
    return int(f"{x:.11e}".split("e")[1])


def tick_text(value: float) -> str:
    """Short text with a real minus sign: 0.5, −2, 5×10⁻⁶."""
    if value == 0.0 or 1e-4 <= abs(value) < 1e6:
        text = f"{value + 0.0:.12g}"
    else:
        mantissa, exponent = f"{value:.11e}".split("e")
        power = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
        text = f"{float(mantissa):.12g}×10{power}"
        if abs(float(mantissa)) == 1.0:
            text = text.replace("1×", "", 1)
    return text.replace("-", "−")


def short(value: float) -> str:
    return tick_text(float(f"{value:.4g}"))
