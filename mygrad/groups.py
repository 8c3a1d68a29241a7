"""A large graph as a few boxes: one for each group of values, such as a layer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mygrad.engine import Value, topological_order
from mygrad.frames import Frame

if TYPE_CHECKING:
    from mygrad.drawing import Drawing


class Groups:
    """Which value is in which group, and how far a film has got in each.

    `results` names groups and says where each ends: a group has the values that its results were
    made from, without those of the groups before it.  ValueError where a value is left over.
    """

    def __init__(self, root: Value, results: Mapping[str, Iterable[Value] | Value]) -> None:
        self.names = list(results)
        self.of: dict[Value, int] = {}
        for group, ends in enumerate(results.values()):
            for end in [ends] if isinstance(ends, Value) else ends:
                for node in topological_order(end):
                    self.of.setdefault(node, group)
        self.nodes = topological_order(root)
        left_over = [node for node in self.nodes if node not in self.of]
        if left_over:
            raise ValueError(
                f"{len(left_over)} of {len(self.nodes)} values are in none of the groups "
                f"{', '.join(self.names)}: let the last one end with the root"
            )
        self.sizes = [0] * len(self.names)
        for node in self.nodes:
            self.sizes[self.of[node]] += 1

    def draw(self, title: str) -> Drawing:
        """The groups as boxes, with all values and gradients computed."""
        from mygrad.drawing import Drawing

        drawing = Drawing(title, "; ".join(map(self.describe, range(len(self.names)))))
        for group, name in enumerate(self.names):
            if self.sizes[group]:
                all_of_them = counted(self.sizes[group], self.sizes[group])
                drawing.value(
                    f"g{group}", [name, f"values {all_of_them}", f"gradients {all_of_them}"]
                )
        pairs = [(self.of[child], self.of[node]) for node in self.nodes for child in node._prev]
        for child, node in dict.fromkeys(pairs):
            if child != node:
                drawing.edge(f"g{child}", f"g{node}")
        return drawing

    def describe(self, group: int) -> str:
        return f"{self.names[group]}: {self.sizes[group]} values"

    def progress(self, frames: list[Frame]) -> list[tuple[str, str]]:
        """How many of a group have their number before and after each frame: "11 of 92"."""
        known = {
            "data": {node for node in self.nodes if not node._prev},
            "grad": set[Value](),
        }
        if not any(frame.field == "data" for frame in frames):
            known["data"].update(self.nodes)
        counts = {field: [0] * len(self.names) for field in known}
        for field, nodes in known.items():
            for node in nodes:
                counts[field][self.of[node]] += 1
        found = []
        for frame in frames:
            group = self.of[frame.changed]
            before = counts[frame.field][group]
            if frame.changed not in known[frame.field]:
                known[frame.field].add(frame.changed)
                counts[frame.field][group] += 1
            size = self.sizes[group]
            found.append((counted(before, size), counted(counts[frame.field][group], size)))
        return found


def counted(some: int, size: int) -> str:
    return f"{some} of {size}"
