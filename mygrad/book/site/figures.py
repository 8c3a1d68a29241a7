"""Pictures and films as parts of a page."""

from __future__ import annotations

import hashlib
from html import escape
from pathlib import Path
from typing import Any

from mygrad import Film, Value
from mygrad.book.page import PageError
from mygrad.book.parse import read_text
from mygrad.book.run.execute import execute
from mygrad.pictures.picture import AnyPicture, picture_of

MEASURED = "tests/bench/results"  # beside images/: no script reads any other file


def figure(picture: AnyPicture, identifier: str, caption: str = "", below: int = 0) -> str:
    """A picture as a part of a page.  `identifier` is unique in the page, and can be linked to.

    `below` is the number of the block that draws it.
    """
    width = f' style="--picture-width: {picture.width:g}px"' if picture.width else ""
    name = escape(picture.title or "Picture")
    svg = picture.under(f"{identifier}-svg").svg()
    place = f' data-below="{below}"' if below else ""
    # Whoever can't use a mouse scrolls a wide picture with the arrow keys: hence the tabindex.
    return (
        f'<figure class="mygrad-figure" id="{identifier}" data-search-exclude{width}{place}>'
        f'<div class="mygrad-scroll" tabindex="0" role="group" aria-label="{name}">{svg}</div>'
        f"{figcaption(caption)}</figure>"
    )


def film(
    film: Film,
    identifier: str,
    caption: str,
    below: int,
    lines: dict[Value, str],
    folder: str | None = None,
) -> str:
    """A film as a part of a page, as `figure` does it with a picture.

    `folder` leads from the page to the pictures that the site keeps apart.
    """
    return framed(film.html(identifier, lines, folder), identifier, caption, below)


def framed(html: str, identifier: str, caption: str, below: int) -> str:
    return (
        f'<figure class="mygrad-figure" id="{identifier}" data-search-exclude'
        f' data-below="{below}">{html}{figcaption(caption)}</figure>'
    )


def figcaption(caption: str) -> str:
    return f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""


def sources(images: Path) -> dict[str, str]:
    """Hashes of all that the scripts in a folder draw from: themselves, and what was measured."""
    measured = images.parent / MEASURED
    files = sorted([*images.glob("*.py"), *measured.glob("*.json")])
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def draw_script(script: Path) -> AnyPicture:
    """The `picture` that a script in images/ leaves behind.

    Raises PageError where it fails, whatever it raises, or leaves none.
    """
    namespace: dict[str, Any] = {"__name__": script.stem, "__file__": str(script)}
    error = execute(read_text(script), namespace, str(script), 1).error
    try:
        if error:
            raise error
        return picture_of(namespace["picture"])
    except BaseException as error:
        raise PageError(f"{script} fails: {error!r}") from error
