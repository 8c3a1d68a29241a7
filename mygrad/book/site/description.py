"""What a search engine or a preview of a link says about a page: its own first sentences."""

from __future__ import annotations

import re
import textwrap
from html import unescape

MOST = 160  # characters: search engines show no more

FOLDED = re.compile(r"<(details|figure|template)\b.*?</\1>", re.DOTALL)
PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")


def description(html: str) -> str:
    """As many sentences of a page's first paragraph as there is room for, but at least one.

    A longer one is shortened.  Empty where the page has no paragraph.
    """
    found = PARAGRAPH.search(FOLDED.sub("", html))
    text = " ".join(unescape(TAG.sub("", found[1])).split()) if found else ""
    sentences = re.split(r"(?<=[.?!]) ", text)
    while len(sentences) > 1 and len(" ".join(sentences)) > MOST:
        sentences.pop()
    return textwrap.shorten(" ".join(sentences), MOST, placeholder=" …")
