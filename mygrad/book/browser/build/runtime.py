"""Python for the reader's browser: what the site serves so that a page can run its blocks.

    pyodide/      Pyodide as the npm registry has it (its Python is 3.14), and made from it, once:
                  library.zip  the standard library as bytecode, for what the memory lacks
    viz.js        Graphviz, for the pictures of blocks that a reader has changed
    purify.js     DOMPurify, for whatever picture a run has drawn
    packages.zip  what a page can import: the wheel's content and graphviz, with bytecode
    memory.bin    Python's memory after it has imported the package: from here the page's starts;
                  compressed, but not named so: some servers would say that in a header, and the
                  browser would unpack it on the way

    files.json    how many bytes each of these has, so that a page can tell how much has come, and
                  the hash of them

Beside them stand worker.js, which runs the blocks, and load.js, which fetches all this.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
from pathlib import Path

from mygrad.book.browser.build import cache, commands, npm, wheel
from mygrad.book.browser.build.commands import FailedError, UnavailableError

log = logging.getLogger("mkdocs.mygrad.book")

# In the page's Python from its start: the package, and what it and most blocks import.
# Any other module is fetched or read when it is imported.
IMPORTS = """
    abc, argparse, array, ast, base64, bisect, builtins, cmath, collections, contextlib, copy,
    csv, dataclasses, datetime, decimal, difflib, enum, fractions, functools, gc, hashlib,
    heapq, html, importlib.metadata, importlib.resources, importlib.util, inspect, io,
    itertools, json, linecache, locale, logging, math,
    mygrad.book.browser.page.imports, mygrad.book.browser.page.warmup, numbers, operator, os,
    pathlib, pickle, platform, pprint, random, re, reprlib, runpy, shutil,
    statistics, string, struct, subprocess, sys, tempfile, textwrap, threading, time, timeit,
    traceback, types, typing, unicodedata, urllib.parse, uuid, warnings, weakref, zipimport
"""

# What of npm's packages is needed, and its name in the site.
FILES = {
    "pyodide/package.json": "pyodide/package.json",
    "pyodide/pyodide-lock.json": "pyodide/pyodide-lock.json",
    "pyodide/pyodide.asm.mjs": "pyodide/pyodide.asm.mjs",
    "pyodide/pyodide.asm.wasm": "pyodide/pyodide.asm.wasm",
    "pyodide/pyodide.mjs": "pyodide/pyodide.mjs",
    "pyodide/python_stdlib.zip": "pyodide/python_stdlib.zip",
    "@viz-js/viz/dist/viz.js": "viz.js",
    "@viz-js/viz/package.json": "viz.json",
    "dompurify/dist/purify.es.mjs": "purify.mjs",
}

OLDEST_NODE = 18  # an older one can't compile Pyodide
ANSWER_LIMIT = 10  # seconds
FREEZE_LIMIT = 180  # seconds; a machine with nothing else to do takes a tenth of it

HERE = Path(__file__).parent
FREEZE = HERE / "freeze.mjs"
BYTECODE = HERE / "bytecode.py"


def install(built: Path, target: Path) -> None:
    """Write all that is served, but worker.js and load.js, into `target`.

    `built` is the package's wheel.  Raises UnavailableError where this machine lacks npm or Node,
    and then writes nothing.
    """
    files = runtime()
    served = {served_name(name): file for name, file in (files | packages(built, files)).items()}
    facts = {name: facts_of(content) for name, content in served.items()}
    served["files.json"] = json.dumps(facts).encode()
    for name, content in served.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def facts_of(content: bytes) -> dict[str, int | str]:
    digest = hashlib.sha256(content).digest()
    return {"size": len(content), "sha256": base64.b64encode(digest).decode()}


def served_name(name: str) -> str:
    """A file's name in the site: some servers know no type for .mjs, and browsers want one."""
    return name.replace(".mjs", ".js")


def runtime() -> dict[str, bytes]:
    """Pyodide, viz.js and purify.js, by their names."""
    recipe = [HERE / name for name in npm.RECIPE] + [FREEZE, BYTECODE]
    key = key_of(str(FILES), *(file.read_text(encoding="utf-8") for file in recipe))
    return cache.entry(f"python-{key}", make_runtime)


def make_runtime(folder: Path, _scratch: Path) -> None:
    node = node_path()  # first, since without it there is no need to fetch anything
    pyodide = folder / "pyodide"
    pyodide.mkdir()
    fetched = npm.installed(HERE)
    for name, target in FILES.items():
        (folder / target).write_bytes(fetched[name])
    empty_lock(pyodide / "pyodide-lock.json")
    freeze(node, pyodide, "library")
    (pyodide / "python_stdlib.zip").unlink()  # library.zip is the same, compiled


def empty_lock(lock: Path) -> None:
    """Take all packages out of Pyodide's list, so that it never looks for one elsewhere."""
    content = json.loads(lock.read_text())
    lock.write_text(json.dumps({**content, "packages": {}}))


def packages(built: Path, runtime: dict[str, bytes]) -> dict[str, bytes]:
    """packages.zip and memory.bin, by their names."""
    content = wheel.packages_zip(built)

    def make(folder: Path, scratch: Path) -> None:
        for name, file in runtime.items():
            (scratch / name).parent.mkdir(exist_ok=True)
            (scratch / name).write_bytes(file)
        sources = scratch / "sources.zip"
        sources.write_bytes(content)
        imports = " ".join(IMPORTS.split())
        freeze(node_path(), scratch / "pyodide", "packages", sources, folder, imports)

    key = key_of(*cache.hashes(runtime).values(), IMPORTS, content.hex())
    return cache.entry(f"packages-{key}", make)


def key_of(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def node_path() -> str:
    """Where Node is.  Raises UnavailableError where it is missing or too old."""
    node = commands.path_of("node")
    asked = commands.run(node, "--version", seconds=ANSWER_LIMIT)
    version = re.match(r"v(\d+)\.", asked.printed)
    if asked.status or not version:
        raise UnavailableError(f"{node} does not tell its version: {asked.last_words}")
    if int(version[1]) < OLDEST_NODE:
        raise UnavailableError(
            f"Node {asked.printed.strip()} is too old: Pyodide needs {OLDEST_NODE} or newer"
        )
    return node


def freeze(node: str, *arguments: str | Path) -> None:
    run = commands.run(node, FREEZE, *arguments, seconds=FREEZE_LIMIT)
    log.debug("%s:\n%s%s", FREEZE.name, run.printed, run.messages)
    if run.status:
        raise FailedError(f"{FREEZE.name} failed: {run.last_words}")
