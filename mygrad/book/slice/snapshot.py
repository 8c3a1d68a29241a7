"""The objects that names lead to, at a moment: what differs in two snapshots has changed.

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
from itertools import chain
from typing import Any

# What can't change, and leads to nothing that can.
IMMUTABLE = frozenset(
    {type(None), bool, int, float, complex, str, bytes, range, slice, types.EllipsisType}
    | {types.ModuleType, types.CodeType, types.NotImplementedType}
)
CONTAINERS = (list, tuple, set, frozenset, collections.deque)
# The classes that a page may change.
WATCHED_PACKAGES = ("__main__", "mygrad")
LOOK_UPS = ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS")


class Snapshot:
    """The objects that some names lead to, and those that the functions among them use.

    An object is known by its address, and its state is a token for each of its parts.
    """

    def __init__(self, namespace: dict[str, Any], names: Iterable[str]) -> None:
        self.names: set[str] = set()
        self.address_of: dict[str, int] = {}
        self.states: dict[int, list[Any]] = {}
        self.parts: dict[int, list[int]] = {}  # the addresses of those that can change themselves
        self.iterators: set[int] = set()
        self.complete = True  # a tensor leads to others that can't be seen
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in namespace and name not in self.names:
                self.address_of[name] = id(namespace[name])
                waiting += self.add(namespace[name], namespace)
            self.names.add(name)

    def add(self, root: Any, namespace: dict[str, Any]) -> set[str]:
        """Add an object and all that it leads to; return the names that their code uses."""
        used: set[str] = set()
        waiting = [root]
        while waiting:
            thing = waiting.pop()
            address = id(thing)
            if address in self.states or type(thing) in IMMUTABLE:
                continue
            parts = [*parts_of(thing)]
            mutable = [part for part in parts if type(part) not in IMMUTABLE]
            self.states[address] = [token(part) for part in parts]
            self.parts[address] = [id(part) for part in mutable]
            waiting += mutable
            if isinstance(thing, types.FunctionType) and thing.__globals__ is namespace:
                used |= globals_of(thing.__code__)
            if hasattr(type(thing), "__next__"):
                self.iterators.add(address)
            if hasattr(thing, "grad_fn"):
                self.complete = False
        return used

    def changed_since(self, earlier: Snapshot) -> set[int]:
        """The objects of both that differ; what is left in an iterator can't be seen."""
        both = self.states.keys() & earlier.states.keys()
        changed = {address for address in both if self.states[address] != earlier.states[address]}
        return changed | (both & earlier.iterators)

    def names_leading_to(self, objects: set[int]) -> set[str]:
        """The names from which a way leads to one of these objects, from part to part."""
        holders: dict[int, list[int]] = {}
        for holder, parts in self.parts.items():
            for part in parts:
                holders.setdefault(part, []).append(holder)
        found: set[int] = set()
        waiting = list(objects)
        while waiting:
            address = waiting.pop()
            if address not in found:
                found.add(address)
                waiting += holders.get(address, ())
        return {name for name, address in self.address_of.items() if address in found}


def bindings(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """What each name of a page stands for."""
    return {name: token(value) for name, value in namespace.items() if not name.startswith("__")}


def token(value: Any) -> Any:
    """What stands for a part in the state of a whole: its address, or its value if immutable.

    An address may be taken again by a new object; the state at that address shows it, unless the
    two are alike.
    """
    kind = type(value)
    if kind not in IMMUTABLE:
        return id(value)
    # By their digits, as -0.0 == 0.0; with the type, as 1 == 1.0 == True.
    return (kind, repr(value)) if kind in (float, complex, slice) else (kind, value)


def parts_of(thing: Any) -> Iterable[Any]:
    """What an object consists of.  What is made in here is immutable: its address says nothing.

    An object of Python's own, such as a method, has its parts in slots, as one of ours may have.
    """
    match thing:
        case list() | tuple() if type(thing) in (list, tuple):  # most objects are one of these
            return thing
        case types.FunctionType():
            return parts_of_function(thing)
        case types.BuiltinFunctionType():  # of a module, or of an object, as in `xs.append`
            return [thing.__self__]
        case types.ModuleType():  # a kind of its own, so not among the immutable
            return []
        case type():
            watched = thing.__module__.partition(".")[0] in WATCHED_PACKAGES
            return [*pairs(vars(thing)), *thing.__bases__] if watched else []
        case _:
            return [type(thing), *items_of(thing), *attributes_of(thing)]


def parts_of_function(function: types.FunctionType) -> Iterator[Any]:
    """Its defaults, its attributes, and what it has kept of the functions around it."""
    yield from function.__defaults__ or ()
    yield from pairs(function.__kwdefaults__ or {})
    yield from pairs(vars(function))
    for cell in function.__closure__ or ():
        if cell != types.CellType():  # an empty one: the name has no value yet
            yield cell.cell_contents


def items_of(thing: Any) -> Iterable[Any]:
    """What an object holds besides its attributes: as a container, an iterator or an array."""
    if isinstance(thing, dict):
        return pairs(thing)
    if isinstance(thing, CONTAINERS):
        return thing
    if isinstance(thing, random.Random):
        return [str(thing.getstate())]
    if hasattr(thing, "__next__"):  # what it goes through, though not how far it is
        return gc.get_referents(thing)
    if hasattr(thing, "tolist"):
        with warnings.catch_warnings(action="ignore"):  # PyTorch's, of tensors that are no leaves
            return [str(thing.tolist()), getattr(thing, "grad", None)]
    return []


def attributes_of(thing: Any) -> Iterator[Any]:
    """What an object keeps under names: in its dictionary, and in slots."""
    slots, has_dict = layout_of(type(thing))  # type: ignore[arg-type]  # mypy: is a class hashable?
    if has_dict:
        yield from pairs(vars(thing))
    for slot in slots:
        try:
            yield slot.__get__(thing)
        except AttributeError:  # it is empty, which is not the same as None
            yield ...


def pairs(mapping: Mapping[Any, Any]) -> Iterator[Any]:
    """The keys and the values, in turns."""
    return chain.from_iterable(mapping.items())


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
