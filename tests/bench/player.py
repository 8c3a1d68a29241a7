"""How fast a large film steps: `python tests/bench/player.py`.

Builds the site (or takes `--site`), opens the film of chapter 11's loss in Chromium, and steps it
with each frame that the browser draws, first as groups, then with all values.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from host import serve
from page import BROWSER, build
from playwright.sync_api import Page, sync_playwright

CHAPTER, FILM = "chapters/11-network/", "#loss_by_steps"
STEPS = 200
LEAD = 2  # frames that do not count: the browser has just been asked to begin

# A press of the key in each frame; the milliseconds from frame to frame.
RUN = """
([selector, steps]) => new Promise(resolve => {
  const film = document.querySelector(`${selector} .mygrad-film`);
  const key = {key: "ArrowRight", bubbles: true};
  const times = [];
  let last = performance.now();
  const step = () => {
    const now = performance.now();
    times.push(now - last);
    last = now;
    if (times.length > steps) return resolve(times);
    film.dispatchEvent(new KeyboardEvent("keydown", key));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--site", type=Path, help="measure this built site")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = options.site or build(Path(folder, "site"))
        browser = playwright.chromium.launch(**BROWSER)
        with serve(site) as (address, _):
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            page.goto(address + CHAPTER, wait_until="networkidle")
            show(page, "groups")
            page.locator(f"{FILM} .mygrad-unfold").click()
            page.locator(f"{FILM} g[data-name=n0]").wait_for()
            show(page, "all values")
            show(page, "all values")
        browser.close()


def show(page: Page, title: str) -> None:
    """Step from the first frame on, and print the time from frame to frame."""
    page.locator(f"{FILM} .mygrad-control--first").click()
    times = page.evaluate(RUN, [FILM, STEPS])[LEAD:]
    mean, median = statistics.mean(times), statistics.median(times)
    print(f"{title:10}  mean {mean:.1f} ms, median {median:.1f} ms: {1000 / mean:.0f} a second")


if __name__ == "__main__":
    main()
