"""Nothing that a reader wrote is lost: each loss can be undone, and what can't be kept is said."""

import re

import pytest
from playwright.sync_api import expect
from reader import Reader

pytestmark = pytest.mark.slow

WRITTEN = "written = 'by the reader'"
LINK = "#code=KyjKzCvRMNQEAA.90ce8e1e"  # print(1)
LOOP = "print('begun')\nwhile True: pass"


@pytest.fixture
def reader(open_page, sample):
    return open_page(sample)


@pytest.fixture
def playground(open_page, sample):
    reader = open_page(f"{sample}playground/")
    expect(reader.block(1).button("link")).to_be_visible()
    return reader


def bar(reader):
    return reader.page.locator(".mygrad-edits")


def origin(reader):
    return reader.page.locator(".mygrad-origin")


def go_to(reader, fragment):
    """As with a link that is pasted over the address."""
    reader.page.evaluate("hash => location.hash = hash", fragment)


# States of a page in which WRITTEN stands somewhere.


def unedited(reader):
    reader.block(2).edit(WRITTEN)


def edited(reader):
    reader.block(1).edit(WRITTEN)


def ran(reader):
    reader.block(1).edit(WRITTEN).run()


def failed(reader):
    reader.block(1).edit(f"{WRITTEN}\n1 / 0").run()


def stale(reader):
    reader.block(1).edit("count = 3").run()
    reader.block(1).edit(WRITTEN)


def running(reader):
    block = reader.block(1).edit(f"{WRITTEN}\n{LOOP}")
    block.start()
    expect(block.output).to_contain_text("begun")


def restored(reader):
    reader.block(1).edit(WRITTEN)
    reader.block(1).button("restore").click()


def all_restored(reader):
    reader.block(2).edit("double = 3")
    reader.block(1).edit(WRITTEN)
    reader.restore_all()


def edited_since(reader):
    restored(reader)
    reader.block(1).edit("count = 4")


def changed_elsewhere(reader):
    reader.block(1).edit("count = 5")
    other = reader.page.context.new_page()
    other.goto(reader.page.url)
    Reader(other).block(1).edit(WRITTEN)
    other.close()
    expect(reader.block(1).button("take")).to_be_visible()


def linked(reader):
    reader.block(1).edit(WRITTEN)
    go_to(reader, LINK)
    expect(reader.block(1).editor).to_have_value("print(1)")


def link_edited(reader):
    reader.block(1).edit("own = 1")
    go_to(reader, LINK)
    expect(reader.block(1).editor).to_have_value("print(1)")
    reader.block(1).edit(WRITTEN)


def link_restored(reader):
    link_edited(reader)
    reader.block(1).button("restore").click()


def damaged_link(reader):
    reader.block(1).edit(WRITTEN)
    go_to(reader, "#code=cut-o")
    expect(origin(reader)).to_contain_text("damaged")


def example(reader):
    reader.block(1).edit(WRITTEN)
    reader.block(2).button("open").click()
    expect(reader.block(1).state).to_contain_text("from the example")


def example_edited(reader):
    example(reader)
    reader.block(1).edit(f"{WRITTEN}  # in the example")


ON_A_PAGE = [
    unedited, edited, ran, failed, stale, running, restored, all_restored, edited_since,
    changed_elsewhere,
]  # fmt: skip
IN_THE_PLAYGROUND = [
    edited, restored, linked, link_edited, link_restored, damaged_link, example, example_edited,
]  # fmt: skip

BUTTONS = """last => [...document.querySelectorAll(
  ".mygrad-toolbar button, .mygrad-origin button, .mygrad-edits button")]
  .filter(button => button.checkVisibility() &&
    !(button.closest("[id^=block-]")?.id > `block-${last}`))
  .map(button => button.textContent + " / " +
    (button.closest("[id^=block-]")?.id ?? button.parentElement.className))"""

PRESS = """name => {
  const [text, place] = name.split(" / ");
  const inside = document.querySelector(place.startsWith("block") ? `#${place}` : `.${place}`);
  const button = [...inside.querySelectorAll("button")]
    .find(each => each.textContent === text && each.checkVisibility());
  button?.click();
  return Boolean(button);
}"""

SHOWN = "() => [...document.querySelectorAll('.mygrad-editor, .mygrad-text')].map(e => e.value)"


def start_over(reader):
    reader.page.keyboard.press("Escape")
    reader.page.evaluate(
        """() => {
          for (const stop of document.querySelectorAll(".mygrad-button--stop:not([hidden])"))
            stop.click();
          localStorage.clear();
          sessionStorage.clear();
          location.hash = "";
          dispatchEvent(new Event("mygrad-edits-replaced"));
        }"""
    )
    expect(reader.page.locator(".mygrad-block--edited")).to_have_count(0)
    expect(reader.page.locator(".mygrad-button--run[aria-disabled=true]")).to_have_count(0)


def buttons(page, last):
    """Those that stay: what belongs to the state before may still be going."""
    names = None
    while names != (now := page.evaluate(BUTTONS, last)):
        names = now
        page.wait_for_timeout(300)
    return names


def press(reader, name):
    """A button by its text and place, or a key."""
    if name == "reload":
        reader.page.reload()
        expect(reader.page.locator(".mygrad-button--run").first).to_be_visible()
    elif name == "Control+Enter":
        reader.block(1).editor.press(name)
    else:
        reader.page.wait_for_function(PRESS, arg=name)
    if name.startswith(("?", "Earlier")):
        expect(reader.page.locator("dialog")).to_be_visible()


def way_back(reader):
    """By which of the page's own means the text is found, if it is."""
    page = reader.page
    ways = ["shown", "Undo", "My own code", "Undo", "Take it", "Earlier versions"]
    for way in ways:
        button = page.locator("button:visible").filter(has_text=re.compile(f"^{way}$"))
        if way != "shown":
            page.keyboard.press("Escape")  # out of what was opened
            if not button.count():
                continue
            button.first.click()
            page.wait_for_timeout(20)
        if any(WRITTEN in text for text in page.evaluate(SHOWN)):
            return way
    return None


@pytest.mark.parametrize(
    ("path", "last", "states"),
    [("", 1, ON_A_PAGE), ("playground/", 2, IN_THE_PLAYGROUND)],
    ids=["page", "playground"],
)
def test_no_button_loses_what_the_reader_wrote(open_page, sample, path, last, states):
    """Each button in each state, and keys: then the text is shown, or a button or two away.

    Of the blocks up to `last`, and of what stands beside them."""
    reader = open_page(sample + path)
    page = reader.page
    expect(page.locator(".mygrad-button--run").first).to_be_visible()
    lost, ways = [], set()
    for state in states:
        state(reader)
        names = buttons(page, last)
        assert names
        for name in [*names, "Control+Enter", "reload"]:
            start_over(reader)
            state(reader)
            press(reader, name)
            page.wait_for_timeout(20)
            way = way_back(reader)
            ways.add(way)
            if way is None:
                lost.append(f"{state.__name__}: {name}")
        start_over(reader)

    assert lost == []
    assert {"shown", "Undo"} < ways


def test_restore_is_undone_by_the_keyboard(reader):
    block = reader.block(1).edit(WRITTEN)
    block.button("restore").press("Enter")
    expect(block.state).to_have_text("restored")
    expect(block.button("undo")).to_be_focused()
    expect(reader.page.locator(".mygrad-speaker")).to_contain_text("Undo brings yours back")
    reader.page.keyboard.press("Enter")

    expect(block.editor).to_have_value(WRITTEN)
    expect(block.state).to_have_text("edited")
    expect(block.button("restore")).to_be_focused()


def restore(reader):
    reader.block(1).button("restore").click()


def undo(reader):
    restore(reader)
    reader.block(1).button("undo").click()


def take(reader):
    page = reader.page.context.new_page()
    page.goto(reader.page.url)
    Reader(page).block(1).edit("elsewhere = 1")
    page.close()
    reader.block(1).button("take").click()


def put_back(reader):
    restore(reader)
    paste(reader, "# another")
    bar(reader).get_by_role("button", name="Earlier versions").click()
    reader.page.get_by_role("button", name="Put back").click()


def to_the_playground(reader):
    reader.block(2).button("open").click()


def to_a_link(reader):
    go_to(reader, LINK)
    expect(reader.block(1).editor).to_have_value("print(1)")


def paste(reader, text):
    reader.block(1).editor.click()
    reader.page.keyboard.press("Control+A")
    reader.page.keyboard.insert_text(text)


@pytest.mark.parametrize(
    ("path", "changes"),
    [("", [restore, undo, take, put_back]), ("playground/", [to_the_playground, to_a_link])],
    ids=["page", "playground"],
)
def test_the_browser_undoes_nothing_in_a_text_that_it_does_not_know(
    open_page, sample, path, changes
):
    """Ctrl+Z leaves what a button has brought, and takes back what is typed after it."""
    reader = open_page(sample + path)
    expect(reader.page.locator(".mygrad-button--run").first).to_be_visible()
    editor = reader.block(1).editor
    wrong = {}
    for change in changes:
        start_over(reader)
        paste(reader, "# pasted line")
        change(reader)
        brought = editor.input_value()
        editor.click()
        reader.page.keyboard.press("Control+End")
        found = []
        for keys in ["Control+Z", "Control+Z", "x", "Control+Z", "Control+Z"]:
            reader.page.keyboard.press(keys)
            found.append(editor.input_value())
        if found != [brought, brought, f"{brought}x", brought, brought]:
            wrong[change.__name__] = found

    assert wrong == {}


def type_over(reader, text):
    reader.block(1).editor.press("Control+A")
    reader.page.keyboard.type(text)


def delete_all(reader):
    reader.block(1).editor.press("Control+A")
    reader.page.keyboard.press("Delete")


def delete_bit_by_bit(reader):
    reader.block(1).editor.press("Control+End")
    for _ in range(len(WRITTEN)):
        reader.page.keyboard.press("Backspace")


def delete_in_the_middle(reader):
    reader.block(1).editor.focus()
    reader.block(1).editor.evaluate("area => area.setSelectionRange(1, area.value.length - 1)")
    reader.page.keyboard.press("Delete")


def test_what_was_deleted_is_found_after_a_reload(reader):
    deletions = {
        "all, in the same visit": delete_all,
        "all": delete_all,
        "typed over": lambda reader: type_over(reader, "new"),
        "pasted over": lambda reader: paste(reader, "# a line that is as long as it"),
        "bit by bit": delete_bit_by_bit,
        "from the middle": delete_in_the_middle,
    }
    lost = []
    for name, delete in deletions.items():
        start_over(reader)
        type_over(reader, WRITTEN)
        if "same visit" not in name:
            press(reader, "reload")
        delete(reader)
        press(reader, "reload")
        if way_back(reader) != "Earlier versions":
            lost.append(name)

    assert lost == []


def test_small_changes_set_nothing_aside(reader):
    """Nor does the page's own code that is typed over, nor the same text twice."""
    type_over(reader, WRITTEN)
    reader.page.keyboard.press("Backspace")
    reader.page.keyboard.type("s'  # and by nobody else")
    expect(bar(reader).get_by_role("button", name="Earlier versions")).to_be_hidden()
    for _ in range(2):
        delete_all(reader)
        reader.page.keyboard.press("Control+Z")
    delete_all(reader)
    bar(reader).get_by_role("button", name="Earlier versions").click()

    expect(reader.page.locator(".mygrad-text")).to_have_count(1)


def test_earlier_versions_tell_when_and_come_newest_first(reader):
    page = reader.page
    page.evaluate(
        """() => {
          const of = (block, name, time, code) =>
            localStorage[`mygrad.aside ${location.pathname} ${name} ${block} ${time}`] = code;
          of(0, "gone", +new Date(2026, 0, 2, 3, 4, 5), "older");
          of(0, "gone", "NaN", "timeless");
          of(0, "gone", +new Date(2026, 4, 6, 17, 8, 9), "newer");
        }"""
    )
    paste(reader, WRITTEN)
    paste(reader, "now")
    bar(reader).get_by_role("button", name="Earlier versions").click()
    texts = page.locator(".mygrad-text")
    names = page.locator("dialog li > p").all_text_contents()
    origin = "Made from a block that has changed since, or is gone; replaced"

    expect(page.locator("dialog")).to_contain_text("The newest comes first.")
    assert [text.input_value() for text in texts.all()] == [WRITTEN, "newer", "older", "timeless"]
    assert re.fullmatch(r"Block 1, replaced today, \d\d:\d\d:\d\d", names[0])
    assert names[1:] == [
        f"{origin} on 6 May 2026, 17:08:09",
        f"{origin} on 2 January 2026, 03:04:05",
        f"{origin} since",
    ]


def test_restore_is_undone_after_a_reload(reader):
    reader.block(1).edit(WRITTEN)
    reader.block(1).button("restore").click()
    reader.page.reload()
    reader.block(1).button("undo").click()

    expect(reader.block(1).editor).to_have_value(WRITTEN)


def test_restore_all_is_undone_by_one_click(reader):
    codes = {1: WRITTEN, 2: "double = 8", 5: "depth = 2"}
    for number, code in codes.items():
        reader.block(number).edit(code)
    reader.restore_all()
    expect(bar(reader)).to_contain_text("3 blocks restored")
    expect(bar(reader).get_by_role("button", name="Undo")).to_be_focused()
    reader.page.keyboard.press("Enter")

    for number, code in codes.items():
        expect(reader.block(number).editor).to_have_value(code)
    expect(bar(reader)).to_contain_text("3 blocks edited")


def test_a_block_that_cannot_run_is_restored_too(reader):
    block = reader.block(5).edit("depth = 2")
    expect(block.state).to_contain_text("needs a deeper stack")
    block.button("restore").click()
    block.button("undo").click()

    expect(block.editor).to_have_value("depth = 2")


def test_what_was_restored_twice_is_all_there(reader):
    for i in range(3):
        reader.block(1).edit(f"{WRITTEN} {i}")
        reader.block(1).button("restore").click()
    reader.block(1).edit("count = 9")
    bar(reader).get_by_role("button", name="Earlier versions").click()
    texts = reader.page.locator(".mygrad-text")
    expect(texts).to_have_count(3)
    for drop in reader.page.get_by_role("button", name="Drop", exact=True).all()[:1]:
        drop.click()
    reader.page.get_by_role("button", name="Dropped. Undo").click()
    reader.page.get_by_role("button", name="Put back").first.click()

    expect(reader.block(1).editor).to_have_value(re.compile(re.escape(WRITTEN)))
    bar(reader).get_by_role("button", name="Earlier versions").click()
    expect(texts).to_have_count(3)


def test_two_tabs_tell_each_other(reader):
    """And neither takes the other's text away."""
    block = reader.block(1).edit("count = 2")
    page = reader.page.context.new_page()
    page.goto(reader.page.url)
    other = Reader(page).block(1)
    other.edit("count = 3")

    expect(block.state).to_have_text("changed in another tab")
    expect(block.editor).to_have_value("count = 2")
    block.edit("count = 4")
    expect(other.state).to_have_text("changed in another tab")
    bar(reader).get_by_role("button", name="Earlier versions").click()
    expect(reader.page.locator(".mygrad-text")).to_have_value("count = 3")
    other.button("take").click()
    expect(other.editor).to_have_value("count = 4")
    expect(other.button("take")).to_be_hidden()
    expect(other.state).to_have_text("edited")


def test_a_block_restored_in_one_tab_stays_in_the_other(reader):
    block = reader.block(1).edit(WRITTEN)
    page = reader.page.context.new_page()
    page.goto(reader.page.url)
    Reader(page).block(1).button("restore").click()

    expect(block.state).to_have_text("changed in another tab")
    expect(block.editor).to_have_value(WRITTEN)
    block.button("take").click()
    expect(block.element).not_to_have_class(re.compile("edited"))
    block.button("undo").click()
    expect(block.editor).to_have_value(WRITTEN)


# A storage that does not work, by what is said of it.
BROKEN = {
    "full": (
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }",
        "storage is full",
    ),
    "denied": (
        "Object.defineProperty(window, 'localStorage', "
        "{ get() { throw new DOMException('', 'SecurityError') } })",
        "keeps nothing for this site",
    ),
    "none": ("Object.defineProperty(window, 'localStorage', { value: null })", "keeps nothing"),
}


@pytest.mark.parametrize(("script", "said"), BROKEN.values(), ids=BROKEN)
def test_a_storage_that_does_not_work_is_said_once(page, open_page, sample, script, said):
    """And the text is there as long as the tab is, on other pages of the site in between too."""
    page.add_init_script(script)
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
          window.told = [];
          new MutationObserver(changes => {
            for (const {target} of changes) told.push(target.textContent);
          }).observe(document.body, {subtree: true, childList: true, characterData: true});
        })"""
    )
    errors = []
    page.on("pageerror", lambda error: errors.append(error.stack))
    reader = open_page(sample)
    block = reader.block(1).edit("")
    block.editor.press_sequentially(WRITTEN)
    expect(bar(reader)).to_contain_text(said)
    told = page.evaluate("told.filter(text => text.startsWith('What you write here is not kept'))")
    assert len(told) == 1
    block.button("help").click()
    dialog = page.locator("dialog")
    expect(dialog).to_contain_text("Only this tab has 1 edit of code on 1 page, until you leave")
    expect(dialog.locator("p").last).to_contain_text(said)
    expect(dialog).not_to_contain_text("This browser keeps 1 edit")
    page.keyboard.press("Escape")
    block.button("restore").click()
    block.button("undo").click()
    expect(block.editor).to_have_value(WRITTEN)
    page.get_by_role("link", name="The other page", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("Another page")
    page.get_by_role("link", name="The first page", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("A page to be run")
    expect(reader.block(1).editor).to_have_value(WRITTEN)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    page.wait_for_event("close")

    assert asked == ["beforeunload"]
    assert [error for error in errors if "/assets/run/" in error] == []  # the theme has its own


def test_a_text_that_is_too_long_for_the_storage_stays_in_the_page(reader):
    """With the shorter ones kept, and itself too, once there is room."""
    reader.block(2).edit("double = 8")
    block = reader.block(1)
    put = """(area, length) => {
      area.value = "x".repeat(length);
      area.dispatchEvent(new Event("input"));
    }"""
    block.editor.evaluate(put, 6_000_000)
    expect(bar(reader)).to_contain_text("storage is full")
    reader.block(2).edit("double = 9")
    block.editor.evaluate(put, 300_000)
    expect(bar(reader)).not_to_contain_text("full")
    reader.page.reload()

    expect(reader.block(2).editor).to_have_value("double = 9")
    expect(reader.block(1).editor).to_have_value("count = 1\nprint(count)")
    bar(reader).get_by_role("button", name="Earlier versions").click()
    assert len(reader.page.locator(".mygrad-text").input_value()) == 300_000


def test_a_storage_cleared_meanwhile_takes_no_text_from_the_page(reader):
    block = reader.block(1).edit(WRITTEN)
    page = reader.page.context.new_page()
    page.goto(reader.page.url)
    page.evaluate("localStorage.clear()")

    expect(block.state).to_have_text("changed in another tab")
    expect(block.editor).to_have_value(WRITTEN)
    block.editor.press("End")
    block.editor.press("x")
    reader.page.reload()
    expect(block.editor).to_have_value(f"{WRITTEN}x")


def test_damaged_storage_does_no_harm(reader):
    errors = []
    reader.page.on("pageerror", lambda error: errors.append(str(error)))
    reader.page.evaluate(
        """() => {
          for (const name of ["", " ", " /", " / ", " / x", " / x y", " / 0 0 NaN", " / \\ud800 0"])
            for (const kind of ["edit", "aside"])
              localStorage[`mygrad.${kind}${name}`] = "\\ud800\\0\\u202e" + name;
          sessionStorage["mygrad.playground"] = '{"hash": "", "place": {"from": "x"}}';
        }"""
    )
    reader.page.reload()
    block = reader.block(1).edit(WRITTEN)
    block.button("restore").click()
    block.button("undo").click()
    expect(block.editor).to_have_value(WRITTEN)
    bar(reader).get_by_role("button", name="Earlier versions").click()
    expect(reader.page.locator(".mygrad-text").first).to_be_visible()
    reader.page.goto(f"{reader.page.url}playground/")
    expect(block.editor).to_have_value(re.compile("^from mygrad"))

    assert errors == []


def test_all_is_forgotten_and_brought_back(reader):
    reader.block(1).edit(WRITTEN)
    reader.block(2).edit("double = 8")
    reader.block(2).button("restore").click()
    reader.page.evaluate("localStorage.other = 'stays'")
    reader.block(1).button("help").click()
    dialog = reader.page.locator("dialog")
    expect(dialog.locator("h2")).to_be_focused()
    expect(dialog).to_contain_text("1 edit and 1 earlier version of code on 1 page")
    dialog.get_by_role("button", name="Forget…").click()
    dialog.get_by_role("button", name="Keep", exact=True).click()
    expect(reader.block(1).editor).to_have_value(WRITTEN)
    dialog.get_by_role("button", name="Forget…").click()
    dialog.get_by_role("button", name="Forget it all").click()
    expect(reader.block(1).editor).to_have_value("count = 1\nprint(count)")
    assert reader.page.evaluate("Object.keys(localStorage).filter(k => k.includes('aside'))") == []
    assert reader.page.evaluate("localStorage.other") == "stays"
    reader.page.keyboard.press("Escape")
    reader.block(3).button("help").click()
    dialog.get_by_role("button", name="Undo").click()

    expect(reader.block(1).editor).to_have_value(WRITTEN)
    expect(reader.block(2).button("undo")).to_be_visible()
