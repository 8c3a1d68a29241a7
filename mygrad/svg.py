"""What every picture shares: its frame, its colours, and how it becomes a file.

A picture is SVG text that can stand in a page: it takes the page's text colour and font, and
its ids start with a key made from its content, so that pictures on one page don't collide.
"""

from __future__ import annotations

import hashlib
import re
from html import escape, unescape

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


def standalone(svg: str) -> str:
    """The same picture as a file of its own, readable on a light and on a dark ground."""
    style = (
        "<style>svg{color:#1f2328}@media(prefers-color-scheme:dark){svg{color:#e6edf3}"
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
