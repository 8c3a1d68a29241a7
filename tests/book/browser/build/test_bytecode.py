"""The modules of the page's Python, compiled: they run as their sources would."""

import importlib
import sys
import traceback
import zipfile

import pytest

from mygrad.book.browser.build.bytecode import compile_archive

SOURCE = "def half(x):\n    return x / 2\n"


@pytest.fixture
def compiled(tmp_path):
    """The zip of a module and a text, compiled; a name of its own, as imports are remembered."""

    def compiled(name, *, keep_source):
        with zipfile.ZipFile(tmp_path / "sources.zip", "w") as archive:
            archive.writestr(f"{name}.py", SOURCE)
            archive.writestr("notes.txt", "text")
        target = tmp_path / "compiled.zip"
        compile_archive(tmp_path / "sources.zip", target, "/lib/", keep_source=keep_source)
        return target

    return compiled


def test_a_compiled_module_runs_as_its_source_does(compiled, monkeypatch):
    """Without its source, which nothing is compared to."""
    monkeypatch.syspath_prepend(compiled("halves", keep_source=False))
    halves = importlib.import_module("halves")
    del sys.modules["halves"]

    assert halves.half(3) == 1.5
    assert halves.__file__.endswith("halves.pyc")


def test_a_traceback_names_the_file_where_the_page_has_it(compiled, monkeypatch):
    """Not the place where it was compiled."""
    monkeypatch.syspath_prepend(compiled("third", keep_source=False))
    third = importlib.import_module("third")
    del sys.modules["third"]
    with pytest.raises(TypeError) as raised:
        third.half("text")

    assert traceback.extract_tb(raised.value.__traceback__)[-1].filename == "/lib/third.py"


@pytest.mark.parametrize(
    ("keep_source", "names"),
    [
        (True, ["notes.txt", "quarters.py", "quarters.pyc"]),
        (False, ["notes.txt", "quarters.pyc"]),
    ],
)
def test_sources_are_kept_where_they_are_shown_and_other_files_always(compiled, keep_source, names):
    """A page shows the source of what a chapter explains."""
    with zipfile.ZipFile(compiled("quarters", keep_source=keep_source)) as archive:
        assert sorted(archive.namelist()) == names
        assert archive.read("notes.txt") == b"text"


def test_the_same_modules_give_the_same_bytes(compiled):
    """Whenever they are compiled."""
    first = compiled("same", keep_source=True).read_bytes()

    assert compiled("same", keep_source=True).read_bytes() == first
