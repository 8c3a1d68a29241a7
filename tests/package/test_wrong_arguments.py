"""Every argument of the engine, the networks, the judge and the data, with every kind of thing.

What is right is taken.  All else ends in an error that the package raises itself: in a line that
says `raise`, with a message of its own, and never somewhere inside.
"""

import math
import traceback
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import mygrad
from mygrad import (
    MLP,
    SGD,
    Layer,
    Neuron,
    Value,
    backward_steps,
    dot,
    forward_steps,
    gradcheck,
    numeric_grad,
    topological_order,
    trace,
    two_moons,
)

PACKAGE = Path(mygrad.__file__).parent

KINDS = {
    "None": None,
    "True": True,
    "text": "text",
    "bytes": b"bytes",
    "3": 3,
    "0.5": 0.5,
    "-1": -1,
    "nan": math.nan,
    "inf": math.inf,
    "too large an int": 10**400,
    "too large a decimal": Decimal("1e999"),
    "too large a long double": np.longdouble("1e999"),
    "complex": 2 + 0j,
    "NumPy's number": np.float64(0.5),
    "array": np.array([1.0, 2.0]),
    "list": [1.0, 2.0],
    "empty list": [],
    "list of text": ["a", "b"],
    "dictionary": {1.0: 2.0, 2.0: 3.0},
    "set": {1.0, 2.0},
    "object": object(),
    "function": lambda x: x * x,
    "class": Value,
    "leaf": Value(0.5),
    "result": Value(0.5) * 2.0,
    "list of results": [Value(0.5) * 2.0, Value(0.5)],
    "network": MLP(2, [1]),
}
if np.isinf(KINDS["too large a long double"]):  # where it is no longer than a double
    del KINDS["too large a long double"]

NUMBERS = {"True", "3", "0.5", "-1", "nan", "inf", "NumPy's number"}
VALUES = {"leaf", "result"}
OPERANDS = NUMBERS | VALUES
PAIRS = {"list", "array", "list of results"}

a, b = Value(2.0), Value(3.0)

# What is called with the argument x, and the kinds of x that are right.
CALLS = {
    "Value(x)": (lambda x: Value(x), NUMBERS),
    "Value(1.0, x)": (lambda x: Value(1.0, x), {"text"}),
    "maximum": (lambda x: a.maximum(x), OPERANDS),
    "minimum": (lambda x: a.minimum(x), OPERANDS),
    "node data": (lambda x: Value.node(x, (a,), (1.0,), "f"), NUMBERS),
    "node operands": (lambda x: Value.node(1.0, x, (1.0, 1.0), "f"), {"list of results"}),
    "node local derivatives": (lambda x: Value.node(1.0, (a, b), x, "f"), {"list", "array"}),
    "node op": (lambda x: Value.node(1.0, (a,), (1.0,), x), {"text"}),
    "dot weights": (lambda x: dot(x, [1.0, 2.0], 0.0), PAIRS),
    "dot inputs": (lambda x: dot([1.0, 2.0], x, 0.0), PAIRS),
    "dot bias": (lambda x: dot([1.0], [2.0], x), OPERANDS),
    "topological_order": (lambda x: topological_order(x), VALUES),
    "trace": (lambda x: trace(x), VALUES),
    "forward_steps": (lambda x: [*forward_steps(x)], VALUES),
    "backward_steps": (lambda x: [*backward_steps(x)], VALUES),
    "backward_steps order": (lambda x: backward_steps(a, order=x), {"empty list", "None"}),
    "backward_steps rule": (lambda x: backward_steps(a, rule=x), {"function", "class", "network"}),
    "Neuron": (lambda x: Neuron(x), {"3"}),
    "Neuron activation": (lambda x: Neuron(2, activation=x), {"None"}),
    "Neuron rng": (lambda x: Neuron(2, rng=x), set()),
    "Neuron called": (lambda x: Neuron(2)(x), PAIRS),
    "Layer": (lambda x: Layer(2, x), {"3"}),
    "Layer inputs": (lambda x: Layer(x, 2), {"3"}),
    "Layer activation": (lambda x: Layer(2, 2, activation=x), {"None"}),
    "Layer rng": (lambda x: Layer(2, 2, rng=x), set()),
    "Layer called": (lambda x: Layer(2, 2)(x), PAIRS),
    "MLP": (lambda x: MLP(x, [1]), {"3"}),
    "MLP sizes": (lambda x: MLP(2, x), {"3"}),
    "MLP activation": (lambda x: MLP(2, [2, 1], activation=x), {"None"}),
    "MLP last_activation": (lambda x: MLP(2, [2, 1], last_activation=x), {"None"}),
    "MLP rng": (lambda x: MLP(2, [1], rng=x), set()),
    "MLP called": (lambda x: MLP(2, [1])(x), PAIRS),
    "SGD": (lambda x: SGD(x, 0.1), set()),
    "SGD learning_rate": (lambda x: SGD([a], x), {"True", "3", "0.5", "NumPy's number"}),
    "SGD momentum": (lambda x: SGD([a], 0.1, x), {"True", "0.5", "NumPy's number"}),
    "numeric_grad": (lambda x: numeric_grad(x, 2.0), {"function"}),
    "numeric_grad input": (lambda x: numeric_grad(lambda y: y, x), NUMBERS),
    "numeric_grad h": (
        lambda x: numeric_grad(lambda y: y, 1.0, h=x),
        {"True", "3", "0.5", "NumPy's number"},
    ),
    "numeric_grad result": (lambda x: numeric_grad(lambda _: x, 1.0), OPERANDS),
    "gradcheck": (lambda x: gradcheck(x, 2.0), {"function"}),
    "gradcheck input": (lambda x: gradcheck(lambda y: y, x), NUMBERS),
    "gradcheck h": (
        lambda x: gradcheck(lambda y: y, 1.0, h=x),
        {"True", "3", "0.5", "NumPy's number"},
    ),
    "gradcheck result": (lambda x: gradcheck(lambda _: x, 1.0), OPERANDS),
    "two_moons": (lambda x: two_moons(x), {"3"}),
    "two_moons noise": (lambda x: two_moons(4, noise=x), {"True", "3", "0.5", "NumPy's number"}),
    "two_moons seed": (lambda x: two_moons(4, seed=x), {"True", "3", "-1", "too large an int"}),
}


@pytest.mark.parametrize("call", CALLS)
def test_an_argument_is_taken_or_refused_in_words_of_our_own(call):
    """The rule, the value and the way out are only in an error that somebody wrote."""
    function, right = CALLS[call]
    taken = set()
    for kind, argument in KINDS.items():
        error = raised_by(function, argument)
        if error is None:
            taken.add(kind)
            continue
        last = traceback.extract_tb(error.__traceback__)[-1]
        assert PACKAGE in Path(last.filename).parents, (kind, error)
        assert last.line.split()[0] == "raise", (kind, error)
        assert len(str(error)) > 30, (kind, error)

    assert taken == right


def raised_by(function, argument):
    """The error of a call; None where there is none."""
    try:
        function(argument)
    except (TypeError, ValueError, OverflowError) as error:
        return error
    return None


def test_every_public_function_stands_in_the_table():
    """A new one has to say what it takes.  Pictures have a table of their own."""
    without_arguments = {"four_points_in_3d", "four_points_in_4d", "Module"}
    pictures = {"trace"}  # stands with them
    records = {"BackwardStep", "ForwardStep"}  # the package makes them
    public = {
        name
        for name, thing in vars(mygrad).items()
        if name in mygrad.__all__ and not thing.__module__.startswith("mygrad.pictures")
    }

    in_the_table = {name for name in public if any(name in call for call in CALLS)}
    assert public == in_the_table | without_arguments | records | pictures
