"""The names that a statement reads: scopes decide, and the order of bindings."""

import ast
import sys
import textwrap

import pytest

from mygrad.book.slice.names import names_read

TYPE_PARAMETERS = [  # are no names of the module
    ("def f[T: B](x: T) -> T:\n    return x", {"B"}),
    ("class A[T](C[T]):\n    x: T", {"C"}),
    ("type X[T] = dict[T, Y]", {"dict", "Y"}),
]


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
        ("{k: v for k, v in d.items()}", {"d"}),
        ("{x for x in xs}", {"xs"}),
        ("[x for x in x]", {"x"}),
        ("[[y * k for y in x] for x in xs]", {"k", "xs"}),
        ("[x for xs in xss for x in xs if x]", {"xss"}),
        ("[lambda: x for x in xs]", {"xs"}),
        ("[x for x in xs], x", {"x", "xs"}),
        ("lambda x, *a, y=d, **k: (x, a, y, k, z)", {"d", "z"}),
        ("f(lambda x=x: x)", {"f", "x"}),
        ("del x", {"x"}),  # it fails where there is none
        ("del x[i], y.z", {"x", "i", "y"}),
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
        *(TYPE_PARAMETERS if sys.version_info >= (3, 12) else []),  # no syntax before
    ],
)
def test_a_definition_reads_nothing_for_its_bodies(code, read):
    """Whoever calls the function reads what the body needs then, which may be another object."""
    assert names_read(ast.parse(code).body) == read


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("def f():\n    return [x for x in xs if x in k]", {"xs", "k"}),
        ("def f():\n    n = 0\n    n += k\n    return n", {"k"}),
        ("def f():\n    global n\n    n += 1", {"n"}),
        ("def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += k\n    g()", {"k"}),
        ("def f():\n    g = 1\n    def h():\n        global g\n        return g", {"g"}),
        ("def f():\n    [y := x for x in xs]\n    return y", {"xs"}),
        ("def f(a, *b, c=d, **e):\n    return a, b, c, e", {"d"}),
        ("def f():\n    import a.b, c as d\n    return a, d", set()),
        ("def f():\n    try:\n        a\n    except E as e:\n        e", {"a", "E"}),
        ("def f():\n    class A(B):\n        pass\n    return A", {"B"}),
        ("def f(x: T) -> R:\n    return x", {"T", "R"}),
        ("class A:\n    x = x", {"x"}),
        ("class A:\n    k = 1\n    xs = [k for _ in r]", {"k", "r"}),  # not the class's own
        ("class A:\n    x: T = d\n    def f(self):\n        return e", {"T", "d", "e"}),
        ("async def f():\n    return [x async for x in xs]", {"xs"}),
    ],
)
def test_a_scope_keeps_its_own_names(body, read):
    """In the body of an `if`, where what is defined may also be called."""
    code = "if True:\n" + textwrap.indent(body, "    ")

    assert names_read(ast.parse(code).body) == read


def test_what_a_pattern_binds_is_a_functions_own():
    patterns = ["[a, *b] if a > k", "{'x': c, **d}", "Point(x=0) | Other.C as e"]
    cases = "".join(f"        case {p}:\n            a, b, c, d, e\n" for p in patterns)
    code = f"if True:\n  def f(p):\n    match p:\n{cases}"

    assert names_read(ast.parse(code).body) == {"k", "Point", "Other"}


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("ys = [x for x in xs]\nx", {"xs", "x"}),
        ("y = [z := x for x in xs]\nz", {"xs"}),
        ("f = lambda x: x\nx", {"x"}),
        ("x: T\nx", {"T", "x"}),
        ("x: T = a\nx", {"T", "a"}),
        ("def f():\n    x = 1\nf(x)", {"x"}),
        ("class A:\n    x = 1\nA(x)", {"x"}),
        ("import a.b as c, d.e\na, c, d", {"a"}),
    ],
)
def test_what_one_statement_binds_the_next_does_not_read(code, read):
    """And what is bound in a scope inside it, or by an annotation alone, is not bound at all."""
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
