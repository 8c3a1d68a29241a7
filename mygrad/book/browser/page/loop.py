"""asyncio in a page: an event loop that runs while its block does, and at no other time.

Pyodide's own runs on after the block, by the browser's timers: its tasks would print into whatever
runs then, and `asyncio.run` would not wait for its result.  No file and no network is watched here,
because a page's Python has none.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable


class Loop(asyncio.BaseEventLoop):
    """Runs what is ready, and sleeps until the next thing is."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = Sleep()

    def _process_events(self, events: Iterable[None]) -> None:
        """There are none: `select` sleeps, and watches nothing."""

    def _write_to_self(self) -> None:
        """Wakes a loop up from another thread, and a page has one alone."""


class Sleep:
    """What the loop takes for a selector."""

    def select(self, timeout: float | None) -> list[None]:
        if timeout is None:
            raise RuntimeError("asyncio waits for something that nothing in this page will ever do")
        time.sleep(timeout)
        return []


def put_in_place() -> None:
    """Make it the loop of `asyncio.run`, and take Pyodide's own out."""
    for module, name in [(asyncio, "run"), (time, "sleep")]:
        replaced = getattr(module, name)
        setattr(module, name, getattr(replaced, "__wrapped__", replaced))
    asyncio._set_running_loop(None)
    vars(asyncio).update(new_event_loop=Loop)
    vars(asyncio.events).update(new_event_loop=Loop, _event_loop_policy=None)
