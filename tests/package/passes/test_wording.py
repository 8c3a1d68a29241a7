"""The laws of written values: what is written means the graph, and stays short.

The judge of the parentheses is Python's own parser, which builds the graph again from its text.
"""

from collections import Counter

import pytest
from hypothesis import assume, given, settings
from random_graphs import MYGRAD, programs

from mygrad.engine import Value, dot
from mygrad.graph import topological_order
from mygrad.passes import wording
from mygrad.passes.wording import expanded, expression, formula, literal


def written(node):
    return expression(node).text


def leaves(names):
    return [Value(2.0, name) for name in names.split()]


@pytest.mark.parametrize(
    ("build", "text"),
    [
        (lambda a, b, c: a * b, "a*b"),
        (lambda a, b, c: a * b + c, "a*b + c"),
        (lambda a, b, c: (a + b) * c, "(a + b)*c"),
        (lambda a, b, c: a + b + c, "a + b + c"),
        (lambda a, b, c: a + (b + c), "a + (b + c)"),
        (lambda a, b, c: a * b * c, "a*b*c"),
        (lambda a, b, c: a * (b * c), "a*(b*c)"),
        (lambda a, b, c: -a, "-a"),
        (lambda a, b, c: -((-a) * b), "-(-a*b)"),
        (lambda a, b, c: -(a * b), "-(a*b)"),
        (lambda a, b, c: -a * b, "-a*b"),
        (lambda a, b, c: a.__neg__().__neg__(), "-(-a)"),
        (lambda a, b, c: a - b, "a + -b"),
        (lambda a, b, c: a / b, "a*b**-1"),
        (lambda a, b, c: a**2, "a**2"),
        (lambda a, b, c: (-a) ** 2, "(-a)**2"),
        (lambda a, b, c: -(a**2), "-a**2"),
        (lambda a, b, c: (a * b) ** 2, "(a*b)**2"),
        (lambda a, b, c: (a**b) ** c, "(a**b)**c"),
        (lambda a, b, c: a ** (b**c), "a**(b**c)"),
        (lambda a, b, c: a * 3, "a*3.0"),
        (lambda a, b, c: -2 * a, "-2.0*a"),
        (lambda a, b, c: Value(-3.0) ** 2, "(-3.0)**2"),
        (lambda a, b, c: (a + b).tanh() * c, "tanh(a + b)*c"),
        (lambda a, b, c: dot([a], [b], c), "dot(a, b, c)"),
    ],
)
def test_a_value_without_a_label_is_written_as_its_operations(build, text):
    """As one would type it; what the operators are made of shows."""
    assert written(build(*leaves("a b c"))) == text


def test_a_label_is_written_in_place_of_operations():
    a, b = leaves("a b")
    e = a * b
    e.label = "e"

    assert written(e) == "e"
    assert written(e + a) == "e + a"


def test_a_label_that_is_a_formula_stands_in_parentheses_beside_others():
    """The notes label a sum "x1w1 + x2w2"."""
    a, b = leaves("a b")
    a.label = "x1w1 + x2w2"

    assert written(a * b) == "(x1w1 + x2w2)*b"
    assert written(a + b) == "(x1w1 + x2w2) + b"


@pytest.mark.parametrize(
    ("op", "text"),
    [("<x>", "<x>(a, b)"), ("neg", "neg(a, b)"), ("**2", "**2(a, b)"), ("", "(a, b)")],
)
def test_an_operation_of_your_own_is_written_as_a_call(op, text):
    """We don't know what its sign means, so we put nothing between its operands."""
    a, b = leaves("a b")

    assert written(Value.node(0.0, (a, b), (1.0, 1.0), op)) == text


@pytest.mark.parametrize("op", ["+", "*", "sin"])
def test_an_operation_on_one_value_is_written_as_a_call(op):
    (a,) = leaves("a")

    assert written(Value.node(0.0, (a,), (1.0,), op)) == f"{op}(a)"


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(programs())
def test_what_is_written_computes_the_same_number(program):
    """To the last bit, when Python's own parser has read the text."""
    leaves = [Value(x, f"v{i}") for i, x in enumerate(program.numbers)]
    root = program.run(MYGRAD, leaves)[-1]
    uses = Counter({root: 1})
    for node in reversed(topological_order(root)):
        for child in node._prev:
            uses[child] += uses[node]
    assume(uses.total() < 2000)  # a shared value is written out at each use

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "MOST_OPERANDS", 7)  # a dot of three pairs and a bias
        patch.setattr(wording, "number", repr)  # all digits
        text = expanded(root, depth=1000).text
    names = {leaf.label: leaf for leaf in leaves} | vars(MYGRAD)
    names["dot"] = lambda *v: dot(v[:3], v[3:6], v[6])

    assert eval(text, names).data == root.data


# Length.


def test_of_many_operands_two_and_the_last_are_written():
    assert written(dot(leaves("u v w"), leaves("x y z"), Value(1.0, "b"))) == "dot(u, v, …, b)"
    assert written(dot(leaves("u v"), leaves("x y"), Value(1.0, "b"))) == "dot(u, v, x, y, b)"


def test_what_lies_deep_is_left_out():
    """A neuron of two inputs fits, and its square does not."""
    x1, x2, w1, w2, b = leaves("x1 x2 w1 w2 b")
    o = (x1 * w1 + x2 * w2 + b).tanh()

    assert written(o) == "tanh(x1*w1 + x2*w2 + b)"
    assert written(o * o) == "tanh(… + b)*tanh(… + b)"


def test_a_long_operation_is_left_out_inside_another():
    """Not cut in the middle: its own name says more."""
    n = dot(leaves("weight1 weight2"), leaves("input1 input2"), Value(1.0, "bias"))

    assert written(n) == "dot(weight1, weight2, input1, input2, bias)"
    assert written(n.tanh()) == "tanh(…)"


def test_a_deep_graph_of_short_names_is_cut_too():
    (a,) = leaves("a")
    node = a
    for _ in range(100_000):
        node = node + a

    assert written(node) == "… + a + a + a + a"


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(programs())
def test_what_is_written_is_short(program):
    """One operation on five numbers, at most."""
    values = program.run(MYGRAD, [Value(x) for x in program.numbers])

    assert max(len(written(value)) for value in values) <= 60


def test_only_the_operands_that_are_written_are_looked_at():
    """A value that is made of itself a thousand times over is written at once."""
    (a,) = leaves("a")
    for _ in range(50):
        a = dot([a] * 500, [a] * 500, a).tanh()

    assert written(a) == "tanh(dot(…, …, …, …))"


# Numbers.


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (2.0, "2.0"),
        (-0.5, "-0.5"),
        (0.5000000000000001, "0.5"),
        (0.1 + 0.2, "0.3"),
        (1 / 3, "0.3333"),
        (10.0, "10.0"),
        (100000.0, "100000.0"),
        (-0.0, "0.0"),
        (1e-5, "1e-05"),
        (123456789.0, "1.235e+08"),
        (2.5e10, "2.5e+10"),
        (1e300, "1e+300"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
    ],
)
def test_a_number_has_no_digit_in_which_systems_differ(x, text):
    """The four decimals of the pictures, shortened: 0.5 and its neighbour read the same."""
    assert literal(x).text == text


def test_a_formula_is_filled_with_numbers():
    assert formula("*", [2.0, -3.0], literal).text == "2.0 * -3.0"
    assert formula("**2", [-3.0], literal).text == "(-3.0)**2"
    assert formula("neg", [-3.0], literal).text == "-(-3.0)"
    assert formula("exp", [0.0], literal).text == "exp(0.0)"
