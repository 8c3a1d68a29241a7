"""What a page says of its downloads, as its first line, folded."""

from __future__ import annotations

import posixpath
from html import escape

from mygrad.book.download.links import PageAddress


def offer(place: PageAddress) -> str:
    """A chapter's first line, folded: the files made of it, and how to install what they need."""
    name = posixpath.basename(place.path).removesuffix(".md")
    files_of_it = (
        f'<p>As <a href="{name}.py" download>Python</a> '
        f'or as a <a href="{name}.ipynb" download>notebook</a>, with all its text. '
        "Its blocks need the package:</p>"
    )
    return folded("Take this chapter away", files_of_it, place.wheel_url)


def how_to_install(wheel_url: str) -> str:
    """The first line of a page with blocks that is no chapter: how to install what they need."""
    return folded("Take its blocks away", "<p>They need the package:</p>", wheel_url)


def folded(summary: str, html: str, wheel_url: str) -> str:
    return (
        f'<details class="mygrad-takeaway" data-search-exclude><summary>{summary}</summary>{html}'
        f"<pre><code>pip install {escape(wheel_url)}</code></pre>"
        "<p>Never <code>pip install mygrad</code>: on PyPI, that is another project.</p></details>"
    )
