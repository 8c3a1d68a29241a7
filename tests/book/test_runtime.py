"""What is made for the browser at build: made once, never half, and not silently left out."""

import json
import logging
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from mygrad.book import mkdocs_hooks, npm, runtime
from mygrad.book.wheel import build_wheel, write_packages

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_made_is_made_once(cache):
    made = []
    for _ in range(2):
        runtime.made("thing", lambda path: made.append(path.write_text("content")))

    assert len(made) == 1
    assert (cache / "thing").read_text() == "content"


def test_what_fails_half_way_leaves_nothing_behind(cache):
    def fail(path):
        path.write_text("half")
        raise RuntimeError("broken off")

    with pytest.raises(RuntimeError, match="broken off"):
        runtime.made("thing", fail)
    assert not list(cache.iterdir())


def test_a_cache_can_be_anywhere(monkeypatch):
    monkeypatch.delenv("MYGRAD_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/elsewhere")

    assert npm.cache_folder() == Path("/elsewhere/mygrad-tutorial")


@pytest.fixture
def config(cache, tmp_path, monkeypatch):
    """A build on a machine without npm."""
    monkeypatch.setenv("PATH", "")
    return SimpleNamespace(
        config_file_path=str(ROOT / "mkdocs.yml"),
        site_dir=str(tmp_path),
        extra_css=["assets/book.css", "assets/run.css"],
        extra_javascript=["assets/run/page.js"],
    )


def test_without_npm_the_build_goes_on_and_says_so(config, monkeypatch, caplog):
    monkeypatch.delenv("CI", raising=False)
    with caplog.at_level(logging.INFO):
        mkdocs_hooks.on_files(None, config)

    assert caplog.messages == ["no block can be run in the pages, since npm is not installed"]


def test_without_npm_no_page_has_a_button_that_does_nothing(config, monkeypatch):
    """The scripts and styles that make the buttons stay away."""
    monkeypatch.delenv("CI", raising=False)
    mkdocs_hooks.on_files(None, config)

    assert (config.extra_css, config.extra_javascript) == (["assets/book.css"], [])


def test_without_npm_the_site_offers_the_wheel_all_the_same(config, monkeypatch, tmp_path):
    """Its pages say how to install it."""
    monkeypatch.delenv("CI", raising=False)
    mkdocs_hooks.on_files(None, config)

    assert [file.suffix for file in (tmp_path / "assets").iterdir()] == [".whl"]


def test_without_npm_the_build_fails_where_ci_is_set(config, monkeypatch):
    monkeypatch.setenv("CI", "true")

    with pytest.raises(npm.UnavailableError, match="npm is not installed"):
        mkdocs_hooks.on_files(None, config)


NODE = """#!/bin/sh
echo "$3" >> {calls}
case "$3" in
  library) echo compiled > "$2/library.zip" ;;
  packages) echo compiled > "$5/packages.zip" ;;
esac
"""


@pytest.fixture
def node(cache, tmp_path, monkeypatch):
    """A Node of the tests' own, and packages that need no npm; the file of its calls."""
    program = tmp_path / "bin" / "node"
    program.parent.mkdir()
    program.write_text(NODE.format(calls=tmp_path / "calls"))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    def extract(package, names, folder):
        for name in names.values():
            (folder / name).write_text('{"info": 1, "packages": {"numpy": "elsewhere"}}')

    monkeypatch.setattr(npm, "extract", extract)
    return program


@pytest.fixture
def built(tmp_path):
    return build_wheel(ROOT, tmp_path)


def test_what_a_page_needs_is_made_once_and_served_each_time(node, built, tmp_path):
    """Python, the renderer and the packages; what has become library.zip is left out."""
    for target in ("one", "other"):
        runtime.install(built, tmp_path / target)
        files = {
            path.relative_to(tmp_path / target).as_posix()
            for path in (tmp_path / target).rglob("*")
            if path.is_file()
        }

        served = {f"pyodide/{name}" for name in runtime.PYODIDE_FILES} - {
            "pyodide/python_stdlib.zip"
        }
        assert files == {*served, "pyodide/library.zip", "viz.js", "viz.json", "packages.zip"}
    assert (tmp_path / "calls").read_text().split() == ["library", "packages"]


def test_pyodide_knows_of_no_package_elsewhere(node, built, tmp_path):
    """Or an import would ask a third party."""
    runtime.install(built, tmp_path / "site")
    lock = json.loads((tmp_path / "site" / "pyodide" / "pyodide-lock.json").read_text())

    assert lock == {"info": 1, "packages": {}}


def test_without_node_the_error_says_so(node, built, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(npm.UnavailableError, match=r"^Node is not installed$"):
        runtime.install(built, tmp_path / "site")


def test_what_node_says_when_it_fails_is_shown(node, built, tmp_path):
    """And nothing half made is kept."""
    node.write_text("#!/bin/sh\necho out; echo broken >&2; exit 3\n")

    with pytest.raises(RuntimeError, match=r"^freeze\.mjs fails:\nout\nbroken\n$"):
        runtime.install(built, tmp_path / "site")
    assert not list((tmp_path / "cache").iterdir())


def test_the_wheel_is_the_same_each_time(tmp_path):
    wheels = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        wheels.append(build_wheel(ROOT, tmp_path / name))

    assert wheels[0].name == "mygrad_tutorial-0.1.0-py3-none-any.whl"
    assert wheels[0].read_bytes() == wheels[1].read_bytes()


def test_a_page_can_import_what_is_in_the_wheel_and_nothing_else_of_ours(tmp_path):
    """Held against the files themselves: no module is lost, none is another."""
    write_packages(build_wheel(ROOT, tmp_path), tmp_path / "packages.zip")
    with zipfile.ZipFile(tmp_path / "packages.zip") as packages:
        packed = {n: packages.read(n) for n in packages.namelist() if n.startswith("mygrad/")}
    files = [
        p for p in (ROOT / "mygrad").rglob("*") if p.is_file() and "__pycache__" not in p.parts
    ]

    assert packed == {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in files}
