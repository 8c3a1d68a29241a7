"""One measurement of one engine, in a process of its own: `measure.py ENGINE WORKLOAD`.

Prints JSON: what was measured, and the numbers that all engines must agree on.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
import tracemalloc
from typing import Any

from peers import PEERS
from workloads import WORKLOADS, Workload

clock = time.process_time  # of this process alone: others run on the same machine
ENOUGH_SECONDS = 0.5
# Where garbage is measured, an engine stops early once it has taken so much.
MOST_BYTES = 2**30
MOST_SECONDS = 60.0


class Collector:
    """The seconds that the garbage collector takes while this is in force."""

    def __enter__(self) -> Collector:
        self.seconds = 0.0
        gc.callbacks.append(self.note)
        return self

    def __exit__(self, *_: object) -> None:
        gc.callbacks.remove(self.note)

    def note(self, phase: str, _: object) -> None:
        self.seconds += clock() if phase == "stop" else -clock()


def measure_time(engine: Any, workload: Workload) -> dict[str, Any]:
    """Run it again and again for half a second.  The first run is left out if there is a second.

    Nobody tidies up between two runs: what one leaves to the collector, a later one pays for.
    """
    prepare = getattr(engine, workload.method)
    seconds, collecting = [], []
    while sum(seconds) < ENOUGH_SECONDS:
        run, numbers = prepare(*workload.arguments)
        if not workload.collector:
            gc.collect()
            gc.disable()
        with Collector() as collector:
            start = clock()
            end = run()
            seconds.append(clock() - start)
        gc.enable()
        collecting.append(collector.seconds)
        agreed = numbers(end)
        del run, numbers, end
    measured = slice(1 if len(seconds) > 1 else 0, None)
    total = sum(seconds[measured])
    return {
        "seconds": total / len(seconds[measured]) / workload.count,
        "collector": sum(collecting[measured]) / total,
        "numbers": agreed,
    }


def measure_memory(engine: Any, workload: Workload) -> dict[str, Any]:
    """What a graph holds after its backward pass, as Python's allocator counts it."""
    run, numbers = getattr(engine, workload.method)(*workload.arguments)
    gc.collect()
    tracemalloc.start()
    end = run()
    gc.collect()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return {"bytes": held / workload.count, "numbers": numbers(end)}


def measure_garbage(engine: Any, workload: Workload) -> dict[str, Any]:
    """What is left behind with the collector off, and what the collector finds at last."""

    def once() -> list[float]:
        run, numbers = getattr(engine, workload.method)(*workload.arguments)
        return numbers(run())

    once()
    gc.collect()
    gc.disable()
    for _ in range(10):  # what is kept for good, as Python's free lists, is made by the first few
        agreed = once()
    start = clock()
    blocks, resident = sys.getallocatedblocks(), resident_bytes()
    runs = 0
    while runs < workload.count and clock() - start < MOST_SECONDS:
        if resident_bytes() - resident > MOST_BYTES:
            break
        once()
        runs += 1
    blocks, resident = sys.getallocatedblocks() - blocks, resident_bytes() - resident
    return {
        "runs": runs,
        "blocks": blocks,
        "bytes": resident,
        "found": gc.collect(),
        "numbers": agreed,
    }


def resident_bytes() -> int:
    """The memory that the system counts as this process's; PyTorch's own too.  Linux only."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


MEASURES = {"time": measure_time, "memory": measure_memory, "garbage": measure_garbage}


if __name__ == "__main__":
    os.environ["OMP_NUM_THREADS"] = "1"  # PyTorch and NumPy read it when they are imported
    engine_name, workload_name = sys.argv[1:]
    chosen = WORKLOADS[workload_name]
    print(json.dumps(MEASURES[chosen.measure](PEERS[engine_name].load(), chosen)))
