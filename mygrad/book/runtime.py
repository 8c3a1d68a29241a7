"""Python for the reader's browser: what the site serves so that a page can run its blocks.

    pyodide/      Pyodide as the npm registry has it, and made from it, once:
                  library.zip  the standard library as bytecode, for what the memory lacks
    viz.js        Graphviz, for the pictures of blocks that a reader has changed
    packages.zip  what a page can import: the wheel's content and graphviz, with bytecode
    memory.gz     Python's memory after it has imported the package: from here the page's starts

Beside them stands worker.js, which runs the blocks.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from mygrad.book import npm, wheel
from mygrad.book.npm import Package, UnavailableError

# Its Python is 3.14.  A new version needs its own integrity: `npm view pyodide dist.integrity`.
PYODIDE = Package(
    "pyodide",
    "314.0.7",
    "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==",
)
VIZ = Package(
    "@viz-js/viz",
    "3.31.0",
    "sha512-r7zlQdRvcwvIpjHGgs+KNWHeE/P5/Dq7k8ZAKaMCbZqomxCBJV78gVuQYaHzFVca+kB0mX0fMW9UFevCOBG50A==",
)

# In the page's Python from its start: the package, and what it and most blocks import.
# Any other module is fetched or read when it is imported.
IMPORTS = """
    abc, argparse, array, ast, base64, bisect, builtins, cmath, collections, contextlib, copy,
    csv, dataclasses, datetime, decimal, difflib, enum, fractions, functools, gc, hashlib,
    heapq, html, importlib.metadata, importlib.resources, importlib.util, inspect, io,
    itertools, json, linecache, locale, logging, math, mygrad.book.warmup, numbers, operator, os,
    pathlib, pickle, platform, pprint, random, re, reprlib, runpy, shutil, statistics, string,
    struct, subprocess, sys, tempfile, textwrap, threading, time, timeit, traceback, types, typing,
    unicodedata, urllib.parse, uuid, warnings, weakref, zipimport
"""

PYODIDE_FILES = [
    "package.json",
    "pyodide-lock.json",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide.mjs",
    "python_stdlib.zip",
]

FREEZE = Path(__file__).with_name("freeze.mjs")
BYTECODE = Path(__file__).with_name("bytecode.py")


def install(built: Path, target: Path) -> None:
    """Write all that is served, but worker.js, into `target`.  `built` is the package's wheel.

    Raises UnavailableError where this machine lacks npm or Node.
    """
    shutil.copytree(runtime(), target, dirs_exist_ok=True)
    shutil.copytree(packages(built), target, dirs_exist_ok=True)


def runtime() -> Path:
    """The folder with Pyodide and viz.js, made where the cache has none."""
    recipe = [PYODIDE.integrity, VIZ.integrity, FREEZE.read_text(), BYTECODE.read_text()]
    return made(f"python-{key_of(*recipe)}", make_runtime)


def make_runtime(folder: Path) -> None:
    pyodide = folder / "pyodide"
    pyodide.mkdir(parents=True)
    npm.extract(PYODIDE, {name: name for name in PYODIDE_FILES}, pyodide)
    empty_lock(pyodide / "pyodide-lock.json")
    npm.extract(VIZ, {"dist/viz.js": "viz.js", "package.json": "viz.json"}, folder)
    run_node(pyodide, "library")
    (pyodide / "python_stdlib.zip").unlink()  # library.zip is the same, compiled


def empty_lock(lock: Path) -> None:
    """Take all packages out of Pyodide's list, so that it never looks for one elsewhere."""
    content = json.loads(lock.read_text())
    lock.write_text(json.dumps({**content, "packages": {}}))


def packages(built: Path) -> Path:
    """The folder with packages.zip and memory.gz, made where the cache has none."""
    pyodide = runtime() / "pyodide"
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder, "sources.zip")
        wheel.write_packages(built, sources)

        def make_packages(target: Path) -> None:
            target.mkdir()
            run_node(pyodide, "packages", sources, target, " ".join(IMPORTS.split()))

        key = key_of(pyodide.parent.name, IMPORTS, sources.read_bytes().hex())
        return made(f"packages-{key}", make_packages)


def made(name: str, make: Callable[[Path], None]) -> Path:
    """A file or folder of the cache.  It is made beside its place, so it is never half there."""
    path = npm.cache_folder() / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            make(Path(folder, name))
            with contextlib.suppress(OSError):  # another build may have been faster
                Path(folder, name).rename(path)
    return path


def key_of(*recipe: str) -> str:
    return hashlib.sha256("\0".join(recipe).encode()).hexdigest()[:16]


def run_node(*arguments: str | Path) -> None:
    node = shutil.which("node")
    if node is None:
        raise UnavailableError("Node is not installed")
    run = subprocess.run([node, FREEZE, *arguments], capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(f"{FREEZE.name} fails:\n{run.stdout}{run.stderr}")
