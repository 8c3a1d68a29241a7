"""The structure of a graph: its nodes in order, and its edges."""

from graphs import chain_of_doublings, expression

from mygrad.engine import Value
from mygrad.graph import trace


def test_trace_lists_every_node_after_its_operands():
    """The order of the notes' example, by hand."""
    nodes, _ = trace(expression())

    assert [node.label for node in nodes] == ["a", "b", "e", "c", "d", "f", "L"]


def test_trace_lists_edges_from_child_to_node():
    """One for each operand, from left to right."""
    _, edges = trace(expression())

    assert [child.label + node.label for child, node in edges] == [
        "ae", "be", "ed", "cd", "dL", "fL",
    ]  # fmt: skip


def test_a_value_used_twice_by_one_operation_has_two_edges():
    """The notes keep edges in a set, which loses the second."""
    a = Value(3.0)
    b = a + a

    assert trace(b) == ([a, b], [(a, b), (a, b)])


def test_a_shared_node_is_listed_once():
    """Sixty levels of doubling have 2**61 - 1 paths, and 61 nodes."""
    nodes, edges = trace(chain_of_doublings(60))

    assert len(nodes) == len(set(nodes)) == 61
    assert len(edges) == 120


def test_equal_values_are_different_nodes():
    """A node is an object, not a number."""
    nodes, _ = trace(Value(1.0) + Value(1.0))

    assert len(nodes) == 3


def test_a_leaf_is_a_graph_of_its_own():
    """One node, no edges."""
    a = Value(1.0)

    assert trace(a) == ([a], [])


def test_a_chain_may_be_deeper_than_the_recursion_limit():
    """A recursive walk ends at about a thousand."""
    y = x = Value(1.0)
    for _ in range(20_000):
        y = -y

    nodes, edges = trace(y)

    assert len(nodes) == 20_001
    assert len(edges) == 20_000
    assert nodes[0] is x
    assert nodes[-1] is y
