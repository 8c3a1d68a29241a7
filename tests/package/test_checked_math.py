"""What may become a float, and powers at their edges."""

import math
import sys
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from mygrad.checked_math import as_float, exponent_slope, power, power_slope


@pytest.mark.parametrize(
    "number", [2, 2.0, Fraction(2), Decimal(2), np.float32(2), np.int8(2), np.float64(2)]
)
def test_one_real_number_becomes_a_plain_float(number):
    """A subclass such as np.float64 too: exactly `float` comes out."""
    assert as_float(number) == 2.0
    assert type(as_float(number)) is float


def test_a_bool_is_zero_or_one():
    """As in Python's own arithmetic, and NumPy's."""
    assert (as_float(True), as_float(False), as_float(np.True_)) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize(
    "other",
    ["2", b"2", bytearray(b"2"), None, [2.0], (2.0,), {2.0}, object(), 2j, np.complex64(2), float],
    ids=lambda x: type(x).__name__,
)
def test_anything_else_is_none(other):
    """`None`, so that each caller can say in its own words what it takes."""
    assert as_float(other) is None


@pytest.mark.parametrize("array", [np.array([1.0, 2.0]), np.array([]), np.ones((2, 2))])
def test_an_array_of_several_numbers_is_none(array):
    """It has `__float__`, and refuses to use it."""
    assert as_float(array) is None


@pytest.mark.parametrize("text", [np.str_("2"), np.bytes_(b"2")], ids=repr)
def test_text_is_none_even_where_it_has_a_float(text):
    """NumPy's text would turn itself into a number."""
    assert as_float(text) is None


def test_infinities_and_nan_are_floats():
    """They are results like others; only what has no result raises."""
    assert as_float(math.inf) == math.inf
    assert math.isnan(as_float(math.nan))


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (10**400, "this int of about 1e400 is too large for a float: floats end at 1.8e308"),
        (-(10**5000), "this int of about 1e5000 is too large for a float: floats end at 1.8e308"),
        (Fraction(10**400), "this Fraction is too large for a float: floats end at 1.8e308"),
    ],
    ids=["int", "negative int", "fraction"],
)
def test_a_number_too_large_for_a_float_raises_with_its_size(number, message):
    """Its digits would fill the screen, and from 4300 of them on Python refuses to print them."""
    with pytest.raises(OverflowError) as raised:
        as_float(number)

    assert str(raised.value) == message


@pytest.mark.parametrize("number", [Decimal("1e999"), -Decimal("1e400")])
def test_a_number_does_not_become_an_infinity_unseen(number):
    """Python's own float() makes one of a decimal that is too large."""
    with pytest.raises(OverflowError, match=r"^this Decimal is too large for a float: "):
        as_float(number)


def test_an_infinite_decimal_is_an_infinity():
    assert as_float(Decimal("-Infinity")) == -math.inf


def test_the_largest_float_is_not_too_large():
    assert as_float(int(sys.float_info.max)) == sys.float_info.max


@pytest.mark.parametrize(
    ("base", "exponent"),
    [(2.0, 3.0), (-2.0, 3.0), (2.0, -0.5), (0.0, 0.0), (0.0, 2.0), (-0.5, -3.0), (math.inf, -1.0)],
)
def test_a_power_is_pythons(base, exponent):
    """Where Python gives a float, so do we."""
    assert power(base, exponent) == base**exponent
    assert type(power(base, exponent)) is float


@pytest.mark.parametrize(
    ("base", "exponent", "error", "message"),
    [
        (0.0, -1.0, ZeroDivisionError, "division by zero: 0.0 ** -1.0"),
        (-0.0, -0.5, ZeroDivisionError, "division by zero: (-0.0) ** -0.5"),
        (10.0, 400.0, OverflowError, "10.0 ** 400.0 is too large for a float"),
        (5e-324, -1.0, OverflowError, "5e-324 ** -1.0 is too large for a float"),
        (-10.0, 401.0, OverflowError, "(-10.0) ** 401.0 is too large for a float"),
        (-8.0, 0.5, ValueError, "(-8.0) ** 0.5: a negative base takes whole exponents only"),
        (-8.0, -0.5, ValueError, "(-8.0) ** -0.5: a negative base takes whole exponents only"),
        (-math.inf, 0.5, ValueError, "(-inf) ** 0.5: a negative base takes whole exponents only"),
        (-math.inf, -1.5, ValueError, "(-inf) ** -1.5: a negative base takes whole exponents only"),
    ],
)
def test_a_power_without_a_result_raises_with_both_numbers(base, exponent, error, message):
    """A reader sees which power of a long expression it was, as Python would read it."""
    with pytest.raises(error) as raised:
        power(base, exponent)

    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("exponent", "result"),
    [(3.0, -math.inf), (2.0, math.inf), (-1.0, 0.0), (0.0, 1.0), (math.inf, math.inf)],
)
def test_an_infinite_negative_base_takes_whole_and_infinite_exponents(exponent, result):
    """As Python's own float does."""
    assert power(-math.inf, exponent) == result


def test_a_power_carries_a_nan():
    """It is no fraction of an exponent, and no base below zero."""
    assert math.isnan(power(-math.inf, math.nan))
    assert math.isnan(power(math.nan, 0.5))


@pytest.mark.parametrize("base", [0.5, 3.0, -2.0, 1e-3])
@pytest.mark.parametrize("exponent", [3.0, 2.0, 1.0, 0.0, -1.0, -2.0])
def test_the_slope_of_a_power_is_the_measured_one(base, exponent):
    """Rise over run, the run a millionth of the base."""
    h = abs(base) * 6e-6
    measured = (power(base + h, exponent) - power(base - h, exponent)) / (2 * h)

    assert power_slope(base, exponent) == pytest.approx(measured, rel=1e-8)


@pytest.mark.parametrize(
    ("base", "exponent", "slope"),
    [
        (0.0, 0.0, 0.0),
        (-3.0, 0.0, 0.0),
        (0.0, 1.0, 1.0),
        (0.0, 2.0, 0.0),
        (0.0, 0.5, math.inf),
        (-0.0, 0.5, math.inf),
        (1e-200, -1.0, -math.inf),
        (-1e-200, -1.0, -math.inf),
        (1e-110, -2.0, -math.inf),
        (-1e-110, -2.0, math.inf),
        (1e-200, -0.9, -math.inf),
        (1e300, 1.0, 1.0),
    ],
)
def test_the_slope_at_an_edge_follows_from_the_formula(base, exponent, slope):
    """n * x**(n-1): infinite where that power is, its sign that of the curve."""
    assert power_slope(base, exponent) == slope


def test_the_slope_by_the_exponent_is_nan_where_the_exponent_is():
    """As in PyTorch: a base of 0 hides nothing."""
    assert math.isnan(exponent_slope(0.0, math.nan))
    assert exponent_slope(0.0, 2.0) == 0.0
    assert math.isnan(exponent_slope(-2.0, 3.0))
    assert math.isnan(exponent_slope(math.nan, 3.0))
    assert exponent_slope(2.0, 3.0) == pytest.approx(8.0 * math.log(2.0), rel=1e-15)
