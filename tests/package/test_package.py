"""The package as a whole: what it exports, what it imports, and the README around it."""

import ast
import re
import runpy
import subprocess
import sys
import types
from collections import defaultdict

import pytest
from project import ROOT

import mygrad

MODULES = sorted((ROOT / "mygrad").rglob("*.py"))
ROOMS = [path.parent.relative_to(ROOT).as_posix() for path in MODULES if path.stem == "__init__"]
NO_PART_OF_A_ROOM = {"__init__.py", "__pycache__", "py.typed"}


def test_the_exported_names_are_exactly_the_public_ones():
    """What `dir` shows a reader and what `import *` gives are the same."""
    public = {
        name
        for name, thing in vars(mygrad).items()
        if not name.startswith("_") and not isinstance(thing, types.ModuleType)
    }

    assert sorted(public) == sorted(mygrad.__all__)


def test_every_exported_name_is_in_the_reference():
    page = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")

    assert sorted(re.findall(r"^::: mygrad\.(?:gradcheck\.)?(\w+)$", page, re.MULTILINE)) == sorted(
        mygrad.__all__
    )


def test_the_package_says_that_it_is_typed():
    assert (ROOT / "mygrad" / "py.typed").is_file()


def test_every_exported_name_says_what_it_is():
    assert [name for name in mygrad.__all__ if not getattr(mygrad, name).__doc__] == []


def test_nothing_in_the_package_imports_the_book():
    book = ROOT / "mygrad" / "book"
    paths = [path for path in MODULES if not path.is_relative_to(book)]

    assert ROOT / "mygrad" / "pictures" / "dot.py" in paths
    assert [path for path in paths if "mygrad.book" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_lists_what_is_in_it(room):
    """In the docstring of its `__init__`, which is the one map of it."""
    folder = ROOT / room
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    listed = re.findall(r"^([\w-]+(?:\.py|\.mjs|\.json|/)) +\S", docstring, re.MULTILINE)
    inside = {
        f"{path.name}/" if path.is_dir() else path.name
        for path in folder.iterdir()
        if path.name not in NO_PART_OF_A_ROOM and path.suffix != ".pyc"
    }

    assert sorted(listed) == sorted(inside)


def test_no_two_modules_define_the_same_name():
    """Whoever reads a call need not ask which of two functions it means."""
    places = defaultdict(list)
    for path in MODULES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                places[node.name].append(path.relative_to(ROOT).as_posix())

    assert "topological_order" in places
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_the_engine_and_the_networks_need_the_standard_library_alone():
    """Drawing needs more, and imports it when something is drawn."""
    code = "import sys; before = set(sys.modules); import mygrad; print(*set(sys.modules) - before)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = {name.split(".")[0] for name in run.stdout.split()}

    assert imported - sys.stdlib_module_names == {"mygrad"}


def test_the_readme_has_the_picture_that_its_script_draws():
    picture = runpy.run_path(str(ROOT / "images" / "readme.py"))["picture"]

    assert picture.pipe("svg") == (ROOT / "images" / "readme.svg").read_bytes()


def test_the_readme_has_two_commands_for_a_fresh_machine():
    """`.ci/run` takes the second from here, so that both are what a person types."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python3 -m venv .*$", readme, re.MULTILINE)

    assert [command.rsplit("/", 1)[1] for command in commands] == ["mkdocs serve", "pytest"]


def test_no_page_tells_to_install_another_project():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        lines = path.read_text(encoding="utf-8").splitlines()
        wrong = [line for line in lines if re.search(r"pip install mygrad\b(?!-)", line)]
        assert all("never" in line.lower() for line in wrong), (path, wrong)
