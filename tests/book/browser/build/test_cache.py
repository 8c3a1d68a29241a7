"""What the cache gives is what was made, whatever has happened to it in the meantime."""

import errno
import logging
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from mygrad.book.browser.build import cache
from mygrad.book.browser.build.commands import FailedError, UnavailableError

FILES = {"one.js": b"1", "inner/two.bin": b"22"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The cache's folder, which is not there yet."""
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path / "cache"


class Make:
    """Makes FILES, and counts."""

    def __init__(self, error=None):
        self.count = 0
        self.error = error

    def __call__(self, target, scratch):
        self.count += 1
        (scratch / "left over").write_text("not kept")
        for name, content in FILES.items():
            (target / name).parent.mkdir(exist_ok=True)
            (target / name).write_bytes(content)
        if self.error:
            raise self.error


def test_an_entry_is_made_once(folder):
    make = Make()

    assert [cache.entry("thing", make), cache.entry("thing", make)] == [FILES, FILES]
    assert make.count == 1
    assert os.listdir(folder) == ["thing"]


def test_what_fails_half_way_leaves_nothing_behind(folder):
    with pytest.raises(RuntimeError, match="broken off"):
        cache.entry("thing", Make(RuntimeError("broken off")))

    assert os.listdir(folder) == []


def test_the_cache_does_not_grow_for_ever(folder):
    """Each change of the package makes an entry, and each build that is killed leaves a folder."""
    for number in range(cache.KEPT + 3):
        cache.entry(f"thing-{number}", Make())
        os.utime(folder / f"thing-{number}", (number, number))
        (folder / f"making-{number}").mkdir()
        os.utime(folder / f"making-{number}", (number, number))
    cache.entry("other-1", Make())
    cache.entry("thing-last", Make())
    left = {path.name for path in folder.iterdir()}

    assert "thing-last" in left
    assert "other-1" in left
    assert {f"thing-{n}" for n in range(cache.KEPT + 3)} & left == {
        f"thing-{n}" for n in range(4, cache.KEPT + 3)
    }
    assert len([name for name in left if name.startswith("making-")]) == cache.KEPT


def remove(path):
    path.unlink() if path.is_file() else shutil.rmtree(path)


def replace_by_file(path):
    remove(path)
    path.write_text("a file")


def replace_by_folder(path):
    remove(path)
    path.mkdir()


DAMAGES = {
    "a changed file": lambda path: (path / "files/one.js").write_bytes(b"2"),
    "a cut file": lambda path: (path / "files/inner/two.bin").write_bytes(b"2"),
    "an emptied file": lambda path: (path / "files/one.js").write_bytes(b""),
    "a missing file": lambda path: (path / "files/one.js").unlink(),
    "a file too many": lambda path: (path / "files/three").write_bytes(b""),
    "a renamed file": lambda path: (path / "files/one.js").rename(path / "files/1.js"),
    "a folder for a file": lambda path: replace_by_folder(path / "files/one.js"),
    "no files": lambda path: remove(path / "files"),
    "a changed manifest": lambda path: (path / "manifest.json").write_text('{"one.js": "1"}'),
    "a manifest that is none": lambda path: (path / "manifest.json").write_bytes(b"\xff"),
    "a manifest without an end": lambda path: (path / "manifest.json").write_text("[" * 200_000),
    "no manifest": lambda path: (path / "manifest.json").unlink(),
    "nothing at all": replace_by_folder,
    "a file for the folder": replace_by_file,
    "a link to nowhere": lambda path: (remove(path), path.symlink_to("nowhere")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_made_again_and_one_line_says_so(damage, folder, caplog):
    make = Make()
    cache.entry("thing", make)
    damage(folder / "thing")
    with caplog.at_level(logging.INFO):
        found = [cache.entry("thing", make) for _ in range(2)]

    assert found == [FILES, FILES]
    assert make.count == 2
    assert caplog.messages == [f"{folder / 'thing'} is damaged, so it is made again"]
    assert os.listdir(folder) == ["thing"]


def test_an_emptied_entry_with_an_emptied_manifest_is_damaged_too(folder):
    make = Make()
    cache.entry("thing", make)
    remove(folder / "thing" / "files")
    (folder / "thing" / "manifest.json").write_text("{}")

    assert cache.entry("thing", make) == FILES


def test_builds_at_once_all_get_the_whole_entry(folder):
    """Also where all of them find it damaged: none may take the files of another away."""
    cache.entry("thing", Make())
    (folder / "thing/files/one.js").write_bytes(b"2")
    start, found = threading.Barrier(8), []

    def build():
        start.wait()
        found.append(cache.entry("thing", Make()))

    threads = [threading.Thread(target=build) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [FILES] * 8
    assert cache.checked(folder / "thing") == FILES


def test_a_failure_is_remembered(folder):
    """So the next build does not wait again; it says when there will be another attempt."""
    make = Make(FailedError("no answer"))
    with pytest.raises(UnavailableError, match=r"^no answer$"):
        cache.entry("thing", make)
    with pytest.raises(UnavailableError, match=r"^no answer \(tried again after \d\d:\d\d"):
        cache.entry("thing", make)

    assert make.count == 1


def failed_once(folder):
    with pytest.raises(UnavailableError):
        cache.entry("thing", Make(FailedError("no answer")))
    return folder / "thing.failed"


@pytest.mark.parametrize("age", [cache.PATIENCE + 1, -60], ids=["long ago", "in the future"])
def test_a_failure_is_forgotten_after_a_while(age, folder):
    when = time.time() - age
    os.utime(failed_once(folder), (when, when))

    assert cache.entry("thing", Make()) == FILES
    assert os.listdir(folder) == ["thing"]


@pytest.mark.parametrize("content", [b"", b"\xff"], ids=["empty", "not text"])
def test_a_damaged_note_of_a_failure_is_none(content, folder):
    """A reason is never empty."""
    failed_once(folder).write_bytes(content)

    assert cache.entry("thing", Make()) == FILES


def test_a_failure_is_not_remembered_where_ci_is_set(folder, monkeypatch):
    """There it would be an error that has nothing to do with this build."""
    failed_once(folder)
    monkeypatch.setenv("CI", "1")

    assert cache.entry("thing", Make()) == FILES


def test_what_is_only_missing_is_looked_for_each_time(folder):
    """Whoever installs it wants to see it at once."""
    with pytest.raises(UnavailableError):
        cache.entry("thing", Make(UnavailableError("npm is not installed")))

    assert cache.entry("thing", Make()) == FILES


def test_a_failure_inside_an_entry_is_noted_where_it_happened(folder):
    """One note for one failure: who deletes it has the build try again."""

    def outer(target, scratch):
        cache.entry("inner", Make(FailedError("no answer")))

    with pytest.raises(UnavailableError):
        cache.entry("outer", outer)

    assert os.listdir(folder) == ["inner.failed"]


def test_a_file_in_place_of_the_cache_is_told_with_the_way_out(folder):
    folder.write_text("in the way")

    with pytest.raises(
        UnavailableError, match=rf"^the cache {folder} cannot be written \(\w.*\): .*MYGRAD_CACHE"
    ):
        cache.entry("thing", Make())


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), OSError("odd")]
)
def test_a_full_disk_is_told(error, folder):
    """In one line, and without an empty reason."""
    with pytest.raises(UnavailableError, match=r"\((No space left on device|odd)\)"):
        cache.entry("thing", Make(error))

    assert os.listdir(folder) == []


def test_a_cache_that_can_only_be_read_is_read(folder, monkeypatch):
    """A folder may have been filled by somebody else."""
    cache.entry("thing", Make())
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    cache.entry("thing", Make())

    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_failure_that_cannot_be_noted_is_told_all_the_same(folder):
    """The note is only to save time."""
    (folder / "thing.failed").mkdir(parents=True)

    with pytest.raises(UnavailableError, match=r"^no answer$"):
        cache.entry("thing", Make(FailedError("no answer")))
    assert cache.entry("thing", Make()) == FILES


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"MYGRAD_CACHE": "/named"}, "/named"),
        ({"XDG_CACHE_HOME": "/elsewhere"}, "/elsewhere/mygrad-tutorial"),
        ({"XDG_CACHE_HOME": "relative", "HOME": "/home/me"}, "/home/me/.cache/mygrad-tutorial"),
        ({"XDG_CACHE_HOME": "", "HOME": "/home/me"}, "/home/me/.cache/mygrad-tutorial"),
    ],
)
def test_the_cache_is_where_the_system_keeps_such_files(environment, expected, monkeypatch):
    """A relative XDG_CACHE_HOME is to be ignored, says its specification."""
    for name in ("MYGRAD_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert cache.folder() == Path(expected)


def test_without_a_home_the_cache_has_no_place(monkeypatch):
    """As for a user that the system does not know."""
    monkeypatch.delenv("MYGRAD_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)

    with pytest.raises(UnavailableError, match=r"no home folder.*MYGRAD_CACHE"):
        cache.folder()
