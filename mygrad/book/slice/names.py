"""The names that a statement reads, as its text tells.

By the syntax tree alone: what `symtable` and the bytecode say of a comprehension or an annotation
differs from one Python to the next.  What a function reads when it is called is not in the text of
the call: `snapshot.py` finds that.
"""

from __future__ import annotations

import ast

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
BINDING = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, *DEFINITIONS)


def names_read(statements: list[ast.stmt], bound: frozenset[str] = frozenset()) -> set[str]:
    """The names that these statements read, but for those that they have surely bound before.

    `bound` are names that were bound before them.
    """
    read: set[str] = set()
    for statement in statements:
        match statement:
            case ast.For() | ast.AsyncFor():
                # Where nothing comes out of the loop's iterable, its target stays as it was; but
                # then the body is not run either.
                read |= names_in(statement.iter, bound) | names_in(statement.target, bound)
                read |= names_read(statement.body, bound | names_bound(statement.target))
                read |= names_read(statement.orelse, bound)
            case ast.With() | ast.AsyncWith():
                for item in statement.items:
                    read |= names_in(item, bound)
                    bound |= names_bound(item)
                read |= names_read(statement.body, bound)
            case _:
                read |= names_in(statement, bound, bodies=may_call(statement))
                if isinstance(statement, BINDING) and getattr(statement, "value", 0) is not None:
                    bound |= names_bound(statement)
    return read


def may_call(statement: ast.stmt) -> bool:
    """Whether the functions in it may be called by it: not where it does no more than define."""
    decorated = any(getattr(node, "decorator_list", None) for node in ast.walk(statement))
    return decorated or not isinstance(statement, DEFINITIONS)


def names_in(
    node: ast.AST, local: frozenset[str] = frozenset(), *, bodies: bool = True
) -> set[str]:
    """The names of the module that a piece of code reads: all but those `local` to what is around.

    `bodies` says whether those of functions count.  (A lambda's do: it may be called at once.)  A
    class may read a name of the module before it binds that name itself, so both count.
    """
    local |= {parameter.name for parameter in getattr(node, "type_params", ())}
    read: set[str] = set()
    match node:
        case ast.Name(name, ast.Load() | ast.Del()) | ast.AugAssign(ast.Name(name)):
            read = {name} - local
        case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
            read = names_in(node.generators[0].iter, local)  # is not in the comprehension's scope
            local = local.union(*(names_bound(part.target) for part in node.generators))
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
            return names_in_function(node, local, bodies)
    return read.union(
        *(names_in(child, local, bodies=bodies) for child in ast.iter_child_nodes(node))
    )


def names_in_function(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, local: frozenset[str], bodies: bool
) -> set[str]:
    """What it reads where it stands, as a default or a decorator, and what its body does."""
    body: list[ast.AST] = [node.body] if isinstance(node, ast.Lambda) else [*node.body]
    read = {
        name
        for child in ast.iter_child_nodes(node)
        if child not in body
        for name in names_in(child, local)
    }
    if bodies or isinstance(node, ast.Lambda):
        own = local.union(*map(names_bound, [node.args, *body])) - names_of_module(body)
        read = read.union(*(names_in(part, own) for part in body))
    return read


def names_of_module(body: list[ast.AST]) -> set[str]:
    """The names that a function takes from the module by `global`."""
    nodes = (node for part in body for node in ast.walk(part))
    return {name for node in nodes if isinstance(node, ast.Global) for name in node.names}


def names_bound(node: ast.AST) -> frozenset[str]:
    """The names that a piece of code binds in the scope where it stands."""
    found: set[str] = set()
    match node:
        case (
            ast.Name(name, ast.Store() | ast.Del())
            | ast.arg(name)
            | ast.ExceptHandler(name=str(name))
            | ast.MatchAs(name=str(name))
            | ast.MatchStar(str(name))
            | ast.MatchMapping(rest=str(name))
            | ast.FunctionDef(name)
            | ast.AsyncFunctionDef(name)
            | ast.ClassDef(name)
        ):
            found = {name}
        case ast.alias(name, as_name):
            found = {as_name or name.partition(".")[0]}
    if isinstance(node, (*DEFINITIONS, ast.Lambda)):
        return frozenset(found)
    inner = [*ast.iter_child_nodes(node)]
    if isinstance(node, COMPREHENSIONS):  # their own variables stay in them, but not that of `:=`
        inner = [part.target for part in ast.walk(node) if isinstance(part, ast.NamedExpr)]
    return frozenset(found).union(*map(names_bound, inner))
