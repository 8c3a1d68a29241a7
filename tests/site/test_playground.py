"""The playground: its code stands in the address, and nothing runs without a click."""

import base64
import json
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import expect
from reader import Reader

pytestmark = pytest.mark.slow

LINKS = json.loads((Path(__file__).parent.parent / "hostile" / "links.json").read_text())
ONE = "#code=M-QCAA.05eb07a2"
CODE = "print('shared, with “é” and + / =')"


@pytest.fixture
def reader(open_page, sample):
    return open_page(f"{sample}playground/")


def shared(reader, code=CODE):
    """The address that a reader gets to share, once the code is in it."""
    before = reader.page.url
    reader.block(1).edit(code)
    reader.page.wait_for_function("before => location.href !== before", arg=before)
    return reader.page.evaluate("location.href")


def test_what_is_written_stands_in_the_address(reader, open_page, browser):
    """Also for someone else, in another browser."""
    address = shared(reader)
    other = browser.new_context().new_page()
    other.goto(address)

    expect(other.locator("#block-1 .mygrad-editor")).to_have_value(CODE)
    other.context.close()


def test_what_is_written_while_the_playground_loads_stands_in_the_address_too(page, sample):
    late, released = [], []
    page.route(
        "**/run/playground.js",
        lambda route: route.continue_() if released else late.append(route),
    )
    page.goto(f"{sample}playground/")
    block = Reader(page).block(1).edit(CODE)
    while not late:
        page.wait_for_timeout(50)
    released.append(True)
    for route in late:
        route.continue_()

    page.wait_for_function("() => location.hash.startsWith('#code=')")
    expect(block.editor).to_have_value(CODE)


def test_an_untouched_playground_has_a_plain_address(reader):
    assert "#" not in reader.page.url
    shared(reader)
    reader.block(1).button("restore").click()
    reader.page.wait_for_function("() => !location.href.includes('#')")


def test_code_from_an_address_waits_for_a_click(reader, browser):
    """It may be anybody's."""
    address = shared(reader)
    requests = []
    page = browser.new_page()
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    other = Reader(page)
    block = other.block(1)

    expect(block.state).to_have_text("from the address: read it, then run it")
    expect(page.locator(".mygrad-origin")).to_contain_text("may be anybody's: 1 line.")
    expect(block.live).to_be_hidden()
    assert not any("/python/" in url for url in requests)
    for number in (1, 2):  # the keys are no click, and the second block would run the first
        other.block(number).editor.press("Control+Enter")
    other.block(2).button("run").click()
    expect(block.state).to_have_text("read it first, then press Run")
    expect(other.block(2).state).to_have_text("block 1 holds code nobody has read")
    expect(block.live).to_be_hidden()
    assert block.run().printed == "shared, with “é” and + / =\n"
    page.close()


def test_code_that_goes_on_below_the_screen_is_read_to_its_end(reader):
    """The lines that hold something are shown together, however far apart."""
    link = next(link for link in LINKS if "the last one far below" in link["name"])
    go_to(reader, address_of(link))
    block = reader.block(1)
    expect(reader.page.locator(".mygrad-origin")).to_contain_text("1,000 lines. Only these")
    expect(reader.page.locator(".mygrad-origin li")).to_have_text(["print(1)"])
    block.button("run").click()
    expect(block.state).to_have_text("read it to its end, then press Run")
    expect(block.live).to_be_hidden()
    assert block.element.evaluate("e => e.getBoundingClientRect().bottom <= innerHeight + 1")

    assert block.run().printed == "1\n"


def test_a_long_line_of_a_stranger_is_wrapped(reader):
    link = next(link for link in LINKS if link["name"] == "code behind a long line's end")
    go_to(reader, address_of(link))
    block = reader.block(1)
    expect(block.editor).to_have_value(joined(link["shown"]))
    code = block.element.locator("pre > code")
    for element in (code, block.editor):
        assert element.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    sizes = [element.evaluate("e => e.scrollHeight") for element in (code, block.editor)]

    assert abs(sizes[0] - sizes[1]) < 10, "the editor's lines lie over those of the code"


def test_the_address_changing_after_reading_asks_anew(reader):
    block = reader.block(1)
    go_to(reader, ONE)
    expect(block.editor).to_have_value("1\n")
    block.run()
    block.editor.press("Control+Enter")
    block.wait()
    expect(block.state).to_have_text("ran")
    go_to(reader, "#code=KyjKzCvRMNTkAgA.0929a97c")
    expect(block.editor).to_have_value("print(1)\n")
    block.editor.press("Control+Enter")
    expect(block.state).to_have_text("read it first, then press Run")
    reader.page.go_back()
    expect(block.editor).to_have_value("1\n")
    block.editor.press("Control+Enter")
    expect(block.state).to_have_text("read it first, then press Run")


def test_a_link_takes_nothing_from_the_reader(reader):
    """Neither does a key in it, nor the next one, nor a reload; each has its own place."""
    page, block = reader.page, reader.block(1)
    mine = page.get_by_role("button", name="My own code")
    block.edit("mine = 1")
    go_to(reader, ONE)
    expect(block.editor).to_have_value("1\n")
    block.editor.press("x")
    go_to(reader, "#code=KyjKzCvRMNTkAgA.0929a97c")
    expect(block.editor).to_have_value("print(1)\n")
    block.edit("print(2)")
    page.wait_for_function("() => !location.hash.includes('0929a97c')")
    page.reload()
    expect(block.editor).to_have_value("print(2)")
    block.button("restore").click()
    expect(block.editor).to_have_value("print(1)\n")
    block.button("undo").click()
    mine.click()
    expect(block.editor).to_have_value("mine = 1")
    expect(mine).to_be_hidden()
    page.reload()
    expect(block.editor).to_have_value("mine = 1")
    go_to(reader, ONE)
    expect(block.editor).to_have_value("1\nx")
    expect(page.locator(".mygrad-origin")).to_contain_text("You have changed it")
    page.get_by_role("button", name="Earlier versions").click()

    expect(page.locator("dialog textarea")).to_have_value("print(2)")


def joined(parts):
    return "".join(text * times for text, times in parts)


def address_of(link):
    if "address" in link:
        return joined(link["address"])
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    parts = [packer.compress(bytes.fromhex(text) * times) for text, times in link["bytes"]]
    packed = b"".join([*parts, packer.flush()])
    return "#code=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def go_to(reader, fragment):
    """As with a link that is pasted over the address."""
    reader.page.evaluate("hash => { location.hash = hash }", fragment)


# What can't be seen has a stand-in in the editor.
STAND_INS = "async text => (await import('../assets/run/unseen.js')).shown(text)"
SOON = 2000  # milliseconds on a busy machine; the browser itself takes longer for 1.3 MB
READ = """async hash => {
  const { bringsCode, codeOf } = await import("../assets/run/address.js");
  const begin = performance.now();
  if (bringsCode(hash)) await codeOf(hash).catch(() => {});
  return performance.now() - begin;
}"""


def test_a_hostile_link_gives_its_code_or_says_why_not(reader):
    """And soon, with the reader's own code as it was."""
    block, page = reader.block(1), reader.page
    origin = page.locator(".mygrad-origin")
    block.edit("mine = 1")
    wrong = []
    for link in LINKS:
        page.evaluate("() => { location.hash = '' }")
        expect(block.editor).to_have_value("mine = 1")
        expect(origin).to_be_hidden()
        go_to(reader, address_of(link))
        code = joined(link["shown"]) if "shown" in link else "mine = 1"
        shown = page.evaluate(STAND_INS, code)
        try:
            if link.get("refused") != "no code":
                expect(origin).to_contain_text(link.get("refused", "anybody's"))
            expect(block.editor).to_have_value(shown)
        except AssertionError as error:
            wrong.append(f"{link['name']}: {str(error)[:300]}")
        if page.evaluate(READ, address_of(link)) > SOON:
            wrong.append(f"{link['name']}: late")

    assert wrong == []


def test_another_address_in_the_same_page_brings_its_code(reader):
    page = reader.page
    first = shared(reader, "print(1)")
    shared(reader, "print(2)")
    page.evaluate("hash => location.hash = hash", first.partition("#")[2])

    expect(reader.block(1).editor).to_have_value("print(1)")


def test_an_address_that_cannot_be_read_says_so(reader, sample):
    """Cut off in a message, say.  The page's own code stays."""
    reader.page.goto("about:blank")
    reader.page.goto(f"{sample}playground/#code=cut-o")
    block = reader.block(1)

    expect(block.state).to_have_text("the address holds no code that can be read")
    assert block.editor.input_value().startswith("from mygrad import")


TYPE = "(area, code) => { area.value = code; area.dispatchEvent(new Event('input')) }"


def test_code_that_no_link_can_carry_says_so(reader):
    """And stays, also after a reload."""
    block = reader.block(1)
    for code, reason in [("x" * 20_001, "too long"), ("x\n" * 1000, "too long"), (" ", "no code")]:
        block.editor.evaluate(
            TYPE, code
        )  # Chromium itself takes half a minute for a thousand lines
        block.button("link").click()
        expect(block.state).to_have_text("no link can carry it")
        expect(reader.page.locator(".mygrad-origin")).to_contain_text(reason)
    block.editor.evaluate(TYPE, "x" * 20_001)
    reader.page.reload()

    assert len(block.editor.input_value()) == 20_001


def test_the_link_is_copied_by_a_button(reader):
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    address = shared(reader)
    reader.block(1).button("link").click()
    expect(reader.block(1).state).to_have_text("address copied")

    assert reader.page.evaluate("navigator.clipboard.readText()") == address


def test_an_example_goes_into_the_playground_by_a_button(reader):
    """Its code is in the address too, the playground has the focus, and still nothing has run."""
    reader.block(2).button("open").click()
    block = reader.block(1)

    expect(block.editor).to_have_value("from mygrad import Value\n\nprint(Value(3.0) + 4)")
    expect(block.editor).to_be_focused()
    expect(block.state).to_have_text("from the example: run it, or change it")
    expect(block.live).to_be_hidden()
    assert "#code=" in reader.page.url
    assert block.run().printed == "Value(data=7.0)\n"


def test_an_example_is_no_edit_of_the_reader(reader):
    """What they have written themselves comes back when they do."""
    reader.block(1).edit("mine = 1")
    reader.block(2).button("open").click()
    reader.page.goto(reader.page.url.partition("#")[0])
    reader.page.reload()

    expect(reader.block(1).editor).to_have_value("mine = 1")


def test_other_pages_have_no_such_buttons(open_page, sample):
    reader = open_page(sample)

    expect(reader.block(1).button("link")).to_have_count(0)
    expect(reader.block(1).button("open")).to_have_count(0)
