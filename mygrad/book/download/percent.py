"""A chapter as a Python file that every editor splits into cells."""

from __future__ import annotations

from mygrad.book.download.cells import Cell
from mygrad.book.page import Block
from mygrad.book.slice.program import indented_code


def as_python(cells: list[Cell]) -> str:
    """The cells as a Python file: text as comments, between the marks that editors know."""
    return (
        "\n\n".join(
            f"# %%\n{python_of(cell.text, cell.block)}"
            if cell.block
            else f"# %% [markdown]\n{comment(cell.text)}"
            for cell in cells
        )
        + "\n"
    )


def comment(text: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in text.split("\n"))


def python_of(code: str, block: Block) -> str:
    """A block's code, with its announced error caught, and told as the page tells it."""
    error = block.directives.get("raises")
    if error is None:
        return code
    told = f'print(f"{error}: {{error}}")'
    caught = f"except {error} as error:\n    {told}"
    if block.output is None:  # its words vary with Python's version
        caught = f'except {error}:\n    print("It raises {error}.")'
    return f"try:\n{indented_code(code)}\n{caught}"
