"""The wheel that the site serves: the same for the same source, and newer for a newer one."""

import base64
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from email.parser import Parser

import pytest
from project import ROOT

import mygrad
from mygrad.book.browser.build import wheel as module
from mygrad.book.browser.build.wheel import build_wheel, packages_zip, read_zip
from mygrad.book.kept import Kept


@pytest.fixture
def source(tmp_path):
    """A copy of what the wheel is built from, to be changed."""
    shutil.copytree(
        ROOT / "mygrad", tmp_path / "mygrad", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def built(source, name="built"):
    (source / name).mkdir()
    return build_wheel(source, source / name)


def metadata_of(wheel):
    (text,) = (c for name, c in read_zip(wheel).items() if name.endswith("dist-info/METADATA"))
    return Parser().parsestr(text.decode())


def test_the_same_source_makes_the_same_wheel(source):
    one, other = built(source), built(source, "other")

    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


def test_every_difference_of_the_source_is_another_version(source):
    """Or pip would keep the old wheel without a word."""
    names = {built(source).name}
    for number, (name, text) in enumerate(
        [
            ("mygrad/engine.py", "# a comment\n"),
            ("mygrad/book/browser/build/freeze.mjs", "\n"),
            ("mygrad/new.py", ""),
            ("README.md", "More.\n"),
            ("pyproject.toml", "\n[project.scripts]\nmygrad = 'mygrad:Value'\n"),
        ]
    ):
        with (source / name).open("a") as file:
            file.write(text)
        names.add(built(source, f"built{number}").name)

    assert len(names) == 6


def test_the_version_stands_in_the_name_the_metadata_and_the_package(source):
    """It is the plain one with a local part, which is no number: pip would cut zeros from that."""
    wheel = built(source)
    version = wheel.name.split("-")[1]
    files = read_zip(wheel)

    assert wheel.name == f"mygrad_tutorial-{version}-py3-none-any.whl"
    assert version[: len(mygrad.__version__) + 2] == f"{mygrad.__version__}+h"
    assert metadata_of(wheel)["Version"] == version
    assert f'\n__version__ = "{version}"\n' in files["mygrad/__init__.py"].decode()


def test_the_record_holds_every_file(source):
    """As installers check it."""
    files = read_zip(built(source))
    (record,) = (name for name in files if name.endswith("dist-info/RECORD"))
    lines = [line.split(",") for line in files[record].decode().splitlines()]

    assert sorted(name for name, *_ in lines) == sorted(files)
    for name, digest, size in lines:
        found = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).rstrip(b"=").decode()
        expected = ("", "") if name == record else (f"sha256={found}", str(len(files[name])))
        assert (digest, size) == expected, name


def test_the_addresses_of_the_project_are_the_environments(source, monkeypatch):
    """The version is the same wherever a site is: it is the same package."""
    monkeypatch.delenv("SITE_URL", raising=False)
    monkeypatch.setenv("REPOSITORY_URL", "")
    unknown = built(source)
    monkeypatch.setenv("SITE_URL", "https://example.org/book/")
    monkeypatch.setenv("REPOSITORY_URL", "https://example.org/code")
    known = built(source, "known")

    assert metadata_of(unknown).get_all("Project-URL") is None
    assert metadata_of(known).get_all("Project-URL") == [
        "Documentation, https://example.org/book/",
        "Source, https://example.org/code",
    ]
    assert unknown.name == known.name
    assert packages_zip(unknown) == packages_zip(known)


def test_a_page_can_import_what_is_in_the_wheel_and_nothing_else_of_ours(source):
    """Held against the files themselves: no module is lost, none is another."""
    wheel = built(source)
    with zipfile.ZipFile(io.BytesIO(packages_zip(wheel))) as zipped:
        packed = {n: zipped.read(n) for n in zipped.namelist() if n.startswith("mygrad/")}
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "mygrad").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    version = metadata_of(wheel)["Version"]
    plain, stamped = (f'__version__ = "{v}"'.encode() for v in (mygrad.__version__, version))
    files["mygrad/__init__.py"] = files["mygrad/__init__.py"].replace(plain, stamped)

    assert packed == files


TELL = """
import importlib.metadata, mygrad
print(mygrad.__version__, importlib.metadata.version("mygrad-tutorial"))
"""


@pytest.mark.slow
def test_pip_takes_the_newer_wheel(source, tmp_path):
    """By the plain command that the pages show, in both directions; the same one it keeps."""
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = shutil.which(
        "python", path=tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    )

    def installed(wheel):
        pip = [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel.as_uri()]
        subprocess.run(pip, check=True)
        told = subprocess.run([python, "-I", "-c", TELL], capture_output=True, text=True)
        return told.stdout.split() or told.stderr

    one = built(source)
    with (source / "mygrad" / "data.py").open("a") as file:
        file.write("# newer\n")
    other = built(source, "other")

    for wheel in (one, other, one, one):
        version = wheel.name.split("-")[1]
        assert installed(wheel) == [version, version]


def test_a_wheel_is_built_once_for_the_same_source_and_addresses(source, tmp_path, monkeypatch):
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CI", "")
    calls = []
    monkeypatch.setattr(module, "build_wheel", lambda *places: calls.append(1) or build(*places))
    build = build_wheel

    def kept():
        folder = tmp_path / f"built-{len(list(tmp_path.glob('built-*')))}"
        folder.mkdir()
        return module.kept_wheel(source, folder, Kept())

    first, again = kept(), kept()
    assert (first.name, first.read_bytes()) == (again.name, again.read_bytes())
    assert len(calls) == 1

    with (source / "mygrad" / "engine.py").open("a") as file:
        file.write("# a comment\n")
    changed = kept()
    assert changed.name != first.name

    monkeypatch.setenv("SITE_URL", "https://example.org/")
    assert kept().read_bytes() != changed.read_bytes()
    assert len(calls) == 3
