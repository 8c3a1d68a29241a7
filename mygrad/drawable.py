"""What can be drawn, and where to: each check gives its argument back, or says what is wrong.

An error names the argument, what it got, the rule, and the way out.
"""

from __future__ import annotations

import itertools
import os
import reprlib
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from mygrad.engine import Value


def kind_of(value: object) -> str:
    """A value in an error: its type, and itself in short."""
    return f"{type(value).__name__}: {reprlib.repr(value)}"


def checked_text(name: str, value: str) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} is text, got {kind_of(value)}; write it in quotes")
    return value


def checked_flag(name: str, value: bool) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{name} is True or False, got {kind_of(value)}")
    return value


def checked_choice(name: str, value: str, choices: Iterable[str]) -> str:
    listed = ", ".join(map(repr, choices))
    if not isinstance(value, str):
        raise TypeError(f"{name} is one of {listed}, got {kind_of(value)}")
    if value not in choices:
        raise ValueError(f"{name} is one of {listed}, not {value!r}")
    return value


def checked_list(name: str, values: Iterable[Any], most: int, things: str) -> list[Any]:
    """The values as a list of at most that many.  `things` says in an error what they are."""
    if isinstance(values, (str, bytes, bytearray, Mapping, Set)) or not iterable(values):
        raise TypeError(
            f"{name} is a list of {things}, got {kind_of(values)}; write [a, b], of one [a]"
        )
    found = [*itertools.islice(values, most + 1)]
    if len(found) > most:
        raise ValueError(
            f"{name} has more than {most} {things}, too many for a picture: "
            "leave some out, as in [*values][::10]"
        )
    return found


def iterable(values: object) -> bool:
    """Whether a loop can go through them.  A closed file, or an array of no dimension, looks so."""
    try:
        iter(values)  # type: ignore[call-overload]
    except (TypeError, ValueError):
        return False
    return not isinstance(values, type)


def checked_name(path: str | os.PathLike[str]) -> Path:
    if not isinstance(path, (str, os.PathLike)) or not isinstance(os.fspath(path), str):
        raise TypeError(f"a file's name is text or a Path, got {kind_of(path)}")
    try:
        storable = b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:  # half of a pair that makes one character
        storable = False
    if not storable:
        raise ValueError(f"{str(path)!r} can't be the name of a file: choose another")
    return Path(path)


def checked_file(path: str | os.PathLike[str]) -> Path:
    """Where a file can be written.  The directory is made if it is missing."""
    found = checked_name(path)
    if found.is_dir():
        raise ValueError(f"{str(path)!r} is a directory: name a file in it")
    parent = next(parent for parent in found.absolute().parents if parent.exists())
    if not parent.is_dir():
        raise ValueError(f"{str(path)!r} lies below {str(parent)!r}, which is no directory")
    found.parent.mkdir(parents=True, exist_ok=True)
    return found


def checked_picture(path: str | os.PathLike[str], endings: Sequence[str], more: str = "") -> Path:
    """The same for a picture, whose name has one of these endings.  `more` is said of others."""
    if checked_name(path).suffix.lower() not in endings:
        names = " or ".join(f"*{ending}" for ending in endings)
        raise ValueError(f"this picture is saved as {names}, not {str(path)!r}{more}")
    return checked_file(path)


def checked_node(function: str, value: Value) -> Value:
    """A `Value`, or a node of the reader's own class, which holds the same of its graph."""
    lacking = [name for name in ("data", "_prev", "_op") if not hasattr(value, name)]
    if lacking or isinstance(value, type):
        raise TypeError(
            f"{function} takes a Value of a graph, got {kind_of(value)}; {way_to_a_node(value)}"
        )
    if not isinstance(value._prev, (Sequence, Set)):
        raise TypeError(f"_prev holds a value's operands in a tuple, got {kind_of(value._prev)}")
    if type(value).__hash__ is None:
        raise TypeError(
            f"{function} has to tell values apart, but a {type(value).__name__} equals every other "
            "that holds the same: write __hash__ = object.__hash__ into its class, or, of a "
            "dataclass, @dataclass(eq=False)"
        )
    return value


def way_to_a_node(value: object) -> str:
    if value is None:
        return "backward() gives nothing back, so write it on a line of its own"
    if callable(value):
        return "call it, and take the Value that comes out"
    if isinstance(value, (str, bytes)):
        return "take the Value itself, and not its label"
    if iterable(value):
        return "take one of the values in it, or their sum"
    if isinstance(value, (int, float)):
        return f"write Value({reprlib.repr(value)})"
    return "an expression of Values gives one; a class of your own needs data, _prev and _op"
