"""Plots are read back from their SVG and judged by arithmetic on the data, never by plot.py."""

import itertools
import math
import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest
from graphs import (
    ANY_TEXT,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from mygrad import Value
from mygrad.pictures import picture as pictures
from mygrad.pictures.marks import DASHES, MARKERS
from mygrad.pictures.picture import px
from mygrad.pictures.plot import Plot
from mygrad.pictures.ticks import log_ticks, round_ticks, tick_text

SVG = "{http://www.w3.org/2000/svg}"
BAD_INPUT = {
    "unequal lengths": (lambda plot: plot.line([1, 2, 3], [1, 2]), "3 xs and 2 ys"),
    "no points": (lambda plot: plot.line([], []), "at least one point"),
    "nan": (lambda plot: plot.line([1, 2], [1, math.nan]), r"ys\[1\] is nan.*leave that point out"),
    "infinity": (lambda plot: plot.points([-math.inf], [1]), r"xs\[0\] is -inf"),
    "out of all bounds": (lambda plot: plot.points([1], [2e300]), r"ys\[0\] is 2e\+300"),
    "a Value of nan": (lambda plot: plot.text(Value(math.nan), 1, "x"), r"x\[0\] is nan"),
    "a band of unequal lengths": (lambda plot: plot.band([1, 2], [1, 2], [3]), "2 lows and 1 high"),
    "a band upside down": (lambda plot: plot.band([1], [5], [3]), r"lows\[0\] is 5.0.*exchange"),
    "an unknown role": (lambda plot: plot.line([1], [1], role="red"), "'data'.*not 'red'"),
    "an unknown place": (lambda plot: plot.text(1, 1, "a", place="top"), "above.*not 'top'"),
}
WRONG_TYPES = {
    "text for numbers": (lambda plot: plot.line(["a"], [1]), r"xs\[0\] is str: 'a'"),
    "a complex number": (lambda plot: plot.line([1], [1j]), r"ys\[0\] is complex: 1j"),
    "one number for a list": (
        lambda plot: plot.points(1, [2]),
        r"xs is a list of numbers, got int: 1; write .*of one \[a\]",
    ),
    "a number for a label": (
        lambda plot: plot.line([1], [1], label=3),
        "label is text, got int: 3",
    ),
}


def new_plot(**options):
    return Plot("Training", x_label="step", y_label="loss", **options)


def parse(plot):
    return ET.fromstring(plot._repr_svg_())


def pairs(element):
    return [tuple(map(float, pair.split(","))) for pair in element.get("points").split()]


def lines(picture):
    return [pairs(line) for line in picture.iter(f"{SVG}polyline")]


def texts(picture):
    return [text.text for text in picture.iter(f"{SVG}text")]


def ticks(picture, axis):
    """The ticks' numbers and pixels, from the texts under (x) or left of (y) the grid."""
    found = []
    for grid_line in picture.iter(f"{SVG}line"):
        x1, y1, x2, y2 = (float(grid_line.get(name)) for name in ("x1", "y1", "x2", "y2"))
        if (x1 == x2) != (axis == "x"):
            continue
        for text in picture.iter(f"{SVG}text"):
            x, y = float(text.get("x")), float(text.get("y"))
            if (
                (x == x1 and y2 < y < y2 + 30)
                if axis == "x"
                else (x < x1 and abs(y - 5 - y1) < 0.11)
            ):
                found.append((float(text.text.replace("−", "-")), x1 if axis == "x" else y1))
    return found


def assert_affine(values, pixels):
    """Each pixel lies on the straight line through the first and the last, to 0.1 of rounding."""
    scale = (pixels[-1] - pixels[0]) / (values[-1] - values[0])
    for value, pixel in zip(values, pixels, strict=True):
        assert pixel == pytest.approx(pixels[0] + (value - values[0]) * scale, abs=0.16)


# Where things lie.


def test_pixels_are_an_affine_image_of_the_data():
    """A slope that is drawn must be the slope of the numbers."""
    xs = [-3.0, -1.0, 0.5, 2.0, 2.25]
    ys = [x**3 for x in xs]
    plot = new_plot()
    plot.line(xs, ys)
    [line] = lines(parse(plot))

    assert_affine(xs, [x for x, _ in line])
    assert_affine(ys, [y for _, y in line])


def test_larger_y_is_higher_up_and_larger_x_further_right():
    """SVG counts y downwards; readers don't."""
    plot = new_plot()
    plot.line([0, 1], [0, 1])
    [[(x0, y0), (x1, y1)]] = lines(parse(plot))

    assert x1 > x0
    assert y1 < y0


def test_marks_and_ticks_share_one_scale():
    """Reading a point off the axes gives back its numbers."""
    plot = new_plot()
    plot.line([0.0, 7.3, 19.0], [-2.0, 4.1, 8.7])
    picture = parse(plot)
    [line] = lines(picture)

    for axis, values, pixels in (
        ("x", [0.0, 7.3, 19.0], [x for x, _ in line]),
        ("y", [-2.0, 4.1, 8.7], [y for _, y in line]),
    ):
        (first, start), *_, (last, end) = ticks(picture, axis)
        for value, pixel in zip(values, pixels, strict=True):
            read = first + (pixel - start) / (end - start) * (last - first)
            assert read == pytest.approx(value, abs=0.01 * (last - first))


def test_on_a_log_axis_equal_ratios_are_equal_distances():
    """An exponential decay is a straight line there."""
    plot = new_plot(log_y=True)
    plot.line(range(7), [8.0 * 0.1**i for i in range(7)])
    [line] = lines(parse(plot))

    assert_affine(list(range(7)), [y for _, y in line])


def test_decades_on_a_log_axis_are_equally_spaced():
    plot = new_plot(log_y=True)
    plot.line([0, 1], [0.002, 30.0])
    found = ticks(parse(plot), "y")

    assert [tick for tick, _ in found] == [0.001, 0.01, 0.1, 1.0, 10.0, 100.0]
    assert_affine(range(6), [pixel for _, pixel in found])


def test_everything_lies_inside_the_picture():
    """Long texts at an edge, wide numbers, many labels."""
    plot = new_plot()
    plot.line([0, 1e7], [-1e-5, 1e-5], label="a long label of a long line")
    plot.points([1e7], [1e-5], label="and another that needs a row of its own")
    plot.band([0, 1e7], [-1e-5, 0], [0, 1e-5], label="a third")
    plot.text(1e7, 0, "at the right edge", place="right")
    plot.text(0, 0, "at the left edge", place="left")
    picture = parse(plot)
    width, height = float(picture.get("width")), float(picture.get("height"))
    part_before = {"start": 0, "middle": 0.5, "end": 1}

    for text in picture.iter(f"{SVG}text"):
        length = 7 * len(text.text)  # px, at font size 14
        left = float(text.get("x")) - length * part_before[text.get("text-anchor")]
        assert -1 <= left <= left + length <= width + 1, text.text
        assert 10 <= float(text.get("y")) <= height - 3, text.text
    for shape in [*picture.iter(f"{SVG}polyline"), *picture.iter(f"{SVG}polygon")]:
        assert all(0 <= x <= width and 0 <= y <= height for x, y in pairs(shape))


def test_wide_numbers_under_the_grid_do_not_touch():
    plot = new_plot()
    plot.line([-0.0005, 0.0005], [0, 1])
    under = [text for text in parse(plot).iter(f"{SVG}text") if text.get("text-anchor") == "middle"]

    assert len(under) >= 4
    for one, other in itertools.pairwise(under):
        room = float(other.get("x")) - float(one.get("x"))
        assert room >= 7 * (len(one.text) + len(other.text)) / 2


def test_a_band_goes_along_the_lows_and_back_along_the_highs():
    plot = new_plot()
    plot.band([0, 1, 2], [0, 1, 0], [3, 4, 3])
    plot.line([0, 1, 2, 2, 1, 0], [0, 1, 0, 3, 4, 3])
    picture = parse(plot)

    assert pairs(picture.find(f".//{SVG}polygon")) == lines(picture)[0]


# Ticks.


@pytest.mark.parametrize("most", [6, 10])
@pytest.mark.parametrize("high", [1e-9, 0.3, 1.0, 7.0, 19.0, 99.0, 123456.0, 1e300])
@pytest.mark.parametrize("share", [-1.0, -0.37, 0.0, 0.1, 0.98])
def test_ticks_are_round_evenly_spaced_and_cover_the_range(share, high, most):
    """The 1-2-5 rule, and no more of them than there is room for."""
    low = share * high
    found = round_ticks(low, high, most)
    step = (found[-1] - found[0]) / (len(found) - 1)

    assert found[0] <= low + 1e-8 * step
    assert found[-1] >= high - 1e-8 * step
    assert found[1] > low
    assert found[-2] < high
    assert 3 <= len(found) - 1 <= most
    assert f"{step:.6e}"[:8] in ("1.000000", "2.000000", "5.000000")
    for tick in found:
        assert tick / step == pytest.approx(round(tick / step), abs=1e-6)


def test_the_tightest_ticks_win_then_the_fewest():
    assert round_ticks(-5, 5, 10) == list(range(-5, 6))
    assert round_ticks(0, 199, 10) == [0, 50, 100, 150, 200]
    assert round_ticks(0, 0.3, 6) == [0, 0.1, 0.2, 0.3]  # and not 0.30000000000000004


@given(st.integers(-10_000, 10_000), st.integers(1, 1_000_000), st.integers(6, 10))
def test_no_finer_or_coarser_step_would_cover_a_range_more_tightly(low, width, most):
    """So the few powers of ten that are tried are enough."""
    found = round_ticks(low / 1000, (low + width) / 1000, most)
    covers = []
    for step in (m * Fraction(10) ** e for e in range(-3, 9) for m in (1, 2, 5)):
        first, last = math.floor(low / step), math.ceil((low + width) / step)
        if 3 <= last - first <= most:
            covers.append((last - first) * step)

    assert (found[-1] - found[0]) * 1000 == pytest.approx(float(min(covers)), rel=2e-6)


def test_last_digits_do_not_move_the_ticks():
    """tanh(20) may be 1.0 here and 0.9999999999999999 there: the picture stays the same."""
    for low, high in ((0.0, 1.0), (0.0, 2.0), (-1.0, 1.0), (0.0, 5.0), (3.0, 3.0)):
        expected = round_ticks(low, high, 6)
        assert round_ticks(math.nextafter(low, -1e9), math.nextafter(high, 1e9), 6) == expected
    for low, high in ((0.1, 1.0), (1e-5, 1e5), (2.0, 2.0)):
        expected = log_ticks(low, high, 6)
        assert log_ticks(math.nextafter(low, 0), math.nextafter(high, 1e9), 6) == expected
        assert log_ticks(math.nextafter(low, 1e9), math.nextafter(high, 0), 6) == expected


@pytest.mark.parametrize(
    ("low", "high"),
    [(1.0, 1.0), (0.03, 1.03), (3.0, 4.0), (1e-5, 1e5), (7e-300, 1e300), (1e-300, 1e-300)],
)
def test_log_ticks_cover_the_range_by_few_round_numbers(low, high):
    found = log_ticks(low, high, 6)

    assert found[0] <= low <= high <= found[-1]
    assert 2 <= len(found) <= 7
    assert found == sorted(set(found))
    assert all(f"{tick:.6e}"[:8] in ("1.000000", "2.000000", "5.000000") for tick in found)


@pytest.mark.parametrize("y", [0.0, 3.0, -2e-7, 1e300, -1e300, 5e-324])
@pytest.mark.parametrize("xs", [[4], [0, 1, 2]])
def test_a_constant_and_a_single_point_stand_in_the_picture(xs, y):
    """No range is no reason to divide by zero."""
    plot = new_plot()
    plot.line(xs, [y] * len(xs))
    picture = parse(plot)
    heights = [float(line.get("y1")) for line in picture.iter(f"{SVG}line")]
    if len(xs) > 1:
        drawn = {pixel for _, pixel in lines(picture)[0]}
    else:
        drawn = {float(picture.find(f".//{SVG}circle").get("cy"))}

    assert len(drawn) == 1
    assert min(heights) < drawn.pop() < max(heights)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.0, "0"),
        (-2.0, "−2"),
        (0.5, "0.5"),
        (0.1 + 0.2, "0.3"),
        (250000.0, "250000"),
        (1e6, "10⁶"),
        (-1e-5, "−10⁻⁵"),
        (5e-12, "5×10⁻¹²"),
        (1.5e7, "1.5×10⁷"),
    ],
)
def test_numbers_are_short_with_a_real_minus_sign(value, text):
    assert tick_text(value) == text


# What is written and how it looks.


def test_title_and_axis_labels_are_drawn():
    plot = new_plot()
    plot.line([0, 1], [2, 3])

    assert {"Training", "step →", "↑ loss"} <= set(texts(parse(plot)))


def test_every_label_stands_once_in_the_legend():
    """Twenty runs of one kind are one entry; texts and unlabelled marks are none."""
    plot = new_plot()
    for run in range(20):
        plot.line([0, 1], [run, 2 * run], label="one start")
    plot.line([0, 1], [3, 4], label="median", role="grad")
    plot.points([0], [1], label="")
    plot.text(0, 1, "here")
    written = texts(parse(plot))

    assert written.count("one start") == written.count("median") == written.count("here") == 1
    assert len(lines(parse(plot))) == 20 + 1 + 2  # and a sample of each


def test_labelled_lines_differ_by_more_than_hue():
    plot = new_plot()
    for name in "abcd":
        plot.line([0, 1], [0, 1], label=name)
    drawn = parse(plot).findall(f".//{SVG}polyline")

    assert [line.get("stroke-dasharray", "") for line in drawn] == 2 * list(DASHES)


def test_labelled_points_differ_by_more_than_hue():
    plot = new_plot()
    for name in "abcd":
        plot.points([0], [1], label=name)
    outlines = set()
    for shape, *_ in parse(plot).findall(f"{SVG}g"):
        corners = pairs(shape) if shape.get("points") else []
        edges = [(x > corners[0][0] + 1, y > corners[0][1] + 1) for x, y in corners]
        outlines.add((shape.tag, tuple(edges), shape.get("fill")))

    assert len(outlines) == len(MARKERS) == 4


def test_a_line_is_dashed_when_asked():
    plot = new_plot()
    plot.line([0, 1], [0, 1], dashed=True)
    plot.line([0, 1], [0, 2], dashed=False)
    dashed, solid = parse(plot).iter(f"{SVG}polyline")

    assert dashed.get("stroke-dasharray")
    assert not solid.get("stroke-dasharray")


def test_a_stroke_takes_the_hue_of_its_role():
    """Strokes follow `color`, so that one class can refine strokes and fills."""
    for role, colour in pictures.COLOURS.items():
        plot = new_plot()
        plot.line([0, 1], [0, 1], role=role)
        group = parse(plot).find(f"{SVG}g")

        assert (group.get("class"), group.get("color")) == (f"mygrad-{role}", colour)
        assert (group[0].get("stroke"), group[0].get("fill")) == ("currentColor", "none")


def test_without_a_role_a_mark_takes_the_text_colour():
    plot = new_plot()
    plot.line([0, 1], [0, 1], role="")

    assert parse(plot).find(f"{SVG}g").attrib == {}


def test_values_and_numbers_draw_the_same():
    by_number, by_value = new_plot(), new_plot()
    by_number.line([1, 2], [3.5, True])
    by_value.line([Value(1), 2.0], iter([Value(3.5), Value(1)]))

    assert by_number._repr_svg_() == by_value._repr_svg_()


def test_what_is_drawn_later_does_not_change_with_the_callers_list():
    ys = [1.0, 2.0]
    plot = new_plot()
    plot.line([0, 1], ys)
    before = plot._repr_svg_()
    ys[0] = 100.0

    assert plot._repr_svg_() == before


# Screen readers, pages and files.


def test_a_screen_reader_is_told_ranges_start_and_end():
    plot = new_plot(log_y=True)
    plot.line(range(20), [8.0 * 0.5**i for i in range(20)], label="run 1")
    plot.band([0, 19], [7, 0.001], [9, 0.5])
    description = parse(plot).find(f"{SVG}desc").text

    assert "loss against step, on a logarithmic scale" in description
    assert "step from 0 to 19" in description
    assert "line “run 1”: from (0, 8) to (19, 1.526×10⁻⁵)" in description
    assert "band: from 7 to 9 at first, from 0.001 to 0.5 at last" in description


def test_what_has_one_label_is_told_once_with_its_number():
    """Twenty runs of a label would be twenty sentences."""
    plot = new_plot()
    for height in (1, 2, 3):
        plot.line([0, 1], [height, height], label="run")

    assert "line “run”: 3 times" in parse(plot).find(f"{SVG}desc").text


def test_a_description_of_ones_own_is_kept():
    plot = new_plot(description="It falls.")
    plot.line([0, 1], [2, 1])

    assert parse(plot).find(f"{SVG}desc").text == "It falls."


def test_text_cannot_become_markup():
    """A label is a user's text that ends up in a page."""
    attack = "</text><script>alert('\"1\" & 2')</script>"
    plot = Plot(attack, x_label=attack, y_label=attack)
    plot.line([0, 1], [0, 1], label=attack)
    plot.text(0, 1, attack)
    picture = parse(plot)

    assert "<script" not in plot._repr_svg_()
    assert [attack in text for text in texts(picture)].count(True) == 5
    assert picture.find(f"{SVG}title").text == attack


def test_same_input_same_bytes():
    def drawn():
        plot = new_plot()
        plot.line(range(50), [math.tanh(i / 9) for i in range(50)], label="tanh")
        return plot._repr_svg_()

    assert drawn() == drawn()


def test_last_digits_of_tanh_do_not_change_the_picture():
    """Systems differ there; the site's pictures may not."""
    xs = [i / 10 - 5 for i in range(101)]
    pictures = set()
    for towards in (-2.0, 2.0):
        plot = new_plot(description="tanh")
        plot.line(xs, [math.nextafter(math.tanh(x), towards) for x in xs])
        pictures.add(plot._repr_svg_().split("</desc>")[1])

    assert len(pictures) == 1


def test_last_digits_do_not_decide_a_tie_of_pixels():
    """Halves are common: 0.25 a little less and a little more is one place."""
    for pixel in (0.25, 56.05, 100.35, 249.75):
        assert px(math.nextafter(pixel, 0)) == px(pixel) == px(math.nextafter(pixel, 1e9))


def test_ids_of_different_plots_differ():
    """They may stand in one page."""
    ids = []
    for end in (1, 2):
        plot = new_plot(description="the same")
        plot.line([0, 1], [0, end])
        ids += re.findall(r' id="([^"]+)"', plot._repr_svg_())

    assert len(ids) == len(set(ids)) == 6


def test_a_saved_plot_is_a_file_of_its_own(tmp_path):
    plot = new_plot()
    plot.line([0, 1], [0, -1], label="loss")
    plot.save(tmp_path / "loss.svg")
    content = (tmp_path / "loss.svg").read_bytes()
    picture = ET.fromstring(content)

    assert content == plot.picture().file().encode()
    assert picture.find(f".//{SVG}polyline") is not None
    for role in pictures.COLOURS:  # on a dark ground too, strokes and fills have one colour
        style = picture.find(f"{SVG}style").text
        assert re.search(rf"\.mygrad-{role}{{fill:(#\w+);color:\1}}", style)


# Bad input.


@pytest.mark.parametrize(("mistake", "message"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_a_wrong_value_is_named_with_its_rule(mistake, message):
    with pytest.raises(ValueError, match=message):
        mistake(new_plot())


@pytest.mark.parametrize(("mistake", "message"), WRONG_TYPES.values(), ids=WRONG_TYPES)
def test_a_wrong_type_is_named_with_its_rule(mistake, message):
    with pytest.raises(TypeError, match=message):
        mistake(new_plot())


@pytest.mark.parametrize("y", [0.0, -1.0])
def test_a_log_axis_refuses_zero_and_below(y):
    plot = new_plot(log_y=True)
    with pytest.raises(ValueError, match=rf"numbers above 0.*got {y}.*log_y=False"):
        plot.line([0, 1], [1.0, y])


def test_a_plot_has_an_end():
    """A browser would not come to it."""
    plot = new_plot()
    plot.line(range(50_000), range(50_000))
    with pytest.raises(ValueError, match=r"at most 50000 points.* number 50001: leave some out"):
        plot.points([1], [1])
    with pytest.raises(ValueError, match=r"xs has more than 50000 numbers.*\[::10\]"):
        plot.line(itertools.count(), [1])


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(ANY_TEXT)
def test_any_text_can_stand_in_a_plot(text):
    """Where XML has no sign for it, as a mark."""
    plot = Plot(f"t{text}", x_label=f"x{text}", y_label=f"y{text}", description=text)
    plot.line([1, 2], [1, 2], label=text)
    plot.text(1, 1, text)
    drawn = {"".join((text or "").split()) for text in texts(parse(plot))}

    assert {"".join(pictures.printable(f"t{text}").split())} <= drawn


def test_a_refused_mark_leaves_the_plot_as_it_was():
    plot = new_plot()
    plot.line([0, 1], [0, 1])
    before = plot._repr_svg_()
    with pytest.raises(ValueError, match="nan"):
        plot.line([0, 1], [0, math.nan])

    assert plot._repr_svg_() == before


def test_an_empty_plot_is_not_drawn():
    """A text alone gives no axes."""
    plot = new_plot()
    plot.text(0, 0, "nothing")
    with pytest.raises(ValueError, match="an empty plot: give it"):
        plot._repr_svg_()


@pytest.mark.parametrize("missing", ["title", "x_label", "y_label"])
def test_a_plot_names_itself_and_its_axes(missing):
    names = {"title": "t", "x_label": "x", "y_label": "y", missing: " "}
    with pytest.raises(ValueError, match=f"{missing} is ' '"):
        Plot(**names)


def test_a_plot_is_saved_as_svg_only(tmp_path):
    plot = new_plot()
    plot.line([0, 1], [0, 1])
    with pytest.raises(ValueError, match=r"saved as \*\.svg, not .*loss\.png.*makes a PNG"):
        plot.save(tmp_path / "loss.png")


def test_points_are_told_by_their_number():
    """Each by its place would be too long to listen to."""
    plot = Plot("Data", x_label="x", y_label="y")
    plot.points([0, 1, 2], [0, 1, 4], "measured")

    assert "points “measured”: 3 of them" in plot._repr_svg_()
