import pytest

from mygrad.book.site.description import MOST, description


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            "<h1>T</h1><p>One <em>small</em> step.\nAnother.</p><p>More.</p>",
            "One small step. Another.",
        ),
        ("<details><p>Download.</p></details><p>The text.</p>", "The text."),
        ('<p class="mygrad-raises">It raises.</p><p>The text.</p>', "The text."),
        ("<p>a &lt; b &amp; c</p>", "a < b & c"),
        ("<p>Short. " + "x" * MOST + " end.</p>", "Short."),
        ("<p>Why? " + "word " * 40 + "end.</p>", "Why?"),
        ("<p>" + "word " * 40 + "end. Next.</p>", "word " * 31 + "…"),
        ("<h1>A title alone</h1>", ""),
    ],
)
def test_a_page_is_described_by_its_first_sentences(html, words):
    assert description(html) == words


def test_a_description_is_never_longer_than_what_is_shown():
    assert len(description("<p>" + "word " * 100 + "</p>")) <= MOST
