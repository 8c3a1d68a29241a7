"""What is made of the measurements, on measurements made up here."""

import math

import pytest
from agreement import check_agreement
from promises import Promise, faster
from report import START, duration, inserted, memory, ratio, times, times_as_long


def rounds(*seconds):
    return [{"seconds": number} for number in seconds]


RESULTS = {
    "measured": {
        "W1": {
            "mygrad": rounds(0.02, 0.9, 0.01),
            "micrograd": rounds(1.0, 3.0, 0.5),
            "PyTorch vectorised": rounds(0.001, 0.001, 0.001),
        },
        "W2": {"mygrad": rounds(0.004), "micrograd": rounds(0.008)},
        "a**2": {"mygrad": rounds(1.2e-6), "as microgpt": rounds(0.96e-6)},
        "W3 memory": {"mygrad": [{"bytes": 160.0}]},
        "W5": {
            "mygrad": [{"runs": 1000, "bytes": 0, "found": 0}],
            "PyTorch scalars": [{"runs": 700, "bytes": 3 * 2**19, "found": 12_345}],
        },
    }
}


def test_a_ratio_is_that_of_the_medians():
    """One slow round of three, as 0.9 here, changes nothing."""
    assert ratio(RESULTS, "W1", "micrograd") == 50.0


def test_the_table_of_times_has_a_dash_for_what_was_not_measured():
    """And no column for an engine that no row has.  In small: the ratios of single rounds."""
    header, _, first, second = times(RESULTS).splitlines()

    assert header == "| what is measured | mygrad | micrograd | PyTorch vectorised |"
    assert first == (
        "| one step of the moons demo | 20.0 ms | × 50<br><small>3.3–50</small> "
        "| × 0.050<br><small>0.0011–0.10</small> |"
    )
    assert second == "| 20 steps on the notes' four points | 4.00 ms | × 2.0 | – |"


def test_operations_with_a_number_have_a_table_of_their_own():
    rows = times(RESULTS, ["a**2"]).splitlines()

    assert rows[0] == "| what is measured | mygrad | as microgpt |"
    assert rows[2:] == ["| `a**2` | 1.20 µs | × 0.80 |"]


def test_the_table_of_memory_keeps_engines_whose_graphs_were_not_weighed():
    assert memory(RESULTS).splitlines()[2:] == [
        "| mygrad | 160 | 1,000 | 0.0 MB | 0 |",
        "| PyTorch scalars | – | 700 | 1.5 MB | 12,345 |",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1.5, "1.50 s"),
        (0.0123, "12.3 ms"),
        (0.99999, "1.00 s"),
        (2e-6, "2.00 µs"),
        (1e-7, "100 ns"),
    ],
)
def test_a_duration_has_three_digits(seconds, text):
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("number", "text"), [(1234.0, "× 1,234"), (9.96, "× 10"), (9.94, "× 9.9"), (0.026, "× 0.026")]
)
def test_a_ratio_has_two_digits_or_is_whole(number, text):
    assert times_as_long(number) == text


def test_tables_take_the_place_of_those_before():
    page = inserted(
        "# Speed\n\n<!-- measured by tests/bench/engines.py -->\n\nold\n\n"
        "<!-- end of what was measured -->\n\nwords\n",
        "new",
    )

    assert page.startswith(f"# Speed\n\n{START}\n\nnew\n\n<!-- end")
    assert page.endswith("-->\n\nwords\n")
    assert inserted(page, "new") == page


def test_a_page_without_markers_is_an_error():
    with pytest.raises(ValueError, match="the page needs a line"):
        inserted("# Speed\n", "new")


def test_engines_agree_up_to_a_billionth():
    check_agreement("W1", {"mygrad": [2.0, -3.0], "micrograd": [2.0 + 1e-9, -3.0]})


def test_a_gradient_that_cancels_out_may_differ_by_its_rounding():
    check_agreement("W1", {"mygrad": [100.0, 1e-17], "micrograd": [100.0, 0.0]})


@pytest.mark.parametrize("numbers", [[2.0, 3.0], [2.0], [2.0, math.nan], [2.0 + 1e-8, -3.0]])
def test_an_engine_with_another_result_is_refused(numbers):
    """A wrong sign, a gradient left out, a NaN, a digit: by each an engine could be faster."""
    with pytest.raises(ValueError, match=r"W1: .* micrograd"):
        check_agreement("W1", {"mygrad": [2.0, -3.0], "micrograd": numbers})


@pytest.mark.parametrize(
    ("promise", "stretch", "state"), [(55, 100, "NOT MET"), (50, 100, "met"), (10, 50, "stretch")]
)
def test_a_promise_says_what_was_found_and_whether_it_is_met(promise, stretch, state):
    line = faster("W1", "micrograd", promise, stretch).line(RESULTS)

    assert " 50.00 " in line
    assert line.endswith(f" {state}")


def test_a_promise_may_be_a_most():
    def held(results):
        return results["measured"]["W3 memory"]["mygrad"][0]["bytes"]

    assert Promise("bytes", held, 215, 150, at_most=True).line(RESULTS).endswith(" met")
    assert Promise("bytes", held, 159, 150, at_most=True).line(RESULTS).endswith(" NOT MET")
