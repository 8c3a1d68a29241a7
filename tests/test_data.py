"""The data sets are those of the notes, and stay so."""

import pytest

from mygrad.data import four_points_in_3d, four_points_in_4d


def test_the_points_of_003():
    """`notes/003.md`, "Loss function"."""
    xs, ys = four_points_in_3d()

    assert xs == [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    assert ys == [1.0, -1.0, -1.0, 1.0]


def test_the_points_of_000():
    """`notes/000.md`, "zero-grad problem"."""
    xs, ys = four_points_in_4d()

    assert xs == [
        [1.0, 0.5, 1.0, 0.5],
        [-1.0, -1.0, -1.0, -1.0],
        [1.0, -0.5, 1.0, -0.5],
        [1.0, 0.5, 1.0, -0.5],
    ]
    assert ys == [0.5, -1.0, 0.2, 0.8]


@pytest.mark.parametrize("data_set", [four_points_in_3d, four_points_in_4d])
def test_changing_a_data_set_spoils_nothing(data_set):
    """Each call makes new lists, the inner ones too."""
    xs, ys = data_set()
    xs[0][0] = 99.0
    xs.append([])
    ys[0] = 99.0

    fresh_xs, fresh_ys = data_set()
    assert (len(fresh_xs), len(fresh_ys)) == (4, 4)
    assert fresh_xs[0][0] != 99.0
    assert fresh_ys[0] != 99.0


@pytest.mark.parametrize(("data_set", "n"), [(four_points_in_3d, 3), (four_points_in_4d, 4)])
def test_every_point_has_as_many_numbers_as_its_name_says(data_set, n):
    """And all are floats, so that they print alike."""
    xs, ys = data_set()

    assert [len(x) for x in xs] == [n] * 4
    assert all(type(number) is float for row in (*xs, ys) for number in row)
