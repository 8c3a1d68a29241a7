"""The film of one graph: its frames, and its picture as the last of them leaves it."""

from __future__ import annotations

import copy
import functools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mygrad.engine import Value
from mygrad.graph import topological_order
from mygrad.passes.diagnosis import total_derivatives
from mygrad.passes.wording import label, number
from mygrad.pictures.dot import describe_graph, draw_values
from mygrad.pictures.film.frame import Frame
from mygrad.pictures.film.groups import Groups
from mygrad.pictures.picture import Picture, data_attributes, printable

if TYPE_CHECKING:
    from mygrad.pictures.graphviz import Drawing


class Reel:
    """The film of one graph: its frames, and its picture as the last of them leaves it."""

    def __init__(
        self,
        root: Value,
        told: list[Frame],
        groups: Mapping[str, Iterable[Value] | Value] | None,
        rankdir: str,
        title: str,
        description: str,
    ) -> None:
        nodes = topological_order(root)
        self.root = root
        self.title = printable(title)
        self.frames = told
        self.groups = None if groups is None else Groups(root, groups)
        self.names = {node: f"n{i}" for i, node in enumerate(nodes)}  # as in draw_values
        last = {(node, "data"): number(node.data) for node in nodes}
        last |= {(node, "grad"): number(node.grad) for node in nodes}
        last |= {(frame.changed, frame.field): frame.after for frame in told}

        def show(node: Value) -> list[str]:
            return [label(node), f"data {last[node, 'data']}", f"grad {last[node, 'grad']}"]

        description = description or describe_graph(nodes, show)
        self.values = draw_values(nodes, show, groups is None, rankdir, title, description)
        self.drawing: Drawing = self.groups.draw(title, told) if self.groups else self.values

    def picture(self) -> Picture:
        """The graph as the last frame leaves it."""
        return self.drawing.picture()

    @functools.cached_property
    def with_derivatives(self) -> Picture:
        """The picture of all values, with each one's total derivative as data of its box."""
        drawing = copy.copy(self.values)  # as it is laid out, if it is
        drawing.attributes = {
            self.names[node]: data_attributes({"sum": text})
            for node, text in total_derivatives(self.root).items()
        }
        return drawing.picture()
