"""A line every few seconds on what a build is doing, so that it is never silent for long."""

from __future__ import annotations

import logging
import threading

EVERY = 5.0  # seconds

log = logging.getLogger("mkdocs.mygrad.book")


class Progress:
    def __init__(self) -> None:
        self.doing = ""
        self.ended = threading.Event()

    def start(self) -> None:
        self.ended.clear()
        self.thread = threading.Thread(target=self.tell, daemon=True)
        self.thread.start()

    def step(self, doing: str) -> None:
        """Say what is being done from now on."""
        self.doing = doing

    def stop(self) -> None:
        self.ended.set()

    def tell(self) -> None:
        seconds = 0.0
        while not self.ended.wait(EVERY):
            seconds += EVERY
            log.info("%.0f seconds so far, now at %s", seconds, self.doing)


progress = Progress()
