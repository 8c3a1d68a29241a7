"""Each promise of the book, broken and caught: pages as tests, in a pytest run of their own."""

import importlib.util

import pytest

from mygrad.book import pytest_plugin

PYTHON, TEXT, END = "```python", "```text", "```"
PLUGINS = ("-p", "pytest_markdown_docs.plugin", "-p", "mygrad.book.pytest_plugin")


@pytest.fixture(autouse=True)
def no_other_plugins(monkeypatch):
    """Loading every plugin that is installed takes longer than the tests."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.fixture(autouse=True)
def here(monkeypatch):
    """Blocks run in this process, so that a test can change what they find."""
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "0")


@pytest.fixture
def run(pytester, monkeypatch):
    """Run pytest on a page with these lines; the result says what passed and what was printed."""

    def run(*lines, options=(), ci=""):
        monkeypatch.setenv("CI", ci)
        pytester.makefile(".md", page="\n".join(lines))
        return pytester.runpytest_inprocess(*PLUGINS, "--markdown-docs", *options, "page.md")

    return run


def outcomes(result):
    counts = result.parseoutcomes()
    return {key: counts[key] for key in ("passed", "failed", "skipped") if key in counts}


def test_a_page_passes_where_its_blocks_print_what_it_shows(run):
    assert outcomes(run(PYTHON, "print(1)", END, "", TEXT, "1", END)) == {"passed": 2}


def test_a_wrong_output_fails_with_the_line_it_is_shown_on(run):
    result = run(PYTHON, "print(1)", "print(2)", END, "", TEXT, "1", "3", END)

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(["*page.md:8: the page shows '3', the block prints '2'*"])


def test_the_summary_of_a_run_names_the_fault_however_narrow_the_terminal_is(run, monkeypatch):
    """pytest cuts its own summary within the name of the page."""
    monkeypatch.setenv("COLUMNS", "40")
    result = run(PYTHON, "print(1)", END, "", TEXT, "3", END)

    summary = result.outlines[-4:]
    assert "page.md:6: the page shows '3', the block prints '1'" in summary


def test_the_summary_names_no_fault_that_is_none_of_a_page(pytester):
    pytester.makepyfile(test_it="def test_it():\n    assert False, 'a fault of another kind'")
    result = pytester.runpytest_inprocess(*PLUGINS, "--markdown-docs", "test_it.py")

    assert outcomes(result) == {"failed": 1}
    assert not [line for line in result.outlines if line.startswith("def test_it")]


def test_an_output_that_is_not_shown_fails(run):
    result = run(PYTHON, "print(1)", END)

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(["*page.md:2: this block prints what the page does not show:*"])


def test_an_output_shown_and_not_printed_fails(run):
    result = run(PYTHON, "x = 1", END, "", TEXT, "1", END)

    result.stdout.fnmatch_lines(["*page.md:6: the page shows '1', *prints nothing*"])


def test_an_error_fails_with_its_traceback_in_the_page(run):
    result = run("Text.", "", PYTHON, "x = 1", "1 / 0", END)

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(
        ["*page.md:4: this block raises ZeroDivisionError*", '*File "page.md", line 5*']
    )


def test_a_type_error_does_not_run_a_block_twice(run, pytester):
    """The stock plugin takes it for a runner of the wrong kind, and runs the block again."""
    block = ["with open('count', 'a') as file:", "    file.write('once')", "1 + 'a'"]
    run(
        PYTHON,
        "from pathlib import Path",
        f"import os; os.chdir({str(pytester.path)!r})",
        *block,
        END,
    )

    assert (pytester.path / "count").read_text() == "once"


def test_an_announced_error_passes_with_its_message(run):
    block = ["<!-- raises: ValueError -->", PYTHON, "print('so')", "raise ValueError('no')", END]

    assert outcomes(run(*block, "", TEXT, "so", "ValueError: no", END)) == {"passed": 2}


def test_an_announced_error_may_leave_its_message_unshown(run):
    block = ["<!-- raises: ValueError -->", PYTHON, "raise ValueError('no')", END]

    assert outcomes(run(*block)) == {"passed": 2}


def test_another_message_than_announced_fails(run):
    block = ["<!-- raises: ValueError -->", PYTHON, "raise ValueError('no')", END]
    result = run(*block, "", TEXT, "ValueError: yes", END)

    result.stdout.fnmatch_lines(["*page.md:7: the page shows 'ValueError: yes'*"])


def test_an_announced_error_that_no_longer_occurs_fails(run):
    result = run("<!-- raises: ValueError -->", PYTHON, "x = 1", END)

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(
        ["*page.md:3: this block should raise ValueError, and raises noth*"]
    )


def test_another_error_than_announced_fails(run):
    result = run("<!-- raises: ValueError -->", PYTHON, "1 / 0", END)

    result.stdout.fnmatch_lines(["*raises ZeroDivisionError, and should raise ValueError*"])


def test_an_unknown_directive_fails_even_where_its_page_has_no_block(run):
    result = run("<!-- rises: ValueError -->", "", "Text.")

    assert outcomes(result) == {"failed": 1}
    result.stdout.fnmatch_lines(["*page.md:1: unknown directive 'rises'*"])


@pytest.mark.parametrize("opening", ["!!! note", '=== "Tab"', "- item", "> quote"])
def test_a_fence_inside_something_is_run(run, opening):
    """Silently not collected by the stock plugin."""
    indent = "> " if opening.startswith(">") else "    "
    result = run(opening, "", indent + PYTHON, indent + "assert False", indent + END)

    assert outcomes(result) == {"passed": 1, "failed": 1}


def test_a_picture_that_fails_fails(run):
    code = [
        "class Broken:",
        "    def _repr_svg_(self):",
        "        raise OSError('no ink')",
        "Broken()",
    ]
    result = run(PYTHON, *code, END)

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(["*page.md:2: drawing fails*", "*OSError: no ink*"])


def test_a_picture_that_is_named_and_not_drawn_fails(run):
    result = run("<!-- picture: nothing -->", PYTHON, "x = 1", END)

    result.stdout.fnmatch_lines(["*page.md:3: this block names a picture*"])


def test_blocks_share_one_namespace_in_order_and_run_once(run):
    first = [PYTHON, "runs = []", "runs.append(1)", END, ""]
    second = [PYTHON, "runs.append(2)", "print(runs)", END, "", TEXT, "[1, 2]", END, ""]
    third = [PYTHON, "print(runs)", END, "", TEXT, "[1, 2]", END]

    assert outcomes(run(*first, *second, *third)) == {"passed": 4}


def test_one_selected_block_replays_those_before_it(run):
    first = [PYTHON, "x = 5", END, ""]
    second = [PYTHON, "print(x)", END, "", TEXT, "5", END]

    assert outcomes(run(*first, *second, options=["-k", "line:5"])) == {"passed": 1}


def test_two_pages_share_nothing(pytester):
    pytester.makefile(".md", a=f"{PYTHON}\nsecret = 1\n{END}")
    pytester.makefile(".md", b=f"{PYTHON}\nprint(secret)\n{END}")
    result = pytester.runpytest_inprocess(*PLUGINS, "--markdown-docs")

    assert outcomes(result) == {"passed": 3, "failed": 1}


def test_what_stands_on_a_failed_block_is_not_run(run):
    result = run(PYTHON, "x = 1 / 0", END, "", PYTHON, "print(x)", END)

    assert outcomes(result) == {"passed": 1, "failed": 2}
    result.stdout.fnmatch_lines(["*page.md:6: not run, because the block at page.md:2 failed*"])


def test_blocks_write_their_files_elsewhere(run, pytester):
    assert outcomes(run(PYTHON, "open('litter.txt', 'w').close()", END)) == {"passed": 2}
    assert not (pytester.path / "litter.txt").exists()


def test_a_source_block_that_is_out_of_date_fails(run):
    result = run("<!-- source: mygrad.engine:dot -->", PYTHON, "def dot(): ...", END)

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(["*page.md:3: mygrad/engine.py has other code here by now*"])


def test_a_source_that_is_not_there_fails_with_its_line(run):
    result = run("<!-- source: mygrad.engine:Valve -->", PYTHON, END)

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(["*page.md:3: no source 'mygrad.engine:Valve': there is no*"])


def test_a_page_that_is_not_in_utf8_fails(pytester):
    """With its line; the blocks that it may have are not looked for."""
    (pytester.path / "page.md").write_bytes("# Title\n\nGröße".encode("latin-1"))
    result = pytester.runpytest_inprocess(*PLUGINS, "--markdown-docs", "page.md")

    assert outcomes(result) == {"failed": 1}
    result.stdout.fnmatch_lines(["page.md:3: the byte 0xf6 is not UTF-8*"])


def test_a_fault_of_the_runner_itself_is_shown_with_its_traceback(run, monkeypatch):
    """It is ours to mend, so a line of the page would not help."""

    def faulty(session, block):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("mygrad.book.verify.check.check", faulty)
    result = run(PYTHON, "x = 1", END)

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(["*in faulty*", "*RuntimeError: a fault of ours*"])


def test_a_block_that_does_not_end_fails_and_what_stands_on_it_is_not_run(run, monkeypatch):
    """Each would take its time again."""
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "1")
    loop = ["while True:", "    try:", "        while True: pass", "    except: pass"]
    result = run(PYTHON, "x = 1", END, "", PYTHON, *loop, END, "", PYTHON, "print(x)", END)

    assert outcomes(result) == {"passed": 2, "failed": 2}
    result.stdout.fnmatch_lines(
        [
            "page.md:6: after 1 seconds this still ran, so it was ended*",
            "page.md:13: not run, because the page ended at another block: page.md:6: after 1 sec*",
        ]
    )


def test_a_block_that_ends_python_does_not_end_the_tests(run, monkeypatch):
    """With exit status 0 they would have passed."""
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "60")
    result = run(PYTHON, "import os", "os._exit(0)", END)

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(["page.md:2: this ended Python, with exit status 0"])


def test_a_fault_of_the_parser_itself_is_shown_with_its_traceback(run, monkeypatch):
    """The page may be right, so no line of it is blamed."""

    def faulty(path):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("mygrad.book.pytest_plugin.read", faulty)
    result = run("Text.")

    assert outcomes(result) == {"failed": 1}
    result.stdout.fnmatch_lines(["*def faulty*", "*RuntimeError: a fault of ours*"])


@pytest.fixture
def no_torch(monkeypatch):
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        "mygrad.book.run.session.importlib.util.find_spec",
        lambda name, *rest: None if name == "torch" else find_spec(name, *rest),
    )


@pytest.mark.usefixtures("no_torch")
def test_without_pytorch_its_blocks_are_skipped_and_counted(run):
    result = run("<!-- needs: torch -->", PYTHON, "import torch", END, "", PYTHON, "x = 1", END)

    assert outcomes(result) == {"passed": 2, "skipped": 1}
    result.stdout.fnmatch_lines(["1 blocks need PyTorch and were not run: pip install*torch*"])


@pytest.mark.usefixtures("no_torch")
def test_where_ci_is_set_a_skip_is_a_failure(run):
    result = run("<!-- needs: torch -->", PYTHON, "import torch", END, ci="true")

    assert outcomes(result) == {"passed": 1, "failed": 1}
    result.stdout.fnmatch_lines(["*where CI is set nothing is skipped*"])


def test_a_deep_block_runs_like_any_other_here(run):
    assert outcomes(run("<!-- needs: depth -->", PYTHON, "x = 1", END)) == {"passed": 2}


def test_update_docs_rewrites_what_differs_and_nothing_else(run, pytester):
    page = [
        "# Title", "", PYTHON, "print(1.5)", "print(2)", END, "", TEXT, "0.5", "2", END, "",
        "!!! note", "", "    " + PYTHON, "    print('new')", "    " + END, "",
        PYTHON, "x = 1", END, "", TEXT, "gone", END, "",
        "<!-- raises: ValueError -->", PYTHON, "raise ValueError('no')", END, "",
        TEXT, "?", END, "",
        "<!-- source: mygrad.book.verify.compare:repr_line -->", PYTHON, END, "", "The end.",
    ]  # fmt: skip
    result = run(*page, options=["--update-docs"])
    result.stdout.fnmatch_lines(["updated *page.md: read the change before you commit it"])

    assert (pytester.path / "page.md").read_text().split("\n") == [
        "# Title", "", PYTHON, "print(1.5)", "print(2)", END, "", TEXT, "1.5", "2", END, "",
        "!!! note", "", "    " + PYTHON, "    print('new')", "    " + END, "",
        "    " + TEXT, "    new", "    " + END, "",
        PYTHON, "x = 1", END, "",
        "<!-- raises: ValueError -->", PYTHON, "raise ValueError('no')", END, "",
        TEXT, "ValueError: no", END, "",
        "<!-- source: mygrad.book.verify.compare:repr_line -->", PYTHON,
        "def repr_line(line: str | None) -> str:",
        '    return "nothing" if line is None else repr(line)',
        END, "", "The end.",
    ]  # fmt: skip
    assert outcomes(run(*(pytester.path / "page.md").read_text().split("\n"))) == {"passed": 6}


@pytest.mark.usefixtures("no_torch")
def test_update_docs_leaves_alone_what_is_right_or_was_not_run(run, pytester):
    """Silent blocks, digits in which systems differ, and what needs PyTorch."""
    before = [
        PYTHON, "x = 1", END, "",
        PYTHON, "print(0.7071067811865475)", END, "", TEXT, "0.7071067811865476", END, "",
        "<!-- needs: torch -->", PYTHON, "print('?')", END, "", TEXT, "tensor", END, "",
        PYTHON, "print('new')", END, "", TEXT,
    ]  # fmt: skip
    run(*before, "old", END, options=["--update-docs"])

    assert (pytester.path / "page.md").read_text().split("\n") == [*before, "new", END]


def test_update_docs_leaves_a_page_alone_whose_block_fails(run, pytester):
    page = [PYTHON, "print(1)", END, "", PYTHON, "1 / 0", END]
    result = run(*page, options=["--update-docs"])

    assert outcomes(result)["failed"] == 1
    assert (pytester.path / "page.md").read_text().split("\n") == page
    result.stdout.fnmatch_lines(["not updated: page.md:6: *"])


# Where pytest-xdist has the blocks run: processes of their own, so it takes a file to change them.
HIDE_TORCH_AND_COUNT_UPDATES = """
import importlib.util
from mygrad.book import pytest_plugin

find_spec = importlib.util.find_spec
importlib.util.find_spec = lambda name, *rest: None if name == "torch" else find_spec(name, *rest)
update = pytest_plugin.update

def counted(path):
    with open("updates", "a") as file:
        file.write(path.stem + " ")
    update(path)

pytest_plugin.update = counted
"""


@pytest.mark.parametrize("options", [("-n", "2"), ("-n", "0")], ids="".join)
def test_nothing_is_lost_where_other_processes_run_the_blocks(pytester, monkeypatch, options):
    """A page is written once, and what is said is said by the process that has a terminal."""
    monkeypatch.setenv("CI", "")
    monkeypatch.setattr("importlib.util.find_spec", importlib.util.find_spec)  # to put it back
    monkeypatch.setattr("mygrad.book.pytest_plugin.update", pytest_plugin.update)
    pytester.makeconftest(HIDE_TORCH_AND_COUNT_UPDATES)
    for name in ("one", "two"):
        old = [PYTHON, f"print('{name}')", END, "", TEXT, "old", END, ""]
        skipped = ["<!-- needs: torch -->", PYTHON, "import torch", END]
        pytester.makefile(".md", **{name: "\n".join(old + skipped)})
    pytester.makefile(".md", wrong="\n".join([PYTHON, "print(1)", END, "", PYTHON, "1 / 0", END]))
    result = pytester.runpytest_inprocess(
        *PLUGINS, "-p", "xdist.plugin", *options, "--markdown-docs", "--update-docs"
    )

    assert outcomes(result) == {"passed": 6, "failed": 1, "skipped": 2}
    result.stdout.fnmatch_lines_random(
        [
            "2 blocks need PyTorch and were not run: pip install*torch*",
            "updated *one.md: read the change before you commit it",
            "updated *two.md: read the change before you commit it",
            "not updated: *wrong.md:6: *",
        ]
    )
    assert (pytester.path / "updates").read_text() == "one two wrong "
    named = [line for line in result.outlines if line.startswith("wrong.md:6: this block raises")]
    assert len(named) == 2  # among the failures, and in the summary
    for name in ("one", "two"):
        assert f"\n{name}\n```" in (pytester.path / f"{name}.md").read_text()
