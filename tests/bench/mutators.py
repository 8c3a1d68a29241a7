"""The small faults that `mutants.py` puts into the package, one at a time.

Those of mutmut (an operator exchanged, an argument dropped, `=` for `+=`, a number one larger),
and ours below: what a tired author of this package would do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import TypeAlias

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import mutation_operators

Mutator: TypeAlias = Callable[[cst.CSTNode], Iterable[cst.CSTNode]]
SPARED = m.Name("len") | m.Name("isinstance")  # without their arguments they only raise
IN_ANY_ORDER = SPARED | m.Name("max") | m.Name("min")


@dataclass(frozen=True)
class Mutant:
    """A module with one fault.  `name` is where and what, and holds no line number."""

    file: str
    place: str  # a function's qualified name
    in_body: bool  # of that function, not its defaults, decorators, or outside of any
    name: str
    code: str


def mutants(file: str, code: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its text, each once."""
    module = cst.parse_module(code)
    texts = [module.code_for_node(statement) for statement in module.body]
    head = code[: len(code) - len("".join(texts))]
    seen = {code}
    names: Counter[str] = Counter()
    for i, statement in enumerate(module.body):
        for node, place, in_body in nodes(statement):
            for mutated in [new for mutate in MUTATORS for new in mutate(node)]:
                text = module.code_for_node(statement.deep_replace(node, mutated))
                changed = head + "".join([*texts[:i], text, *texts[i + 1 :]])
                if changed in seen or not compiles(changed):
                    continue
                seen.add(changed)
                name = f"{file} {place or 'module'}: {difference(texts[i], text)}"
                names[name] += 1
                if names[name] > 1:
                    name += f" #{names[name]}"
                yield Mutant(file, place, in_body, name, changed)


def nodes(
    node: cst.CSTNode, place: str = "", in_body: bool = False
) -> Iterator[tuple[cst.CSTNode, str, bool]]:
    """What may have a fault, with the function it stands in, and whether in the body of that."""
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)) and not in_body:
        place = f"{place}.{node.name.value}".lstrip(".")
    if not has_no_effect(node):
        yield node, place, in_body
        for child in node.children:
            into_body = isinstance(node, cst.FunctionDef) and child is node.body
            yield from nodes(child, place, in_body or into_body)


def has_no_effect(node: cst.CSTNode) -> bool:
    """Docstrings, imports, and what only a type checker reads."""
    match node:
        case cst.SimpleStatementLine(body=[cst.Expr(value=cst.SimpleString())]):
            return True
        case cst.SimpleStatementLine(body=[cst.AnnAssign(annotation=annotation)]):
            return m.matches(annotation.annotation, m.Name("TypeAlias"))
        case cst.If(test=cst.Name(value="TYPE_CHECKING")):
            return True
    return isinstance(node, (cst.Annotation, cst.Import, cst.ImportFrom))


def compiles(code: str) -> bool:
    try:
        compile(code, "mutant", "exec")
    except SyntaxError:
        return False
    return True


def difference(before: str, after: str) -> str:
    """The changed lines, the old ones first, each with its sign."""
    lines = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[3:]
    return " ".join(f"{line[0]} {line[1:].strip()}" for line in lines if line[0] in "+-")


def of_mutmut(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Of its three faults in a text one is enough."""
    if m.matches(node, m.Call(func=SPARED)):
        return
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            made = [*operator(node)]
            yield from made[:1] if isinstance(node, cst.BaseString) else made


# Ours.


def statement_lost(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A line forgotten."""
    idle = (cst.Import, cst.ImportFrom, cst.Pass)
    if isinstance(node, cst.SimpleStatementLine) and not isinstance(node.body[0], idle):
        yield node.with_changes(body=[cst.Pass()])


def condition_decided(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """One of the two ways never taken."""
    if isinstance(node, (cst.If, cst.While)):
        yield node.with_changes(test=cst.Name("False"))
        yield node.with_changes(test=cst.Name("True"))


def condition_lost(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """One half of `and` or `or`, and the filter of a comprehension."""
    if isinstance(node, cst.BooleanOperation):
        yield from (node.left, node.right)
    if isinstance(node, cst.CompFor) and node.ifs:
        yield node.with_changes(ifs=[])


def comparison_turned(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """> for <, and the like.  Mutmut exchanges < and <=."""
    turned = {
        cst.LessThan: cst.GreaterThan,
        cst.GreaterThan: cst.LessThan,
        cst.LessThanEqual: cst.GreaterThanEqual,
        cst.GreaterThanEqual: cst.LessThanEqual,
    }
    if isinstance(node, cst.ComparisonTarget) and type(node.operator) in turned:
        yield node.with_changes(operator=turned[type(node.operator)]())


def number_changed(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """One smaller, and of the other sign; for 0 a half.  Mutmut's is one larger."""
    if isinstance(node, (cst.Integer, cst.Float)):
        for value in {node.evaluated_value - 1, -node.evaluated_value or 0.5}:
            yield cst.parse_expression(f"({value!r})")


def sign_lost(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, cst.UnaryOperation):
        yield node.expression


def operand_lost(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """One side of an operation left out, or the two exchanged."""
    if isinstance(node, cst.BinaryOperation):
        yield from (node.left, node.right)
        if not isinstance(node.operator, (cst.Add, cst.Multiply, cst.BitOr)):  # these commute
            yield node.with_changes(left=node.right, right=node.left)


def neighbours_exchanged(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Two arguments, or two elements, in the wrong order."""
    if isinstance(node, cst.Call):
        for i, (first, second) in enumerate(zip(node.args, node.args[1:])):
            if not (first.keyword or second.keyword or m.matches(node.func, IN_ANY_ORDER)):
                arguments = [*node.args]
                arguments[i : i + 2] = [
                    first.with_changes(value=second.value, star=second.star),
                    second.with_changes(value=first.value, star=first.star),
                ]
                yield node.with_changes(args=arguments)
    if isinstance(node, (cst.Tuple, cst.List)):
        for i, (one, other) in enumerate(zip(node.elements, node.elements[1:])):
            if not one.value.deep_equals(other.value):
                exchanged = (
                    one.with_changes(value=other.value),
                    other.with_changes(value=one.value),
                )
                elements = [*node.elements[:i], *exchanged, *node.elements[i + 2 :]]
                yield node.with_changes(elements=elements)


def element_lost(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """One item of a tuple, list, set or dict."""
    if isinstance(node, (cst.Tuple, cst.List, cst.Set, cst.Dict)):
        for i in range(len(node.elements)):
            elements = [*node.elements[:i], *node.elements[i + 1 :]]
            yield (cst.parse_expression("()") if not elements else with_commas(node, elements))


def with_commas(node: cst.CSTNode, elements: list[cst.BaseElement]) -> cst.CSTNode:
    """A tuple of one element ends with a comma."""
    last = cst.Comma() if isinstance(node, cst.Tuple) and len(elements) == 1 else elements[-1].comma
    return node.with_changes(elements=[*elements[:-1], elements[-1].with_changes(comma=last)])


def loop_cut_short(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Without the first item, without the last, and backwards."""
    if isinstance(node, (cst.For, cst.CompFor)):
        items = cst.Module([]).code_for_node(node.iter)
        for part in ("[1:]", "[:-1]", "[::-1]"):
            if part != "[::-1]" or not m.matches(node.target, m.Name("_")):
                yield node.with_changes(iter=cst.parse_expression(f"[*{items}]{part}"))


def jump_exchanged(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, cst.Break):
        yield cst.Continue()


def result_lost(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """`return None` in place of the result."""
    if isinstance(node, cst.Return) and node.value:
        yield node.with_changes(value=cst.Name("None"))


def decorator_lost(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        for decorator in node.decorators:
            yield node.with_changes(decorators=[d for d in node.decorators if d is not decorator])


def default_changed(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """An argument that has to be given."""
    if isinstance(node, cst.Param) and node.default:
        yield node.with_changes(default=None, equal=cst.MaybeSentinel.DEFAULT)


def message_changed(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Words of a message, and a value in it, that nobody would miss."""
    if isinstance(node, cst.FormattedStringText):
        yield node.with_changes(value=f"XX{node.value}")
    if isinstance(node, cst.FormattedStringExpression):
        yield cst.FormattedStringText("XX")
        if node.conversion or node.format_spec:
            yield node.with_changes(conversion=None, format_spec=None)


MUTATORS: list[Mutator] = [
    of_mutmut,
    statement_lost,
    condition_decided,
    condition_lost,
    comparison_turned,
    number_changed,
    sign_lost,
    operand_lost,
    neighbours_exchanged,
    element_lost,
    loop_cut_short,
    jump_exchanged,
    result_lost,
    decorator_lost,
    default_changed,
    message_changed,
]
