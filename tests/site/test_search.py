"""The search: it costs nothing before it is used, and finds what is there."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


@pytest.fixture
def requested(page, address):
    """The addresses that a chapter has asked for."""
    requested = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(address + "chapters/12-training/", wait_until="networkidle")
    return requested


def test_a_page_does_not_fetch_what_the_search_needs(requested):
    assert not [url for url in requested if "search_index" in url or "workers/search" in url]


@pytest.mark.parametrize("opened", ["by key", "by click"])
def test_the_search_finds_a_heading(page, requested, opened):
    if opened == "by key":
        page.keyboard.press("/")
    else:
        page.click("input[name=query]")
    page.keyboard.type("zero_grad")

    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert len([url for url in requested if "search_index" in url]) == 1
