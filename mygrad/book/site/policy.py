"""The second wall around strangers' code: what a page may load and run, said in the page itself.

It is a Content-Security-Policy in a `<meta>`, since a host of plain files may set no header.  All
pages have the same one: the theme goes from page to page without loading a document, and a
document keeps the policy that it began with.  So it names the inline scripts of all pages, by
their hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

from mygrad.book.page import PageError

CHARSET = re.compile(r"<meta charset=[^>]*>")  # a browser looks for it in the first 1024 bytes


class Inline(HTMLParser):
    """The inline scripts and styles of a page, each to the letter."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: dict[str, set[str]] = {"script": set(), "style": set()}
        self.open: list[str] | None = None  # the text of the one being read, piece by piece
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = dict(attributes)
        runs = "src" not in names and names.get("type") != "application/json"
        self.open = [] if tag in self.texts and runs else None

    def handle_data(self, text: str) -> None:
        if self.open is not None:
            self.open.append(text)

    def handle_endtag(self, tag: str) -> None:
        if self.open is not None:
            self.texts[tag].add("".join(self.open))
        self.open = None


def policy(pages: Iterable[str]) -> str:
    """The policy for a site of these pages.

    Nothing comes from elsewhere or is sent there, no form is sent at all, and no script runs that
    the build has not made.  Attributes named `style` are free, since tables and pictures have
    them; what they would load is bound like the rest.
    """
    inline = [Inline(page).texts for page in pages]
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", "'wasm-unsafe-eval'", *hash_sources(inline, "script")],
        "style-src": ["'self'", "'unsafe-inline'"],  # for browsers that don't know the next two
        "style-src-elem": ["'self'", *hash_sources(inline, "style")],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'", "blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def hash_sources(inline: Iterable[dict[str, set[str]]], kind: str) -> list[str]:
    """All texts of a kind, as a policy names them."""
    texts = set().union(*(texts[kind] for texts in inline))
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def with_policy(page: str, policy: str) -> str:
    """The page with a policy in front of all that it is about, and with no word to other sites
    about which page a reader comes from.

    Raises ValueError for a page without a charset, behind which it would stand.
    """
    charset = CHARSET.search(page)
    if charset is None:
        raise ValueError("a page says its charset, and here is no <meta charset>: write one")
    metas = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="referrer" content="same-origin">'
    )
    return page[: charset.end()] + metas + page[charset.end() :]


def add_policy(site: Path) -> None:
    """Put the policy into all pages of a built site.  Raises PageError for what is no page."""
    paths = sorted(site.rglob("*.html"))
    pages = {path: path.read_bytes().decode() for path in paths}
    shared = policy(pages.values())
    for path, page in pages.items():
        try:
            path.write_bytes(with_policy(page, shared).encode())
        except ValueError as error:
            raise PageError(f"{path}: {error}") from None
