"""What holds for every chapter, besides that its blocks do what it shows."""

import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from mygrad.book.parse import parse
from mygrad.book.run.session import Session
from mygrad.book.verify.check import expected_of
from mygrad.book.verify.compare import ADDRESS, same_output, shown

DOCS = Path(__file__).parent.parent / "docs"
CHAPTERS = sorted((DOCS / "chapters").glob("*.md"))
PAGES = [DOCS / "index.md", DOCS / "playground.md", *CHAPTERS]


def page_of(path):
    return parse(path.read_text(encoding="utf-8"), path)


def sentences_of(path):
    """The sentences of a page, without its code, formulas, headings, tables and marks."""
    text = re.sub(r"^ *(```+).*?^ *\1", "", path.read_text(encoding="utf-8"), flags=re.M | re.S)
    text = re.sub(r"<!--.*?-->", "", text)
    lines = [re.sub(r"^\s*(\d+\.|[-*>]) +", "", line).strip() for line in text.splitlines()]
    prose = [line for line in lines if line and not re.match(r"#|\||!!!|\?\?\?|===", line)]
    # A link and a piece of code count as the words that a reader sees.
    words = re.sub(r"\]\([^)]*\)", "", "\n".join(prose)).replace("[", "").replace("`", "")
    return [s for s in re.split(r"(?<=[.!?:])\s+", words) if re.search(r"\w", s)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_first_block_runs_alone_in_a_fresh_interpreter(path, tmp_path):
    """So a chapter begins with its imports, and what is copied runs."""
    first = page_of(path).blocks[0].fence.content
    command = [sys.executable, "-c", first]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=60)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_block_fits_the_eye(path):
    for block in page_of(path).blocks:
        if "source" not in block.directives:
            lines = block.fence.content.splitlines()
            assert len(lines) <= 30, f"{path}:{block.line}"
            assert max(map(len, lines)) <= 80, f"{path}:{block.line}"


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_digit_of_an_output_can_change_unseen(path):
    """Each number shown is held against what the block prints, from its first digit on."""
    page = page_of(path)
    session = Session(page)
    for block in page.blocks:
        outcome = session.outcome(block)
        if not outcome or not block.output:
            continue
        text = ADDRESS.sub("0x", block.output.content)
        for number in re.finditer(r"(?<![\w.])\d(?!x)", text):
            digit = str((int(number[0]) + 1) % 10)
            changed = text[: number.start()] + digit + text[number.end() :]
            assert not same_output(changed, shown(expected_of(block), outcome)), (
                f"{path}:{block.line}"
            )


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_sentences_are_short(path):
    lengths = sorted(len(sentence.split()) for sentence in sentences_of(path))

    assert statistics.median(lengths) <= 15
    assert lengths[int(0.9 * len(lengths))] <= 25


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_sentence_belittles_the_reader(path):
    """What is obvious to the writer is the reason why somebody reads."""
    words = r"\b(simply|just|obviously|of course|easy|easily|trivial|trivially)\b"

    assert re.findall(words, " ".join(sentences_of(path)), re.IGNORECASE) == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_has_a_check_exercises_with_answers_and_an_end(path):
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    exercises = text[text.index("## Exercises") :]

    assert headings.index("Check yourself") < headings.index("Exercises")
    assert headings[-1].startswith("What we know now") or "What we know now" in headings
    assert exercises.count("??? success") >= 2
    assert "??? question" in text


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_calls_the_others_by_what_they_are_about(path):
    """Numbers of chapters change; what they are about does not."""
    assert not re.search(r"\bchapters? \d", path.read_text(encoding="utf-8"), re.IGNORECASE)


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.stem)
def test_the_anchor_of_a_fold_stands_in_it(path):
    """A browser opens the fold that it is sent into, and leaves the one below an anchor closed."""
    text = path.read_text(encoding="utf-8")

    assert re.findall(r'<a id="([^"]+)"></a>\n+ *\?\?\? ', text) == []


def test_the_site_lists_every_page():
    listed = re.findall(r"^ +- (\S+\.md)$", (DOCS.parent / "mkdocs.yml").read_text("utf-8"), re.M)

    assert sorted(listed) == sorted(str(p.relative_to(DOCS).as_posix()) for p in DOCS.rglob("*.md"))
