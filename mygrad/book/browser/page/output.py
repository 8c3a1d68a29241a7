"""What a block prints in the page, sent on as it comes."""

from __future__ import annotations

import time
from collections.abc import Callable

from mygrad.book.run.execute import MOST_CHARACTERS, Printed, plain

MOST_MESSAGES = 200  # lines sent one by one; after that, as many together as come in
TOGETHER = 0.05  # seconds

Send = Callable[[str, str], None]  # which stream, what text


class StreamedOutput(Printed):
    """What a block prints: kept to be compared, and sent on as it comes, up to a limit.

    As in a terminal, a line is sent when it ends, and a part of one by `flush`.  So no line is
    lost when an endless loop is stopped.
    """

    def __init__(self, stream: str, send: Send) -> None:
        super().__init__()
        self.stream = stream
        self.send = send
        self.begin()

    def begin(self) -> None:
        """A block begins.  What an earlier one has kept, as logging does, writes for this one."""
        self.seek(0)
        self.truncate()
        self.room = MOST_CHARACTERS
        self.messages = 0
        self.unsent = ""
        self.sent_at = time.monotonic()

    def write(self, text: str) -> int:
        text = plain(text)
        if self.room < 0:  # cut, and said so
            return len(text)
        super().write(text[: self.room])
        self.unsent += text[: self.room]
        self.room -= len(text)
        now = time.monotonic()
        at_once = self.messages < MOST_MESSAGES and text.endswith("\n")
        if at_once or now - self.sent_at >= TOGETHER:
            self.sent_at = now
            self.send_all()
        if self.room < 0:
            self.send_all()
            self.send("note", f"Cut here: a block shows {MOST_CHARACTERS:,} characters at most.")
        return len(text)

    def flush(self) -> None:
        self.send_all()

    def send_all(self) -> None:
        """Send what is still waiting."""
        if self.unsent:
            self.send(self.stream, self.unsent)
            self.messages += 1
            self.unsent = ""

    def end(self) -> None:
        """Send the rest, and nothing until the next block begins."""
        self.send_all()
        self.room = -1
