"""A page's text as any reader of Markdown shows it, with links that work from anywhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mygrad.book.page import Page
from mygrad.book.parse import expand_indents, find_fences
from mygrad.book.verify.check import shown_source

OPENER = re.compile(r'(?:!!!|\?\?\?)\+? +(\w+)(?: +"(.*)")?\s*')


INLINE_CODE_OR_LINK = re.compile(r"(`+)[^`]+\1|\]\(([^)\s]+)\)")


ANCHOR = re.compile(r'\s*<a id="[^"]*"></a>\s*')


@dataclass
class PageAddress:
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


def lines_shown(page: Page, place: PageAddress) -> list[list[str]]:
    """For each line of a page those that stand for it in a download: itself, unless replaced.

    The package's source, pictures and formulas are as notebooks have them.
    """
    lines = expand_indents(page.text)
    shown = [[line] for line in lines]
    for fence in find_fences(lines):
        if fence.language == "math":
            shown[fence.start - 1] = shown[fence.end - 1] = [f"{fence.indent}$$"]
    for block in page.blocks:
        if "source" in block.directives:
            source = shown_source(page, block)
            title = f"# {source.file}, line {source.first_line}"
            code = ["```python", title, *source.text.splitlines(), "```"]
            copy = ["", *(block.fence.indent + line for line in code)]
            replace(shown, block.first_directive, block.fence.end, copy)
    for figure in page.figures:
        image = f"![{figure.caption}]({place.site_url}images/{figure.name}.svg)"
        replace(shown, figure.first_line, figure.line, [image])
    return shown


def replace(shown: list[list[str]], first: int, last: int, lines: list[str]) -> None:
    """Let these lines stand for those from `first` to `last`."""
    shown[first - 1 : last] = [lines, *([] for _ in range(first, last))]


def readable(lines: list[str], place: PageAddress) -> str:
    """Text as any reader of Markdown shows it: boxes as quotes, links that work from anywhere."""
    text = "\n".join(boxes_as_quotes("\n".join(lines).split("\n")))
    pieces = re.split(r"(^(?:> )?```.*?^(?:> )?```$)", text, flags=re.DOTALL | re.MULTILINE)
    for number in range(0, len(pieces), 2):  # the others are code
        pieces[number] = INLINE_CODE_OR_LINK.sub(
            lambda m: f"]({place.resolve(m[2])})" if m[2] else m[0], pieces[number]
        )
    # A box that a block divides neither ends nor begins with an empty line.
    trimmed = re.sub(r"\A(>?\n)+|(\n>?)+\Z", "", "\n" + "".join(pieces))
    return re.sub(r"\n{3,}", "\n\n", trimmed)


def boxes_as_quotes(lines: list[str]) -> Iterator[str]:
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
