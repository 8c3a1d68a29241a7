"""What the page's Python runs while nobody waits works, and leaves the reader's things alone."""

import gc
import json
import random

import pytest

from mygrad import Value
from mygrad.book import live
from mygrad.book.live import Live
from mygrad.book.pristine import Pristine
from mygrad.book.warmup import BLOCKS, ROUNDS, warm_up


@pytest.fixture(autouse=True)
def pristine():
    """As if a worker had settled in now."""
    before = live.pristine[:]
    live.pristine[:] = [Pristine("mygrad")]
    yield
    live.pristine[:] = before


def nobody(stream, text):
    pass


def test_every_block_runs_in_each_round():
    answers = [json.loads(answer) for answer in warm_up(nobody)]

    assert [answer["error"] for answer in answers] == [None] * len(BLOCKS) * ROUNDS


def test_what_they_print_is_not_printed(capsys):
    sent = []
    next(warm_up(lambda stream, text: sent.append(text)))

    assert sent[0].startswith(" 0 6.4257")
    assert capsys.readouterr() == ("", "")


def test_the_readers_chance_and_names_stay_as_they_are():
    steps = warm_up(nobody)
    page = Live(nobody)
    random.seed(6)
    before = random.getstate()
    for _ in zip(range(len(BLOCKS)), steps, strict=False):
        pass

    assert random.getstate() == before
    assert set(page.session.namespace) == {"__name__", "__builtins__"}


def test_what_a_block_has_changed_is_not_run(monkeypatch):
    """A reader may count, or print, in a method of the package."""
    steps = warm_up(nobody)
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


def test_the_readers_garbage_is_left_to_the_readers_blocks(collector):
    """What is collected may print, and a block may count it."""
    collecting = []
    next(warm_up(lambda stream, text: collecting.append(gc.isenabled())))

    assert collecting
    assert not any(collecting)
    assert gc.isenabled() is collector
