"""The passes over a graph as a film: one picture, and a list of what each step changes in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from mygrad.arguments import kind_of
from mygrad.engine import Value
from mygrad.graph import topological_order
from mygrad.passes.diagnosis import one_pass, total_derivatives
from mygrad.passes.steps import Step, forward_steps
from mygrad.passes.wording import label, name, number
from mygrad.pictures import svg
from mygrad.pictures.checks import checked_list, checked_picture, checked_text
from mygrad.pictures.dot import describe, draw_values, small_graph
from mygrad.pictures.film.frame import MOST_STEPS, Frame, frames
from mygrad.pictures.film.groups import Groups

if TYPE_CHECKING:
    from mygrad.pictures.graphviz import Drawing


# A film as a file of its own.  Pictures follow the colour scheme, as the text does.
PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>:root {{ color-scheme: light dark; font-family: sans-serif; line-height: 1.5 }}</style>
{film}
</html>
"""


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
    small_graph("draw_steps", root, groups is None)
    if not isinstance(root, Value):
        raise TypeError(
            f"draw_steps runs the backward pass of a mygrad.Value, got {kind_of(root)}; "
            "draw_dot draws a node of any class"
        )
    if steps is None:
        steps = [*forward_steps(root), *one_pass(root)[0]]
    told = frames(root, steps)
    title = checked_text("title", title) or f"The graph of {name(root)}"
    description = checked_text("description", description)
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
        nodes = topological_order(root)
        self.root = root
        self.title = svg.printable(title)
        self.frames = told
        self.groups = None if groups is None else Groups(root, groups)
        self.names = {node: f"n{i}" for i, node in enumerate(nodes)}  # as in draw_values
        last = {(node, "data"): number(node.data) for node in nodes}
        last |= {(node, "grad"): number(node.grad) for node in nodes}
        last |= {(frame.changed, frame.field): frame.after for frame in told}

        def show(node: Value) -> list[str]:
            return [label(node), f"data {last[node, 'data']}", f"grad {last[node, 'grad']}"]

        description = description or describe(nodes, show)
        self.values = draw_values(nodes, show, groups is None, rankdir, title, description)
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
        frame = f'role="group" aria-label="{escape(self.title)}"'
        progress = self.groups.progress(self.frames) if self.groups else []
        steps = "".join(
            f'<li id="{key}-step-{i}"{self.attributes(frame, lines)}'
            f"{self.group_attributes(frame, *progress[i - 1]) if progress else ''}>"
            f"{sentence(frame)}</li>\n"
            for i, frame in enumerate(self.frames, 1)
        )
        return (
            f'<div class="mygrad-reel" {frame}{size}>{heading}'
            f'<div class="mygrad-scroll" tabindex="0" {frame}>{picture}</div>{everything}\n'
            f'<ol class="mygrad-steps">\n{steps}</ol></div>'
        )

    def still(self) -> str:
        """The last frame and the list of steps, without what a player needs."""
        steps = "".join(f"<li>{sentence(frame)}</li>\n" for frame in self.frames)
        return f"{heading(self)}\n{self.picture._repr_html_()}\n<ol>\n{steps}</ol>"

    def attributes(self, frame: Frame, lines: Mapping[Value, str]) -> str:
        """What a step changes and which parts of the picture it is about, as `data-` attributes."""
        pairs = {
            "node": self.names[frame.node],
            "child": "" if frame.child is None else self.names[frame.child],
            "twin": str(frame.parallel_index) if frame.parallel_index else "",
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
        """The picture, with each value's total derivative as data of its box."""
        written = {self.names[node]: text for node, text in total_derivatives(self.root).items()}

        def with_sum(box: re.Match[str]) -> str:
            text = escape(svg.printable(written.get(box[1], "")))
            return f'{box[0]} data-sum="{text}"' if text else box[0]

        return re.sub(r'<g class="node" data-name="(n\d+)"', with_sum, picture)


class Film(svg.Picture):
    """One or more graphs, each with its steps.  `draw_steps` makes one.

    In a page it is a player.  A notebook shows the last frame and all steps, `print(film)` tells
    them, and `.save("film.html")` writes both to a file.
    """

    def __init__(self, reels: list[Reel]) -> None:
        self.reels: list[Reel] = checked_list("a film", reels, MOST_STEPS, "reels")
        if not self.reels or not all(isinstance(reel, Reel) for reel in self.reels):
            raise TypeError(f"a film has reels, got {kind_of(reels)}; draw_steps(root) makes one")
        self.title = "; ".join(reel.title for reel in self.reels)

    def beside(self, *others: Film) -> Film:
        """One film of several, to be stepped together: step 3 of this one with step 3 of others."""
        for other in others:
            if not isinstance(other, Film):
                raise TypeError(
                    f"beside takes films, got {kind_of(other)}; draw_steps(root) makes one"
                )
        return Film([*self.reels, *(reel for other in others for reel in other.reels)])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture and the list of steps (*.html), or the last frame alone (*.svg)."""
        file = checked_picture(
            path, (".html", ".htm", ".svg"), "; print(film) gives the steps as text"
        )
        if file.suffix.lower() == ".svg":
            super().save(file)
        else:
            page = PAGE.format(title=escape(self.title), film=self._repr_html_())
            file.write_text(page, encoding="utf-8", newline="\n")

    def __repr__(self) -> str:
        count = sum(len(reel.frames) for reel in self.reels)
        return (
            f"<Film {svg.shortened(self.title)}, {count} steps: print(film) tells them, "
            'a notebook shows them, .save("film.html") writes them>'
        )

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
        """The pictures and the lists of steps, to stand in a notebook."""
        return "\n".join(reel.still() for reel in self.reels)

    def html(self, key: str, lines: Mapping[Value, str] | None = None) -> str:
        """The film as a part of a page, whose scripts make a player of it.

        All of its ids begin with `key`: letters, digits, `-` and `_`.  `lines` says for values
        where the code stands that made them, as "block:line".
        """
        if not re.fullmatch(r"[\w-]+", checked_text("key", key)):
            raise ValueError(f"key begins ids: letters, digits, - and _, got {key!r}")
        lines = {} if lines is None else lines
        if not isinstance(lines, Mapping) or not all(
            isinstance(value, Value) and isinstance(place, str) for value, place in lines.items()
        ):
            raise TypeError(f"lines maps values to text, got {kind_of(lines)}; leave it out")
        several = len(self.reels) > 1
        reels = "\n".join(
            reel.html(key if i == 1 else f"{key}-{i}", lines, heading(reel) if several else "")
            for i, reel in enumerate(self.reels, 1)
        )
        return f'<div class="mygrad-film">\n{reels}\n</div>'


def heading(reel: Reel) -> str:
    return f'<p class="mygrad-reel-title">{escape(reel.title)}</p>'


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
