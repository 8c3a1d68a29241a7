"""A chapter as cells: the text between its blocks, and the blocks with what they did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from mygrad.book.download.links import PageAddress, lines_shown, readable
from mygrad.book.page import Block, Page

Outputs = list[NotebookNode]  # what a block printed, raised and drew, as a notebook keeps it


@dataclass
class Cell:
    """A piece of a chapter: text, or a block with its outputs, which one that did not run lacks."""

    text: str
    block: Block | None = None
    outputs: Outputs | None = None


def cells_of(page: Page, outputs: Mapping[int, Outputs], place: PageAddress) -> list[Cell]:
    """A page as cells.  `outputs` are those of its blocks, by the line of the block."""
    cells = []
    text: list[str] = []
    blocks = {block.first_directive: block for block in page.blocks}
    skipped = 0
    for number, shown in enumerate(lines_shown(page, place), 1):
        block = blocks.get(number)
        if block and "source" not in block.directives:
            cells.append(Cell(readable(text, place)))
            code = block.fence.content.rstrip("\n")
            cells.append(Cell(code, block, outputs.get(block.line)))
            caption = block.directives.get("caption")
            text = [f"{block.fence.indent}*{caption}*"] if caption else []
            skipped = block.last_line
        elif number > skipped:
            text += shown
    cells.append(Cell(readable(text, place)))
    cells[0].text += f"\n\n{origin_note(place)}"
    return [cell for cell in cells if cell.text]


def origin_note(place: PageAddress) -> str:
    """Where the cells come from, and what they need."""
    return (
        f"*From <{place.url}>.\n"
        f"The package it needs: `pip install {place.wheel_url}`.\n"
        "On PyPI, `mygrad` is another project.*"
    )
