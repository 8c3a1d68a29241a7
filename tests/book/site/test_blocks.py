"""What a page's blocks come to: run where what they follow from has changed, and only there."""

import subprocess
import sys
from pathlib import Path

import pytest
from project import ROOT

from mygrad.book.kept import Kept
from mygrad.book.page import PageError
from mygrad.book.parse import parse
from mygrad.book.site import blocks, figures

IMAGES = ROOT / "images"

PAGE = """# A page

A word.

```python
print(1)
```

```text
1
```

<!-- figure: one -->
"""
SCRIPT = "from mygrad import Value, draw_dot\npicture = draw_dot(Value({}, label='x'))\n"


class Worker:
    """Runs in this process, and counts how often."""

    def __init__(self):
        self.calls = 0

    def call(self, _place, function, *arguments):
        self.calls += 1
        return function(*arguments)


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a page's text as the next build would, and tell how often blocks have been run by now."""
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CI", "")
    (tmp_path / "one.py").write_text(SCRIPT.format(1.0))
    worker = Worker()

    def run(text):
        page = parse(text, tmp_path / "page.md")
        return blocks.ran_page(page, tmp_path, tmp_path, worker, Kept()), worker.calls

    return run


def test_a_changed_word_runs_nothing(run):
    assert run(PAGE) == run(PAGE.replace("A word", "Another word"))
    assert run(PAGE)[1] == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("print(1)", "print( 1)"),
        ("A word.", "A word.\n"),  # a block may ask for its line
        ("<!-- figure", "<!-- caption: More. -->\n<!-- figure"),
        ("```python", "<!-- needs: depth -->\n```python"),
        ("```text\n1\n", "```text\n1 \n"),
    ],
)
def test_what_blocks_follow_from_runs_them(run, old, new):
    run(PAGE)

    assert run(PAGE.replace(old, new))[1] == 2


def test_a_changed_output_is_compared(run):
    """Though its block is the same."""
    run(PAGE)
    with pytest.raises(PageError, match="the page shows '2', the block prints '1'"):
        run(PAGE.replace("```text\n1", "```text\n2"))


def test_a_block_that_prints_its_own_line_is_never_stale(run):
    code = "import sys\nprint(sys._getframe().f_lineno)"
    text = f"# A page\n\n```python\n{code}\n```\n\n```text\n5\n```\n"
    run(text)
    with pytest.raises(PageError, match="the block prints '6'"):
        run(text.replace("# A page\n", "# A page\n\n"))


def test_a_changed_figure_is_drawn(run, tmp_path):
    before, _ = run(PAGE)
    (tmp_path / "one.py").write_text(SCRIPT.format(2.0))
    after, calls = run(PAGE)

    assert calls == 2
    assert before.edits != after.edits


def test_a_figure_of_what_is_measured_anew_is_drawn(run, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "MEASURED", "results")
    results = tmp_path.parent / "results"
    results.mkdir()
    (results / "times.json").write_text("[1]")
    run(PAGE)
    (results / "times.json").write_text("[2]")

    assert run(PAGE)[1] == 2


@pytest.mark.parametrize("script", sorted(IMAGES.glob("*.py")), ids=lambda path: path.stem)
def test_a_figure_reads_nothing_else(script):
    """What else it read could change, and the figure would be stale."""
    watch = (
        "import runpy, sys\n"
        "import mygrad.pictures.plot, mygrad.pictures.graphviz\n"
        "sys.addaudithook(lambda event, args: event == 'open' and print(args[0]))\n"
        f"runpy.run_path({str(script)!r}, run_name='figure')\n"
    )
    command = [sys.executable, "-c", watch]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    root = IMAGES.parent
    read = {Path(line) for line in printed.splitlines() if line.startswith(str(root))}
    allowed = {script, *(root / "mygrad").rglob("*"), *(root / figures.MEASURED).glob("*.json")}

    assert read - allowed == set()


def test_a_figure_that_is_gone_is_missed(run, tmp_path):
    run(PAGE)
    (tmp_path / "one.py").unlink()
    with pytest.raises(PageError, match=r"there is no .*one\.py"):
        run(PAGE)


def test_a_failing_block_is_never_kept(run):
    text = PAGE.replace("print(1)", "1 / 0")
    for _ in range(2):
        with pytest.raises(PageError, match="ZeroDivisionError"):
            run(text)
    assert run(PAGE)[1] == 3


def test_two_pages_with_the_same_blocks_are_two(run, tmp_path):
    """A traceback names the file."""
    run(PAGE)
    page = parse(PAGE, tmp_path / "other.md")
    worker = Worker()
    blocks.ran_page(page, tmp_path, tmp_path, worker, Kept())

    assert worker.calls == 1


def test_nothing_that_is_kept_can_follow_from_the_text_around_the_blocks(run, monkeypatch):
    seen = []
    monkeypatch.setattr(blocks, "run_page", lambda page, *_: seen.append(page.text))
    run(PAGE)

    assert seen == [""]
