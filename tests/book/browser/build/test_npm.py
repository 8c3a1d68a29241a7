"""What comes from the npm registry is what the lock names, and is fetched once.

An npm of the tests' own stands in: a program on the PATH that writes a file and counts its calls.
How the real one takes a registry that lies, or does not answer, is tested at the end.
"""

import base64
import contextlib
import hashlib
import http.server
import io
import json
import re
import shutil
import socket
import tarfile
import threading
import time

import pytest
from project import ROOT

from mygrad.book.browser.build import npm, runtime
from mygrad.book.browser.build.commands import UnavailableError
from mygrad.book.browser.build.npm import installed

PROJECTS = [runtime.HERE, ROOT / "tests" / "javascript"]


@pytest.mark.parametrize("project", PROJECTS, ids=lambda path: path.name)
def test_a_lock_names_one_file_of_each_package_and_no_registry(project):
    """Which registry is the machine's affair; npm compares what that has with the hash."""
    asked = json.loads((project / "package.json").read_text())["dependencies"]
    own, *packages = json.loads((project / "package-lock.json").read_text())["packages"].values()

    assert own["dependencies"] == asked
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values())
    assert len(packages) > len(asked)
    for package in packages:
        assert re.fullmatch(r"sha512-[\w+/]{86}==", package["integrity"])
        assert "resolved" not in package


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path / "cache"


def archive(content):
    """The bytes of a package with one file."""
    described = json.dumps({"name": "@some/thing", "version": "1.2.3"}).encode()
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        for name, file in (("package.json", described), ("index.js", content)):
            info = tarfile.TarInfo(f"package/{name}")
            info.size = len(file)
            tar.addfile(info, io.BytesIO(file))
    return written.getvalue()


def integrity(content):
    return f"sha512-{base64.b64encode(hashlib.sha512(content).digest()).decode()}"


ARCHIVE = archive(b"content")


@pytest.fixture
def project(tmp_path):
    """A folder that asks for one package."""
    folder = tmp_path / "project"
    folder.mkdir()
    write_project(folder, ARCHIVE)
    return folder


def write_project(folder, content):
    asked = {"dependencies": {"@some/thing": "1.2.3"}}
    locked = {"version": "1.2.3", "integrity": integrity(content)}
    packages = {"": asked, "node_modules/@some/thing": locked}
    lock = {"name": "project", "lockfileVersion": 3, "requires": True, "packages": packages}
    (folder / "package.json").write_text(json.dumps(asked))
    (folder / "package-lock.json").write_text(json.dumps(lock))


@pytest.fixture
def calls(tmp_path, monkeypatch):
    """A file with a line for each call of npm."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    folder = "node_modules/@some/thing"
    write_npm(
        tmp_path,
        f'echo "$@" >> {tmp_path}/calls; mkdir -p {folder}; echo content > {folder}/index.js',
    )
    return tmp_path / "calls"


def write_npm(tmp_path, script):
    program = tmp_path / "bin" / "npm"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


INSTALLED = {"@some/thing/index.js": b"content\n"}


def test_the_packages_of_a_lock_are_fetched_once_and_run_nothing(project, calls):
    assert [installed(project), installed(project)] == [INSTALLED, INSTALLED]
    (call,) = calls.read_text().splitlines()
    assert call.startswith("ci --ignore-scripts --no-audit --no-fund ")
    assert call.endswith(" --fetch-retries=0 --fetch-timeout=10000")  # or it waits for minutes


def test_a_project_s_folder_stays_as_it_is(project, calls):
    """It may be one that can only be read, as where the package is installed."""
    installed(project)

    assert sorted(path.name for path in project.iterdir()) == sorted(npm.RECIPE)


def test_a_file_that_was_changed_in_the_cache_is_fetched_again(project, calls, cache):
    installed(project)
    (kept,) = cache.rglob("index.js")
    kept.write_bytes(b"something else")

    assert installed(project) == INSTALLED
    assert calls.read_text().count("\n") == 2


@pytest.mark.parametrize("name", npm.RECIPE)
def test_another_lock_is_another_entry(name, project, calls):
    """A version may have been locked wrongly, and the lock been mended."""
    installed(project)
    (project / name).write_text((project / name).read_text() + "\n")
    installed(project)

    assert calls.read_text().count("\n") == 2


def test_without_npm_the_packages_are_unavailable(project, calls, monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UnavailableError, match="npm is not installed"):
        installed(project)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo no network >&2; exit 1", "no network"),
        ('echo \'{"error": {"summary": "no   host"}}\'; echo log >&2; exit 1', "no host"),
        ('echo \'{"error": {"summary": ""}}\'; echo log >&2; exit 1', "log"),
        ("echo '[]'; echo log >&2; exit 1", "log"),
        ('echo \'{"error": {"summary": 1}}\'; echo log >&2; exit 1', "log"),
        ("exit 127", "exit status 127 and no message"),
        ("mkdir node_modules; echo half >&2; exit 1", "half"),
        ("exit 0", "exit status 0 and no message"),
        ("kill -9 $$", "exit status -9 and no message"),
    ],
)
def test_an_npm_that_fetches_nothing_says_what_is_missing_and_why(
    script, reason, project, calls, tmp_path
):
    """In one line, and never without a reason."""
    write_npm(tmp_path, script)

    with pytest.raises(UnavailableError) as error:
        installed(project)
    assert str(error.value) == f"npm could not fetch @some/thing: {reason}"


def test_an_npm_that_hangs_is_ended_and_not_waited_for_again(project, calls, tmp_path, monkeypatch):
    monkeypatch.setattr(npm, "LIMIT", 0.5)
    write_npm(tmp_path, f"echo >> {calls}; sleep 60")
    for _ in range(2):
        with pytest.raises(
            UnavailableError, match=r"fetch @some/thing: npm did not end within 0\.5"
        ):
            installed(project)

    assert calls.read_text() == "\n"


def test_a_full_disk_is_not_blamed_on_the_registry(project, calls, tmp_path):
    """And not remembered: there may be room a moment later."""
    write_npm(tmp_path, "echo 'npm error ENOSPC: no space left on device, write' >&2; exit 1")
    with pytest.raises(
        UnavailableError, match=r"cannot be written \(No space left on device\): let"
    ):
        installed(project)
    write_npm(tmp_path, "exit 1")

    with pytest.raises(UnavailableError, match="npm could not fetch"):
        installed(project)


needs_npm = pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")


class Registry(http.server.BaseHTTPRequestHandler):
    """Has one version of one package: `archive`, whose hash it says is that of `claimed`."""

    archive = ARCHIVE
    claimed = ARCHIVE

    def do_GET(self):
        address = f"http://127.0.0.1:{self.server.server_port}/thing.tgz"
        dist = {"tarball": address, "integrity": integrity(self.claimed)}
        version = {"name": "@some/thing", "version": "1.2.3", "dist": dist}
        about = {"name": "@some/thing", "versions": {"1.2.3": version}}
        content = self.archive if self.path == "/thing.tgz" else json.dumps(about).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Say nothing of each file."""


@pytest.fixture
def registry(monkeypatch, tmp_path):
    """A registry for the real npm, which has kept nothing yet."""

    class Own(Registry):
        """To be changed by the test."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Own) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
        monkeypatch.setenv("npm_config_registry", f"http://127.0.0.1:{server.server_port}/")
        yield Own
        server.shutdown()


@needs_npm
@pytest.mark.slow
def test_the_real_npm_installs_what_the_lock_names(registry, project):
    assert installed(project)["@some/thing/index.js"] == b"content"


@needs_npm
@pytest.mark.slow
@pytest.mark.parametrize("claim", ["its own hash", "the lock's hash"])
def test_another_file_than_the_locked_one_is_refused(claim, registry, project, cache):
    """Whatever the registry says of it; the message has both hashes, since either may be wrong."""
    registry.archive = archive(b"something else")
    registry.claimed = registry.archive if claim == "its own hash" else ARCHIVE

    with pytest.raises(UnavailableError) as error:
        installed(project)
    assert integrity(ARCHIVE) in str(error.value)
    assert integrity(registry.archive) in str(error.value)
    assert [path.suffix for path in cache.iterdir()] == [".failed"]


@needs_npm
@pytest.mark.slow
def test_a_changed_hash_in_the_lock_is_refused(registry, project):
    """Though npm itself has kept the right file from an earlier call."""
    installed(project)
    write_project(project, b"something else")

    with pytest.raises(UnavailableError, match=r"wanted sha512-.* but got sha512-"):
        installed(project)


@contextlib.contextmanager
def answering(answer):
    """A registry of the tests' own that gives this one answer, or none at all."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        callers = []

        def serve():
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                callers.append(caller)
                if answer:
                    caller.recv(65536)
                    caller.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"
        server.shutdown(socket.SHUT_RDWR)
        for caller in callers:
            caller.close()


def plain(status, body):
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return (head + body).encode()


@needs_npm
@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "network timeout"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n{", "Idle timeout"),
        (plain("404 Not Found", "{}"), "Not Found"),
        (plain("500 Oops", "{}"), "500 Oops"),
        (plain("200 OK", "<html>hello</html>"), "invalid json"),
    ],
    ids=["silence", "half an answer", "404", "500", "rubbish"],
)
def test_a_registry_that_does_not_help_is_not_waited_for(
    answer, reason, project, monkeypatch, tmp_path
):
    """The real npm asks three times by itself, for more than a minute."""
    monkeypatch.setattr(npm, "SILENCE", 2)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    with answering(answer) as address:
        monkeypatch.setenv("npm_config_registry", address)
        start = time.monotonic()
        with pytest.raises(UnavailableError, match=rf"fetch @some/thing: .*({reason})"):
            installed(project)

    assert time.monotonic() - start < 20


@needs_npm
@pytest.mark.slow
def test_a_registry_that_is_not_there_is_not_waited_for(project, monkeypatch, tmp_path):
    with answering(b"") as address:
        monkeypatch.setenv("npm_config_registry", address)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    start = time.monotonic()

    with pytest.raises(UnavailableError, match="ECONNREFUSED"):
        installed(project)
    assert time.monotonic() - start < 20
