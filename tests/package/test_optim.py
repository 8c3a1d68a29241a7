"""Gradient descent, against steps worked out by hand.  PyTorch's is in test_against_pytorch.py."""

import numpy as np
import pytest

from mygrad import SGD, Value


def test_a_step_goes_against_the_gradient():
    p = Value(1.0)
    p.grad = 2.0
    SGD([p], learning_rate=0.25).step()

    assert p.data == 0.5


def test_momentum_keeps_a_share_of_the_step_before():
    p = Value(0.0)
    optimiser = SGD([p], learning_rate=1.0, momentum=0.5)
    places = []
    for _ in range(3):
        p.grad = -8.0
        optimiser.step()
        places.append(p.data)

    assert places == [8.0, 20.0, 34.0]  # velocities -8, -12, -14


def test_every_parameter_has_a_momentum_of_its_own():
    """By hand: velocities 8 and 12 of the first, 16 and 24 of the second."""
    first, second = Value(0.0), Value(0.0)
    optimiser = SGD([first, second], learning_rate=1.0, momentum=0.5)
    for _ in range(2):
        first.grad, second.grad = -8.0, -16.0
        optimiser.step()

    assert (first.data, second.data) == (20.0, 40.0)


def test_momentum_is_off_unless_asked_for():
    """Two steps with the same gradient are two equal steps."""
    p = Value(0.0)
    optimiser = SGD([p], learning_rate=1.0)
    for _ in range(2):
        p.grad = -8.0
        optimiser.step()

    assert p.data == 16.0


def test_not_zeroing_is_momentum_one():
    """The same rule: the sum of all gradients so far, at each step."""
    zeroed, left = Value(3.0), Value(3.0)
    with_momentum = SGD([zeroed], learning_rate=0.125, momentum=1.0)
    without = SGD([left], learning_rate=0.125)
    for _ in range(5):
        with_momentum.zero_grad()
        for p, optimiser in ((zeroed, with_momentum), (left, without)):
            (p * p).backward()
            optimiser.step()

        assert zeroed.data == left.data


def test_a_step_leaves_the_gradient_as_it_is():
    p = Value(1.0)
    p.grad = 2.0
    SGD([p], learning_rate=0.1).step()

    assert p.grad == 2.0


@pytest.mark.parametrize("gradient", [2.0, float("nan"), float("inf")])
def test_zero_grad_forgets(gradient):
    """A broken gradient too: zero times nan would be nan for ever."""
    p = Value(1.0)
    p.grad = gradient
    SGD([p], learning_rate=0.1).zero_grad()

    assert p.grad == 0.0


def test_parameters_may_come_from_a_generator():
    values = [Value(1.0), Value(2.0)]
    optimiser = SGD((v for v in values), learning_rate=0.1)

    assert optimiser.parameters == values


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"parameters": [], "learning_rate": 0.1},
            "nothing to train: give the parameters, as in network.parameters(), "
            "which a network of your own has to list",
        ),
        ({"learning_rate": -0.1}, "a learning rate is 0 or more, as in 0.01: got -0.1"),
        ({"learning_rate": float("nan")}, "a learning rate is 0 or more, as in 0.01: got nan"),
        ({"learning_rate": float("inf")}, "a learning rate is 0 or more, as in 0.01: got inf"),
        ({"learning_rate": 0.1, "momentum": 1.5}, "a momentum is from 0 to 1, as in 0.9: got 1.5"),
        (
            {"learning_rate": 0.1, "momentum": -0.5},
            "a momentum is from 0 to 1, as in 0.9: got -0.5",
        ),
    ],
)
def test_what_cannot_train_is_an_error_that_names_it(arguments, message):
    """The value, the rule, and an example."""
    with pytest.raises(ValueError) as raised:  # noqa: PT011 (the whole message is compared)
        SGD(**{"parameters": [Value(1.0)], **arguments})

    assert str(raised.value) == message


def test_a_learning_rate_of_zero_stands_still():
    """Where a schedule ends; it is no mistake."""
    p = Value(1.0)
    p.grad = 2.0
    SGD([p], learning_rate=0.0).step()

    assert p.data == 1.0


class Number:
    """Keeps a number and its gradient, as any parameter does, and nothing else."""

    __hash__ = None

    def __init__(self, data):
        self.data = data
        self.grad = 0.0


def test_whatever_has_data_and_grad_can_be_trained():
    """By hand: 1 - 0.5 * 4 and 2 - 0.5 * 8.  Equal ones are two all the same."""
    parameters = [Number(1.0), Number(2.0)]
    optimiser = SGD(parameters, learning_rate=0.5)
    for p, gradient in zip(parameters, (4.0, 8.0)):
        p.grad = gradient
    optimiser.step()
    optimiser.zero_grad()

    assert [p.data for p in parameters] == [-1.0, -2.0]
    assert [p.grad for p in parameters] == [0.0, 0.0]


@pytest.mark.parametrize("wrong", [1.0, "w", None, [Value(1.0)], np.array(1.0), Value])
def test_what_has_no_data_or_no_grad_cannot_be_trained(wrong):
    """An array has data alone, and a class only says that its values have both."""
    with pytest.raises(TypeError) as raised:
        SGD([Value(1.0), wrong], learning_rate=0.1)

    assert str(raised.value) == (
        "parameter 1 needs data and grad, as every Value has, got "
        f"{type(wrong).__name__}: {wrong!r}"
    )


def test_a_computed_parameter_of_another_kind_is_refused_too():
    """By its operands, which any node of a graph keeps; it need not say what made it."""
    computed = Number(1.0)
    computed._prev = (Number(1.0),)
    with pytest.raises(ValueError, match=r"^parameter 0, .* was computed by 'an operation': "):
        SGD([computed], learning_rate=0.1)


def test_a_parameter_of_another_kind_is_not_moved_twice_either():
    number = Number(1.0)
    with pytest.raises(ValueError, match=r"^parameter 1, .* is there twice"):
        SGD([number, number], learning_rate=0.1)


def test_a_parameter_is_not_moved_twice():
    """Two neurons that share a weight both list it."""
    w = Value(2.0)
    with pytest.raises(ValueError, match=r"parameter 2, Value\(data=2.0\), is there twice"):
        SGD([w, Value(2.0), w], learning_rate=0.1)


def test_a_computed_value_is_no_parameter():
    """The next forward pass makes another in its place: its step would change nothing."""
    with pytest.raises(ValueError, match=r"parameter 0, Value\(data=6.0\), was computed by '\*'"):
        SGD([Value(2.0) * 3], learning_rate=0.1)


def test_an_optimizer_says_what_it_moves_and_how():
    parameters = [Value(1.0), Value(2.0)]

    assert repr(SGD(parameters, 0.05)) == "SGD(2 parameters, learning_rate=0.05)"
    assert repr(SGD(parameters, 1, 0.9)) == "SGD(2 parameters, learning_rate=1.0, momentum=0.9)"
