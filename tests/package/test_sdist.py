"""What `python -m build` packs: the whole project, so that its tests run without a repository."""

import contextlib
import os
import subprocess
import sys
import tarfile

import pytest
from hatchling import build
from project import ROOT

FOLDERS = [".ci", ".github", "docs", "images", "mygrad", "tests"]
FILES = ["CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"]
FILES += ["conftest.py", "mkdocs.yml", "pyproject.toml"]
OF_TOOLS = {".venv", ".git", ".pytest_cache", ".mypy_cache", ".ruff_cache", "site", "dist"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def sdist(tmp_path_factory):
    """The folder that the sdist unpacks into."""
    folder = tmp_path_factory.mktemp("sdist")
    with contextlib.chdir(ROOT):
        archive = folder / build.build_sdist(str(folder))
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


def files_of(root, top):
    return {
        path.relative_to(root).as_posix()
        for path in (root / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("top", FOLDERS)
def test_a_folder_is_packed_whole(top, sdist):
    assert files_of(sdist, top) == files_of(ROOT, top)


def test_the_files_beside_the_folders_are_packed(sdist):
    assert set(FILES) <= {path.name for path in sdist.iterdir()}


def test_what_tools_leave_behind_is_not_packed(sdist):
    assert not OF_TOOLS & {path.name for path in sdist.iterdir()}
    assert not list(sdist.rglob("__pycache__"))


def test_every_test_and_page_is_collected_where_it_is_unpacked(sdist):
    """It has no repository around it; a file that were missing would be an error."""
    collected = [collect(folder) for folder in (ROOT, sdist)]

    assert collected[0] == collected[1]
    assert any("docs/chapters/" in line for line in collected[1])


def collect(folder):
    """The tests that pytest finds in a copy of the project, by that copy's own package."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "slow or not slow"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "CI": ""}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
    return [line for line in run.stdout.splitlines() if "::" in line]
