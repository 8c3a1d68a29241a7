"""The laws of the judge: it measures well, and it rejects what is wrong."""

import dataclasses
import math

import pytest

from mygrad.engine import Value
from mygrad.gradcheck import STEP, GradCheck, gradcheck, numeric_grad


def off_by(error):
    """A product whose first local derivative is wrong by `error`."""

    def wrong(a, b):
        return Value.node(a.data * b.data, (a, b), (b.data + error, a.data), "wrong")

    return wrong


# numeric_grad.


@pytest.mark.parametrize(
    ("f", "x", "expected"),
    [
        (lambda x: 3 * x**2 - 4 * x + 5, 3.0, 14.0),
        (lambda x: x**3, -2.0, 12.0),
        (lambda x: x.exp(), 0.0, 1.0),
        (lambda x: x.log(), 4.0, 0.25),
        (lambda x: x.tanh(), 0.0, 1.0),
        (lambda x: 1 / x, 2.0, -0.25),
        (lambda x: x**2, 1e6, 2e6),
        (lambda x: x**2, -1e6, -2e6),
        (lambda x: 5 * x, 0.0, 5.0),
    ],
)
def test_numeric_grad_measures_the_slope_to_nine_digits(f, x, expected):
    """Slopes known by hand."""
    assert numeric_grad(f, x) == pytest.approx([expected], rel=1e-9, abs=1e-9)


def test_numeric_grad_gives_one_slope_per_input():
    """By hand: d(a*b + c) is b, a, 1."""
    assert numeric_grad(lambda a, b, c: a * b + c, 2, -3.0, 10) == pytest.approx([-3.0, 2.0, 1.0])


def test_numeric_grad_takes_functions_that_return_a_plain_number():
    """It looks at results only."""
    assert numeric_grad(lambda x: math.sin(x.data), 0.3) == pytest.approx([math.cos(0.3)])
    assert numeric_grad(lambda x: 7, 0.3) == [0.0]


def test_numeric_grad_never_calls_backward(monkeypatch):
    """An independent judge does not ask the accused."""
    monkeypatch.delattr(Value, "backward")
    monkeypatch.delattr(Value, "_backward")

    assert numeric_grad(lambda a: a.tanh() * a, 0.5) == pytest.approx(
        [math.tanh(0.5) + 0.5 * (1 - math.tanh(0.5) ** 2)]
    )


def test_numeric_grad_does_not_look_at_local_derivatives():
    """A wrong one does not change what it measures."""
    assert numeric_grad(off_by(100.0), 2.0, 3.0) == pytest.approx([3.0, 2.0])


def test_the_step_is_the_best_of_its_neighbours():
    """epsilon**(1/3): a hundred times more or less errs more, here on exp at ten points."""

    def error(h):
        points = [0.1 * i for i in range(10)]
        return max(abs(numeric_grad(Value.exp, x, h=h)[0] - math.exp(x)) for x in points)

    assert error(STEP) < error(100 * STEP)
    assert error(STEP) < error(STEP / 100)
    assert error(STEP) < 1e-9


def test_the_run_is_the_one_really_taken():
    """1.0 + 1e-15 is rounded to another number; the slope of x is 1 all the same."""
    assert numeric_grad(lambda x: x, 1.0, h=1e-15) == [1.0]


def test_the_step_may_be_chosen():
    """The central difference of x**3 errs by exactly h**2: 12 + 0.01."""
    assert numeric_grad(lambda x: x**3, 2.0, h=0.05) == pytest.approx([12.0 + 0.1**2])


@pytest.mark.parametrize("h", [0.0, 1e-30])
def test_a_step_that_changes_nothing_is_refused(h):
    """It would divide zero by zero."""
    with pytest.raises(ValueError, match=f"^the step h = {h} is too small to change 1.0$"):
        numeric_grad(lambda x: x, 1.0, h=h)


@pytest.mark.parametrize(
    ("x", "places"), [(0.5, {0.25, 0.75}), (-1.0, {-1.25, -0.75}), (4.0, {3.0, 5.0})]
)
def test_the_step_grows_with_inputs_above_one(x, places):
    """h = 1/4 is the step up to 1, and a quarter of the input from there on."""
    asked = set()

    def f(value):
        asked.add(value.data)
        return value

    numeric_grad(f, x, h=0.25)

    assert asked == places


# gradcheck agrees with what is right.


@pytest.mark.parametrize("x", [-1e6, -3.0, -1e-3, 0.0, 1e-6, 0.5, 40.0, 1e9])
def test_right_gradients_agree_at_any_size_of_input(x):
    """The step and the tolerance go with the size."""
    assert gradcheck(lambda a: a * a * 0.5 + 3 * a, x)
    assert gradcheck(lambda a: a.tanh() + a, x)


@pytest.mark.parametrize("x", [-700.0, -20.0, 20.0, 300.0, 700.0])
def test_right_gradients_agree_at_any_size_of_result(x):
    """exp covers six hundred powers of ten."""
    assert gradcheck(lambda a: a.exp(), x)


def test_an_input_without_influence_has_gradient_zero_on_both_sides():
    """Unused, and used in vain."""
    check = gradcheck(lambda a, b, c: a * a + 0 * c, 3.0, 4.0, 5.0)

    assert check
    assert check.ours == (6.0, 0.0, 0.0)


def test_a_function_may_return_its_input():
    """A leaf's gradient is 1."""
    check = gradcheck(lambda a, b: a, 3.0, 4.0)

    assert check
    assert check.ours == (1.0, 0.0)


@pytest.mark.parametrize("constant", [7, Value(7.0)])
def test_a_constant_has_gradient_zero(constant):
    """A number or a value that no input made."""
    check = gradcheck(lambda a: constant, 3.0)

    assert check
    assert check.ours == (0.0,)


def test_a_check_leaves_the_result_s_gradient_alone():
    """The function may return a value that was there before."""
    w = Value(0.5)
    w.grad = 123.0
    gradcheck(lambda x: w, 3.0)

    assert w.grad == 123.0


def test_a_right_gradient_agrees_beneath_a_large_sum():
    """100,000,000 + x keeps seven digits of x: rounding is no fault of the engine."""
    assert gradcheck(lambda x: x + 1e8, 0.3)


def test_a_check_leaves_the_gradients_of_other_values_alone():
    """A network's weights inside `f` keep what they had."""
    w = Value(0.5)
    w.grad = 123.0
    shared = w * 2
    shared.grad = 7.0

    assert gradcheck(lambda x: (shared * x).tanh(), 0.3)
    assert (w.grad, shared.grad) == (123.0, 7.0)
    assert (w.data, shared.data) == (0.5, 1.0)


# gradcheck rejects what is wrong.


@pytest.mark.parametrize("error", [1.0, -1.0, 1e-2, 1e-4, -1e-4, math.inf, math.nan])
def test_a_wrong_local_derivative_is_rejected(error):
    """Down to one part in ten thousand; and only that input is blamed."""
    check = gradcheck(off_by(error), 1.0, 1.0)

    assert not check
    assert check.agrees == (False, True)


def test_a_small_gradient_that_is_wrong_is_rejected():
    """A saturated neuron's slope is 6e-8: 0 in its place is wrong, too."""
    assert gradcheck(lambda x: x.tanh(), 9.0)
    assert not gradcheck(lambda x: Value.node(math.tanh(x.data), (x,), (0.0,), "flat"), 9.0)


def test_a_lost_path_is_rejected():
    """What the notes' bug does: = in place of += keeps the last path only."""

    def lost(a):
        return Value.node(a.data + a.data, (a,), (1.0,), "+")

    assert gradcheck(lambda a: a + a, 3.0)
    assert not gradcheck(lost, 3.0)


def test_a_wrong_engine_is_rejected(monkeypatch):
    """The engine's own rule, with the sign reversed."""

    def reversed_sign(self):
        for child, local in zip(self._prev, self._local):
            child.grad -= local * self.grad

    monkeypatch.setattr(Value, "_backward", reversed_sign)

    assert not gradcheck(lambda a, b: a * b, 2.0, 3.0)


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (lambda x: x * math.nan, 1.0),
        (lambda x: x * math.inf, 1.0),
        (lambda x: x * 1e308 * 10, 1.0),
        (lambda x: x + math.inf, 1.0),
        (lambda x: x * x, math.nan),
        (lambda x: x, math.inf),
        (lambda x: Value.node(x.data, (x,), (math.nan,), "nan"), 1.0),
        (lambda x: Value.node(x.data, (x,), (math.inf,), "inf"), 1.0),
    ],
)
def test_infinity_and_nan_never_agree(f, x):
    """Nothing was measured, so nothing was confirmed."""
    assert not gradcheck(f, x)


def test_a_check_of_nothing_is_refused():
    """`all([])` is True, and would say that all is well."""
    with pytest.raises(
        ValueError, match=r"^nothing to check: give the numbers after the function$"
    ):
        gradcheck(lambda: Value(1.0))


@pytest.mark.parametrize("wrong", ["2.0", Value(2.0), [2.0]])
def test_inputs_are_numbers(wrong):
    """In the words of Value."""
    with pytest.raises(TypeError, match="a Value holds one real number"):
        gradcheck(lambda a: a * 2, wrong)


def test_a_function_returns_one_number():
    """A network with two outputs has no gradient, it has two."""
    with pytest.raises(TypeError, match="has to return one Value or number, and returned "):
        gradcheck(lambda a: [a, a], 2.0)


def test_what_the_function_raises_comes_through():
    """Measured across an edge where the function ends."""
    with pytest.raises(ValueError, match="log"):
        gradcheck(lambda a: a.log(), 1e-9)


def test_a_smaller_step_keeps_off_an_edge():
    """log at a millionth: the usual step would leave its domain."""
    assert gradcheck(lambda a: a.log(), 1e-6, h=1e-10)


# What it prints.


def test_the_table_has_one_row_per_input():
    """Four decimals, which no platform's tanh disturbs."""
    check = gradcheck(lambda a, b: (a * b + a).tanh(), 2.0, -1.3)

    assert str(check).splitlines() == [
        "input     ours  numeric  difference",
        "a      -0.2135  -0.2135      0.0000  ok",
        "b       1.4232   1.4232      0.0000  ok",
    ]  # 1 - tanh(-0.6)**2 = 0.71158, times b + 1 = -0.3 and a = 2
    assert repr(check) == str(check)


def test_the_table_marks_what_is_wrong():
    """A difference too small for four decimals is shown all the same."""
    assert str(gradcheck(off_by(1.0), 2.0, -3.0)).splitlines() == [
        "input     ours  numeric  difference",
        "a      -2.0000  -3.0000      1.0000  WRONG",
        "b       2.0000   2.0000      0.0000  ok",
    ]
    assert str(gradcheck(off_by(1e-5), 2.0, 0.25)).splitlines() == [
        "input    ours  numeric  difference",
        "a      0.2500   0.2500     1.0e-05  WRONG",
        "b      2.0000   2.0000      0.0000  ok",
    ]


def test_the_columns_line_up_however_long_the_numbers_are():
    """A heading is as wide as what stands below it."""
    check = GradCheck(("x", "weight"), (1e12, 1.0), (0.0, 1.0), (False, True))

    assert str(check).splitlines() == [
        "input                 ours  numeric          difference",
        "x       1000000000000.0000   0.0000  1000000000000.0000  WRONG",
        "weight              1.0000   1.0000              0.0000  ok",
    ]


def test_a_thousandth_is_shown_in_four_decimals():
    """From there down they would hide too much."""
    check = GradCheck(("a", "b"), (0.001, 0.00099), (0.0, 0.0), (False, False))

    assert [line.split()[3] for line in str(check).splitlines()[1:]] == ["0.0010", "9.9e-04"]


def test_the_table_never_prints_minus_zero():
    """The sign of a rounding error differs between platforms."""

    def f(a, b):
        return Value.node(-1e-12 * (a.data + b.data), (a, b), (-1e-12, -0.0), "tiny")

    check = gradcheck(f, 0.0, 0.0)

    assert max(check.numeric) < 0.0
    assert check
    assert "-0.0000" not in str(check)


def test_the_table_shows_nan_and_infinity():
    """As they are."""
    text = str(gradcheck(lambda a: a * math.inf, 1.0))

    assert text.splitlines()[1].split() == ["a", "inf", "nan", "nan", "WRONG"]


def test_inputs_are_named_as_the_function_names_them():
    """x1, x2, ... where it doesn't."""

    def named(weight, x, *rest, scale=2):
        return weight * x * scale

    assert gradcheck(named, 1.0, 2.0).names == ("weight", "x")
    assert gradcheck(named, 1.0, 2.0, 3.0).names == ("x1", "x2", "x3")
    assert gradcheck(lambda *x: sum(x), 1.0, 2.0).names == ("x1", "x2")
    assert gradcheck(lambda left, /, right: left * right, 1.0, 2.0).names == ("left", "right")


def test_a_function_that_hides_its_signature_gets_numbered_inputs():
    """As some built-in functions do."""

    class Hidden:
        __signature__ = "hidden"

        def __call__(self, a):
            return a * 2

    assert gradcheck(Hidden(), 1.0).names == ("x1",)


def test_a_function_without_a_signature_gets_numbered_inputs(monkeypatch):
    """Which of the built-in functions have none differs from version to version."""

    def signature(function):
        raise ValueError("no signature found for builtin")

    monkeypatch.setattr("inspect.signature", signature)

    assert gradcheck(lambda a, b: a * b, 1.0, 2.0).names == ("x1", "x2")


def test_an_answer_is_final():
    """Nobody makes a wrong gradient right by writing to the answer."""
    check = gradcheck(off_by(1.0), 2.0, -3.0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        check.agrees = (True, True)


@pytest.mark.parametrize(
    ("offset", "slope", "wrong"),
    [
        (1e8, 1.0, 1.5),
        (0.0, 1e-9, 9e-9),
        (0.0, 1e-9, -9e-9),
        (1.0, 0.0, 1.5e-9),
        (1.0, 1e-4, 1e-4 + 1.5e-9),
    ],
)
def test_neither_a_large_result_nor_a_small_slope_hides_a_wrong_gradient(offset, slope, wrong):
    """Each has a tolerance of its own, and the two are not added."""

    def f(x):
        return Value.node(offset + slope * x.data, (x,), (wrong,), "f")

    assert not gradcheck(f, 1.0)


def test_a_difference_as_large_as_the_tolerance_agrees():
    """At most 1e-9 of a result of 1, where the slope is 0."""
    assert gradcheck(lambda x: Value.node(1.0, (x,), (1e-9,), "f"), 1.0)


# Corners.


@pytest.mark.parametrize(
    ("f", "x", "verdict"),
    [
        (Value.relu, 0.0, "a corner: 0.0000 on the left, 1.0000 on the right"),
        (lambda x: -x.relu(), 0.0, "a corner: 0.0000 on the left, -1.0000 on the right"),
        (
            lambda x: 3 * (x - 2.0).relu() + x,
            2.0,
            "a corner: 1.0000 on the left, 4.0000 on the right",
        ),
        (lambda x: (x - 1e6).relu(), 1e6, "a corner: 0.0000 on the left, 1.0000 on the right"),
        (lambda x: x.relu() + 100 * x * x, 0.0, "a corner: "),
        (lambda x: 1e-3 * x.relu(), 0.0, "a corner: 0.0000 on the left, 0.0010 on the right"),
    ],
)
def test_at_a_corner_the_slopes_of_both_sides_are_shown(f, x, verdict):
    """There is no one slope to compare with: WRONG would accuse an engine that is right."""
    check = gradcheck(f, x)

    assert not check
    assert f"  {verdict}" in repr(check)
    assert "WRONG" not in repr(check)


def test_a_gradient_outside_both_slopes_is_wrong_at_a_corner_too():
    def wrong(x):
        return Value.node(max(0.0, x.data), (x,), (2.0,), "relu")

    assert repr(gradcheck(wrong, 0.0)).endswith("  WRONG")


@pytest.mark.parametrize("error", [1e-3, 0.5, -2.0])
@pytest.mark.parametrize("x", [0.3, 1.0, 30.0])
@pytest.mark.parametrize("bend", [0.0, 1.0, 1e3])
def test_a_wrong_gradient_is_no_corner_however_much_the_function_bends(error, x, bend):
    def wrong(x):
        y = x.data + bend * x.data**2
        return Value.node(y, (x,), (1.0 + 2.0 * bend * x.data + error * (1 + bend),), "wrong")

    assert repr(gradcheck(wrong, x)).endswith("  WRONG")


def test_a_corner_that_the_step_reaches_is_one():
    """The place is beside it, nearer than the finest step."""
    check = gradcheck(lambda x: x.relu(), 1e-8)

    assert "  a corner: 0.0132 on the left, 1.0000 on the right" in repr(check)


@pytest.mark.parametrize("x", [3e-6, -3e-6, 1e-7, -1e-7])
def test_beside_a_corner_a_finer_step_decides(x):
    assert gradcheck(Value.relu, x)
    assert gradcheck(lambda x: abs(x) * 1e3, x)


@pytest.mark.parametrize(
    ("f", "x"),
    [
        (lambda x: -x.log(), 0.001),
        (lambda x: 1 / x, 0.001),
        (lambda x: 1 / x, 2e-5),
        (lambda x: x**0.5, 1e-4),
        (lambda x: (1 - x).relu() ** 2, 1.0),
        (lambda x: x * abs(x), 0.0),
        (lambda x: x.relu() ** 2, 0.0),
    ],
)
def test_a_right_gradient_agrees_where_the_slope_changes_fast(f, x):
    """Small inputs, and slopes that bend sharply, such as that of the squared hinge."""
    check = gradcheck(f, x)

    assert check
    assert check.numeric == pytest.approx(check.ours, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize("error", [1e-4, -1e-3, 1.0])
@pytest.mark.parametrize("x", [0.001, 2e-5])
def test_a_wrong_gradient_is_none_where_the_slope_changes_fast(error, x):
    def wrong(x):
        return Value.node(1 / x.data, (x,), (-(1 + error) / x.data**2,), "wrong")

    assert repr(gradcheck(wrong, x)).endswith("  WRONG")


def test_an_error_a_step_aside_says_that_it_is_one():
    """The number in it is none that the reader has written."""
    with pytest.raises(ValueError, match="does not exist") as error:
        gradcheck(Value.log, 1e-6)

    assert error.value.__notes__ == [
        "the slope at 1e-06 is measured a step beside it, here at -5.055454452393343e-06; "
        "h= takes a smaller step"
    ]


def test_only_the_input_with_the_corner_is_named_one():
    rows = repr(gradcheck(lambda x, y: x.relu() + y * y, 0.0, 3.0)).split("\n")

    assert "a corner" in rows[1]
    assert rows[2].endswith("  ok")


# Interrupted.


def test_an_interrupted_check_leaves_no_trace(monkeypatch):
    """The gradients of a network, half computed, would spoil the training after it."""
    w = Value(5.0)
    (w * 7.0).backward()
    rule = Value._backward

    def interrupted(node):
        if node._op == "+":
            rule(node)
        else:
            raise KeyboardInterrupt

    monkeypatch.setattr(Value, "_backward", interrupted)
    with pytest.raises(KeyboardInterrupt):
        gradcheck(lambda x: x * 2.0 + w, 3.0)

    assert w.grad == 7.0


@pytest.mark.parametrize("judge", [gradcheck, numeric_grad])
@pytest.mark.parametrize("h", [0.0, -1e-6, math.nan, math.inf, 1e-300])
def test_a_step_that_measures_nothing_is_refused(judge, h):
    with pytest.raises(ValueError, match="step h"):
        judge(lambda x: x, 1.0, h=h)


def test_no_numbers_are_no_slopes():
    with pytest.raises(ValueError, match="nothing to check: give the numbers after the function"):
        numeric_grad(lambda x: x)
