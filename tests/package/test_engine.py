"""The laws of `Value`.  The judge is a number found by hand, a finite difference, or Python."""

import copy
import gc
import math
import os
import pickle
import random
import subprocess
import sys
import weakref
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from mygrad.checked_math import power_name
from mygrad.engine import USUAL_EXPONENTS, Value, dot
from mygrad.gradcheck import gradcheck, numeric_grad
from mygrad.graph import topological_order

needs_reference_counting = pytest.mark.skipif(
    sys.implementation.name != "cpython", reason="only CPython frees by reference counting"
)


class HasFloat:
    """Not a number of Python's, but one that says which float it is."""

    def __float__(self):
        return 2.5


# What a Value holds.


def test_the_docstring_names_all_that_a_value_holds():
    """`_prev`, `_local` and `_op` too: every pass and every chapter reads them."""
    held = {*Value.__slots__} - {"__weakref__"}

    assert held == {"data", "grad", "label", "_prev", "_local", "_op"}
    assert all(f"`{name}`" in Value.__doc__ for name in held)


@pytest.mark.parametrize(
    ("number", "data"),
    [
        (3, 3.0),
        (2.5, 2.5),
        (True, 1.0),
        (Fraction(1, 4), 0.25),
        (Decimal("0.5"), 0.5),
        (np.float32(0.5), 0.5),
        (np.float64(0.1), 0.1),
        (np.int64(7), 7.0),
        (np.array(2.0), 2.0),
        (HasFloat(), 2.5),
    ],
)
def test_data_becomes_a_float(number, data):
    """NumPy's scalars too: their own arithmetic would leak into the graph."""
    v = Value(number)

    assert type(v.data) is float
    assert v.data == data


@pytest.mark.parametrize(
    "wrong",
    ["2.0", b"2", None, [1.0], (1.0,), {}, 1j, np.complex128(1), np.array([1.0, 2.0]), Value(1.0)],
    ids=lambda wrong: type(wrong).__name__,
)
def test_what_is_not_one_real_number_is_refused_by_name(wrong):
    """The message names what came in."""
    with pytest.raises(TypeError, match="a Value holds one real number, got ") as error:
        Value(wrong)

    assert type(wrong).__name__ in str(error.value)
    assert repr(wrong) in str(error.value)


def test_a_new_value_is_an_unused_leaf():
    """No gradient yet, no label, no operands."""
    v = Value(2.0)

    assert (v.grad, v.label, v._prev, v._local, v._op) == (0.0, "", (), (), "")


def test_a_new_result_has_no_gradient_whatever_its_operands_have():
    """A second loss is built on weights that have theirs already."""
    a = Value(2.0)
    a.grad = 5.0

    assert [v.grad for v in (a + 1, a * a, a**2, a.tanh(), dot([a], [a], a))] == [0.0] * 5


def test_repr_is_that_of_the_notes():
    """Readers compare it with the notes' prints."""
    assert repr(Value(2)) == "Value(data=2.0)"
    assert repr(Value(2.0) * -3.0) == "Value(data=-6.0)"


def test_a_label_is_text_and_may_be_set_later():
    """As in the notes: `e = a * b; e.label = 'e'`."""
    a = Value(2.0, label="a")
    e = a * 3
    e.label = "e"

    assert (a.label, e.label) == ("a", "e")
    assert Value(1.0, "x").label == "x"


@pytest.mark.parametrize("label", [(), (Value(1.0), Value(2.0)), 3, None, Fraction(1, 2)])
def test_a_label_that_is_not_text_is_refused(label):
    """micrograd's second argument is the operands: its code must not pass silently."""
    with pytest.raises(TypeError) as error:
        Value(1.0, label)

    assert str(error.value) == (
        f"after its number a Value takes a label, which is text, got {label!r}: "
        "operands go to Value.node(data, operands, local_derivatives, op)"
    )


@pytest.mark.parametrize("label", ["", "x", (), (Value(1.0),)])
def test_micrograds_third_argument_is_refused(label):
    """`Value(x, (a, b), '+')` is micrograd's way in, and not ours."""
    with pytest.raises(TypeError) as error:
        Value(1.0, label, "+")

    assert str(error.value) == (
        f"after its number a Value takes a label, which is text, got {label!r} and ('+',): "
        "operands go to Value.node(data, operands, local_derivatives, op)"
    )


def test_equality_is_identity():
    """Two leaves with the same number are two variables."""
    a, b = Value(2.0), Value(2.0)

    assert a == a
    assert a != b
    assert a != 2.0
    assert len({a, b, a}) == 2


@pytest.mark.parametrize(
    "compare", [lambda a, b: a < b, lambda a, b: a <= b, lambda a, b: a > b, lambda a, b: a >= b]
)
@pytest.mark.parametrize("other", [Value(2.0), 2.0])
def test_values_have_no_order_and_say_what_has_one(compare, other):
    """Which of two variables is smaller is not a question, but `if loss < 0.01` is a habit."""
    with pytest.raises(TypeError) as error:
        compare(Value(1.0), other)

    assert str(error.value).endswith(
        " is not compared: compare v.data; v.maximum(w) and v.minimum(w) have slopes"
    )


# Operators: results, operands and their order.

BINARY = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
}


@pytest.mark.parametrize("op", BINARY)
@pytest.mark.parametrize(("x", "y"), [(3.0, 2.0), (2.0, -3.0), (0.5, 0.25)])
def test_an_operator_gives_pythons_result_with_a_value_on_either_side(op, x, y):
    """Python's floats say what 3 - 2 is, and which of the two is subtracted."""
    f = BINARY[op]

    assert f(Value(x), Value(y)).data == pytest.approx(f(x, y), rel=1e-15)
    assert f(Value(x), y).data == pytest.approx(f(x, y), rel=1e-15)
    assert f(x, Value(y)).data == pytest.approx(f(x, y), rel=1e-15)


@pytest.mark.parametrize("op", BINARY)
@pytest.mark.parametrize(("x", "y"), [(3.0, 2.0), (2.0, -3.0), (0.5, 0.25)])
def test_an_operator_has_the_measured_slopes_with_a_value_on_either_side(op, x, y):
    """Finite differences know nothing of the local derivatives."""
    f = BINARY[op]

    assert gradcheck(f, x, y)
    assert gradcheck(lambda a: f(a, y), x)
    assert gradcheck(lambda b: f(x, b), y)


@pytest.mark.parametrize("number", [3, True, np.float32(3), np.int64(3), Fraction(3), HasFloat()])
@pytest.mark.parametrize("op", BINARY)
def test_any_real_number_may_be_the_right_side(op, number):
    """What a Value holds, an operator takes."""
    out = BINARY[op](Value(2.0), number)

    assert out.data == pytest.approx(BINARY[op](2.0, float(number)))


@pytest.mark.parametrize("number", [3, True, np.float32(3), np.float64(3), np.int64(3)])
@pytest.mark.parametrize("op", BINARY)
def test_a_number_on_the_left_gives_a_value(op, number):
    """NumPy's scalars try their own operator first, and must hand over."""
    out = BINARY[op](number, Value(2.0))

    assert isinstance(out, Value)
    assert out.data == pytest.approx(BINARY[op](float(number), 2.0))


@pytest.mark.parametrize("wrong", ["1", None, [1.0], 1j, {}])
@pytest.mark.parametrize("op", BINARY)
def test_anything_else_on_either_side_is_pythons_own_error(op, wrong):
    """NotImplemented, so that the message is the one every Python type gives."""
    words = r"^(unsupported operand type|can't multiply sequence|can only concatenate)"
    with pytest.raises(TypeError, match=words):
        BINARY[op](Value(1.0), wrong)
    with pytest.raises(TypeError, match=words):
        BINARY[op](wrong, Value(1.0))


def test_the_error_of_an_unknown_operand_names_both_types():
    """The words are Python's."""
    with pytest.raises(
        TypeError, match=r"unsupported operand type\(s\) for \+: 'Value' and 'NoneType'"
    ):
        Value(1.0) + None


@pytest.mark.parametrize("op", BINARY)
def test_another_class_may_answer_for_itself(op):
    """NotImplemented gives the other class's reflected operator its turn."""

    class Other:
        def __radd__(self, left):
            return "mine"

        __rsub__ = __rmul__ = __rtruediv__ = __rpow__ = __radd__

    assert BINARY[op](Value(1.0), Other()) == "mine"


def test_an_array_answers_element_by_element():
    """NumPy's reflected operator gets its turn, on both sides."""
    left, right = Value(10.0) - np.array([1.0, 2.0]), np.array([1.0, 2.0]) - Value(10.0)

    assert [v.data for v in left] == [9.0, 8.0]
    assert [v.data for v in right] == [-9.0, -8.0]


def test_operands_keep_their_order():
    """A set would shuffle them from run to run."""
    a, b = Value(2.0), Value(-3.0)

    assert (a + b)._prev == (a, b)
    assert (b + a)._prev == (b, a)
    assert (a * b)._prev == (a, b)
    assert (a**b)._prev == (a, b)


def test_a_number_on_the_left_is_the_left_operand():
    """`1 + a` and `a + 1` are drawn as they are written."""
    a = Value(2.0)

    for out, number in [(10 + a, 10.0), (10 * a, 10.0), (10**a, 10.0)]:
        left, right = out._prev
        assert (left.data, right) == (number, a)
    for out, number in [(a + 10, 10.0), (a * 10, 10.0)]:
        left, right = out._prev
        assert (left, right.data) == (a, number)


@pytest.mark.parametrize("operation", [lambda a: a + 10, lambda a: 10 * a])
def test_a_number_becomes_a_leaf_like_any_other(operation):
    """Drawn without an operation, handing nothing on."""
    (leaf,) = (v for v in operation(Value(2.0))._prev if v.data == 10.0)

    assert (leaf.grad, leaf.label, leaf._prev, leaf._local, leaf._op) == (0.0, "", (), (), "")


def test_a_difference_and_a_quotient_keep_their_order():
    """a - 10 is a + -10, and a / 10 is a * 10**-1: drawn as they are written."""
    a = Value(2.0)

    assert [v.data for v in (a - 10)._prev] == [2.0, -10.0]
    assert [v.data for v in (10 - a)._prev] == [10.0, -2.0]
    assert [v.data for v in (a / 10)._prev] == [2.0, 0.1]
    assert [v.data for v in (10 / a)._prev] == [10.0, 0.5]


def test_d_of_the_notes_has_its_operands_in_order():
    """Chapter 03: `_prev` of d is -6.0 and 10.0, `_op` is +."""
    d = Value(2.0) * Value(-3.0) + Value(10.0)

    assert [v.data for v in d._prev] == [-6.0, 10.0]
    assert d._op == "+"
    assert d.data == 4.0


def test_subtraction_is_a_sum_with_a_negation():
    """As in the notes, each part a node of its own."""
    a, b = Value(5.0), Value(3.0)
    difference = a - b
    left, negated = difference._prev

    assert (difference._op, left, negated._op, negated._prev) == ("+", a, "neg", (b,))
    assert (difference.data, negated.data) == (2.0, -3.0)


def test_division_is_a_product_with_a_power():
    """As in the notes: a / b is a * b**-1."""
    a, b = Value(6.0), Value(4.0)
    quotient = a / b
    left, power = quotient._prev

    assert (quotient._op, left, power._op, power._prev) == ("*", a, "**-1", (b,))
    assert (quotient.data, power.data) == (1.5, 0.25)


def test_division_by_a_number_is_one_product():
    """The power of a plain number needs no node: a / 4 is a * 0.25, to the last bit as before."""
    a = Value(6.0)
    quotient = a / 4
    left, right = quotient._prev

    assert (quotient._op, quotient.data) == ("*", 1.5)
    assert (left, right.data, right._prev) == (a, 0.25, ())
    assert (Value(1.0) / 3).data == 1.0 * 3.0**-1


def test_a_number_divided_by_a_value_is_a_product_with_a_power():
    """The left side becomes a leaf, the right side its power."""
    b = Value(4.0)
    left, power = (6 / b)._prev

    assert (left.data, power._op, power._prev) == (6.0, "**-1", (b,))


def test_the_exponent_is_part_of_the_name_when_it_is_a_number():
    """A number's exponent is no operand; a Value's is."""
    x = Value(3.0)

    assert ((x**2)._op, (x**2)._prev) == ("**2", (x,))
    assert (x ** Value(2.0))._op == "**"


@pytest.mark.parametrize(
    ("exponent", "name"),
    [(2, "**2"), (-1, "**-1"), (0.5, "**0.5"), (True, "**1"), (1e100, "**1e+100"), (7, "**7")],
)
def test_the_name_of_a_power_is_short_where_that_says_all(exponent, name):
    assert (Value(1.0) ** exponent)._op == name


@pytest.mark.parametrize("exponent", [0.123456789, 1 / 3, 1234567.0, math.pi, -2.0000001, 1e-300])
def test_the_name_of_a_power_holds_the_exponent_to_the_last_bit(exponent):
    """It is the only record of it: whoever computes the graph again needs it whole."""
    assert float((Value(1.0) ** exponent)._op.removeprefix("**")) == exponent


def test_the_usual_exponents_are_the_halves_up_to_32_but_for_0():
    """0 is none of them: 0 * x**-1, the slope by the rule, is nan where x is."""
    assert len(USUAL_EXPONENTS) == 128
    assert all(USUAL_EXPONENTS[n / 2] == (n / 2, power_name(n / 2)) for n in range(1, 65))
    assert all(USUAL_EXPONENTS[-n / 2] == (-n / 2, power_name(-n / 2)) for n in range(1, 65))


@pytest.mark.parametrize("exponent", [2, -1, 0.5, 3, -0.5, -2, 1, 4, 1.5, -3])
@pytest.mark.parametrize("x", [2.0, 0.3, -1.5, 0.0, -0.0, math.inf, -math.inf, math.nan, 1e-200])
def test_a_usual_exponent_takes_no_other_way_than_any(x, exponent):
    """Some exponents have a short cut: it must agree with the long way, errors included."""

    class Number:
        """An exponent that is in no table."""

        def __float__(self):
            return float(exponent)

    def outcome(n):
        try:
            y = Value(x) ** n
        except ArithmeticError as error:
            return type(error), str(error)
        except ValueError as error:
            return type(error), str(error)
        return repr(y.data), repr(y._local), y._op

    assert outcome(exponent) == outcome(Number())


def test_sum_of_values_starts_from_pythons_zero():
    """`sum([...])` begins with the int 0, so it needs the reflected operator."""
    values = [Value(1.0), Value(2.0), Value(3.0)]
    total = sum(values)
    total.backward()

    assert total.data == 6.0
    assert [v.grad for v in values] == [1.0, 1.0, 1.0]


def test_augmented_assignment_makes_a_new_node():
    """`x += 1` rebinds the name; the old value stays an operand."""
    a = Value(2.0)
    x = a
    x += 1
    x *= 3
    x.backward()

    assert (x.data, a.data, a.grad) == (9.0, 2.0, 3.0)


# Functions of one value.

FUNCTIONS = {
    "exp": (Value.exp, math.exp, (-3.0, 0.0, 1.5)),
    "log": (Value.log, math.log, (0.1, 1.0, 20.0)),
    "tanh": (Value.tanh, math.tanh, (-2.0, 0.0, 0.8814)),
    "relu": (Value.relu, lambda x: max(x, 0.0), (-2.0, -0.1, 0.1, 0.9, 3.0)),
    "sigmoid": (Value.sigmoid, lambda x: 1 / (1 + math.exp(-x)), (-30.0, -1.0, 0.0, 2.0)),
    "softplus": (Value.softplus, lambda x: math.log(1 + math.exp(x)), (-30.0, -1.0, 0.0, 2.0)),
    "abs": (Value.__abs__, abs, (-2.0, -0.1, 0.1, 3.0)),
    "neg": (Value.__neg__, lambda x: -x, (-2.0, 3.0)),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_gives_the_result_of_pythons_math(name):
    """And names its node."""
    ours, pythons, points = FUNCTIONS[name]
    for x in points:
        assert ours(Value(x)).data == pytest.approx(pythons(x), rel=1e-14)
        assert ours(Value(x))._op == name


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_keeps_its_operand(name):
    """Also where the slope is 0: the graph is drawn as it was computed."""
    ours, _, points = FUNCTIONS[name]
    for x in points:
        a = Value(x)
        node = ours(a)

        assert node._prev == (a,)
        assert len(node._local) == 1


@pytest.mark.parametrize(("x", "slope"), [(-5e-324, 0.0), (5e-324, 1.0), (1e300, 1.0)])
def test_relu_turns_at_zero_and_nowhere_else(x, slope):
    """The smallest float above 0 is above it."""
    a = Value(x)
    out = a.relu()
    out.backward()

    assert (out.data, a.grad) == (max(x, 0.0), slope)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_the_measured_slope(name):
    """Rise over run, at several points."""
    ours, _, points = FUNCTIONS[name]
    for x in points:
        assert gradcheck(ours, x)


@pytest.mark.parametrize(
    "f",
    [
        lambda a, b: (a * b + a) ** 2 / (b - 4) - 3 * a,
        lambda a, b: (a + b).tanh() * (a - b).sigmoid() + (a * a + 1).log(),
        lambda a, b: (2**a) * (b**2 + 1) ** 0.5 - 1 / (a**2 + 2),
        lambda a, b: (a * b).relu() + (-a * b).relu() + (a - 2 * b).exp() / 10,
        lambda a, b: (1 - a) * (1 + b) / (3 + a * a) + (a * a + 0.5) ** (b / 4),
        lambda a, b: sum([a, b, a * b, 7]) * dot([a, b, a], [b, 2.0, a], b),
        lambda a, b: ((a.exp() + b.exp()).log() - a) ** 3,
        lambda a, b: -((a - 1.5) ** 4) * (b / (a * a + b * b)).tanh(),
    ],
)
@pytest.mark.parametrize(("x", "y"), [(0.7, -1.3), (-2.1, 0.4), (1.9, 2.2)])
def test_mixed_expressions_have_the_measured_gradients(f, x, y):
    """Many operators together, each value used several times."""
    assert gradcheck(f, x, y)


def test_the_neuron_of_the_notes():
    """Chapter 05: o is 0.7071, the gradients are -1.5, 1.0, 0.5 and 0.0."""
    x1, x2, w1, w2, b = map(Value, (2.0, 0.0, -3.0, 1.0, 6.8813735870195432))
    n = x1 * w1 + x2 * w2 + b
    o = n.tanh()
    o.backward()

    assert o.data == pytest.approx(math.sqrt(0.5))
    assert n.grad == pytest.approx(0.5)
    assert [v.grad for v in (x1, w1, x2, w2)] == pytest.approx([-1.5, 1.0, 0.5, 0.0])


def test_tanh_from_exp_gives_the_same_gradients():
    """How big an operation is does not matter, if its local derivative is right."""
    for x in (-1.2, 0.0, 0.8814):
        a, b = Value(x), Value(x)
        a.tanh().backward()
        e = (2 * b).exp()
        ((e - 1) / (e + 1)).backward()

        assert b.grad == pytest.approx(a.grad, rel=1e-14)


def test_the_first_expression_of_the_notes():
    """Chapter 04: d -2, f 4, c and e -2, a 6, b -4."""
    a, b, c, f = Value(2.0), Value(-3.0), Value(10.0), Value(-2.0)
    e = a * b
    d = e + c
    L = d * f  # noqa: N806
    L.backward()

    assert L.data == -8.0
    assert [v.grad for v in (L, d, f, c, e, a, b)] == [1.0, -2.0, 4.0, -2.0, -2.0, 6.0, -4.0]


# Edge values.


def slope(f, x):
    """Our derivative of `f` at `x`."""
    v = Value(x)
    f(v).backward()
    return v.grad


@pytest.mark.parametrize(("x", "y"), [(1000.0, 1.0), (-1000.0, -1.0), (math.inf, 1.0)])
def test_tanh_saturates_without_overflow(x, y):
    """The notes' formula with exp(2x) overflows from 355 on."""
    assert Value(x).tanh().data == y
    assert slope(Value.tanh, x) == 0.0


@pytest.mark.parametrize(("x", "y"), [(1000.0, 1.0), (-1000.0, 0.0), (-math.inf, 0.0)])
def test_sigmoid_saturates_without_overflow(x, y):
    """1 / (1 + exp(1000)) must not raise."""
    assert Value(x).sigmoid().data == y
    assert slope(Value.sigmoid, x) == 0.0


def test_sigmoid_keeps_its_digits_far_below_zero():
    """sigmoid(-40) is exp(-40) to 17 digits, and so is its slope."""
    assert Value(-40.0).sigmoid().data == pytest.approx(math.exp(-40.0), rel=1e-15)
    assert slope(Value.sigmoid, -40.0) == pytest.approx(math.exp(-40.0), rel=1e-15)


@pytest.mark.parametrize(
    ("operation", "slopes"),
    [
        (lambda a, b: a.maximum(b), {"<": (0.0, 1.0), "=": (0.5, 0.5), ">": (1.0, 0.0)}),
        (lambda a, b: a.minimum(b), {"<": (1.0, 0.0), "=": (0.5, 0.5), ">": (0.0, 1.0)}),
    ],
)
@pytest.mark.parametrize(
    ("x", "y", "order"),
    [(1.0, 2.0, "<"), (2.0, 2.0, "="), (0.0, -0.0, "="), (3.0, 2.0, ">"), (math.inf, 2.0, ">")],
)
def test_of_two_the_chosen_one_has_the_slope_and_equals_share_it(operation, slopes, x, y, order):
    """Half each where both are equal, as in PyTorch: so both move, and neither counts twice."""
    a, b = Value(x), Value(y)
    result = operation(a, b)
    result.backward()

    assert result.data in (x, y)
    assert (result.data == x) == (slopes[order][0] > 0.0)
    assert (a.grad, b.grad) == slopes[order]
    assert result._op in ("maximum", "minimum")


@pytest.mark.parametrize("operation", [Value.maximum, Value.minimum])
@pytest.mark.parametrize(("x", "y"), [(math.nan, 1.0), (1.0, math.nan), (math.nan, math.nan)])
def test_a_nan_wins_on_either_side(operation, x, y):
    """A comparison must not turn NaN into a number."""
    result = operation(Value(x), Value(y))

    assert math.isnan(result.data)
    assert result._local == (1.0, 1.0)


def test_of_two_zeros_the_first_is_chosen():
    """0.0 and -0.0 are equal, and only their signs tell them apart."""
    assert repr(Value(0.0).maximum(-0.0).data) == "0.0"
    assert repr(Value(-0.0).maximum(0.0).data) == "-0.0"
    assert repr(Value(0.0).minimum(-0.0).data) == "0.0"
    assert repr(Value(-0.0).minimum(0.0).data) == "-0.0"


def test_maximum_and_minimum_take_numbers():
    a = Value(2.0)

    assert (a.maximum(3).data, a.minimum(0.5).data) == (3.0, 0.5)


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_the_size_of_zero_is_flat(zero):
    """The middle of -1 and 1, as in PyTorch."""
    assert (repr(abs(Value(zero)).data), abs(Value(zero))._local) == ("0.0", (0.0,))


@pytest.mark.parametrize(("x", "y"), [(1000.0, 1000.0), (-1000.0, 0.0), (math.inf, math.inf)])
def test_softplus_saturates_without_overflow(x, y):
    assert Value(x).softplus().data == y


def test_softplus_keeps_its_digits_far_below_zero():
    """There it is exp(x)."""
    assert Value(-40.0).softplus().data == pytest.approx(math.exp(-40.0), rel=1e-15)


@pytest.mark.parametrize("zero", [0.0, -0.0])
def test_relu_is_flat_at_zero(zero):
    """The corner has no slope of its own; PyTorch takes 0, and so do we."""
    assert Value(zero).relu().data == 0.0
    assert slope(Value.relu, zero) == 0.0


def test_relu_keeps_a_nan():
    """A fault must not turn into a zero."""
    assert math.isnan(Value(math.nan).relu().data)


@pytest.mark.parametrize("exponent", [0, 0.0, Value(0.0)])
def test_x_to_the_zero_is_one_and_flat_even_at_zero(exponent):
    """0 * 0**-1 would divide by zero."""
    assert (Value(0.0) ** exponent).data == 1.0
    assert slope(lambda x: x**exponent, 0.0) == 0.0


def test_a_power_of_a_negative_whole_base():
    """(-2)**3 is -8 with slope 3 * (-2)**2 = 12; a whole exponent needs no complex number."""
    assert (Value(-2.0) ** 3).data == -8.0
    assert slope(lambda x: x**3, -2.0) == 12.0
    assert slope(lambda x: x**-1, -2.0) == -0.25


@pytest.mark.parametrize(
    ("operation", "error", "words"),
    [
        (lambda: Value(-8.0) ** 0.5, ValueError, ["(-8.0) ** 0.5", "negative base"]),
        (lambda: Value(-8.0) ** Value(1 / 3), ValueError, ["(-8.0) ** 0.333", "negative base"]),
        (lambda: (-8.0) ** Value(0.5), ValueError, ["(-8.0) ** 0.5", "negative base"]),
        (lambda: Value(0.0).log(), ValueError, ["log(0.0)"]),
        (lambda: Value(-0.0).log(), ValueError, ["log(-0.0)"]),
        (lambda: Value(-2.0).log(), ValueError, ["log(-2.0)"]),
        (lambda: Value(-math.inf).log(), ValueError, ["log(-inf)"]),
        (lambda: Value(1.0) / Value(0.0), ZeroDivisionError, ["division by zero", "0.0"]),
        (lambda: Value(1.0) / 0, ZeroDivisionError, ["division by zero", "0.0"]),
        (lambda: 1 / Value(0.0), ZeroDivisionError, ["division by zero", "0.0"]),
        (lambda: Value(0.0) ** -2, ZeroDivisionError, ["division by zero", "0.0 ** -2.0"]),
        (lambda: 0 ** Value(-2.0), ZeroDivisionError, ["division by zero", "0.0 ** -2.0"]),
        (lambda: Value(710.0).exp(), OverflowError, ["exp(710.0)", "too large"]),
        (lambda: Value(10.0) ** 400, OverflowError, ["10.0 ** 400.0", "too large"]),
        (lambda: 10 ** Value(400.0), OverflowError, ["10.0 ** 400.0", "too large"]),
    ],
)
def test_what_has_no_result_raises_with_the_operation_and_the_value(operation, error, words):
    """Never a complex number, never a message without a number."""
    with pytest.raises(error) as raised:
        operation()

    for word in words:
        assert word in str(raised.value)


@pytest.mark.parametrize(
    ("f", "x", "expected"),
    [
        (lambda x: x**0.5, 0.0, math.inf),
        (lambda x: x ** Value(0.5), 0.0, math.inf),
        (lambda x: 1 / x, 1e-200, -math.inf),
        (lambda x: 1 / x, -1e-200, -math.inf),
        (lambda x: x**-2, 1e-110, -math.inf),
        (lambda x: x**-2, -1e-110, math.inf),
        (lambda x: x**-1.5, 1e-150, -math.inf),
        (lambda n: Value(-2.0) ** n, 2.0, math.nan),
        (lambda n: (-2.0) ** n, 2.0, math.nan),
        (lambda n: 0 ** n, 2.0, 0.0),
        (lambda n: 0 ** n, 0.0, 0.0),
        (lambda x: x.log(), 5e-324, math.inf),
    ],
)  # fmt: skip
def test_a_derivative_without_end_is_inf_or_nan(f, x, expected):
    """The result exists, so nothing is raised: PyTorch gives the same."""
    assert slope(f, x) == pytest.approx(expected, nan_ok=True)


def test_an_infinite_derivative_times_zero_is_nan():
    """d(0 * x**0.5)/dx at 0: inf * 0 has no value, and PyTorch says nan too."""
    assert math.isnan(slope(lambda x: x**0.5 * 0, 0.0))


def test_infinities_of_both_signs_times_zero_are_nan():
    """They must not cancel each other out: d(0 * (inf*w - inf*v))/dw is 0 * inf."""
    w, v = Value(2.0), Value(3.0)
    (dot([math.inf, -math.inf], [w, v], 0.0).relu() * 0).backward()
    assert math.isnan(w.grad)
    assert math.isnan(v.grad)


def test_a_derivative_that_is_no_number_times_zero_is_nan():
    """d(0 * x**n)/dn has none for a negative x, and PyTorch says nan too."""
    assert math.isnan(slope(lambda n: Value(-2.0) ** n * 0, 2.0))


def test_a_value_without_a_gradient_is_passed_over(monkeypatch):
    """A relu that is cut off passes on 0, so what lies behind it has nothing to add."""
    handed_on = []
    rule = Value._backward
    monkeypatch.setattr(Value, "_backward", lambda node: handed_on.append(node) or rule(node))
    x = Value(2.0)
    behind = x * 3 + 1
    cut_off = (-behind).relu()
    loss = cut_off + x
    loss.backward()

    assert handed_on == [loss, cut_off]
    assert (x.grad, behind.grad) == (1.0, 0.0)


def test_multiplication_overflows_to_infinity_as_python_does():
    """Only exp, ** and division raise in Python's own floats."""
    assert (Value(1e200) * 1e200).data == math.inf


# A reader's own operation.


def test_value_node_makes_a_readers_own_operation():
    """The documented way in: a result, its operands, their local derivatives, a name."""

    def sine(x):
        return Value.node(math.sin(x.data), (x,), (math.cos(x.data),), "sin")

    assert sine(Value(0.3))._op == "sin"
    assert gradcheck(lambda a, b: sine(a * b) + sine(a) ** 2, 0.7, -1.1)


def test_value_node_keeps_what_it_is_given_as_tuples():
    """In order, whatever sequence it comes in."""
    a, b = Value(2.0), Value(3.0)
    node = Value.node(6.0, [a, b], [3.0, 2.0], "times")

    assert (node.data, node._prev, node._local, node._op) == (6.0, (a, b), (3.0, 2.0), "times")
    assert (node.grad, node.label) == (0.0, "")


@pytest.mark.parametrize(
    ("operands", "locals_"),
    [((Value(1.0),), ()), ((Value(1.0),), (1.0, 2.0)), ((), (1.0,))],
)
def test_value_node_refuses_unequal_lengths(operands, locals_):
    """zip would drop a gradient in silence.  The message names the operation and both counts."""
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the whole message is compared)
        Value.node(1.0, operands, locals_, "mine")

    counts = f"{len(locals_)} for {len(operands)}"
    assert str(error.value) == f"'mine' needs one local derivative for each operand, got {counts}"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((1.0, (2.0,), (1.0,), "mine"), "operands are values, got (2.0,) for 'mine'"),
        (
            (1.0, (Value(1.0),), ("1",), "mine"),
            "local derivatives are numbers, got ('1',) for 'mine'",
        ),
        (
            (1.0, (Value(1.0),), (None,), "mine"),
            "local derivatives are numbers, got (None,) for 'mine'",
        ),
        (("1", (Value(1.0),), (1.0,), "mine"), "a Value holds one real number, got str: '1'"),
        (
            (1.0, (Value(1.0),), (1.0,), None),
            "the name of an operation is text, got None",
        ),
        (
            (1.0, Value(1.0), (1.0,), "mine"),
            "'mine' needs its operands as a tuple, got Value(data=1.0)",
        ),
        (
            (1.0, (Value(1.0),), 1.0, "mine"),
            "'mine' needs its local derivatives as a tuple, got 1.0",
        ),
    ],
)
def test_value_node_refuses_what_would_fail_in_the_backward_pass(arguments, words):
    """There, nobody would know which operation made it."""
    with pytest.raises(TypeError) as error:
        Value.node(*arguments)

    assert str(error.value) == words


def test_value_node_needs_no_value_and_takes_none():
    """Asked of a value it does the same: the value is no operand."""
    a = Value(2.0)

    assert a.node(6.0, (a,), (3.0,), "triple")._prev == (a,)


def test_value_node_makes_floats_of_its_numbers():
    """An int among the local derivatives would make a gradient an int."""
    node = Value.node(2, (Value(1.0),), (3,), "mine")

    assert [type(node.data), type(node._local[0])] == [float, float]


@pytest.mark.parametrize(
    "operation", [lambda a: a + a, lambda a: a * a, lambda a: dot([a], [a], a)]
)
def test_a_number_that_was_written_into_data_is_computed_with_as_a_float(operation):
    """`w.data = 2` is written as often as `w.data = 2.0`."""
    a = Value(1.0)
    a.data = 2

    assert type(operation(a).data) is float


@pytest.mark.parametrize("operation", [lambda a: a + a, lambda a: a.relu()])
def test_what_is_no_number_in_data_is_refused_by_the_next_operation(operation):
    """+ would join two texts, and say nothing."""
    a = Value(1.0)
    a.data = "2" if operation(Value(1.0))._op == "+" else math.pi * 1j

    with pytest.raises(TypeError):
        operation(a)


# What a value is to the rest of Python.


@pytest.mark.parametrize("take", [copy.copy, copy.deepcopy, pickle.dumps])
@pytest.mark.parametrize("operation", [lambda a: a * a, Value.tanh])
def test_a_computed_value_refuses_to_be_copied(take, operation):
    """A copy of the result alone would pass its gradient on to the old leaves, or to none."""
    with pytest.raises(TypeError, match=r"was computed by .* and can't be copied or pickled: copy"):
        take(operation(Value(3.0)))


def test_a_list_with_a_computed_value_refuses_to_be_copied():
    """Also where its leaves would come along."""
    a = Value(3.0)
    with pytest.raises(TypeError, match="was computed by"):
        copy.deepcopy([a, a * a])


@pytest.mark.parametrize(
    "take", [copy.copy, copy.deepcopy, lambda a: pickle.loads(pickle.dumps(a))]
)
def test_a_leaf_can_be_copied(take):
    """A trained network is kept by keeping its parameters."""
    a = Value(3.0, label="a")
    a.grad = 0.5
    b = take(a)
    (b * b).backward()

    assert (b.data, b.grad, b.label) == (3.0, 6.5, "a")
    assert a.grad == 0.5


def test_a_value_is_neither_true_nor_false():
    """`if loss:` would be true at 0 too."""
    for value in (Value(0.0), Value(1.0)):
        with pytest.raises(TypeError, match="is neither true nor false"):
            bool(value)


# dot.


def unfused(weights, inputs, bias):
    """The same sum as nodes of + and *: the bias first, the products added left to right."""
    total = bias
    for w, x in zip(weights, inputs):
        total = total + w * x
    return total


def test_dot_is_one_node():
    """Its operands are the weights, the inputs and the bias."""
    w, x, b = [Value(1.0), Value(2.0)], [Value(3.0), Value(4.0)], Value(0.5)
    out = dot(w, x, b)

    assert out.data == 11.5
    assert out._prev == (*w, *x, b)
    assert out._op == "dot"


def test_dot_hands_each_operand_its_partner():
    """By hand: dw = x, dx = w, db = 1."""
    w, x, b = [Value(1.0), Value(2.0)], [Value(3.0), Value(4.0)], Value(0.5)
    dot(w, x, b).backward()

    assert [v.grad for v in (*w, *x, b)] == [3.0, 4.0, 1.0, 2.0, 1.0]


def test_dot_has_the_measured_gradients():
    """Weights, inputs and bias alike."""
    assert gradcheck(lambda w1, w2, x1, x2, b: dot([w1, w2], [x1, x2], b).tanh(), -3, 1, 2, 0.3, 6)


@pytest.mark.parametrize("seed", range(20))
def test_dot_equals_the_unfused_sum_bit_for_bit(seed):
    """Data and gradients: fusing may not change a digit of a training run."""
    rng = random.Random(seed)
    n = rng.randrange(1, 30)
    numbers = [rng.uniform(-1, 1) * 10 ** rng.randrange(-8, 9) for _ in range(2 * n + 1)]
    outcomes = []
    for form in (dot, unfused):
        leaves = [Value(number) for number in numbers]
        w, x, b = leaves[:n], leaves[n:-1], leaves[-1]
        out = form(w, x, b)
        (out * out).backward()
        outcomes.append((out.data, out.grad, [leaf.grad for leaf in leaves]))

    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize(
    ("weights", "bias", "plain"),
    [
        ([0.1] * 10, 0.0, 0.9999999999999999),
        ([1e100, 1.0, -1e100], 0.0, 0.0),
        ([1e16, -1e16], 1.0, 0.0),  # the bias first: last, it would survive
    ],
)
def test_dot_adds_plainly_from_left_to_right(weights, bias, plain):
    """Python's built-in sum keeps the lost digits from 3.12 on, and would give 1.0 each time."""
    ones = [1.0] * len(weights)

    assert dot(weights, ones, bias).data == plain
    assert unfused([Value(w) for w in weights], ones, Value(bias)).data == plain


@pytest.mark.parametrize(("n_weights", "n_inputs"), [(3, 2), (2, 3), (0, 1)])
def test_dot_refuses_unequal_lengths_and_names_both(n_weights, n_inputs):
    """zip would drop the rest in silence."""
    counts = f"{n_weights} weights, {n_inputs} inputs"
    with pytest.raises(ValueError, match=f"^dot pairs weights with inputs, got {counts}$"):
        dot([1.0] * n_weights, [1.0] * n_inputs, 0.0)


def test_dot_with_the_same_value_twice_gives_it_both_gradients():
    """w*3 + w*4 has slope 7 in w; w*w has slope 2w."""
    w = Value(2.0)
    dot([w, w], [3.0, 4.0], 0.0).backward()
    square = Value(5.0)
    dot([square], [square], 0.0).backward()
    b = Value(5.0)
    dot([b], [3.0], b).backward()

    assert (w.grad, square.grad, b.grad) == (7.0, 10.0, 4.0)


def test_dot_takes_plain_numbers_and_iterators():
    """Numbers become leaves."""
    out = dot(iter([1, 2.0]), (number for number in [3, Value(4.0)]), 1)

    assert out.data == 12.0
    assert all(isinstance(v, Value) for v in out._prev)


@pytest.mark.parametrize(
    ("weights", "inputs"),
    [([2.0], [Value(3.0)]), ([Value(2.0)], [3.0]), ([Value(1.0), 2.0], [Value(1.0), Value(2.5)])],
)
def test_dot_takes_numbers_on_either_side_alone(weights, inputs):
    """A number beside a value, wherever it comes."""
    assert dot(weights, inputs, 0.0).data == 6.0


def test_dot_of_nothing_is_the_bias():
    """An empty sum adds nothing."""
    b = Value(3.0)
    out = dot([], [], b)
    out.backward()

    assert (out.data, b.grad) == (3.0, 1.0)


def test_dot_refuses_what_is_not_a_number():
    """With the words of Value."""
    with pytest.raises(TypeError, match="a Value holds one real number, got str"):
        dot([1.0], ["x"], 0.0)


# The backward pass.


def test_a_value_used_twice_gets_both_gradients():
    """The notes' bug: = in place of += kept only the last path."""
    a = Value(3.0)
    (a + a).backward()

    assert a.grad == 2.0


def test_gradients_are_added_in_the_order_of_the_operands():
    """0.1 + 0.2 + 0.3 is 0.6000000000000001, and 0.6 from the right: every digit repeats."""
    a = Value(1.0)
    Value.node(0.6, (a, a, a), (0.1, 0.2, 0.3), "thrice").backward()

    assert a.grad == 0.1 + 0.2 + 0.3


def test_paths_through_several_nodes_add_up():
    """The notes' second case: f = (a*b) * (a+b) at (-2, 3) has gradients -3 and -8."""
    a, b = Value(-2.0), Value(3.0)
    d, e = a * b, a + b
    (d * e).backward()

    assert [v.grad for v in (a, b, d, e)] == [-3.0, -8.0, 1.0, -6.0]


@pytest.mark.parametrize(
    "build",
    [
        lambda a, b: (a * b) + b,
        lambda a, b: b + (a * b),
        lambda a, b: (b * a) + b,
        lambda a, b: b + (b * a),
    ],
)
def test_a_gradient_is_handed_on_only_when_it_is_complete(build):
    """Chapter 08: b = a + a and d = c + b with c = a * b.  By hand 4a + 2, which is 10 at 2."""
    a = Value(2.0)
    b = a + a
    build(a, b).backward()

    assert (a.grad, b.grad) == (10.0, 3.0)


@pytest.mark.parametrize(("x", "expected"), [(1.0, 4.0), (2.0, 32.0)])
def test_the_fourth_power_as_a_chain_of_products(x, expected):
    """The author's example that misleads: 4a**3."""
    a = Value(x)
    b = a * a
    c = b * a
    (c * a).backward()

    assert a.grad == expected


def test_a_ladder_of_shared_nodes_is_walked_once():
    """2**200 paths, 200 nodes: each node may be visited once only."""
    a = Value(1.0)
    n = a
    for _ in range(200):
        n = n + n
    n.backward()

    assert a.grad == 2.0**200


def test_a_second_backward_doubles_the_leaves():
    """27, then 54 as in PyTorch with a kept graph.  micrograd says 72."""
    a = Value(3.0)
    cube = a * a * a
    cube.backward()
    assert a.grad == 27.0

    cube.backward()
    assert a.grad == 54.0
    assert cube.grad == 1.0


def test_two_losses_that_share_a_node_add_up():
    """h = 2a, losses 5h and 7h: 2 * (5 + 7) = 24.  micrograd says 34."""
    a = Value(3.0)
    h = 2 * a
    first, second = 5 * h, 7 * h
    first.backward()
    assert (a.grad, h.grad) == (10.0, 5.0)

    second.backward()
    assert (a.grad, h.grad) == (24.0, 7.0)


def test_a_loss_that_became_part_of_another_starts_anew():
    """The 1 of its own backward pass must not stay in the next."""
    a = Value(3.0)
    first = a * a
    first.backward()
    (first * 10).backward()

    assert first.grad == 10.0
    assert a.grad == 6.0 + 60.0


def test_backward_on_an_inner_value_leaves_the_rest_alone():
    """Values that it was not made from keep their gradients."""
    a, b = Value(2.0), Value(3.0)
    inner = a * 5
    outer = inner * b
    outer.backward()
    inner.backward()

    assert (a.grad, b.grad, outer.grad) == (15.0 + 5.0, 10.0, 1.0)


def test_backward_on_a_leaf_adds_one_each_time():
    """d(a)/d(a) is 1, and leaves accumulate: as PyTorch."""
    a = Value(3.0)
    a.backward()
    assert a.grad == 1.0

    a.backward()
    assert a.grad == 2.0


def test_a_gradient_set_to_zero_starts_anew():
    """What `zero_grad` relies on."""
    a = Value(3.0)
    square = a * a
    square.backward()
    a.grad = 0.0
    square.backward()

    assert a.grad == 6.0


def test_backward_by_hand_step_by_step():
    """The notes call `_backward()` node by node; on a leaf it does nothing."""
    x1, x2, w1, w2, b = map(Value, (2.0, 0.0, -3.0, 1.0, 6.8813735870195432))
    x1w1, x2w2 = x1 * w1, x2 * w2
    x1w1x2w2 = x1w1 + x2w2
    n = x1w1x2w2 + b
    o = n.tanh()
    o.grad = 1.0
    for node in (o, n, b, x1w1x2w2, x2w2, x1w1):
        node._backward()

    grads = [v.grad for v in (n, b, x1, w1, x2, w2)]
    assert grads == pytest.approx([0.5, 0.5, -1.5, 1.0, 0.5, 0.0])


def test_data_changed_after_the_forward_pass_does_not_change_its_gradients():
    """The local derivatives were taken at that moment."""
    a, b, w = Value(2.0), Value(-3.0), Value(0.5)
    out = (a * b + b**2 + dot([w], [a], b)).tanh() * a.exp() / b
    out.backward()
    before = [v.grad for v in (a, b, w)]

    for node in topological_order(out):
        node.data, node.grad = 1e6, 0.0
    out.backward()

    assert [v.grad for v in (a, b, w)] == before


def test_the_order_is_operands_first_from_left_to_right():
    """Each node once, after all that it was made from."""
    a, b = Value(2.0), Value(3.0)
    c = a * b
    d = c + a
    e = b + d

    assert topological_order(d) == [a, b, c, d]
    assert topological_order(e) == [b, a, c, d, e]


def test_without_leaves_the_order_is_the_same_for_the_rest():
    """What a backward pass goes through: a leaf has nothing to pass on."""
    a, b = Value(2.0), Value(3.0)
    c = a * b
    d = (b + (c + a) * c).tanh()

    results = [node for node in topological_order(d) if node._prev]
    assert topological_order(d, leaves=False) == results
    assert topological_order(a, leaves=False) == []


@pytest.mark.parametrize("length", [100_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_a_chain_of_any_length_at_the_default_recursion_limit(length):
    """No recursion anywhere, also when the chain is freed.  By hand: 1 + length."""
    assert sys.getrecursionlimit() <= 3000
    a = Value(1.0)
    n = a
    for _ in range(length):
        n = n + a
    n.backward()

    assert n.data == a.grad == 1.0 + length
    del n


SAME_BITS = """
import random, sys
junk = [object() for _ in range(int(sys.argv[1]))]  # other addresses
from mygrad.engine import Value, dot
rng = random.Random(1)
pool = leaves = [Value(rng.uniform(-1, 1)) for _ in range(20)]
for _ in range(300):
    a, b, c = rng.choice(pool), rng.choice(pool), rng.choice(pool)
    pool = [*pool, (a * b + c * 0.3).tanh(), dot([a, b], [c, a], b).sigmoid()]
total = sum(pool)
total.backward()
print(total.data.hex(), [leaf.grad.hex() for leaf in leaves])
"""


def test_every_process_gives_the_same_bits():
    """micrograd's sets order by address: the same seed gives other losses in another process."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SAME_BITS, str(n_junk)],
            env={
                **os.environ,
                "PYTHONHASHSEED": hash_seed,
                "PYTHONPATH": os.pathsep.join(sys.path),
            },
            stdout=subprocess.PIPE,
            text=True,
        )
        for hash_seed, n_junk in [*((str(n), 137 * n) for n in range(9)), ("random", 12345)]
    ]
    printed = [run.communicate(timeout=60)[0] for run in runs]

    assert all(run.returncode == 0 for run in runs)
    assert printed[0].startswith(("0x", "-0x"))
    assert len(set(printed)) == 1


@pytest.fixture
def no_collector():
    """Reference counting alone: the cyclic garbage collector is off, and has nothing left over."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@needs_reference_counting
@pytest.mark.usefixtures("no_collector")
def test_a_graph_dies_with_its_last_name():
    """No reference cycles: in micrograd they cost most of a training step."""
    a, b = Value(2.0), Value(3.0)
    c = ((a * b + b) ** 2 / a - 1).tanh() + dot([a, b], [1.0, 2.0], a).relu() + (a**b).sigmoid()
    out = sum([c, c.exp(), (a * a).log(), 2**b, 1 / b])
    out.backward()
    inner, root = weakref.ref(c), weakref.ref(out)
    del c
    assert inner() is not None  # the graph still holds it

    del out
    assert inner() is None
    assert root() is None
    assert gc.collect() == 0


@needs_reference_counting
@pytest.mark.usefixtures("no_collector")
def test_a_deep_graph_dies_with_its_last_name():
    """Freeing a long chain needs no collector and no recursion."""
    n = a = Value(1.0)
    n = n + a
    first = weakref.ref(n)
    for _ in range(100_000):
        n = n + a
    n.backward()
    del n

    assert first() is None
    assert gc.collect() == 0


def test_random_graphs_have_the_measured_gradients():
    """Sixty graphs that no one chose, each value reused at random."""
    for seed in range(60):

        def build(*inputs, seed=seed):
            rng = random.Random(seed)
            pool = list(inputs)
            for _ in range(12):
                a, b = rng.choice(pool), rng.choice(pool)
                pool.append(
                    rng.choice(
                        [
                            lambda a=a, b=b: a + b,
                            lambda a=a, b=b: (a - b).tanh(),
                            lambda a=a, b=b: (a * b).tanh(),
                            lambda a=a, b=b: a / (b * b + 1),
                            lambda a=a, b=b: (1 - a).sigmoid() ** 2,
                            lambda a=a, b=b: (a * a + 0.5).log() * 0.5,
                            lambda a=a, b=b: dot([a, b], [b, 0.5], a) * 0.25,
                            lambda a=a, b=b: 1.5 ** a.tanh(),
                        ]
                    )()
                )
            return sum(pool)

        check = gradcheck(build, 0.3, -0.8, 1.1)
        assert check, f"seed {seed}\n{check}"


def test_finite_differences_agree_with_pencil_and_paper():
    """So that the judge of this file was judged too: x**3 at 2 has slope 12."""
    assert numeric_grad(lambda x: x**3, 2.0) == pytest.approx([12.0], rel=1e-9)


def test_a_misspelt_attribute_is_an_error():
    """`a.gard = 0.0` would zero nothing, without a word."""
    with pytest.raises(AttributeError):
        Value(1.0).gard = 1.0
