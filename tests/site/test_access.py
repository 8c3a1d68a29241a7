"""The page for those without a mouse, without JavaScript, with a phone, or with a screen reader."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from reader import Reader

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))

FOCUSED = """() => {
  const element = document.activeElement;
  const block = element.closest("[id^=block-]")?.id ?? "";
  return `${block} ${element.className || element.textContent.trim()}`;
}"""


@pytest.fixture
def reader(open_page, sample):
    return open_page(sample)


def test_tab_leads_through_the_whole_page(reader):
    """Each control once, none of them a trap, and no code is changed on the way."""
    codes = [reader.block(number).editor.input_value() for number in range(1, 7)]
    visited = []
    while not visited or "The other page" not in visited[-1]:
        reader.page.keyboard.press("Tab")
        visited.append(reader.page.evaluate(FOCUSED))
        assert len(visited) < 100, visited

    for number in (1, 2, 3, 4, 6):
        of_block = [name for name in visited if name.startswith(f"block-{number} ")]
        assert sum("mygrad-button--run" in name for name in of_block) == 1
        assert sum("mygrad-editor" in name for name in of_block) == 1
    assert [reader.block(number).editor.input_value() for number in range(1, 7)] == codes


def test_shift_tab_leads_back_through_an_editor(reader):
    block = reader.block(2)
    block.editor.focus()
    reader.page.keyboard.press("Shift+Tab")

    expect(block.editor).not_to_be_focused()
    expect(block.element.locator(":focus")).to_have_count(1)


def test_tab_indents_once_the_reader_has_typed(reader):
    block = reader.block(1).edit("")
    block.editor.press_sequentially("x")
    block.editor.press("Tab")

    expect(block.editor).to_have_value("x    ")
    expect(block.editor).to_be_focused()


def test_shift_tab_takes_the_indent_back(reader):
    block = reader.block(1).edit("    x")
    block.editor.press("ArrowDown")
    block.editor.press("Shift+Tab")

    expect(block.editor).to_have_value("x")


def test_escape_then_tab_leaves(reader):
    block = reader.block(1).edit("")
    block.editor.press_sequentially("x")
    block.editor.press("Escape")
    block.editor.press("Tab")

    expect(block.editor).to_have_value("x")
    expect(block.editor).not_to_be_focused()


@pytest.mark.parametrize("keys", ["Control+Enter", "Meta+Enter"])
def test_the_keyboard_runs_a_block(reader, keys):
    block = reader.block(2)
    code = block.editor.input_value()
    block.editor.press(keys)

    expect(block.state).to_have_text("ran, as on the page")
    expect(block.editor).to_be_focused()
    expect(block.editor).to_have_value(code)


def test_the_focus_stays_where_run_was_pressed(reader):
    """It goes to Stop, which stands in its place meanwhile, and comes back."""
    block = reader.block(1).edit("print('begun')\nwhile True: pass")
    block.button("run").press("Enter")
    expect(block.output).to_contain_text("begun")
    expect(block.button("stop")).to_be_focused()
    reader.page.keyboard.press("Enter")

    expect(block.note).to_contain_text("Stopped")
    expect(block.button("run")).to_be_focused()


def test_the_focus_is_seen(reader):
    block = reader.block(1)
    reader.page.keyboard.press("Tab")  # the browser shows the focus to those who use keys
    for control in (block.button("run"), block.button("program"), block.editor):
        control.focus()
        assert control.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def test_every_control_has_a_name(reader):
    block = reader.block(1).edit("count = 7")
    controls = block.element.locator("button:visible, textarea")
    names = [
        control.evaluate("e => e.ariaLabel || e.title || e.textContent")
        for control in controls.all()
    ]

    assert len(names) >= 4
    assert all(names)


def test_the_help_opens_and_closes_by_the_keyboard(reader):
    """What it says about Tab and Escape must be found without a mouse."""
    block = reader.block(1)
    block.button("help").press("Enter")
    dialog = reader.page.locator("dialog")
    expect(dialog).to_contain_text("Escape")
    reader.page.keyboard.press("Escape")

    expect(dialog).to_have_count(0)
    expect(block.button("help")).to_be_focused()


def test_a_screen_reader_is_told_once_and_briefly(reader):
    """Of its end, and not of every line that is printed; before that only of a wait for Python."""
    reader.page.evaluate(
        """() => {
          const speaker = document.querySelector(".mygrad-speaker");
          window.told = [];
          new MutationObserver(() => told.push(speaker.textContent))
            .observe(speaker, {childList: true, characterData: true, subtree: true});
        }"""
    )
    reader.block(1).edit("for i in range(1000): print(i)")
    reader.block(2).edit("for i in range(1000): print(i)").run()
    *waits, told = reader.page.evaluate("told")

    assert len(waits) <= 1  # how much has come is for those who see it move
    assert all(wait.startswith("Block 2: loading Python") for wait in waits)
    assert told.startswith("Block 2 ran. 0\n1\n")
    assert len(told) < 300


def test_the_output_is_no_live_region(reader):
    block = reader.block(1).run()

    assert (
        block.output.evaluate("code => code.closest('[aria-live], [role=status], [role=log]')")
        is None
    )


def test_without_javascript_the_page_is_all_there(browser, sample):
    context = browser.new_context(java_script_enabled=False)
    reader = Reader(context.new_page())
    reader.page.goto(sample)

    expect(
        reader.page.locator(".mygrad-button, .mygrad-toolbar, textarea.mygrad-editor")
    ).to_have_count(0)
    expect(reader.block(1).verified_output).to_be_visible()
    expect(reader.block(3).verified_picture).to_be_visible()
    expect(reader.block(1).element.locator("pre > code span").first).to_be_visible()
    box = reader.block(1).element.bounding_box()
    code = reader.block(1).element.locator("pre > code").bounding_box()
    assert code["y"] - box["y"] < 5  # no place kept for a row that never comes
    context.close()


@pytest.mark.parametrize("page_name", PAGES)
def test_a_page_fits_a_phone(page, open_page, address, page_name):
    """Nothing is wider than the screen, and no row of buttons covers code or another button."""
    page.set_viewport_size({"width": 320, "height": 740})
    path = page_name.removesuffix(".md").removesuffix("index")
    open_page(address + path + "/" * bool(path))
    page.locator("article").wait_for()
    page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
    page.evaluate("document.fonts.ready")
    wider = page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
    rows = page.evaluate(
        """() => [...document.querySelectorAll(".mygrad-toolbar")].map(row => {
          const state = row.querySelector(".mygrad-state");
          const block = row.parentElement;
          const code = block.querySelector("pre > code").getBoundingClientRect();
          const copy = block.querySelector(".md-code__nav")?.getBoundingClientRect();
          const items = [...row.children].filter(item => item.getClientRects().length)
            .map(item => item.getBoundingClientRect());
          const all = copy ? [...items, copy] : items;
          return {
            block: block.id,
            above: Math.max(...all.map(rect => rect.bottom)) <= code.top + 0.5,
            inside: all.every(rect => rect.left >= -0.5 && rect.right <= window.innerWidth + 0.5),
            apart: all.every((a, i) => all.slice(i + 1).every(
              b => a.right <= b.left + 0.5 || b.right <= a.left + 0.5
                || a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5)),
          };
        })"""
    )

    assert wider <= 0
    assert [row for row in rows if not (row["above"] and row["inside"] and row["apart"])] == []


def test_an_edited_block_that_has_run_fits_a_phone_too(page, open_page, sample):
    page.set_viewport_size({"width": 320, "height": 740})
    reader = open_page(sample)
    block = reader.block(1).edit("print('wide ' * 100)\n" + "x = 1  # " + "wide " * 100)
    block.run()
    reader.block(3).edit("from mygrad import Value, draw_dot\ndraw_dot(Value(1.0) + 2 + 3 + 4 + 5)")
    reader.block(3).run()

    assert page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth") <= 0
    for each in (block, reader.block(3)):
        each.element.locator(".mygrad-toolbar").scroll_into_view_if_needed()
        row = each.element.locator(".mygrad-toolbar").bounding_box()
        code = each.element.locator("pre > code").bounding_box()
        assert row["y"] + row["height"] <= code["y"] + 0.5
        for kind in ("run", "restore", "program", "help"):
            button = each.button(kind).bounding_box()
            assert button["x"] + button["width"] <= 320
            expect(each.button(kind)).to_be_in_viewport()


def test_a_graph_run_in_a_phone_scrolls_in_its_own_frame(page, open_page, sample):
    page.set_viewport_size({"width": 320, "height": 740})
    reader = open_page(sample)
    reader.block(3).edit("from mygrad import Value, draw_dot\ndraw_dot(Value(1.0) + 2 + 3 + 4 + 5)")
    reader.block(3).run()
    frame = reader.block(3).live.locator(".mygrad-scroll")

    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    expect(frame).to_have_attribute("tabindex", "0")


def test_a_first_column_of_words_is_wide_and_line_numbers_are_none(page, address):
    """Code with numbered lines was a table too: a screen reader read all numbers, then all code."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{address}chapters/06-automatic/")
    numbers = page.locator("[data-linenos]")
    assert numbers.count() > 0
    assert page.locator("td.linenos").count() == 0
    page.goto(f"{address}speed/")
    first = page.locator("article table td:first-child", has_text="one step of the moons demo")
    assert first.first.bounding_box()["width"] > 160


@pytest.mark.parametrize("page_name", PAGES)
def test_a_scrollbar_in_a_page_is_thin_and_in_its_colours(page, address, page_name):
    """The browser's own is wide, and white in the dark, wherever it is always shown."""
    page.set_viewport_size({"width": 320, "height": 740})
    path = page_name.removesuffix(".md").removesuffix("index")
    page.goto(address + path + "/" * bool(path), wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(box => box.open = true)")
    loud = page.evaluate(
        """() => [...document.querySelectorAll("article *")].filter(element => {
          const style = getComputedStyle(element);
          const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY)
            && (element.scrollWidth > element.clientWidth
              || element.scrollHeight > element.clientHeight);
          return scrolls && (style.scrollbarWidth !== "thin" || style.scrollbarColor === "auto");
        }).map(element => `${element.tagName} ${element.className}`)"""
    )

    assert loud == []


def test_the_focus_goes_along_to_a_new_page(reader):
    """A page that is changed without being loaded leaves it nowhere, and a screen reader silent."""
    link = reader.page.get_by_role("link", name="The other page")
    link.focus()
    link.press("Enter")

    expect(reader.page.get_by_role("heading", name="Another page")).to_be_focused()
    reader.page.get_by_role("link", name="why").press("Enter")
    expect(reader.page.locator("#why")).to_be_focused()


def test_a_wide_table_can_be_scrolled_by_keys(page, address):
    """And one that is not wide is no stop on the way."""
    page.set_viewport_size({"width": 390, "height": 740})
    page.goto(f"{address}speed/")
    frame = page.locator(".md-typeset__scrollwrap").first
    expect(frame).to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto(f"{address}errata/")
    expect(page.locator("nav.md-code__nav:not([role=none])")).to_have_count(0)
    expect(page.locator(".md-typeset__scrollwrap[tabindex]")).to_have_count(0)


def test_what_is_out_of_date_says_so_and_stays_readable(reader):
    reader.block(1).edit("count = 7")
    old = reader.block(1).verified_output.locator("xpath=ancestor::*[contains(@class, 'old')]")

    assert old.evaluate("e => getComputedStyle(e, '::before').content") == '"out of date"'
    assert old.evaluate("e => getComputedStyle(e, '::after').borderTopStyle") == "dashed"
    assert old.evaluate("e => getComputedStyle(e).opacity") == "1"


def test_the_letters_are_seen_where_the_system_sets_the_colours(reader):
    """Those of the text area alone; and the line that failed is marked."""
    reader.page.emulate_media(forced_colors="active")
    block = reader.block(1).edit("1 / 0").run()

    expect(block.element.locator("pre > code")).to_have_css("visibility", "hidden")
    expect(block.mark).to_be_visible()
    expect(block.mark).to_have_css("outline-style", "solid")
