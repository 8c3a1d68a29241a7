"""What a terminal shows: tests/javascript/terminal.test.js has the same cases."""

import json
from pathlib import Path

import pytest

from mygrad.book.run.terminal import terminal_text

CASES = Path(__file__).parent.parent / "javascript" / "terminal.json"


@pytest.mark.parametrize(
    ("printed", "expected"), json.loads(CASES.read_text(encoding="utf-8")), ids=ascii
)
def test_what_was_printed_is_shown_as_a_terminal_does(printed, expected):
    assert terminal_text(printed) == expected
