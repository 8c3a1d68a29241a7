"""What a build keeps for the next: the same as if it were made again, and never stale."""

import pickle
from pathlib import Path

import pytest

from mygrad.book import kept
from mygrad.book.browser.build import cache
from mygrad.book.browser.build.commands import UnavailableError
from mygrad.book.kept import Kept


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A cache of the test's own, where nobody watches but also nothing is forced."""
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CI", "")
    return tmp_path / "cache"


class Make:
    """Makes another thing each time it is asked."""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1
        return f"thing {self.count}"


def test_the_same_thing_is_made_once():
    make = Make()

    assert [Kept().get("thing", ("a", 1), make) for _ in range(2)] == ["thing 1", "thing 1"]


def test_another_thing_is_made():
    make = Make()

    assert [Kept().get("thing", part, make) for part in ("a", "b", 1, "1")] == [
        f"thing {number}" for number in (1, 2, 3, 4)
    ]


def test_where_ci_is_set_everything_is_made(monkeypatch):
    """What is published has been run by the very build that publishes it."""
    make = Make()
    Kept().get("thing", "a", make)
    monkeypatch.setenv("CI", "true")

    assert Kept().get("thing", "a", make) == "thing 2"


def test_an_error_is_raised_and_not_kept():
    def fail():
        raise LookupError("no")

    with pytest.raises(LookupError):
        Kept().get("thing", "a", fail)
    assert Kept().get("thing", "a", Make()) == "thing 1"


def test_what_is_not_sound_is_used_and_not_kept():
    make = Make()

    assert Kept().get("thing", "a", make, lambda made: made != "thing 1") == "thing 1"
    assert Kept().get("thing", "a", make) == "thing 2"


def changed_package(tmp_path, monkeypatch):
    package = tmp_path / "package"
    package.mkdir(exist_ok=True)
    (package / "engine.py").write_text("a = 1\n")
    monkeypatch.setattr(kept, "source", lambda package=package: SOURCE(package))
    return package


SOURCE = kept.source


@pytest.mark.parametrize(
    ("name", "text"),
    [("engine.py", "a = 2\n"), ("new.py", ""), ("data/theme.html", "<p>")],
)
def test_a_changed_package_makes_everything_anew(tmp_path, monkeypatch, name, text):
    package = changed_package(tmp_path, monkeypatch)
    make = Make()
    Kept().get("thing", "a", make)
    (package / name).parent.mkdir(exist_ok=True)
    (package / name).write_text(text)

    assert Kept().get("thing", "a", make) == "thing 2"


def test_bytecode_is_no_change_of_the_package(tmp_path, monkeypatch):
    """Python writes it whenever it imports a module."""
    package = changed_package(tmp_path, monkeypatch)
    make = Make()
    Kept().get("thing", "a", make)
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "engine.pyc").write_bytes(b"")

    assert Kept().get("thing", "a", make) == "thing 1"


def test_a_package_changed_meanwhile_keeps_nothing(tmp_path, monkeypatch):
    """Nobody knows which of the two the thing was made with."""
    package = changed_package(tmp_path, monkeypatch)

    def make():
        (package / "engine.py").write_text("a = 2\n")
        return "made with one or the other"

    Kept().get("thing", "a", make)
    (package / "engine.py").write_text("a = 1\n")

    assert Kept().get("thing", "a", Make()) == "thing 1"


def test_another_version_of_a_distribution_makes_everything_anew(tmp_path, monkeypatch):
    (tmp_path / "torch-2.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    make = Make()
    Kept().get("thing", "a", make)
    (tmp_path / "torch-2.0.dist-info").rename(tmp_path / "torch-2.1.dist-info")

    assert Kept().get("thing", "a", make) == "thing 2"


def test_another_python_makes_everything_anew(monkeypatch):
    make = Make()
    Kept().get("thing", "a", make)
    monkeypatch.setattr(kept.sys, "version", "3.99.0 (some build)")

    assert Kept().get("thing", "a", make) == "thing 2"


def test_another_graphviz_makes_everything_anew(tmp_path, monkeypatch):
    """Where the package that brings it is missing, the system's own draws."""
    dot = tmp_path / "dot"
    monkeypatch.setattr(kept.shutil, "which", lambda name: str(dot) if dot.exists() else None)
    make = Make()
    made = [Kept().get("thing", "a", make)]
    for content in ("one", "another"):
        dot.write_text(content)
        made.append(Kept().get("thing", "a", make))

    assert made == ["thing 1", "thing 2", "thing 3"]


def test_another_limit_makes_everything_anew(monkeypatch):
    """A block that has run in a minute may not run in a second."""
    make = Make()
    Kept().get("thing", "a", make)
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "1")

    assert Kept().get("thing", "a", make) == "thing 2"


def test_a_damaged_thing_is_made_again(folder):
    make = Make()
    Kept().get("thing", "a", make)
    (value,) = folder.glob("thing-*/files/value")
    value.write_bytes(pickle.dumps("another"))

    assert Kept().get("thing", "a", make) == "thing 2"


def test_without_a_cache_everything_is_made(folder):
    folder.write_text("a file where a folder should be")
    make = Make()

    assert [Kept().get("thing", "a", make) for _ in range(2)] == ["thing 1", "thing 2"]


def test_without_a_place_for_a_cache_everything_is_made(monkeypatch):
    def nowhere():
        raise UnavailableError("no home")

    monkeypatch.setattr(cache, "folder", nowhere)

    assert Kept().get("thing", "a", Make()) == "thing 1"


def test_the_hash_of_the_package_is_of_this_package():
    assert Path(kept.__file__).is_relative_to(kept.PACKAGE)
    assert kept.source() == kept.source(Path(__file__).parent.parent.parent / "mygrad")
