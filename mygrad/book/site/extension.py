"""The book in a site's build: an extension of Python-Markdown, so that any generator can use it.

It has a page's blocks run and held against the outputs shown (blocks.py), puts pictures below
blocks and the package's own source into the fences that show it, and takes the directives out.
"""

from __future__ import annotations

import logging
import re
from html import escape
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from mygrad.book.build import Build, Made
from mygrad.book.download import downloads, offer
from mygrad.book.download.links import PageAddress
from mygrad.book.page import Page, PageError
from mygrad.book.parse import expand_indents, find_fences, parse, read_text
from mygrad.book.run.session import GET_TORCH
from mygrad.book.site import block_markup, formulas
from mygrad.book.site.blocks import Edit, Html, RanPage, counted, ran_page

log = logging.getLogger("mkdocs.mygrad.book")  # below "mkdocs", so that a strict build counts it


class BookExtension(Extension):
    """Its option `build` is the build that the pages are a part of; else it is one of its own."""

    def __init__(self, **options: Any) -> None:
        self.config = {
            "docs_dir": ["docs", "The folder of the pages."],
            "images_dir": ["images", "The folder of the scripts that draw figures."],
            "site_url": ["", "Where the site will be: without it, chapters can't be taken away."],
            "wheel_url": ["", "Where the package's wheel will be."],
            "show_errors": [False, "Show a failing block in its page instead of raising."],
        }
        # No option of Python-Markdown's, which takes text and flags alone.
        self.build: Build = options.pop("build", None) or Build()
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        # After line ends are made alike (30), before fences are taken out (25).
        md.preprocessors.register(
            BookPreprocessor(md, self.getConfigs(), self.build), "mygrad-book", 28
        )
        formulas.register(md)


class BookPreprocessor(Preprocessor):
    def __init__(self, md: Markdown, options: dict[str, Any], build: Build) -> None:
        super().__init__(md)
        self.options = options
        self.docs = Path(options["docs_dir"])
        self.build = build

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "```" not in text and "~~~" not in text and "<!--" not in text:
            return lines
        path, source, shift = find_source(text, self.docs)
        try:
            edits = self.edits(parse(source, path))
        except PageError as error:
            if not self.options["show_errors"]:
                raise
            log.error("%s", error)
            edits = error_edits(error, source, path)
        edits.sort(key=lambda edit: edit[:2])
        for start, end, replacement in reversed(edits):  # from the end, as lines move
            first, last = (max(line - 1 + shift, 0) for line in (start, end))
            lines[first:last] = [
                line if isinstance(line, str) else line.indent + self.stash(line.html)
                for line in replacement
            ]
        return lines

    def edits(self, page: Page) -> list[Edit]:
        """What to put in place of which lines.  What the page has made else goes to the build."""
        build = self.build
        images = Path(self.options["images_dir"])
        ran = ran_page(page, self.docs, images, build.worker, build.kept)
        build.add(Made(ran.pictures, left_out=ran.left_out))
        edits: list[Edit] = [
            edit
            for number, block in enumerate(page.blocks, 1)
            if "source" not in block.directives
            for edit in block_markup.numbered(page, number, block)
        ]
        edits += ran.edits
        if ran.end:
            last = page.text.count("\n") + 2
            edits.append((last, last, ["", Html("", ran.end), ""]))
        return edits + self.to_take_away(page, ran)

    def to_take_away(self, page: Page, ran: RanPage) -> list[Edit]:
        """A chapter's downloads, offered below its title, or how to install what blocks need."""
        place = self.place_of_chapter(page)
        if place:
            self.build.files.update(downloads(page, ran.outputs, place))
        elif not (ran.end and self.options["site_url"]):
            return []
        html = offer.offer(place) if place else offer.how_to_install(self.options["wheel_url"])
        first = page.text.split("\n").index(title_of(page)) + 2
        return [(first, first, ["", Html("", html), ""])]

    def place_of_chapter(self, page: Page) -> PageAddress | None:
        """Where a chapter will stand in the site; None for a page that is no chapter."""
        if not self.options["site_url"] or page.path.parent != self.docs / "chapters":
            return None
        return PageAddress(
            page.path.relative_to(self.docs).as_posix(),
            self.options["site_url"],
            self.options["wheel_url"],
        )

    def stash(self, html: str) -> str:
        """Keep HTML from being read as Markdown, and return what stands for it."""
        return str(self.md.htmlStash.store(html))


ERROR = "mygrad-error"  # the address of an error in its page


def error_html(error: PageError) -> str:
    """What a served page shows in place of what an error keeps from it."""
    return f'<pre class="mygrad-error">{escape(str(error))}</pre>'


def error_edits(error: PageError, source: str, path: Path) -> list[Edit]:
    """An error at its block, or above its line where that is in none, with a link to it on top."""
    found = re.match(rf"{re.escape(Page(path, '').name)}:(\d+): ", str(error))
    if not found:
        return [(1, 1, [Html("", error_html(error)), ""])]
    line = int(found[1])
    lines = expand_indents(source)
    indent = re.match(r"[ >]*", lines[line - 1])[0]  # type: ignore[index]  # it matches any line
    for fence in find_fences(lines):
        if fence.closed and fence.start <= line <= fence.end:
            line, indent = fence.end + 1, fence.indent
    link = f'<p><a href="#{ERROR}">{escape(str(error).split(chr(10))[0])}</a></p>'
    at_its_place = f'<div id="{ERROR}">{error_html(error)}</div>'
    return [(1, 1, [Html("", link), ""]), (line, line, ["", Html(indent, at_its_place), ""])]


def title_of(page: Page) -> str:
    """The line of a page that is its title."""
    for line in page.text.split("\n"):
        if line.startswith("# "):
            return line
    raise PageError(f"{page.at(1)}: a page begins with its title, as in '# Title'")


def say_not_run(build: Build) -> None:
    """One line on all blocks that a build has left out."""
    if build.left_out:
        log.info("%s not run, for want of PyTorch: %s", counted(build.left_out, "block"), GET_TORCH)


def find_source(text: str, docs: Path) -> tuple[Path, str, int]:
    """The file that a page's text comes from, its whole text, and how far its lines are off.

    An extension is given no name, and a text without its front matter: so the file is found by
    its content.  Text of no page (a docstring, say) is a source of its own.
    """
    body = text.strip()
    leading = text[: text.index(body)].count("\n")
    for path in sorted(docs.rglob("*.md")):
        try:
            source = read_text(path)
        except PageError:  # of another page, since this one has been read
            continue
        front, found, rest = source.expandtabs(4).partition(body)
        if found and not rest.strip() and (not front.strip() or front.startswith("---")):
            return path, source, leading - front.count("\n")
    return Path("a text"), text, 0


def makeExtension(**options: Any) -> BookExtension:  # noqa: N802  # the name Python-Markdown asks for
    return BookExtension(**options)
