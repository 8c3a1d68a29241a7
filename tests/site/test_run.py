"""A page is one session: what runs when a reader runs a block, and what the page then says."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


@pytest.fixture
def reader(open_page, sample):
    return open_page(sample)


def printed_by(reader, numbers):
    return [reader.block(number).printed for number in numbers]


def test_a_run_first_runs_the_blocks_above(reader):
    reader.block(6).run()

    assert printed_by(reader, [1, 2, 6]) == ["1\n", "2\n", "3\n"]
    for number in (1, 2, 3, 4, 6):
        expect(reader.block(number).state).to_have_text("ran, as on the page")


def test_a_run_leaves_the_blocks_below_alone(reader):
    reader.block(2).run()

    expect(reader.block(6).live).to_be_hidden()
    expect(reader.block(6).state).to_have_text("")


def test_the_blocks_above_run_once(reader):
    """Block 1 has run already: the graph's block goes on from there, and counts no second time."""
    reader.block(1).edit("import time\ncount = 1\nprint(time.time_ns())").run()
    before = reader.block(1).printed
    reader.block(2).run()

    assert reader.block(1).printed == before


def test_a_second_run_starts_the_page_over(reader):
    """Or a block that changes what it reads would print something else each time."""
    reader.block(1).run()
    again = reader.block(2).edit("count += 1\nprint(count)")
    again.run()
    again.run()

    assert again.printed == "2\n"


def test_a_changed_block_above_starts_the_page_over(reader):
    reader.block(2).run()
    reader.block(1).edit("count = 5")
    reader.block(6).run()

    assert printed_by(reader, [2, 6]) == ["10\n", "15\n"]


def test_names_of_an_edited_block_reach_the_blocks_below(reader):
    reader.block(1).edit("count = 10")
    reader.block(6).run()

    assert reader.block(6).printed == "30\n"


def test_blocks_below_an_edit_say_that_they_are_out_of_date(reader):
    reader.block(6).run()
    reader.block(2).edit("double = 4")

    expect(reader.block(1).state).to_have_text("ran, as on the page")
    expect(reader.block(2).state).to_have_text("edited")
    for number in (3, 4, 6):
        expect(reader.block(number).state).to_have_text("out of date")


def test_a_run_brings_a_block_up_to_date(reader):
    reader.block(1).edit("count = 10")
    reader.block(2).run()

    expect(reader.block(2).state).to_have_text("ran")
    expect(reader.block(6).state).to_have_text("out of date")


def test_what_follows_from_an_edit_is_not_held_against_the_page(reader):
    reader.block(1).edit("count = 10")
    reader.block(2).run()

    expect(reader.block(2).note).to_be_hidden()
    expect(reader.page.locator(".mygrad-live--differs")).to_have_count(0)


def test_the_readers_output_takes_the_place_of_the_pages(reader):
    block = reader.block(1)
    expect(block.verified_output).to_be_visible()
    block.run()

    expect(block.output).to_be_visible()
    expect(block.verified_output).to_be_hidden()


def test_the_readers_graph_takes_the_place_of_the_built_one(reader):
    block = reader.block(3)
    reader.block(1).edit("count = 21")
    block.run()

    expect(block.picture).to_contain_text("data 42.0000")
    expect(block.picture).to_be_visible()
    expect(block.verified_picture).to_be_hidden()


def test_output_appears_as_it_is_printed(reader):
    block = reader.block(1).edit("print('first')\nwhile True: pass")
    block.start()

    expect(block.output).to_have_text("first\n")
    block.stop()


def test_the_last_of_the_output_before_a_stop_is_kept(reader):
    block = reader.block(1).edit("for i in range(50): print(i)\nwhile True: pass")
    block.start()
    expect(block.output).to_contain_text("49")
    block.stop()
    block.wait()

    assert block.printed.split() == [str(i) for i in range(50)]


def test_an_unedited_block_that_prints_something_else_says_so(page, open_page, sample):
    """A page that shows 2222 where Python prints 2: no such page is ever built."""

    def altered(route):
        response = route.fetch()
        below = r'(data-below="2">.*?<code>)2'
        html = re.sub(below, r"\g<1>2222", response.text(), flags=re.DOTALL)
        route.fulfill(response=response, body=html)

    page.route(sample, altered)
    block = open_page(sample).block(2).run()

    expect(block.state).to_have_text("differs from the page")
    expect(block.note).to_contain_text("2222")
    expect(block.note).to_be_visible()
    assert block.printed == "2\n"


def test_an_error_that_the_page_announces_is_as_on_the_page(reader):
    block = reader.block(4).run()

    expect(block.state).to_have_text("ran, as on the page")
    assert block.printed.startswith("before\nTraceback")
    reader.block(6).run()
    expect(reader.block(6).state).to_have_text("ran, as on the page")


def test_an_error_shows_pythons_own_traceback_of_the_block(reader):
    block = reader.block(1).edit("def half(x):\n    return x / 0\n\nhalf(2)").run()

    expect(block.state).to_have_text("failed")
    assert block.printed == (
        "Traceback (most recent call last):\n"
        '  File "block 1", line 4, in <module>\n'
        "    half(2)\n"
        "    ~~~~^^^\n"
        '  File "block 1", line 2, in half\n'
        "    return x / 0\n"
        "           ~~^~~\n"
        "ZeroDivisionError: division by zero\n"
    )


def test_a_traceback_names_the_package_and_not_the_runner(reader):
    block = reader.block(3).edit("from mygrad import Value\n\nValue('two')").run()

    assert 'File "block 3", line 3' in block.printed
    assert "engine.py" in block.printed
    assert "mygrad/book" not in block.printed


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("print('fine')\n1 / 0\nprint('never')", 2),
        ("x = 1\ny = 2\nz = = 3", 3),
        ("def f():\n    1 / 0\n\nf()", 2),
    ],
    ids=["raised", "not Python", "in a function"],
)
def test_the_line_that_fails_is_marked(reader, code, line):
    block = reader.block(1).edit(code).run()
    mark = block.mark.bounding_box()
    text = block.editor.bounding_box()
    # The first line's middle, and as many lines further as there are before the failing one.
    height = block.editor.evaluate("area => parseFloat(getComputedStyle(area).lineHeight)")
    padding = block.editor.evaluate("area => parseFloat(getComputedStyle(area).paddingTop)")
    middle = text["y"] + padding + (line - 0.5) * height

    expect(block.mark).to_be_visible()
    assert abs(mark["y"] + mark["height"] / 2 - middle) < height / 4


def test_the_mark_goes_with_the_next_change(reader):
    block = reader.block(1).edit("1 / 0").run()
    block.edit("1 / 1")

    expect(block.mark).to_be_hidden()


def test_a_block_below_an_error_says_which_block_fails(reader):
    reader.block(2).edit("1 / 0")
    reader.block(6).run()

    expect(reader.block(6).state).to_have_text("not run: block 2 above fails")
    expect(reader.block(2).state).to_have_text("failed")


def test_a_mended_block_lets_those_below_run(reader):
    reader.block(2).edit("1 / 0")
    reader.block(6).run()
    reader.block(2).edit("double = 5")
    reader.block(6).run()

    assert reader.block(6).printed == "6\n"


def test_a_block_that_cannot_run_here_says_why_in_place_of_run(reader):
    block = reader.block(5)

    expect(block.state).to_have_text("needs a deeper stack than a page has")
    expect(block.button("run")).to_have_count(0)
    expect(block.button("stop")).to_have_count(0)


def test_python_that_cannot_be_loaded_is_said_and_tried_again(reader):
    files = "**/assets/python/**"
    reader.page.context.route(files, lambda route: route.abort())
    block = reader.block(1)
    block.run()
    expect(block.state).to_contain_text("could not be loaded")

    reader.page.context.unroute(files)
    block.run()
    expect(block.state).to_have_text("ran, as on the page")
