"""How often a network's gradients differ from PyTorch's: `python tests/bench/exactness.py`.

With relu never: a test holds it to that.  With tanh sometimes, since PyTorch's own tanh differs
from that of the system's mathematics library.
"""

from __future__ import annotations

import math
import random
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent / "support"))
sys.path.insert(0, str(Path(__file__).parent.parent / "package"))
from test_against_pytorch import gradients_of_the_moons_demo

SEEDS = range(10)
INPUTS = 100_000


def main() -> None:
    for activation in ("relu", "tanh"):
        counts, largest = [], 0.0
        for seed in SEEDS:
            pairs = list(zip(*gradients_of_the_moons_demo(activation, seed)))
            different = [(a, b) for a, b in pairs if a != b]
            counts.append(len(different))
            largest = max([largest, *(abs(a - b) / abs(b) for a, b in different)])
        print(
            f"{activation}: {min(counts)} to {max(counts)} of {len(pairs)} gradients differ in "
            f"{len(SEEDS)} networks, by {largest:.1e} of their size at most"
        )
    rng = random.Random(0)
    xs = [rng.uniform(-3.0, 3.0) for _ in range(INPUTS)]
    different = sum(
        math.tanh(x) != torch.tanh(torch.tensor(x, dtype=torch.float64)).item() for x in xs
    )
    print(f"tanh itself: {different / INPUTS:.1%} of {INPUTS:,} numbers between -3 and 3 differ")


if __name__ == "__main__":
    main()
