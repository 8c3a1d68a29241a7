"""A chapter as a notebook, with what its blocks printed, raised and drew."""

from __future__ import annotations

from nbformat import NotebookNode, v4

from mygrad import Film
from mygrad.book.download.cells import Cell, Outputs
from mygrad.book.page import Block
from mygrad.book.run.execute import Outcome
from mygrad.book.run.traceback import last_words
from mygrad.pictures.picture import AnyPicture

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
GOES_ON = {"tags": ["raises-exception"]}  # Run All, after this cell's error


def as_notebook(cells: list[Cell]) -> str:
    """The cells as a notebook, in the form in which Jupyter saves it."""
    count = 0
    found = []
    for number, cell in enumerate(cells, 1):
        name = f"cell-{number}"  # by itself nbformat takes a random one, another in each build
        if cell.block is None:
            found.append(v4.new_markdown_cell(cell.text, id=name))
            continue
        count += cell.outputs is not None
        found.append(
            v4.new_code_cell(
                cell.text,
                id=name,
                metadata=GOES_ON if "raises" in cell.block.directives else {},
                execution_count=None if cell.outputs is None else count,
                outputs=[numbered_output(output, count) for output in cell.outputs or []],
            )
        )
    text: str = v4.writes(v4.new_notebook(cells=found, metadata=METADATA))
    return text + "\n"


def numbered_output(output: NotebookNode, count: int) -> NotebookNode:
    """An output of the cell that was run as the so-manyth."""
    shows_result = output["output_type"] == "execute_result"
    return NotebookNode({**output, "execution_count": count}) if shows_result else output


def outputs_of(block: Block, outcome: Outcome, picture: AnyPicture | None) -> Outputs:
    """What a block printed, raised and drew, as a notebook keeps it."""
    outputs: Outputs = []
    printed = outcome.printed
    if block.output and "raises" not in block.directives:
        printed = block.output.content  # the same, with the addresses that the page shows
    if printed:
        outputs.append(v4.new_output("stream", text=printed))
    if error := outcome.error:
        ename, evalue, traceback = type(error).__name__, str(error), [last_words(error)]
        outputs.append(v4.new_output("error", ename=ename, evalue=evalue, traceback=traceback))
    if picture:
        data = shown(picture, outcome.value)
        outputs.append(v4.new_output("execute_result", data))
    return outputs


def shown(picture: AnyPicture, value: object) -> dict[str, str]:
    """A picture as a notebook shows it though nobody trusts it yet; a film with its steps."""
    return {
        "text/html": value._repr_html_() if isinstance(value, Film) else picture.html(),
        "image/svg+xml": picture.file(),
        "text/plain": picture.title or "A picture",
    }
