"""Formulas as MathML, which browsers show without a script or a font of ours.

`$...$` in a sentence, and a fence called `math` for a line of its own: GitHub shows both too.
"""

from __future__ import annotations

import re
from typing import Any

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

# Not a dollar sign in prose: no space inside the signs, no letter or digit outside.
INLINE = r"(?<![\\\w$])\$(?=\S)([^$\n]+?)(?<=\S)\$(?![\w$])"


class InlineFormula(InlineProcessor):
    """`$x^2$` in a sentence."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, match: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        mathml = convert(match[1], display="inline")
        return self.md.htmlStash.store(mathml), match.start(0), match.end(0)


def fence(source: str, *_: Any, **__: Any) -> str:
    """A fence called `math`, as pymdownx.superfences asks for it."""
    return (
        f'<div class="mygrad-formula" tabindex="0">{convert(source.strip(), display="block")}</div>'
    )


def register(markdown: Markdown) -> None:
    # Before backslash escapes (180) and after code in backticks (190): `$x$` there is code.
    markdown.inlinePatterns.register(InlineFormula(INLINE, markdown), "mygrad-formula", 185)
