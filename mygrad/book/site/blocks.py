"""What the blocks of a page come to in the site: run, held against the page, and drawn.

This is what takes long, so it is kept between builds.  It follows from the blocks alone, with
their places, and from the figures: the text around them may change, and nothing is run again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from mygrad import Film
from mygrad.book.ci import in_ci
from mygrad.book.download.cells import Outputs
from mygrad.book.download.notebook import outputs_of
from mygrad.book.kept import Kept
from mygrad.book.page import Block, Figure, Page, PageError
from mygrad.book.run.process import Worker
from mygrad.book.run.session import GET_TORCH, Session, announce
from mygrad.book.site import block_markup, figures
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


@dataclass
class RanPage:
    """What the blocks of a page have come to: edits of its text, and what else they made.

    `end` belongs to the page's end, and is empty where no block is run.  `outputs` are those that
    a notebook keeps, by the line of the block.
    """

    edits: list[Edit] = field(default_factory=list)
    end: str = ""
    left_out: int = 0
    pictures: dict[str, AnyPicture] = field(default_factory=dict)
    outputs: dict[int, Outputs] = field(default_factory=dict)


def ran_page(page: Page, docs: Path, images: Path, worker: Worker, kept: Kept) -> RanPage:
    """A page's blocks, run by the worker unless an earlier build has run them.

    Raises PageError for the first that fails.
    """
    bare = replace(page, text="")  # nothing can follow from a text that is not there

    def run() -> RanPage:
        return worker.call(page.name, run_page, bare, docs, images)

    drawn_from = figures.sources(images) if page.figures else {}
    parts = (bare, page.path.absolute(), docs, images, drawn_from)
    return kept.get(f"blocks-{page.name.replace('/', '.')}", parts, run)


def run_page(page: Page, docs: Path, images: Path) -> RanPage:
    """Run a page's blocks and its figures.  Nothing here reads the page's text."""
    session = WatchedSession(page)
    ran = RanPage()
    for number, block in enumerate(page.blocks, 1):
        if "source" in block.directives:  # the copy in the page is for the tests to check
            ran.edits += source_in_place_of_copy(page, block)
            continue
        outcome = session.outcome(block)
        picture = check(session, block)
        if outcome is None:
            refuse_in_ci(page, block)
            ran.left_out += 1
        else:
            ran.outputs[block.line] = outputs_of(block, outcome, picture)
        drawing = None
        if picture is not None:
            drawing = drawn(ran, session, number, block, picture, to_root(page, docs))
        ran.edits += [below(block, html) for html in shown_below(number, block, drawing)]
    if session.outcomes:
        ran.end = summary(page, session) + block_markup.block_metadata(session)
    ran.edits += [drawn_figure(page, figure, images) for figure in page.figures]
    return ran


def refuse_in_ci(page: Page, block: Block) -> None:
    """Nothing is left out silently, and nothing at all where CI is set."""
    if in_ci():
        raise PageError(f"{page.at(block.line)}: not run, needs PyTorch: {GET_TORCH}")


def drawn(
    ran: RanPage, session: Session, number: int, block: Block, picture: AnyPicture, to_root: str
) -> str:
    """A block's picture or film, as a part of the page.  One with a name is the site's, too."""
    name = block.directives.get("picture", "")
    if name:
        ran.pictures[name] = picture
    identifier = name or f"picture-{number}"
    caption = block.directives.get("caption", "")
    outcome = session.outcome(block)
    if outcome is None or not isinstance(outcome.value, Film):
        return figures.figure(picture, identifier, caption, below=number)
    roots = [reel.root for reel in outcome.value.reels]
    lines = lines_of(roots, session.namespace, sources_run(session, number))
    if not name:
        return figures.film(outcome.value, identifier, caption, number, lines)
    ran.pictures.update(outcome.value.apart(name))
    return figures.film(outcome.value, name, caption, number, lines, f"{to_root}images/")


def to_root(page: Page, docs: Path) -> str:
    """The way from a page of the site to its root."""
    if not page.path.is_relative_to(docs):
        return ""
    place = page.path.relative_to(docs).with_suffix("")
    return "../" * (len(place.parts) - (place.name == "index"))


def drawn_figure(page: Page, figure: Figure, images: Path) -> Edit:
    """A picture that a script in the folder of images draws."""
    at = page.at(figure.line)
    script = images / f"{figure.name}.py"
    if not script.is_file():
        raise PageError(f"{at}: there is no {script} to draw this figure")
    announce(f"{at}: {script}")
    try:
        picture = figures.draw_script(script)
    except PageError as error:
        raise PageError(f"{at}: {error}") from error
    html = figures.figure(picture, figure.name, figure.caption)
    return figure.first_line, figure.line + 1, ["", Html("", html), ""]


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
