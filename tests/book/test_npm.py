"""What comes from the npm registry is the file that was pinned, and is fetched once.

An npm of the tests' own stands in: a program on the PATH that writes a file and counts its calls.
"""

import base64
import hashlib
import io
import tarfile

import pytest

from mygrad.book.npm import IntegrityError, Package, UnavailableError, archive_of, extract


def archive(content):
    """The bytes of a package with one file."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w:gz") as tar:
        info = tarfile.TarInfo("package/index.js")
        info.size = len(content)
        tar.addfile(info, io.BytesIO(content))
    return written.getvalue()


ARCHIVE = archive(b"content")
PACKAGE = Package(
    "@some/thing",
    "1.2.3",
    "sha512-" + base64.b64encode(hashlib.sha512(ARCHIVE).digest()).decode(),
)


@pytest.fixture
def registry(tmp_path, monkeypatch):
    """The folder of what npm fetches; `calls` in it has a line for each fetch."""
    folder = tmp_path / "registry"
    folder.mkdir()
    (folder / "answer").write_bytes(ARCHIVE)
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(f'#!/bin/sh\necho "$@" >> {folder}/calls\ncat {folder}/answer > thing.tgz\n')
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:/usr/bin:/bin")
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    return folder


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
    digest = base64.b64encode(hashlib.sha512(written.getvalue()).digest()).decode()
    package = Package("@some/thing", "1.2.4", f"sha512-{digest}")

    with pytest.raises(ValueError, match=r"@some/thing@1\.2\.4 has no file dist"):
        extract(package, {"dist": "dist"}, tmp_path)


def test_a_package_is_fetched_once(registry):
    assert archive_of(PACKAGE) == archive_of(PACKAGE)
    assert (registry / "calls").read_text().count("\n") == 1


def test_another_file_than_the_pinned_one_is_refused(registry, tmp_path):
    """The message has all that is needed to find out which of the two is wrong."""
    (registry / "answer").write_bytes(archive(b"something else"))

    with pytest.raises(IntegrityError) as error:
        archive_of(PACKAGE)
    assert "@some/thing@1.2.3" in str(error.value)
    assert f"expected {PACKAGE.integrity}, got sha512-" in str(error.value)
    assert not list((tmp_path / "cache").iterdir())


def test_a_file_that_was_changed_in_the_cache_is_refused(registry):
    cached = archive_of(PACKAGE)
    cached.write_bytes(b"something else")

    with pytest.raises(IntegrityError, match=cached.name):
        archive_of(PACKAGE)


def test_without_npm_the_package_is_unavailable(registry, monkeypatch):
    monkeypatch.setenv("PATH", "")

    with pytest.raises(UnavailableError, match="npm is not installed"):
        archive_of(PACKAGE)


def test_an_npm_that_gets_no_answer_says_which_package_is_missing(registry, tmp_path):
    (tmp_path / "bin" / "npm").write_text("#!/bin/sh\necho no network >&2\nexit 1\n")

    with pytest.raises(UnavailableError, match=r"@some/thing@1\.2\.3: no network"):
        archive_of(PACKAGE)
