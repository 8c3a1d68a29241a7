"""What the build fetches and makes once per machine, checked each time that it is taken.

    NAME/files/         the files of an entry
    NAME/manifest.json  their hashes, as they were when the entry was made
    NAME.failed         why the entry could not be made when that was last tried

Nothing is served from here that is not what was once made: who takes an entry gets the very bytes
that were checked.  Builds may run at once, since an entry is made beside its place.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from mygrad.book.browser.build.commands import FailedError, UnavailableError, one_line
from mygrad.book.ci import in_ci

log = logging.getLogger("mkdocs.mygrad.book")

Make = Callable[[Path, Path], None]  # writes an entry's files into one folder, others into another

MANIFEST = "manifest.json"
KEPT = 20  # entries of a kind
PATIENCE = 600  # seconds in which nothing is tried again that has failed


def folder() -> Path:
    """Where the cache is; MYGRAD_CACHE names another place.

    Raises UnavailableError where the system tells no place for it.
    """
    if named := os.environ.get("MYGRAD_CACHE"):
        return Path(named).absolute()
    base = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(base):
        return Path(base, "mygrad-tutorial")
    try:
        return Path.home() / ".cache" / "mygrad-tutorial"
    except RuntimeError as error:
        raise UnavailableError(
            "there is no home folder to cache files in: let MYGRAD_CACHE name a folder"
        ) from error


def entry(name: str, make: Make) -> dict[str, bytes]:
    """The files of an entry, by their names, made where the cache has none or a damaged one.

    Raises UnavailableError where that can't be, or could not be a short while ago.
    """
    path = folder() / name
    failure = path.with_name(f"{name}.failed")
    if os.path.lexists(path):
        try:
            return checked(path)
        except (OSError, ValueError, RecursionError):
            log.info("%s is damaged, so it is made again", path)
    try:
        if not in_ci():
            refuse_while_recent(failure)
        files = made(path, make)
    except FailedError as error:
        with suppress(OSError):
            failure.write_text(str(error), encoding="utf-8")
        raise UnavailableError(str(error)) from error  # of another kind: it is kept already
    except OSError as error:
        raise UnavailableError(
            f"the cache {path.parent} cannot be written ({error.strerror or error}): "
            "let MYGRAD_CACHE name another folder"
        ) from error
    with suppress(OSError):
        failure.unlink()
    return files


def checked(path: Path) -> dict[str, bytes]:
    """The files of an entry.  Raises OSError or ValueError where they are not as they were made."""
    files = contents(path / "files")
    if not files or json.loads((path / MANIFEST).read_bytes()) != hashes(files):
        raise ValueError(f"{path} is not what its {MANIFEST} says")
    return files


def contents(files: Path) -> dict[str, bytes]:
    return {
        path.relative_to(files).as_posix(): path.read_bytes()
        for path in sorted(files.rglob("*"))
        if path.is_file()
    }


def hashes(files: dict[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def made(path: Path, make: Make) -> dict[str, bytes]:
    """Make an entry beside its place, and put it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(
        prefix="making-", dir=path.parent, ignore_cleanup_errors=True
    ) as place:
        new, old, scratch = (Path(place, name) for name in ("new", "old", "scratch"))
        (new / "files").mkdir(parents=True)
        scratch.mkdir()
        make(new / "files", scratch)
        files = contents(new / "files")
        (new / MANIFEST).write_text(json.dumps(hashes(files), indent=1), encoding="utf-8")
        # Another build may have been faster: its files are the same.
        with suppress(OSError):
            path.rename(old)
        with suppress(OSError):
            new.rename(path)
    for kind in (path.name.rpartition("-")[0], "making"):  # a build that is killed leaves its place
        forget_oldest(path.parent, kind)
    return files


def forget_oldest(folder: Path, kind: str) -> None:
    """Keep the newest entries of a kind: each change of the package makes one of megabytes."""
    with suppress(OSError):  # another build may do the same
        found = sorted(folder.glob(f"{kind}-*"), key=lambda path: path.lstat().st_mtime)
        for path in found[:-KEPT]:
            shutil.rmtree(path, ignore_errors=True)


def refuse_while_recent(failure: Path) -> None:
    """Raise the error of the last attempt, where that was made a short while ago."""
    try:
        reason, when = failure.read_text(encoding="utf-8"), failure.stat().st_mtime
    except (OSError, ValueError):
        return
    if reason and 0 <= time.time() - when < PATIENCE:
        again = time.strftime("%H:%M", time.localtime(when + PATIENCE))
        raise UnavailableError(
            f"{one_line(reason)} (tried again after {again}, or once {failure} is deleted)"
        )
