"""What a reader changes: marked, kept for the next visit, and taken back by a click."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

EDITED = re.compile("mygrad-block--edited")


@pytest.fixture
def reader(open_page, sample):
    return open_page(sample)


def kept(page):
    """What the browser's storage holds of the reader's edits."""
    return page.evaluate(
        """() => Object.keys(localStorage)
          .filter(key => key.startsWith("mygrad.edit")).map(key => localStorage[key])"""
    )


def test_an_edited_block_is_marked(reader):
    block = reader.block(1)
    expect(block.element).not_to_have_class(EDITED)
    expect(block.button("restore")).to_be_hidden()
    block.edit("count = 7")

    expect(block.element).to_have_class(EDITED)
    expect(block.state).to_have_text("edited")
    expect(block.button("restore")).to_be_visible()


def test_the_coloured_code_is_what_is_being_edited(reader):
    """The letters of the editor are invisible: the reader sees those of the code below."""
    block = reader.block(1).edit("count = 7  # 'é' < 3 & <b>\n\n\nprint(f'{count}')")
    code = block.element.locator("pre > code")

    assert code.text_content() == "count = 7  # 'é' < 3 & <b>\n\n\nprint(f'{count}')\n"


def test_a_longer_block_is_seen_in_full(reader):
    block = reader.block(1).edit("\n".join(f"count = {i}" for i in range(40)))
    hidden = block.editor.evaluate("area => area.scrollHeight - area.clientHeight")

    assert hidden <= 0


def test_a_line_lies_over_its_coloured_self(reader):
    block = reader.block(1)
    of_editor, of_code = (
        element.evaluate(
            """element => {
              const {fontFamily, fontSize, lineHeight, paddingTop, paddingLeft, tabSize} =
                getComputedStyle(element);
              const {x, y} = element.getBoundingClientRect();
              return {fontFamily, fontSize, lineHeight, paddingTop, paddingLeft, x, y};
            }"""
        )
        for element in (block.editor, block.element.locator("pre > code"))
    )

    assert of_editor == of_code


def test_an_edit_is_there_after_a_reload(reader):
    reader.block(1).edit("count = 7")
    reader.page.reload()
    block = reader.block(1)

    expect(block.editor).to_have_value("count = 7")
    expect(block.element).to_have_class(EDITED)
    expect(block.state).to_have_text("edited")
    expect(reader.block(2).state).to_have_text("out of date")
    reader.block(2).run()
    assert reader.block(2).printed == "14\n"


def test_an_edit_of_a_block_that_has_changed_since_is_found_again(reader, sample):
    """But not in the block: each edit belongs to the code that it was made from."""
    reader.block(1).edit("count = 7")
    reader.block(2).edit("double = 8")

    def new_chapter(route):
        response = route.fetch()
        html = response.text().replace(
            '<span class="n">count</span>', '<span class="n">Count</span>', 1
        )
        assert html != response.text()
        route.fulfill(response=response, body=html)

    reader.page.route(sample, new_chapter)
    reader.page.reload()

    expect(reader.block(1).editor).to_have_value("Count = 1\nprint(count)")
    expect(reader.block(1).element).not_to_have_class(EDITED)
    expect(reader.block(2).editor).to_have_value("double = 8")
    reader.page.get_by_role("button", name="Earlier versions").click()
    dialog = reader.page.locator("dialog")
    expect(dialog).to_contain_text("Made from a block that has changed since")
    expect(dialog.locator("textarea")).to_have_value("count = 7")


def test_an_edit_stays_with_its_block_where_another_is_alike(open_page, sample):
    reader = open_page(f"{sample}other/")
    reader.block(3).edit("print('once')")
    reader.page.reload()

    expect(reader.block(2).editor).to_have_value('print("twice")')
    expect(reader.block(3).editor).to_have_value("print('once')")


def test_restore_brings_back_the_code_and_its_verified_output(reader):
    block = reader.block(1)
    code = block.editor.input_value()
    block.edit("count = 7\nprint(count)").run()
    block.button("restore").click()

    expect(block.editor).to_have_value(code)
    expect(block.verified_output).to_be_visible()
    expect(block.live).to_be_hidden()
    expect(block.state).to_have_text("restored")
    expect(block.element).not_to_have_class(EDITED)
    assert kept(reader.page) == []


def test_restore_leaves_the_other_edits(reader):
    reader.block(1).edit("count = 7")
    reader.block(2).edit("double = 8")
    reader.block(1).button("restore").click()

    expect(reader.block(2).editor).to_have_value("double = 8")
    assert kept(reader.page) == ["double = 8"]


def test_restore_makes_what_followed_from_the_edit_out_of_date(reader):
    reader.block(1).edit("count = 7")
    reader.block(2).run()
    reader.block(1).button("restore").click()

    expect(reader.block(2).state).to_have_text("out of date")
    reader.block(2).run()
    expect(reader.block(2).state).to_have_text("ran, as on the page")


def test_all_edits_are_restored_by_one_click(reader):
    codes = [reader.block(number).editor.input_value() for number in (1, 2)]
    reader.block(1).edit("count = 7")
    reader.block(2).edit("double = 8")
    expect(reader.page.get_by_text("2 blocks edited")).to_be_visible()
    reader.restore_all()

    assert [reader.block(number).editor.input_value() for number in (1, 2)] == codes
    expect(reader.page.get_by_role("button", name="Restore all")).to_be_hidden()
    assert kept(reader.page) == []


def test_typing_the_original_again_is_no_edit(reader):
    block = reader.block(1)
    code = block.editor.input_value()
    block.edit("count = 7")
    block.edit(code)

    expect(block.element).not_to_have_class(EDITED)
    assert kept(reader.page) == []


def test_a_change_can_be_undone_by_the_keyboard(reader):
    block = reader.block(1)
    code = block.editor.input_value()
    block.editor.click()
    block.editor.press("End")
    block.editor.press("Enter")
    block.editor.press("Tab")
    for _ in range(2):
        block.editor.press("ControlOrMeta+z")

    expect(block.editor).to_have_value(code)


def test_enter_goes_on_with_the_indent(reader):
    block = reader.block(1).edit("")
    block.editor.press_sequentially("for i in range(2):\nprint(i)\nprint(i)")

    expect(block.editor).to_have_value("for i in range(2):\n    print(i)\n    print(i)")


@pytest.fixture
def clipboard(reader):
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return lambda: reader.page.evaluate("navigator.clipboard.readText()")


def test_the_copy_button_copies_the_edited_code(reader, clipboard):
    block = reader.block(1).edit("count = 7\nprint('<&>')")
    block.element.hover()
    block.element.locator(".md-code__button[data-md-type=copy]").click()
    expect(reader.page.locator(".md-dialog")).to_contain_text("Copied")

    assert clipboard().rstrip("\n") == "count = 7\nprint('<&>')"


def test_copy_with_what_it_needs_gives_a_program(reader, clipboard):
    block = reader.block(2)
    block.edit("triple = 3 * count\nprint(triple)")
    block.button("program").click()
    expect(block.state).to_contain_text("copied")
    run = subprocess.run([sys.executable, "-c", clipboard()], capture_output=True, text=True)

    assert run.stdout == "3\n", run.stderr
