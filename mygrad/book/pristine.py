"""Modules as they were: so that what one page's blocks changed in them does not reach the next."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any


class Pristine:
    """How a package and some modules are now: their names, their classes, their dictionaries."""

    def __init__(self, package: str, others: Iterable[ModuleType] = ()) -> None:
        self.package = package
        self.imported = self.modules()
        self.namespaces: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.classes: list[tuple[type, dict[str, Any]]] = []
        self.recursion_limit = sys.getrecursionlimit()
        for module in [*self.imported.values(), *others]:
            self.namespaces.append((vars(module), dict(vars(module))))
            for value in vars(module).values():
                if isinstance(value, type) and value.__module__ == module.__name__:
                    self.classes.append((value, dict(vars(value))))
                elif isinstance(value, dict) and value is not vars(module):
                    self.namespaces.append((value, dict(value)))

    def modules(self) -> dict[str, ModuleType]:
        """All modules of the package that have been imported."""
        return {
            name: module
            for name, module in sys.modules.items()
            if name.split(".")[0] == self.package
        }

    def put_back(self) -> None:
        """Undo what has been assigned or deleted since; what is as it was is left alone."""
        sys.setrecursionlimit(self.recursion_limit)
        for name in self.modules().keys() - self.imported.keys():
            del sys.modules[name]  # imported since: the next import makes it anew
        sys.modules.update(self.imported)
        for now, before in self.namespaces:
            if now != before or any(now[name] is not value for name, value in before.items()):
                now.update(before)
                for name in now.keys() - before.keys():
                    del now[name]
        for owner, before in self.classes:
            attributes = dict(vars(owner))
            for name, value in before.items():
                if attributes.get(name) is not value:
                    setattr(owner, name, value)
            for name in attributes.keys() - before.keys():
                delattr(owner, name)
