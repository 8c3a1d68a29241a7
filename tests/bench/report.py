"""From measurements to what is read: medians, ratios, and the tables of docs/speed.md.

`results["measured"][workload][engine]` is a list with one measurement for each round.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Any

from peers import PEERS
from workloads import IN_PYTHON, WITH_A_NUMBER, WORKLOADS

TIMED = [name for name, w in WORKLOADS.items() if w.measure == "time" and name not in WITH_A_NUMBER]

START, END = "<!-- measured by tests/bench/engines.py -->", "<!-- end of what was measured -->"


def median(results: dict[str, Any], workload: str, engine: str, what: str = "seconds") -> float:
    """The median over the rounds.  KeyError where this was not measured."""
    return statistics.median(run[what] for run in results["measured"][workload][engine])


def ratio(results: dict[str, Any], workload: str, engine: str) -> float:
    """How many times as long as mygrad an engine takes."""
    return median(results, workload, engine) / median(results, workload, "mygrad")


def tables(results: dict[str, Any]) -> str:
    """All that docs/speed.md shows of a whole run, as Markdown."""
    machine = ", ".join(
        text if name in ("processor", "system", "Python") else f"{name} {text}"
        for name, text in results["machine"].items()
    )
    return "\n\n".join(
        [
            f"Measured on {results['date']}, in {results['rounds']} rounds.",
            f"The machine: {machine}.",
            "### Time",
            times(results),
            "### An operation with a plain number",
            times(results, WITH_A_NUMBER),
            "### The collector's share",
            collector(results),
            "### Memory and garbage",
            memory(results),
        ]
    )


def spread(results: dict[str, Any], workload: str, engine: str) -> tuple[float, float]:
    """The least and the largest ratio of a round: each has its engines side by side."""
    runs = results["measured"][workload]
    ratios = [a["seconds"] / b["seconds"] for a, b in zip(runs[engine], runs["mygrad"])]
    return min(ratios), max(ratios)


def times(results: dict[str, Any], workloads: Iterable[str] = TIMED) -> str:
    """A row for each workload: mygrad's time, and how many times as long the others take."""
    measured = {name: results["measured"].get(name, {}) for name in workloads}
    rows_of = {name: runs for name, runs in measured.items() if "mygrad" in runs}
    peers = [p for p in PEERS if p != "mygrad" and any(p in runs for runs in rows_of.values())]
    rows = []
    for name, runs in rows_of.items():
        cells = [in_the_table(results, name, p) if p in runs else "–" for p in peers]
        rows.append([WORKLOADS[name].title, duration(median(results, name, "mygrad")), *cells])
    return table(["what is measured", "mygrad", *peers], rows)


def in_the_table(results: dict[str, Any], workload: str, engine: str) -> str:
    """The ratio of the medians, and in small the ratios of single rounds, where they differ."""
    middle = times_as_long(ratio(results, workload, engine))
    least, most = (times_as_long(x).removeprefix("× ") for x in spread(results, workload, engine))
    return middle if least == most else f"{middle}<br><small>{least}–{most}</small>"


def collector(results: dict[str, Any]) -> str:
    """The moons demo: how much of a step is the collector's, and a step without it."""
    rows = [
        [
            engine,
            duration(median(results, "W1", engine)),
            f"{100 * median(results, 'W1', engine, 'collector'):.0f} %",
            duration(median(results, "W1 off", engine)),
        ]
        for engine in IN_PYTHON
    ]
    return table(["engine", "a step", "of which collector", "a step, collector off"], rows)


def memory(results: dict[str, Any]) -> str:
    """What a graph holds, and what 1,000 trainings leave behind."""
    rows = []
    for engine, (garbage,) in results["measured"]["W5"].items():
        graphs = results["measured"]["W3 memory"]
        held = f"{median(results, 'W3 memory', engine, 'bytes'):,.0f}" if engine in graphs else "–"
        found = f"{garbage['found']:,}"
        rows.append([engine, held, f"{garbage['runs']:,}", size(garbage["bytes"]), found])
    header = ["engine", "bytes for an operation", "trainings", "memory grows by", "objects found"]
    return table(header, rows)


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table whose columns stand right, but for the first."""
    header = list(header)
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def duration(seconds: float) -> str:
    """Three digits and a unit."""
    for unit, length in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= 0.9995 * length:
            return f"{digits(seconds / length)} {unit}"
    return f"{digits(seconds / 1e-9)} ns"


def digits(number: float) -> str:
    return f"{number:#.3g}".rstrip(".") if number < 999.5 else f"{number:,.0f}"


def times_as_long(ratio: float) -> str:
    return f"× {ratio:,.0f}" if ratio >= 9.95 else f"× {ratio:#.2g}"


def size(count: float) -> str:
    """Bytes, in megabytes."""
    return f"{count / 2**20:,.1f} MB"


def inserted(page: str, text: str, start: str = START, end: str = END) -> str:
    """The page with this text between its two markers."""
    before, found, rest = page.partition(start)
    _, also_found, after = rest.partition(end)
    if not (found and also_found):
        raise ValueError(f"the page needs a line {start!r}, and below it a line {end!r}")
    return f"{before}{start}\n\n{text}\n\n{end}{after}"
