"""Reads a page of Markdown: its Python fences, with their directives and the output shown.

    <!-- raises: TypeError -->      directives: comments on the lines above a fence
    ```python
    Value("two")
    ```

    ```text                         the output shown: the next fence, nothing in between
    TypeError: a Value holds ...
    ```

One parser for the tests and the site.
"""

from __future__ import annotations

import re
from pathlib import Path

from mygrad.book.page import Block, Fence, Figure, Page, PageError

DIRECTIVES = {
    "raises": "the block must raise this type; the text fence ends with the type and the message",
    "needs": "torch: skipped where PyTorch is missing; depth: too deep a graph for a browser",
    "picture": "the name under which the site serves the block's picture, as images/NAME.svg",
    "caption": "what to see in the picture",
    "source": "the fence shows this object's source, e.g. mygrad.engine:Value.backward",
    "figure": "stands alone (with a caption above): the picture that images/NAME.py draws",
}
NEEDS = ("torch", "depth")

OPENING = re.compile(r"([ >]*)(`{3,}|~{3,}) *([^`]*)")
# What the site shows as code or as output, though nothing would run or compare it.
LOOK_ALIKE = re.compile(r"(^|[{.\s])(i?py|te?xt|output|plain)", re.IGNORECASE)
MISPLACED = re.compile(
    r"[\s>]*([-*+]|\d+[.)])\s+(`{3,}|~{3,})|[\s>]*`{3,}[ {.]*py.*`", re.IGNORECASE
)
COMMENT = re.compile(r"[\s>]*<!--(.*?)-->\s*")
DIRECTIVE = re.compile(r"[\s>]*<!--\s*(\w+)\s*:\s*(.*?)\s*-->\s*")


def read(path: Path) -> Page:
    """Read a page from its file.  Raises PageError where it breaks a rule, or is no text."""
    return parse(read_text(path), path)


def read_text(path: Path) -> str:
    """The text of a page's file.  Raises PageError where the file is no text in UTF-8."""
    page = Page(path, "")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PageError(f"{page.at(1)}: the file can't be read: {error.strerror}") from error
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PageError(
            f"{page.at(line)}: the byte 0x{content[error.start]:02x} is not UTF-8: "
            "save the file in this encoding"
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise PageError(f"{page.at(line)}: a zero byte is no text: save the file as UTF-8")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def parse(text: str, path: Path) -> Page:
    """Read a page.  Raises PageError for a fence or a directive that breaks a rule."""
    page = Page(path, text)
    lines = expand_indents(text)
    fences = find_fences(lines)
    check_places(page, lines, fences)
    comments = find_comments(lines, fences)
    for fence, previous in zip(fences, [None, *fences]):
        check_fence(page, fence)
        above = page.blocks[-1] if previous and previous.language == "python" else None
        between = lines[previous.end : fence.start - 1] if previous else []
        if fence.language == "python":
            page.blocks.append(read_block(page, fence, comments))
        elif fence.language == "text":
            if above is None or any(line.strip(" >") for line in between):
                raise PageError(
                    f"{page.at(fence.start)}: a text fence needs a block right above it"
                )
            above.output = fence
        elif not fence.language and above and not "".join(between):
            raise PageError(f"{page.at(fence.start)}: an output stands in a fence called text")
    check_directives(page)
    for line in sorted(comments, reverse=True):
        if line in comments and DIRECTIVE.fullmatch(comments[line]):
            page.figures.append(read_figure(page, line, comments))
    return page


def find_fences(lines: list[str]) -> list[Fence]:
    """All fences of a page, however deep: in lists, quotes, admonitions and tabs too.

    The rules of pymdownx.superfences, which renders them: a fence ends at the first line with
    the same marks at the same indent, and nothing else tells where one may stand.
    """
    fences = []
    number = 0
    while number < len(lines):
        opening = OPENING.fullmatch(lines[number])
        number += 1
        if not opening:
            continue
        indent, marks, language = opening.groups()
        start = number
        while number < len(lines) and lines[number].rstrip() != indent + marks:
            number += 1
        # An empty line of a quote is a lone ">", without the space after it.
        content = [
            "" if line.rstrip() == indent.rstrip() else line.removeprefix(indent)
            for line in lines[start:number]
        ]
        closed = number < len(lines)
        number += closed
        text = "".join(line + "\n" for line in content)
        fences.append(Fence(start, number, language.strip(), indent, text, closed))
    return fences


def expand_indents(text: str) -> list[str]:
    """The lines of a page, with spaces for the tabs in front, as Python-Markdown reads them."""
    lines = []
    for line in text.split("\n"):
        rest = line.lstrip(" \t>")
        lines.append(line[: len(line) - len(rest)].expandtabs(4) + rest)
    return lines


def check_places(page: Page, lines: list[str], fences: list[Fence]) -> None:
    """Code that GitHub shows and the site does not, or the other way round."""
    inside = {line for fence in fences for line in range(fence.start, fence.end + 1)}
    for number, line in enumerate(lines, 1):
        if number not in inside and MISPLACED.match(line):
            raise PageError(
                f"{page.at(number)}: this fence is not read as one: "
                "a fence has its lines to itself, and no backtick after its language"
            )


def check_fence(page: Page, fence: Fence) -> None:
    """A fence with words that no other tool understands, and one that swallows the page."""
    if LOOK_ALIKE.search(fence.language) and fence.language not in ("python", "text"):
        raise PageError(
            f"{page.at(fence.start)}: {fence.language!r} after a fence: write python or text alone;"
            " the rest goes into a directive, a comment on the line above"
        )
    if not fence.closed:
        raise PageError(f"{page.at(fence.start)}: this fence is never closed")


def find_comments(lines: list[str], fences: list[Fence]) -> dict[int, str]:
    """The comments that have a line to themselves outside the fences, by line number."""
    inside = {line for fence in fences for line in range(fence.start, fence.end + 1)}
    return {
        number: line
        for number, line in enumerate(lines, 1)
        if number not in inside and COMMENT.fullmatch(line)
    }


def read_block(page: Page, fence: Fence, comments: dict[int, str]) -> Block:
    """A block with the directives right above it, which are taken out of `comments`."""
    block = Block(fence, first_directive=fence.start)
    while block.first_directive - 1 in comments:
        block.first_directive -= 1
        name, value = read_directive(page, block.first_directive, comments)
        if name == "figure" or name in block.directives:
            raise PageError(f"{page.at(block.first_directive)}: {name!r} has no place here")
        block.directives[name] = value
    return block


def check_directives(page: Page) -> None:
    """Directives that contradict each other, and a picture's name that stands twice."""
    names: set[str] = set()
    for block in page.blocks:
        if "source" in block.directives and (block.output or len(block.directives) > 1):
            raise PageError(f"{page.at(block.line)}: a block that shows source shows nothing else")
        name = block.directives.get("picture", "")
        if name and name in names:
            raise PageError(f"{page.at(block.line)}: a second picture called {name!r}")
        names.add(name)


def read_directive(page: Page, line: int, comments: dict[int, str]) -> tuple[str, str]:
    """Take a directive out of `comments` and check its name and value."""
    comment = comments.pop(line)
    match = DIRECTIVE.fullmatch(comment)
    name, value = match.groups() if match else (comment.strip(), "")
    if name not in DIRECTIVES:
        raise PageError(
            f"{page.at(line)}: unknown directive {name!r}; there are {', '.join(DIRECTIVES)}"
        )
    if not value or (name == "needs" and value not in NEEDS):
        raise PageError(f"{page.at(line)}: {name!r} says {value!r}. {name}: {DIRECTIVES[name]}")
    if name in ("picture", "figure") and not re.fullmatch(r"\w+", value):
        raise PageError(f"{page.at(line)}: a picture's name is one word, got {value!r}")
    return name, value


def read_figure(page: Page, line: int, comments: dict[int, str]) -> Figure:
    """A picture that stands alone, with its caption on the line above."""
    name, value = read_directive(page, line, comments)
    if name != "figure":
        raise PageError(f"{page.at(line)}: {name!r} stands right above a Python fence or nowhere")
    above = DIRECTIVE.fullmatch(comments.get(line - 1, ""))
    if above and above[1] == "caption":
        _, caption = read_directive(page, line - 1, comments)
        return Figure(line - 1, line, value, caption)
    return Figure(line, line, value, "")
