"""A chapter to take away: as a notebook, and as a Python file that every editor splits into cells.

Both are made of the same cells: the text between the blocks, and the blocks with what they did.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any

from mygrad import Film, svg
from mygrad.book.page import Block, Fence, Page, expand_indents, find_fences
from mygrad.book.run.execute import Outcome
from mygrad.book.run.session import Session
from mygrad.book.run.traceback import last_words
from mygrad.book.standalone import indented
from mygrad.book.verify.check import shown_source

# Files for the site, by their path in it, that chapters have become since the build began.
files: dict[str, str] = {}

OPENER = re.compile(r'(?:!!!|\?\?\?)\+? +(\w+)(?: +"(.*)")?\s*')
INLINE_CODE_OR_LINK = re.compile(r"(`+)[^`]+\1|\]\(([^)\s]+)\)")
ANCHOR = re.compile(r'\s*<a id="[^"]*"></a>\s*')


@dataclass
class Place:
    """Where a page is: its path below `docs`, as in `chapters/03-graph.md`, and its site.

    `wheel_url` is where that offers the package.
    """

    path: str
    site_url: str
    wheel_url: str

    @property
    def url(self) -> str:
        return self.resolve("")

    def resolve(self, target: str) -> str:
        """The address that a link of this page leads to, as it can be used from anywhere."""
        if re.match(r"\w+:", target):
            return target
        path, _, anchor = target.partition("#")
        source = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), path))
        source = source if path else self.path
        if source.endswith((".md", ".ipynb")):
            source = re.sub(r"(?:(?:^|(?<=/))index)?\.(?:md|ipynb)$", "", source)
            source = posixpath.join(source, "")
        return f"{self.site_url}{source}" + f"#{anchor}" * bool(anchor)


@dataclass
class Cell:
    """A piece of a chapter: text, or a block with what it did."""

    text: str
    block: Block | None = None
    outcome: Outcome | None = None
    picture: str | None = None


def cells_of(session: Session, pictures: dict[int, str], place: Place) -> list[Cell]:
    """A page as cells.  `pictures` are those that its blocks drew, by the line of the block."""
    cells = []
    text: list[str] = []
    lines = [*replaced(session.page, place), ""]
    blocks = {block.first_directive: block for block in session.page.blocks}
    skipped = 0
    for number, line in enumerate(lines, 1):
        block = blocks.get(number)
        if block and "source" not in block.directives:
            cells.append(Cell(readable(text, place)))
            outcome = session.outcome(block)
            code = block.fence.content.rstrip("\n")
            cells.append(Cell(code, block, outcome, pictures.get(block.line)))
            caption = block.directives.get("caption")
            text = [f"{block.fence.indent}*{caption}*"] if caption else []
            skipped = block.last_line
        elif number > skipped:
            text.append(line)
    cells.append(Cell(readable(text, place)))
    cells[0].text += f"\n\n{origin(place)}"
    return [cell for cell in cells if cell.text]


def origin(place: Place) -> str:
    """Where the cells come from, and what they need."""
    return (
        f"*From <{place.url}>.\n"
        f"The package it needs: `pip install {place.wheel_url}`.\n"
        "On PyPI, `mygrad` is another project.*"
    )


def offer(place: Place) -> str:
    """A chapter's first line, folded: the files made of it, and how to install what they need."""
    name = posixpath.basename(place.path).removesuffix(".md")
    files_of_it = (
        f'<p>As <a href="{name}.py" download>Python</a> '
        f'or as a <a href="{name}.ipynb" download>notebook</a>, with all its text. '
        "Its blocks need the package:</p>"
    )
    return folded("Take this chapter away", files_of_it, place.wheel_url)


def install(wheel_url: str) -> str:
    """The first line of a page with blocks that is no chapter: how to install what they need."""
    return folded("Take its blocks away", "<p>They need the package:</p>", wheel_url)


def folded(summary: str, html: str, wheel_url: str) -> str:
    return (
        f'<details class="mygrad-takeaway" data-search-exclude><summary>{summary}</summary>{html}'
        f"<pre><code>pip install {escape(wheel_url)}</code></pre>"
        "<p>Never <code>pip install mygrad</code>: on PyPI, that is another project.</p></details>"
    )


def keep(session: Session, pictures: dict[int, str], place: Place) -> None:
    """Make the files of a chapter, for `write` to put beside its page."""
    cells = cells_of(session, pictures, place)
    path = place.path.removesuffix(".md")
    name = posixpath.join(path, posixpath.basename(path))
    files[f"{name}.py"] = as_python(cells)
    files[f"{name}.ipynb"] = as_notebook(cells)


def write(site: Path) -> None:
    """Put all files of chapters into the site."""
    for path, text in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8", newline="\n")


def replaced(page: Page, place: Place) -> list[str]:
    """A page's lines, with the package's source, pictures and formulas as notebooks have them."""
    lines = expand_indents(page.text)
    for fence in find_fences(lines):
        if fence.language == "math":
            put(lines, fence, [fence.indent + "$$", *inner(lines, fence), fence.indent + "$$"])
    for block in page.blocks:
        if "source" in block.directives:
            source = shown_source(page, block)
            code = [f"# {source.file}, line {source.first_line}", *source.text.splitlines()]
            shown = [block.fence.indent + line for line in code]
            # What is longer than the copy in the page goes into its last line.
            put(
                lines,
                block.fence,
                [block.fence.indent + "```python", *shown, block.fence.indent + "```"],
            )
            lines[block.first_directive - 1 : block.fence.start - 1] = [""] * len(block.directives)
    for figure in page.figures:
        image = f"![{figure.caption}]({place.site_url}images/{figure.name}.svg)"
        lines[figure.first_line - 1 : figure.line] = [
            image,
            *[""] * (figure.line - figure.first_line),
        ]
    return lines


def inner(lines: list[str], fence: Fence) -> list[str]:
    return lines[fence.start : fence.end - 1]


def put(lines: list[str], fence: Fence, shown: list[str]) -> None:
    """Other lines in place of a fence, as many as it has: the lines below keep their numbers."""
    count = fence.end - fence.start + 1
    fitting = [*shown[: count - 1], "\n".join(shown[count - 1 :])]
    lines[fence.start - 1 : fence.end] = fitting + [""] * (count - len(fitting))


def readable(lines: list[str], place: Place) -> str:
    """Text as any reader of Markdown shows it: boxes as quotes, links that work from anywhere."""
    text = "\n".join(quoted("\n".join(lines).split("\n")))
    pieces = re.split(r"(^(?:> )?```.*?^(?:> )?```$)", text, flags=re.DOTALL | re.MULTILINE)
    for number in range(0, len(pieces), 2):  # the others are code
        pieces[number] = INLINE_CODE_OR_LINK.sub(
            lambda m: f"]({place.resolve(m[2])})" if m[2] else m[0], pieces[number]
        )
    # A box that a block divides neither ends nor begins with an empty line.
    trimmed = re.sub(r"\A(>?\n)+|(\n>?)+\Z", "", "\n" + "".join(pieces))
    return re.sub(r"\n{3,}", "\n\n", trimmed)


def quoted(lines: list[str]) -> Iterator[str]:
    """Boxes (`!!!` and `???`), which only the site's Markdown knows, as quotes with a title."""
    inside = all(line.startswith("    ") or not line for line in lines[:1])
    for number, line in enumerate(lines):
        if ANCHOR.fullmatch(line):
            continue
        opener = OPENER.fullmatch(line)
        following = next((below for below in lines[number:] if below), "")
        if opener:
            inside = True
            yield from ("", f"> **{opener[2] or opener[1].capitalize()}**")
        elif inside and following.startswith("    "):
            yield ("> " + line[4:]).rstrip()
        else:
            inside = False
            yield line


def as_python(cells: list[Cell]) -> str:
    """The cells as a Python file: text as comments, between the marks that editors know."""
    return (
        "\n\n".join(
            f"# %%\n{python_of(cell)}" if cell.block else f"# %% [markdown]\n{comment(cell.text)}"
            for cell in cells
        )
        + "\n"
    )


def comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))


def python_of(cell: Cell) -> str:
    """A block's code, with its announced error caught, and told as the page tells it."""
    error = cell.block.directives.get("raises") if cell.block else None
    if error is None:
        return cell.text
    told = f'print(f"{error}: {{error}}")'
    caught = f"except {error} as error:\n    {told}"
    if cell.block and cell.block.output is None:  # its words vary with Python's version
        caught = f'except {error}:\n    print("It raises {error}.")'
    return f"try:\n{indented(cell.text)}\n{caught}"


def as_notebook(cells: list[Cell]) -> str:
    """The cells as a notebook (nbformat 4.5), with what the blocks printed, raised and drew."""
    count = 0
    found: list[dict[str, Any]] = []
    for number, cell in enumerate(cells, 1):
        common = {"id": f"cell-{number}", "metadata": {}, "source": cell.text}
        if cell.block is None:
            found.append({"cell_type": "markdown", **common})
            continue
        ran = cell.outcome is not None
        count += ran
        if "raises" in cell.block.directives:
            common["metadata"] = {"tags": ["raises-exception"]}  # Run All goes on
        found.append(
            {
                "cell_type": "code",
                **common,
                "execution_count": count if ran else None,
                "outputs": outputs_of(cell, count),
            }
        )
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = {"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def outputs_of(cell: Cell, count: int) -> list[dict[str, Any]]:
    """What a block printed, raised and drew, as a notebook keeps it."""
    outputs: list[dict[str, Any]] = []
    printed = cell.outcome.printed if cell.outcome else ""
    if printed and cell.block and cell.block.output and "raises" not in cell.block.directives:
        printed = cell.block.output.content  # the same, with the addresses that the page shows
    if printed:
        outputs.append({"output_type": "stream", "name": "stdout", "text": printed})
    if cell.outcome and cell.outcome.error:
        error = cell.outcome.error
        outputs.append(
            {
                "output_type": "error",
                "ename": type(error).__name__,
                "evalue": str(error),
                "traceback": [last_words(error)],
            }
        )
    if cell.picture:
        outputs.append(
            {
                "output_type": "execute_result",
                "execution_count": count,
                "data": picture_of(cell.picture, cell.outcome),
                "metadata": {},
            }
        )
    return outputs


def picture_of(picture: str, outcome: Outcome | None) -> dict[str, str]:
    """A picture as a notebook shows it though nobody trusts it yet; a film with its steps."""
    film = outcome.value if outcome and isinstance(outcome.value, Film) else None
    title = re.search(r"<title[^>]*>(.*?)</title>", picture, re.DOTALL)
    return {
        "text/html": film._repr_html_() if film else svg.image(picture),
        "image/svg+xml": svg.standalone(picture),
        "text/plain": unescape(title[1]) if title else "A picture",
    }
