"""What the book adds to a build: `python tests/bench/build.py`.

Builds the site strictly, and the same Markdown by Material alone, in turn, and prints the
medians; then runs all blocks of all pages in one process.  The figures are of one run on one
machine: what counts is the difference.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mygrad.book.check import check
from mygrad.book.page import parse
from mygrad.book.session import Session

ROOT = Path(__file__).parent.parent.parent
RUNS = 5


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return time.perf_counter() - start


def material_alone() -> str:
    """The configuration without all that is not Material's: the book, its hooks, mkdocstrings."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"\n  # Runs the blocks.*\n  - mygrad\.book\.extension", "", text)
    text = re.sub(r"\n      custom_fences:(\n {8}.*)+", "", text).replace(
        "superfences:", "superfences"
    )
    text = re.sub(r"\n  - (mkdocstrings|mkdocs-jupyter):(\n {6}.*)+", "", text)
    return re.sub(r"\nhooks:(\n  .*)+", "", text)


def build_times() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.NamedTemporaryFile("w", suffix=".yml", dir=ROOT, encoding="utf-8") as plain,
    ):
        plain.write(material_alone())
        plain.flush()
        build = [sys.executable, "-m", "mkdocs", "build", "--site-dir", folder]
        book: list[float] = []
        alone: list[float] = []
        for _ in range(RUNS):
            book.append(seconds([*build, "--strict"]))
            alone.append(seconds([*build, "--config-file", plain.name]))
    print(f"strict build: {statistics.median(book):.2f} s")
    print(f"Material alone: {statistics.median(alone):.2f} s")
    print(f"the book adds: {statistics.median(book) - statistics.median(alone):.2f} s")


def block_times() -> None:
    start = time.perf_counter()
    blocks = 0
    for path in sorted((ROOT / "docs").rglob("*.md")):
        page = parse(path.read_text(encoding="utf-8"), path)
        session = Session(page)
        for block in page.blocks:
            check(session, block)
            blocks += 1
    print(f"all {blocks} blocks, pictures drawn: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    build_times()
    block_times()
