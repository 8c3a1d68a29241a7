"""The passes over a graph as a film: one picture, and a list of what each step changes in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from mygrad import svg
from mygrad.engine import Value
from mygrad.frames import Frame, Step, frames, one_pass, whole_derivatives
from mygrad.graph import check_size, describe, draw_values, name, number, trace
from mygrad.groups import Groups
from mygrad.steps import forward_steps

if TYPE_CHECKING:
    from mygrad.drawing import Drawing


def draw_steps(
    root: Value,
    steps: Iterable[Step] | None = None,
    *,
    groups: Mapping[str, Iterable[Value] | Value] | None = None,
    rankdir: str = "LR",
    title: str = "",
    description: str = "",
) -> Film:
    """Draw the graph behind `root` step by step, as a `Film`.

    Without `steps`, it shows the forward pass, then a backward pass from gradients of zero; the
    values keep the gradients that they have.  `steps` come from `forward_steps(root)` or
    `backward_steps(root)`, as `[*backward_steps(root, rule=...)]`.

    `groups` draws a large graph as a few boxes.  It names them and says where each ends, from the
    first to the last: `{"layer 1": outputs, "loss": loss}`.  The other arguments are those of
    `draw_dot`.

    Raises TypeError for what is no step, and ValueError for a step of another graph, for groups
    that leave out a value, and for a graph that is too large to draw.
    """
    if steps is None:
        steps = [*forward_steps(root), *one_pass(root)[0]]
    told = frames(root, steps)
    title = title or f"The graph of {name(root)}"
    return Film([Reel(root, told, groups, rankdir, title, description)])


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
        nodes, edges = trace(root)
        check_size(nodes, edges)
        self.root = root
        self.title = svg.printable(title)
        self.frames = told
        self.groups = Groups(root, groups) if groups else None
        self.names = {node: f"n{i}" for i, node in enumerate(nodes)}  # as in draw_values
        last = {(node, "data"): number(node.data) for node in nodes}
        last |= {(node, "grad"): number(node.grad) for node in nodes}
        last |= {(frame.changed, frame.field): frame.after for frame in told}

        def show(node: Value) -> list[str]:
            return [str(node.label), f"data {last[node, 'data']}", f"grad {last[node, 'grad']}"]

        description = description or describe(nodes, show)
        self.values = draw_values(nodes, show, not groups, rankdir, title, description)
        self.picture: Drawing = self.groups.draw(title, told) if self.groups else self.values

    def html(self, key: str, lines: Mapping[Value, str], heading: str) -> str:
        """The picture and the list of steps.  `key` begins all of its ids."""
        picture = svg.with_key(self.picture._repr_svg_(), key)
        everything = ""
        if self.groups:
            everything = svg.with_key(self.with_derivatives(self.values._repr_svg_()), f"{key}-all")
            count = len(self.names)
            everything = (
                f'<template class="mygrad-all" data-count="{count}">{everything}</template>'
            )
        else:
            picture = self.with_derivatives(picture)
        width = re.search(r'width="([\d.]+)"', picture)
        size = f' style="--picture-width: {width[1]}px"' if width else ""
        label = f'role="group" aria-label="{escape(self.title)}"'
        progress = self.groups.progress(self.frames) if self.groups else []
        steps = "".join(
            f'<li id="{key}-step-{i}"{self.attributes(frame, lines)}'
            f"{self.group_attributes(frame, *progress[i - 1]) if progress else ''}>"
            f"{sentence(frame)}</li>\n"
            for i, frame in enumerate(self.frames, 1)
        )
        return (
            f'<div class="mygrad-reel" {label}{size}>{heading}'
            f'<div class="mygrad-scroll" tabindex="0" {label}>{picture}</div>{everything}\n'
            f'<ol class="mygrad-steps">\n{steps}</ol></div>'
        )

    def attributes(self, frame: Frame, lines: Mapping[Value, str]) -> str:
        """What a step changes and which parts of the picture it is about, as `data-` attributes."""
        pairs = {
            "node": self.names[frame.node],
            "child": "" if frame.child is None else self.names[frame.child],
            "twin": str(frame.twin) if frame.twin else "",
            "field": frame.field,
            "before": frame.before,
            "after": frame.after,
            "line": lines.get(frame.node, ""),
            "formula": "" if self.groups else frame.formula,  # long, where values have no names
        }
        return attributes(pairs)

    def group_attributes(self, frame: Frame, before: str, after: str) -> str:
        """The same for the picture of the groups."""
        assert self.groups
        pairs = {
            "group-node": f"g{self.groups.of[frame.node]}",
            "group-child": "" if frame.child is None else f"g{self.groups.of[frame.child]}",
            "group-before": before,
            "group-after": after,
        }
        return attributes(pairs)

    def with_derivatives(self, picture: str) -> str:
        """The picture, with each value's whole derivative as data of its box."""
        written = {self.names[node]: text for node, text in whole_derivatives(self.root).items()}

        def with_sum(box: re.Match[str]) -> str:
            text = escape(svg.printable(written.get(box[1], "")))
            return f'{box[0]} data-sum="{text}"' if text else box[0]

        return re.sub(r'<g class="node" data-name="(n\d+)"', with_sum, picture)


class Film:
    """One or more graphs, each with its steps.

    In a page it is a player.  A notebook shows the last frame and all steps, and `print(film)`
    tells them.
    """

    def __init__(self, reels: list[Reel]) -> None:
        self.reels = reels

    def beside(self, *others: Film) -> Film:
        """One film of several, to be stepped together: step 3 of this one with step 3 of others."""
        return Film([*self.reels, *(reel for other in others for reel in other.reels)])

    def __str__(self) -> str:
        several = len(self.reels) > 1
        parts = [
            "\n".join([*[f"{reel.title}:"] * several, *map(str, reel.frames)])
            for reel in self.reels
        ]
        return "\n\n".join(parts)

    def _repr_svg_(self) -> str:
        """The last frame; of several graphs, one below the other."""
        pictures = [reel.picture._repr_svg_() for reel in self.reels]
        return pictures[0] if len(pictures) == 1 else svg.stacked(pictures)

    def _repr_html_(self) -> str:
        digest = hashlib.sha256(str(self).encode()).hexdigest()
        return self.html(f"film-{digest[:10]}")

    def html(self, key: str, lines: Mapping[Value, str] | None = None) -> str:
        """The film as a part of a page, whose scripts make a player of it.

        All of its ids begin with `key`.  `lines` says for values where the code stands that made
        them, as "block:line".
        """
        several = len(self.reels) > 1
        reels = "\n".join(
            reel.html(
                key if i == 1 else f"{key}-{i}",
                lines or {},
                f'<p class="mygrad-reel-title">{escape(reel.title)}</p>' if several else "",
            )
            for i, reel in enumerate(self.reels, 1)
        )
        return f'<div class="mygrad-film">\n{reels}\n</div>'


def sentence(frame: Frame) -> str:
    """A step's sentence as HTML, its numbers in the colours of the picture."""
    marked = "".join(
        f'<span class="mygrad-{role}">{text}</span>' if role else text
        for text, role in ((escape(svg.printable(text)), role) for text, role in frame.pieces)
    )
    return f"{marked}   <em>{escape(svg.printable(frame.note))}</em>" if frame.note else marked


def attributes(pairs: Mapping[str, str]) -> str:
    """`data-` attributes of an element: those that say something."""
    return "".join(
        f' data-{key}="{escape(svg.printable(text))}"' for key, text in pairs.items() if text
    )
