"""A block with what it needs: a program that runs alone, and prints what the block prints.

Going back from the block, a statement is kept if it changed a name that what is kept so far reads.
A statement that printed, or raised, is kept silent: the output is the block's and nothing else.
"""

from __future__ import annotations

import ast

from mygrad.book.page import Block
from mygrad.book.run.execute import Outcome
from mygrad.book.slice.names import DEFINITIONS
from mygrad.book.slice.observe import Effect, Statement, WatchedSession, split

IMPORT_STATEMENTS = (ast.Import, ast.ImportFrom)


def code_before(session: WatchedSession, block: Block) -> str | None:
    """The code to put in front of a block so that it runs alone; None where it was not run."""
    if block.line not in session.effects:
        return None
    names: set[str] = set()
    for effect in reversed(session.effects[block.line]):
        names = (names - effect.binds) | effect.reads
    kept: list[list[Effect]] = []  # by block
    for line in sorted((line for line in session.effects if line < block.line), reverse=True):
        kept.insert(0, [])
        for effect in reversed(session.effects[line]):
            if effect.changes & names:
                names = (names - effect.binds) | effect.reads
                kept[0].insert(0, effect)
    return program_text(kept, block)


def program_text(kept: list[list[Effect]], block: Block) -> str:
    """The statements as a program, with empty lines as a formatter puts them."""
    text = ""
    above: ast.stmt | None = None
    silence = ""  # the line that silences the statement above
    for effects in kept:
        for index, effect in enumerate(effects):
            between = "\n" * blank_lines(above, effect.statement, first=index == 0)
            above = effect.statement.nodes[-1]
            same_silence, silence = silence, silencer(effect.outcome)
            if not silence:
                text += f"{between}{effect.statement.text}\n"
            elif silence == same_silence:
                text += f"{indented_code(effect.statement.text)}\n"
            else:
                text += f"{between}{silence}\n{indented_code(effect.statement.text)}\n"
    if not text:
        return ""
    silencers = [word for word in ("redirect_stdout", "suppress") if f" {word}(" in text]
    if silencers:
        text = f"from contextlib import {', '.join(silencers)}\n\n{text}"
    return text + "\n" * blank_lines(above, split(block.fence.content)[0], first=True)


def blank_lines(above: ast.stmt | None, below: Statement, first: bool) -> int:
    """How many empty lines stand between two statements; `first` of those kept of its block."""
    if above is None:
        return 0
    if isinstance(above, DEFINITIONS) or isinstance(below.nodes[0], DEFINITIONS):
        return 2
    if isinstance(above, IMPORT_STATEMENTS) and isinstance(below.nodes[0], IMPORT_STATEMENTS):
        return 0
    return 1 if first else min(below.empty_lines_above, 1)


def silencer(outcome: Outcome) -> str:
    """The line that lets a statement run without what it prints or raises; "" for a quiet one."""
    if outcome.error:
        return f"with redirect_stdout(None), suppress({type(outcome.error).__name__}):"
    return "with redirect_stdout(None):  # the page shows this further up" * bool(outcome.printed)


def indented_code(code: str) -> str:
    """Code one level deeper, except for the inner lines of texts that go over several."""
    fixed = {
        line
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Constant | ast.JoinedStr)
        for line in range(node.lineno + 1, (node.end_lineno or 0) + 1)
    }
    lines = code.splitlines()
    return "\n".join(
        line if number in fixed or not line else "    " + line
        for number, line in enumerate(lines, 1)
    )
