"""What goes wrong in a backward pass, and what each value's derivative is the sum of."""

from __future__ import annotations

from mygrad.engine import Value
from mygrad.graph import topological_order
from mygrad.passes.steps import BackwardStep, ForwardStep, Step, backward_steps
from mygrad.passes.wording import as_operand, literal

MOST_USES = 4  # of a value, written out in its total derivative


def faults(root: Value, steps: list[Step]) -> dict[int, str]:
    """What goes wrong at which step, since a value passes its gradient on too early or twice."""
    notes = {}
    for one in passes(root, steps):
        latest = {step.child: position for position, step in one}  # change of its gradient
        done: set[tuple[Value, int]] = set()
        for position, step in one:
            node = as_operand(step.node)
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


def total_derivatives(root: Value) -> dict[Value, str]:
    """For each value the derivative of the root, written out as the sum over all its uses.

    `∂L/∂b = ∂c/∂b * ∂L/∂c + ∂d/∂b * ∂L/∂d = 2.0 * 1.0 + 1.0 * 1.0 = 3.0`
    """
    steps, gradients = one_pass(root)
    uses: dict[Value, list[BackwardStep]] = {}
    for step in steps:
        uses.setdefault(step.child, []).append(step)
    top = as_operand(root)
    written = {root: f"∂{top}/∂{top} = {literal(gradients[root]).text}"}
    for value, of_value in uses.items():
        name = as_operand(value)
        letters, numbers = [], []
        for step in of_value[:MOST_USES]:
            user = as_operand(step.node)
            letters.append(f"∂{user}/∂{name} * ∂{top}/∂{user}")
            numbers.append(f"{literal(step.local).text} * {literal(step.upstream).text}")
        if len(of_value) > MOST_USES:
            letters.append(f"… ({len(of_value)} uses)")
            numbers.append("…")
        total = literal(gradients[value]).text
        written[value] = f"∂{top}/∂{name} = {' + '.join(letters)} = {' + '.join(numbers)} = {total}"
    return written
