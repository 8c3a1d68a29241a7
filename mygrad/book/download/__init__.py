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

from mygrad.book.download.cells import cells_of
from mygrad.book.download.links import PageAddress
from mygrad.book.download.notebook import as_notebook
from mygrad.book.download.percent import as_python
from mygrad.book.run.session import Session
from mygrad.pictures.picture import AnyPicture


def downloads(
    session: Session, pictures: Mapping[int, AnyPicture], place: PageAddress
) -> dict[str, str]:
    """The files of a chapter, by their paths in the site, beside its page.

    `pictures` are those that its blocks drew, by the line of the block.
    """
    cells = cells_of(session, pictures, place)
    path = place.path.removesuffix(".md")
    name = posixpath.join(path, posixpath.basename(path))
    return {f"{name}.py": as_python(cells), f"{name}.ipynb": as_notebook(cells)}
