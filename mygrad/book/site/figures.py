"""Pictures and films as parts of a page."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path
from typing import Any

from mygrad import Film, Value
from mygrad.book.page import PageError
from mygrad.book.parse import read_text
from mygrad.book.run.execute import execute
from mygrad.pictures import svg


def figure(picture: str, identifier: str, caption: str = "", below: int = 0) -> str:
    """A picture as a part of a page.  `identifier` is unique in the page, and can be linked to.

    `below` is the number of the block that draws it.
    """
    picture = svg.with_key(picture, identifier)
    width = re.search(r'<svg [^>]*?width="([\d.]+)"', picture)
    size = f' style="--picture-width: {width[1]}px"' if width else ""
    title = re.search(r"<title[^>]*>(.*?)</title>", picture, re.DOTALL)
    name = escape(unescape(title[1])) if title else "Picture"
    place = f' data-below="{below}"' if below else ""
    # Whoever can't use a mouse scrolls a wide picture with the arrow keys: hence the tabindex.
    return (
        f'<figure class="mygrad-figure" id="{identifier}" data-search-exclude{size}{place}>'
        f'<div class="mygrad-scroll" tabindex="0" role="group" aria-label="{name}">{picture}</div>'
        f"{words(caption)}</figure>"
    )


def film(film: Film, identifier: str, caption: str, below: int, lines: dict[Value, str]) -> str:
    """A film as a part of a page, as `figure` does it with a picture."""
    return framed(film.html(identifier, lines), identifier, caption, below)


def named_film(
    film: Film, name: str, caption: str, below: int, lines: dict[Value, str], to_root: str
) -> tuple[str, dict[str, str]]:
    """The same for a film with a name of its own in the site, under which it can keep a file.

    What is fetched only when a reader asks for it is a named picture of its own: that of all
    values, of a film that shows groups of them.  `to_root` leads from the page to the root of the
    site, where images/ holds it.
    """
    kept_apart: dict[str, str] = {}

    def keep_apart(template: re.Match[str]) -> str:
        kept_apart[f"{name}_values"] = template[2]
        return f'{template[1]} data-source="{to_root}images/{name}_values.svg"></template>'

    html = ALL_VALUES.sub(keep_apart, film.html(name, lines))
    return framed(html, name, caption, below), kept_apart


def framed(html: str, identifier: str, caption: str, below: int) -> str:
    return (
        f'<figure class="mygrad-figure" id="{identifier}" data-search-exclude'
        f' data-below="{below}">{html}{words(caption)}</figure>'
    )


ALL_VALUES = re.compile(r'(<template class="mygrad-all"[^>]*)>(.*?)</template>', re.DOTALL)


def words(caption: str) -> str:
    return f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""


def draw_script(script: Path) -> str:
    """The SVG of the `picture` that a script in images/ leaves behind.

    Raises PageError where it fails, whatever it raises, or leaves none.
    """
    namespace: dict[str, Any] = {"__name__": script.stem, "__file__": str(script)}
    error = execute(read_text(script), namespace, str(script), 1).error
    try:
        if error:
            raise error
        return str(namespace["picture"]._repr_svg_())
    except BaseException as error:
        raise PageError(f"{script} fails: {error!r}") from error
