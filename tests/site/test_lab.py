"""The lab: a notebook whose numbers are tested here, and which the build runs again."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mygrad.book.check import same_output
from mygrad.book.execute import execute, format_error

ROOT = Path(__file__).parent.parent.parent
NOTEBOOK = ROOT / "docs" / "lab" / "moons.ipynb"


def code_cells():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def test_every_cell_prints_what_the_notebook_shows():
    namespace = {"__name__": "__main__"}
    for number, cell in enumerate(code_cells(), 1):
        outcome = execute("".join(cell["source"]), namespace, f"cell {number}", 1)
        shown = "".join(text for output in cell["outputs"] for text in output["text"])

        assert outcome.error is None, format_error(outcome.error, f"cell {number}")
        assert same_output(shown, outcome.printed), f"cell {number} prints:\n{outcome.printed}"
        if hasattr(outcome.value, "_repr_svg_"):
            assert outcome.value._repr_svg_().startswith("<svg")


def test_it_keeps_text_only():
    """Pictures are drawn when it is run, and would be generated files in git."""
    kinds = {output["output_type"] for cell in code_cells() for output in cell["outputs"]}

    assert kinds == {"stream"}


@pytest.mark.slow
def test_a_broken_cell_fails_the_build(tmp_path):
    for name in ("mkdocs.yml", "mygrad", "images", "pyproject.toml", "README.md", "LICENSE"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "docs" / "assets", tmp_path / "docs" / "assets")
    (tmp_path / "docs" / "index.md").write_text("# A page\n")
    broken = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    broken["cells"] = [cell for cell in broken["cells"] if cell["cell_type"] == "code"][:1]
    broken["cells"][0]["source"] = "1 / 0"
    (tmp_path / "docs" / "lab.ipynb").write_text(json.dumps(broken))
    build = [sys.executable, "-m", "mkdocs", "build"]
    run = subprocess.run(build, cwd=tmp_path, capture_output=True, text=True)

    assert run.returncode != 0
    assert "ZeroDivisionError" in run.stdout + run.stderr
