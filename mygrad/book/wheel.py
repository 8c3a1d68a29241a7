"""The package as the page's Python imports it: the wheel built from this very source."""

from __future__ import annotations

import contextlib
import zipfile
from importlib import metadata
from pathlib import Path

from mygrad.book.bytecode import add


def build_wheel(root: Path, folder: Path) -> Path:
    """Build the project's wheel with its own build backend; the same source, the same bytes."""
    from hatchling import build

    with contextlib.chdir(root):
        return folder / build.build_wheel(str(folder))


def write_packages(wheel: Path, target: Path) -> None:
    """Write one zip of what a page can import: all of the wheel, and the package graphviz."""
    with zipfile.ZipFile(target, "w") as packages:
        with zipfile.ZipFile(wheel) as files:
            for name in files.namelist():
                add(packages, name, files.read(name))
        for file in metadata.files("graphviz") or []:
            if file.suffix == ".py" or file.parent.suffix == ".dist-info":
                add(packages, file.as_posix(), file.read_binary())
