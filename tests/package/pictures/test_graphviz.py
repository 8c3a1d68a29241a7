"""A drawing as a graph of Graphviz: what a reader calls, adds or lacks ends in no riddle."""

from pathlib import Path
from xml.etree import ElementTree

import graphviz
import pytest

from mygrad import MLP, Value, draw_dot
from mygrad.pictures.graphviz import Drawing, layout


def product():
    a, b = Value(2.0, label="a"), Value(-3.0, label="b")
    c = a * b
    c.label = "c"
    return c


@pytest.fixture(autouse=True)
def _no_programs(tmp_path, monkeypatch):
    """Graphviz's programs are not there, and files land in a folder of their own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)


def words(picture):
    return "".join(ElementTree.fromstring(picture).itertext())


# Where Graphviz's programs are missing.


@pytest.mark.parametrize(
    "ask",
    [
        lambda drawing: drawing.pipe("png"),
        lambda drawing: drawing.pipe("pdf"),
        lambda drawing: drawing.pipe(format="svg", renderer="cairo"),
        lambda drawing: drawing.render("graph", format="png"),
        lambda drawing: drawing.render("graph.png"),
        lambda drawing: drawing.render(outfile="graph.pdf"),
        lambda drawing: drawing.save("graph.png"),
        lambda drawing: drawing.unflatten(stagger=3),
        lambda drawing: draw_dot(product(), format="png").render("graph"),
        lambda drawing: draw_dot(product(), format="png").view("graph"),
    ],
)
def test_what_needs_graphviz_names_the_way_out(ask):
    """The type is Graphviz's own, for whoever catches it."""
    with pytest.raises(graphviz.ExecutableNotFound, match=r"format='svg'.*or install them"):
        ask(draw_dot(product()))


def test_a_picture_s_name_makes_a_picture(tmp_path):
    """Graphviz would write its source into name.svg, and the picture into name.svg.svg."""
    assert draw_dot(product()).render("name.svg") == "name.svg"
    assert draw_dot(product()).render("name.SVG", directory="new") == str(Path("new", "name.SVG"))

    assert "data -6.0000" in words((tmp_path / "name.svg").read_bytes())
    assert "data -6.0000" in words((tmp_path / "new" / "name.SVG").read_bytes())


def test_a_picture_with_two_names_is_refused():
    with pytest.raises(ValueError, match=r"two names, 'a\.svg' and 'b\.svg'"):
        draw_dot(product()).render("a.svg", outfile="b.svg")


def test_saving_a_picture_leaves_the_source_beside_it_alone(tmp_path):
    """It may be the reader's."""
    (tmp_path / "name.gv").write_text("kept")
    draw_dot(product()).save("name.svg")

    assert (tmp_path / "name.gv").read_text() == "kept"


def test_view_draws_without_graphviz_and_opens_the_picture(monkeypatch):
    opened = []
    monkeypatch.setattr(graphviz, "view", opened.append)

    assert draw_dot(product()).view() == "Drawing.gv.svg"
    assert draw_dot(product()).render("gout", view=True) == "gout.svg"
    assert opened == ["Drawing.gv.svg", "gout.svg"]


def test_where_nothing_can_open_it_the_error_says_where_it_is(monkeypatch):
    def view(path):
        raise FileNotFoundError("xdg-open")

    monkeypatch.setattr(graphviz, "view", view)
    with pytest.raises(RuntimeError, match=r"^name\.svg is written.*open it in a browser$"):
        draw_dot(product()).view("name.svg")


@pytest.mark.parametrize("call", ["pipe", "render", "save"])
def test_an_option_that_graphviz_does_not_know_is_refused(call):
    with pytest.raises(TypeError, match="colour"):
        getattr(draw_dot(product()), call)(
            **{"filename": "x.svg"} if call == "save" else {}, colour=1
        )


def test_another_engine_places_the_boxes_elsewhere():
    """Taken, and not ignored."""
    drawing = draw_dot(product())
    drawing.engine = "circo"

    assert drawing._repr_svg_() != draw_dot(product())._repr_svg_()
    assert drawing.pipe("svg") == draw_dot(product()).pipe("svg", engine="circo")
    with pytest.raises(ValueError, match=r"engine is one of 'circo', 'dot'.*not 'oval'"):
        drawing.pipe("svg", engine="oval")


# What a reader adds.


def test_what_is_added_by_hand_is_drawn():
    drawing = draw_dot(product())
    drawing.attr(label="three values", fontcolor="red")
    drawing.node("note", "look here", shape="note")
    drawing.edge("note", "n2", label="this one")
    with drawing.subgraph(name="cluster_leaves") as leaves:
        leaves.attr(label="leaves")
        leaves.node("n0")
        leaves.node("n1")

    shown = words(drawing._repr_svg_())
    assert all(text in shown for text in ("three values", "look here", "this one", "leaves"))
    assert "rankdir" not in drawing.source.partition("subgraph")[2]  # nothing of the graph's look


def test_a_copy_is_a_drawing_of_its_own():
    drawing = draw_dot(product(), title="A product", rankdir="TB")
    copy = drawing.copy()

    assert copy._repr_svg_() == drawing._repr_svg_()
    copy.node("more")
    assert "more" not in drawing.source


def test_a_link_is_one_in_every_picture():
    """`xlink:` has no meaning in a page, and is an error in a file."""
    drawing = draw_dot(product())
    drawing.node("n0", URL="https://example.org/", tooltip="go there")

    (link,) = ElementTree.fromstring(drawing.pipe("svg")).iter("{http://www.w3.org/2000/svg}a")
    assert link.get("href") == "https://example.org/"


@pytest.mark.parametrize("text", ["half a pair \ud800", "NUL \0 inside", "\x1b[31m"])
def test_signs_that_no_picture_can_hold_are_marked_in_what_is_added_too(text):
    drawing = draw_dot(product())
    drawing.body.append(f'\tmore [label="{text}"]\n')

    assert "\ufffd" in words(drawing._repr_svg_())


def test_a_mistake_in_the_source_is_told_as_one():
    """The size of the graph has no part in it."""
    drawing = draw_dot(product())
    drawing.body.append("\tmore [label=\n")

    with pytest.raises(RuntimeError, match=r"\(Failed to parse.*look at what was added"):
        drawing._repr_svg_()


def test_a_label_in_html_needs_the_programs():
    """The Graphviz within draws another label, and does not say so."""
    drawing = draw_dot(product())
    drawing.node("more", "<<b>bold</b>>")

    with pytest.raises(
        RuntimeError, match="drawing a label in HTML needs Graphviz: put the program"
    ):
        drawing._repr_svg_()


def test_a_label_that_looks_like_html_needs_nothing():
    """It is text, in quotes."""
    a = Value(1.0, label='label=<b> "x"=<i>')
    b = Value.node(1.0, (a,), (1.0,), 'op=<<b>x</b>> \\" =<')

    assert 'op=<<b>x</b>> \\" =<' in words(draw_dot(b)._repr_svg_())


# Habits of the lecture and of micrograd.

LECTURE = """
from graphviz import Digraph

def trace(root):
    nodes, edges = set(), set()
    def build(v):
        if v not in nodes:
            nodes.add(v)
            for child in v._prev:
                edges.add((child, v))
                build(child)
    build(root)
    return nodes, edges

def draw(root, format='svg', rankdir='LR'):
    nodes, edges = trace(root)
    dot = Digraph(format=format, graph_attr={'rankdir': rankdir})
    for n in nodes:
        dot.node(
            name=str(id(n)),
            label="{ %s | data %.4f | grad %.4f }" % (n.label, n.data, n.grad),
            shape='record',
        )
        if n._op:
            dot.node(name=str(id(n)) + n._op, label=n._op)
            dot.edge(str(id(n)) + n._op, str(id(n)))
    for n1, n2 in edges:
        dot.edge(str(id(n1)), str(id(n2)) + n2._op)
    return dot
"""


def test_the_lecture_s_own_function_draws_our_values():
    namespace = {}
    exec(LECTURE, namespace)
    dot = namespace["draw"](product())

    assert "data -6.0000" in words(layout(dot.source))


def test_micrograd_s_calls_work(tmp_path):
    """Its notebook says `draw_dot(x, format="svg", rankdir="TB")` and `dot.render("gout")`."""
    dot = draw_dot(MLP(2, [1])([1.0, -2.0]), format="svg", rankdir="TB")

    assert dot.render("gout") == "gout.svg"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gout", "gout.svg"]
    assert dot.source == (tmp_path / "gout").read_text()
    assert str(dot) == dot.source


def test_an_empty_drawing_of_the_reader_s_own_is_one_too():
    drawing = Drawing("A network", "one neuron")
    drawing.node("x", "x1", shape="circle")

    assert words(drawing._repr_svg_()).split() == ["A", "network", "one", "neuron", "x1"]
