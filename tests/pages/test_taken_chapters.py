"""A chapter that was taken away runs where it is: as a Python file and as a notebook."""

import json
import os
import subprocess
import sys

import jupytext
import nbformat
import pytest
from nbconvert.preprocessors import ExecutePreprocessor
from project import ROOT

from mygrad.book.download.cells import cells_of
from mygrad.book.download.links import PageAddress
from mygrad.book.download.notebook import as_notebook, outputs_of
from mygrad.book.download.percent import as_python
from mygrad.book.parse import parse
from mygrad.book.run.session import Session
from mygrad.book.verify.check import check
from mygrad.book.verify.compare import same_output

CHAPTERS = sorted((ROOT / "docs" / "chapters").glob("*.md"))

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=CHAPTERS, ids=lambda path: path.stem)
def chapter(request):
    pytest.importorskip("torch", reason="a chapter is taken away with every block run")
    session = Session(parse(request.param.read_text(encoding="utf-8"), request.param))
    outputs = {}
    for block in session.page.blocks:
        picture = check(session, block)
        outputs[block.line] = outputs_of(block, session.outcome(block), picture)
    place = PageAddress(
        f"chapters/{request.param.name}", "https://example.org/", "https://example.org/a.whl"
    )
    return session.page, cells_of(session.page, outputs, place)


def run(folder, *command):
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_python_file_prints_all_outputs_of_the_page(chapter, tmp_path):
    page, cells = chapter
    (tmp_path / "chapter.py").write_text(as_python(cells), encoding="utf-8")
    shown = ""
    for block in page.blocks:
        if block.output:
            shown += block.output.content
        elif "raises" in block.directives:
            shown += f"It raises {block.directives['raises']}.\n"

    assert same_output(shown, run(tmp_path, "chapter.py"))


def test_editors_find_the_cells_of_the_page_in_the_python_file(chapter):
    """With jupytext as the judge: what is text there is the page's text, line for line."""
    _, cells = chapter
    reader = {"extension": ".py", "format_name": "percent", "comment_magics": False}
    found = jupytext.reads(as_python(cells), reader).cells

    assert [cell.cell_type for cell in found] == [
        "code" if cell.block else "markdown" for cell in cells
    ]
    assert [text.source for text in found if text.cell_type == "markdown"] == [
        cell.text for cell in cells if not cell.block
    ]


def said(cell):
    """What a code cell printed and drew, and the types of its errors."""
    outputs = cell["outputs"]
    printed = "".join("".join(o["text"]) for o in outputs if o.get("name") == "stdout")
    errors = [o["ename"] for o in outputs if o["output_type"] == "error"]
    data = [o["data"] for o in outputs if "data" in o]
    return printed, errors, ["".join(d["image/svg+xml"]) for d in data if "image/svg+xml" in d]


def test_the_notebook_does_again_what_it_shows(chapter, tmp_path, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    page, cells = chapter
    text = as_notebook(cells)
    again = nbformat.reads(text, 4)
    nbformat.validate(again)
    ExecutePreprocessor().preprocess(again, {"metadata": {"path": tmp_path}})
    before = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    after = [cell for cell in again["cells"] if cell["cell_type"] == "code"]

    assert len(before) == sum("source" not in block.directives for block in page.blocks)
    for shown, now in zip(before, after):
        printed, errors, pictures = said(now)
        assert same_output(said(shown)[0], printed), shown["source"]
        assert said(shown)[1:] == (errors, pictures), shown["source"]
