"""The package's own source, for pages that show a part of it."""

from __future__ import annotations

import ast
import importlib.util
import textwrap
from dataclasses import dataclass
from pathlib import Path


@dataclass
class Source:
    """A part of a file: its text without the indent, and where it stands."""

    file: str
    first_line: int
    text: str


def source_of(name: str) -> Source:
    """The source of an object named as `package.module:Class.method`, read from the file.

    Raises LookupError where there is no such module or object.
    """
    module, _, path = name.partition(":")
    try:
        spec = importlib.util.find_spec(module)
    except ModuleNotFoundError:
        spec = None
    if spec is None or spec.origin is None:
        raise LookupError(f"no source {name!r}: write it as package.module:Class.method")
    text = Path(spec.origin).read_text(encoding="utf-8")
    node = find_definition(ast.parse(text), path.split("."), name)
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    lines = text.splitlines()[first - 1 : node.end_lineno]
    file = "/".join([*module.split(".")[:-1], Path(spec.origin).name])
    return Source(file, first, textwrap.dedent("\n".join(lines)) + "\n")


def find_definition(tree: ast.AST, path: list[str], name: str) -> ast.ClassDef | ast.FunctionDef:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, (ast.ClassDef, ast.FunctionDef)) and child.name == path[0]:
            return find_definition(child, path[1:], name) if path[1:] else child
    raise LookupError(f"no source {name!r}: there is no {path[0]!r} in it")
