"""The book in a site's build: an extension of Python-Markdown, so that any generator can use it.

It runs a page's blocks, holds them against the outputs shown, puts pictures below blocks and
the package's own source into the fences that show it, and takes the directives out.

All but the last runs in a process of its own (run/process.py), and comes back as a `BuiltPage`.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from mygrad import Film
from mygrad.book.build import Build
from mygrad.book.ci import in_ci
from mygrad.book.download import downloads, offer
from mygrad.book.download.links import PageAddress
from mygrad.book.page import Block, Figure, Page, PageError
from mygrad.book.parse import parse, read_text
from mygrad.book.run.session import GET_TORCH, Session, announce
from mygrad.book.site import block_markup, figures, formulas
from mygrad.book.slice.observe import WatchedSession
from mygrad.book.slice.origins import lines_of
from mygrad.book.verify.check import check, shown_source
from mygrad.pictures.picture import AnyPicture


class Html(NamedTuple):
    """A line that is not to be read as Markdown."""

    indent: str
    html: str


Edit = tuple[
    int, int, Sequence[str | Html]
]  # from this line up to that one, put these in their place

log = logging.getLogger("mkdocs.mygrad.book")  # below "mkdocs", so that a strict build counts it


@dataclass
class BuiltPage:
    """What the blocks of a page have come to: the edits of its text, and files of the site."""

    edits: list[Edit] = field(default_factory=list)
    left_out: int = 0
    pictures: dict[str, AnyPicture] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)


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
        self.build = build

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "```" not in text and "~~~" not in text and "<!--" not in text:
            return lines
        path, source, shift = find_source(text, Path(self.options["docs_dir"]))
        try:
            page = parse(source, path)
            built = self.build.worker.call(page.name, build_page, page, self.options)
        except PageError as error:
            if not self.options["show_errors"]:
                raise
            log.error("%s", error)
            return [self.stash(error_html(error)), "", *lines]
        self.build.left_out += built.left_out
        self.build.pictures.update(built.pictures)
        self.build.files.update(built.files)
        # From the end, as lines move.
        for start, end, replacement in reversed(built.edits):
            lines[start - 1 + shift : end - 1 + shift] = [
                line if isinstance(line, str) else line.indent + self.stash(line.html)
                for line in replacement
            ]
        return lines

    def stash(self, html: str) -> str:
        """Keep HTML from being read as Markdown, and return what stands for it."""
        return str(self.md.htmlStash.store(html))


def error_html(error: PageError) -> str:
    """What a served page shows in place of what an error keeps from it."""
    return f'<pre class="mygrad-error">{escape(str(error))}</pre>'


def build_page(page: Page, options: dict[str, Any]) -> BuiltPage:
    """Run a page's blocks and say what to put in place of which lines, and what else they made."""
    builder = PageBuilder(page, options)
    builder.built.edits = sorted(builder.edits(), key=lambda edit: edit[:2])
    return builder.built


class PageBuilder:
    def __init__(self, page: Page, options: dict[str, Any]) -> None:
        self.page = page
        self.options = options
        self.built = BuiltPage()

    def edits(self) -> list[Edit]:
        page = self.page
        session = WatchedSession(page)
        drawn: dict[int, AnyPicture] = {}  # pictures, by the line of their block
        edits: list[Edit] = []
        for number, block in enumerate(page.blocks, 1):
            if "source" in block.directives:  # the copy in the page is for the tests to check
                edits += source_in_place_of_copy(page, block)
                continue
            edits += block_markup.numbered(page, number, block)
            if session.outcome(block) is None:
                self.leave_out(block)
            picture = check(session, block)
            if picture is not None:
                drawn[block.line] = picture
            drawing = self.drawing(session, number, block, picture)
            edits += [below(block, html) for html in shown_below(number, block, drawing)]
        if session.outcomes:
            last = page.text.count("\n") + 2
            end = summary(page, session) + block_markup.block_metadata(session)
            edits.append((last, last, ["", Html("", end), ""]))
        place = self.place_of_chapter(page)
        if place:
            self.built.files.update(downloads(session, drawn, place))
        if place or (session.outcomes and self.options["site_url"]):
            html = offer.offer(place) if place else offer.how_to_install(self.options["wheel_url"])
            first = page.text.split("\n").index(title_of(page)) + 2
            edits.append((first, first, ["", Html("", html), ""]))
        return edits + [self.drawn_figure(figure) for figure in page.figures]

    def leave_out(self, block: Block) -> None:
        """Nothing is left out silently, and nothing at all where CI is set."""
        if in_ci():
            at = self.page.at(block.line)
            raise PageError(f"{at}: not run, needs PyTorch: {GET_TORCH}")
        self.built.left_out += 1

    def drawing(
        self,
        session: Session,
        number: int,
        block: Block,
        picture: AnyPicture | None,
    ) -> str | None:
        """A block's picture or film, as a part of the page."""
        if picture is None:
            return None
        name = block.directives.get("picture", "")
        if name:
            self.built.pictures[name] = picture
        identifier = name or f"picture-{number}"
        caption = block.directives.get("caption", "")
        outcome = session.outcome(block)
        if outcome is None or not isinstance(outcome.value, Film):
            return figures.figure(picture, identifier, caption, below=number)
        roots = [reel.root for reel in outcome.value.reels]
        lines = lines_of(roots, session.namespace, sources_run(session, number))
        if not name:
            return figures.film(outcome.value, identifier, caption, number, lines)
        self.built.pictures.update(outcome.value.apart(name))
        folder = f"{self.to_root(session.page)}images/"
        return figures.film(outcome.value, name, caption, number, lines, folder)

    def to_root(self, page: Page) -> str:
        """The way from a page of the site to its root."""
        docs = Path(self.options["docs_dir"])
        if not page.path.is_relative_to(docs):
            return ""
        place = page.path.relative_to(docs).with_suffix("")
        return "../" * (len(place.parts) - (place.name == "index"))

    def drawn_figure(self, figure: Figure) -> Edit:
        """A picture that a script in the folder of images draws."""
        at = self.page.at(figure.line)
        script = Path(self.options["images_dir"], f"{figure.name}.py")
        if not script.is_file():
            raise PageError(f"{at}: there is no {script} to draw this figure")
        announce(f"{at}: {script}")
        try:
            picture = figures.draw_script(script)
        except PageError as error:
            raise PageError(f"{at}: {error}") from error
        html = figures.figure(picture, figure.name, figure.caption)
        return figure.first_line, figure.line + 1, ["", Html("", html), ""]

    def place_of_chapter(self, page: Page) -> PageAddress | None:
        """Where a chapter will stand in the site; None for a page that is no chapter."""
        docs = Path(self.options["docs_dir"])
        if not self.options["site_url"] or page.path.parent != docs / "chapters":
            return None
        return PageAddress(
            page.path.relative_to(docs).as_posix(),
            self.options["site_url"],
            self.options["wheel_url"],
        )


def below(block: Block, html: str) -> Edit:
    line = block.last_line + 1
    return line, line, ["", Html(block.fence.indent, html), ""]


def sources_run(session: Session, last: int) -> dict[int, str]:
    """The blocks that have run to their end, up to this one, by their numbers."""
    sources = {}
    for number, block in enumerate(session.page.blocks[:last], 1):
        outcome = session.outcome(block)
        if outcome and not outcome.error:
            sources[number] = block.fence.content
    return sources


def title_of(page: Page) -> str:
    """The line of a page that is its title."""
    for line in page.text.split("\n"):
        if line.startswith("# "):
            return line
    raise PageError(f"{page.at(1)}: a page begins with its title, as in '# Title'")


def summary(page: Page, session: Session) -> str:
    """How much of a page has been verified, as its last line: the promise is visible."""
    run = [b for b in page.blocks if "source" not in b.directives and session.outcome(b)]
    compared = sum(block.output is not None for block in run)
    return (
        f'<p class="mygrad-summary" data-search-exclude>{counted(len(run), "block")} of this page '
        f"ran when it was built, with {counted(compared, 'output')} compared.</p>"
    )


def counted(n: int, thing: str) -> str:
    return f"{n} {thing}" + "s" * (n != 1)


def say_not_run(build: Build) -> None:
    """One line on all blocks that a build has left out."""
    if build.left_out:
        log.info("%s not run, for want of PyTorch: %s", counted(build.left_out, "block"), GET_TORCH)


def source_in_place_of_copy(page: Page, block: Block) -> list[Edit]:
    """The package's source as it stands in its file, under the file's name."""
    source = shown_source(page, block)
    opening = f'```python title="{source.file}" linenums="{source.first_line}"'
    lines = [block.fence.indent + line for line in (opening, *source.text.rstrip().split("\n"))]
    return [
        (block.first_directive, block.fence.start, [""]),
        (block.fence.start, block.fence.end, lines),
    ]


def shown_below(number: int, block: Block, drawing: str | None) -> list[str]:
    """What a page shows below a block besides its output: an announced error, a picture."""
    shown = []
    if "raises" in block.directives and block.output is None:
        shown.append(block_markup.raises(number, block.directives["raises"]))
    return shown if drawing is None else [*shown, drawing]


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
