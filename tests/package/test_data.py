"""The data sets are those of the notes, and stay so."""

import math

import pytest

from mygrad.data import four_points_in_3d, four_points_in_4d, two_moons


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


@pytest.mark.parametrize("data_set", [four_points_in_3d, four_points_in_4d, two_moons])
def test_changing_a_data_set_spoils_nothing(data_set):
    """Each call makes new lists, the inner ones too."""
    xs, ys = data_set()
    xs[0][0] = 99.0
    xs.append([])
    ys[0] = 99.0

    fresh_xs, fresh_ys = data_set()
    assert len(fresh_xs) == len(fresh_ys) == len(xs) - 1
    assert fresh_xs[0][0] != 99.0
    assert fresh_ys[0] != 99.0


@pytest.mark.parametrize(("data_set", "n"), [(four_points_in_3d, 3), (four_points_in_4d, 4)])
def test_every_point_has_as_many_numbers_as_its_name_says(data_set, n):
    """And all are floats, so that they print alike."""
    xs, ys = data_set()

    assert [len(x) for x in xs] == [n] * 4
    assert all(type(number) is float for row in (*xs, ys) for number in row)


def test_without_noise_the_moons_are_half_circles():
    xs, ys = two_moons(50, noise=0.0)
    for (x, y), moon in zip(xs, ys):
        centre_x, centre_y, side = (0.0, 0.0, 1) if moon == 1.0 else (1.0, 0.5, -1)

        assert math.isclose(math.hypot(x - centre_x, y - centre_y), 1.0)
        assert side * (y - centre_y) >= -1e-12


def test_each_moon_is_there_from_end_to_end():
    xs, ys = two_moons(50, noise=0.0)
    for moon, left in ((1.0, -1.0), (-1.0, 0.0)):
        reach = [x for (x, _), y in zip(xs, ys) if y == moon]

        assert len(reach) == 25
        assert (min(reach), max(reach)) == pytest.approx((left, left + 2.0))


def test_a_seed_is_a_data_set():
    assert two_moons(seed=3) == two_moons(seed=3)
    assert two_moons(seed=3) != two_moons(seed=4)


def test_noise_is_the_standard_deviation_of_what_is_added():
    clean, _ = two_moons(1000, noise=0.0)
    noisy, _ = two_moons(1000, noise=0.2)
    added = [b - a for p, q in zip(clean, noisy) for a, b in zip(p, q)]

    assert math.sqrt(sum(x * x for x in added) / len(added)) == pytest.approx(0.2, rel=0.05)


@pytest.mark.parametrize(
    ("arguments", "got"),
    [
        ({"n_points": 1}, "got 1"),
        ({"n_points": 0}, "got 0"),
        ({"n_points": -5}, "got -5"),
        ({"noise": -0.1}, "got -0.1"),
        ({"noise": -math.inf}, "got -inf"),
        ({"noise": math.inf}, "got inf"),
        ({"noise": math.nan}, "got nan"),
    ],
)
def test_no_moons_of_one_point_or_of_a_noise_that_is_none(arguments, got):
    """A point that is nan would only be seen in a loss that is nan."""
    with pytest.raises(ValueError, match=f"two moons .* {got}$"):
        two_moons(**arguments)


def test_two_points_and_no_noise_are_the_least():
    assert len(two_moons(2, noise=0.0)[0]) == 2


def test_the_first_two_points_are_the_ends_of_the_moons():
    xs, ys = two_moons(50, noise=0.0)

    assert xs[:2] == [[1.0, 0.0], [0.0, 0.5]]
    assert ys[:2] == [1.0, -1.0]
