"""What the page's Python runs while nobody waits works, and leaves the reader's things alone."""

import gc
import json
import random

import pytest

from mygrad import Value
from mygrad.book.browser.page.api import BrowserPython
from mygrad.book.browser.page.warmup import BLOCKS, ROUNDS, warm_up


@pytest.fixture
def python():
    """As it is when a worker starts."""
    return BrowserPython()


def nobody(stream, text):
    pass


def test_every_block_runs_in_each_round(python):
    answers = [json.loads(answer) for answer in warm_up(python, nobody)]

    assert [answer["error"] for answer in answers] == [None] * len(BLOCKS) * ROUNDS


def test_what_they_print_is_not_printed(python, capsys):
    sent = []
    next(warm_up(python, lambda stream, text: sent.append(text)))

    assert sent[0].startswith(" 0 6.4257")
    assert capsys.readouterr() == ("", "")


def test_the_readers_chance_and_names_stay_as_they_are(python):
    steps = warm_up(python, nobody)
    page = python.new_session(nobody)
    random.seed(6)
    before = random.getstate()
    for _ in zip(range(len(BLOCKS)), steps, strict=False):
        pass

    assert random.getstate() == before
    assert set(page.session.namespace) == {"__name__", "__builtins__"}


def test_what_a_block_has_changed_is_not_run(python, monkeypatch):
    """A reader may count, or print, in a method of the package."""
    steps = warm_up(python, nobody)
    calls = []
    original = Value.__add__
    monkeypatch.setattr(Value, "__add__", lambda *pair: calls.append(pair) or original(*pair))

    assert list(steps) == []
    assert calls == []


@pytest.fixture(params=[True, False], ids=["on", "off"])
def collector(request):
    """Whether the collector of garbage is on, as the reader has it."""
    before = gc.isenabled()
    switch(request.param)
    yield request.param
    switch(before)


def switch(on):
    (gc.enable if on else gc.disable)()


def test_the_readers_garbage_is_left_to_the_readers_blocks(python, collector):
    """What is collected may print, and a block may count it."""
    collecting = []
    next(warm_up(python, lambda stream, text: collecting.append(gc.isenabled())))

    assert collecting
    assert not any(collecting)
    assert gc.isenabled() is collector
