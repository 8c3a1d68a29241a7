"""Rewrites what a page shows from what its blocks do: for `pytest --update-docs`.

Only what differs is touched.  The change is then read, as any change is.
"""

from __future__ import annotations

from pathlib import Path

from mygrad.book.page import Fence
from mygrad.book.parse import read
from mygrad.book.run.session import Session
from mygrad.book.verify.check import check_error, expected_of, shown_source
from mygrad.book.verify.compare import normalized_lines, same_output, shown_output


def update(path: Path) -> None:
    """Rewrite a page.  Raises PageError, and leaves it as it is, where a block fails."""
    path.write_text(updated(Session(read(path))), encoding="utf-8", newline="\n")


def updated(session: Session) -> str:
    """The page's text with the outputs of its blocks.  Raises PageError where a block fails."""
    lines = session.page.text.split("\n")
    for block in reversed(session.page.blocks):  # from the end: line numbers above stay right
        outcome = session.outcome(block)
        if outcome is None:
            continue
        check_error(session, block, outcome)
        if "source" in block.directives:
            source = shown_source(session.page, block)
            lines[block.fence.start : block.fence.end - 1] = fence_lines(block.fence, source.text)
            continue
        text = shown_output(expected_of(block), outcome)
        if block.output is None:
            if outcome.printed.strip():
                fence = ["", "```text", *text.rstrip().split("\n"), "```"]
                lines[block.fence.end : block.fence.end] = fence_lines(
                    block.fence, "\n".join(fence)
                )
        elif not text.strip():
            del lines[block.fence.end : block.output.end]
        elif not same_output(block.output.content, text):
            lines[block.output.start : block.output.end - 1] = fence_lines(block.output, text)
    return "\n".join(lines)


def fence_lines(fence: Fence, text: str) -> list[str]:
    return [(fence.indent + line).rstrip() for line in normalized_lines(text)]
