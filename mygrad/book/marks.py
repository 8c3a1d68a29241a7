"""What makes a page live: its blocks as the scripts in docs/assets/run find them.

Each block's element is `#block-N`; what stands below it has `data-below="N"`; and one list of
facts about all blocks stands at the end of the page.
"""

from __future__ import annotations

import json
import re
from html import escape

from mygrad.book.page import Fence
from mygrad.book.standalone import needed
from mygrad.book.watch import WatchedSession


def opening(fence: Fence, line: str, attributes: str) -> str:
    """The line that opens a fence, with attributes: `{.python #block-1}`."""
    marker = re.match(r"\s*([`~]{3,})", line.removeprefix(fence.indent))
    assert marker, line
    return f"{fence.indent}{marker[1]} {{.{fence.language} {attributes}}}"


def facts(session: WatchedSession) -> str:
    """What the build knows about each block that is run, as HTML that shows nothing.

    `needed` is the code in front of the block that makes it a program of its own; null where
    the block was not run.
    """
    found = [
        {
            "number": number,
            "raises": block.directives.get("raises", ""),
            "needs": block.directives.get("needs", ""),
            "needed": needed(session, block),
        }
        for number, block in enumerate(session.page.blocks, 1)
        if "source" not in block.directives
    ]
    data = json.dumps(found).replace("<", "\\u003c")  # or a text with </script> would end it
    return f'<script type="application/json" class="mygrad-blocks">{data}</script>'


def note_below(number: int, html: str, kind: str) -> str:
    """A line below a block that a run of the reader's takes the place of."""
    return f'<p class="{kind}" data-below="{number}">{escape(html)}</p>'
