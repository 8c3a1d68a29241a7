"""Packages of the npm registry, exactly those of a lock, fetched once per machine.

A folder's package.json says which packages, its package-lock.json names the one file that each may
be.  npm itself asks the registry, as this machine has it configured, and compares the hashes; but
for its patience: by itself it waits for minutes where nobody answers.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from pathlib import Path

from mygrad.book.browser.build import cache, commands
from mygrad.book.browser.build.commands import FailedError, Finished

SILENCE = 10  # seconds without a byte of an answer
LIMIT = 120  # seconds for all packages of a lock: 100 kB a second will do

RECIPE = ["package.json", "package-lock.json"]


def installed(project: Path) -> dict[str, bytes]:
    """The files of the packages that a folder's lock names, by their paths in node_modules.

    Raises UnavailableError where they are not in the cache and can't be fetched.
    """

    def make(folder: Path, scratch: Path) -> None:
        for name in RECIPE:
            shutil.copy(project / name, scratch)
        fetch(scratch)
        shutil.copytree(scratch / "node_modules", folder, dirs_exist_ok=True)

    recipe = b"\0".join((project / name).read_bytes() for name in RECIPE)
    return cache.entry(f"npm-{hashlib.sha256(recipe).hexdigest()[:16]}", make)


def fetch(project: Path) -> None:
    """Let npm fetch what the lock names; no package may run anything of its own.

    Raises FailedError where npm gets nothing, or something else than what the lock says.
    """
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--json", "--loglevel=error"]
    options += ["--fetch-retries=0", f"--fetch-timeout={SILENCE}000"]
    names = ", ".join(json.loads((project / "package.json").read_bytes())["dependencies"])
    npm = commands.path_of("npm")
    try:
        run = commands.run(npm, "ci", *options, seconds=LIMIT, folder=project)
    except FailedError as error:
        raise FailedError(f"npm could not fetch {names}: {error}") from error
    if run.status or not (project / "node_modules").is_dir():
        reason = reason_of(run)
        if "ENOSPC" in reason:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise FailedError(f"npm could not fetch {names}: {reason}")


def reason_of(run: Finished) -> str:
    """Why npm has failed: it says so in JSON, unless it came to nothing at all."""
    try:
        return commands.one_line(json.loads(run.printed)["error"]["summary"]) or run.last_words
    except (ValueError, LookupError, TypeError, AttributeError):
        return run.last_words
