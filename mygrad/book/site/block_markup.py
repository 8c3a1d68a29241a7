"""What makes a page live: its blocks as the scripts in docs/assets/run find them.

Each block's element is `#block-N`; what stands below it has `data-below="N"`; and one list of
facts about all blocks stands at the end of the page.
"""

from __future__ import annotations

import json
from html import escape

from mygrad.book.page import Block, Fence, Page
from mygrad.book.slice.observe import WatchedSession
from mygrad.book.slice.program import code_before


def numbered(page: Page, number: int, block: Block) -> list[tuple[int, int, list[str]]]:
    """A block and its output with their marks: what to put in place of which lines of the page."""
    lines = page.text.split("\n")
    first = opening(block.fence, lines[block.fence.start - 1], f"#block-{number}")
    marked = [(block.first_directive, block.fence.start + 1, ["", first])]
    if block.output:
        start = block.output.start
        line = opening(block.output, lines[start - 1], f"data-below={number}")
        marked.append((start, start + 1, [line]))
    return marked


def opening(fence: Fence, line: str, attributes: str) -> str:
    """The line that opens a fence, with attributes: `{.python #block-1}`."""
    marker = line.strip().removesuffix(fence.language).rstrip()
    return f"{fence.indent}{marker} {{.{fence.language} {attributes}}}"


def block_metadata(session: WatchedSession) -> str:
    """What the build knows about each block that is run, as HTML that shows nothing.

    `needed` is the code in front of the block that makes it a program of its own; null where
    the block was not run.
    """
    found = [
        {
            "number": number,
            "raises": block.directives.get("raises", ""),
            "needs": block.directives.get("needs", ""),
            "needed": code_before(session, block),
        }
        for number, block in enumerate(session.page.blocks, 1)
        if "source" not in block.directives
    ]
    # No script: Material's instant navigation would run it.  Nothing in it may be read as HTML.
    data = json.dumps(found).replace("&", "\\u0026").replace("<", "\\u003c")
    return f'<template class="mygrad-blocks" data-search-exclude>{data}</template>'


def raises(number: int, error: str) -> str:
    """The line below a block that stands for an error whose words the page does not show."""
    return f'<p class="mygrad-raises" data-below="{number}">It raises {escape(error)}.</p>'
