"""The playground: its code stands in the address, and nothing runs without a click."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

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


def test_an_untouched_playground_has_a_plain_address(reader):
    assert "#" not in reader.page.url
    shared(reader)
    reader.block(1).button("restore").click()
    reader.page.wait_for_function("() => !location.href.includes('#')")


def test_code_from_an_address_waits_for_a_click(reader, open_page):
    """It may be anybody's."""
    address = shared(reader)
    requests = []
    page = reader.page
    page.goto("about:blank")
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    block = reader.block(1)

    expect(block.state).to_have_text("from the address: read it, then run it")
    expect(block.live).to_be_hidden()
    assert not any("/python/" in url for url in requests)
    assert block.run().printed == "shared, with “é” and + / =\n"


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
