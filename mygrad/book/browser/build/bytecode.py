"""Compiles the modules in a zip, so that the page's Python has nothing to compile at its start.

Runs inside the page's Python, at build: bytecode is good for the version alone that made it.
"""

from __future__ import annotations

import importlib.util
import marshal
import zipfile

UNCHECKED = (0b01).to_bytes(4, "little")  # import it without comparing it to its source


def compile_archive(source: str, target: str, folder: str, *, keep_source: bool) -> None:
    """Write the zip `source` as `target`, with bytecode for each module.

    `folder` is where tracebacks say that the modules stand.
    """
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w") as write:
        for name in sorted(read.namelist()):
            content = read.read(name)
            is_module = name.endswith(".py")
            if keep_source or not is_module:
                add(write, name, content)
            if is_module:
                add(write, name + "c", bytecode(content, folder + name))


def bytecode(source: bytes, filename: str) -> bytes:
    """What a .pyc file holds: its format, how far it is trusted, a hash of its source, the code."""
    code = compile(source, filename, "exec", dont_inherit=True)
    head = importlib.util.MAGIC_NUMBER + UNCHECKED + importlib.util.source_hash(source)
    return head + marshal.dumps(code)


def add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file with a date of its own: the zip is to be the same whenever it is made."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)
