"""What the book adds to a build: `python tests/bench/build.py`.

Builds the site with and without its notebook, and the same Markdown by Material alone, in turn,
and prints the medians; then runs all blocks of all pages in one process.  The figures are of one
run on one machine: what counts is the difference.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mygrad.book.parse import parse
from mygrad.book.run.session import Session
from mygrad.book.verify.check import check

ROOT = Path(__file__).parent.parent.parent
RUNS = 5


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    return time.perf_counter() - start


def without_lab() -> str:
    """The configuration without the notebook, which takes seconds to train."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"\n  # For the lab.*\n  - mkdocs-jupyter:(\n {6}.*)+", "", text)
    return re.sub(r"\n  - Lab:(\n {6}.*)+", "", text) + "\nexclude_docs: lab/\n"


def material_alone(text: str) -> str:
    """The configuration without all that is not Material's: the book, its hooks, mkdocstrings."""
    text = re.sub(r"\n  # Runs the blocks.*\n  - mygrad\.book\.extension", "", text)
    text = re.sub(r"\n      custom_fences:(\n {8}.*)+", "", text).replace(
        "superfences:", "superfences"
    )
    text = re.sub(r"\n  - mkdocstrings:(\n {6}.*)+", "", text)
    return re.sub(r"\nhooks:(\n  .*)+", "", text)


def build_times() -> None:
    """Three builds in turn: all of it, without the lab, and the same Markdown without the book."""
    pages = without_lab()
    plain = material_alone(pages)
    whole = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    kinds = {"with the lab": whole, "without the lab": pages, "Material alone": plain}
    times: dict[str, list[float]] = {kind: [] for kind in kinds}
    for _ in range(RUNS):
        for kind, text in kinds.items():
            times[kind].append(build(text))
    medians = {kind: statistics.median(runs) for kind, runs in times.items()}
    for kind, median in medians.items():
        print(f"{kind}: {median:.2f} s")
    print(f"the book adds: {medians['without the lab'] - medians['Material alone']:.2f} s")


def build(configuration: str) -> float:
    """The seconds that a build with this configuration takes."""
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.NamedTemporaryFile("w", suffix=".yml", dir=ROOT, encoding="utf-8") as file,
    ):
        file.write(configuration)
        file.flush()
        options = ["--config-file", file.name, "--site-dir", folder]
        return seconds([sys.executable, "-m", "mkdocs", "build", *options])


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
