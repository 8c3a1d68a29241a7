"""The names that a statement reads, as its text tells.

What a function reads when it is called is not in the text of the call: `objects.py` finds that.
"""

from __future__ import annotations

import ast
import symtable

# Scopes that run where they stand, as symtable calls them.  (A lambda may: it counts as if it did.)
AT_ONCE = {"lambda", "listcomp", "setcomp", "dictcomp", "genexpr"}


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
                read |= (names_in(statement.iter) | names_of_target(statement.target)) - bound
                read |= names_read(statement.body, bound | names_bound(statement.target))
                read |= names_read(statement.orelse, bound)
            case ast.With() | ast.AsyncWith():
                for item in statement.items:
                    read |= names_in(item.context_expr) - bound
                    bound |= names_bound(item)
                read |= names_read(statement.body, bound)
            case _:
                read |= names_in(statement) - bound
                if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom):
                    bound |= names_bound(statement)
    return read


def names_in(node: ast.AST) -> set[str]:
    """The names of the module that a piece of code reads.

    Whatever calls a function reads the names in its body; what only defines it does not.
    """
    defines = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    decorated = any(getattr(inner, "decorator_list", None) for inner in ast.walk(node))
    table = symtable.symtable(ast.unparse(node), "?", "exec")
    names = names_of_scope(table, without_bodies=defines and not decorated)
    return names if defines else names | names_added_to(node)


def names_added_to(node: ast.AST) -> set[str]:
    """The targets of `x += 1`, which symtable takes for bound alone."""
    added = [inner.target for inner in ast.walk(node) if isinstance(inner, ast.AugAssign)]
    return {target.id for target in added if isinstance(target, ast.Name)}


def names_of_scope(table: symtable.SymbolTable, without_bodies: bool) -> set[str]:
    names = {
        symbol.get_name()
        for symbol in table.get_symbols()
        if symbol.is_referenced() and (table.get_type() == "module" or symbol.is_global())
    }
    for inner in table.get_children():
        body = inner.get_type() == "function" and inner.get_name() not in AT_ONCE
        if not (body and without_bodies):
            names |= names_of_scope(inner, without_bodies)
    return names


def names_bound(node: ast.AST) -> frozenset[str]:
    """The names that an assignment, an import or a target binds."""
    names = {
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)
    }
    for alias in getattr(node, "names", ()):
        names.add((alias.asname or alias.name).partition(".")[0])
    return frozenset(names)


def names_of_target(target: ast.expr) -> set[str]:
    """The names that a target reads: of `place.data` and `places[i]`, but not of `place`."""
    return names_in(target) - names_bound(target)
