"""asyncio in a page: it runs while its block does, and at no other time."""

import asyncio
import functools
import time

import pytest

from mygrad.book.browser.page import loop
from mygrad.book.browser.page.loop import Loop


@pytest.fixture(autouse=True)
def put_in_place(monkeypatch):
    """As in a page, where Pyodide has wrapped these."""

    @functools.wraps(asyncio.run)
    def run(main):
        raise AssertionError("Pyodide's own")

    monkeypatch.setattr(time, "sleep", time.sleep)
    monkeypatch.setattr(asyncio, "run", run)
    monkeypatch.setattr(asyncio, "new_event_loop", asyncio.new_event_loop)
    monkeypatch.setattr(asyncio.events, "new_event_loop", asyncio.new_event_loop)
    monkeypatch.setattr(asyncio.events, "_event_loop_policy", None)
    loop.put_in_place()


def test_tasks_run_in_turn_until_all_is_done():
    said = []

    async def say(word, turns):
        for _ in range(turns):
            await asyncio.sleep(0)
        said.append(word)
        await asyncio.sleep(0.001)
        said.append(word)

    async def main():
        await asyncio.gather(say("third", 9), say("first", 1), say("second", 5))
        return len(said)

    assert asyncio.run(main()) == 6
    assert list(dict.fromkeys(said)) == ["first", "second", "third"]


def test_what_waits_for_nobody_says_so():
    """At home it would wait for ever."""

    async def main():
        await asyncio.Event().wait()

    with pytest.raises(RuntimeError, match="nothing in this page will ever do"):
        asyncio.run(main())


def test_a_timer_that_a_block_leaves_behind_never_fires():
    fired = []
    left = asyncio.new_event_loop()
    left.call_soon(fired.append, 1)
    left._write_to_self()
    time.sleep(0.01)
    left.close()

    assert isinstance(left, Loop)
    assert fired == []
