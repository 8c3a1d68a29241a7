"""A chapter to take away: as a notebook and as a Python file, both made of the same cells.

links.py     a page's text as any reader of Markdown shows it
cells.py     the text between the blocks, and the blocks with what they did
notebook.py  the cells as a notebook
percent.py   the cells as a Python file
offer.py     what a page says of these, as its first line
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from mygrad.book.download.cells import Outputs, cells_of
from mygrad.book.download.links import PageAddress
from mygrad.book.download.notebook import as_notebook
from mygrad.book.download.percent import as_python
from mygrad.book.page import Page


def downloads(page: Page, outputs: Mapping[int, Outputs], place: PageAddress) -> dict[str, str]:
    """The files of a chapter, by their paths in the site, beside its page.

    `outputs` are those of its blocks (`outputs_of`), by the line of the block.
    """
    cells = cells_of(page, outputs, place)
    path = place.path.removesuffix(".md")
    name = posixpath.join(path, posixpath.basename(path))
    return {f"{name}.py": as_python(cells), f"{name}.ipynb": as_notebook(cells)}
