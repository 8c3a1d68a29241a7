"""What a terminal shows: tests/javascript/terminal.test.js has the same cases."""

import json

import pytest
from project import ROOT

from mygrad.book.run.terminal import terminal_text

CASES = ROOT / "tests" / "javascript" / "terminal.json"


@pytest.mark.parametrize(
    ("printed", "expected"), json.loads(CASES.read_text(encoding="utf-8")), ids=ascii
)
def test_what_was_printed_is_shown_as_a_terminal_does(printed, expected):
    assert terminal_text(printed) == expected
