"""A large graph as a few boxes: one for each group of values, such as a layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mygrad.arguments import checked_node, kind_of
from mygrad.engine import Value
from mygrad.graph import topological_order
from mygrad.pictures.checks import checked_list, checked_text
from mygrad.pictures.dot import LONGEST_ARROWS
from mygrad.pictures.film.frame import Frame

if TYPE_CHECKING:
    from mygrad.pictures.graphviz import Drawing


class Groups:
    """Which value is in which group, and how far a film has got in each.

    `results` names groups and says where each ends: a group has the values that its results were
    made from, without those of the groups before it.  ValueError where a value is left over.
    """

    def __init__(self, root: Value, results: Mapping[str, Iterable[Value] | Value]) -> None:
        if not (isinstance(results, Mapping) and results):
            raise TypeError(
                f"groups maps names to the values where they end, got {kind_of(results)}; "
                'write it as in {"layer 1": outputs, "loss": loss}'
            )
        self.names = [checked_text("a group's name", name) for name in results]
        self.nodes = topological_order(root)
        self.of: dict[Value, int] = {}
        inside = set(self.nodes)
        for group, (name, ends) in enumerate(results.items()):
            for end in [ends] if isinstance(ends, Value) else listed(name, ends):
                if end not in inside:
                    raise ValueError(
                        f"the group {name!r} ends with {end!r}, which is not in the graph: "
                        "take the values that the root was made from"
                    )
                for node in topological_order(end):
                    self.of.setdefault(node, group)
        left_over = [node for node in self.nodes if node not in self.of]
        if left_over:
            raise ValueError(
                f"{len(left_over)} of {len(self.nodes)} values are in none of the groups "
                f"{', '.join(self.names)}: let the last one end with the root"
            )
        self.sizes = self.count(self.nodes)

    def draw(self, title: str, frames: list[Frame]) -> Drawing:
        """The groups as boxes, each as far as the last of the frames leaves it."""
        from mygrad.pictures.graphviz import Drawing

        drawing = Drawing(title, "; ".join(map(self.describe, range(len(self.names)))))
        known = self.known_before(frames)
        for frame in frames:
            known[frame.field].add(frame.changed)
        values, gradients = self.count(known["data"]), self.count(known["grad"])
        for group, (name, size) in enumerate(zip(self.names, self.sizes)):
            if size:
                shown = [
                    f"values {values[group]} of {size}",
                    f"gradients {gradients[group]} of {size}",
                ]
                drawing.value(f"g{group}", [name, *shown])
        pairs = [(self.of[child], self.of[node]) for node in self.nodes for child in node._prev]
        for child, node in dict.fromkeys(pairs):
            if child != node:
                drawing.edge(f"g{child}", f"g{node}")
        return drawing

    def describe(self, group: int) -> str:
        return f"{self.names[group]}: {self.sizes[group]} values"

    def progress(self, frames: list[Frame]) -> list[tuple[str, str]]:
        """How many of a group have their number before and after each frame: "11 of 92"."""
        known = self.known_before(frames)
        counts = {field: self.count(nodes) for field, nodes in known.items()}
        found = []
        for frame in frames:
            group, count = self.of[frame.changed], counts[frame.field]
            before = count[group]
            count[group] += frame.changed not in known[frame.field]
            known[frame.field].add(frame.changed)
            size = self.sizes[group]
            found.append((f"{before} of {size}", f"{count[group]} of {size}"))
        return found

    def known_before(self, frames: list[Frame]) -> dict[str, set[Value]]:
        """The values that have their data, and those that have a gradient, before these frames."""
        computed = any(frame.field == "data" for frame in frames)
        data = {node for node in self.nodes if not (computed and node._prev)}
        return {"data": data, "grad": set()}

    def count(self, nodes: Iterable[Value]) -> list[int]:
        """How many of these values each group has."""
        counts = [0] * len(self.names)
        for node in nodes:
            counts[self.of[node]] += 1
        return counts


def listed(group: str, ends: Iterable[Value]) -> list[Value]:
    """The values where a group ends."""
    found = checked_list(f"the group {group!r}", ends, LONGEST_ARROWS, "values")
    return [checked_node(f"the group {group!r}", end) for end in found]
