"""What can be drawn, and where to: each check gives its argument back, or says what is wrong.

An error names the argument, what it got, the rule, and the way out.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

from mygrad.arguments import iterable, kind_of


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
