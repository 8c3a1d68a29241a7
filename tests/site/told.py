"""What a film tells, as the package made it: the judge of what a player shows."""

from mygrad import Film
from mygrad.book.parse import parse
from mygrad.book.run.session import Session
from mygrad.passes.wording import number


def films_of(path):
    """The films that a page's blocks end with, each as its reels, by the number of the block."""
    page = parse(path.read_text(encoding="utf-8"), path)
    session = Session(page)
    films = {}
    for place, block in enumerate(page.blocks, 1):
        outcome = session.outcome(block)
        if outcome and isinstance(outcome.value, Film):
            films[place] = [Told(reel) for reel in outcome.value.reels]  # before another block runs
    return films


class Told:
    """What a reel shows after each of its steps: numbers in boxes, lit parts, words."""

    def __init__(self, reel):
        self.reel = reel
        self.frames = reel.frames
        self.grouped = reel.groups is not None
        self.values = Shown(
            {name: (number(v.data), number(v.grad)) for v, name in reel.names.items()},
            [change(reel.names[f.changed], f.field, f.before, f.after) for f in reel.frames],
            [self.parts(reel.names, f) for f in reel.frames],
        )
        if self.grouped:
            sizes = [f"{n} of {n}" for n in reel.groups.sizes]
            progress = zip(reel.frames, reel.groups.progress(reel.frames))
            self.groups = Shown(
                {f"g{group}": (size, size) for group, size in enumerate(sizes)},
                [
                    change(f"g{reel.groups.of[f.changed]}", f.field, before, after)
                    for f, (before, after) in progress
                ],
                [self.parts_of_groups(reel.groups, f) for f in reel.frames],
            )

    def __len__(self):
        return len(self.frames)

    def sentence(self, done):
        return str(self.frames[done - 1])

    def rule(self, done):
        return "" if self.grouped else self.frames[done - 1].formula

    def parts(self, names, frame):
        """A value with all that it is made from; or one operand, with its way to the value.

        An edge is followed by its number among those between the same two.
        """
        node = names[frame.node]
        if frame.field == "grad" and frame.child is None:
            return {node}
        operation = f"{node}op"
        lit = {node, operation, f"{operation}->{node} 0"}
        if frame.child is not None:
            child = names[frame.child]
            return lit | {child, f"{child}->{operation} {frame.parallel_index}"}
        operands = [names[operand] for operand in frame.node._prev]
        for place, operand in enumerate(operands):
            lit.add(f"{operand}->{operation} {operands[:place].count(operand)}")
        return lit

    def parts_of_groups(self, groups, frame):
        group = groups.of[frame.node]
        if frame.field == "grad" and frame.child is None:
            return {f"g{group}"}
        if frame.child is not None:
            child = groups.of[frame.child]
            edge = {f"g{child}->g{group} 0"} if child != group else set()
            return {f"g{group}", f"g{child}"} | edge
        into = {
            groups.of[operand]
            for node in groups.nodes
            for operand in node._prev
            if groups.of[node] == group
        }
        return {f"g{group}", *(f"g{other}->g{group} 0" for other in into - {group})}


class Shown:
    """One picture of a reel, after each of its steps."""

    def __init__(self, now, changes, lit):
        self.changes = changes
        self.lit = [set(), *lit]
        self.last = dict(now)
        for box, place, _, after in changes:
            self.last[box] = put(self.last[box], place, after)

    def numbers(self, done):
        """The numbers of all boxes, found from the last ones by taking steps back."""
        shown = dict(self.last)
        for box, place, before, _ in reversed(self.changes[done:]):
            shown[box] = put(shown[box], place, before)
        return shown


def change(box, field, before, after):
    return box, ("data", "grad").index(field), before, after


def put(numbers, place, number):
    return (number, numbers[1]) if place == 0 else (numbers[0], number)
