"""Journeys through the site: with a network, without it, and with a new version in between."""

import shutil
import time

import pytest
from playwright.sync_api import Error, expect
from publisher import CACHING, MARK, ROOT, Publisher, version_of
from reader import PATIENCE, Reader

pytestmark = pytest.mark.slow

SERVED = "navigator.serviceWorker.controller !== null"
WAITS = "navigator.serviceWorker.getRegistration().then(r => r.waiting !== null)"
KEPT = "caches.keys().then(names => names.filter(name => name.startsWith('mygrad')).length)"
REGISTERED = "navigator.serviceWorker.getRegistrations().then(found => found.length)"


@pytest.fixture(scope="module")
def place(request, sample_site, tmp_path_factory):
    """A host with the site in a folder of its own, and two versions that it may publish."""
    site, address = sample_site
    path = getattr(request, "param", "mygrad/")
    host = Publisher(path)
    versions = {}
    for name in ("V", "W"):
        folder = tmp_path_factory.mktemp("published")
        changes = [(address, host.address), (">A page to be run<", f">A page to be run, {name}<")]
        version_of(site, folder / path, name, changes, path)
        versions[name] = folder
    yield host, versions
    host.stop()


@pytest.fixture
def host(place):
    host, versions = place
    host.versions = versions
    host.folder = versions["V"]
    host.missing = []
    host.asked = []
    host.caching = CACHING
    return host


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "service_workers": "allow"}


@pytest.fixture
def tab(context, host):
    """Open an address of the site in a new tab."""

    def tab(path=""):
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(host.address + path)
        return page

    return tab


def until(page, promise):
    """Wait for a promise to hold: a page's own waiting does not look into one."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(promise):
        assert time.monotonic() < deadline, promise
        page.wait_for_timeout(50)


def served(page):
    """Wait until a page is served from what the browser keeps."""
    until(page, SERVED)
    return page


def go(page, link, title):
    page.get_by_role("link", name=link, exact=True).first.click()
    expect(page.locator(".md-content h1")).to_contain_text(title)


def search(page, words, found):
    page.wait_for_timeout(300)  # the theme closes the search a moment after a page has come
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.locator(".md-search-result__link").first).to_contain_text(found)
    page.keyboard.press("Escape")


def versions_in(page):
    """The versions that a page and all that belongs to it come from, loaded already or not yet."""
    deadline = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            return page.evaluate(VERSIONS)
        except Error:  # a page that is just being left has none
            if time.monotonic() > deadline:
                raise
            page.wait_for_timeout(50)


VERSIONS = """async () => {
  const files = ["", "other/", "search/index.json", "assets/python/worker.js"];
  const [base] = document.querySelector("script[src*=assets]").src.split("assets");
  const loaded = performance.getEntriesByType("resource").map(entry => entry.name);
  const asked = [...files.map(file => new URL(file, base).href), ...loaded];
  const texts = await Promise.all(asked.map(url => fetch(url).then(r => r.text())));
  texts.push(document.documentElement.outerHTML, document.childNodes[2]?.data ?? "");
  return [...new Set(texts.flatMap(text => text.match(/(?<=version )[VW](?= )/g) ?? []))];
}"""


@pytest.mark.parametrize(
    "place", ["", "mygrad/"], indirect=True, ids=["at the root", "in a folder"]
)
def test_a_journey_goes_on_without_a_network(context, tab, host):
    """Home, chapter, search, Run, another chapter; then a chapter never seen, search, Run, film."""
    page = tab()
    reader = Reader(page)
    go(page, "The other page", "Another page")
    search(page, "count", "A page to be run")
    assert reader.block(2).run().printed == "twice\n"
    go(page, "The first page", "A page to be run, V")
    served(page)
    host.stop()
    context.set_offline(True)
    try:
        page.goto(host.address + "film/?some=query#block-1")
        search(page, "fold", "A page with a fold")
        player = reader.player("#twice")
        player.focus().press("Home", "ArrowRight")
        player.expect_step(1, 10)
        reader.block(1).run()
        expect(reader.block(1).state).to_have_text("ran, as on the page")
        page.goto(host.address + "other")  # without the slash, as hosts allow
        expect(page.locator(".md-content h1")).to_contain_text("Another page")
        answer = page.goto(host.address + "nowhere/")
        assert answer.status == 404
        expect(page.locator(".md-content h1")).to_contain_text("404")
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == (
            "sticky"
        )
    finally:
        context.set_offline(False)
        host.start()


def test_a_new_version_is_taken_whole(tab, host):
    page = served(tab())
    second = served(tab("other/"))
    host.folder = host.versions["W"]
    page.reload()
    until(page, WAITS)
    page.reload()

    assert versions_in(page) == versions_in(second) == ["V"]

    page.close()
    second.close()
    page = visit_of(tab, "W")
    assert versions_in(page) == ["W"]
    assert page.evaluate(KEPT) == 1


def visit_of(tab, version):
    """A visit that shows a version.  A browser may take a moment to see that the last one ended."""
    deadline = time.monotonic() + PATIENCE / 1000
    while True:
        page = tab()
        if versions_in(page) == [version]:
            return page
        assert time.monotonic() < deadline, version
        page.close()
        time.sleep(0.5)


def test_what_is_published_during_the_first_visit_is_not_mixed_in(context, tab, host):
    host.caching = "no-cache"
    page = tab()
    host.folder = host.versions["W"]
    go(page, "The other page", "Another page")  # by itself it would put the new page into the old
    assert versions_in(page) == ["W"]
    served(page)

    assert versions_in(page) == ["W"]


def test_a_site_that_cannot_be_fetched_whole_is_not_served_in_part(tab, host):
    host.missing = ["_mkdocstrings.css"]  # the last one but one to be fetched
    page = tab()
    until(page, KEPT)
    until(page, f"{REGISTERED}.then(number => number === 0)")
    page.reload()
    assert not page.evaluate(SERVED)
    host.missing = []
    host.asked = []
    page.reload()
    served(page)

    assert [path for path in host.asked if "python" in path] == []  # what has come comes once


def test_what_is_kept_can_be_forgotten_and_wanted_again(context, tab, host):
    page = served(tab())
    page.get_by_role("button", name="How blocks are run").first.click()
    page.get_by_role("button", name="Forget the site").click()
    expect(page.get_by_role("button", name="Keep the site")).to_be_visible()
    assert page.evaluate(KEPT) == 0
    page.reload()
    page.wait_for_timeout(1000)
    assert page.evaluate(REGISTERED) == 0
    assert not page.evaluate(SERVED)
    page.get_by_role("button", name="How blocks are run").first.click()
    page.get_by_role("button", name="Keep the site").click()

    served(page)


def test_what_is_not_the_sites_pages_goes_to_the_host(tab, host):
    page = served(tab())
    host.asked = []
    told = page.evaluate(
        """async () => {
          const status = async (path, options) => (await fetch(path, options)).status;
          return [
            await status("other/", {method: "POST"}),
            await status("other/", {headers: {Range: "bytes=0-9"}, cache: "no-store"}),
            await status("nothing.txt"),
            await status("other/?query=1"),
            (await (await fetch("other/")).text()).length > 1000,
          ];
        }"""
    )

    assert told == [501, 200, 404, 200, True]
    assert [path for path in host.asked if "other" in path] == [f"/{host.path}other/"]


def test_a_site_that_is_gone_is_not_shown_for_ever(tab, host, tmp_path):
    """Another site may come to the same address, as it does on a developer's own machine."""
    page = served(tab())
    folder = tmp_path / host.path
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text("<title>Another site</title><h1>Another site</h1>")
    (folder / "404.html").write_text("not here")
    host.folder = tmp_path
    page.reload()

    expect(page.locator("h1")).to_have_text("Another site")
    assert page.evaluate(REGISTERED) == 0
    assert page.evaluate(KEPT) == 0


def test_pages_that_are_being_written_are_never_those_of_an_earlier_build(tab, host, tmp_path):
    """`mkdocs serve` comes to the address at which a build has been looked at."""
    page = served(tab())
    written = shutil.copytree(host.folder, tmp_path / "served") / host.path
    index = MARK.sub("", (written / "index.html").read_text(encoding="utf-8"))
    index = index.replace("A page to be run, V", "A page to be run, as written now")
    (written / "index.html").write_text(index, encoding="utf-8")
    shutil.copy(ROOT / "docs" / "assets" / "offline" / "remove.js", written / "service-worker.js")
    host.folder = tmp_path / "served"
    page.reload()

    expect(page.locator(".md-content h1")).to_contain_text("as written now")
    until(page, f"{REGISTERED}.then(number => number === 0)")
    assert page.evaluate(KEPT) == 0
