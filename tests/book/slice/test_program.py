"""A block with what it needs: what is kept, what is not, and how it stands in the program."""

import gc
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from mygrad.book.parse import parse
from mygrad.book.run.session import Session
from mygrad.book.slice.observe import WatchedSession, hidden_state, split
from mygrad.book.slice.program import code_before, indented_code


def session_of(*blocks):
    """A session of a page; a block may begin with its directives."""
    text = ""
    for block in blocks:
        directives, code = re.fullmatch(r"((?:<!--.*-->\n)*)(.*)", block, re.DOTALL).groups()
        text += f"{directives}```python\n{code}\n```\n\n"
    session = WatchedSession(parse(text, Path("page.md")))
    session.outcome(session.page.blocks[-1])
    return session


def front(*blocks):
    """What the last of these blocks needs, as lines without the empty ones."""
    session = session_of(*blocks)
    text = code_before(session, session.page.blocks[-1])
    return [line for line in text.splitlines() if line]


def test_a_block_that_needs_nothing_has_nothing_in_front():
    assert front("a = 1\nprint(a)", "print(2)") == []


def test_a_definition_and_an_import_are_kept_and_others_are_not():
    kept = ["import math", "import random", "def f(x):\n    return math.exp(x)", "b = 1"]

    assert front("\n".join(kept), "f(2)") == ["import math", "def f(x):", "    return math.exp(x)"]


def test_imports_stand_together_at_the_top():
    """Whatever stood between them in their blocks."""
    session = session_of("import math\n\nimport random", "print(math.floor(random.random()))")

    assert code_before(session, session.page.blocks[-1]).startswith("import math\nimport random\n")


def test_what_cannot_be_looked_into_may_change_any_name():
    """A tensor leads to others that no one sees: so its steps are looked at with every name."""
    tensor = "class Tensor:\n    grad_fn = None\n    def backward(self): hidden.append(1)"
    kept = front("hidden = []\n" + tensor, "t = Tensor()", "t.backward()", "print(hidden)")

    assert kept[0] == "hidden = []"
    assert "t.backward()" in kept


def test_the_last_binding_counts():
    assert front("a = 1", "a = 2", "print(a)") == ["a = 2"]


def test_a_binding_that_reads_the_old_one_keeps_it():
    assert front("a = 1", "a = a + 1", "a += 1", "print(a)") == ["a = 1", "a = a + 1", "a += 1"]


def test_a_function_uses_the_names_of_the_moment_when_it_is_called():
    kept = front("k = 1", "def f():\n    return k", "k = 2", "print(f())")

    assert kept == ["def f():", "    return k", "k = 2"]


def test_a_name_in_a_function_that_hides_it_is_not_needed():
    assert front("k = 1", "def f(k):\n    return k", "print(f(2))") == ["def f(k):", "    return k"]


def test_a_variable_of_a_comprehension_is_not_the_name_outside():
    assert front("x = 1", "xs = [1]", "print([x for x in xs])") == ["xs = [1]"]


def test_a_change_through_another_name_is_kept():
    assert front("a = [0]", "b = a", "b.append(1)", "print(a)") == [
        "a = [0]",
        "b = a",
        "b.append(1)",
    ]


def test_a_change_deep_in_the_package_is_kept():
    kept = front(
        "from mygrad import Value", "a = Value(2.0)", "b = a * a", "b.backward()", "a.grad"
    )

    assert kept == ["from mygrad import Value", "a = Value(2.0)", "b = a * a", "b.backward()"]


def test_a_change_of_an_object_that_does_not_matter_is_not_kept():
    """The gradient of b is not that of a, though both stand in one graph."""
    kept = front(
        "from mygrad import Value", "a = Value(2.0)", "b = a * a", "b.grad = 1.0", "a.grad"
    )

    assert kept == ["from mygrad import Value", "a = Value(2.0)"]


def test_a_call_that_changes_nothing_is_not_kept():
    """No rule about names could know that len, trace and the first f leave their argument alone."""
    kept = front(
        "a = [1]", "def f(x):\n    return x", "f(a)\nlen(a)", "def f(x): x.clear()\nf(a)", "a"
    )

    assert kept == ["a = [1]", "def f(x): x.clear()", "f(a)"]


def test_zero_and_minus_zero_are_different():
    kept = front("class A: pass", "a = A()", "a.x = 0.0", "a.x = -0.0", "print(a.x)")

    assert kept[-1] == "a.x = -0.0"


def test_a_method_that_a_class_gets_later_is_kept():
    kept = front("class A: pass", "a = A()", "def f(self): return k", "k = 1", "A.f = f", "a.f()")

    assert kept == ["class A: pass", "a = A()", "def f(self): return k", "k = 1", "A.f = f"]


def test_a_closure_keeps_what_it_closes_over():
    make = "def make():\n    box = []\n    return box.append, lambda: box"
    kept = front(make, "add, get = make()", "add(1)", "print(get())")

    assert kept[-2:] == ["add, get = make()", "add(1)"]


def test_a_decorator_is_kept_with_what_it_decorates():
    kept = front(
        "seen = []", "def note(f):\n    seen.append(f)\n    return f", "@note\ndef g(): ...", "seen"
    )

    assert kept[-2:] == ["@note", "def g(): ..."]


def test_names_of_a_star_import_and_of_a_walrus_are_names():
    assert front("from math import *", "print(n := floor(2.5))", "print(n)") == [
        "from contextlib import redirect_stdout",
        "from math import *",
        "with redirect_stdout(None):  # the page shows this further up",
        "    print(n := floor(2.5))",
    ]


def test_what_was_deleted_and_bound_again_is_the_new_one():
    assert front("a = 1", "del a", "a = 2", "print(a)") == ["a = 2"]


def test_a_name_that_a_function_binds_is_kept():
    kept = front("def f():\n    global a\n    a = 1", "f()", "print(a)")

    assert kept == ["def f():", "    global a", "    a = 1", "f()"]


def test_the_target_of_a_loop_is_not_needed_from_before():
    assert front("x = 1", "for x in [1, 2]:\n    print(x)", "for x in [3]:\n    print(x)") == []


def test_try_and_with_are_kept_as_a_whole():
    tried = "try:\n    a = int('x')\nexcept ValueError:\n    a = 0"

    assert front(tried, "print(a)") == tried.splitlines()


def test_pytorchs_random_numbers_are_watched_where_it_is_loaded(monkeypatch):
    """A page that never imports it does not load it."""
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    assert "(torch)" not in hidden_state()

    loaded = SimpleNamespace(get_rng_state=lambda: SimpleNamespace(tolist=lambda: [1, 2]))
    monkeypatch.setitem(sys.modules, "torch", loaded)
    assert hidden_state()["(torch)"] == [1, 2]


def test_random_numbers_are_drawn_as_on_the_page():
    seed, draws = "import random\nrandom.seed(1)", "a = random.random()\nb = random.random()"

    assert front("import random\nrandom.random()", seed, draws, "random.random()") == [
        "import random",
        "random.seed(1)",
        "a = random.random()",
        "b = random.random()",
    ]


def test_a_seed_is_not_kept_for_what_draws_nothing():
    assert front("import random\nrandom.seed(1)", "a = 1", "print(a)") == ["a = 1"]


def test_a_file_that_a_block_wrote_is_written_again():
    write = "from pathlib import Path\nPath('x.txt').write_text('1')"

    assert front(write, "print(Path('x.txt').read_text())") == write.splitlines()


def test_a_module_called_for_its_effect_is_kept():
    try:
        assert front("import gc", "gc.disable()", "print(gc.isenabled())")[-1] == "gc.disable()"
    finally:
        gc.enable()


def test_an_iterator_counts_as_used_by_whoever_reads_it():
    assert front("i = (x for x in 'abc')", "a = next(i)", "print(next(i))")[-1] == "a = next(i)"


def test_an_earlier_block_that_fails_leaves_what_it_had_bound():
    kept = front("a = 1", "<!-- raises: ZeroDivisionError -->\nb = 2\na / 0\nc = 3", "print(a, b)")

    assert kept == ["a = 1", "b = 2"]


def test_a_statement_that_changes_something_and_fails_is_kept_and_caught():
    failing = "def f():\n    a.append(1)\n    1 / 0"

    assert front("a = []", failing, "<!-- raises: ZeroDivisionError -->\nf()", "print(a)")[-2:] == [
        "with redirect_stdout(None), suppress(ZeroDivisionError):",
        "    f()",
    ]


def test_what_a_kept_statement_printed_is_not_printed_again(tmp_path):
    loop = "for i in range(3):\n    a.append(i)\n    print(i)"
    session = session_of("a = []", loop, "a.pop(print('popped'))if 0 else a.append(3)", "print(a)")
    program = code_before(session, session.page.blocks[-1]) + "print(a)\n"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path
    )

    assert run.stdout == "[0, 1, 2, 3]\n"


def test_neighbours_that_print_are_silenced_together():
    say = "def say(x):\n    print(x)\n    a.append(x)"
    kept = front("a = []", say, "say(1)\nsay(2)", "print(a)")

    assert kept[-3:] == [
        "with redirect_stdout(None):  # the page shows this further up",
        "    say(1)",
        "    say(2)",
    ]


def test_the_program_is_laid_out_as_a_formatter_would():
    session = session_of(
        "import math\nfrom mygrad import Value\n\na = Value(2.0)\nx = 1\n\n# a comment\nb = a * a",
        "def f(v):\n    return v * b",
        "print(f(a))",
    )

    assert code_before(session, session.page.blocks[-1]) == (
        "from mygrad import Value\n\na = Value(2.0)\n\n# a comment\nb = a * a\n\n\n"
        "def f(v):\n    return v * b\n\n\n"
    )


def test_an_inner_line_of_a_text_is_not_indented():
    assert indented_code('a = """x\ny"""\nb = 1') == '    a = """x\ny"""\n    b = 1'


def test_statements_on_one_line_stay_together():
    assert front("a = 1; b = 2", "print(b)") == ["a = 1; b = 2"]


def test_a_comment_above_a_statement_belongs_to_it():
    assert [s.text for s in split("# one\n# two\na = 1  # three\n# four")] == [
        "# one\n# two\na = 1  # three"
    ]


def test_a_block_that_shows_source_is_no_program():
    session = session_of("<!-- source: mygrad.engine:dot -->\n...", "a = 1", "print(a)")

    assert [code_before(session, block) for block in session.page.blocks] == [None, "", "a = 1\n\n"]


@pytest.mark.parametrize("code", ["print(1)\nprint(2)\n1 / 0", "a = 1\na", "x = (", "", "# only"])
def test_a_watched_block_does_what_any_block_does(code):
    page = parse(f"<!-- raises: X -->\n```python\n{code}\n```", Path("page.md"))
    watched, plain = (kind(page).outcome(page.blocks[0]) for kind in (WatchedSession, Session))

    assert watched.printed == plain.printed
    assert watched.value == plain.value
    assert repr(watched.error) == repr(plain.error)
