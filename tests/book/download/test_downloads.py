"""A chapter as a notebook and as a Python file: nothing is lost, and any reader can show it."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from mygrad.book.download.cells import cells_of
from mygrad.book.download.links import PageAddress
from mygrad.book.download.notebook import as_notebook, outputs_of
from mygrad.book.download.offer import offer
from mygrad.book.download.percent import as_python
from mygrad.book.parse import parse
from mygrad.book.run.session import Session
from mygrad.pictures.picture import ForeignPicture, Picture

PLACE = PageAddress(
    "chapters/03-graph.md", "https://example.org/book/", "https://example.org/a.whl"
)


def cells(text, pictures=None):
    session = Session(parse(text, Path("page.md")))
    outputs = {}
    for block in session.page.blocks:
        if outcome := session.outcome(block):
            outputs[block.line] = outputs_of(block, outcome, (pictures or {}).get(block.line))
    return cells_of(session.page, outputs, PLACE)


def text_of(text):
    """The first cell of a page, without the last paragraph, which says where it comes from."""
    return cells(text)[0].text.rpartition("\n\n")[0]


def notebook(text, pictures=None):
    return nbformat.reads(as_notebook(cells(text, pictures)), 4)["cells"]


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("04-by-hand.md", "chapters/04-by-hand/"),
        ("04-by-hand.md#check", "chapters/04-by-hand/#check"),
        ("#check", "chapters/03-graph/#check"),
        ("../reference.md#mygrad.Value", "reference/#mygrad.Value"),
        ("../index.md", ""),
        ("../lab/moons.ipynb", "lab/moons/"),
        ("../images/neuron.svg", "images/neuron.svg"),
    ],
)
def test_a_link_works_from_anywhere(target, address):
    assert text_of(f"See [this]({target}).") == f"See [this](https://example.org/book/{address})."


def test_a_link_to_elsewhere_stays():
    assert (
        text_of("See [this](https://example.com/a.md).") == "See [this](https://example.com/a.md)."
    )


def test_code_is_not_taken_for_a_link():
    text = "Call `layers[0](x)`.\n\n```diff\n- n(x)  # or `layers[0](x)`\n```\n\nThe end."

    assert text_of(text) == text


def test_a_formula_of_its_own_line_stands_between_double_dollars():
    assert text_of("So $x$ is\n\n```math\nx^2\n```\n\nnow.") == "So $x$ is\n\n$$\nx^2\n$$\n\nnow."


def test_a_box_becomes_a_quote_with_its_title():
    text = 'One.\n\n??? question "Predict: what?"\n\n    This,\n    that.\n\n    More.\n\nTwo.'

    assert text_of(text) == "One.\n\n> **Predict: what?**\n>\n> This,\n> that.\n>\n> More.\n\nTwo."


def test_a_box_around_a_block_goes_on_after_it():
    found = cells(
        "!!! note\n\n    Before.\n\n    ```python\n    a = 1\n    ```\n\n    After.\n\nOutside."
    )

    assert found[0].text.startswith("> **Note**\n>\n> Before.")
    assert [cell.text for cell in found[1:]] == ["a = 1", "> After.\n\nOutside."]


def test_a_box_goes_on_right_below_a_block():
    found = cells("!!! note\n\n    ```python\n    a = 1\n    ```\n    After.")

    assert found[-1].text == "> After."


def test_what_is_indented_below_a_box_is_no_part_of_it():
    text = "!!! note\n\n    In.\n\n- One.\n\n    More of it."

    assert text_of(text) == "> **Note**\n>\n> In.\n\n- One.\n\n    More of it."


def test_directives_outputs_and_anchors_are_no_text():
    text = (
        '# A\n\n<a id="b"></a>\n<!-- raises: ZeroDivisionError -->\n```python\n1 / 0\n```\n\nEnd.'
    )

    assert [cell.text for cell in cells(text)[1:]] == ["1 / 0", "End."]
    assert text_of(text) == "# A"


def test_an_anchor_in_a_box_is_no_text_either():
    text = '??? question "Why?"\n\n    <a id="b"></a>\n    For this reason.'

    assert text_of(text) == "> **Why?**\n>\n> For this reason."


def test_the_package_s_source_is_text_and_as_long_as_it_is_now():
    text = "Before.\n\n<!-- source: mygrad.engine:Value.tanh -->\n```python\nold\n```\n\nAfter."
    shown = text_of(text)

    assert shown.startswith("Before.\n\n```python\n# mygrad/engine.py, line ")
    assert "def tanh(self)" in shown
    assert shown.endswith("```\n\nAfter.")


def test_a_figure_is_the_site_s_and_a_caption_follows_its_block():
    text = (
        "<!-- caption: See. -->\n<!-- figure: neuron -->\n\n<!-- caption: C. -->\n```python\n1\n```"
    )

    assert text_of(text) == "![See.](https://example.org/book/images/neuron.svg)"
    assert cells(text)[2].text.startswith("*C.*")


def test_the_first_cell_says_what_the_package_is_and_where_it_comes_from():
    assert "<https://example.org/book/chapters/03-graph/>" in cells("# A")[0].text
    assert "pip install https://example.org/a.whl" in cells("# A")[0].text


RAISES = "<!-- raises: ZeroDivisionError -->\n```python\nprint(1)\n1 / 0\n```\n"
SHOWN = "\n```text\n1\nZeroDivisionError: division by zero\n```\n"


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        (SHOWN, "1\nZeroDivisionError: division by zero\n2\n"),
        ("", "1\nIt raises ZeroDivisionError.\n2\n"),
    ],
)
def test_a_python_file_goes_on_after_an_announced_error(shown, printed):
    python = as_python(cells(f"# A\n\n{RAISES}{shown}\n```python\nprint(2)\n```"))
    run = subprocess.run([sys.executable, "-c", python], capture_output=True, text=True)

    assert run.stdout == printed


def test_a_python_file_has_the_text_as_comments_between_marks():
    python = as_python(cells("# A\n\nText.\n\n```python\na = 1\n```"))

    assert python.startswith("# %% [markdown]\n# # A\n#\n# Text.\n#\n")
    assert python.endswith("\n\n# %%\na = 1\n")


def test_a_notebook_has_what_a_block_printed_raised_and_drew():
    text = f"# A\n\n{RAISES}{SHOWN}\n```python\nprint(2)\n3\n```\n"
    picture = Picture("", 1.0, 1.0, "A < B", "")
    _, raising, drawing = notebook(text, {parse(text, Path("x.md")).blocks[1].line: picture})

    assert raising["metadata"] == {"tags": ["raises-exception"]}
    assert [output["output_type"] for output in raising["outputs"]] == ["stream", "error"]
    assert raising["outputs"][0]["text"] == "1\n"
    assert raising["outputs"][1]["ename"] == "ZeroDivisionError"
    assert raising["outputs"][1]["evalue"] == "division by zero"
    assert raising["outputs"][1]["traceback"] == ["ZeroDivisionError: division by zero"]
    assert drawing["metadata"] == {}
    assert drawing["outputs"][0]["text"] == "2\n"
    assert drawing["outputs"][1]["execution_count"] == drawing["execution_count"] == 2
    assert drawing["outputs"][1]["data"] == {
        "text/html": picture.html(),  # what is not trusted shows this, and not the next
        "image/svg+xml": picture.file(),
        "text/plain": "A < B",
    }


def test_a_notebook_shows_a_film_as_picture_and_list():
    code = "from mygrad import Value, draw_steps\ndraw_steps(Value(2.0) * 3)"
    text = f"```python\n{code}\n```\n"
    (block,) = parse(text, Path("x.md")).blocks
    *_, film = notebook(text, {block.line: Picture("", 1.0, 1.0, "A film", "")})
    html = film["outputs"][0]["data"]["text/html"]

    assert "<img " in html
    assert "<li>2.0 * 3.0 = 6.0</li>" in html


def test_a_picture_without_a_title_is_named_all_the_same():
    """As one that is not the package's own."""
    text = "```python\n1\n```\n"
    (block,) = parse(text, Path("x.md")).blocks
    *_, drawing = notebook(text, {block.line: ForeignPicture("<svg></svg>")})

    assert drawing["outputs"][0]["data"]["text/plain"] == "A picture"


def test_a_block_that_was_not_run_has_no_output_and_no_number(monkeypatch):
    monkeypatch.setattr("mygrad.book.run.session.is_missing", lambda need: need == "torch")
    needing = "<!-- needs: torch -->\n```python\nprint(1)\n```\n\n```text\n1\n```\n"
    found = notebook(f"{needing}\n```python\nprint(2)\n```")
    code = [cell for cell in found if cell["cell_type"] == "code"]

    assert [(cell["execution_count"], len(cell["outputs"])) for cell in code] == [(None, 0), (1, 1)]


def test_an_address_is_the_one_that_the_page_shows():
    """Or two builds would differ."""
    found = notebook("```python\nprint(object())\n```\n\n```text\n<object object at 0x1>\n```")

    assert found[-1]["outputs"][0]["text"] == "<object object at 0x1>\n"


def test_a_notebook_is_valid_and_the_same_in_each_build():
    """By itself nbformat gives each cell a random name."""
    text = as_notebook(cells(f"# A\n\n{RAISES}{SHOWN}"))

    read = nbformat.reads(text, 4)
    nbformat.validate(read)
    assert read.metadata.kernelspec.name == "python3"
    assert as_notebook(cells(f"# A\n\n{RAISES}{SHOWN}")) == text


def test_a_notebook_stays_as_it_is_when_it_is_opened_and_saved(tmp_path):
    """So a reader's version control shows what the reader has changed, and nothing else."""
    text = as_notebook(cells(f"# A\n\n{RAISES}{SHOWN}"))
    nbformat.write(nbformat.reads(text, 4), tmp_path / "saved.ipynb")

    assert (tmp_path / "saved.ipynb").read_text(encoding="utf-8") == text


def test_the_offer_links_the_files_beside_the_page():
    assert 'href="03-graph.py"' in offer(PLACE)
    assert 'href="03-graph.ipynb"' in offer(PLACE)
