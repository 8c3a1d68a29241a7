"""Copying works without https and without permission, or the page says that it could not."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from reader import Reader

pytestmark = pytest.mark.slow

INSECURE = "http://site.test/"  # a name of a local network: browsers trust 127.0.0.1 alone


@pytest.fixture
def reader(page, sample):
    """Of the playground, over http."""

    def serve(route):
        parts = urlsplit(route.request.url)
        if "/python/" in parts.path:
            return route.abort()  # nothing is run here
        return route.fulfill(response=route.fetch(url=sample + parts.path.lstrip("/")))

    page.route(f"{INSECURE}**", serve)
    page.goto(f"{INSECURE}playground/")
    expect(page.locator(".mygrad-button--link")).to_be_visible()
    assert page.evaluate("[isSecureContext, navigator.clipboard]") == [False, None]
    return Reader(page)


@pytest.fixture
def clipboard(reader, context, sample):
    """What was copied, as another page reads it, which may."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=sample)
    page = context.new_page()
    page.goto(sample)

    def clipboard():
        page.bring_to_front()
        text = page.evaluate("navigator.clipboard.readText()")
        reader.page.bring_to_front()
        return text

    return clipboard


CODE = "print('<&>')\nprint('“é”')"


def copies(reader):
    """Each way to copy in the page: what to press, and where the answer stands."""
    block = reader.block(1)
    theme = block.element.locator(".md-code__button[data-md-type=copy]")
    return {
        "link": (block.button("link"), block.state, "address copied"),
        "program": (block.button("program"), block.state, "copied, with what it needs"),
        "theme": (theme, reader.page.locator(".md-dialog"), "Copied"),
    }


def test_every_copy_button_works_over_http(reader, clipboard):
    reader.block(1).edit(CODE)
    reader.block(1).element.hover()
    copied = {}
    for name, (button, place, said) in copies(reader).items():
        button.click()
        expect(place).to_contain_text(said)
        copied[name] = clipboard().rstrip("\n")

    assert copied["program"] == copied["theme"] == CODE
    reader.page.goto("about:blank")
    reader.page.goto(copied["link"])
    expect(reader.block(1).editor).to_have_value(CODE)


def test_the_focus_stays_where_copying_was_asked_for(reader):
    button = reader.block(1).button("program")
    button.press("Enter")
    expect(reader.block(1).state).to_contain_text("copied")

    expect(button).to_be_focused()


@pytest.mark.parametrize("refusal", ["() => false", "() => { throw new Error('no') }"])
def test_a_browser_that_lets_no_page_copy(reader, refusal):
    """The text is shown and selected, for the reader's own hands."""
    reader.page.evaluate(f"() => {{ document.execCommand = {refusal} }}")
    block = reader.block(1)
    block.editor.evaluate(
        "(area, code) => { area.value = code; area.dispatchEvent(new Event('input')) }", CODE
    )
    block.button("program").click()
    dialog = reader.page.locator("dialog")
    expect(dialog).to_contain_text("lets no page copy")
    expect(dialog.locator("textarea")).to_have_value(f"{CODE}\n")
    expect(dialog.locator("textarea")).to_be_focused()
    assert reader.page.evaluate("getSelection().toString()") == f"{CODE}\n"
    reader.page.keyboard.press("Escape")

    expect(dialog).to_have_count(0)
    expect(block.state).to_have_text("not copied")
    block.element.hover()
    block.element.locator(".md-code__button[data-md-type=copy]").click()
    expect(dialog).to_contain_text("lets no page copy")


def test_a_clipboard_that_is_denied(open_page, sample, context):
    """The old way is open all the same."""
    reader = open_page(sample)
    reader.page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }"
    )
    block = reader.block(2)
    block.button("program").click()
    expect(block.state).to_have_text("copied, with what it needs")
    context.grant_permissions(["clipboard-read"])

    assert "count = 1" in reader.page.evaluate("navigator.clipboard.readText()")
