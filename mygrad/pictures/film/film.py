"""The passes over a graph as a film: one picture, and a list of what each step changes in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING

from mygrad.arguments import kind_of
from mygrad.engine import Value
from mygrad.passes.diagnosis import one_pass
from mygrad.passes.steps import Step, forward_steps
from mygrad.passes.wording import name
from mygrad.pictures.checks import checked_list, checked_picture, checked_text
from mygrad.pictures.dot import small_graph
from mygrad.pictures.film.frame import MOST_STEPS, frames
from mygrad.pictures.film.html import all_values, film_html, keys, still
from mygrad.pictures.film.reel import Reel
from mygrad.pictures.picture import Drawable, Picture, shortened, stacked

if TYPE_CHECKING:
    pass


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


class Film(Drawable):
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
            f"<Film {shortened(self.title)}, {count} steps: print(film) tells them, "
            'a notebook shows them, .save("film.html") writes them>'
        )

    def __str__(self) -> str:
        several = len(self.reels) > 1
        parts = [
            "\n".join([*[f"{reel.title}:"] * several, *map(str, reel.frames)])
            for reel in self.reels
        ]
        return "\n\n".join(parts)

    def picture(self) -> Picture:
        """The last frame; of several graphs, one below the other."""
        pictures = [reel.picture() for reel in self.reels]
        return pictures[0] if len(pictures) == 1 else stacked(pictures)

    def _repr_html_(self) -> str:
        """The pictures and the lists of steps, to stand in a notebook."""
        return "\n".join(map(still, self.reels))

    def html(
        self, key: str, lines: Mapping[Value, str] | None = None, folder: str | None = None
    ) -> str:
        """The film as a part of a page, whose scripts make a player of it.

        All of its ids begin with `key`: letters, digits, `-` and `_`.  `lines` says for values
        where the code stands that made them, as "block:line".  `folder` is where `apart(key)` is
        found, each picture as NAME.svg; unless it is given, they are in the HTML.
        """
        check_key(key)
        lines = {} if lines is None else lines
        if not isinstance(lines, Mapping) or not all(
            isinstance(value, Value) and isinstance(place, str) for value, place in lines.items()
        ):
            raise TypeError(f"lines maps values to text, got {kind_of(lines)}; leave it out")
        if folder is not None:
            checked_text("folder", folder)
        return film_html(self.reels, key, lines, folder)

    def apart(self, key: str) -> dict[str, Picture]:
        """What a reader may never ask for: the pictures of all values of graphs shown as groups."""
        check_key(key)
        return {
            f"{name}_values": all_values(reel, name)
            for name, reel in zip(keys(key), self.reels)
            if reel.groups
        }


def check_key(key: str) -> None:
    if not re.fullmatch(r"[\w-]+", checked_text("key", key)):
        raise ValueError(f"key begins ids: letters, digits, - and _, got {key!r}")
