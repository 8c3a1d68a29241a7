"""From saving to seeing: `python tests/bench/serve.py`.

Serves a copy of the site, changes a word of a chapter, then a block, then the package, a few times
each, and prints the medians of the seconds until the served page shows the change.  `--root` names
another state of the project, to be measured side by side.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
CHAPTER = "chapters/03-graph"
RUNS = 3
PROJECT = [
    "docs",
    "images",
    "tests/bench/results",
    "mygrad",
    "mkdocs.yml",
    "pyproject.toml",
    "README.md",
    "LICENSE",
]
PATIENCE = 600  # seconds


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """Serve a project, and yield the address of its chapter."""
    address = f"127.0.0.1:{free_port()}"
    environment = {**os.environ, "PYTHONPATH": str(project), "CI": ""}
    environment["SITE_URL"] = f"http://{address}/"
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", address]
    server = subprocess.Popen(command, cwd=project, env=environment)
    try:
        yield f"http://{address}/{CHAPTER}/"
    finally:
        server.terminate()
        server.wait()


def seconds_until(address: str, text: str) -> float:
    """How long it takes until the page holds the text."""
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
                if text in answer.read().decode():
                    return time.perf_counter() - start
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise TimeoutError(f"{address} never showed {text!r}")


def measure(root: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "project")
        project.mkdir()
        for name in PROJECT:
            copy = shutil.copytree if (root / name).is_dir() else shutil.copy
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            copy(root / name, project / name)
        page = project / "docs" / f"{CHAPTER}.md"
        engine = project / "mygrad" / "engine.py"
        text, source = page.read_text(encoding="utf-8"), engine.read_text(encoding="utf-8")
        with serving(project) as address:
            print(f"first build: {seconds_until(address, '<h1'):.1f} s")
            kinds = {
                "a word": lambda mark: page.write_text(f"{text}\nSeen{mark}.\n", encoding="utf-8"),
                "a block": lambda mark: page.write_text(
                    f"{text}\n```python\nseen{mark} = 1\n```\n", encoding="utf-8"
                ),
                "the engine": lambda mark: (
                    engine.write_text(f"{source}\n# {mark}\n", encoding="utf-8"),
                    page.write_text(f"{text}\nSeen{mark}.\n", encoding="utf-8"),
                ),
            }
            for kind, change in kinds.items():
                times = []
                for run in range(RUNS):
                    mark = f"{kind.replace(' ', '')}{run}"
                    change(mark)
                    shown = f"seen{mark}" if kind == "a block" else f"Seen{mark}"
                    times.append(seconds_until(address, shown))
                    time.sleep(1)  # the server looks for changes twice a second
                print(f"{kind}: {statistics.median(times):.2f} s of {[round(t, 2) for t in times]}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, default=ROOT)
    measure(parser.parse_args().root)
