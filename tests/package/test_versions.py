"""The exact versions that CI and publishing install, and the ranges that everybody else does."""

import ast
import re
import runpy
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from project import ROOT

LOCK = (ROOT / ".ci" / "requirements.txt").read_text(encoding="utf-8")
CHECK = runpy.run_path(str(ROOT / ".ci" / "versions.py"))
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OURS = PYPROJECT["project"]["name"]

# Every system and Python that the lock is for.
MACHINES = [
    {"sys_platform": system, "python_version": f"3.{minor}", "python_full_version": f"3.{minor}.9"}
    for system in ("linux", "darwin", "win32")
    for minor in range(11, 15)
]


def requirements(*extras):
    """What the package, its build and some of its extras ask for, but for the package itself."""
    project = PYPROJECT["project"]
    lines = project["dependencies"] + PYPROJECT["build-system"]["requires"]
    for extra in extras:
        lines = lines + project["optional-dependencies"][extra]
    return [each for each in map(Requirement, lines) if each.name != OURS]


def exact_versions(machine):
    return CHECK["locked"](LOCK, machine)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda each: "-".join(each.values()))
def test_the_exact_versions_are_within_the_ranges(machine):
    """pip keeps what is in range, so the README's command leaves the exact versions alone."""
    exact = exact_versions(machine)

    for requirement in requirements("docs", "test", "ci"):
        name = canonicalize_name(requirement.name)
        assert requirement.specifier.contains(exact[name]), requirement


def test_every_exact_version_has_its_hashes():
    blocks = re.split(r"\n(?=\S)", LOCK.rstrip())
    named = [block for block in blocks if not block.startswith("#")]

    assert len(named) > 100
    for block in named:
        assert re.fullmatch(
            r"[a-z0-9.-]+==[\w.]+( ; [^\\]+)? \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+", block
        ), block


def test_the_exact_versions_come_from_no_named_host():
    """The registry is the machine's affair: a mirror holds the same files under the same hashes."""
    assert not re.search(r"\w://|^\s*--(?!hash=)", LOCK, re.MULTILINE)


def test_pytorch_stands_apart():
    """Its build for the CPU has other hashes than that for a GPU, which is gigabytes."""
    apart = [
        name for name in exact_versions(MACHINES[0]) if re.match("torch|triton|nvidia|cuda", name)
    ]

    assert apart == []
    assert [str(each) for each in requirements("torch") if each.name == "torch"] == [
        "torch==2.13.0"
    ]


@pytest.mark.parametrize(
    ("found", "line"),
    [
        ({"numpy": "2.0"}, "numpy: installed 2.0, locked 1.0"),
        ({}, "numpy: installed nothing, locked 1.0"),
        ({"numpy": "1.0", "left-pad": "3.0"}, "left-pad: installed 3.0, locked nothing"),
    ],
)
def test_another_version_than_the_exact_one_is_named(found, line):
    assert CHECK["differences"](found, {"numpy": "1.0"}) == [line]
    assert CHECK["differences"]({"numpy": "1.0"}, {"numpy": "1.0"}) == []


def test_a_locked_version_is_that_of_the_machine():
    hashed = " \\\n    --hash=sha256:0\n"
    lock = f"a==1 ; python_full_version < '3.12'{hashed}a-b==2{hashed}"

    assert CHECK["locked"](lock, {"python_full_version": "3.11.9"}) == {"a": "1", "a-b": "2"}
    assert CHECK["locked"](lock, {"python_full_version": "3.12.1"}) == {"a-b": "2"}


def imported_packages():
    """The top names of all that the project's Python imports, wherever in a file it does so."""
    for folder in ("mygrad", "tests", "images"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    yield from ((alias.name.split(".")[0], path) for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.split(".")[0], path


def test_every_package_that_is_imported_is_required():
    """A package that comes along with another may leave with it."""
    extras = PYPROJECT["project"]["optional-dependencies"]
    required = {canonicalize_name(each.name) for each in requirements(*extras)}
    owners = packages_distributions()

    for name, path in imported_packages():
        if name in owners and name not in sys.stdlib_module_names | {"mygrad"}:
            assert required & {canonicalize_name(owner) for owner in owners[name]}, (name, path)
