"""The engine beside others, in one run: `python tests/bench/engines.py`.

Each measurement has a process of its own.  In each round every engine has its turn at every
workload, so that a slow minute of the machine is shared by all.  All must agree on the results.
A whole run writes results/engines.json and the tables of docs/speed.md, whose chart is drawn from
that file; a run of a part prints what it measured.  Needs `pip install -e '.[bench]'` and Linux.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from agreement import check_agreement
from machine import machine
from peers import PEERS
from promises import promise_lines
from report import inserted, median, tables, times
from workloads import WITH_A_NUMBER, WORKLOADS, Workload

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
RESULTS = HERE / "results" / "engines.json"
PAGE = ROOT / "docs" / "speed.md"
ROUNDS = 5


def main() -> None:
    options = read_options()
    workloads = {
        name: workload
        for name, workload in WORKLOADS.items()
        if not options.only or name in options.only or name.split()[0] in options.only
    }
    engines = {engine: ROOT for engine in PEERS if not options.engines or engine in options.engines}
    if options.checkout:
        engines[f"mygrad of {options.checkout}"] = options.checkout
    results = {
        "date": datetime.date.today().isoformat(),
        "machine": machine(),
        "rounds": options.rounds,
        "measured": run_rounds(workloads, engines, options.rounds),
    }
    show(results)
    if workloads == WORKLOADS and list(engines) == list(PEERS):
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        page = inserted(PAGE.read_text(encoding="utf-8"), tables(results))
        PAGE.write_text(page, encoding="utf-8", newline="\n")


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    names = dict.fromkeys([*WORKLOADS, *(name.split()[0] for name in WORKLOADS)])
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default: {ROUNDS}")
    parser.add_argument("--only", type=listed(names), help="workloads, as in W1,W3")
    parser.add_argument("--engines", type=listed(PEERS), help="as in mygrad,micrograd")
    parser.add_argument("--quick", action="store_true", help="one round of the scalar engines")
    parser.add_argument("--checkout", type=Path, help="measure the mygrad in this folder too")
    options = parser.parse_args()
    if options.quick:
        options.rounds = 1
        options.engines = options.engines or ["mygrad", "micrograd", "PyTorch scalars"]
    return options


def listed(known: Any) -> Any:
    """The type of an option that takes some of the known names, with commas between."""

    def names(text: str) -> list[str]:
        chosen = text.split(",")
        for name in chosen:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(known)}")
        return chosen

    return names


def run_rounds(
    workloads: dict[str, Workload], engines: dict[str, Path], rounds: int
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The measurements of each engine at each workload: a list with one for each round."""
    measured: dict[str, dict[str, list[dict[str, Any]]]] = {name: {} for name in workloads}
    for number in range(1, rounds + 1):
        for name, workload in workloads.items():
            if number > 1 and workload.measure != "time":
                continue  # memory is the same in each round
            agreed = {}
            for engine, checkout in engines.items():
                peer = engine if engine in PEERS else "mygrad"
                if workload.engines and peer not in workload.engines:
                    continue
                say(f"round {number} of {rounds}: {name}, {engine}")
                measurement = measure(peer, name, checkout)
                agreed[engine] = measurement.pop("numbers")
                measured[name].setdefault(engine, []).append(measurement)
            check_agreement(name, agreed)
    say("")
    return measured


def measure(engine: str, workload: str, checkout: Path) -> dict[str, Any]:
    """One measurement, with the package of this checkout, whatever is installed."""
    run = subprocess.run(
        [sys.executable, HERE / "measure.py", engine, workload],
        env={**os.environ, "PYTHONPATH": str(checkout.resolve())},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


def say(text: str) -> None:
    """What is being done, on one line of the terminal that is overwritten."""
    if sys.stderr.isatty():
        print(f"\r{text:76}", end="" if text else "\r", file=sys.stderr, flush=True)


def show(results: dict[str, Any]) -> None:
    """The medians and the promises, for whoever runs this."""
    for name, runs in results["measured"].items():
        for engine, rounds in runs.items():
            figures = {what: median(results, name, engine, what) for what in rounds[0]}
            print(f"{name:12} {engine:24}", *(f"{what} {n:.6g}" for what, n in figures.items()))
    print(times(results), times(results, WITH_A_NUMBER), *promise_lines(results), sep="\n")


if __name__ == "__main__":
    main()
