"""How a value is written in a sentence: by its label, or by the operations that made it.

Parentheses stand where Python needs them to build the same graph from the same values.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from mygrad.checked_math import as_float
from mygrad.engine import Value

T = TypeVar("T")

# How tightly a text holds together.  0: an operation or a label that Python doesn't know.
PRECEDENCE = {"+": 1, "*": 2, "neg": 3, "**": 4}
NUMBER, WORD = 5, 6

DEEPEST = 4  # operations inside each other
LONGEST = 24  # characters, as far as less depth makes it shorter
MOST_OPERANDS = 5  # two weights, two inputs and a bias


class Term(NamedTuple):
    """A formula or a part of one."""

    text: str
    precedence: int

    def within(self, precedence: int) -> str:
        """In parentheses where something that tight stands beside it."""
        return self.text if self.precedence > precedence else f"({self.text})"


BLANK = Term("…", WORD)


def expression(node: Value) -> Term:
    """A value's label; without one, a leaf's number, or the operations that made the value.

    Of these, `…` stands for all that is more than four deep, or less where that takes more than
    24 characters.  So only labels can make it long, however large the graph is.
    """
    depth = DEEPEST
    while len((written := expanded(node, depth)).text) > LONGEST and depth > 1:
        depth -= 1
    return written


def expanded(node: Value, depth: int) -> Term:
    """The same, with operations up to so many deep, whatever the length."""
    if node.label:
        label = str(node.label)
        return Term(label, WORD if label.isidentifier() else 0)
    if not node._prev:
        return literal(node.data)
    if depth == 0:
        return BLANK
    return formula(node._op, node._prev, lambda operand: expanded(operand, depth - 1), times="*")


def literal(x: float) -> Term:
    """A number: the four decimals of the pictures, without the zeros at their end.

    There are never more, since the last digits of exp and tanh differ between systems.
    """
    text = number(x)
    if "." in text and "e" not in text:
        text = text.rstrip("0")
        text += "0" if text.endswith(".") else ""
    return Term(text, PRECEDENCE["neg"] if text.startswith("-") else NUMBER)


def formula(op: str, operands: Sequence[T], write: Callable[[T], Term], times: str = " * ") -> Term:
    """An operation on operands, each written by `write`; of more than five, only three.

    What is no operator of Python's is written as a call, in the engine's name and order:
    `dot(w1, w2, x1, x2, b)`.
    """
    if len(operands) > MOST_OPERANDS:
        texts = [write(operands[0]), write(operands[1]), BLANK, write(operands[-1])]
    else:
        texts = [*map(write, operands)]
    if op in ("+", "*", "**") and len(texts) > 1:
        return infix(op, texts, times)
    if op == "neg" and len(texts) == 1:
        return Term(f"-{texts[0].within(PRECEDENCE['neg'])}", PRECEDENCE["neg"])
    if op.startswith("**") and len(texts) == 1:
        return Term(f"{texts[0].within(PRECEDENCE['**'])}{op}", PRECEDENCE["**"])
    return Term(f"{op}({', '.join(text for text, _ in texts)})", WORD)


def infix(op: str, texts: Sequence[Term], times: str) -> Term:
    """An operator of Python's between its operands."""
    precedence = PRECEDENCE[op]
    left = precedence if op == "**" else precedence - 1  # a + b + c adds a + b first
    first, *others = texts
    sign = {"+": " + ", "*": times, "**": "**"}[op]
    operands = [first.within(left), *(other.within(precedence) for other in others)]
    return Term(sign.join(operands), precedence)


def name(node: Value) -> str:
    """A value's label, or its number where it has none."""
    return label(node) or number(node.data)


def label(node: Value) -> str:
    """A stage of a chapter may have none."""
    found = getattr(node, "label", None)
    return "" if found is None else str(found)


def number(x: object) -> str:
    """Four decimals, as the notes print them; an exponent where those would not do.

    What is no number, as it may be in a stage of a chapter, is shown as Python does.
    """
    try:
        value = as_float(x)
    except OverflowError:
        value = None
    if value is None:
        return reprlib.repr(x)
    if value == 0.0:
        return "0.0000"  # -0.0 too
    return f"{value:.4f}" if 1e-4 <= abs(value) < 1e7 else f"{value:.4g}"


def as_operand(value: Value) -> str:
    """A value as it stands beside an operator."""
    return expression(value).within(NUMBER)
