"""A chapter as a notebook, with what its blocks printed, raised and drew."""

from __future__ import annotations

import json
from typing import Any

from mygrad import Film
from mygrad.book.download.cells import Cell
from mygrad.book.run.execute import Outcome
from mygrad.book.run.traceback import last_words
from mygrad.pictures.picture import AnyPicture


def as_notebook(cells: list[Cell]) -> str:
    """The cells as a notebook (nbformat 4.5), with what the blocks printed, raised and drew."""
    count = 0
    found: list[dict[str, Any]] = []
    for number, cell in enumerate(cells, 1):
        common = {"id": f"cell-{number}", "metadata": {}, "source": cell.text}
        if cell.block is None:
            found.append({"cell_type": "markdown", **common})
            continue
        ran = cell.outcome is not None
        count += ran
        if "raises" in cell.block.directives:
            common["metadata"] = {"tags": ["raises-exception"]}  # Run All goes on
        found.append(
            {
                "cell_type": "code",
                **common,
                "execution_count": count if ran else None,
                "outputs": outputs_of(cell, count),
            }
        )
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    notebook = {"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def outputs_of(cell: Cell, count: int) -> list[dict[str, Any]]:
    """What a block printed, raised and drew, as a notebook keeps it."""
    outputs: list[dict[str, Any]] = []
    printed = cell.outcome.printed if cell.outcome else ""
    if printed and cell.block and cell.block.output and "raises" not in cell.block.directives:
        printed = cell.block.output.content  # the same, with the addresses that the page shows
    if printed:
        outputs.append({"output_type": "stream", "name": "stdout", "text": printed})
    if cell.outcome and cell.outcome.error:
        error = cell.outcome.error
        outputs.append(
            {
                "output_type": "error",
                "ename": type(error).__name__,
                "evalue": str(error),
                "traceback": [last_words(error)],
            }
        )
    if cell.picture:
        outputs.append(
            {
                "output_type": "execute_result",
                "execution_count": count,
                "data": shown(cell.picture, cell.outcome),
                "metadata": {},
            }
        )
    return outputs


def shown(picture: AnyPicture, outcome: Outcome | None) -> dict[str, str]:
    """A picture as a notebook shows it though nobody trusts it yet; a film with its steps."""
    film = outcome.value if outcome and isinstance(outcome.value, Film) else None
    return {
        "text/html": film._repr_html_() if film else picture.html(),
        "image/svg+xml": picture.file(),
        "text/plain": picture.title or "A picture",
    }
