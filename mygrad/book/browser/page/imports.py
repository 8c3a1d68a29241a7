"""What a block imports from an archive: the page fetches that before, while it can tell of it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from zipimport import ZipImportError, zipimporter


def imports_from(archive: str, source: str) -> bool:
    """Whether a block imports what is found in this zip of `sys.path` and is not imported yet.

    What is imported by other means, or by the modules themselves, it does not see.
    """
    try:
        return any(is_left_in(archive, name) for name in imported(source))
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


def is_left_in(archive: str, name: str) -> bool:
    """Whether the first part of a dotted name that is not imported is in the archive."""
    places = [archive]
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        module = ".".join(parts[:end])
        if module not in sys.modules:
            return any(holds(place, module) for place in places if place.startswith(archive))
        places = getattr(sys.modules[module], "__path__", [])
    return False


def holds(place: str, module: str) -> bool:
    """Whether a module is in this folder of an archive.

    It is looked up in the list that Python keeps: a spec of the module would read the archive.
    """
    try:
        zipimporter(place).is_package(module)
    except ZipImportError:
        return False
    return True
