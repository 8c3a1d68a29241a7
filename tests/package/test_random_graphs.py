"""Graphs that no one chose, against central differences in fifty digits."""

from decimal import Decimal, localcontext

import pytest
from hypothesis import assume, given, settings
from random_graphs import FLOATS, MYGRAD, Functions, Program, programs

from mygrad.engine import Value

STEP = Decimal("1e-15")  # the error of a difference is its square
NEXT_TO_A_KINK = 1e-9  # there the rounding of a float may decide the side


def tanh(x: Decimal) -> Decimal:
    e = (2 * x).exp()
    return (e - 1) / (e + 1)


DECIMALS = Functions(
    number=Decimal,
    exp=Decimal.exp,
    log=Decimal.ln,
    tanh=tanh,
    relu=lambda x: x if x > Decimal(NEXT_TO_A_KINK) else Decimal(0),  # slope 0 at 0, as ours
    sigmoid=lambda x: 1 / (1 + (-x).exp()),
)


def differences(program: Program) -> list[float]:
    """d(result)/d(leaf) for every leaf: (f(x + h) - f(x - h)) / 2h."""

    def result(i: int, step: Decimal) -> Decimal:
        numbers = [Decimal(x) + step * (i == j) for j, x in enumerate(program.numbers)]
        return program.run(DECIMALS, numbers)[-1]

    with localcontext() as context:
        context.prec = 50
        return [
            float((result(i, STEP) - result(i, -STEP)) / (2 * STEP))
            for i in range(len(program.numbers))
        ]


def check(program: Program) -> None:
    sides = []

    def relu(x: float) -> float:
        sides.append(x)
        return FLOATS.relu(x)

    data = program.run(Functions(**{**vars(FLOATS), "relu": relu}), program.numbers)
    assume(all(x == 0.0 or abs(x) > NEXT_TO_A_KINK for x in sides))
    leaves = [Value(x) for x in program.numbers]
    values = program.run(MYGRAD, leaves)
    values[-1].backward()

    assert [value.data for value in values] == pytest.approx(data, rel=1e-12, abs=1e-12)
    # Where terms cancel, what is left is as exact as the terms were.
    size = max(abs(value.grad) for value in values) * max(1.0, *(abs(x) for x in data))
    assert [x.grad for x in leaves] == pytest.approx(
        differences(program), rel=1e-12, abs=1e-12 * size
    )


@settings(max_examples=150, derandomize=True, deadline=None, database=None)
@given(programs())
def test_random_graphs_have_the_measured_gradients(program):
    """Shared values, reflected operators, a value with itself: the same graphs every time."""
    check(program)


@pytest.mark.slow
@settings(max_examples=5000, derandomize=True, deadline=None, database=None)
@given(programs())
def test_many_more_random_graphs_have_the_measured_gradients(program):
    """What hundreds of graphs don't show."""
    check(program)
