"""The editor: what is seen is what is edited, letter by letter, whatever the code holds."""

import json
import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

NARROW = {"width": 390, "height": 3000}
WIDE = {"width": 1280, "height": 3000}

CODES = {
    "plain": "x = 1\nprint(x)",
    "turned": 'a = "user\u202e \u2066# admin?\u2069 \u2066"\np # \u200f\u200e\u061c\u202a\u202c',
    "written from the right": 'name = "שלום עולם", 12, (3)\nother = "مرحبا بالعالم" + x[1]',
    "without a width": "a\u200bb = '\u200c\u200d\u2060\ufeff\u00ad', \"\u3164\u115f\u2800\"\nc = 1",
    "spaces": "x\u00a0=\u20031\u3000+\u202f2\u2028y = 2\u2029z\x0b\x0c\x85q",
    "controls": '"\x00\x01\x07\x08\x1b[31m\x7f\x9b" # x\ny',
    "tags": 's = "a\U000e0041\U000e007f\ufe0f\U000e0101b"\nz',
    "wide letters": 's = "日本語 ｆｕｌｌ" + "한글"  # ok\nt = 𝐱 + é + ²',
    "emoji": 's = "❤️ 👩‍👩‍👧 👨🏽‍🦰 🔥" + x\nt',
    "indented by tabs": "if x:\n\ty = 1\n\t\tz = 2  # t\tu",
    "long": f'p("{"word " * 60}")\n    {" + ".join("name" * 60)}\nz = "{"x" * 400}"{" " * 99}#\nq',
    "long, and all of it": f's = "{chr(0x202E)}{"ab שלום " * 40}"  # \u00a0{"日本" * 60}\nz',
    "strings": "f\"{a!r:>10} {'x'}\" + rb'\\d' + '''doc\n  \u200b text''' + \"not\nclosed",
}

# For each letter that is seen, its place in the text area: at both sides of its middle.
MISPLACED = r"""code => {
  const block = code.closest(".highlight"), area = block.querySelector("textarea");
  const wrong = [];
  let at = 0, seen = 0;
  const check = ({left, width, top, height}, letter, length) => {
    const places = [[left + width * 0.3, at], [left + width * 0.8, at + length]];
    const here = ([x]) => document.elementFromPoint(x, top + height / 2) === area;
    for (const [x, offset] of width > 2 ? places.filter(here) : []) {
      const found = document.caretPositionFromPoint(x, top + height / 2);
      seen++;
      if (found.offset !== offset) wrong.push([letter, offset, found.offset]);
    }
    at += length;
  };
  const walk = node => {
    if (node.matches?.(".mygrad-unseen")) {
      check(node.getBoundingClientRect(), node.title, node.dataset.sign.length);
    } else if (node.nodeType === Node.TEXT_NODE) {
      let start = 0;
      for (const letter of node.data) {
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start += letter.length);
        const together = /[\n\t\ufe0f\u200d\p{ExtPict}\p{EMod}]/u.test(letter);
        check(together ? {width: 0} : range.getBoundingClientRect(), letter, letter.length);
      }
    } else node.childNodes.forEach(walk);
  };
  walk(code);
  const hidden = [area.scrollWidth - area.clientWidth, area.scrollHeight - area.clientHeight];
  return {wrong: wrong.slice(0, 5), seen, hidden};
}"""


@pytest.fixture
def reader(open_page, sample):
    return open_page(sample)


def code_of(block):
    return block.element.locator("pre > code")


@pytest.mark.parametrize("window", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_letter_stands_below_its_own(reader, window):
    """Or a click would go elsewhere than where it seems to."""
    reader.page.set_viewport_size(window)
    block = reader.block(1)
    faults = []
    for name, code in CODES.items():
        block.edit(code)
        placed = code_of(block).evaluate(MISPLACED)
        if placed["wrong"] or placed["seen"] < 12 or placed["hidden"][1] > 0:
            faults.append((name, placed))
        if window is NARROW and placed["hidden"][0] > 0:
            faults.append((name, "hides to the right", placed["hidden"]))

    assert not faults


def test_a_block_that_wraps_hides_nothing_to_the_right(reader):
    """Foreign code does so on a wide screen too."""
    reader.page.set_viewport_size(WIDE)
    block = reader.block(1).edit(CODES["long"])
    assert code_of(block).evaluate(MISPLACED)["hidden"][0] > 0
    code_of(block).evaluate("code => code.parentElement.classList.add('mygrad-wraps')")
    placed = code_of(block).evaluate(MISPLACED)

    assert placed["wrong"] == []
    assert placed["hidden"] == [0, 0]


def test_the_colours_are_the_pages_own_before_the_first_key_and_after_it(reader, sample):
    """The page that was built holds what Pygments has made."""
    colours = """code => {
      const letters = [];
      const walk = (node, name) => {
        if (node.nodeType !== Node.TEXT_NODE) node.childNodes.forEach(child =>
          walk(child, child.matches?.("[class]:not(.mygrad-row)") ? child.className : name));
        else for (const letter of node.data) letters.push([letter, name]);
      };
      walk(code, "");
      return letters;
    }"""
    built = reader.page.evaluate(
        f"""async address => {{
          const page = new DOMParser().parseFromString(
            await (await fetch(address)).text(), "text/html");
          return ({colours})(page.querySelector("#block-3 pre > code"));
        }}""",
        sample,
    )
    block = reader.block(3)
    before = code_of(block).evaluate(colours)
    block.editor.press("End")
    block.editor.press("a")
    block.editor.press("Backspace")

    assert built[:4] == [[letter, "kn"] for letter in "from"]
    assert before == built
    assert code_of(block).evaluate(colours) == built


def test_what_is_not_seen_is_named(reader):
    """In words below the code, where a screen reader and a phone find it, and at the pointer."""
    block = reader.block(1).edit("a = 1\nb = 'x\u202ey'  # \u200b\nc = '\u200b'")
    note = block.element.locator(".mygrad-unseen-note")

    expect(note).to_have_text(
        "Marked in the code, since they can't be seen: U+202E right-to-left override (line 2), "
        "U+200B zero-width space (lines 2, 3)."
    )
    expect(block.editor).to_have_accessible_description(re.compile("right-to-left override"))
    mark = code_of(block).locator(".mygrad-unseen").first.bounding_box()
    reader.page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    expect(block.editor).to_have_attribute("title", "U+202E right-to-left override")
    block.edit("a = 1")
    expect(note).to_be_hidden()


def test_what_is_not_seen_runs_and_is_copied_as_it_was_meant(reader):
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = reader.block(1)
    block.editor.click()
    reader.page.keyboard.press("Control+A")
    reader.page.keyboard.insert_text("count = len('\u202e\u200b')")
    reader.page.keyboard.insert_text("; print(ascii('\u00a0\U000e0041'))")
    block.run()
    assert block.printed == "'\\xa0\\U000e0041'\n"
    kept = reader.page.evaluate("Object.values(localStorage)")
    assert any("len('\u202e\u200b')" in text for text in kept)

    block.editor.focus()
    reader.page.keyboard.press("Control+A")
    reader.page.keyboard.press("Control+X")
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied == "count = len('\u202e\u200b'); print(ascii('\u00a0\U000e0041'))"
    expect(block.editor).to_have_value("")
    reader.page.keyboard.press("Control+Z")
    expect(code_of(block).locator(".mygrad-unseen")).to_have_count(4)


def test_the_themes_own_button_copies_what_was_meant(reader):
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = reader.block(1)
    for code in [block.editor.input_value(), *CODES.values()]:
        block.edit(code)
        block.element.hover()
        block.element.locator(".md-code__button[data-md-type=copy]").click()
        copied = reader.page.evaluate("navigator.clipboard.readText()")
        assert json.dumps(copied) == json.dumps(code)


def test_the_mark_goes_with_what_has_failed(reader):
    """With the next run, be it of another block; with what puts it out of date; with Restore."""
    block = reader.block(2)

    def fail():
        reader.block(1).edit("count = 1")
        block.edit("double = 2\n1 / 0").run()
        expect(block.mark).to_be_visible()

    fail()
    reader.block(1).edit("count = 2")
    expect(block.mark).to_be_hidden()
    fail()
    block.button("restore").click()
    expect(block.mark).to_be_hidden()
    fail()
    reader.block(1).button("restore").click()
    expect(block.mark).to_be_hidden()
    fail()
    reader.restore_all()
    expect(block.mark).to_be_hidden()
    block.edit("import os\nprint('a')\n1 / 0").run()
    expect(block.mark).to_be_visible()
    reader.block(1).edit("print('b')\nwhile True: pass")
    reader.block(6).start()
    expect(block.mark).to_be_hidden()
    reader.block(6).stop()


def test_the_mark_is_as_high_as_a_line_that_wraps(reader):
    reader.page.set_viewport_size(NARROW)
    lines = ["x = 1"] * 30 + [f"long = 0{' + 1' * 60}", "1 / 0" + " + 1" * 40, "y = 2"]
    block = reader.block(1).edit("\n".join(lines)).run()
    rows = code_of(block).locator(".mygrad-row")

    assert block.mark.count() == 1
    assert rows.nth(31).bounding_box() == block.mark.bounding_box()
    assert block.mark.bounding_box()["height"] > 3 * rows.nth(0).bounding_box()["height"]


def test_who_waits_says_for_whom_and_who_was_stopped(reader):
    reader.block(2).edit("print('begun')\nwhile True: pass")
    block = reader.block(6)
    block.start()
    expect(reader.block(2).output).to_contain_text("begun")
    expect(block.state).to_have_text("waits for block 2, which runs first")
    expect(reader.block(2).state).to_have_text("running")
    block.stop()

    expect(block.state).to_have_text("not run: block 2 was stopped")
    expect(reader.block(2).state).to_contain_text("Stopped")
    expect(reader.block(2).note).to_contain_text("Stopped")
