"""What a block imports from an archive: the page fetches that before, while it can tell of it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder


def imports_from(archive: str, source: str) -> bool:
    """Whether a block imports what is found in this zip of `sys.path` and is not imported yet.

    What is imported by other means, or by the modules themselves, it does not see.
    """
    try:
        return any(origin(name).startswith(f"{archive}/") for name in imported(source))
    except Exception:  # a block above may have patched whatever this rests on
        return False


def imported(source: str) -> Iterator[str]:
    """The names of all modules that a block may import, with those that may be no modules."""
    try:
        nodes = [*ast.walk(ast.parse(source))]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # whoever runs it says so
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def origin(name: str) -> str:
    """Where the first part of a dotted name is found that is not imported; "" where nowhere."""
    path = None
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        module = ".".join(parts[:end])
        if module not in sys.modules:
            spec = PathFinder.find_spec(module, path)
            return (spec and spec.origin) or ""
        path = getattr(sys.modules[module], "__path__", [])
    return ""
