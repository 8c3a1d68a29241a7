"""Habits from micrograd, PyTorch and Python's own numbers: each works, or ends in a way out."""

import math
import random

import numpy as np
import pytest

from mygrad import MLP, SGD, Value, gradcheck, topological_order
from mygrad.hints import ELSEWHERE

KEEPS_THE_GRAPH = r"is no plain number: v\.data is; v\.exp\(\), v\.log\(\), v\.tanh\(\)"

# A habit, the error it ends in, and the way out that the error names.
HABITS = {
    'Value(2.0, (a,), "sin")': (TypeError, r"operands go to Value\.node\("),
    'Value(2.0, (a,), "sin", None)': (TypeError, r"operands go to Value\.node\("),
    "a._backward = print": (AttributeError, r"Value\.node\(.*makes an operation of your own"),
    "a.item()": (AttributeError, r"no 'item': its number is v\.data"),
    "a.detach()": (AttributeError, r"its number is v\.data"),
    "a.numpy()": (AttributeError, r"its number is v\.data"),
    "a.value": (AttributeError, r"its number is v\.data"),
    "a.value = 3.0": (AttributeError, r"its number is v\.data"),
    "a.gradient": (AttributeError, r"its gradient is v\.grad"),
    "a.requires_grad = True": (AttributeError, r"every value gets a gradient"),
    "a.zero_grad()": (AttributeError, r"v\.grad = 0\.0; a network and an optimizer have"),
    "float(a)": (TypeError, KEEPS_THE_GRAPH),
    "int(a)": (TypeError, KEEPS_THE_GRAPH),
    "complex(a)": (TypeError, KEEPS_THE_GRAPH),
    "math.trunc(a)": (TypeError, KEEPS_THE_GRAPH),
    "math.floor(a)": (TypeError, KEEPS_THE_GRAPH),
    "math.exp(a)": (TypeError, KEEPS_THE_GRAPH),
    "math.sqrt(a)": (TypeError, KEEPS_THE_GRAPH),
    "'%.4f' % a": (TypeError, KEEPS_THE_GRAPH),
    "np.array([a, a], dtype=float)": (TypeError, KEEPS_THE_GRAPH),
    "gradcheck(math.exp, 2.0)": (TypeError, KEEPS_THE_GRAPH),
    "round(a, 2)": (TypeError, r"round\(v\.data, 2\) .* f'\{v:\.2f\}'"),
    "round(a)": (TypeError, r"round\(v\.data, 2\)"),
    "a < 0.01": (TypeError, r"compare v\.data"),
    "0.01 >= a": (TypeError, r"compare v\.data"),
    "max(a, b)": (TypeError, r"v\.maximum\(w\) and v\.minimum\(w\) have slopes"),
    "sorted([a, b])": (TypeError, r"compare v\.data"),
    "np.maximum(a, 0.0)": (TypeError, r"v\.maximum\(w\)"),
    "if a: pass": (TypeError, r"neither true nor false: ask for its data"),
    "SGD(network, 0.1)": (TypeError, r"as in network\.parameters\(\), got MLP\(2, \[1\]\)"),
    "SGD(a, 0.1)": (TypeError, r"takes a list of parameters"),
    "topological_order([a, b])": (TypeError, r"of several values take their sum"),
    "topological_order(network)": (TypeError, r"and of a network its output"),
    "a.data -= 0.1 * a; b + a": (
        TypeError,
        r"'a' whose data is Value.* p\.data -= 0\.05 \* p\.grad$",
    ),
    "a.data -= 0.1 * a; network([a, b])": (
        TypeError,
        r"'a' whose data is Value.* p\.data -= 0\.05 \* p\.grad$",
    ),
    "a.data = np.float32(0.1); a * b": (TypeError, r"'a' whose data is np\.float32.* float\(w\)"),
    "a.data = np.uint8(3); a * b": (TypeError, r"'a' whose data is np\.uint8.* float\(w\)"),
    "a.data = np.int64(3); 1 / a": (TypeError, r"'a' whose data is np\.int64.* float\(w\)"),
    "a.grad = None; (a * b).backward()": (
        TypeError,
        r"of Value\(data=2\.0\) is None.* p\.grad = 0\.0",
    ),
    "(a + 1).grad = b; c = a + 1; c.grad = None; a.grad = '1'; (c * c * b).backward()": (
        TypeError,
        r"the gradient of Value\(data=2\.0\) is '1'",
    ),
    "Value(a)": (TypeError, r"its number is in its data$"),
    "MLP([2, 4, 1])": (ValueError, r"as in MLP\(3, \[1\]\): got no sizes after \[2, 4, 1\]"),
    "MLP(2, [1], rng=random.Random)": (TypeError, r"as random\.Random\(1\) is"),
    "SGD([a], 0.1).lr = 0.2": (AttributeError, r"no attribute 'lr'"),
    "a.data = np.array([1.0, 2.0]); a + b": (
        TypeError,
        r"meets a value 'a' whose data is array",
    ),
}


@pytest.fixture
def names():
    return {
        "a": Value(2.0, "a"),
        "b": Value(3.0, "b"),
        "network": MLP(2, [1]),
        "gradcheck": gradcheck,
        "math": math,
        "random": random,
        "MLP": MLP,
        "np": np,
        "topological_order": topological_order,
        "SGD": SGD,
        "Value": Value,
    }


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_from_elsewhere_ends_in_a_way_out(habit, names):
    """The error stands in the line that is wrong, or names the value that is."""
    kind, words = HABITS[habit]

    with pytest.raises(kind, match=words):
        exec(habit, names)


@pytest.mark.parametrize(
    ("habit", "result"),
    [
        ("f'{a:.4f}'", "2.0000"),
        ("f'{a}'", "Value(data=2.0)"),
        ("f'{a!r:>16}'", " Value(data=2.0)"),
        ("'{:8.2e}'.format(a)", "2.00e+00"),
        ("str(np.exp(Value(0.0)))", "Value(data=1.0)"),
        ("str(np.tanh(Value(0.0)))", "Value(data=0.0)"),
        ("str(abs(-a))", "Value(data=2.0)"),
        ("str(np.abs(-a))", "Value(data=2.0)"),
        ("hasattr(a, 'item')", False),
        ("hasattr(Value, 'item')", False),
    ],
)
def test_a_habit_that_works(habit, result, names):
    assert eval(habit, names) == result


@pytest.mark.parametrize("name", ELSEWHERE)
def test_no_name_from_elsewhere_is_one_of_ours(name):
    """A hint in place of an attribute would hide it."""
    assert name not in Value.__slots__
    with pytest.raises(AttributeError, match=f"^a Value has no '{name}': "):
        getattr(Value(1.0), name)


@pytest.mark.parametrize(
    "update", ["a -= 0.1 * a.grad", "a += -0.1 * a.grad", "a *= 0.9", "a /= 2", "a **= 2"]
)
def test_an_update_that_moves_no_parameter_is_refused(update, names):
    """`p -= rate * p.grad` made a new value, the parameter stayed, and nobody said so."""
    (names["a"] * 3.0).backward()

    with pytest.raises(TypeError) as error:
        exec(update, names)

    sign = update.split()[1]
    assert str(error.value).startswith(
        f"Value(data=2.0) has a gradient, and {sign} {eval(update.split(maxsplit=2)[2], names)!r} "
        "would leave it as it is and make a new value: "
    )
    assert str(error.value).endswith(
        f"a parameter is moved by p.data {sign} ..., as in p.data -= 0.05 * p.grad"
    )
    assert (names["a"].data, names["a"].grad) == (2.0, 3.0)


@pytest.mark.parametrize(
    ("update", "result"),
    [("x -= 1.0", 2.0), ("x += 1.0", 4.0), ("x *= 2.0", 6.0), ("x -= y", 1.0), ("x += y", 5.0)],
)
@pytest.mark.parametrize("make", [lambda: Value(3.0), lambda: Value(3.0) * 1.0])
def test_a_running_total_is_updated_as_ever(update, result, make):
    """`total += loss` is no update of a parameter: only what has a gradient is one."""
    x = make()
    names = {"x": x, "y": Value(2.0)}
    exec(update, names)

    assert names["x"].data == result
    assert names["x"]._prev[0] is x


def test_a_result_with_a_gradient_may_be_added_to():
    """It is no parameter: what was made from it goes on from it."""
    total = Value(3.0) * 2.0
    total.backward()
    total += 1.0

    assert total.data == 7.0


def test_the_rule_is_a_method_still():
    """The notes call it by hand, and the passes that go wrong hand it in."""
    a, b = Value(2.0), Value(3.0)
    product = a * b
    product.grad = 1.0
    product._backward()
    Value._backward(product)

    assert (a.grad, b.grad) == (6.0, 4.0)
    assert product._backward.__self__ is product
    assert Value._backward.__doc__.startswith("Pass this value's gradient on")


def test_a_type_error_of_another_kind_comes_through_the_backward_pass(monkeypatch):
    """Whoever puts another rule in its place has to see what is wrong with that."""

    def broken(node):
        raise TypeError("another fault")

    monkeypatch.setattr(Value, "_backward", broken)
    a = Value(2.0)
    shared = a * a
    with pytest.raises(TypeError, match=r"^another fault$"):
        (shared * shared).backward()


@pytest.mark.parametrize("number", [np.float64(0.1), 3, True])
def test_what_counts_as_a_float_may_be_written_into_data(number):
    """The result and its gradients are plain floats all the same."""
    a, b = Value(1.0), Value(2.0)
    a.data = number
    product = a * b
    product.backward()

    assert [type(x) for x in (product.data, a.grad, b.grad)] == [float] * 3
    assert (product.data, b.grad) == (2.0 * number, number)


def test_a_class_below_value_is_an_operand_like_any_other():
    """Even where it can become a float, which would cut its graph off."""

    class Named(Value):
        def __float__(self):
            return self.data

    a, b = Named(2.0), Value(3.0)
    (b * a + b / a + b - a).backward()

    assert a.grad == 3.0 - 3.0 / 4.0 - 1.0
