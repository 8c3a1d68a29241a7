"""A link into a fold opens it: with JavaScript and without, and where a page is not loaded anew."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

# Open, and the fold's title in sight: below the header that stays at the top.
SHOWN = """target => {
  const folds = [];
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details"))
    folds.push(fold);
  const header = document.querySelector(".md-header").getBoundingClientRect().bottom;
  const top = (folds[0]?.firstElementChild ?? target).getBoundingClientRect().top;
  return folds.every(fold => fold.open) && top >= header && top < innerHeight;
}"""


def assert_shown(page, place):
    target = page.locator(f"[id='{place.partition('#')[2]}']").element_handle()
    page.wait_for_function(SHOWN, arg=target)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("javascript", [True, False])
def test_every_question_leads_to_an_answer_that_is_open(browser, address, javascript, width):
    context = browser.new_context(
        java_script_enabled=javascript, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{address}questions/")
    answers = page.locator("article a[href*='chapters/'][href*='#']")
    places = answers.evaluate_all("links => links.map(link => link.href)")
    assert len(places) >= 19

    for place in places:
        page.goto("about:blank")
        page.goto(place)
        assert_shown(page, place)
    context.close()


def test_a_link_into_a_fold_opens_it_where_the_page_is_not_loaded_anew(page, sample):
    page.goto(f"{sample}other/")
    page.evaluate("window.kept = true")
    page.locator("article a[href*='#why']").click()

    expect(page).to_have_url(f"{sample}fold/#why")
    assert_shown(page, "#why")
    assert page.evaluate("window.kept")
