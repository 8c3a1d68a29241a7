"""A page's blocks run in a folder of their own, which goes with them."""

import gc
from pathlib import Path

import pytest

from mygrad.book.parse import parse
from mygrad.book.run.session import Session


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


def test_a_block_that_leaves_a_thread_running_fails():
    """It would go on into the next blocks, and keep the tests from ending."""
    waits = "import threading\nend = threading.Event()\nt = threading.Thread(target=end.wait)\n"
    code = waits + "t.name = 'T'\nt.start()"
    session = Session(parse(f"```python\n{code}\n```\n\n```python\nx = 1\n```", Path("page.md")))
    error = session.outcome(session.page.blocks[0]).error
    session.namespace["end"].set()
    session.namespace["t"].join()

    assert str(error) == "T still runs: a block waits for its threads"


def test_a_block_may_use_threads():
    code = "import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()"
    session = Session(parse(f"```python\n{code}\n```", Path("page.md")))

    assert session.outcome(session.page.blocks[0]).error is None


def test_a_block_of_another_page_has_no_outcome_here():
    """It would have run in another namespace."""
    one, other = (parse("```python\nx = 1\n```", Path(name)) for name in ("one.md", "other.md"))

    with pytest.raises(ValueError, match="is of another page"):
        Session(one).outcome(other.blocks[0])
