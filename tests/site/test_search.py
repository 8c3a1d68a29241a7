"""The search: it costs nothing before it is used, finds what is there, and outlives failures."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

PAUSE = 300  # milliseconds: the theme closes the search 125 ms after a page has come

WAYS = {
    "the key /": lambda page: page.keyboard.press("/"),
    "the key s": lambda page: page.keyboard.press("s"),
    "a click": lambda page: page.click("input[name=query]"),
}


@pytest.fixture
def requested(page):
    """The addresses that the page and its workers have asked for."""
    requested = []
    page.context.on("request", lambda request: requested.append(request.url))
    return requested


def whole(requested):
    """Those of what only a search needs: Material's script for it, and the documents."""
    return [url for url in requested if "workers/search" in url or "search/index" in url]


def search(page, words, open_by="the key /"):
    WAYS[open_by](page)
    expect(page.locator(".md-search__output")).to_be_visible()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)


def leave(page):
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).to_be_hidden()
    page.wait_for_timeout(PAUSE)


def first_result(page):
    return page.locator(".md-search-result__link").first


def titled(page, title):
    expect(page.locator(".md-content h1")).to_contain_text(title)
    page.wait_for_timeout(PAUSE)


def test_the_search_goes_along_from_page_to_page(page, sample, requested):
    """Entering by the home page once left it dead: its script was sought beside the next page."""
    page.goto(sample, wait_until="networkidle")
    assert whole(requested) == []
    page.evaluate("window.stillHere = true")
    page.get_by_role("link", name="The other page", exact=True).first.click()
    titled(page, "Another page")
    for way in WAYS:
        search(page, "run", way)
        expect(first_result(page)).to_contain_text("A page to be run")
        leave(page)
    search(page, "fold")
    expect(first_result(page)).to_contain_text("A page with a fold")
    first_result(page).click()
    titled(page, "A page with a fold")
    expect(page.locator("[data-md-highlight]").first).to_have_text("fold", ignore_case=True)
    search(page, "another")
    expect(first_result(page)).to_contain_text("Another page")
    page.keyboard.press("Enter")
    titled(page, "Another page")
    page.go_back()
    titled(page, "A page with a fold")
    search(page, "zzzz")
    expect(page.locator(".md-search-result__meta")).to_have_text("No results")

    assert page.evaluate("window.stillHere")
    assert len(whole(requested)) == 2


@pytest.mark.parametrize("missing", ["search/index.json", "workers/search."])
def test_a_search_that_cannot_be_loaded_says_so_and_is_tried_again(page, sample, missing):
    page.context.route(f"**/*{missing}*", lambda route: route.abort())
    page.goto(f"{sample}other/")
    search(page, "run")
    expect(first_result(page)).to_contain_text("The search could not be loaded")
    page.context.unroute(f"**/*{missing}*")
    page.keyboard.press("Backspace")

    expect(first_result(page)).to_contain_text("A page to be run")


def test_what_is_typed_while_the_search_loads_is_what_it_answers(page, sample):
    held = []
    page.context.route("**/search/index.json", lambda route: held.append(route))
    page.goto(f"{sample}other/")
    with page.expect_request("**/search/index.json"):
        search(page, "f")
    page.keyboard.press("Backspace")
    page.keyboard.type("another")
    held[0].continue_()

    expect(first_result(page)).to_contain_text("Another page")


def test_a_heading_of_a_chapter_is_found(page, address):
    page.goto(address + "chapters/12-training/")
    search(page, "zero_grad")

    results = page.locator(".md-search-result__link", has_text="zero_grad")
    expect(results.first).to_have_attribute("href", re.compile("zero_grad"))
