"""The questions that have come up in public: each has its answer, and leads to where it came up."""

import random
import re

import pytest
from project import ROOT

from mygrad import MLP

DOCS = ROOT / "docs"

# The slug of an answer, and the issues and pull requests behind it, as the page gives them.
RAISED = {
    "why-topological-order": (
        "Issues [#21], [#68], [#91] and [#96]; pull requests [#23], [#34] and [#64]"
    ),
    "recursion-error": "Pull request [#90]",
    "cycles": "Issue [#67]",
    "second-backward": "Issue [#53]; pull requests [#54], [#63] and [#102]",
    "zero-only-parameters": "Issues [#25], [#32] and [nn-zero-to-hero #30]",
    "value-to-the-value": "Issue [#17]; pull requests [#35], [#36], [#41] and [#122]",
    "tanh-overflow": "Pull requests [#29] and [#74]",
    "labels-and-names": "Pull requests [#10], [#15] and [#88]",
    "softmax": "Pull request [#93]",
    "optimisers": "Pull request [#114]",
    "one-wide-layer": "Pull request [#13]",
    "wrong-number-of-inputs": "Pull request [#107]",
    "reflected-operators": "Issue [#76]; pull requests [#39] and [#56]",
    "tensors": "Pull request [#94]",
    "exercises": "Issue [#104]",
    "watch-the-gradients": "Pull request [#105]",
    "zeros-in-the-picture": "Issue [nn-zero-to-hero #40]; pull request [nn-zero-to-hero #80]",
    "is-exp-right": "Issue [nn-zero-to-hero #52]",
    "adam-bias-correction": "Pull request [EurekaLabsAI #2]",
}
REPOSITORIES = {
    "": "karpathy/micrograd",
    "nn-zero-to-hero ": "karpathy/nn-zero-to-hero",
    "EurekaLabsAI ": "EurekaLabsAI/micrograd",
}

PAGE = (DOCS / "questions.md").read_text(encoding="utf-8")
LINKS = re.findall(r"^- \[.*?\]\((\S+?)#(\S+?)\)", PAGE, re.MULTILINE)


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
    assert sorted(slug for _, slug in LINKS) == sorted(RAISED)


@pytest.mark.parametrize(("page", "slug"), LINKS)
def test_every_answer_is_there_and_has_a_block_that_runs(page, slug):
    text = answer(page, slug)

    assert text, f"{page} has no {slug}"
    assert "```python" in text


@pytest.mark.parametrize(("slug", "raised"), RAISED.items())
def test_a_question_names_where_it_came_up(slug, raised):
    assert re.search(rf"#{slug}\).*\n  {re.escape(raised)}[.,]", PAGE)


def test_a_number_leads_to_its_tracker_as_issue_or_as_pull_request():
    expected = {}
    for group in "; ".join(RAISED.values()).split("; "):
        kind = "issues" if group.startswith("Issue") else "pull"
        for name, number in re.findall(r"\[(.*?)#(\d+)\]", group):
            expected[f"{name}#{number}"] = (
                f"https://github.com/{REPOSITORIES[name]}/{kind}/{number}"
            )

    assert dict(re.findall(r"^\[(.*?)\]: (\S+)$", PAGE, re.MULTILINE)) == expected


def test_micrograd_s_network_is_ours_with_the_options_that_the_page_names():
    from micrograd import nn

    random.seed(1)
    theirs = nn.MLP(3, [4, 4, 1])
    ours = MLP(3, [4, 4, 1], activation="relu", last_activation=None)
    assert 'MLP(3, [4, 4, 1], activation="relu", last_activation=None)' in PAGE

    for mine, other in zip(ours.parameters(), theirs.parameters(), strict=True):
        mine.data = float(other.data)
    biases = [neuron.b.data for layer in theirs.layers for neuron in layer.neurons]

    for _ in range(20):
        x = [random.uniform(-3, 3) for _ in range(3)]
        assert ours(x).data == pytest.approx(theirs(x).data, rel=1e-12)
    assert set(biases) == {0}
