"""Files from the npm registry: one exact version each, checked, and fetched once per machine.

The registry is asked by npm itself, as this machine has it configured.
"""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path


class UnavailableError(Exception):
    """What this machine lacks, so that pages come without Run."""


class IntegrityError(Exception):
    """A fetched file that is not the one that was pinned."""


@dataclass(frozen=True)
class Package:
    """One version of a package.  `integrity` is its sha512, in base64, as npm writes it."""

    name: str
    version: str
    integrity: str


def cache_folder() -> Path:
    """Where fetched and made files are kept between builds; MYGRAD_CACHE names another place."""
    if named := os.environ.get("MYGRAD_CACHE"):
        return Path(named).absolute()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base, "mygrad-tutorial")


def archive_of(package: Package) -> Path:
    """The package's archive, fetched where the cache has none.

    Raises UnavailableError where npm is missing or gets no answer, IntegrityError for another file.
    """
    name = package.name.removeprefix("@").replace("/", "-")
    archive = cache_folder() / f"{name}-{package.version}.tgz"
    if not archive.is_file():
        archive.parent.mkdir(parents=True, exist_ok=True)
        # Beside its place, so that a fetch that is broken off leaves nothing behind under the name.
        with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
            fetched = fetch(package, Path(folder))
            check(package, fetched)
            fetched.replace(archive)
    check(package, archive)
    return archive


def fetch(package: Package, folder: Path) -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise UnavailableError("npm is not installed")
    command = [npm, "pack", f"{package.name}@{package.version}", "--silent"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if run.returncode:
        raise UnavailableError(
            f"npm could not fetch {package.name}@{package.version}: {run.stderr.strip()}"
        )
    (fetched,) = folder.iterdir()
    return fetched


def check(package: Package, archive: Path) -> None:
    digest = hashlib.sha512(archive.read_bytes()).digest()
    found = f"sha512-{base64.b64encode(digest).decode()}"
    if found != package.integrity:
        raise IntegrityError(
            f"{archive} is not {package.name}@{package.version}: expected {package.integrity}, "
            f"got {found}; delete the file to have it fetched again"
        )


def extract(package: Package, names: dict[str, str], folder: Path) -> None:
    """Write files of the package into a folder: `names` says which, and their names there."""
    with tarfile.open(archive_of(package)) as archive:
        for name, target in names.items():
            file = archive.extractfile(f"package/{name}")
            if file is None:
                raise ValueError(f"{package.name}@{package.version} has no file {name}")
            (folder / target).write_bytes(file.read())
