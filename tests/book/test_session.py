"""A page's blocks run in a folder of their own, which goes with them."""

import gc
from pathlib import Path

from mygrad.book.page import parse
from mygrad.book.session import Session


def test_the_folder_of_a_page_goes_with_its_session():
    session = Session(parse("```python\nopen('x.txt', 'w').close()\n```", Path("page.md")))
    outcome = session.outcome(session.page.blocks[0])
    folder = Path(session.folder)

    assert outcome.error is None
    assert (folder / "x.txt").exists()

    del session, outcome
    gc.collect()
    assert not folder.exists()


def test_the_working_directory_is_as_before():
    here = Path.cwd()
    session = Session(parse("```python\n1 / 0\n```", Path("page.md")))
    session.outcome(session.page.blocks[0])

    assert Path.cwd() == here
