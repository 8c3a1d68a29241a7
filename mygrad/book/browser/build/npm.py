"""Files from the npm registry: one exact version each, checked, and fetched once per machine.

The registry is asked by npm itself, as this machine has it configured, but for its patience: by
itself npm waits for minutes where nobody answers.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import io
import json
import os
import tarfile
from dataclasses import dataclass
from pathlib import Path

from mygrad.book.browser.build import cache, commands
from mygrad.book.browser.build.commands import FailedError, Finished

SILENCE = 10  # seconds without a byte of an answer
LIMIT = 60  # seconds for a whole package: 100 kB a second will do


@dataclass(frozen=True)
class Package:
    """One version of a package.  `integrity` is its sha512, in base64, as npm writes it."""

    name: str
    version: str
    integrity: str

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"


def extract(package: Package, names: dict[str, str], folder: Path) -> None:
    """Write files of the package into a folder: `names` says which, and their names there.

    Raises UnavailableError where the package is not in the cache and can't be fetched.
    """
    with tarfile.open(fileobj=io.BytesIO(archive_of(package))) as archive:
        for name, target in names.items():
            file = archive.extractfile(f"package/{name}")
            if file is None:
                raise ValueError(f"{package} has no file {name}")
            (folder / target).write_bytes(file.read())


def archive_of(package: Package) -> bytes:
    """The package as the registry has it, fetched where the cache has none."""

    def make(folder: Path, scratch: Path) -> None:
        (folder / "package.tgz").write_bytes(fetch(package, scratch))

    name = package.name.removeprefix("@").replace("/", "-")
    key = hashlib.sha256(package.integrity.encode()).hexdigest()[:16]
    return cache.entry(f"{name}-{package.version}-{key}", make)["package.tgz"]


def fetch(package: Package, folder: Path) -> bytes:
    """The package's archive, with a folder for npm to write it to.

    Raises FailedError where npm fetches nothing, or something else than what was pinned.
    """
    options = ["--json", "--loglevel=error", "--fetch-retries=0", f"--fetch-timeout={SILENCE}000"]
    npm = commands.path_of("npm")
    try:
        run = commands.run(npm, "pack", str(package), *options, seconds=LIMIT, folder=folder)
    except FailedError as error:
        raise FailedError(f"npm could not fetch {package}: {error}") from error
    archives = [*folder.glob("*.tgz")]
    if run.status or len(archives) != 1:
        reason = reason_of(run)
        if "ENOSPC" in reason:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise FailedError(f"npm could not fetch {package}: {reason}")
    archive = archives[0].read_bytes()
    found = f"sha512-{base64.b64encode(hashlib.sha512(archive).digest()).decode()}"
    if found != package.integrity:
        raise FailedError(
            f"npm fetched another file than {package}: "
            f"its hash should be {package.integrity}, and is {found}"
        )
    return archive


def reason_of(run: Finished) -> str:
    """Why npm has failed: it says so in JSON, unless it came to nothing at all."""
    try:
        return commands.one_line(json.loads(run.printed)["error"]["summary"]) or run.last_words
    except (ValueError, LookupError, TypeError, AttributeError):
        return run.last_words
