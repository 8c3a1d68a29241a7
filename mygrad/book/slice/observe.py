"""A page that is run statement by statement, and what each statement did.

A statement changes a name if it binds it anew, or changes an object that the name leads to.  Both
are found by looking at the objects before and after it: so nothing has to be guessed from the text.
"""

from __future__ import annotations

import ast
import random
import sys
import types
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mygrad.book.page import Block, Page
from mygrad.book.run.execute import Outcome, execute
from mygrad.book.run.session import Session
from mygrad.book.slice.names import names_read
from mygrad.book.slice.snapshot import Snapshot, bindings

# What statements share besides names: files, and random numbers, with the call that sets them anew.
FILES = "(files)"
SEEDS = {"(random)": "random.seed(", "(torch)": "torch.manual_seed("}


@dataclass
class Statement:
    """A statement of a block, or several that share a line, with the comment right above."""

    first_line: int  # in its block, from 1
    text: str
    nodes: list[ast.stmt]
    empty_lines_above: int


@dataclass
class Effect:
    """What a statement did.  Of the names in `binds` nothing is left of what they were before."""

    statement: Statement
    reads: set[str]
    binds: set[str]
    changes: set[str]
    outcome: Outcome


class WatchedSession(Session):
    """A session that remembers what each statement did.  It prints what any session prints."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.effects: dict[int, list[Effect]] = {}  # by the line of their block

    def _execute(self, block: Block) -> Outcome:
        effects = self.effects[block.line] = []
        try:
            statements = split(block.fence.content)
        except SyntaxError:
            return super()._execute(block)
        for statement in statements:
            line = block.line + statement.first_line - 1
            effects.append(observed(statement, self.namespace, self.filename, line))
            if effects[-1].outcome.error:
                break
        if not effects:
            return Outcome("", None)
        last = effects[-1].outcome
        printed = "".join(effect.outcome.printed for effect in effects)
        return Outcome(printed, last.error, last.value)


def split(code: str) -> list[Statement]:
    """The statements of a block."""
    lines = code.splitlines()
    found: list[Statement] = []
    end = 0  # the last line of the statement before
    for node in ast.parse(code).body:
        first = min(part.lineno for part in (node, *getattr(node, "decorator_list", ())))
        last = node.end_lineno or first
        if first <= end:  # they share a line
            found[-1].nodes.append(node)
        else:
            while first - 1 > end and lines[first - 2].startswith("#"):
                first -= 1
            found.append(Statement(first, "", [node], first - 1 - end if found else 0))
        end = last
        found[-1].text = "\n".join(lines[found[-1].first_line - 1 : last])
    return found


def observed(statement: Statement, namespace: dict[str, Any], filename: str, line: int) -> Effect:
    """Run a statement, and find what it did."""
    names_before, hidden_before = bindings(namespace), hidden_state()
    before = Snapshot(namespace, names_read(statement.nodes))
    reads = before.names
    if not before.complete:
        before = Snapshot(namespace, names_before)

    outcome = execute(statement.text, namespace, filename, line)

    binds = differing(names_before, bindings(namespace))
    changes = binds | names_changed(before, namespace, binds)
    changes |= modules_changed(statement, namespace, outcome)
    shared = differing(hidden_before, hidden_state()) & hidden_before.keys()
    seeded = {state for state, call in SEEDS.items() if statement.text.startswith(call)} & shared
    if any(file in statement.text for file in hidden_before[FILES]):
        reads = reads | {FILES}
    return Effect(statement, reads | shared - seeded, binds | seeded, changes | shared, outcome)


def differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The names of which one stands for something else than the other, or for nothing."""
    return {name for name in before.keys() | after if before.get(name) != after.get(name)}


def names_changed(before: Snapshot, namespace: dict[str, Any], bound: set[str]) -> set[str]:
    """The names that lead to an object of a snapshot which is another one now."""
    after = Snapshot(namespace, before.names)
    if bound & before.names or after.changed_since(before):
        after = Snapshot(namespace, bindings(namespace))  # other names may lead to it as well
    return after.names_leading_to(after.changed_since(before))


def hidden_state() -> dict[str, Any]:
    """What statements can change besides objects with a name."""
    files = {path.name: path.read_bytes() for path in Path().iterdir() if path.is_file()}
    state = {FILES: files, "(random)": random.getstate()}
    if torch := sys.modules.get("torch"):
        state["(torch)"] = torch.get_rng_state().tolist()
    return state


def modules_changed(statement: Statement, namespace: dict[str, Any], outcome: Outcome) -> set[str]:
    """The module whose function is called for its effect, as in `gc.disable()`."""
    match statement.nodes:
        case [ast.Expr(ast.Call(ast.Attribute(ast.Name(name))))] if outcome.value is None:
            module = namespace.get(name)
            if isinstance(module, types.ModuleType) and module is not random:
                return {name}
    return set()
