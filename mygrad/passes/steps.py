"""The forward and the backward pass as data: one record for each step, in the engine's order.

A record holds the numbers of its step as they were then, and prints as a sentence.  So a pass
can be told, tested and shown as a film.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from mygrad.arguments import as_list
from mygrad.engine import Value, new_node
from mygrad.graph import topological_order
from mygrad.passes.wording import NUMBER, expression, formula, literal


@dataclass(frozen=True, repr=False)
class ForwardStep:
    """One operation: `operands` held the numbers in `data`, and `node` got the `result`."""

    node: Value
    operands: tuple[Value, ...]
    data: tuple[float, ...]
    result: float

    def __repr__(self) -> str:
        made, result = made_by(self.node), literal(self.result).text
        numbers = formula(self.node._op, self.data, literal).text
        return (
            f"{made} = {result}" if numbers in (made, result) else f"{made} = {numbers} = {result}"
        )


@dataclass(frozen=True, repr=False)
class BackwardStep:
    """One application of the chain rule: `node` passes its gradient on to one operand, `child`.

    `upstream` is the gradient of `node`, `local` is d(node)/d(child), and `contribution` is
    their product.  `before` and `after` are the gradients of `child`.  `index` is the child's
    place among the operands, which tells the two steps of `a + a` apart.
    """

    node: Value
    child: Value
    index: int
    local: float
    upstream: float
    contribution: float
    before: float
    after: float

    def __repr__(self) -> str:
        return "".join(text for text, _ in self.pieces())

    def pieces(self) -> list[tuple[str, str]]:
        """The sentence in pieces, each with its role: "local", "grad" (upstream), "why", or ""."""
        node, child = (expression(value).within(NUMBER) for value in (self.node, self.child))
        before, local, upstream, total, after = (
            literal(x).text
            for x in (
                self.before,
                self.local,
                self.upstream,
                self.before + self.contribution,
                self.after,
            )
        )
        lost = "" if after == total else f"{after}, not "  # by a rule other than the engine's
        twice = self.node._prev.count(self.child) > 1
        place = f" through operand {self.index + 1}" if twice else ""
        return [
            (f"{child}.grad: {lost}{before} + ", ""),
            (local, "local"),
            (" * ", ""),
            (upstream, "grad"),
            (f" = {total}   ", ""),
            (f"({made_by(self.node)}, ∂{node}/∂{child} = {local}{place})", "why"),
        ]


def made_by(node: Value) -> str:
    """The operation that made a value, after its label if that says something else: `e = a * b`."""
    operation = formula(node._op, node._prev, expression).text
    says_the_same = str(node.label).replace(" ", "") in ("", operation.replace(" ", ""))
    return operation if says_the_same else f"{node.label} = {operation}"


def forward_steps(root: Value) -> Iterator[ForwardStep]:
    """The operations that `root` was made by, each after those that it builds on.

    The numbers are those that the values hold now: if you have changed the data of a leaf,
    compute the result anew first.
    """
    return map(forward_step, operation_results(root))


def forward_step(node: Value) -> ForwardStep:
    return ForwardStep(node, node._prev, tuple(child.data for child in node._prev), node.data)


def backward_steps(
    root: Value,
    *,
    order: Iterable[Value] | None = None,
    rule: Callable[[Value], None] = Value._backward,
) -> Iterator[BackwardStep]:
    """Run `root.backward()` step by step, each time you ask for the next step.

    Between two steps the gradients are as the pass has left them; after the last, as `backward()`
    leaves them.  If you stop half-way, so does the pass, and leaves keep what they have got.
    Nothing happens before the first step is asked for.  Two passes need two graphs.

    The other arguments are for passes that go wrong, to see why.  `order` is another order than
    `topological_order(root)`, and like it is gone through from its end; a value may stand in it
    twice.  `rule` is another rule than the engine's: a function that passes a value's gradient
    on to its operands.  It is called for one operand at a time, with a value that has no other.

    Raises ValueError for an order that leaves out an operation of the graph, or has a value of
    another graph.
    """
    if not callable(rule):
        raise TypeError(f"a rule is a function of one value, as Value._backward: got {rule!r}")
    operations = operation_results(root)
    order = operations if order is None else checked_order(order, root, operations)
    return step_through(root, operations, order, rule)


def step_through(
    root: Value, operations: list[Value], order: list[Value], rule: Callable[[Value], None]
) -> Iterator[BackwardStep]:
    """What `Value.backward` does, with a stop after each operand, also where it adds 0."""
    for node in operations:
        node.grad = 0.0
    root.grad += 1.0
    for node in reversed(order):
        for index in range(len(node._prev)):
            yield propagate(node, index, rule)


def propagate(node: Value, index: int, rule: Callable[[Value], None]) -> BackwardStep:
    """Let the rule do its work for one operand: on a value like `node` that has only that one."""
    child, local, upstream = node._prev[index], node._local[index], node.grad
    alone = new_node(node.data, (child,), (local,), node._op)
    alone.grad = upstream
    before = child.grad
    rule(alone)
    return BackwardStep(node, child, index, local, upstream, local * upstream, before, child.grad)


def operation_results(root: Value) -> list[Value]:
    """The results of the graph's operations, in topological order."""
    if not isinstance(root, Value):
        raise TypeError(
            f"steps need a Value, as in forward_steps(loss), got {type(root).__name__}: {root!r}"
        )
    return topological_order(root, leaves=False)


def checked_order(order: Iterable[Value], root: Value, operations: list[Value]) -> list[Value]:
    """The order as a list, if a backward pass can go through it."""
    order = as_list(order, "an order is a list of values, as topological_order(root) gives it")
    graph = set(topological_order(root))
    for value in order:
        if not isinstance(value, Value):
            raise TypeError(f"an order holds values, got {type(value).__name__}: {value!r}")
        if value not in graph:
            raise ValueError(
                f"{expression(value).text} stands in the order, but is not in the graph of "
                f"{expression(root).text}: take the order's values from topological_order(root)"
            )
    left_out = set(operations).difference(order)
    if left_out:
        first = next(value for value in operations if value in left_out)
        raise ValueError(
            f"the order leaves out {expression(first).text}, which would hand nothing on: "
            "an order has every operation's result; start from topological_order(root)"
        )
    return order


Step: TypeAlias = "ForwardStep | BackwardStep"
