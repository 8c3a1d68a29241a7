"""What comes from the npm registry is the file that was pinned, and is fetched once.

An npm of the tests' own stands in: a program on the PATH that writes a file and counts its calls.
What the real one says about a registry that does not answer is tested at the end.
"""

import base64
import contextlib
import hashlib
import io
import shutil
import socket
import tarfile
import threading
import time

import pytest

from mygrad.book.browser.build import npm
from mygrad.book.browser.build.commands import UnavailableError
from mygrad.book.browser.build.npm import Package, archive_of, extract


def archive(content):
    """The bytes of a package with one file."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        info = tarfile.TarInfo("package/index.js")
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
    return written.getvalue()


def pinned(content):
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
    return Package("@some/thing", "1.2.3", f"sha512-{digest}")


ARCHIVE = archive(b"content")
PACKAGE = pinned(ARCHIVE)


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path / "cache"


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """The folder of what npm fetches; `calls` in it has a line for each fetch."""
    folder = tmp_path / "registry"
    folder.mkdir()
    (folder / "answer").write_bytes(ARCHIVE)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    write_npm(tmp_path, f'echo "$@" >> {folder}/calls\ncat {folder}/answer > thing.tgz')
    return folder


def write_npm(tmp_path, script):
    program = tmp_path / "bin" / "npm"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def test_a_package_is_fetched_by_its_exact_version(registry, tmp_path):
    extract(PACKAGE, {"index.js": "thing.js"}, tmp_path)

    assert (tmp_path / "thing.js").read_bytes() == b"content"
    assert "pack @some/thing@1.2.3" in (registry / "calls").read_text()


def test_a_folder_of_a_package_is_no_file(registry, tmp_path):
    """Pinned names may be mistyped; nothing is left out without a word."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        info = tarfile.TarInfo("package/dist")
        info.type = tarfile.DIRTYPE
        tar.addfile(info)
    (registry / "answer").write_bytes(written.getvalue())

    with pytest.raises(ValueError, match=r"@some/thing@1\.2\.3 has no file dist"):
        extract(pinned(written.getvalue()), {"dist": "dist"}, tmp_path)


def test_a_package_is_fetched_once(registry):
    assert [archive_of(PACKAGE), archive_of(PACKAGE)] == [ARCHIVE, ARCHIVE]
    assert (registry / "calls").read_text().count("\n") == 1


def test_another_file_than_the_pinned_one_is_refused(registry, cache):
    """The message has all that is needed to find out which of the two is wrong."""
    (registry / "answer").write_bytes(archive(b"something else"))

    with pytest.raises(UnavailableError) as error:
        archive_of(PACKAGE)
    assert "another file than @some/thing@1.2.3" in str(error.value)
    assert f"should be {PACKAGE.integrity}, and is sha512-" in str(error.value)
    assert [path.suffix for path in cache.iterdir()] == [".failed"]


def test_a_file_that_was_changed_in_the_cache_is_fetched_again(registry, cache):
    archive_of(PACKAGE)
    (kept,) = cache.rglob("*.tgz")
    kept.write_bytes(archive(b"something else"))

    assert archive_of(PACKAGE) == ARCHIVE
    assert (registry / "calls").read_text().count("\n") == 2


def test_another_pinned_file_of_the_same_version_is_another_entry(registry):
    """A version may have been pinned wrongly, and the pin been mended."""
    archive_of(PACKAGE)
    other = archive(b"other")
    (registry / "answer").write_bytes(other)

    assert archive_of(pinned(other)) == other


def test_without_npm_the_package_is_unavailable(registry, monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UnavailableError, match="npm is not installed"):
        archive_of(PACKAGE)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo no network >&2; exit 1", "no network"),
        ('echo \'{"error": {"summary": "no   host"}}\'; echo log >&2; exit 1', "no host"),
        ('echo \'{"error": {"summary": ""}}\'; echo log >&2; exit 1', "log"),
        ("echo '[]'; echo log >&2; exit 1", "log"),
        ('echo \'{"error": {"summary": 1}}\'; echo log >&2; exit 1', "log"),
        ("exit 127", "exit status 127 and no message"),
        ("exit 0", "exit status 0 and no message"),
        ("touch a.tgz b.tgz", "exit status 0 and no message"),
        ("kill -9 $$", "exit status -9 and no message"),
    ],
)
def test_an_npm_that_fetches_nothing_says_which_package_is_missing_and_why(
    script, reason, registry, tmp_path
):
    """In one line, and never without a reason."""
    write_npm(tmp_path, script)

    with pytest.raises(UnavailableError) as error:
        archive_of(PACKAGE)
    assert str(error.value) == f"npm could not fetch @some/thing@1.2.3: {reason}"


def test_an_npm_that_hangs_is_ended_and_not_waited_for_again(registry, tmp_path, monkeypatch):
    monkeypatch.setattr(npm, "LIMIT", 0.5)
    write_npm(tmp_path, f"echo >> {registry}/calls; sleep 60")
    for _ in range(2):
        with pytest.raises(
            UnavailableError, match=r"some/thing@1\.2\.3: npm did not end within 0\.5"
        ):
            archive_of(PACKAGE)

    assert (registry / "calls").read_text() == "\n"


def test_a_full_disk_is_not_blamed_on_the_registry(registry, tmp_path):
    """And not remembered: there may be room a moment later."""
    write_npm(tmp_path, "echo 'npm error ENOSPC: no space left on device, write' >&2; exit 1")
    with pytest.raises(
        UnavailableError, match=r"cannot be written \(No space left on device\): let"
    ):
        archive_of(PACKAGE)
    write_npm(tmp_path, "exit 1")

    with pytest.raises(UnavailableError, match="npm could not fetch"):
        archive_of(PACKAGE)


needs_npm = pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")


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
def test_a_registry_that_does_not_help_is_not_waited_for(answer, reason, monkeypatch, tmp_path):
    """The real npm asks three times by itself, for more than a minute."""
    monkeypatch.setattr(npm, "SILENCE", 2)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    with answering(answer) as address:
        monkeypatch.setenv("npm_config_registry", address)
        start = time.monotonic()
        with pytest.raises(UnavailableError, match=rf"fetch @some/thing@1\.2\.3: .*({reason})"):
            archive_of(PACKAGE)

    assert time.monotonic() - start < 20


@needs_npm
@pytest.mark.slow
def test_a_registry_that_is_not_there_is_not_waited_for(monkeypatch, tmp_path):
    with answering(b"") as address:
        monkeypatch.setenv("npm_config_registry", address)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    start = time.monotonic()

    with pytest.raises(UnavailableError, match="ECONNREFUSED"):
        archive_of(PACKAGE)
    assert time.monotonic() - start < 20
