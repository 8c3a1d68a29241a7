"""What every picture shares: its frame, its colours, and how it becomes a file.

A picture is SVG text that can stand in a page: it takes the page's text colour and font, and
its ids start with a key made from its content, so that pictures on one page don't collide.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import textwrap
from abc import abstractmethod
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

from mygrad.pictures.checks import checked_picture

# One hue for each kind of number, the same in graphs and curves.  Each can be read on white
# and on a dark ground; a page may refine them by the classes `mygrad-data` and so on.
COLOURS = {"data": "#1a73c9", "grad": "#c2410c", "local": "#2e7d32"}

FONT = "Helvetica, Arial, Liberation Sans, sans-serif"  # Graphviz measures with Helvetica


def attributes(role: str) -> str:
    """The class and fill of a text or shape that shows a kind of number (a key of COLOURS)."""
    return f'class="mygrad-{role}" fill="{COLOURS[role]}"'


def picture(body: str, width: float, height: float, title: str, description: str) -> str:
    """Frame the elements in `body` as an SVG picture of that size in pixels.

    `title` and `description` are what a screen reader says.
    """
    title, description = escape(printable(title)), escape(printable(description))
    digest = hashlib.sha256("\0".join((title, description, body)).encode()).hexdigest()
    key = f"mygrad-{digest[:10]}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{key}" class="mygrad-picture" role="img" '
        f'aria-labelledby="{key}-title" aria-describedby="{key}-desc" '
        f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}" '
        f'font-family="{FONT}" font-size="14" fill="currentColor">\n'
        f'<title id="{key}-title">{title}</title>\n<desc id="{key}-desc">{description}</desc>\n'
        f"{body}</svg>\n"
    )


def printable(text: str) -> str:
    """The text with a mark for each control character: XML has no place for those."""
    text = text.replace("\t", " ")
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


class Picture:
    """What shows itself in a page and in a notebook, and can be a file.

    A page takes the SVG, which has the page's colours.  A notebook takes the HTML: `<img>` shows
    in notebooks that are not trusted too.
    """

    title: str

    @abstractmethod
    def _repr_svg_(self) -> str:
        """The picture, to stand in a page."""

    def _repr_html_(self) -> str:
        """The picture, to stand in a notebook."""
        return image(self._repr_svg_())

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None, **_: Any
    ) -> dict[str, str]:
        """What a notebook asks for."""
        bundle = {"text/html": self._repr_html_(), "image/svg+xml": standalone(self._repr_svg_())}
        kinds = set(bundle if include is None else include).difference(exclude or ())
        return {kind: data for kind, data in bundle.items() if kind in kinds}

    def __repr__(self) -> str:
        kind, title = type(self).__name__, shortened(self.title)
        return f'<{kind} {title}: a notebook shows it, .save("{kind.lower()}.svg") writes it>'

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture as a file of its own, an SVG."""
        file = checked_picture(path, (".svg",), TO_BITMAP)
        file.write_text(standalone(self._repr_svg_()), encoding="utf-8", newline="\n")


def shortened(title: str) -> str:
    """A title in quotes, as a terminal shows it."""
    return repr(textwrap.shorten(title, 70, placeholder=" …"))


TO_BITMAP = (
    "; a browser or Inkscape makes a PNG of that, and so does CairoSVG (pip install cairosvg)"
)


def image(picture: str) -> str:
    """The picture as HTML that needs nothing from the page around it, nor its trust."""
    told = (
        re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", picture, re.DOTALL) for tag in ("title", "desc")
    )
    words = escape(". ".join(unescape(found[1]) for found in told if found and found[1]))
    data = base64.b64encode(standalone(picture).encode()).decode()
    # As wide as it is drawn, so that its text can be read: where that is too wide, it scrolls.
    return (
        f'<div style="overflow-x: auto"><img style="max-width: none" '
        f'alt="{words}" src="data:image/svg+xml;base64,{data}"></div>'
    )


def standalone(svg: str) -> str:
    """The same picture as a file of its own, with a ground: nobody knows what it will stand on.

    It goes with the reader's colour scheme, as `<img>` tells it.
    """
    style = (
        "<style>svg{color:#1f2328;background:#fff}"
        "@media(prefers-color-scheme:dark){svg{color:#e6edf3;background:#111}"
        ".mygrad-data{fill:#6cb6ff;color:#6cb6ff}.mygrad-grad{fill:#ff9e64;color:#ff9e64}"
        ".mygrad-local{fill:#7ee787;color:#7ee787}}</style>\n"
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + svg.replace("<title", style + "<title", 1)


def with_key(picture: str, key: str) -> str:
    """The picture with ids of its own: two of the same on one page must not share them."""
    found = re.search(r'<svg [^>]*?id="([^"]+)"', picture)
    return picture.replace(found[1], f"{key}-svg") if found else picture


def stacked(pictures: list[str]) -> str:
    """Several pictures as one, each below the one before."""
    body, width, height, titles = "", 0.0, 0.0, []
    for one in pictures:
        title = one.partition("<title")[2].partition(">")[2].partition("</title>")[0]
        wide, high = re.findall(r' (?:width|height)="([\d.]+)"', one)[:2]
        body += one.replace("<svg ", f'<svg y="{height:g}" ', 1)
        width, height = max(width, float(wide)), height + float(high)
        titles.append(unescape(title))
    return picture(body, width, height, "; ".join(titles), f"{len(pictures)} pictures.")
