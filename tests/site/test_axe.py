"""Every page, and a page in each of its states, held against axe-core: it finds nothing."""

import re

import pytest
from axe import UNFOLD, Axe, source
from playwright.sync_api import expect
from reader import Reader

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def program():
    return source()


@pytest.fixture
def axe(page, program):
    return Axe(page, program)


def test_axe_finds_what_is_wrong(axe, page, sample):
    """In colours, also under an editor, and in the order of titles."""
    page.goto(sample)
    page.locator("article h1").evaluate("title => title.style.color = '#bbb'")
    page.locator("#block-1 code .nb").first.evaluate("word => word.style.color = '#bbb'")
    page.locator("article h1").evaluate(
        "title => title.insertAdjacentHTML('afterend', '<h4>Deep</h4>')"
    )
    found = "\n".join(axe.found())

    assert "color-contrast: #a-page-to-be-run" in found
    assert re.search("color-contrast: .*block-1", found)
    assert "heading-order: h4" in found


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 390)], ids=["light and wide", "dark and narrow"]
)
def test_nothing_is_found_on_any_page(browser, program, site, address, scheme, width):
    """Colours do not depend on the width, nor the layout on colours: each page is loaded twice."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    axe = Axe(page, program)
    found = []
    for name in pages:
        page.goto(address + name.removesuffix("index.html"))
        page.locator("article").wait_for()
        page.evaluate(UNFOLD)
        found += [f"{name}: {line}" for line in axe.found()]
    context.close()

    assert len(pages) > 20
    assert found == []


def test_nothing_is_found_in_any_state_of_a_page(browser, program, sample):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    axe = Axe(page, program)
    found = {}
    for name, reach in STATES:
        reach(page, sample)
        found[name] = axe.found_in_all_colours()
    context.close()

    assert {name: lines for name, lines in found.items() if lines} == {}


def run(page, sample):
    """Text, a picture, an error that belongs there; an error that does not; a note."""
    page.goto(sample)
    reader = Reader(page)
    for number in (1, 3, 4):
        reader.block(number).run()
    reader.block(2).edit("print('some')\ndouble = 1 / 0").run()
    expect(reader.block(2).mark).to_be_visible()


def stale(page, sample):
    """What was verified, and what has been run, below code that has changed since."""
    reader = Reader(page)
    reader.block(1).edit("count = 7  # another\nprint(count)")
    expect(page.locator(".mygrad-old:visible")).not_to_have_count(0)


def running(page, sample):
    reader = Reader(page)
    reader.block(1).edit("print('begun')\nwhile True: pass").start()
    expect(reader.block(1).output).to_contain_text("begun")


def stopped(page, sample):
    reader = Reader(page)
    reader.block(1).stop()
    expect(reader.block(1).note).to_contain_text("Stopped")


def help_open(page, sample):
    Reader(page).block(1).button("help").click()
    expect(page.locator("dialog")).to_be_visible()


def search_open(page, sample):
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("count")
    expect(page.locator(".md-search-result__link").first).to_be_visible()


def film_stepped(page, sample):
    page.goto(f"{sample}film/")
    player = Reader(page).player("#twice").focus().press("Home", "ArrowRight", "ArrowRight")
    player.list.locator("summary").click()
    player.expect_step(2, 10)


def film_selected(page, sample):
    player = Reader(page).player("#twice")
    player.box("n0").click()
    expect(player.box("n0")).to_have_attribute("aria-pressed", "true")


def film_run(page, sample):
    """In the page's own Python; and its values in place of groups."""
    reader = Reader(page)
    reader.block(1).run()
    reader.player("#block-1 + .mygrad-live").press("ArrowRight")
    reader.player("#grouped").unfold()


def shared(page, sample):
    page.goto(f"{sample}playground/")
    page.get_by_role("button", name="To the playground").click()
    expect(Reader(page).block(1).state).to_contain_text("from the example")


def navigation_open(page, sample):
    page.set_viewport_size({"width": 320, "height": 700})
    page.locator("label.md-header__button[for=__drawer]").click()
    expect(page.locator(".md-nav--primary .md-nav__link").first).to_be_in_viewport()


STATES = [
    (state.__name__, state)
    for state in (
        run,
        stale,
        running,
        stopped,
        help_open,
        search_open,
        film_stepped,
        film_selected,
        film_run,
        shared,
        navigation_open,
    )
]
