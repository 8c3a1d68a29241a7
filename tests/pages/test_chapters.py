"""What holds for every chapter, besides that its blocks do what it shows."""

import re
import statistics
import subprocess
import sys
from typing import NamedTuple

import pytest
from project import ROOT

from mygrad.book.parse import parse
from mygrad.book.run.session import Session
from mygrad.book.verify.check import expected_of
from mygrad.book.verify.compare import ADDRESS, same_output, shown_output

DOCS = ROOT / "docs"
CHAPTERS = sorted((DOCS / "chapters").glob("*.md"))
SECTIONS = ["Check yourself", "Exercises", "What we know now"]
PAGES = [DOCS / "index.md", DOCS / "playground.md", *CHAPTERS]


def page_of(path):
    return parse(path.read_text(encoding="utf-8"), path)


class Words(NamedTuple):
    """A sentence of a page, or whatever else breaks a rule, and the line where it begins."""

    line: int
    text: str


def sentences_of(path):
    """The sentences of a page, without its code, formulas, headings, tables and marks."""
    text = path.read_text(encoding="utf-8")
    for passage in (r"^ *(```+).*?^ *\1", r"<!--.*?-->"):
        text = re.sub(passage, lambda m: "\n" * m[0].count("\n"), text, flags=re.M | re.S)
    prose = []
    for number, line in enumerate(text.splitlines(), 1):
        line = re.sub(r"^\s*(\d+\.|[-*>]) +", "", line).strip()
        if line and not re.match(r"#|\||!!!|\?\?\?|===", line):
            # A link and a piece of code count as the words that a reader sees.
            prose.append(Words(number, re.sub(r"\]\([^)]*\)|[\[`]", "", line)))
    joined = "\n".join(line.text for line in prose)
    found = []
    for sentence in re.finditer(r"\S.*?(?:(?<=[.!?:])(?=\s)|\Z)", joined, re.S):
        if re.search(r"\w", sentence[0]):
            begins = prose[joined.count("\n", 0, sentence.start())].line
            found.append(Words(begins, " ".join(sentence[0].split())))
    return found


def told(path, rule, broken):
    """The rule, and each place of the page that breaks it."""
    name = path.relative_to(DOCS.parent).as_posix()
    return "\n".join([f"{name}: {rule}", *(f"{name}:{line}: {text}" for line, text in broken)])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_first_block_runs_alone_in_a_fresh_interpreter(path, tmp_path):
    """So a chapter begins with its imports, and what is copied runs."""
    first = page_of(path).blocks[0].fence.content
    command = [sys.executable, "-c", first]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=60)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_block_fits_the_eye(path):
    rule = "a block has at most 30 lines, of at most 80 characters"
    broken = []
    for block in page_of(path).blocks:
        if "source" not in block.directives:
            lines = block.fence.content.splitlines()
            if len(lines) > 30:
                broken.append(Words(block.line, f"a block of {len(lines)} lines"))
            broken += [Words(block.line + i, x) for i, x in enumerate(lines) if len(x) > 80]

    assert not broken, told(path, rule, broken)


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
            assert not same_output(changed, shown_output(expected_of(block), outcome)), (
                f"{path}:{block.line}"
            )


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_sentences_are_short(path):
    sentences = sorted(sentences_of(path), key=lambda sentence: len(sentence.text.split()))
    lengths = [len(sentence.text.split()) for sentence in sentences]
    long = [Words(line, f"{len(text.split())} words: {text}") for line, text in sentences[::-1]]

    rule = f"half of a chapter's sentences have at most 15 words, here {statistics.median(lengths)}"
    assert statistics.median(lengths) <= 15, told(path, rule, long[: len(long) // 4])
    rule = "nine of ten sentences of a chapter have at most 25 words: shorten some of these"
    assert lengths[int(0.9 * len(lengths))] <= 25, told(path, rule, long[: len(long) // 8])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_no_sentence_belittles_the_reader(path):
    """What is obvious to the writer is the reason why somebody reads."""
    words = r"\b(simply|just|obviously|of course|easy|easily|trivial|trivially)\b"
    broken = [
        Words(sentence.line, f"{found[0]!r} in: {sentence.text}")
        for sentence in sentences_of(path)
        if (found := re.search(words, sentence.text, re.IGNORECASE))
    ]

    assert not broken, told(path, "no sentence belittles the reader", broken)


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_has_a_check_exercises_with_answers_and_an_end(path):
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    missing = [name for name in SECTIONS if not any(h.startswith(name) for h in headings)]

    assert not missing, told(path, f"a chapter has these sections: {', '.join(SECTIONS)}", [])
    assert headings.index("Check yourself") < headings.index("Exercises"), told(
        path, "Check yourself stands before Exercises", []
    )
    answers = text[text.index("## Exercises") :].count("??? success")
    assert answers >= 2, told(path, f"two exercises have a fold ??? success, here {answers}", [])
    assert "??? question" in text, told(path, "a chapter has a question, a fold ??? question", [])


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_calls_the_others_by_what_they_are_about(path):
    """Numbers of chapters change; what they are about does not."""
    lines = path.read_text(encoding="utf-8").splitlines()
    broken = [
        Words(number, line)
        for number, line in enumerate(lines, 1)
        if re.search(r"\bchapters? \d", line, re.IGNORECASE)
    ]

    assert not broken, told(path, "a chapter is called by what it is about", broken)


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.stem)
def test_the_anchor_of_a_fold_stands_in_it(path):
    """A browser opens the fold that it is sent into, and leaves the one below an anchor closed."""
    text = path.read_text(encoding="utf-8")

    assert re.findall(r'<a id="([^"]+)"></a>\n+ *\?\?\? ', text) == []


def test_the_site_lists_every_page():
    """And no page twice, in `nav` of mkdocs.yml."""
    listed = re.findall(r"^ +- (\S+\.md)$", (DOCS.parent / "mkdocs.yml").read_text("utf-8"), re.M)
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]

    assert sorted(listed) == sorted(pages)


def test_a_broken_rule_is_told_with_its_line_and_words(tmp_path):
    page = DOCS / "x.md"
    text = "# T\n\nOne. Two [links](a.md)\nhere.\n\n```python\nNo. Sentence.\n```\n\n- It is `a`.\n"
    file = tmp_path / "x.md"
    file.write_text(text, encoding="utf-8")

    assert sentences_of(file) == [(3, "One."), (3, "Two links here."), (10, "It is a.")]
    assert told(page, "a rule", sentences_of(file)[1:2]) == (
        "docs/x.md: a rule\ndocs/x.md:3: Two links here."
    )
