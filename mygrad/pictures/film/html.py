"""A film as HTML: the contract with the scripts in docs/assets/player, which make a player of it.

    div.mygrad-film              one or more graphs, stepped together
      div.mygrad-reel            a graph
        p.mygrad-reel-title      its title, where there are several
        div.mygrad-scroll        its picture, as the last step leaves it: a box is a `g.node` with
                                 `data-name`, and `data-sum`, the total derivative of a value
        template.mygrad-all      of a graph shown as groups, the picture of all values:
                                 `data-count` of them; if the file `data-source` has it, empty
        ol.mygrad-steps > li     the steps: a sentence each, and what it changes: STEP_ATTRIBUTES

What a step's sentence is made of stands in `span.mygrad-local`, `-grad` and `-why`; what goes wrong
in the step, in `em`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import count

from mygrad.engine import Value
from mygrad.pictures.film.frame import Frame
from mygrad.pictures.film.reel import Reel
from mygrad.pictures.picture import Picture, data_attributes, printable

# What a step says of itself, as `data-` attributes; those that would be empty are left out.
STEP_ATTRIBUTES = {
    "node": "the box whose value this step is about",
    "child": "the box of the operand whose gradient changes",
    "parallel-index": "which of several edges between the two, from 0",
    "field": "data or grad: which number changes, of the child where there is one",
    "before": "that number before",
    "after": "and after the step",
    "line": "where the code stands that made the value, as block:line or block:line-line",
    "formula": "the chain rule in letters",
    "group-node": "the same in the picture of groups: the box",
    "group-child": "the box of the operand",
    "group-before": "how many of the group had their number before",
    "group-after": "and after the step",
}


def film_html(
    reels: Sequence[Reel], key: str, lines: Mapping[Value, str], folder: str | None
) -> str:
    """A film whose ids begin with `key`.  `Film.html` says what the others are."""
    several = len(reels) > 1
    found = (
        reel_html(reel, name, lines, heading(reel) if several else "", folder)
        for name, reel in zip(keys(key), reels)
    )
    return '<div class="mygrad-film">\n' + "\n".join(found) + "\n</div>"


def keys(key: str) -> Iterator[str]:
    """What the ids of each graph of a film begin with."""
    yield key
    yield from (f"{key}-{number}" for number in count(2))


def reel_html(
    reel: Reel, key: str, lines: Mapping[Value, str], heading: str, folder: str | None
) -> str:
    """The picture and the list of steps of one graph."""
    if reel.groups:
        picture, everything = reel.picture(), template(reel, key, folder)
        progress = reel.groups.progress(reel.frames)
    else:
        picture, everything, progress = reel.with_derivatives, "", []
    frame = f'role="group" aria-label="{escape(reel.title)}"'
    steps = "".join(
        f'<li id="{key}-step-{i}"{data_attributes(step(reel, frame, lines))}'
        f"{data_attributes(group_step(reel, frame, *progress[i - 1])) if progress else ''}>"
        f"{sentence(frame)}</li>\n"
        for i, frame in enumerate(reel.frames, 1)
    )
    return (
        f'<div class="mygrad-reel" {frame} style="--picture-width: {picture.width:g}px">{heading}'
        f'<div class="mygrad-scroll" tabindex="0" {frame}>{picture.under(f"{key}-svg").svg()}</div>'
        f'{everything}\n<ol class="mygrad-steps">\n{steps}</ol></div>'
    )


def template(reel: Reel, key: str, folder: str | None) -> str:
    """The picture of all values, which is shown when a reader asks for it."""
    opening = f'<template class="mygrad-all" data-count="{len(reel.names)}"'
    if folder is None:
        return f"{opening}>{all_values(reel, key).svg()}</template>"
    return f'{opening} data-source="{escape(folder)}{key}_values.svg"></template>'


def all_values(reel: Reel, key: str) -> Picture:
    return reel.with_derivatives.under(f"{key}-all-svg")


def step(reel: Reel, frame: Frame, lines: Mapping[Value, str]) -> dict[str, str]:
    """What a step changes, and which parts of the picture it is about."""
    return {
        "node": reel.names[frame.node],
        "child": "" if frame.child is None else reel.names[frame.child],
        "parallel-index": str(frame.parallel_index) if frame.parallel_index else "",
        "field": frame.field,
        "before": frame.before,
        "after": frame.after,
        "line": lines.get(frame.node, ""),
        "formula": "" if reel.groups else frame.formula,  # long, where values have no names
    }


def group_step(reel: Reel, frame: Frame, before: str, after: str) -> dict[str, str]:
    """The same for the picture of the groups."""
    assert reel.groups
    return {
        "group-node": f"g{reel.groups.of[frame.node]}",
        "group-child": "" if frame.child is None else f"g{reel.groups.of[frame.child]}",
        "group-before": before,
        "group-after": after,
    }


def still(reel: Reel) -> str:
    """The last frame and the list of steps, without what a player needs."""
    steps = "".join(f"<li>{sentence(frame)}</li>\n" for frame in reel.frames)
    return f"{heading(reel)}\n{reel.picture().html()}\n<ol>\n{steps}</ol>"


def heading(reel: Reel) -> str:
    return f'<p class="mygrad-reel-title">{escape(reel.title)}</p>'


def sentence(frame: Frame) -> str:
    """A step's sentence, its numbers in the colours of the picture."""
    marked = "".join(
        f'<span class="mygrad-{role}">{text}</span>' if role else text
        for text, role in ((escape(printable(text)), role) for text, role in frame.pieces)
    )
    return f"{marked}   <em>{escape(printable(frame.note))}</em>" if frame.note else marked
