"""The lab: a notebook whose numbers are tested here, and which the build runs again."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from markup import third_parties

from mygrad.book.run.execute import execute
from mygrad.book.run.traceback import format_error
from mygrad.book.verify.compare import same_output

ROOT = Path(__file__).parent.parent.parent
NOTEBOOK = ROOT / "docs" / "lab" / "moons.ipynb"


def code_cells():
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.slow
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


@pytest.fixture
def project(tmp_path):
    """A copy of the project with one page."""
    (tmp_path / "images").mkdir()
    for name in ("mkdocs.yml", "mygrad", "pyproject.toml", "README.md", "LICENSE"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "docs" / "assets", tmp_path / "docs" / "assets")
    (tmp_path / "docs" / "index.md").write_text("# A page\n")
    return tmp_path


def build(project, cell):
    """Build the project with a notebook of one cell."""
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    notebook["cells"] = [c for c in notebook["cells"] if c["cell_type"] == "code"][:1]
    notebook["cells"][0]["source"] = cell
    (project / "docs" / "lab.ipynb").write_text(json.dumps(notebook))
    command = [sys.executable, "-m", "mkdocs", "build"]
    environment = {**os.environ, "CI": ""}  # the pages that are not there are no error
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True)


@pytest.mark.slow
def test_a_broken_cell_fails_the_build(project):
    run = build(project, "1 / 0")

    assert run.returncode != 0
    assert "ZeroDivisionError" in run.stdout + run.stderr


@pytest.mark.slow
def test_no_page_beside_a_notebook_asks_a_third_party(project):
    """A newer plugin puts a script into every page, an older one into that of the notebook."""
    run = build(project, "print('here')")
    pages = {path: path.read_text(encoding="utf-8") for path in project.glob("site/**/*.html")}

    assert run.returncode == 0, run.stderr
    assert any("here" in html for html in pages.values())
    assert {path: third_parties(html) for path, html in pages.items() if third_parties(html)} == {}
    assert any("clipboard" in html for html in pages.values())  # the other scripts stay
