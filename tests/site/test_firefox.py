"""The everyday journey in Firefox, driven by Mozilla's own client: the other tests use Chromium."""

import shutil
import warnings

import pytest
from publisher import Publisher, version_of

with warnings.catch_warnings():
    for kind in (DeprecationWarning, SyntaxWarning):  # of what it imports in its turn
        warnings.simplefilter("ignore", kind)
    from marionette_driver.by import By
    from marionette_driver.errors import MarionetteException
    from marionette_driver.marionette import Marionette
    from marionette_driver.wait import Wait

PATIENCE = 120  # seconds: on a busy machine Firefox takes its time for Python

pytestmark = [
    pytest.mark.slow,
    # The client leaves the sockets by which it waits for Firefox to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def firefox():
    """Debian's Firefox, without a window."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if not program:
        pytest.fail("Firefox is not on the PATH: `apt-get install firefox-esr` gets Debian's")
    driver = Marionette(bin=program, headless=True, gecko_log="-")
    driver.start_session()
    yield Tab(driver)
    driver.cleanup()


class Tab:
    """A tab, by what its reader does and sees."""

    def __init__(self, driver):
        self.driver = driver

    def open(self, address):
        self.driver.navigate(address)

    def click(self, selector):
        self.press(By.CSS_SELECTOR, selector)

    def press(self, *place):
        """Click as soon as nothing lies above it any more."""
        wait = Wait(self.driver, timeout=PATIENCE, ignored_exceptions=MarionetteException)
        wait.until(lambda driver: driver.find_element(*place).click() or True)

    def type(self, keys):
        self.driver.actions.sequence("key", "keyboard").send_keys(keys).perform()

    def shows(self, selector, text):
        """Wait until an element has a text, and fail with what it has instead."""
        found = self.driver.execute_async_script(
            """const [selector, text, patience, done] = arguments;
            const started = Date.now();
            const look = () => {
              const found = document.querySelector(selector)?.textContent ?? null;
              if (found?.includes(text) || Date.now() - started > patience) done(found);
              else setTimeout(look, 50);
            };
            look();""",
            script_args=(selector, text, PATIENCE * 1000),
            script_timeout=2000 * PATIENCE,
        )
        assert text in (found or ""), f"{selector} has the text {found!r}"

    def goes(self, link, title):
        """Follow a link of the page's text."""
        self.press(By.LINK_TEXT, link)
        self.shows(".md-content h1", title)

    def runs(self, number, output):
        self.click(f"#block-{number} .mygrad-button--run")
        self.shows(f"#block-{number} .mygrad-state", "ran, as on the page")
        self.shows(f"#block-{number} + .mygrad-live code", output)

    def searches(self, words, found):
        self.click("input[name=query]")
        self.type(words)
        self.shows(".md-search-result__link", found)


@pytest.fixture
def host(sample_site, tmp_path):
    site, address = sample_site
    host = Publisher()
    host.folder = version_of(site, tmp_path / "site", "V", [(address, host.address)])
    yield host
    host.stop()


def test_the_everyday_journey(firefox, host):
    """Home, chapter, search, Run, another chapter, Run, film; then all of it without a network."""
    firefox.open(host.address)
    firefox.goes("The other page", "Another page")
    firefox.searches("count", "A page to be run")
    firefox.click(".md-search-result__link")
    firefox.shows(".md-content h1", "A page to be run")
    firefox.runs(2, "2")
    firefox.goes("The other page", "Another page")
    firefox.runs(2, "twice")
    firefox.driver.execute_async_script(
        "navigator.serviceWorker.ready.then(arguments[0])", script_timeout=1000 * PATIENCE
    )
    host.stop()
    firefox.open(host.address + "film/")
    firefox.shows(".mygrad-film .mygrad-count", "of 10")
    firefox.click(".mygrad-film .mygrad-control--first")
    firefox.click(".mygrad-film .mygrad-control--next")
    firefox.shows(".mygrad-film .mygrad-count", "step 1 of 10")
    firefox.searches("fold", "A page with a fold")
    firefox.open(host.address + "other/")
    firefox.runs(2, "twice")
    host.start()
