"""What a build has made, kept for the next one: nothing whose key is the same is made again.

A key is a hash of all that a thing follows from.  To every key belong the package's source, all
that is installed, and the system: so the build itself has to name only what is a thing's own.
Where CI is set nothing is kept, and a build makes everything.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import platform
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import mygrad
from mygrad.book.browser.build import cache
from mygrad.book.browser.build.commands import UnavailableError
from mygrad.book.ci import in_ci

T = TypeVar("T")

PACKAGE = Path(mygrad.__file__).parent
SETTINGS = ("MYGRAD_BLOCK_SECONDS", "PYTHONHASHSEED", "TZ")

log = logging.getLogger("mkdocs.mygrad.book")


class Kept:
    """The results of earlier builds, for one that begins now."""

    def __init__(self) -> None:
        self.surroundings = surroundings()

    def get(
        self,
        kind: str,
        parts: object,
        make: Callable[[], T],
        is_sound: Callable[[T], bool] = lambda made: True,
    ) -> T:
        """What `make` returns, or has once returned for these parts.

        `parts` is anything whose `repr` tells it from any other; `kind` is a file's name, and of
        each kind the newest are kept.  What is not sound is not kept; an error of `make` is raised.
        """
        if in_ci():
            return make()
        try:
            place = cache.folder() / f"{kind}-{self.key(parts)}"
        except UnavailableError as error:
            log.debug("nothing is kept for the next build: %s", error)
            return make()
        with suppress(OSError, ValueError, RecursionError):
            return pickle.loads(cache.checked(place)["value"])  # type: ignore[no-any-return]
        made = make()
        # A file saved meanwhile may have been read before or after that.
        if is_sound(made) and surroundings() == self.surroundings:
            keep(place, made)
        return made

    def key(self, parts: object) -> str:
        return hashlib.sha256(f"{self.surroundings}\0{parts!r}".encode()).hexdigest()[:32]


def keep(place: Path, made: object) -> None:
    content = pickle.dumps(made)

    def write(folder: Path, _scratch: Path) -> None:
        (folder / "value").write_bytes(content)

    try:
        cache.made(place, write)
    except OSError as error:
        log.debug("%s is not kept for the next build: %s", place, error)


def surroundings() -> str:
    """A hash of what every result follows from besides what it is made of."""
    found = [
        source(),
        sys.version,
        platform.platform(),
        *installed_versions(),
        file_state(shutil.which("dot")),
        *(f"{name}={os.environ.get(name)}" for name in SETTINGS),
    ]
    return hashlib.sha256("\0".join(found).encode()).hexdigest()


def source(package: Path = PACKAGE) -> str:
    """A hash of the package's source as it now stands in its files."""
    found = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            name = path.relative_to(package).as_posix().encode()
            found.update(name + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()


def installed_versions() -> list[str]:
    """Every installed distribution with its version, as its folder is called."""
    folders = [Path(folder) for folder in sys.path if os.path.isdir(folder)]
    return sorted(path.name for folder in folders for path in folder.glob("*-info"))


def file_state(path: str | None) -> str:
    """What tells a program from another version of it."""
    if path is None:
        return ""
    state = os.stat(path)
    return f"{os.path.realpath(path)} {state.st_size} {state.st_mtime_ns}"
