"""What the worker is told of a block: the same in this Python as in the browser's."""

import json

import pytest

from mygrad.book.browser.page import output
from mygrad.book.browser.page.api import BrowserSession
from mygrad.book.browser.page.output import StreamedOutput


class Page:
    """Stands in for the worker: keeps what is sent."""

    def __init__(self):
        self.sent = []
        self.live = BrowserSession(lambda stream, text: self.sent.append((stream, text)))

    def run(self, source, name="block 1", first_line=1, expected=None, block=1):
        request = {"block": block, "source": source, "name": name, "firstLine": first_line}
        request["expected"] = expected
        return json.loads(self.live.run(json.dumps(request)))

    def printed(self, stream="stdout"):
        return "".join(text for to, text in self.sent if to == stream)


@pytest.fixture
def page():
    return Page()


def test_what_is_printed_is_sent_while_the_block_runs(page):
    """An endless loop is ended with its worker: what waited for the end would be lost."""
    page.live.session.namespace["sent"] = page.sent

    assert page.run("print('before')\nassert ('stdout', 'before\\n') in sent")["error"] is None


def test_a_part_of_a_line_is_sent_when_it_is_flushed(page, monkeypatch):
    """As in a terminal.  A message for each number of a line would cost more than the numbers."""
    monkeypatch.setattr(
        output, "TOGETHER", 60.0
    )  # or a slow moment would send the first part alone
    page.live.session.namespace["sent"] = page.sent
    code = "print('a', end='')\nassert not sent\nprint('b', end='', flush=True)\nprint(sent)"

    assert page.run(code)["error"] is None
    assert page.sent[0] == ("stdout", "ab")


@pytest.mark.parametrize("habit", ["a.grad.backward()", "a.data.item()"])
def test_a_gradient_that_is_taken_for_a_value_is_said_to_be_a_number(page, habit):
    """Python can only say that a float has no such attribute."""
    answer = page.run(f"from mygrad import Value\na = Value(2.0)\n{habit}")

    assert answer["error"]["message"].startswith("'float' object has no attribute")
    assert "are plain numbers, with no graph behind them" in answer["error"]["traceback"]


def test_any_other_missing_attribute_is_left_to_python(page):
    answer = page.run("[].backward()")

    assert "plain numbers" not in answer["error"]["traceback"]


def test_a_number_that_is_asked_for_what_no_value_has_is_told_nothing_of_values(page):
    """The second chapter shows this error before it has a value."""
    answer = page.run("d = 4.0\nd.note")

    assert "plain numbers" not in answer["error"]["traceback"]


def test_blocks_share_their_names(page):
    page.run("x = 2")
    page.run("print(x)")

    assert page.printed() == "2\n"


def test_a_flood_is_cut_with_a_note(page, monkeypatch):
    monkeypatch.setattr(output, "MOST_CHARACTERS", 10)
    page.run("for i in range(1000): print('abc')")

    assert page.printed() == "abc\nabc\nab"
    assert page.printed("note") == "Cut here: a block shows 10 characters at most."


def test_a_flood_is_cut_also_where_a_line_ends_at_the_limit(page, monkeypatch):
    """What comes after it is not swallowed in silence."""
    monkeypatch.setattr("mygrad.book.browser.page.output.MOST_CHARACTERS", 10)
    page.run("for _ in range(9): print('1234')")

    assert page.printed("note") == "Cut here: a block shows 10 characters at most."


def test_a_flood_is_sent_in_few_messages(page):
    page.run("for i in range(10_000): print(i)")

    assert page.printed() == "".join(f"{i}\n" for i in range(10_000))
    assert len(page.sent) < 1_000


def test_warnings_and_the_like_are_a_stream_of_their_own(page):
    page.run("import sys\nprint('careful', file=sys.stderr)")

    assert page.printed("stderr") == "careful\n"
    assert page.printed() == ""


def test_an_error_has_the_line_of_the_block_and_no_frame_of_the_runner(page):
    page.run("def f():\n    return 1 / 0", name="block 1")
    error = page.run("x = 1\nf()", name="block 2")["error"]

    assert error["name"] == "ZeroDivisionError"
    assert error["line"] == 2
    assert error["traceback"].splitlines()[:3] == [
        "Traceback (most recent call last):",
        '  File "block 2", line 2, in <module>',
        "    f()",
    ]
    assert "    return 1 / 0" in error["traceback"]
    assert "execute.py" not in error["traceback"]


def test_a_syntax_error_has_its_line_too(page):
    assert page.run("x = 1\nx = = 2")["error"]["line"] == 2


@pytest.mark.parametrize("source", ["raise SystemExit(3)", "raise KeyboardInterrupt"])
def test_a_block_cannot_end_the_worker(page, source):
    assert page.run(source)["error"]["line"] == 1
    assert page.run("1")["error"] is None


def test_a_package_that_the_page_lacks_is_explained(page):
    error = page.run("import no_such_package")["error"]

    assert error["message"] == "No module named 'no_such_package'"
    assert "The page has mygrad, graphviz, and Python's standard library" in error["traceback"]


@pytest.mark.parametrize(
    ("source", "output", "raises", "differs"),
    [
        ("print(0.1 + 0.2)", "0.3000000000000001\n", None, False),
        ("print(0.3)", "0.4\n", None, True),
        ("print(1)", None, None, True),
        ("1", None, None, False),
        ("1 / 0", "ZeroDivisionError: division by zero\n", "ZeroDivisionError", False),
        ("1 / 0", "ZeroDivisionError: division by zero\n", None, True),
        ("1", None, "ZeroDivisionError", True),
    ],
)
def test_the_page_is_told_when_a_block_differs_by_the_rule_of_the_tests(
    page, source, output, raises, differs
):
    answer = page.run(source, expected={"output": output, "raises": raises})

    assert bool(answer["differs"]) == differs


def test_nothing_is_compared_unless_it_is_expected(page):
    assert page.run("print(1)")["differs"] == ""


def test_the_last_line_is_drawn(page):
    answer = page.run("from mygrad import Value, draw_dot\ndraw_dot(Value(1.0) * 2)")

    assert answer["draws"]
    assert json.loads(page.live.draw("block 1"))["picture"].startswith("<svg ")
    assert not page.run("1")["draws"]


def test_a_film_comes_with_the_lines_that_made_its_values(page):
    """Also lines of a block above.  Its ids are those of the live block."""
    page.run("from mygrad import Value, draw_steps\n\na = Value(2.0, 'a')", block=2)
    page.run("b = a * a\nb.label = 'b'\ndraw_steps(b)", block=3)
    film = json.loads(page.live.draw("block 3"))["picture"]

    assert '<li id="live-3-step-1" data-node="n1" ' in film
    assert 'data-line="3:1">b = a * a = 2.0 * 2.0 = 4.0</li>' in film


def test_an_error_of_drawing_is_an_error_of_the_block(page):
    page.run("class P:\n    def _repr_svg_(self):\n        return 1 / 0\n\nP()", name="block 4")
    error = json.loads(page.live.draw("block 4"))["error"]

    assert error["name"] == "ZeroDivisionError"
    assert error["line"] == 3


def test_a_new_page_has_no_name_of_the_old_one(page):
    page.run("x = 2")

    assert Page().run("x")["error"]["name"] == "NameError"


def test_output_counts_all_it_was_given():
    """`print` asks how much was written."""
    assert StreamedOutput("stdout", lambda *_: None).write("abc") == 3


def told_later(page, source):
    """What a block after this one is sent, when all that the first has kept is called."""
    page.run(f"import gc, sys\nout, err = sys.stdout, sys.stderr\n{source}")
    page.sent.clear()
    page.run("[[] for _ in range(1000)]\ngc.collect()\nprint('mine')")
    return page.printed() + page.printed("stderr")


@pytest.mark.parametrize(
    "source",
    [
        "class L:\n    def __del__(self):\n        print('EVIL')\na = L()\na.a = a\ndel a",
        "gc.callbacks.append(lambda *_: print('EVIL'))",
        "gc.callbacks.append(lambda *_: out.write('EVIL\\n'))",
        "sys.settrace(lambda *_: print('EVIL'))",
        "sys.setprofile(lambda *_: print('EVIL'))",
        "import builtins\nbuiltins.len = lambda _: print('EVIL')",
        "print('mine so far', end='')",
    ],
)
def test_what_a_block_leaves_behind_prints_into_no_other(page, source):
    assert told_later(page, source) == "mine\n"


def test_a_stream_that_a_block_has_kept_writes_for_the_block_that_runs(page):
    """As in a notebook: logging is set up in one block, and used in others."""
    page.run("import sys\nout = sys.stdout")
    page.live.session.namespace["out"].write("EVIL\n")  # no block runs
    page.sent.clear()
    page.run("print('mine', file=out)")

    assert page.sent == [("stdout", "mine\n")]


def test_the_folder_of_a_page_is_there_again(page):
    page.run("import os, shutil\nshutil.rmtree(os.getcwd())")

    assert page.run("open('file', 'w').close()")["error"] is None


def test_a_picture_may_be_none(page):
    """As in notebooks, where a class has pictures of some of its values."""
    page.run("class P:\n    def _repr_svg_(self):\n        return None\nP()")

    assert json.loads(page.live.draw("block 1")) == {"picture": None}


def test_what_drawing_prints_is_shown(page):
    page.run("class P:\n    def _repr_svg_(self):\n        print('here')\n        return ''\nP()")
    page.live.draw("block 1")

    assert page.printed() == "here\n"


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        ("42", "_repr_svg_ must return a str, and not int"),
        ("'x' * 6_000_000", "a picture has 5,000,000 characters at most, and this one 6,000,000"),
    ],
)
def test_what_is_no_picture_is_said_to_be_none(page, returned, said):
    page.run(f"class P:\n    def _repr_svg_(self):\n        return {returned}\nP()")
    error = json.loads(page.live.draw("block 1"))["error"]

    assert error["message"] == said
    assert error["traceback"].endswith(f"Error: {said}\n")


def test_a_message_that_is_too_long_is_cut_in_the_middle(page):
    """Its last lines say what happened."""
    error = page.run("raise ValueError('x' * 1_000_000 + ' the end')")["error"]

    assert "Cut here: an error shows 100,000 characters at most." in error["traceback"]
    assert error["traceback"].endswith("x the end\n")
    assert len(error["message"]) < 101_000


def test_an_error_of_the_network_says_that_there_is_none(page):
    error = page.run("raise OSError(23, 'Host is unreachable')")["error"]

    assert error["traceback"].endswith(
        "has no network.  Take the block along and run it at home.\n"
    )


def test_only_text_is_written(page):
    error = page.run("import sys\nsys.stdout.write(42)")["error"]

    assert error["message"] == "write() argument must be str, not int"


def test_an_error_whose_class_refuses_all_is_shown_with_its_place(page):
    error = page.run(
        "class M(type):\n    def __getattribute__(cls, name):\n        raise SystemExit(name)\n"
        "class E(Exception, metaclass=M):\n    def __str__(self):\n        raise SystemExit\n"
        "raise E"
    )["error"]

    assert error["traceback"] == (
        "Traceback (most recent call last):\n"
        '  File "block 1", line 7, in <module>\n'
        "E: <its message cannot be shown>\n"
    )


def test_a_closed_output_takes_what_comes(page):
    assert page.run("import sys\nsys.stdout.close()\nprint('still')")["error"] is None
    assert page.printed() == "still\n"


def test_an_exit_is_told_in_a_word_and_ends_no_page(page):
    """There is no program: a traceback would say that something is wrong."""
    answer = page.run("import sys\nprint('a')\nsys.exit(2)\nprint('b')")

    assert page.printed() == "a\n"
    assert answer["error"]["line"] == 3
    assert answer["error"]["traceback"].startswith("SystemExit: 2\nA page has no program to end")
