"""The tests, tested: `python tests/bench/mutants.py`.

Puts one small fault at a time into the engine, runs the tests, and expects one of them to fail.
A mutant that survives is either a law without a test, or changes nothing that anyone could see:
then it stands, with the reason, in equivalent_mutants.toml.  The run fails for a survivor that is
not on the list, and for an entry of the list that does not survive, or that no longer exists.
Otherwise it writes the table of docs/speed.md.

pytest collects the tests once.  Each mutant is a fork of that process: it gets the faulty function
in the place of the right one, and runs the tests that call it, quickest first, until one fails.
What is faulty outside of a function runs in a fresh process.

Needs `pip install -e '.[mutation]'`, and a system that can fork.
"""

from __future__ import annotations

import argparse
import inspect
import operator
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import TypeAlias

import pytest
from _pytest.runner import runtestprotocol
from mutators import Mutant, mutants

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
EQUIVALENT = HERE / "equivalent_mutants.toml"
PAGE = ROOT / "docs" / "speed.md"
START, END = "<!-- counted by tests/bench/mutants.py -->", "<!-- end of what was counted -->"

MODULES = ("engine", "nn", "gradcheck", "optim", "graph")
OTHERS = ("checked_math", "hints", "wrong_arguments", "dot", "graphviz", "wrong_pictures", "edges")
TESTS = [
    path.relative_to(ROOT).as_posix()
    for name in (*MODULES, *OTHERS)
    for path in ROOT.joinpath("tests").rglob(f"test_{name}.py")
]
OPTIONS = [
    *("-o", "addopts=", "-p", "no:cacheprovider", "-p", "pytest_markdown_docs.plugin"),
    *("-q", "-s", "--tb=no"),
    # Some tests take seconds.  A mutant has to die without them.
    *("-m", "not slow", "-k", "not million and not fresh_processes and not PyTorch"),
]
Run: TypeAlias = Callable[[Mutant, list[pytest.Item]], bool]
LONGEST = 60  # seconds of the processor: a mutant may loop for ever


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="mutants with this text in their name")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    options = parser.parse_args()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    trial = Trial(options.only, options.processes)
    with tempfile.TemporaryDirectory() as folder:
        status = pytest.main([*TESTS, *OPTIONS, "--basetemp", folder], plugins=[trial])
    return int(status)


class Trial:
    """A plugin of pytest: in place of one run of the tests, one for each mutant."""

    def __init__(self, only: str, n_processes: int) -> None:
        self.only = only
        self.n_processes = n_processes

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        start = time.perf_counter()
        callers = tests_by_function(session.items)
        listed = {name for name in equivalent() if self.only in name}
        survivors = set()
        totals: Counter[str] = Counter()
        chosen = (mutant for mutant in all_mutants() if self.only in mutant.name)
        for mutant, survived in self.judged(chosen, callers):
            totals[mutant.file] += 1
            if survived:
                survivors.add(mutant.name)
                print("listed  " if mutant.name in listed else "SURVIVED", mutant.name, flush=True)
        for name in sorted(listed - survivors):
            print("listed, but does not survive:", name)
        self.check_that_the_right_code_survives(session.items)
        print(
            f"{totals.total()} mutants: {totals.total() - len(survivors)} killed, "
            f"{len(survivors & listed)} listed as equivalent, {len(survivors - listed)} survived; "
            f"{(time.perf_counter() - start) / 60:.0f} minutes"
        )
        session.testsfailed = len(survivors ^ listed)
        if not (self.only or session.testsfailed):
            write_page(totals, survivors)
        return True

    def judged(
        self, waiting: Iterator[Mutant], callers: dict[str, list[pytest.Item]]
    ) -> Iterator[tuple[Mutant, bool]]:
        """Each mutant, and whether it survived, as soon as that is known."""
        running: dict[int, Mutant] = {}
        mutant = next(waiting, None)
        while mutant or running:
            if mutant and len(running) < self.n_processes:
                tests = callers.get(f"{mutant.file} {mutant.place}", []) if mutant.in_body else []
                running[fork(run_here if tests else run_afresh, mutant, tests)] = mutant
                mutant = next(waiting, None)
            else:
                process, status = os.wait()
                yield running.pop(process), status == 0

    def check_that_the_right_code_survives(self, tests: list[pytest.Item]) -> None:
        """At the end, so that nothing that a mutant left behind has killed those after it."""
        code = (ROOT / "mygrad" / "engine.py").read_text(encoding="utf-8")
        right = Mutant("engine.py", "", True, "the right code", code)
        for run in (run_here, run_afresh):
            if os.waitpid(fork(run, right, tests), 0)[1] != 0:
                pytest.exit(f"{run.__name__} kills the right code too", returncode=1)


def fork(run: Run, mutant: Mutant, tests: list[pytest.Item]) -> int:
    """A process that ends with 0 if the mutant survives."""
    sys.stdout.flush()
    process = os.fork()
    if process == 0:
        survived = False
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
            survived = run(mutant, tests)
        finally:  # whatever a mutant raises, the fork must not go on in its parent's place
            os._exit(0 if survived else 1)
    return process


def tests_by_function(tests: list[pytest.Item]) -> dict[str, list[pytest.Item]]:
    """Runs all tests, which must pass; for each function of the modules those that call it."""
    files = {str(ROOT / "mygrad" / f"{module}.py"): f"{module}.py" for module in MODULES}
    callers: dict[str, dict[pytest.Item, float]] = defaultdict(dict)
    for test in tests:
        called: set[CodeType] = set()

        def note(frame: FrameType, *_: object, called: set[CodeType] = called) -> None:
            called.add(frame.f_code)

        start = time.perf_counter()
        sys.setprofile(note)
        passed = passes(test)
        sys.setprofile(None)
        if not passed:
            pytest.exit(f"{test.nodeid} fails without any mutant: mend it first", returncode=1)
        seconds = time.perf_counter() - start
        for code in called:
            if code.co_filename in files:
                callers[f"{files[code.co_filename]} {code.co_qualname}"][test] = seconds
    return {function: sorted(seconds, key=seconds.get) for function, seconds in callers.items()}


def passes(test: pytest.Item) -> bool:
    return all(report.passed or report.skipped for report in runtestprotocol(test, log=False))


def all_mutants() -> Iterator[Mutant]:
    for module in MODULES:
        file = f"{module}.py"
        yield from mutants(file, (ROOT / "mygrad" / file).read_text(encoding="utf-8"))


def equivalent() -> dict[str, str]:
    """Why each listed mutant changes nothing, by its name."""
    groups = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["equivalent"]
    return {name: group["why"] for group in groups for name in group["mutants"]}


def run_here(mutant: Mutant, tests: list[pytest.Item]) -> bool:
    """Whether these tests pass with the faulty function in the place of the module's own."""
    module = sys.modules[f"mygrad.{mutant.file.removesuffix('.py')}"]
    faulty = ModuleType(module.__name__)
    exec(compile(mutant.code, mutant.file, "exec"), vars(faulty))
    if mutant.place:
        function(module, mutant.place).__code__ = function(faulty, mutant.place).__code__
    return all(passes(test) for test in tests)


def function(module: ModuleType, place: str) -> FunctionType:
    """The function or method of this qualified name, without what is wrapped around it."""
    found: FunctionType = inspect.unwrap(operator.attrgetter(place)(module))
    return found


def run_afresh(mutant: Mutant, _: object) -> bool:
    """All tests, in a process of their own and a copy of the project; the module's own first."""
    tests = sorted(TESTS, key=lambda test: not test.endswith(f"test_{mutant.file}"))
    with tempfile.TemporaryDirectory() as folder:
        for name in ("mygrad", "tests", "docs"):
            shutil.copytree(ROOT / name, Path(folder, name))
        for name in ("conftest.py", "pyproject.toml"):
            shutil.copy(ROOT / name, folder)
        Path(folder, "mygrad", mutant.file).write_text(mutant.code, encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-x", *tests, *OPTIONS]
        environment = {**os.environ, "PYTHONPATH": folder}
        return subprocess.run(command, cwd=folder, env=environment).returncode == 0


def write_page(totals: Counter[str], survivors: set[str]) -> None:
    """How many faults each file had, and what became of them."""
    from report import inserted, table  # it imports the package, so not before pytest does

    alive = Counter(name.partition(" ")[0] for name in survivors)
    counts = {f"`{file}`": (n, n - alive[file], alive[file]) for file, n in totals.items()}
    counts["all"] = (totals.total(), totals.total() - len(survivors), len(survivors))
    rows = [[name, *(f"{n:,}" for n in numbers)] for name, numbers in counts.items()]
    text = table(["file", "faults", "found by a test", "change nothing"], rows)
    page = inserted(PAGE.read_text(encoding="utf-8"), text, START, END)
    PAGE.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
