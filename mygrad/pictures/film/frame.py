"""What each step of a pass changes in the picture of its graph: the frames of a film."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mygrad.arguments import kind_of
from mygrad.engine import Value
from mygrad.graph import topological_order
from mygrad.passes.diagnosis import faults
from mygrad.passes.steps import BackwardStep, ForwardStep, Step
from mygrad.passes.wording import as_operand, expression, literal, number
from mygrad.pictures.checks import checked_list

UNKNOWN = "?"  # stands in a box for a number that is not computed yet
MOST_STEPS = 10_000  # of a film


@dataclass(frozen=True)
class Frame:
    """One change: the number called `field` in one box becomes `after`.

    In a forward step that is the data of `node`.  In a backward step it is the gradient of `child`,
    reached by the edge number `parallel_index` of those between the two.  At the start of a
    backward pass it is the gradient of `node`, and there is no child.
    """

    node: Value
    child: Value | None
    parallel_index: int
    field: str
    before: str
    after: str
    pieces: list[tuple[str, str]]  # the sentence, as BackwardStep.pieces has it
    formula: str = ""
    note: str = ""  # what goes wrong in this step

    @property
    def changed(self) -> Value:
        """The value whose number changes."""
        return self.node if self.child is None else self.child

    def __str__(self) -> str:
        sentence = "".join(text for text, _ in self.pieces)
        return f"{sentence}   {self.note}" if self.note else sentence


def frames(root: Value, steps: Iterable[Step]) -> list[Frame]:
    """A frame for each step, and one in front of a backward pass, which begins with a 1.

    Raises TypeError for what is no step, and ValueError for a step of another graph.
    """
    steps = checked_steps(root, steps)
    notes = faults(root, steps)
    shown: dict[Value, str] = {}  # the gradients, as the frames so far leave them
    found = []
    for position, step in enumerate(steps):
        if isinstance(step, ForwardStep):
            found.append(forward(step))
            continue
        if not shown:
            found.append(beginning(root))
            shown[root] = found[-1].after
        before = shown.get(step.child, number(step.before))
        found.append(backward(root, step, before, notes.get(position, "")))
        shown[step.child] = found[-1].after
    return found


def forward(step: ForwardStep) -> Frame:
    data = number(step.result)
    return Frame(step.node, None, 0, "data", UNKNOWN, data, [(repr(step), "")])


def beginning(root: Value) -> Frame:
    """The start of a backward pass: the root moves as fast as itself."""
    name, one = as_operand(root), literal(1.0).text
    why = f"(∂{name}/∂{name} = {one})"
    pieces = [(f"{name}.grad: ", ""), (one, "grad"), ("   ", ""), (why, "why")]
    return Frame(root, None, 0, "grad", number(0.0), number(1.0), pieces)


def backward(root: Value, step: BackwardStep, before: str, note: str) -> Frame:
    """`before` is what the picture shows: a new pass may have set it to zero since."""
    top, node, child = as_operand(root), as_operand(step.node), as_operand(step.child)
    return Frame(
        step.node,
        step.child,
        step.node._prev[: step.index].count(step.child),
        "grad",
        before,
        number(step.after),
        step.pieces(),
        f"∂{top}/∂{child} += ∂{node}/∂{child} * ∂{top}/∂{node}",
        note,
    )


def checked_steps(root: Value, steps: Iterable[Step]) -> list[Step]:
    """The steps as a list, if all are steps of this graph."""
    graph = set(topological_order(root))
    steps = checked_list("a film", steps, MOST_STEPS, "steps of backward_steps(root)")
    for step in steps:
        if not isinstance(step, (ForwardStep, BackwardStep)):
            raise TypeError(
                f"a film is made of steps, got {kind_of(step)}; "
                "they come from forward_steps(root) and backward_steps(root)"
            )
        if step.node not in graph:
            raise ValueError(
                f"a step of {expression(step.node).text} is not of the graph of "
                f"{expression(root).text}: take the steps of the same root"
            )
    return steps
