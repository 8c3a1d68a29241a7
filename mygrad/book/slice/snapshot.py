"""The objects that names lead to, as they are at a moment: what two such looks differ in, changed.

However deep in a function of the package it happens, and under whatever other name.
"""

from __future__ import annotations

import collections
import dis
import functools
import gc
import random
import types
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# What can't change, and leads to nothing that can.
FIXED = frozenset(
    {type(None), bool, int, float, complex, str, bytes, range, slice, types.EllipsisType}
    | {types.ModuleType, types.CodeType, types.NotImplementedType}
)
CONTAINERS = (list, tuple, set, frozenset, collections.deque)
# The classes that a page may change.
OURS = ("__main__", "mygrad")
LOOK_UPS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")


class Look:
    """The objects that some names lead to, and those that the functions among them use."""

    def __init__(self, namespace: dict[str, Any], names: Iterable[str]) -> None:
        self.names: set[str] = set()
        self.start: dict[str, int] = {}  # the address of each name's object
        self.states: dict[int, list[Any]] = {}  # by address: what the object consists of
        self.holds: dict[int, list[int]] = {}  # by address: the objects among that
        self.iterators: set[int] = set()
        self.complete = True  # a tensor leads to others that can't be seen
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in namespace and name not in self.names:
                self.start[name] = id(namespace[name])
                waiting += self.add(namespace[name], namespace)
            self.names.add(name)

    def add(self, thing: Any, namespace: dict[str, Any]) -> set[str]:
        """Look at an object and all that it leads to; return the names that its code uses."""
        used: set[str] = set()
        waiting = [thing]
        while waiting:
            thing = waiting.pop()
            address = id(thing)
            if address in self.states or type(thing) in FIXED:
                continue
            found = list(parts(thing))
            self.states[address] = [mark(part) for part in found]
            inner = [part for part in found if type(part) not in FIXED]
            self.holds[address] = [id(part) for part in inner]
            waiting += inner
            if isinstance(thing, types.FunctionType) and thing.__globals__ is namespace:
                used |= globals_of(thing.__code__)
            if hasattr(type(thing), "__next__"):
                self.iterators.add(address)
            if hasattr(thing, "grad_fn"):
                self.complete = False
        return used

    def changed_since(self, earlier: Look) -> set[int]:
        """The objects of both looks that differ; what is left in an iterator can't be seen."""
        both = self.states.keys() & earlier.states.keys()
        changed = {thing for thing in both if self.states[thing] != earlier.states[thing]}
        return changed | (both & earlier.iterators)

    def leading_to(self, things: set[int]) -> set[str]:
        """The names that lead to one of these objects."""
        holders: dict[int, list[int]] = {}
        for holder, held in self.holds.items():
            for thing in held:
                holders.setdefault(thing, []).append(holder)
        found: set[int] = set()
        waiting = list(things)
        while waiting:
            thing = waiting.pop()
            if thing not in found:
                found.add(thing)
                waiting += holders.get(thing, ())
        return {name for name, thing in self.start.items() if thing in found}


def bindings(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """What each name of a page stands for."""
    return {name: mark(value) for name, value in namespace.items() if not name.startswith("__")}


def mark(value: Any) -> Any:
    """What stands for a part in the state of a whole: its value if that is fixed, or its address.

    An address may be taken again by a new object; the state at that address shows it, unless the
    two are alike.
    """
    kind = type(value)
    if kind not in FIXED:
        return id(value)
    # By their digits, as -0.0 == 0.0; with the type, as 1 == 1.0 == True.
    return (kind, repr(value)) if kind in (float, complex, slice) else (kind, value)


def parts(thing: Any) -> Iterable[Any]:
    """What an object consists of.  What is made in here must be fixed: its address says nothing."""
    match thing:
        case list() | tuple() if type(thing) in (list, tuple):  # most objects are one of these
            return thing
        case types.FunctionType():
            cells = [cell for cell in thing.__closure__ or () if cell != types.CellType()]
            inside = [cell.cell_contents for cell in cells]
            defaults = thing.__defaults__ or ()
            return [*defaults, *pairs(thing.__kwdefaults__ or {}), *pairs(vars(thing)), *inside]
        case types.MethodType():
            return [thing.__self__, thing.__func__]
        case types.BuiltinFunctionType():  # of a module, or of an object, as in `xs.append`
            return [thing.__self__]
        case staticmethod() | classmethod():
            return [thing.__func__]
        case property():
            return [thing.fget, thing.fset, thing.fdel]
        case type():
            ours = thing.__module__.partition(".")[0] in OURS
            return [*pairs(vars(thing)), *thing.__bases__] if ours else []
        case types.ModuleType():  # a kind of its own, so not among the fixed
            return []
        case random.Random():
            return [str(thing.getstate())]
        case _:
            return [type(thing), *contents(thing)]


def contents(thing: Any) -> Iterator[Any]:
    """What an object holds: as a container, as an array, and in its attributes."""
    if isinstance(thing, dict):
        yield from pairs(thing)
    elif isinstance(thing, CONTAINERS):
        yield from thing
    elif hasattr(thing, "__next__"):  # what it goes through, though not how far it is
        yield from gc.get_referents(thing)
    elif hasattr(thing, "tolist"):
        yield str(thing.tolist())
        with warnings.catch_warnings(action="ignore"):  # PyTorch's, of tensors that are no leaves
            yield getattr(thing, "grad", None)
    slots, has_dict = layout_of(type(thing))  # type: ignore[arg-type]  # mypy: is a class hashable?
    if has_dict:
        yield from pairs(vars(thing))
    for slot in slots:
        try:
            yield slot.__get__(thing)
        except AttributeError:  # it is empty, which is not the same as None
            yield ...


def pairs(mapping: Mapping[Any, Any]) -> Iterator[Any]:
    for name, value in mapping.items():
        yield name
        yield value


@functools.lru_cache(maxsize=256)
def layout_of(kind: type) -> tuple[list[Any], bool]:
    """The slots of a class and its bases, as descriptors; and whether its objects have a dict."""
    found = [value for base in kind.__mro__ for value in vars(base).values()]
    slots = [value for value in found if isinstance(value, types.MemberDescriptorType)]
    return slots, kind.__dictoffset__ != 0


@functools.lru_cache(maxsize=1024)
def globals_of(code: types.CodeType) -> frozenset[str]:
    """The names of the module that a function, and the functions in it, look up."""
    looked_up = {i.argval for i in dis.get_instructions(code) if i.opname in LOOK_UPS}
    inner = [globals_of(c) for c in code.co_consts if isinstance(c, types.CodeType)]
    return frozenset(looked_up.union(*inner))
