"""What is made for the browser at build: made once, never half, and not silently left out."""

import base64
import hashlib
import json
import logging
import os
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError
from project import ROOT

from mygrad.book.browser.build import npm, runtime
from mygrad.book.browser.build.commands import UnavailableError
from mygrad.book.browser.build.wheel import build_wheel
from mygrad.book.build import Build
from mygrad.book.site import mkdocs_hooks


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path / "cache"


NODE = """#!/bin/sh
if [ "$1" = --version ]; then echo v18.0.0; exit; fi
echo "$3" >> {calls}
case "$3" in
  library) echo compiled > "$2/library.zip" ;;
  packages) cat "$2/pyodide.mjs" > "$5/packages.zip" ;;
esac
"""


@pytest.fixture
def node(tmp_path, monkeypatch):
    """A Node of the tests' own, and packages that need no npm."""
    program = tmp_path / "bin" / "node"
    program.parent.mkdir()
    program.write_text(NODE.format(calls=tmp_path / "calls"))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")

    content = b'{"info": 1, "packages": {"numpy": "elsewhere"}}'
    monkeypatch.setattr(npm, "installed", lambda _: dict.fromkeys(runtime.FILES, content))
    return program


@pytest.fixture
def built(tmp_path):
    return build_wheel(ROOT, tmp_path)


@pytest.fixture
def config(tmp_path):
    """A build of the site."""
    options = {"site_url": "https://example.org/", "build": Build()}
    return SimpleNamespace(
        config_file_path=str(ROOT / "mkdocs.yml"),
        site_dir=str(tmp_path / "site"),
        mdx_configs={"mygrad.book.site.extension": options},
        extra_css=["assets/book.css", "assets/run.css"],
        extra_javascript=["assets/run/page.js"],
    )


def files_in(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


SERVED = [
    "files.json",
    "packages.zip",
    "purify.js",
    "pyodide/library.zip",
    "pyodide/package.json",
    "pyodide/pyodide-lock.json",
    "pyodide/pyodide.asm.js",
    "pyodide/pyodide.asm.wasm",
    "pyodide/pyodide.js",
    "viz.js",
    "viz.json",
]


def test_what_a_page_needs_is_made_once_and_served_each_time(node, built, tmp_path):
    """Python, the renderer and the packages; what has become library.zip is left out."""
    for target in ("one", "other"):
        runtime.install(built, tmp_path / target)

        assert sorted(files_in(tmp_path / target)) == SERVED
    assert (tmp_path / "calls").read_text().split() == ["library", "packages"]


def test_size_and_hash_of_each_file_are_served_beside_it(node, built, tmp_path):
    """Or a page could tell neither how much is to come nor that a file has come as it was built."""
    runtime.install(built, tmp_path)
    facts = json.loads((tmp_path / "files.json").read_text())

    assert [*sorted(facts)] == SERVED[1:]
    for name, fact in facts.items():
        content = (tmp_path / name).read_bytes()
        assert fact["size"] == len(content)
        assert base64.b64decode(fact["sha256"]) == hashlib.sha256(content).digest()


def test_pyodide_knows_of_no_package_elsewhere(node, built, tmp_path):
    """Or an import would ask a third party."""
    runtime.install(built, tmp_path / "site")
    lock = json.loads((tmp_path / "site" / "pyodide" / "pyodide-lock.json").read_text())

    assert lock == {"info": 1, "packages": {}}


def test_whatever_is_damaged_in_the_cache_the_site_is_the_same(
    node, built, tmp_path, cache, caplog
):
    """A changed pyodide.mjs, a cut memory: each went into a site without a word."""
    runtime.install(built, tmp_path / "site")
    expected = files_in(tmp_path / "site")
    kept = [path for path in cache.rglob("*") if path.is_file()]
    for number, path in enumerate(kept):
        path.write_bytes(path.read_bytes()[:-1])
        with caplog.at_level(logging.INFO):
            runtime.install(built, tmp_path / f"site{number}")

        assert files_in(tmp_path / f"site{number}") == expected, path
    assert len(kept) == len(SERVED) - 1 + 2  # no files.json, a manifest for each of the two
    assert len(caplog.messages) == len(kept)


def test_what_a_build_takes_from_the_cache_is_what_it_has_checked(
    node, built, tmp_path, cache, monkeypatch
):
    """Another program may change a file at any moment, between the check and the copy too."""
    runtime.install(built, tmp_path / "site")
    expected = files_in(tmp_path / "site")
    checked = runtime.cache.checked

    def checked_and_then_changed(path):
        files = checked(path)
        for file in cache.rglob("files/**/*"):
            if file.is_file():
                file.write_bytes(b"changed")
        return files

    monkeypatch.setattr(runtime.cache, "checked", checked_and_then_changed)
    runtime.install(built, tmp_path / "other")

    assert files_in(tmp_path / "other") == expected


def test_without_node_nothing_is_fetched(node, built, tmp_path, monkeypatch):
    monkeypatch.setattr(npm, "installed", lambda _: pytest.fail("fetched"))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UnavailableError, match=r"^node is not installed$"):
        runtime.install(built, tmp_path / "site")


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo v17.9.1", r"Node v17\.9\.1 is too old: Pyodide needs 18 or newer$"),
        ("echo v8.10.0", r"Node v8\.10\.0 is too old"),
        ("echo hello", "does not tell its version: exit status 0 and no message$"),
        ("echo v20.0.0; echo broken >&2; exit 1", "does not tell its version: broken$"),
        ("kill -11 $$", "does not tell its version: exit status -11"),
        ("sleep 60", r"^node did not end within 0\.5 seconds$"),
    ],
)
def test_a_node_that_is_of_no_use_is_found_out_before_it_is_used(
    script, reason, node, built, tmp_path, monkeypatch
):
    """Node 17 would end in an error of WebAssembly."""
    monkeypatch.setattr(runtime, "ANSWER_LIMIT", 0.5)
    monkeypatch.setattr(npm, "installed", lambda _: pytest.fail("fetched"))
    node.write_text(f"#!/bin/sh\n{script}\n")

    with pytest.raises(UnavailableError, match=reason) as error:
        runtime.install(built, tmp_path / "site")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo out; echo first >&2; echo broken >&2; exit 3", r"^freeze\.mjs failed: broken$"),
        ("kill -11 $$", r"^freeze\.mjs failed: exit status -11 and no message$"),
        ("sleep 60", r"^node did not end within 0\.5 seconds$"),
    ],
)
def test_a_node_that_fails_leaves_nothing_half_made(
    script, reason, node, built, tmp_path, cache, monkeypatch
):
    monkeypatch.setattr(runtime, "FREEZE_LIMIT", 0.5)
    node.write_text(f'#!/bin/sh\nif [ "$1" = --version ]; then echo v20.1.2; exit; fi\n{script}\n')

    with pytest.raises(UnavailableError, match=reason):
        runtime.install(built, tmp_path / "site")
    assert [path.suffix for path in cache.iterdir()] == [".failed"]
    assert not (tmp_path / "site").exists()


def test_a_site_gets_all_of_python_or_nothing(node, built, tmp_path):
    """Where the second step fails, the first is of no use to a page."""
    node.write_text(node.read_text().replace("packages)", "packages) exit 1;;\n  never)"))

    with pytest.raises(UnavailableError):
        runtime.install(built, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_what_node_says_can_be_read_when_it_fails(node, built, tmp_path, caplog):
    """All of it, by `mkdocs build --verbose`: the reason is one line."""
    node.write_text(
        node.read_text().replace("library)", "library) echo out; echo err >&2; exit 1;;\n  no)")
    )
    with caplog.at_level(logging.DEBUG, "mkdocs"), pytest.raises(UnavailableError):
        runtime.install(built, tmp_path / "site")

    assert "freeze.mjs:\nout\nerr\n" in caplog.messages


def test_a_site_that_cannot_be_written_is_an_error(node, built, tmp_path):
    """It has nothing to do with what this machine lacks."""
    (tmp_path / "site").write_text("a file in the way")

    with pytest.raises(OSError, match="site"):
        runtime.install(built, tmp_path / "site")


def test_without_npm_the_build_goes_on_and_says_so_in_one_line(config, monkeypatch, caplog):
    monkeypatch.setenv("PATH", "")
    with caplog.at_level(logging.INFO):
        mkdocs_hooks.on_files(None, config)

    assert caplog.messages == ["no block can be run in the pages, since node is not installed"]


def test_without_npm_no_page_has_a_button_that_does_nothing(config, monkeypatch):
    """The scripts and styles that make the buttons stay away."""
    monkeypatch.setenv("PATH", "")
    mkdocs_hooks.on_files(None, config)

    assert (config.extra_css, config.extra_javascript) == (["assets/book.css"], [])


def test_without_npm_the_site_offers_the_wheel_all_the_same(config, monkeypatch, tmp_path):
    """Its pages say how to install it."""
    monkeypatch.setenv("PATH", "")
    mkdocs_hooks.on_files(None, config)
    (wheel,) = os.listdir(tmp_path / "site" / "assets")
    url = config.mdx_configs["mygrad.book.site.extension"]["wheel_url"]

    assert wheel.startswith("mygrad_tutorial-0.1.0+h")
    assert url == f"https://example.org/assets/{wheel.replace('+', '%2B')}"


@pytest.mark.parametrize("value", ["true", "1"])
def test_without_npm_the_build_fails_where_ci_is_set(value, config, monkeypatch):
    """As an error of MkDocs, which is a line and no traceback."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", value)

    with pytest.raises(PluginError, match=r"^CI is set.*: node is not installed$"):
        mkdocs_hooks.on_files(None, config)
