"""Gradient descent, against steps worked out by hand.  PyTorch's is in test_against_pytorch.py."""

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


def test_zero_grad_forgets():
    p = Value(1.0)
    p.grad = 2.0
    SGD([p], learning_rate=0.1).zero_grad()

    assert p.grad == 0.0


def test_parameters_may_come_from_a_generator():
    values = [Value(1.0), Value(2.0)]
    optimiser = SGD((v for v in values), learning_rate=0.1)

    assert optimiser.parameters == values


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"parameters": [], "learning_rate": 0.1}, "nothing to train"),
        ({"learning_rate": -0.1}, "-0.1"),
        ({"learning_rate": float("nan")}, "nan"),
        ({"learning_rate": float("inf")}, "inf"),
        ({"learning_rate": 0.1, "momentum": 1.5}, "1.5"),
        ({"learning_rate": 0.1, "momentum": -0.5}, "-0.5"),
    ],
)
def test_what_cannot_train_is_an_error_that_names_it(arguments, message):
    with pytest.raises(ValueError, match=message):
        SGD(**{"parameters": [Value(1.0)], **arguments})


@pytest.mark.parametrize("wrong", [1.0, "w", None, [Value(1.0)]])
def test_what_is_no_value_cannot_be_trained(wrong):
    """It has no gradient, and the first step would fail far from here."""
    with pytest.raises(TypeError, match="parameter 1 is no Value, got ") as raised:
        SGD([Value(1.0), wrong], learning_rate=0.1)

    assert repr(wrong) in str(raised.value)


def test_a_parameter_is_not_moved_twice():
    """Two neurons that share a weight both list it."""
    w = Value(2.0)
    with pytest.raises(ValueError, match=r"parameter 2, Value\(data=2.0\), is there twice"):
        SGD([w, Value(2.0), w], learning_rate=0.1)


def test_a_computed_value_is_no_parameter():
    """The next forward pass makes another in its place: its step would change nothing."""
    with pytest.raises(ValueError, match=r"parameter 0, Value\(data=6.0\), was computed by '\*'"):
        SGD([Value(2.0) * 3], learning_rate=0.1)
