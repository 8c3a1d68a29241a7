"""One block runs: what it prints, raises and ends with is caught, under its own line numbers."""

import sys

import pytest

from mygrad.book.run.execute import execute
from mygrad.book.run.traceback import format_error, last_words


def test_what_is_printed_is_caught(capsys):
    outcome = execute("print('a')\nprint('b')", {}, "page.md", 1)

    assert outcome.printed == "a\nb\n"
    assert capsys.readouterr().out == ""


def test_a_block_that_prints_without_end_is_stopped():
    """Before it has filled the memory, also where it goes on all the same."""
    code = "def f():\n    while True: print('x' * 999)\n"
    outcome = execute(code + "try:\n    f()\nexcept RuntimeError:\n    f()", {}, "page.md", 1)

    assert 99_000 < len(outcome.printed) <= 100_000
    assert last_words(outcome.error) == "RuntimeError: a block prints 100,000 characters at most"


def test_blocks_share_the_namespace_they_are_given():
    namespace = {}
    execute("x = 2", namespace, "page.md", 1)

    assert execute("x * 3", namespace, "page.md", 5).value == 6


def test_the_value_is_that_of_a_last_line_that_is_an_expression():
    assert execute("x = 1\nx + 1", {}, "page.md", 1).value == 2
    assert execute("x = 1", {}, "page.md", 1).value is None
    assert execute("", {}, "page.md", 1).value is None


def test_an_error_keeps_what_was_printed_before_it():
    outcome = execute("print('before')\n1 / 0", {}, "page.md", 1)

    assert outcome.printed == "before\n"
    assert isinstance(outcome.error, ZeroDivisionError)


def test_a_traceback_starts_at_the_block_and_has_the_line_of_the_page():
    outcome = execute("def f():\n    return 1 / 0\n\nf()", {}, "page.md", 41)
    trace = format_error(outcome.error, "page.md")

    assert 'File "page.md", line 44' in trace
    assert 'File "page.md", line 42, in f' in trace
    assert "execute.py" not in trace


def test_of_a_deep_recursion_the_last_calls_are_told():
    """In the page, to tell of a million would take minutes."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(5000)
    try:
        outcome = execute("def f(n):\n    f(n - 1) if n else 1 / 0\n\nf(3000)", {}, "page.md", 41)
    finally:
        sys.setrecursionlimit(limit)
    trace = format_error(outcome.error, "page.md")

    assert "[Previous line repeated 997 more times]" in trace  # after three that are shown
    assert trace.endswith("ZeroDivisionError: division by zero\n")


def test_a_syntax_error_has_the_line_of_the_page():
    outcome = execute("x = 1\nx = = 2", {}, "page.md", 41)

    assert isinstance(outcome.error, SyntaxError)
    assert outcome.error.lineno == 42


def test_a_block_cannot_end_the_process():
    assert isinstance(execute("raise SystemExit(3)", {}, "page.md", 1).error, SystemExit)


def test_whoever_presses_control_c_is_obeyed():
    with pytest.raises(KeyboardInterrupt):
        execute("raise KeyboardInterrupt", {}, "page.md", 1)


def test_last_words_are_the_type_and_the_message():
    assert last_words(ValueError("too big")) == "ValueError: too big"
    assert last_words(ValueError()) == "ValueError"


def test_a_block_does_not_inherit_the_future_of_the_runner():
    """The runner's own `from __future__ import annotations` would change what a page prints."""
    outcome = execute("def f(x: int): ...\nprint(f.__annotations__)", {}, "page.md", 1)

    assert outcome.printed == "{'x': <class 'int'>}\n"
