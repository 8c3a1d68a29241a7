"""What is measured: the tasks, with the data and the first weights that all engines start from."""

from __future__ import annotations

import random
from dataclasses import dataclass

from mygrad.data import four_points_in_3d, two_moons


@dataclass
class Training:
    """A network, its first weights (neuron by neuron, the bias last), its data, and the steps."""

    sizes: tuple[int, ...]
    activation: str
    last_activation: str | None
    inputs: list[list[float]]
    targets: list[float]
    steps: int
    learning_rate: float

    def __post_init__(self) -> None:
        rng = random.Random(1)
        count = sum((n_in + 1) * n_out for n_in, n_out in zip(self.sizes, self.sizes[1:]))
        self.weights = [rng.uniform(-1, 1) for _ in range(count)]


@dataclass
class Workload:
    """One measurement: a method of the peers, what it is called with, and how it is measured."""

    title: str
    method: str
    arguments: tuple
    count: int = 1  # the result is for one of so many
    measure: str = "time"
    collector: bool = True
    engines: tuple[str, ...] = ()  # all, where it is empty


MOONS = Training((2, 16, 16, 1), "relu", None, *two_moons(100), steps=5, learning_rate=0.1)
NOTES = Training((3, 4, 4, 1), "tanh", "tanh", *four_points_in_3d(), steps=20, learning_rate=0.05)

RNG = random.Random(2)
PRODUCTS = tuple([RNG.uniform(-1, 1) for _ in range(100_000)] for _ in range(2))

# A chain of single numbers has no form in arrays.
IN_PYTHON = ("mygrad", "mygrad without dot", "micrograd", "as microgpt")  # the collector's work
UP_TO_A_MILLION = (*IN_PYTHON, "PyTorch scalars")  # autograd would take minutes
WITH_CHAINS = (*UP_TO_A_MILLION, "autograd scalars")


def chain(length: int, engines: tuple[str, ...] = WITH_CHAINS, collector: bool = True) -> Workload:
    title = f"one operation in a chain of {length:,}" + ", collector off" * (not collector)
    return Workload(title, "chain", (length,), length, "time", collector, engines)


def operation(text: str) -> Workload:
    engines = ("mygrad", "micrograd", "as microgpt", "PyTorch scalars")
    return Workload(f"`{text}`", "operation", (text, 20_000), 20_000, engines=engines)


# An operation with a plain number, as losses are full of them.
WITH_A_NUMBER = ["a + 2.0", "0 + a", "a - 2.0", "2 - a", "2 * a", "a * 0.5", "a / 2.0", "2.0 / a"]
WITH_A_NUMBER += ["a**2", "a**0.5", "a**-1", "-a"]

WORKLOADS = {
    "W1": Workload("one step of the moons demo", "moons", (MOONS,), MOONS.steps),
    "W1 off": Workload(
        "one step of the moons demo, collector off",
        "moons",
        (MOONS,),
        MOONS.steps,
        collector=False,
        engines=IN_PYTHON,
    ),
    "W2": Workload("20 steps on the notes' four points", "notes", (NOTES,)),
    "W3 1e3": chain(1_000),
    "W3 1e4": chain(10_000),
    "W3 1e5": chain(100_000),
    "W3 1e6": chain(1_000_000, UP_TO_A_MILLION),
    "W3 1e3 off": chain(1_000, IN_PYTHON, collector=False),
    "W3 1e6 off": chain(1_000_000, IN_PYTHON, collector=False),
    "W3 memory": Workload(
        "bytes for each operation of a chain",
        "chain",
        (100_000,),
        100_000,
        measure="memory",
        # PyTorch's memory is not Python's, and so is not counted.
        engines=tuple(name for name in WITH_CHAINS if name != "PyTorch scalars"),
    ),
    "W4": Workload("a sum of 100,000 products", "products", PRODUCTS),
    **{text: operation(text) for text in WITH_A_NUMBER},
    "W5": Workload("1,000 times W2, collector off", "notes", (NOTES,), 1_000, measure="garbage"),
}
