"""What a block prints, as a terminal shows it in the end.

A carriage return and a backspace go back, and what follows is written over what stands there, as
progress bars do it.  Colours and all else that is meant for a terminal leave no trace.
"""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\0-\x08\x0b-\x1f\x7f]")
PIECE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?|.", re.DOTALL
)


def terminal_text(text: str) -> str:
    """The text without control characters other than newlines and tabs."""
    if not CONTROL.search(text):
        return text
    lines = re.sub(r"\r+\n|[\v\f]", "\n", text).split("\n")
    return "\n".join(line(each) if CONTROL.search(each) else each for each in lines)


def line(text: str) -> str:
    """One line, with what was written over it."""
    cells: list[str] = []
    at = 0
    for piece in PIECE.findall(text):
        if piece == "\r":
            at = 0
        elif piece == "\b":
            at = max(at - 1, 0)
        elif piece in ("\x1b[K", "\x1b[0K"):
            del cells[at:]
        elif piece == "\x1b[2K":
            cells[:] = " " * len(cells)
        elif not CONTROL.match(piece):
            cells[at : at + 1] = piece
            at += 1
    return "".join(cells)
