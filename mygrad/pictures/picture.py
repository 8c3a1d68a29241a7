"""A picture: what is drawn, with a title and a description, for a page, a notebook and a file.

In a page it takes the page's text colour and font, and its ids start with a key, so that pictures
on one page don't collide.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import textwrap
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, TypeAlias

from mygrad.pictures.checks import checked_picture

# One hue for each kind of number, the same in graphs and curves.  Each can be read on white
# and on a dark ground; a page may refine them by the classes `mygrad-data` and so on.
COLOURS = {"data": "#1a73c9", "grad": "#c2410c", "local": "#2e7d32"}

FONT = "Helvetica, Arial, Liberation Sans, sans-serif"  # Graphviz measures with Helvetica
ROW = 20  # px, the height of a row of text

# As a file of its own it has a ground, for nobody knows what it will stand on.  It goes with the
# reader's colour scheme, as `<img>` tells it.
STYLE = (
    "<style>svg{color:#1f2328;background:#fff}"
    "@media(prefers-color-scheme:dark){svg{color:#e6edf3;background:#111}"
    ".mygrad-data{fill:#6cb6ff;color:#6cb6ff}.mygrad-grad{fill:#ff9e64;color:#ff9e64}"
    ".mygrad-local{fill:#7ee787;color:#7ee787}}</style>\n"
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def coloured(role: str) -> str:
    """The class and fill of a text or shape that shows a kind of number (a key of COLOURS)."""
    return f'class="mygrad-{role}" fill="{COLOURS[role]}"'


def printable(text: str) -> str:
    """The text with a mark for each control character: XML has no place for those."""
    text = text.replace("\t", " ")
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


def data_attributes(pairs: Mapping[str, str]) -> str:
    """`data-` attributes of an element: those that say something."""
    return "".join(
        f' data-{name}="{escape(printable(text))}"' for name, text in pairs.items() if text
    )


def px(pixel: float) -> str:
    """To a tenth of a pixel, so that last digits don't count; the hair decides a tie."""
    return f"{round(pixel + 1e-6, 1):g}"


@dataclass(frozen=True)
class Picture:
    """Elements of SVG (`body`) and their size in pixels.

    `title` and `description` are what a screen reader says.  `key` begins all ids; without one, it
    is made from the content.
    """

    body: str
    width: float
    height: float
    title: str
    description: str
    key: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", printable(self.title))
        object.__setattr__(self, "description", printable(self.description))

    def under(self, key: str) -> Picture:
        """The same with other ids: two of one kind on a page must not share them."""
        return replace(self, key=key)

    def svg(self) -> str:
        """The picture, to stand in a page."""
        return self.framed()

    def file(self) -> str:
        """The picture as a file of its own."""
        return DECLARATION + self.framed(style=STYLE)

    def html(self) -> str:
        """The picture as HTML that needs nothing from the page around it, nor its trust."""
        words = ". ".join(text for text in (self.title, self.description) if text)
        return image(self.file(), words)

    def framed(self, style: str = "", place: str = "") -> str:
        """As SVG, with a style of its own, or at a place within another picture."""
        title, description = escape(self.title), escape(self.description)
        digest = hashlib.sha256("\0".join((title, description, self.body)).encode()).hexdigest()
        key = self.key or f"mygrad-{digest[:10]}"
        size = f"{self.width:g}", f"{self.height:g}"
        return (
            f'<svg {place}xmlns="http://www.w3.org/2000/svg" id="{key}" class="mygrad-picture" '
            f'role="img" aria-labelledby="{key}-title" aria-describedby="{key}-desc" '
            f'width="{size[0]}" height="{size[1]}" viewBox="0 0 {" ".join(size)}" '
            f'font-family="{FONT}" font-size="14" fill="currentColor">\n{style}'
            f'<title id="{key}-title">{title}</title>\n'
            f'<desc id="{key}-desc">{description}</desc>\n{self.body}</svg>\n'
        )

    def _repr_svg_(self) -> str:
        return self.svg()


@dataclass(frozen=True)
class ForeignPicture:
    """SVG that an object of another library has drawn: it is shown as it is."""

    text: str
    width = 0.0  # what it says of itself is its own affair
    title = ""

    def under(self, key: str) -> ForeignPicture:
        """Itself: its ids are its own."""
        return self

    def svg(self) -> str:
        return self.text

    def file(self) -> str:
        return self.text if self.text.startswith("<?xml") else DECLARATION + self.text

    def html(self) -> str:
        return image(self.file(), "")


AnyPicture: TypeAlias = Picture | ForeignPicture


def picture_of(value: Any) -> AnyPicture:
    """What a value that draws itself draws."""
    if isinstance(value, Drawable) and type(value)._repr_svg_ is Drawable._repr_svg_:
        return value.picture()
    return value if isinstance(value, Picture) else ForeignPicture(str(value._repr_svg_()))


def image(file: str, words: str) -> str:
    """A picture's file as HTML.  `words` are for those who don't see it."""
    data = base64.b64encode(file.encode()).decode()
    # As wide as it is drawn, so that its text can be read: where that is too wide, it scrolls.
    return (
        f'<div style="overflow-x: auto"><img style="max-width: none" '
        f'alt="{escape(words)}" src="data:image/svg+xml;base64,{data}"></div>'
    )


def stacked(pictures: Sequence[Picture]) -> Picture:
    """Several pictures as one, each below the one before."""
    body, height = "", 0.0
    for picture in pictures:
        body += picture.framed(place=f'y="{height:g}" ')
        height += picture.height
    titles = "; ".join(picture.title for picture in pictures)
    width = max(picture.width for picture in pictures)
    return Picture(body, width, height, titles, f"{len(pictures)} pictures.")


class Drawable:
    """What shows itself in a page and in a notebook, and can be a file.

    A page takes the SVG, which has the page's colours.  A notebook takes the HTML: `<img>` shows
    in notebooks that are not trusted too.
    """

    title: str

    @abstractmethod
    def picture(self) -> Picture:
        """What it draws."""

    def _repr_svg_(self) -> str:
        return self.picture().svg()

    def _repr_html_(self) -> str:
        return self.picture().html()

    def _repr_mimebundle_(
        self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None, **_: Any
    ) -> dict[str, str]:
        """What a notebook asks for."""
        bundle = {"text/html": self._repr_html_(), "image/svg+xml": self.picture().file()}
        kinds = set(bundle if include is None else include).difference(exclude or ())
        return {kind: data for kind, data in bundle.items() if kind in kinds}

    def __repr__(self) -> str:
        kind, title = type(self).__name__, shortened(self.title)
        return f'<{kind} {title}: a notebook shows it, .save("{kind.lower()}.svg") writes it>'

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture as a file of its own, an SVG."""
        file = checked_picture(path, (".svg",), TO_BITMAP)
        file.write_text(self.picture().file(), encoding="utf-8", newline="\n")


def shortened(title: str) -> str:
    """A title in quotes, as a terminal shows it."""
    return repr(textwrap.shorten(title, 70, placeholder=" …"))


TO_BITMAP = (
    "; a browser or Inkscape makes a PNG of that, and so does CairoSVG (pip install cairosvg)"
)
