"""Which line of a page's code has made a value, so that a film can light it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, NamedTuple

from mygrad.engine import Value
from mygrad.graph import topological_order


class LineRange(NamedTuple):
    """A block and the lines of a statement in it.  Places are in the order of the page."""

    block: int
    first: int
    last: int

    def __str__(self) -> str:
        lines = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.block}:{lines}"


def lines_of(
    roots: list[Value], namespace: dict[str, Any], sources: dict[int, str]
) -> dict[Value, str]:
    """For each value of these graphs the place that made it: "3:7", or "3:7-9" for several lines.

    `sources` holds the blocks that have run, by their number, and the last of them draws the film.
    A value with a name was made by the latest statement that binds the name, and one without on
    the way to the value that uses it.  It may get a name long after it was made, as in
    `for node in topological_order(root)`: so of all these places, the first is right.
    """
    found: dict[Value, LineRange] = {}
    for name, place in binding_lines(sources).items():
        for value in values_in(namespace.get(name)):
            found[value] = min(place, found.get(value, place))
    number, code = list(sources.items())[-1]
    end = ast.parse(code).body[-1]
    for root in roots:
        found.setdefault(root, line_range(number, end))
        for node in reversed(topological_order(root)):  # users first
            for operand in node._prev:
                found[operand] = min(found[node], found.get(operand, found[node]))
    return {value: str(place) for value, place in found.items()}


def binding_lines(sources: dict[int, str]) -> dict[str, LineRange]:
    """For each name the place of the latest statement of a block that binds it."""
    return {
        name: line_range(number, statement)
        for number, code in sources.items()
        for statement in ast.parse(code).body
        for name in names_assigned(statement)
    }


def names_assigned(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement gives a value to; a function's own names are not among them."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def values_in(thing: Any) -> Iterator[Value]:
    """The value itself, or those in a list or tuple."""
    if isinstance(thing, Value):
        yield thing
    elif isinstance(thing, (list, tuple)):
        yield from (item for item in thing if isinstance(item, Value))


def line_range(number: int, statement: ast.stmt) -> LineRange:
    return LineRange(number, statement.lineno, statement.end_lineno or statement.lineno)
