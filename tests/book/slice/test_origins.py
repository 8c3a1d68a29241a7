"""A film lights the line of code that has made a value: these are the lines it finds."""

from mygrad import Value
from mygrad.book.run.execute import execute
from mygrad.book.slice.origins import lines_of

BLOCKS = {
    2: "from mygrad import Value\n\na = Value(2.0)\nb = Value(3.0)\n",
    4: "c = a * b\nd = (\n    c + 1.0\n)\nd\n",
}


def lines(blocks):
    """Run the blocks, and return the lines of d's graph by the values' numbers."""
    namespace = {}
    for code in blocks.values():
        execute(code, namespace, "page", 1)
    found = lines_of([namespace["d"]], namespace, blocks)
    return {node.data: line for node, line in found.items()}


def test_a_value_with_a_name_was_made_where_the_name_is_bound():
    """Blocks are called by their numbers, and lines count from 1 in each."""
    found = lines(BLOCKS)

    assert (found[2.0], found[3.0], found[6.0]) == ("2:3", "2:4", "4:1")


def test_a_statement_of_several_lines_is_lit_as_a_whole():
    assert lines(BLOCKS)[7.0] == "4:2-4"


def test_a_value_without_a_name_was_made_on_the_way_to_its_user():
    assert lines(BLOCKS)[1.0] == "4:2-4"


def test_the_latest_statement_counts():
    """Where a name is bound again, it leads to the new value; the old one has none any more."""
    blocks = {1: "from mygrad import Value\nd = Value(2.0)\nd = d * 3.0\nd"}

    assert lines(blocks) == {2.0: "1:3", 3.0: "1:3", 6.0: "1:3"}


def test_names_of_other_things_lead_nowhere():
    assert lines({**BLOCKS, 5: "n = 3\nd"}) == lines(BLOCKS)


def test_the_values_of_a_list_were_made_where_the_list_is_bound():
    blocks = {1: "from mygrad import Value\nxs = [Value(2.0), Value(5.0)]\nd = xs[0] * xs[1]\nd"}

    assert lines(blocks) == {2.0: "1:2", 5.0: "1:2", 10.0: "1:3"}


def test_a_value_that_gets_a_name_later_was_made_before():
    """As in a loop over a graph, to give its values labels."""
    blocks = {
        **BLOCKS,
        5: "from mygrad import topological_order\nfor node in topological_order(d):\n    node\nd",
        6: "results = topological_order(d, leaves=False)\nd",
    }

    assert lines(blocks) == lines(BLOCKS)


def test_a_value_was_made_before_what_is_made_from_it():
    blocks = {1: "from mygrad import Value\nd = Value(2.0) * 3.0\nfactors = d._prev\nd"}

    assert lines(blocks) == {2.0: "1:2", 3.0: "1:2", 6.0: "1:2"}


def test_a_root_without_a_name_was_made_in_the_last_line():
    """As in `draw_steps(f(x))`.  Names inside a function are not those of the page."""
    code = "from mygrad import Value\n\ndef f(a):\n    return a * a\n\nx = Value(3.0)\nf(x)"
    namespace = {}
    root = execute(code, namespace, "page", 1).value

    assert lines_of([root], namespace, {1: code}) == {root: "1:7", namespace["x"]: "1:6"}


def test_what_no_block_has_bound_is_left_out():
    """A value that came from elsewhere has no line."""
    stranger = Value(7.0)
    found = lines_of([Value(1.0)], {"stranger": stranger}, {1: "1"})

    assert stranger not in found
