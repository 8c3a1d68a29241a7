"""Running blocks in the page, in a browser: `python tests/bench/page.py`.

Builds the site, and measures in Chromium what a reader waits for.  In each round every measurement
has its turn, beside the one that it is compared with, so that a slow minute of the machine is
shared by both.  Writes results/page.json and the table of docs/speed.md.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from host import serve
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from report import duration, inserted, table

from mygrad.book.browser.build import npm, runtime
from mygrad.book.page import Page as Chapter
from mygrad.book.parse import parse
from mygrad.book.run.session import Session

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.append(str(ROOT / "tests" / "site"))

import chromium  # noqa: E402  # as the tests start it

RESULTS = HERE / "results" / "page.json"
SPEED = ROOT / "docs" / "speed.md"
START, END = "<!-- measured by tests/bench/page.py -->", "<!-- end of what page.py measured -->"
ROUNDS = 9
# Before the rounds, visits of a reader who runs blocks and reads.  The browser keeps compiled code
# once it was used twice, and optimised code only where a page stays open for some seconds.
VISITS = 3
RUNS = 10  # of the training, in a visit
READING = 10_000  # milliseconds, after which the visit ends
GLANCE = 4_000  # milliseconds between the first outputs and the training, on the first visit

LINE = 10e6  # bits a second
CHAPTER = "chapters/12-training/"  # its first block imports the package
TRAINING = "range(20):\n    outputs ="  # in the block with the 20 steps, and in no other
SETTLED = 1000  # milliseconds, after which a page asks for nothing more, and has drawn all
TIMES = 10  # that the smallest run is measured in a round

BROWSER = {"executable_path": chromium.PROGRAM, "args": chromium.FLAGS}

# Click on the Run of a block; the milliseconds until its output is another one.
RUN = """
number => new Promise(resolve => {
  const block = document.getElementById(`block-${number}`);
  const output = block.nextElementSibling;
  const before = output.textContent;
  const start = performance.now();
  new MutationObserver((_, observer) => {
    if (output.textContent === before) return;
    observer.disconnect();
    resolve(performance.now() - start);
  }).observe(output, {subtree: true, childList: true, characterData: true});
  block.querySelector(".mygrad-button--run").click();
})
"""
# The same for a page that has Pyodide as it comes, and nothing else.
BARE_RUN = """
() => new Promise((resolve, reject) => {
  const start = performance.now();
  const worker = new Worker("worker.js", {type: "module"});
  worker.onerror = (event) => reject(event.message);
  worker.onmessage = ({data}) => {
    document.body.textContent = data;
    resolve(performance.now() - start);
  };
})
"""
BARE_WORKER = """
import { loadPyodide } from "./pyodide.mjs";
const stdout = (text) => self.postMessage(text);
const python = await loadPyodide({ indexURL: new URL("./", import.meta.url).href, stdout });
python.runPython("print(1)");
"""
EDIT = """
([number, code]) => {
  const area = document.querySelector(`#block-${number} textarea`);
  area.value = code;
  area.dispatchEvent(new Event("input"));
}
"""
ENDED = """
number => !document.querySelector(`#block-${number} .mygrad-button--run`).hidden
"""


@dataclass
class Promise:
    """What a reader is promised: at most so much of what was measured."""

    title: str
    name: str
    at_most: float
    shown: Callable[[float], str]
    over: str = ""  # the measurement that it is divided by

    def row(self, measured: dict[str, list[float]]) -> list[str]:
        """The table's row: the title, the promise, the median, the least, and whether it holds."""
        runs = measured[self.name]
        found, least = statistics.median(runs), min(runs)
        if self.over:
            found /= statistics.median(measured[self.over])
            least /= min(measured[self.over])
        state = "yes" if found <= self.at_most else "**no**"
        return [self.title, *map(self.shown, (self.at_most, found, least)), state]


def kilobytes(count: float) -> str:
    return f"{count / 1000:.0f} kB"


def times(ratio: float) -> str:
    return f"× {ratio:.2f}"


PROMISES = [
    Promise("the heaviest chapter's page, before Python is asked for", "page", 150_000, kilobytes),
    Promise("first output, all files kept by the browser", "warm", 0.8, duration),
    Promise("… against a page with Pyodide alone", "warm", 1.5, times, over="bare"),
    Promise("first output, nothing kept, 10 Mbit/s", "cold", 8, duration),
    Promise("output, Python loaded", "loaded", 0.03, duration),
    Promise("20 steps of training, against CPython", "training", 4, times, over="CPython"),
    Promise("… on the very first visit", "first training", 4, times, over="CPython"),
    Promise("… there, with the first click", "training at once", 4, times, over="CPython"),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"default: {ROUNDS}")
    parser.add_argument("--site", type=Path, help="measure this built site, and write nothing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or build(Path(folder, "site"))
        bare = bare_page(Path(folder, "bare"))
        measured, version = measure(site, bare, options.rounds)
    results = {
        "date": datetime.date.today().isoformat(),
        "browser": f"Chromium {version}",
        "rounds": options.rounds,
        "measured": measured,
    }
    print(report(results))
    if not options.site:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        page = inserted(SPEED.read_text(encoding="utf-8"), report(results), START, END)
        SPEED.write_text(page, encoding="utf-8", newline="\n")


def build(target: Path) -> Path:
    """The whole site, with Python in its pages: where CI is set, a build without it fails."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", target]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "CI": "true"}, check=True)
    return target


def bare_page(target: Path) -> Path:
    """A page that loads Pyodide as the npm registry has it, and prints."""
    target.mkdir()
    for name, content in npm.installed(runtime.HERE).items():
        if name.startswith("pyodide/"):
            (target / name.removeprefix("pyodide/")).write_bytes(content)
    (target / "worker.js").write_text(BARE_WORKER, encoding="utf-8")
    (target / "index.html").write_text("<!doctype html><title>Pyodide</title>", encoding="utf-8")
    return target


def measure(site: Path, bare: Path, rounds: int) -> tuple[dict[str, list[float]], str]:
    """All measurements, in seconds or bytes, with one of each for each round."""
    measured: dict[str, list[float]] = defaultdict(list)
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as profile,
        serve(site) as (address, _),
        serve(bare) as (bare_address, _),
    ):
        # A profile of its own, on disk: only there does the browser keep compiled code.
        context = playwright.chromium.launch_persistent_context(profile, **BROWSER)
        measured["page"].append(heaviest_page(playwright, site))
        for _ in range(VISITS):
            first_print(context, bare_address)
            long_visit(context, address)
        for _ in range(rounds):
            figures = {
                "bare": first_print(context, bare_address),
                **first_runs(context, address),
                "CPython": native_training(),
                **first_visit(playwright, site),
                "training at once": first_click(playwright, site),
            }
            for name, figure in figures.items():
                measured[name].append(figure)
        browser = context.browser
        version = browser.version if browser else ""
        context.close()
    return dict(measured), version


def first_print(context: BrowserContext, address: str) -> float:
    page = context.new_page()
    page.goto(address)
    seconds = page.evaluate(BARE_RUN) / 1000
    page.close()
    return seconds


def long_visit(context: BrowserContext, address: str) -> None:
    page = opened(context, address)
    run_above_training(page)
    for _ in range(RUNS):
        training_run(page)
    page.wait_for_timeout(READING)
    closed(page)


def first_runs(context: BrowserContext, address: str) -> dict[str, float]:
    """A reader who comes back: the first run, the training, and a block that is as good as none."""
    page = opened(context, address)
    figures = {"warm": run_of_block_1(page)}
    run_above_training(page)
    figures["training"] = training_run(page)
    figures["loaded"] = statistics.median(next_run(page, text) for text in range(TIMES))
    closed(page)
    return figures


def opened(reader: BrowserContext | Browser, address: str) -> Page:
    page = reader.new_page()
    page.goto(address + CHAPTER, wait_until="networkidle")
    page.wait_for_selector("#block-1 .mygrad-button--run")
    return page


def closed(page: Page) -> None:
    page.evaluate("localStorage.clear()")  # of what has been edited
    page.close()


def run_of_block_1(page: Page) -> float:
    seconds = page.evaluate(RUN, 1) / 1000
    ended(page, 1)
    return seconds


def run_above_training(page: Page) -> None:
    """What stands before it has run, and is drawn: else the browser does that at the same time."""
    _, number = training()
    page.evaluate(RUN, number - 1)
    ended(page, number - 1)
    page.wait_for_timeout(SETTLED)


def training_run(page: Page) -> float:
    """The seconds that the 20 steps took, as their block prints them."""
    chapter, number = training()
    page.evaluate(EDIT, [number, chapter.blocks[number - 1].fence.content])
    page.evaluate(RUN, number)
    ended(page, number)
    return seconds_in(page.text_content(f"#block-{number} + .mygrad-live pre"))


def next_run(page: Page, text: int) -> float:
    page.evaluate(EDIT, [1, f"print({text})"])
    return run_of_block_1(page)


def first_visit(playwright: Playwright, site: Path) -> dict[str, float]:
    """A reader who has never been here, behind a slow line."""
    browser = playwright.chromium.launch(**BROWSER)
    with serve(site, LINE) as (address, _):
        page = opened(browser, address)
        figures = {"cold": run_of_block_1(page)}
        run_above_training(page)
        page.wait_for_timeout(GLANCE)
        figures["first training"] = training_run(page)
        browser.close()
    return figures


def first_click(playwright: Playwright, site: Path) -> float:
    """A reader who has never been here, and whose first click is on the training's Run."""
    browser = playwright.chromium.launch(**BROWSER)
    with serve(site) as (address, _):
        seconds = training_run(opened(browser, address))
        browser.close()
    return seconds


def heaviest_page(playwright: Playwright, site: Path) -> int:
    """The bytes of the chapter that takes most, with all that it asks for by itself."""
    sent = []
    for chapter in sorted((site / "chapters").iterdir()):
        browser = playwright.chromium.launch(**BROWSER)
        with serve(site) as (address, line):
            page = browser.new_page()
            page.goto(f"{address}chapters/{chapter.name}/", wait_until="networkidle")
            page.wait_for_timeout(SETTLED)
            sent.append(line.sent)
            browser.close()
    return max(sent)


def native_training() -> float:
    """The same in this process, by the function that the page uses."""
    chapter, number = training()
    outcome = Session(chapter).outcome(chapter.blocks[number - 1])
    return seconds_in(outcome and outcome.printed)


def training() -> tuple[Chapter, int]:
    """The chapter with the 20 steps, made to print their seconds, and the number of their block."""
    path = ROOT / "docs" / f"{CHAPTER.rstrip('/')}.md"
    chapter = parse(path.read_text(encoding="utf-8"), path)
    (number,) = (n for n, block in enumerate(chapter.blocks, 1) if TRAINING in block.fence.content)
    fence = chapter.blocks[number - 1].fence
    fence.content = (
        "from time import perf_counter\n\nstart = perf_counter()\n"
        f"{fence.content}\nprint()\nprint(perf_counter() - start)"
    )
    return chapter, number


def seconds_in(printed: str | None) -> float:
    return float((printed or "").split()[-1])


def ended(page: Page, number: int) -> None:
    page.wait_for_function(ENDED, arg=number)


def report(results: dict[str, Any]) -> str:
    """What docs/speed.md shows, as Markdown."""
    header = ["what is measured", "promised", "median", "least", "kept"]
    rows = [promise.row(results["measured"]) for promise in PROMISES]
    return (
        f"Measured on {results['date']} with {results['browser']}, in {results['rounds']} rounds."
        f"\n\n{table(header, rows)}"
    )


if __name__ == "__main__":
    main()
