"""Two walls around what a run draws, each tried with the other one off: the cleaning, the policy.

The inputs are in tests/hostile/pictures.json.  A third party is a host that never gets an answer.
"""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

PICTURES = json.loads(
    (Path(__file__).parent.parent / "hostile" / "pictures.json").read_text(encoding="utf-8")
)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')

# In place of the first wall: what lets all pass, and lets scripts run.
NO_CLEANING = """
  const all = (markup) => ({
    content: document.createRange().createContextualFragment(markup), leftOut: [],
  });
  export { all as cleanPicture, all as cleanFilm };
"""

WATCH = """
  window.events = [];
  window.hit = () => events.push("ran");
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    (window.violations ??= []).push(`${violatedDirective}: ${blockedURI}`);
  });
"""

# Shows a picture as a run does, looks what it covers, and then touches all that is in it.
SHOW = """async ([markup, cleaned]) => {
  const { figure } = await import(new URL("assets/run/picture.js", site));
  const { play } = await import(new URL("assets/player/player.js", site));
  const live = document.createElement("div");
  live.className = "mygrad-live";
  live.append(await figure(markup, "live-1"));
  document.querySelector(".md-content__inner > h1").after(live);
  const shown = live.firstElementChild;
  const film = cleaned && shown.querySelector(".mygrad-film");
  if (film) play(film);
  await new Promise(requestAnimationFrame);
  const frame = live.getBoundingClientRect();
  for (let x = 5; cleaned && x < innerWidth; x += 80) {
    for (let y = 5; y < innerHeight; y += 60) {
      const outside = x < frame.left || x > frame.right || y < frame.top || y > frame.bottom;
      if (outside && live.contains(document.elementFromPoint(x, y))) events.push("covers");
    }
  }
  // Following a link is the reader's own doing: only one that runs something counts.
  const stay = (event) => {
    const link = event.target.closest("a");
    const address = URL.parse(link?.href?.baseVal ?? link?.href ?? "", site);
    if (!address?.protocol.startsWith("http")) return;
    event.preventDefault();
    event.stopPropagation(); // the theme would follow it by itself
  };
  addEventListener("click", stay, true);
  for (const part of shown.querySelectorAll("*")) {
    for (const kind of ["pointerover", "mouseover", "mouseenter", "focus", "click"]) {
      part.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true }));
    }
    if (part instanceof HTMLFormElement) HTMLFormElement.prototype.requestSubmit.call(part);
  }
  await new Promise((resolve) => setTimeout(resolve, 60));
  removeEventListener("click", stay, true);
  live.remove();
  return events.splice(0);
}"""


@pytest.fixture
def watched(page, sample):
    """Opens the first page behind some of the walls; whatever happens there is noted."""
    happened = []

    def open_page(first, second):
        def answer(route):
            request = route.request
            path = urlsplit(request.url).path
            if not request.url.startswith(sample):
                # No policy holds a page where it is: that is for the first wall alone.
                leaves = request.is_navigation_request() and request.method == "GET"
                if first or not leaves:
                    happened.append(f"{request.method} {request.resource_type}")
                route.fulfill(status=204)
            elif not first and path.endswith("/run/clean.js"):
                route.fulfill(body=NO_CLEANING, content_type="text/javascript")
            elif not second and path.endswith("/"):  # a page, also one that the theme asks for
                response = route.fetch()
                route.fulfill(response=response, body=POLICY.sub("", response.text()))
            else:
                route.continue_()

        page.context.route(re.compile("^http"), answer)
        page.on("dialog", lambda dialog: (happened.append("dialog"), dialog.dismiss()))
        page.context.on("page", lambda _: happened.append("window"))
        page.on("pageerror", lambda error: happened.append(f"error: {error}") if first else None)
        page.add_init_script(WATCH)
        page.goto(sample)
        page.evaluate("site => { window.site = site }", sample)
        return happened

    return open_page


@pytest.mark.parametrize(
    ("first", "second"),
    [(True, True), (True, False), (False, True)],
    ids=["both walls", "the first alone", "the second alone"],
)
def test_nothing_hostile_runs_loads_submits_leaves_or_covers(watched, page, first, second):
    """The second wall stops what runs, loads and submits; the first all of it."""
    happened = watched(first, second)
    through = {}
    for picture in PICTURES:
        if picture.get("hangs") and not first:
            continue  # no policy bounds the work of drawing, or of scripts that are misled
        events = page.evaluate(SHOW, [picture["input"], first])
        if found := sorted({*events, *happened}):
            through[picture["name"]] = found
        happened.clear()

    assert through == {}
    assert page.evaluate("location.href + site") == f"{page.url}{page.url}"


def test_without_both_walls_the_inputs_do_what_they_can(watched, page):
    """Or the test above would hold against anything."""
    happened = watched(False, False)
    biting = set()
    names = ("a script of HTML", "a script from elsewhere", "an image", "a style sheet", "a form")
    for picture in PICTURES:
        if picture["name"] in names:
            biting |= {*page.evaluate(SHOW, [picture["input"], False]), *happened}

    assert biting >= {"ran", "GET image", "GET script", "GET stylesheet", "POST document"}


def test_a_picture_from_a_run_is_cleaned_and_says_so(watched, page, open_page, sample):
    happened = watched(True, True)
    reader = open_page(sample)
    code = '''class Picture:
    def _repr_svg_(self):
        return """<svg width="90" height="30" viewBox="0 0 90 30" onload="hit()">
            <image href="https://beacon.example/x"/><text y="20">drawn</text></svg>"""

Picture()'''
    block = reader.block(3).edit(code).run()

    expect(block.picture).to_have_text("drawn")
    expect(block.live.locator("figure .mygrad-note")).to_have_text(
        "A picture can only draw, so this was left out: image, onload."
    )
    assert [*happened, *page.evaluate("events")] == []


def test_a_picture_of_too_much_is_refused_in_words(watched, page):
    """Tags that are never closed would keep a browser busy for minutes."""
    watched(True, True)
    texts = page.evaluate(
        """async () => {
          const { figure } = await import(new URL("assets/run/picture.js", site));
          const pictures = ["<b></b>".repeat(75_001), "<x>".repeat(149_000)];
          return Promise.all(
            pictures.map(async (each) => (await figure(each, "live-1")).textContent),
          );
        }"""
    )

    assert texts[0] == "The picture is not shown: it has more than 150,000 elements."
    assert re.search("more than 200 levels|takes over 5 seconds", texts[1])


def test_a_picture_that_cannot_be_cleaned_is_not_shown(reader_of_first, page):
    """And is, once what cleans it can be had again."""
    files = "**/assets/python/purify.js"
    page.context.route(files, lambda route: route.abort())
    block = reader_of_first.block(3).run()
    expect(block.live.locator("figure")).to_contain_text(
        "The picture is not shown: purify.js did not come"
    )

    page.context.unroute(files)
    block.run()
    expect(block.picture).to_be_visible()


@pytest.fixture
def reader_of_first(open_page, sample):
    return open_page(sample)


def test_a_page_in_use_keeps_to_its_policy(watched, page, open_page, sample):
    """Run, a film, search, the other colours, copying, and moving on without a reload: whatever
    the policy stops is told in the console, also what it stops in a worker."""
    watched(True, True)
    told = []
    page.on("console", lambda message: told.append(message.text))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader = open_page(sample)
    expect(reader.block(3).run().picture).to_be_visible()
    page.locator(".md-code__button:visible").first.click()
    page.click("input[name=query]")
    page.keyboard.type("page")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("Enter")  # goes to the page that is found
    page.locator("label[title^='Switch to dark']").click()
    page.goto(sample)
    page.get_by_role("link", name="The other page", exact=True).first.click()
    expect(page.locator("h1")).to_contain_text("Another page")
    assert reader.block(2).run().printed == "twice\n"
    page.goto(f"{sample}film/")
    reader.player("figure[id]").button("back").first.click()

    assert page.locator("meta[http-equiv='Content-Security-Policy']").count() == 1
    assert [text for text in told if "Content Security Policy" in text] == []


def test_the_books_own_pictures_come_out_of_the_cleaning_as_they_are(page, address, site):
    """Of all pages; but for a name of a file, which no run may have fetched."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    page.goto(address)
    count, changed = page.evaluate(
        """async ([site, pages]) => {
          const { cleanPicture, cleanFilm } = await import(new URL("assets/run/clean.js", site));
          let count = 0;
          const changed = [];
          for (const path of pages) {
            const html = await (await fetch(new URL(path, site))).text();
            const page = new DOMParser().parseFromString(html, "text/html");
            for (const figure of page.querySelectorAll(".mygrad-figure")) {
              figure.querySelector("template")?.removeAttribute("data-source");
              const film = figure.querySelector(".mygrad-film");
              const picture = film ?? figure.querySelector("svg");
              const clean = film ? cleanFilm : cleanPicture;
              const { content, leftOut } = clean(picture.outerHTML, figure.id);
              const same = content.firstElementChild.isEqualNode(picture) && !leftOut.length;
              if (!same) changed.push(`${path} ${figure.id} ${leftOut}`);
              count++;
            }
          }
          return [count, changed];
        }""",
        [address, pages],
    )

    assert changed == []
    assert count > 60
