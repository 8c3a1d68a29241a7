"""Modules as they were, for a page that is run from the top again in the same Python.

Nothing rests on it but good manners: a verdict is given by a Python alone that has run nothing but
the page's own blocks.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Mapping
from itertools import repeat
from operator import is_
from types import ModuleType
from typing import Any


class ModuleReset:
    """How a package is now, with its classes and dictionaries, and the names of some modules."""

    def __init__(self, package: str, others: Iterable[ModuleType] = ()) -> None:
        self.package = package
        self.imported = self.modules()
        self.namespaces: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.classes: list[tuple[type, dict[str, Any]]] = []
        self.known = dict(sys.modules)
        # How a module is found.
        self.lists = [(each, [*each]) for each in (sys.path, sys.meta_path, sys.path_hooks)]
        self.recursion_limit = sys.getrecursionlimit()
        for module in [*self.imported.values(), *others]:
            self.namespaces.append((vars(module), dict(vars(module))))
        for module in self.imported.values():
            for value in vars(module).values():
                if isinstance(value, type) and value.__module__ == module.__name__:
                    getattr(value, "__annotations__", None)  # asked for once, it stays in the class
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

    def is_untouched(self) -> bool:
        """Whether nothing has been assigned or deleted since; importing a module is neither."""
        return all(
            kept(now, before)
            and all(isinstance(now[name], ModuleType) for name in now.keys() - before.keys())
            for now, before in self.namespaces
        ) and all(same(vars(owner), before) for owner, before in self.classes)

    def put_back(self) -> None:
        """Undo what has been assigned or deleted since; what is as it was is left alone."""
        for now, before in self.namespaces:
            if not same(now, before):
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
        for ways, kept_ways in self.lists:
            ways[:] = kept_ways
        for name in self.modules().keys() - self.imported.keys():
            del sys.modules[name]  # imported since: the next import makes it anew
        sys.modules.update(self.known)
        sys.setrecursionlimit(self.recursion_limit)


MISSING = object()


def same(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether both hold the very same objects: 42.0 is equal to 42, and another one."""
    return len(now) == len(before) and kept(now, before)


def kept(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether all that was there still is."""
    found = map(now.get, before, repeat(MISSING))
    return all(map(is_, found, before.values()))


class Hooks:
    """What Python calls by itself while a block runs: a block's own may not outlive it."""

    def __init__(self) -> None:
        self.trace = sys.gettrace()
        self.profile = sys.getprofile()
        self.monitors = monitors()
        self.callbacks = [*gc.callbacks]

    def put_back(self) -> None:
        # A debugger and a measurement of coverage stay: they were there before.
        hooks: list[tuple[Any, Any, Any]] = [
            (sys.gettrace, sys.settrace, self.trace),
            (sys.getprofile, sys.setprofile, self.profile),
        ]
        for current, put, before in hooks:
            if current() is not before:
                put(before)
        for tool in monitors() - self.monitors:
            MONITORING.set_events(tool, 0)
            MONITORING.free_tool_id(tool)
        gc.callbacks[:] = self.callbacks


MONITORING: Any = getattr(sys, "monitoring", None)  # since Python 3.12


def monitors() -> set[int]:
    """The numbers of the tools that watch what runs."""
    return {tool for tool in range(6) if MONITORING and MONITORING.get_tool(tool)}
