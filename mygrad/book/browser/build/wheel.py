"""The package as a wheel, built from this very source and named for its content.

pip takes a wheel for installed where its version is: so each other content has another version,
by a local part as in 0.1.0+h1f3a92bc.  The same source makes the same bytes.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import io
import os
import re
import tempfile
import zipfile
from importlib import metadata
from pathlib import Path

from mygrad.book.browser.build.bytecode import add
from mygrad.book.kept import Kept, source

# Where a site is and where its source is make no other package of it.
ADDRESSES = re.compile(rb"^Project-URL: .*\n", re.MULTILINE)


def kept_wheel(root: Path, folder: Path, kept: Kept) -> Path:
    """The project's wheel, put into a folder; built unless an earlier build has built the same."""

    def make() -> tuple[str, bytes]:
        with tempfile.TemporaryDirectory() as scratch:
            built = build_wheel(root, Path(scratch))
            return built.name, built.read_bytes()

    files = [path.read_bytes() for path in sorted(root.iterdir()) if path.is_file()]
    addresses = [os.environ.get(name) for name in ("SITE_URL", "REPOSITORY_URL")]
    name, content = kept.get("wheel", (files, source(root / "mygrad"), addresses), make)
    (folder / name).write_bytes(content)
    return folder / name


def build_wheel(root: Path, folder: Path) -> Path:
    """Build the project's wheel with its own build backend, under the version of its content."""
    from hatchling import build

    with tempfile.TemporaryDirectory() as scratch:
        with contextlib.chdir(root):
            plain = Path(scratch, build.build_wheel(scratch))
        name, version, *tags = plain.name.split("-")
        files = read_zip(plain)
    new_version = f"{version}+h{digest(files)[:8]}"
    wheel = folder / "-".join([name, new_version, *tags])
    write_zip(wheel, with_version(files, f"{name}-{version}.dist-info/", version, new_version))
    return wheel


def read_zip(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as files:
        return {name: files.read(name) for name in files.namelist()}


def write_zip(archive: Path | io.BytesIO, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(archive, "w") as written:
        for name, content in files.items():
            add(written, name, content)


def digest(files: dict[str, bytes]) -> str:
    found = hashlib.sha256()
    for name, content in sorted(content_of(files).items()):
        found.update(hashlib.sha256(name.encode() + b"\0" + content).digest())
    return found.hexdigest()


def content_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """What a wheel's files say of the package itself: no address, and no hash of an address."""
    return {
        name: ADDRESSES.sub(b"", content)
        for name, content in files.items()
        if not name.endswith("/RECORD")
    }


def with_version(files: dict[str, bytes], info: str, old: str, new: str) -> dict[str, bytes]:
    """A wheel's files under another version.  `info` is the folder that describes the wheel."""
    renamed = info.replace(f"-{old}.", f"-{new}.")
    changed = {name.replace(info, renamed): content for name, content in files.items()}
    replace_line(changed, f"{renamed}METADATA", f"Version: {old}", f"Version: {new}")
    replace_line(changed, "mygrad/__init__.py", f'__version__ = "{old}"', f'__version__ = "{new}"')
    record = f"{renamed}RECORD"
    del changed[record]
    lines = [f"{name},{hash_of(content)},{len(content)}\n" for name, content in changed.items()]
    changed[record] = "".join([*lines, f"{record},,\n"]).encode()
    return changed


def replace_line(files: dict[str, bytes], name: str, old: str, new: str) -> None:
    lines = files[name].split(b"\n")
    lines[lines.index(old.encode())] = new.encode()
    files[name] = b"\n".join(lines)


def hash_of(content: bytes) -> str:
    """A file's hash as a wheel's RECORD has it."""
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return f"sha256={digest.decode().rstrip('=')}"


def packages_zip(wheel: Path) -> bytes:
    """One zip of what a page can import: the wheel, wherever its site is, and graphviz."""
    files = content_of(read_zip(wheel))
    for file in metadata.files("graphviz") or []:
        if file.suffix == ".py" or file.parent.suffix == ".dist-info":
            files[file.as_posix()] = file.read_binary()
    written = io.BytesIO()
    write_zip(written, files)
    return written.getvalue()
