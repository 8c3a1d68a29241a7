"""Every block with what it needs runs alone, and prints what its page shows.

Each program is a process of its own, so nothing of this one, or of another program, can help it.
"""

import functools
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from project import ROOT

from mygrad.book.parse import parse
from mygrad.book.run.session import is_missing
from mygrad.book.slice.observe import WatchedSession
from mygrad.book.slice.program import code_before
from mygrad.book.verify.check import check_error
from mygrad.book.verify.compare import same_output

FILES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PAGES = [path for path in FILES if "```python" in path.read_text(encoding="utf-8")]

pytestmark = pytest.mark.slow


@functools.cache
def session_of(path):
    session = WatchedSession(parse(path.read_text(encoding="utf-8"), path))
    for block in session.page.blocks:
        outcome = session.outcome(block)
        if outcome is not None:
            check_error(session, block, outcome)
    return session


def said_by(program, folder, raises):
    """What a program prints, and the last words of the error that ends it, if it should fail."""
    folder.mkdir()
    # One thread each: PyTorch would start as many as there are processors, in each process.
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
    )
    assert bool(run.returncode) == bool(raises), run.stderr
    return run.stdout, run.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_block_runs_alone_with_what_it_needs(path, tmp_path):
    session = session_of(path)
    programs = {block.line: code_before(session, block) for block in session.page.blocks}
    blocks = [block for block in session.page.blocks if programs[block.line] is not None]
    left_out = [block for block in session.page.blocks if programs[block.line] is None]

    def run(block):
        program = programs[block.line] + block.fence.content
        return said_by(program, tmp_path / str(block.line), block.directives.get("raises"))

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        said = list(pool.map(run, blocks))

    for block, (printed, last_words) in zip(blocks, said):
        raises = block.directives.get("raises")
        shown = block.output.content if block.output else ""
        if raises and block.output:
            printed += last_words
        assert last_words.startswith(raises or ""), f"{path}:{block.line}"
        assert same_output(shown, printed), f"{path}:{block.line} prints\n{printed}"
    for block in left_out:  # all others are programs
        assert "source" in block.directives or is_missing(block.directives.get("needs", ""))


def test_most_of_a_page_is_left_out():
    """A program is the block and what it depends on, not the page up to the block."""
    kept = whole = 0
    for path in PAGES:
        session, above = session_of(path), 0
        for block in session.page.blocks:
            front = code_before(session, block)
            if front is not None:
                kept += front.count("\n")
                whole += above
                above += block.fence.content.count("\n")

    assert kept < whole / 3
