"""The laws of films: what they show, rewound and replayed, is what the steps yield.

The judges are the records of the steps, `draw_dot`, and numbers worked out by hand.
"""

import itertools
import random
import re
import xml.etree.ElementTree as ET

import pytest
from graphs import (
    expression,
    leaves,
    overwrite,
    sum_of_two_uses,
)
from hypothesis import given, settings
from random_graphs import MYGRAD, programs

from mygrad import MLP, Value, dot, draw_dot, draw_steps, four_points_in_3d, topological_order
from mygrad.passes.steps import backward_steps, forward_steps
from mygrad.passes.wording import number

SVG = "{http://www.w3.org/2000/svg}"


def parsed(film):
    return ET.fromstring(film.html("film"))


def items(film):
    return [item.attrib for item in parsed(film).iter("li")]


def boxes(picture):
    """The texts of each box, by its name."""
    return {
        group.get("data-name"): [text.text for text in group.iter(f"{SVG}text")]
        for group in picture.iter(f"{SVG}g")
        if group.get("class") == "node" and "op" not in group.get("data-name")
    }


# Without steps: both passes.


def test_a_film_tells_the_forward_pass_and_then_the_backward_pass():
    L = expression()  # noqa: N806
    forward = [*map(str, forward_steps(L))]
    backward = [*map(str, backward_steps(expression()))]
    told = str(draw_steps(L)).split("\n")

    assert told[:3] == forward
    assert told[3] == "L.grad: 1.0   (∂L/∂L = 1.0)"
    assert len(told) == 4 + len(backward)


def test_a_film_leaves_the_values_as_they_are():
    """A picture does not train anything: the gradients of leaves would add up."""
    L = expression()  # noqa: N806
    before = [(node.data, node.grad) for node in topological_order(L)]
    draw_steps(L)

    assert [(node.data, node.grad) for node in topological_order(L)] == before


def test_its_pass_begins_with_gradients_of_zero_though_the_values_have_some():
    a, b = leaves(a=2.0, b=-3.0)
    e = a * b
    e.backward()
    e.backward()

    assert "a.grad: 0.0 + -3.0 * 1.0 = -3.0" in str(draw_steps(e))


# The frames.


@settings(max_examples=15, derandomize=True, deadline=None, database=None)
@given(programs())
def test_each_change_is_the_one_of_its_step(program):
    """On a graph of its own, so that nothing is compared with itself."""
    ours = program.run(MYGRAD, [Value(x) for x in program.numbers])[-1]
    twin = program.run(MYGRAD, [Value(x) for x in program.numbers])[-1]
    frames = draw_steps(ours).reels[0].frames
    forward, backward = [*forward_steps(twin)], [*backward_steps(twin)]

    beginning = ["1.0000"] if backward else []
    assert [frame.after for frame in frames] == [
        *(number(step.result) for step in forward),
        *beginning,
        *(number(step.after) for step in backward),
    ]


@settings(max_examples=10, derandomize=True, deadline=None, database=None)
@given(programs())
def test_rewound_the_last_frame_becomes_the_first(program):
    """As the player does it: each change is undone, from the last to the first."""
    root = program.run(MYGRAD, [Value(x) for x in program.numbers])[-1]
    film = parsed(draw_steps(root))
    shown = {}
    for name, texts in boxes(film).items():
        for text in texts:
            field, _, numeral = text.partition(" ")
            shown[name, field] = numeral
    for item in reversed([item.attrib for item in film.iter("li")]):
        place = (item.get("data-child") or item["data-node"], item["data-field"])
        assert shown[place] == item["data-after"]
        shown[place] = item["data-before"]

    for node, name in zip(topological_order(root), boxes(film)):
        assert shown[name, "data"] == ("?" if node._prev else number(node.data))
        assert shown[name, "grad"] == "0.0000"


def test_the_picture_is_the_last_frame():
    L = expression()  # noqa: N806
    film = draw_steps(L)
    for node in topological_order(L):
        node.grad = 0.0
    L.backward()

    drawn = ET.fromstring(draw_dot(L)._repr_svg_())
    assert boxes(parsed(film)) == boxes(drawn)
    assert parsed(film).find(f".//{SVG}desc").text == drawn.find(f"{SVG}desc").text


def test_each_item_says_what_changes_where_and_by_which_edge():
    a, b = leaves(a=2.0, b=5.0)
    c = dot([a, a], [b, b], 0.0)
    c.label = "c"
    found = [
        (
            item["data-node"],
            item["data-child"],
            item.get("data-parallel-index", "0"),
            item["data-after"],
        )
        for item in items(draw_steps(c))
        if "data-child" in item
    ]

    assert found == [
        ("n3", "n0", "0", "5.0000"),
        ("n3", "n0", "1", "10.0000"),
        ("n3", "n1", "0", "2.0000"),
        ("n3", "n1", "1", "4.0000"),
        ("n3", "n2", "0", "1.0000"),
    ]


def test_an_item_knows_the_line_that_made_its_value():
    a, b = leaves(a=2.0, b=-3.0)
    e = a * b
    film = ET.fromstring(draw_steps(e).html("film", {e: "3:7"}))

    assert {item.get("data-line") for item in film.iter("li")} == {"3:7"}


def test_the_text_of_an_item_is_the_sentence():
    """With what goes wrong in its step."""
    d = sum_of_two_uses(Value(2.0, "a"))
    _, b, c, d = topological_order(d)
    for film in (draw_steps(expression()), draw_steps(d, backward_steps(d, order=[c, b, d]))):
        texts = ["".join(item.itertext()) for item in parsed(film).iter("li")]

        assert "\n".join(texts) == str(film)


def test_the_formula_is_the_chain_rule_in_letters():
    L = expression()  # noqa: N806

    assert items(draw_steps(L))[-1]["data-formula"] == "∂L/∂b += ∂e/∂b * ∂L/∂e"


def test_labels_are_text_whatever_they_hold():
    label = '<b> & "c" \x00'
    a, b = Value(2.0, label), Value(3.0, "b")
    film = parsed(draw_steps(a * b, title=label))

    assert film.find("div").get("aria-label") == '<b> & "c" �'
    assert '(<b> & "c" �).grad: 0.0 + 3.0' in "".join(film.itertext())


def test_a_label_may_be_a_number():
    """Set afterwards, nothing checks it: `h.label = i` in a loop."""
    (a,) = leaves(a=2.0)
    b = a * a
    b.label = 1

    assert str(draw_steps(b)).startswith("1 = a * a = 2.0 * 2.0 = 4.0\n")
    assert boxes(parsed(draw_steps(b)))["n1"][0] == "1"


def test_a_film_takes_at_most_twice_the_bytes_of_its_picture():
    for root in (expression(), sum_of_two_uses(Value(2.0, "a"))):
        assert len(draw_steps(root).html("film")) <= 2 * len(draw_dot(root)._repr_svg_())


# Steps of one's own.


def test_the_steps_of_a_wrong_rule_are_shown_as_they_were():
    (a,) = leaves(a=3.0)
    b = a + a
    b.label = "b"
    film = draw_steps(b, backward_steps(b, rule=overwrite))

    assert [item["data-after"] for item in items(film)] == ["1.0000", "1.0000", "1.0000"]
    assert boxes(parsed(film))["n0"] == ["a", "data 3.0000", "grad 1.0000"]


def test_a_film_of_steps_keeps_their_numbers():
    """The gradients may have changed since."""
    a, b = leaves(a=2.0, b=5.0)
    c = a * b
    steps = [*backward_steps(c)]
    a.grad = 7.0

    assert boxes(parsed(draw_steps(c, steps)))["n0"][-1] == "grad 5.0000"


def test_a_second_pass_starts_from_what_the_first_has_left():
    """Leaves add up; the zero of an interior value is in the sentence, not in the picture."""
    a, b = leaves(a=2.0, b=5.0)
    c = a * b
    c.label = "c"
    d = c * 3
    film = draw_steps(d, [*backward_steps(d), *backward_steps(d)])
    of_c = [(i["data-before"], i["data-after"]) for i in items(film) if i.get("data-child") == "n2"]
    of_a = [(i["data-before"], i["data-after"]) for i in items(film) if i.get("data-child") == "n0"]

    assert of_c == [("0.0000", "3.0000"), ("3.0000", "3.0000")]
    assert of_a == [("0.0000", "15.0000"), ("15.0000", "30.0000")]
    assert "<em>" not in film.html("film")


def test_a_film_says_when_a_value_hands_on_too_early():
    (a,) = leaves(a=2.0)
    d = sum_of_two_uses(a)
    a, b, c, d = topological_order(d)
    told = str(draw_steps(d, backward_steps(d, order=[c, b, d]))).split("\n")

    assert [line.endswith("b hands on 1.0, and gets more later") for line in told] == [
        *[False] * 3,
        *[True] * 2,
        *[False] * 2,
    ]


def test_a_film_says_when_a_value_hands_on_twice():
    (a,) = leaves(a=2.0)
    d = sum_of_two_uses(a)
    a, b, c, d = topological_order(d)
    told = str(draw_steps(d, backward_steps(d, order=[b, b, c, d]))).split("\n")

    assert [line.endswith("b hands on a second time") for line in told[-2:]] == [True, True]
    assert sum("second time" in line for line in told) == 2


def test_what_is_no_step_is_refused():
    (a,) = leaves(a=2.0)

    with pytest.raises(TypeError, match=r"^a film is a list of steps of .*, got str: 'b'; write "):
        draw_steps(a * a, "b")
    with pytest.raises(TypeError, match=r"^a film is made of steps, got int: 1; they come from "):
        draw_steps(a * a, [1])


def test_a_step_of_another_graph_is_refused():
    a, b = leaves(a=2.0, b=5.0)

    with pytest.raises(
        ValueError,
        match=r"^a step of a\*b is not of the graph of a \+ b: take the steps of the same root$",
    ):
        draw_steps(a + b, backward_steps(a * b))


def test_only_a_value_has_a_film():
    with pytest.raises(
        TypeError, match=r"^draw_steps takes a Value .*, got float: 3\.0; write Value\(3\.0\)$"
    ):
        draw_steps(3.0)


def test_a_film_without_end_is_refused():
    (a,) = leaves(a=2.0)
    end = a * a
    step = next(forward_steps(end))

    with pytest.raises(ValueError, match="a film has more than 10000 steps"):
        draw_steps(end, itertools.repeat(step))


class Node:
    """A reader's own: it can be drawn, and has no pass."""

    data, _prev, _op = 1.0, (), ""


def test_a_node_of_another_class_has_no_film():
    with pytest.raises(TypeError, match=r"backward pass of a mygrad\.Value.*draw_dot draws"):
        draw_steps(Node())


# The whole derivative of a value.


def sums(film):
    return {
        group.get("data-name"): group.get("data-sum")
        for group in parsed(film).iter(f"{SVG}g")
        if group.get("data-sum")
    }


def test_the_whole_derivative_is_the_sum_over_all_uses():
    """By hand: b is used by c with the slope 2, and by d with the slope 1."""
    assert sums(draw_steps(sum_of_two_uses(Value(2.0, "a")))) == {
        "n0": "∂d/∂a = ∂c/∂a * ∂d/∂c + ∂b/∂a * ∂d/∂b + ∂b/∂a * ∂d/∂b "
        "= 4.0 * 1.0 + 1.0 * 3.0 + 1.0 * 3.0 = 10.0",
        "n1": "∂d/∂b = ∂d/∂b * ∂d/∂d + ∂c/∂b * ∂d/∂c = 1.0 * 1.0 + 2.0 * 1.0 = 3.0",
        "n2": "∂d/∂c = ∂d/∂c * ∂d/∂d = 1.0 * 1.0 = 1.0",
        "n3": "∂d/∂d = 1.0",
    }


def test_it_is_right_where_the_steps_are_wrong():
    (a,) = leaves(a=3.0)
    b = a + a
    b.label = "b"

    assert sums(draw_steps(b, backward_steps(b, rule=overwrite)))["n0"].endswith(" = 2.0")


def test_of_many_uses_only_some_are_written_out():
    (a,) = leaves(a=2.0)
    b = dot([a] * 6, [1.0] * 6, 0.0)
    b.label = "b"

    assert sums(draw_steps(b))["n0"] == (
        "∂b/∂a = ∂b/∂a * ∂b/∂b + ∂b/∂a * ∂b/∂b + ∂b/∂a * ∂b/∂b + ∂b/∂a * ∂b/∂b + … (6 uses) "
        "= 1.0 * 1.0 + 1.0 * 1.0 + 1.0 * 1.0 + 1.0 * 1.0 + … = 6.0"
    )


# Several in one.


def two():
    wrong, right = (sum_of_two_uses(Value(2.0, "a")) for _ in range(2))
    return draw_steps(wrong, backward_steps(wrong, rule=overwrite), title="=").beside(
        draw_steps(right, backward_steps(right), title="+=")
    )


def test_films_beside_each_other_are_one_with_ids_of_their_own():
    html = two().html("film")
    ids = re.findall(r' id="([^"]+)"', html)

    assert len(ids) == len(set(ids))
    assert {"film-step-1", "film-2-step-1", "film-svg", "film-2-svg"} <= set(ids)
    assert re.findall(r'<p class="mygrad-reel-title">(.*?)</p>', html) == ["=", "+="]


def test_told_they_come_one_after_the_other():
    told = str(two())

    assert told.startswith("=:\nd.grad: 1.0")
    assert "\n\n+=:\nd.grad: 1.0" in told


def test_as_a_picture_they_stand_one_below_the_other():
    picture = ET.fromstring(two()._repr_svg_())
    one, other = picture.findall(f"{SVG}svg")

    assert float(other.get("y")) == float(one.get("height"))
    assert float(picture.get("height")) == 2 * float(one.get("height"))


# Groups.


def network_loss():
    random.seed(6)
    network = MLP(3, [2, 1])
    inputs, targets = four_points_in_3d()
    hidden = [network.layers[0](x) for x in inputs]
    outputs = [network.layers[1](x)[0] for x in hidden]
    loss = sum((o - y) ** 2 for o, y in zip(outputs, targets))
    return loss, {"layer 1": [o for row in hidden for o in row], "layer 2": outputs, "loss": loss}


def test_a_film_of_groups_shows_how_far_each_group_is():
    loss, groups = network_loss()
    film = draw_steps(loss, groups=groups)
    progress = {}
    for item in items(film):
        box = item.get("data-group-child") or item["data-group-node"]
        place = (box, item["data-field"])
        assert progress.get(place, item["data-group-before"]) == item["data-group-before"]
        progress[place] = item["data-group-after"]

    picture = parsed(film).find(f".//{SVG}svg")
    for box, texts in boxes(picture).items():
        size = texts[1].removeprefix("values ")
        assert size.split(" of ")[0] == size.split(" of ")[1]
        assert progress[box, "data"] == progress[box, "grad"] == size


def test_a_backward_pass_alone_has_all_its_data_from_the_start():
    loss, groups = network_loss()
    film = draw_steps(loss, backward_steps(loss), groups=groups)
    first = items(film)[0]

    assert {item["data-field"] for item in items(film)} == {"grad"}
    assert (first["data-group-before"], first["data-group-after"]) == ("0 of 17", "1 of 17")


def test_a_group_without_values_of_its_own_is_not_drawn():
    loss, groups = network_loss()
    film = draw_steps(loss, groups={**groups, "nothing new": loss})
    picture = parsed(film).find(f".//{SVG}svg")

    assert [texts[0] for texts in boxes(picture).values()] == ["layer 1", "layer 2", "loss"]


def test_after_some_steps_the_groups_show_what_those_have_done():
    """As every last frame does.  By hand: the loss itself and the operands of its last sum."""
    loss, groups = network_loss()
    steps = [*backward_steps(loss)][:2]
    film = draw_steps(loss, steps, groups=groups)
    picture = parsed(film).find(f".//{SVG}svg")

    assert boxes(picture)["g2"][2] == "gradients 3 of 17"
    assert items(film)[-1]["data-group-after"] == "3 of 17"
    assert boxes(picture)["g0"][2].startswith("gradients 0 of ")


def test_the_groups_have_each_value_once():
    loss, groups = network_loss()
    picture = parsed(draw_steps(loss, groups=groups)).find(f".//{SVG}svg")
    sizes = [int(texts[1].split()[-1]) for texts in boxes(picture).values()]

    assert sum(sizes) == len(topological_order(loss))
    assert [texts[0] for texts in boxes(picture).values()] == ["layer 1", "layer 2", "loss"]


def test_the_picture_of_all_values_comes_with_it():
    loss, groups = network_loss()
    template = parsed(draw_steps(loss, groups=groups)).find(".//template")

    assert template.get("data-count") == str(len(topological_order(loss)))
    assert len(boxes(template)) == len(topological_order(loss))


def test_groups_that_leave_out_a_value_are_refused():
    loss, groups = network_loss()
    del groups["loss"]

    with pytest.raises(
        ValueError,
        match=r"^17 of 64 values are in none of the groups layer 1, layer 2: "
        r"let the last one end with the root$",
    ):
        draw_steps(loss, groups=groups)


def test_a_group_ends_inside_the_graph():
    """Or the whole of another graph would be gone through."""
    loss, groups = network_loss()

    with pytest.raises(
        ValueError, match=r"the group 'loss' ends with Value\(data=1\.0\), which is not"
    ):
        draw_steps(loss, groups={**groups, "loss": Value(1.0)})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({}, r"groups maps names .*, got dict: \{\}; write"),
        ([Value(1.0)], "groups maps names .*, got list"),
        ({1: Value(1.0)}, "a group's name is text, got int: 1"),
        ({"all": 3.0}, "the group 'all' is a list of values, got float"),
        ({"all": [3.0]}, "the group 'all' takes a Value of a graph, got float"),
    ],
)
def test_groups_are_names_with_values(wrong, message):
    loss, _ = network_loss()

    with pytest.raises(TypeError, match=message):
        draw_steps(loss, groups=wrong)
