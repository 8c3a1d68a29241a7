"""The questions that learners have asked in public: each has an answer, and a link to it."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"

# The slug of an answer, and where it was asked: micrograd unless said otherwise.
ASKED = {
    "why-topological-order": "#21 #23 #34 #64 #68 #91 #96",
    "recursion-error": "#90",
    "cycles": "#67",
    "second-backward": "#53 #54 #63 #102",
    "zero-only-parameters": "#25 #32, nn-zero-to-hero#30",
    "value-to-the-value": "#17 #35 #36 #41 #122",
    "tanh-overflow": "#29 #74",
    "labels-and-names": "#10 #15 #88",
    "softmax": "#93",
    "optimisers": "#114",
    "one-wide-layer": "#13",
    "wrong-number-of-inputs": "#107",
    "reflected-operators": "#39 #56 #76",
    "tensors": "#94",
    "exercises": "#104",
    "watch-the-gradients": "#105",
    "zeros-in-the-picture": "nn-zero-to-hero#40 #80",
    "is-exp-right": "nn-zero-to-hero#52",
    "adam-bias-correction": "EurekaLabsAI/micrograd#2",
}

LINKS = re.findall(r"\[.*?\]\((\S+?)#(\S+?)\)", (DOCS / "questions.md").read_text(encoding="utf-8"))


def answer(page, slug):
    """The part of a page from an anchor or a heading to the next, or None."""
    text = (DOCS / page).read_text(encoding="utf-8")
    text = re.sub(r'(<a id="[^"]+"></a>)\n+#.*', r"\1", text)  # an anchor over a heading is its own
    heads = r"""^(?: *<a id="([^"]+)"></a>|#+ (.*))$"""
    places = [
        (m.start(), m[1] or re.sub(r"[^\w]+", "-", m[2].lower()).strip("-"))
        for m in re.finditer(heads, text, re.MULTILINE)
    ]
    for (start, name), (end, _) in zip(places, [*places[1:], (len(text), "")]):
        if name == slug:
            return text[start:end]
    return None


def test_every_question_is_listed():
    assert sorted(slug for _, slug in LINKS) == sorted(ASKED)


@pytest.mark.parametrize(("page", "slug"), LINKS)
def test_every_answer_is_there_and_has_a_block_that_runs(page, slug):
    text = answer(page, slug)

    assert text, f"{page} has no {slug}"
    assert slug == "tensors" or "```python" in text  # tensors: an answer in words
