"""The playground's examples: each can be opened there alone."""

from pathlib import Path

import pytest
from project import ROOT

from mygrad import Film
from mygrad.book.parse import parse
from mygrad.book.run.process import Worker
from mygrad.book.run.session import Session

PAGE = ROOT / "docs" / "playground.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = parse(TEXT, PAGE).blocks

worker = Worker()


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: str(block.line))
def test_an_example_is_complete_and_ends_with_a_film(block):
    """Whoever opens it in the editor has no other block to begin with."""
    assert worker.call(f"{PAGE}:{block.line}", ends_with_a_film, block.fence.content)


def ends_with_a_film(code):
    alone = parse(f"# A page\n\n```python\n{code}```\n", Path("alone.md"))

    return isinstance(Session(alone).outcome(alone.blocks[0]).value, Film)


def test_an_example_begins_with_its_name():
    names = [block.fence.content.split("\n")[0] for block in BLOCKS[1:]]

    assert TEXT.index("## Examples") < TEXT.index(names[0])
    assert all(name.startswith("# ") for name in names)
    assert len(set(names)) == len(names)
