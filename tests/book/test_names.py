"""The names that a statement reads: scopes decide, and the order of bindings."""

import ast

import pytest

from mygrad.book.names import names_read


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("x = a + b", {"a", "b"}),
        ("x += 1", {"x"}),
        ("x.y = a", {"x", "a"}),
        ("x[i] = 1", {"x", "i"}),
        ("x, *y = z", {"z"}),
        ("x: T = a", {"a", "T"}),
        ("print(y := a)", {"print", "a"}),
        ("[x * k for x in xs if x]", {"k", "xs"}),
        ("{x: y for x, y in zip(xs, ys)}", {"zip", "xs", "ys"}),
        ("sum(x for x in xs)", {"sum", "xs"}),
        ("f(lambda x: x + k)", {"f", "k"}),
        ("f'{a:{width}}'", {"a", "width"}),
        ("del x", set()),
        ("import a.b as c", set()),
        ("from a import *", set()),
        ("assert a, b", {"a", "b"}),
    ],
)
def test_the_names_of_one_statement(code, read):
    assert names_read(ast.parse(code).body) == read


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("def f(x=a):\n    return x + b", {"a"}),
        ("class A(B):\n    c = d\n    def f(self):\n        return e", {"B", "d"}),
        ("async def f():\n    await b", set()),
    ],
)
def test_a_definition_reads_nothing_for_its_bodies(code, read):
    """Whoever calls the function reads what the body needs then, which may be another object."""
    assert names_read(ast.parse(code).body) == read


def test_a_decorator_may_call_what_it_decorates():
    assert names_read(ast.parse("@a\ndef f():\n    return b").body) == {"a", "b"}


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("for x in xs:\n    y = x\n    print(y)", {"xs", "print"}),
        ("for x in xs:\n    print(y)\n    y = x", {"xs", "print", "y"}),
        ("for x in x:\n    pass", {"x"}),
        ("for a.b in xs:\n    pass", {"a", "xs"}),
        ("for x in xs:\n    pass\nelse:\n    x", {"xs", "x"}),  # there may be nothing in xs
        ("for x in xs:\n    for y in x:\n        z = y\n        z", {"xs"}),
        ("with f() as g:\n    g, h", {"f", "h"}),
        ("with f() as g, h(g):\n    x = 1\n    x", {"f", "h"}),
    ],
)
def test_what_a_loop_or_with_binds_first_is_not_read(code, read):
    assert names_read(ast.parse(code).body) == read


@pytest.mark.parametrize(
    "code",
    [
        "if a:\n    x = 1\nx",
        "for i in a:\n    if i:\n        x = 1\n    x",
        "while a:\n    x = 1\nx",
        "try:\n    x = a\nexcept E:\n    pass\nx",
    ],
)
def test_what_is_bound_only_in_some_case_is_read(code):
    """Else the value from before would be missing in the other case."""
    assert "x" in names_read(ast.parse(code).body)
