"""What each step of a pass changes in the picture of its graph: the frames of a film."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from mygrad.drawable import checked_list, kind_of
from mygrad.engine import Value, topological_order
from mygrad.expressions import NUMBER, expression, literal
from mygrad.graph import number
from mygrad.steps import BackwardStep, ForwardStep, backward_steps

Step: TypeAlias = "ForwardStep | BackwardStep"

UNKNOWN = "?"  # stands in a box for a number that is not computed yet
MOST_STEPS = 10_000  # of a film
MOST_USES = 4  # of a value, written out in its whole derivative


@dataclass(frozen=True)
class Frame:
    """One change: the number called `field` in one box becomes `after`.

    In a forward step that is the data of `node`.  In a backward step it is the gradient of `child`,
    reached by the edge number `twin` of those between the two.  At the start of a backward pass it
    is the gradient of `node`, and there is no child.
    """

    node: Value
    child: Value | None
    twin: int
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
    steps = checked(root, steps)
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
    name, one = named(root), literal(1.0).text
    why = f"(∂{name}/∂{name} = {one})"
    pieces = [(f"{name}.grad: ", ""), (one, "grad"), ("   ", ""), (why, "why")]
    return Frame(root, None, 0, "grad", number(0.0), number(1.0), pieces)


def backward(root: Value, step: BackwardStep, before: str, note: str) -> Frame:
    """`before` is what the picture shows: a new pass may have set it to zero since."""
    top, node, child = named(root), named(step.node), named(step.child)
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


def checked(root: Value, steps: Iterable[Step]) -> list[Step]:
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


def named(value: Value) -> str:
    return expression(value).within(NUMBER)


def faults(root: Value, steps: list[Step]) -> dict[int, str]:
    """What goes wrong at which step, since a value hands on too early or twice."""
    notes = {}
    for one in passes(root, steps):
        latest = {step.child: position for position, step in one}  # change of its gradient
        done: set[tuple[Value, int]] = set()
        for position, step in one:
            node = named(step.node)
            if (step.node, step.index) in done:
                notes[position] = f"{node} hands on a second time"
            elif latest.get(step.node, position) > position:
                held = literal(step.upstream).text
                notes[position] = f"{node} hands on {held}, and gets more later"
            done.add((step.node, step.index))
    return notes


def passes(root: Value, steps: list[Step]) -> list[list[tuple[int, BackwardStep]]]:
    """The steps of each backward pass, with their positions.  In each, the root steps once."""
    found: list[list[tuple[int, BackwardStep]]] = [[]]
    stepped = False  # whether the root has, in the latest pass
    for position, step in enumerate(steps):
        if isinstance(step, ForwardStep):
            continue
        if step.node is root and step.index == 0:
            if stepped:
                found.append([])
            stepped = True
        found[-1].append((position, step))
    return found


def one_pass(root: Value) -> tuple[list[BackwardStep], dict[Value, float]]:
    """The steps of a backward pass from gradients of zero, and the gradients it ends with.

    The values keep the gradients that they have.
    """
    nodes = topological_order(root)
    kept = [node.grad for node in nodes]
    try:
        for node in nodes:
            node.grad = 0.0
        return [*backward_steps(root)], {node: node.grad for node in nodes}
    finally:
        for node, grad in zip(nodes, kept):
            node.grad = grad


def whole_derivatives(root: Value) -> dict[Value, str]:
    """For each value the derivative of the root, written out as the sum over all its uses.

    `∂L/∂b = ∂c/∂b * ∂L/∂c + ∂d/∂b * ∂L/∂d = 2.0 * 1.0 + 1.0 * 1.0 = 3.0`
    """
    steps, gradients = one_pass(root)
    uses: dict[Value, list[BackwardStep]] = {}
    for step in steps:
        uses.setdefault(step.child, []).append(step)
    top = named(root)
    written = {root: f"∂{top}/∂{top} = {literal(gradients[root]).text}"}
    for value, of_value in uses.items():
        name = named(value)
        letters, numbers = [], []
        for step in of_value[:MOST_USES]:
            user = named(step.node)
            letters.append(f"∂{user}/∂{name} * ∂{top}/∂{user}")
            numbers.append(f"{literal(step.local).text} * {literal(step.upstream).text}")
        if len(of_value) > MOST_USES:
            letters.append(f"… ({len(of_value)} uses)")
            numbers.append("…")
        total = literal(gradients[value]).text
        written[value] = f"∂{top}/∂{name} = {' + '.join(letters)} = {' + '.join(numbers)} = {total}"
    return written
