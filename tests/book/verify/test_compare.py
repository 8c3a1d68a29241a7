"""Two outputs are the same, or they are not."""

import pytest

from mygrad.book.run.execute import Outcome
from mygrad.book.verify.compare import Difference, Expected, compare, same_output


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("1\n", "1\n"),
        ("a\r\nb\r\n", "a\nb\n"),
        ("a", "a\n\n"),
        ("a  \nb", "a\nb"),
        ("0.7071067811865476", "0.7071067811865475"),  # one step of a float
        ("tanh: 0.46211715726000973 ok", "tanh: 0.46211715726000979 ok"),
        ("0.5, 0.7071067811865476", "0.5, 0.7071067811865475"),  # beside a short number
        ("1.5e-300", "1.5000000000000003e-300"),
        ("<V object at 0x7f00>", "<V object at 0x7fffdead>"),
        ("inf", "inf"),
    ],
)
def test_what_systems_differ_in_does_not_count(shown, printed):
    assert same_output(shown, printed)


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("1\n", "2\n"),
        ("1", "1\n1"),
        ("1\n1", "1"),
        ("0.7071", "0.7072"),
        ("0.7071067811865", "0.7071067811875"),  # 1e-12 and more
        ("1.0", "-1.0"),
        ("1.0", "1"),
        ("10000000000000000", "10000000000000001"),  # whole numbers are exact
        ("1e-05", "2e-05"),
        ("a = 1.0", "b = 1.0"),
        ("1.0 2.0", "1.0"),
        ("0.5000", "0.50"),
        ("0.0", "-0.0"),
        ("3.10", "3.1"),
        ("0.500000000000", "0.5"),  # twelve digits are none in full
        (" a", "a"),
        ("", "a"),
        ("inf", "nan"),
    ],
)
def test_any_other_difference_counts(shown, printed):
    assert not same_output(shown, printed)
    assert not same_output(printed, shown)


ZERO = ZeroDivisionError("division by zero")


@pytest.mark.parametrize(
    ("expected", "outcome"),
    [
        (Expected(None, None), Outcome("", None)),
        (Expected("1\n", None), Outcome("1\n", None)),
        (
            Expected("1\nZeroDivisionError: division by zero\n", "ZeroDivisionError"),
            Outcome("1", ZERO),
        ),
        (Expected(None, "ZeroDivisionError"), Outcome("", ZERO)),  # its words may stay unshown
    ],
)
def test_a_block_does_what_its_page_says(expected, outcome):
    assert compare(expected, outcome) is None


@pytest.mark.parametrize(
    ("expected", "outcome", "message", "line"),
    [
        (
            Expected(None, None),
            Outcome("1\n", None),
            "prints what the page does not show:\n1",
            None,
        ),
        (Expected("a\nb\n", None), Outcome("a\nc\n", None), "shows 'b', the block prints 'c'", 1),
        (Expected("a\n", None), Outcome("a\nb\n", None), "shows nothing, the block prints 'b'", 1),
        (Expected("a\n", None), Outcome("", None), "shows 'a', the block prints nothing", 0),
        (Expected("1\n", None), Outcome("", ZERO), "this block raises ZeroDivisionError", None),
        (Expected(None, "KeyError"), Outcome("", ZERO), "Error, and should raise KeyError", None),
        (Expected(None, "KeyError"), Outcome("", None), "raise KeyError, and raises nothing", None),
        (Expected(None, "KeyError"), Outcome("1", KeyError()), "prints what the page does", None),
    ],
)
def test_the_first_difference_is_told(expected, outcome, message, line):
    found = compare(expected, outcome)

    assert isinstance(found, Difference)
    assert message in found.message
    assert found.line == line
