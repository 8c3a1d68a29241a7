"""The laws of the steps: they are the engine's own passes, one operation or operand at a time.

The judges are `backward()` itself, numbers worked out by hand, and the parts of the picture.
"""

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

from mygrad.engine import Value, dot
from mygrad.graph import topological_order, trace
from mygrad.passes.steps import backward_steps, forward_steps
from mygrad.pictures.dot import draw_dot

SVG = "{http://www.w3.org/2000/svg}"


def sentences_of(steps):
    """Each step as text: 'd->c 0.0 1.0' where d hands c, which held 0.0, its gradient."""
    return [f"{s.node.label}->{s.child.label} {s.before} {s.after}" for s in steps]


# The backward pass.


def test_a_step_holds_the_numbers_of_one_application_of_the_chain_rule():
    """By hand, from the chapter on backpropagation by hand: L = (a*b + c) * f."""
    L = expression()  # noqa: N806
    step = next(step for step in backward_steps(L) if step.child.label == "c")

    assert (step.node.label, step.index, step.local, step.upstream) == ("d", 1, 1.0, -2.0)
    assert (step.contribution, step.before, step.after) == (-2.0, -2.0, -4.0)  # the second pass


def test_the_steps_come_in_the_order_of_the_engine():
    """From the result to the leaves, and the operands of each from left to right."""
    handed_on = [step.node.label + step.child.label for step in backward_steps(expression())]

    assert handed_on == ["Ld", "Lf", "de", "dc", "ea", "eb"]


def test_the_rule_is_the_method_of_the_engine():
    """Not one like it.  What the method does to each operand is what a step does."""
    assert backward_steps.__kwdefaults__["rule"] is Value._backward


def test_a_value_used_twice_by_one_operation_gets_two_steps():
    (a,) = leaves(a=3.0)
    first, second = backward_steps(a + a)

    assert (first.child, first.index, first.before, first.after) == (a, 0, 0.0, 1.0)
    assert (second.child, second.index, second.before, second.after) == (a, 1, 1.0, 2.0)


def gradients(values):
    """To the last bit; nan equals nan, and -0.0 is not 0.0."""
    return [value.grad.hex() for value in values]


def check_gradients(program):
    """After a first pass and after a second."""
    ours = program.run(MYGRAD, [Value(x) for x in program.numbers])
    engines = program.run(MYGRAD, [Value(x) for x in program.numbers])
    for _ in range(2):
        for _ in backward_steps(ours[-1]):
            pass
        engines[-1].backward()

        ours_all, engines_all = topological_order(ours[-1]), topological_order(engines[-1])
        assert gradients(ours_all) == gradients(engines_all)


def check_records(program):
    """What a player knows: where each gradient began, and the list of changes."""
    ours = program.run(MYGRAD, [Value(x) for x in program.numbers])
    engines = program.run(MYGRAD, [Value(x) for x in program.numbers])
    nodes = topological_order(ours[-1])
    gradient = dict.fromkeys(nodes, 0.0) | {ours[-1]: 1.0}
    for step in backward_steps(ours[-1]):
        assert step.before == gradient[step.child]
        assert step.upstream == gradient[step.node]
        assert step.contribution == step.local * step.upstream
        assert step.after == step.before + step.contribution
        gradient[step.child] = step.after
    engines[-1].backward()

    assert [gradient[node].hex() for node in nodes] == gradients(topological_order(engines[-1]))


@settings(max_examples=50, derandomize=True, deadline=None, database=None)
@given(programs())
def test_the_steps_leave_the_gradients_of_backward(program):
    """To the last bit, in every value."""
    check_gradients(program)


@settings(max_examples=50, derandomize=True, deadline=None, database=None)
@given(programs())
def test_the_records_alone_replay_to_the_gradients_of_backward(program):
    """To the last bit, from the numbers in them."""
    check_records(program)


@pytest.mark.slow
@settings(max_examples=2000, derandomize=True, deadline=None, database=None)
@given(programs())
def test_the_steps_of_many_more_graphs_do_both(program):
    """What hundreds of graphs don't show."""
    check_gradients(program)
    check_records(program)


def test_two_results_that_share_a_value():
    """By hand: h = 2a, and 5h + 7h has the slope 24."""
    (a,) = leaves(a=3.0)
    h = a * 2
    for loss in (h * 5, h * 7):
        for _ in backward_steps(loss):
            pass

    assert a.grad == 24.0


def test_infinite_and_undefined_gradients_are_stepped_too():
    (a,) = leaves(a=0.0)
    steps = [*backward_steps((a**0.5) * 0)]

    assert [str(step.after) for step in steps] == ["0.0", "0.0", "nan"]


def test_a_leaf_alone_has_no_steps():
    """Its gradient grows by 1 all the same, as by backward(): leaves add up."""
    (a,) = leaves(a=3.0)

    assert [*backward_steps(a), *backward_steps(a)] == []
    assert a.grad == 2.0


# When it happens.


def test_nothing_happens_before_the_first_step_is_asked_for():
    L = expression()  # noqa: N806
    before = gradients(topological_order(L))
    backward_steps(L)

    assert gradients(topological_order(L)) == before


def test_between_two_steps_the_graph_is_as_the_pass_has_left_it():
    """So a picture can be drawn there."""
    a, b = leaves(a=2.0, b=-3.0)
    e = a * b
    steps = backward_steps(e)
    next(steps)

    assert (e.grad, a.grad, b.grad) == (1.0, -3.0, 0.0)


def test_a_pass_that_is_stopped_stays_where_it_is():
    """Leaves keep what they have got: set them to zero before the next pass, as always."""
    a, b = leaves(a=2.0, b=-3.0)
    e = a * b
    for _ in backward_steps(e):
        break
    e.backward()

    assert (a.grad, b.grad) == (-6.0, 2.0)


@pytest.mark.parametrize("length", [20_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_a_long_chain_is_stepped_through_one_by_one(length):
    """No recursion, and no step before it is asked for."""
    a = Value(1.0)
    n = a
    for _ in range(length):
        n = n + a
    steps = backward_steps(n)
    first = next(steps)

    assert (first.child.grad, first.child._prev[0].grad) == (1.0, 0.0)
    assert sum(1 for _ in steps) == 2 * length - 1
    assert a.grad == length + 1


# Another order, another rule.


def test_the_wrong_rule_loses_what_was_there():
    """The notes' first bug: a + a has the slope 2."""
    (a,) = leaves(a=3.0)
    first, second = backward_steps(a + a, rule=overwrite)

    assert (first.before, first.after) == (0.0, 1.0)
    assert (second.before, second.contribution, second.after) == (1.0, 1.0, 1.0)
    assert a.grad == 1.0


def test_the_wrong_rule_at_a_distance():
    """The notes' figures: (a*b) * (a+b) at (-2, 3) has the slopes -3 and -8."""
    a, b = leaves(a=-2.0, b=3.0)
    for _ in backward_steps((a * b) * (a + b), rule=overwrite):
        pass

    assert (a.grad, b.grad) == (3.0, -2.0)


def test_a_rule_is_called_for_one_operand_at_a_time():
    """With the node's own numbers, and what it knows of itself."""
    x, y = leaves(x=2.0, y=5.0)
    z = x * y
    seen = []
    for _ in backward_steps(z, rule=seen.append):
        pass

    assert [(node._prev, node._local) for node in seen] == [((x,), (5.0,)), ((y,), (2.0,))]
    assert {(node.data, node.grad, node._op) for node in seen} == {(10.0, 1.0, "*")}


ORDERS = {
    "recursion": (["b", "b", "c", "d"], 16.0),
    "recursion, b before c": (["b", "c", "b", "d"], 12.0),
    "recursion with one set": (["b", "c", "d"], 10.0),
    "b before c": (["c", "b", "d"], 6.0),
    "appended early": (["d", "c", "b"], 0.0),
    "with leaves": (["a", "b", "c", "d"], 10.0),
}


@pytest.mark.parametrize("walk", sorted(ORDERS))
def test_another_order_goes_wrong_as_the_walks_of_the_chapter_do(walk):
    """By hand: d = a*b + b, b = a + a, at 2.  A value that stands in it twice passes on twice."""
    labels, gradient = ORDERS[walk]
    (a,) = leaves(a=2.0)
    d = sum_of_two_uses(a)
    named = {node.label: node for node in topological_order(d)}
    for _ in backward_steps(d, order=(named[label] for label in labels)):
        pass

    assert a.grad == gradient


def test_an_order_shows_when_a_value_hands_on_too_early():
    """b passes on the 1 of its direct path, and gets 2 from c afterwards."""
    (a,) = leaves(a=2.0)
    d = sum_of_two_uses(a)
    a, b, c, d = topological_order(d)

    assert sentences_of(backward_steps(d, order=[c, b, d])) == [
        "d->c 0.0 1.0",
        "d->b 0.0 1.0",
        "b->a 0.0 1.0",
        "b->a 1.0 2.0",
        "c->a 2.0 6.0",
        "c->b 1.0 3.0",
    ]


@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(programs())
def test_the_order_of_the_engine_handed_in_changes_nothing(program):
    """It is gone through from its end, as topological_order gives it."""
    ours = program.run(MYGRAD, [Value(x) for x in program.numbers])
    engines = program.run(MYGRAD, [Value(x) for x in program.numbers])
    for _ in backward_steps(ours[-1], order=topological_order(ours[-1])):
        pass
    engines[-1].backward()

    assert gradients(ours) == gradients(engines)


# What is refused, at the call and not at the first step.


@pytest.mark.parametrize("steps", [forward_steps, backward_steps])
def test_only_a_value_has_steps(steps):
    with pytest.raises(
        TypeError, match=r"^steps need a Value, as in forward_steps\(loss\), got float: 3\.0$"
    ):
        steps(3.0)


def test_an_order_of_something_else_is_refused():
    """The labels, for example."""
    a, b = leaves(a=2.0, b=3.0)

    with pytest.raises(TypeError, match=r"^an order holds values, got str: 'a'$"):
        backward_steps(a * b, order=["a", "b"])
    with pytest.raises(TypeError, match=r"^an order is a list of values, .* got 'ab'$"):
        backward_steps(a * b, order="ab")
    with pytest.raises(TypeError, match=r"^a rule is a function of one value, .* got 3$"):
        backward_steps(a * b, rule=3)


def test_an_order_that_leaves_out_an_operation_is_refused():
    """Its operands would get nothing, without a word."""
    a, b, c = leaves(a=2.0, b=3.0, c=4.0)
    d = a * b + c

    with pytest.raises(
        ValueError,
        match=r"^the order leaves out a\*b, which would hand nothing on: an order has every "
        r"operation's result; start from topological_order\(root\)$",
    ):
        backward_steps(d, order=[a, d])


def test_an_order_with_a_value_of_another_graph_is_refused():
    """A value of the same numbers, computed a second time, is another value."""
    a, b = leaves(a=2.0, b=3.0)
    d = a * b

    with pytest.raises(
        ValueError,
        match=r"^a \+ b stands in the order, but is not in the graph of a\*b: "
        r"take the order's values from topological_order\(root\)$",
    ):
        backward_steps(d, order=[a + b, d])


# The forward pass.


def test_the_forward_steps_are_the_operations_in_the_order_of_the_engine():
    L = expression()  # noqa: N806
    a, b, e, c, d, f, L = topological_order(L)  # noqa: N806
    steps = [*forward_steps(L)]

    assert [step.node for step in steps] == [e, d, L]
    assert [step.operands for step in steps] == [(a, b), (e, c), (d, f)]
    assert [step.data for step in steps] == [(2.0, -3.0), (-6.0, 10.0), (4.0, -2.0)]
    assert [step.result for step in steps] == [-6.0, 4.0, -8.0]


def test_the_forward_steps_change_nothing():
    L = expression()  # noqa: N806
    before = gradients(topological_order(L))
    steps = [*forward_steps(L)]

    assert len(steps) == 3
    assert gradients(topological_order(L)) == before


# The sentences.


def test_the_backward_steps_of_the_notes_read_as_sentences():
    a, b, c, f = leaves(a=2.0, b=-3.0, c=10.0, f=-2.0)
    e = a * b
    e.label = "e"
    d = e + c
    d.label = "d"
    L = d * f  # noqa: N806
    L.label = "L"

    assert [*map(str, backward_steps(L))] == [
        "d.grad: 0.0 + -2.0 * 1.0 = -2.0   (L = d * f, ∂L/∂d = -2.0)",
        "f.grad: 0.0 + 4.0 * 1.0 = 4.0   (L = d * f, ∂L/∂f = 4.0)",
        "e.grad: 0.0 + 1.0 * -2.0 = -2.0   (d = e + c, ∂d/∂e = 1.0)",
        "c.grad: 0.0 + 1.0 * -2.0 = -2.0   (d = e + c, ∂d/∂c = 1.0)",
        "a.grad: 0.0 + -3.0 * -2.0 = 6.0   (e = a * b, ∂e/∂a = -3.0)",
        "b.grad: 0.0 + 2.0 * -2.0 = -4.0   (e = a * b, ∂e/∂b = 2.0)",
    ]
    assert [*map(str, forward_steps(L))] == [
        "e = a * b = 2.0 * -3.0 = -6.0",
        "d = e + c = -6.0 + 10.0 = 4.0",
        "L = d * f = 4.0 * -2.0 = -8.0",
    ]


def test_a_value_without_a_label_is_named_by_its_expression():
    a, b = leaves(a=2.0, b=-3.0)
    d = a * b + 10

    assert [*map(str, backward_steps(d))] == [
        "(a*b).grad: 0.0 + 1.0 * 1.0 = 1.0   (a*b + 10.0, ∂(a*b + 10.0)/∂(a*b) = 1.0)",
        "(10.0).grad: 0.0 + 1.0 * 1.0 = 1.0   (a*b + 10.0, ∂(a*b + 10.0)/∂(10.0) = 1.0)",
        "a.grad: 0.0 + -3.0 * 1.0 = -3.0   (a * b, ∂(a*b)/∂a = -3.0)",
        "b.grad: 0.0 + 2.0 * 1.0 = 2.0   (a * b, ∂(a*b)/∂b = 2.0)",
    ]
    assert [*map(str, forward_steps(d))] == [
        "a * b = 2.0 * -3.0 = -6.0",
        "a*b + 10.0 = -6.0 + 10.0 = 4.0",
    ]


def test_a_sentence_says_which_of_two_equal_operands_it_means():
    """The derivative of a + a in a is 2; each of its steps brings one half."""
    (a,) = leaves(a=3.0)
    b = a + a
    b.label = "b"

    assert [*map(str, backward_steps(b))] == [
        "a.grad: 0.0 + 1.0 * 1.0 = 1.0   (b = a + a, ∂b/∂a = 1.0 through operand 1)",
        "a.grad: 1.0 + 1.0 * 1.0 = 2.0   (b = a + a, ∂b/∂a = 1.0 through operand 2)",
    ]


def test_a_sentence_says_what_a_wrong_rule_has_lost():
    """No sentence claims a sum that isn't one."""
    (a,) = leaves(a=3.0)
    b = a + a
    b.label = "b"
    _, second = backward_steps(b, rule=overwrite)

    assert str(second) == (
        "a.grad: 1.0, not 1.0 + 1.0 * 1.0 = 2.0   (b = a + a, ∂b/∂a = 1.0 through operand 2)"
    )


def test_a_sentence_keeps_its_numbers():
    """It is read after the pass, when the gradients have changed."""
    (a,) = leaves(a=3.0)
    b = a * a
    b.label = "b"
    (step, _), (forward,) = backward_steps(b), forward_steps(b)
    a.grad = b.grad = a.data = b.data = 7.0

    assert str(step) == (
        "a.grad: 0.0 + 3.0 * 1.0 = 3.0   (b = a * a, ∂b/∂a = 3.0 through operand 1)"
    )
    assert str(forward) == "b = a * a = 3.0 * 3.0 = 9.0"


def test_a_sentence_says_no_number_twice():
    """What the operation shows already is not repeated with numbers."""
    a = Value(2.0, "a")

    assert [*map(str, forward_steps(-a))] == ["-a = -2.0"]
    assert [*map(str, forward_steps(Value(2.0) * 3))] == ["2.0 * 3.0 = 6.0"]


def test_a_label_that_is_the_operation_is_not_repeated():
    """As in the notes' neuron: x1*w1 = x1 * w1 would tell nothing."""
    x1, w1 = leaves(x1=2.0, w1=-3.0)
    product = x1 * w1
    product.label = "x1*w1"

    assert [*map(str, forward_steps(product))] == ["x1 * w1 = 2.0 * -3.0 = -6.0"]
    assert str(next(backward_steps(product))).endswith("   (x1 * w1, ∂(x1*w1)/∂x1 = -3.0)")


def test_the_sentences_of_a_neuron():
    """The notes' neuron as one dot: four decimals at most, in every number."""
    w1, w2, x1, x2, b = leaves(w1=-3.0, w2=1.0, x1=2.0, x2=0.0, b=6.8813735870195432)
    n = dot([w1, w2], [x1, x2], b)
    n.label = "n"
    o = n.tanh()
    o.label = "o"

    assert [*map(str, forward_steps(o))] == [
        "n = dot(w1, w2, x1, x2, b) = dot(-3.0, 1.0, 2.0, 0.0, 6.8814) = 0.8814",
        "o = tanh(n) = tanh(0.8814) = 0.7071",
    ]
    assert [*map(str, backward_steps(o))][:2] == [
        "n.grad: 0.0 + 0.5 * 1.0 = 0.5   (o = tanh(n), ∂o/∂n = 0.5)",
        "w1.grad: 0.0 + 2.0 * 0.5 = 1.0   (n = dot(w1, w2, x1, x2, b), ∂n/∂w1 = 2.0)",
    ]


@settings(max_examples=40, derandomize=True, deadline=None, database=None)
@given(programs())
def test_a_sentence_fits_on_few_lines(program):
    """However large the graph is, and without one label."""
    root = program.run(MYGRAD, [Value(x) for x in program.numbers])[-1]
    sentences = [*map(str, forward_steps(root)), *map(str, backward_steps(root))]

    assert max(map(len, sentences), default=0) <= 400


# The picture.


def groups(picture, kind):
    return [g for g in picture.iter() if g.get("class") == kind]


def texts(element):
    return [text.text for text in element.iter(f"{SVG}text")]


def lit(picture, root, step):
    """The parts of a picture that belong to a step: the boxes of node and child, and the edge.

    Edges between the same two come in the order of the operands.
    """
    names = {node: f"n{i}" for i, node in enumerate(trace(root)[0])}
    operation = f"{names[step.node]}op" if step.node._op else names[step.node]
    boxes = {g.get("data-name"): g for g in groups(picture, "node")}
    edges = [
        g
        for g in groups(picture, "edge")
        if g.get("data-name") == f"{names[step.child]}->{operation}"
    ]
    earlier = step.node._prev[: step.index].count(step.child)
    return boxes[names[step.node]], boxes[names[step.child]], edges[earlier]


def a_graph_with_double_edges():
    a, b = leaves(a=2.0, b=3.0)
    power = a**a  # its two edges have different local derivatives
    power.label = "power"
    total = dot([a, b, a], [b, b, power], a)
    total.label = "total"
    unnamed = Value.node(total.data, (total, b, total), (0.25, 0.5, 0.75), "")
    unnamed.label = "unnamed"
    return unnamed


@pytest.mark.parametrize("build", [expression, a_graph_with_double_edges])
def test_each_step_finds_its_own_parts_in_the_picture(build):
    """The names of the boxes by the topological order, the edge by the step's index."""
    root = build()
    picture = ET.fromstring(draw_dot(root, local_derivatives=True)._repr_svg_())
    for step in backward_steps(root):
        node, child, edge = lit(picture, root, step)

        assert texts(node)[0] == step.node.label
        assert texts(child)[0] == step.child.label
        assert texts(edge) == [f"local {step.local:.4f}"]


def test_each_operand_edge_of_the_picture_belongs_to_one_step():
    """The double edges too: no two steps light the same one."""
    root = a_graph_with_double_edges()
    picture = ET.fromstring(draw_dot(root)._repr_svg_())
    edges = [lit(picture, root, step)[2] for step in backward_steps(root)]
    from_boxes = [g for g in groups(picture, "edge") if "op->" not in g.get("data-name")]

    assert {*map(id, edges)} == {*map(id, from_boxes)}
    assert len(edges) == len(from_boxes) == 12
