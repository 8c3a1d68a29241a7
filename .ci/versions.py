"""Fails where what is installed beside this Python is not what `.ci/requirements.txt` says."""

import re
import sys
from importlib.metadata import distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCK = Path(__file__).with_name("requirements.txt")

# pip comes with Python, and PyTorch in a build of the machine's own (`.ci/lock`).
APART = re.compile(r"mygrad-tutorial|pip|torch|triton|(cuda|nvidia)-.*")


def locked(lock: str, machine: dict[str, str] | None = None) -> dict[str, str]:
    """The exact version of each package for a machine, which is this one unless told otherwise."""
    requirements = map(Requirement, re.findall(r"^[a-z][^\\\n]*", lock, re.MULTILINE))
    return {
        canonicalize_name(each.name): str(each.specifier).removeprefix("==")
        for each in requirements
        if each.marker is None or each.marker.evaluate(machine)
    }


def installed() -> dict[str, str]:
    versions = {canonicalize_name(each.name): each.version for each in distributions()}
    return {name: version for name, version in versions.items() if not APART.fullmatch(name)}


def builder() -> dict[str, str]:
    """What has built the package, and its version: a build of its own may have fetched another."""
    wheel = distribution("mygrad-tutorial").read_text("WHEEL") or ""
    return dict(re.findall(r"^Generator: (\S+) (\S+)$", wheel, re.MULTILINE))


def differences(found: dict[str, str], expected: dict[str, str]) -> list[str]:
    """A line on each package whose version is another, or that one side lacks."""
    return [
        f"{name}: installed {found.get(name, 'nothing')}, locked {expected.get(name, 'nothing')}"
        for name in sorted(found.keys() | expected.keys())
        if found.get(name) != expected.get(name)
    ]


if __name__ == "__main__":
    exact = locked(LOCK.read_text(encoding="utf-8"))
    wrong = differences(installed(), exact)
    wrong += differences(builder(), {"hatchling": exact["hatchling"]})
    sys.exit("\n".join(wrong) or None)
