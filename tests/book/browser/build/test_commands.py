"""Programs of the machine are called within a limit, and say in one line why they failed."""

import os
import time

import pytest

from mygrad.book.browser.build import commands
from mygrad.book.browser.build.commands import FailedError, Finished, UnavailableError


@pytest.fixture
def program(tmp_path):
    """Write a program, and return its path."""

    def program(script):
        path = tmp_path / "thing"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return program


@pytest.fixture
def somebody_types(tmp_path):
    """An answer waits in this process's input, which pytest itself empties."""
    (tmp_path / "typed").write_text("yes\n")
    own = os.dup(0)
    with (tmp_path / "typed").open() as typed:
        os.dup2(typed.fileno(), 0)
    yield
    os.dup2(own, 0)
    os.close(own)


def test_what_a_program_prints_and_says_comes_back(program):
    run = commands.run(program('echo "$1"; echo said >&2; exit 3'), "printed", seconds=10)

    assert run == Finished(3, "printed\n", "said\n")


def test_a_program_gets_no_input(program, somebody_types):
    """It may ask a question, which nobody would see."""
    assert commands.run(program("read answer; echo $?"), seconds=10).printed == "1\n"


def test_a_program_is_ended_at_its_limit(program, tmp_path):
    """With what it has started, which would go on and hold files."""
    script = program("(sleep 1; touch late) & wait")
    with pytest.raises(FailedError, match=r"^thing did not end within 0\.3 seconds$"):
        commands.run(script, seconds=0.3, folder=tmp_path)
    time.sleep(1)

    assert not (tmp_path / "late").exists()


def test_without_groups_of_processes_the_program_itself_is_ended(program, monkeypatch):
    """As on Windows."""
    monkeypatch.delattr(os, "killpg")
    with pytest.raises(FailedError, match=r"did not end within"):
        commands.run(program("exec sleep 60"), seconds=0.5)


@pytest.mark.parametrize("content", ["", "no program at all"])
def test_what_is_no_program_cannot_be_started(tmp_path, content):
    path = tmp_path / "thing"
    path.write_text(content)

    with pytest.raises(FailedError, match=r"^thing cannot be started: \w"):
        commands.run(path, seconds=10)


def test_a_program_that_is_nowhere_is_not_installed(monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UnavailableError, match=r"^npm is not installed$"):
        commands.path_of("npm")


@pytest.mark.parametrize(
    ("status", "messages", "expected"),
    [
        (1, "first\nError:  it   broke\n\n", "Error: it broke"),
        (1, "SyntaxError: no\n\nNode.js v18.20.8\n", "SyntaxError: no"),
        (-11, "", "exit status -11 and no message"),
        (127, " \n", "exit status 127 and no message"),
        (1, "Node.js v18.20.8", "exit status 1 and no message"),
        (1, "a" * 1000, "a" * 400),
    ],
)
def test_the_last_words_of_a_program_are_one_line_and_never_empty(status, messages, expected):
    assert Finished(status, "", messages).last_words == expected
