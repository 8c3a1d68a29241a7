"""A page of Markdown becomes blocks with their directives and outputs."""

from pathlib import Path

import pytest

from mygrad.book.page import Figure, PageError
from mygrad.book.parse import parse, read, read_text


def page(*lines):
    return parse("\n".join(lines), Path("docs/page.md"))


def fences(*lines):
    return [block.fence.content for block in page(*lines).blocks]


def test_a_block_knows_its_line_its_code_and_its_output():
    text = ["# Title", "", "```python", "print(1)", "```", "", "```text", "1", "```"]
    (block,) = page(*text).blocks

    assert block.line == 4
    assert block.fence.content == "print(1)\n"
    assert block.output.content == "1\n"
    assert block.output.first_line == 8


@pytest.mark.parametrize(
    "opening",
    ['!!! note "In a box"', '??? question "Folded"', '=== "In a tab"', "- in a list"],
)
def test_a_fence_inside_something_is_found(opening):
    """The stock parser passes over these without a word."""
    text = [opening, "", "    ```python", "    if True:", "        print(1)", "    ```"]

    assert fences(*text) == ["if True:\n    print(1)\n"]


def test_a_fence_right_under_a_line_of_a_box_is_found():
    assert fences("!!! note", "    Text.", "    ```python", "    x = 1", "    ```") == ["x = 1\n"]


def test_a_tab_indents_by_four():
    """As Python-Markdown, which renders the page, has it."""
    assert fences("!!! note", "", "\t```python", "\tx = 1", "\t```") == ["x = 1\n"]


def test_a_quote_may_hold_a_block_and_its_output():
    text = ["> <!-- caption: See. -->", "> ```python", "> x = 1", ">", "> y", "> ```", ">"]
    (block,) = page(*text, "> ```text", "> 1", "> ```").blocks

    assert block.fence.content == "x = 1\n\ny\n"
    assert block.output.content == "1\n"
    assert block.directives == {"caption": "See."}


def test_an_indented_fence_in_an_example_ends_nothing():
    """The example would end early, and swallow the next real block."""
    text = ["```markdown", "    ```python", "    x", "    ```", "```", "", "```python", "y", "```"]

    assert fences(*text) == ["y\n"]


def test_directives_stand_on_the_lines_above():
    text = ["<!-- raises: TypeError -->", "<!-- caption: See: this. -->", "```python", "x", "```"]
    (block,) = page(*text).blocks

    assert block.directives == {"raises": "TypeError", "caption": "See: this."}
    assert block.first_directive == 1


def test_a_figure_stands_alone():
    text = ["Text.", "<!-- figure: one -->", "<!-- caption: See. -->", "<!-- figure: two -->"]

    assert page(*text).figures == [Figure(3, 4, "two", "See."), Figure(2, 2, "one", "")]


def test_an_ordinary_comment_is_left_alone():
    assert page("<!-- Nothing to see. -->", "", "Text.").blocks == []


def test_other_languages_are_no_blocks():
    assert fences("```sh", "ls", "```", "", "```", "plain", "```") == []


def test_a_python_fence_inside_another_fence_is_no_block():
    assert fences("````markdown", "```python", "x", "```", "````") == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("<!-- rises: TypeError -->\n```python\nx\n```", 1, "unknown directive 'rises'"),
        ("<!-- raises TypeError -->\n```python\nx\n```", 1, "unknown directive"),
        ("<!-- skip: true -->\n```python\nx\n```", 1, "unknown directive 'skip'"),
        ("<!-- needs: numpy -->\n```python\nx\n```", 1, "'needs' says 'numpy'"),
        ("<!-- raises: -->\n```python\nx\n```", 1, "'raises' says ''"),
        ("<!-- picture: two words -->\n```python\nx\n```", 1, "one word"),
        ("<!-- raises: TypeError -->\n\n```python\nx\n```", 1, "right above a Python fence"),
        ("<!-- raises: TypeError -->\n```sh\nls\n```", 1, "right above a Python fence"),
        ("<!-- rises: TypeError -->", 1, "unknown directive 'rises'"),
        ("<!-- figure: x -->\n```python\nx\n```", 1, "'figure' has no place here"),
        ("```python continuation\nx\n```", 1, "'python continuation'"),
        ("```py\nx\n```", 1, "'py'"),
        ("```{.python .x}\nx\n```", 1, "write python or text alone"),
        ("```text out\n1\n```", 1, "'text out'"),
        ("Hello.\n\n```text\n1\n```", 3, "needs a block right above it"),
        ("```python\nx\n```\n\nProse.\n\n```text\n1\n```", 7, "needs a block right above it"),
        ("```python\nx\n```\n\n```text\n\n```\n\n```text\n1\n```", 9, "needs a block right above"),
        ("```sh\nls\n```\n\n```text\n1\n```", 5, "needs a block right above it"),
        ("# Title\n\n```python\nx = 1\n", 3, "never closed"),
        ("```Python\nx\n```", 1, "'Python'"),
        ("``` { .python }\nx\n```", 1, "write python or text alone"),
        ("```{#a .python}\nx\n```", 1, "write python or text alone"),
        ("```ipython\nx\n```", 1, "'ipython'"),
        ("```Text\nx\n```", 1, "'Text'"),
        ("```python\nx\n```\n\n```\n1\n```", 5, "a fence called text"),
        ('```python title="`x`"\nx\n```', 1, "not read as one"),
        ("- ```python\n  x\n  ```", 1, "not read as one"),
        ("<!-- Figure: neuron -->", 1, "unknown directive 'Figure'"),
        ("<!-- source: a:b -->\n```python\nx\n```\n\n```text\n1\n```", 3, "shows nothing else"),
        (
            "<!-- picture: a -->\n```python\nx\n```\n\n<!-- picture: a -->\n```python\ny\n```",
            8,
            "a second picture called 'a'",
        ),
    ],
)
def test_a_broken_rule_is_an_error_with_file_and_line(text, line, message):
    with pytest.raises(PageError) as caught:
        page(*text.split("\n"))

    assert str(caught.value).startswith(f"docs/page.md:{line}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"# T\n\nGr\xf6\xdfe",
            "page.md:3: the byte 0xf6 is not UTF-8: save the file in this encoding",
        ),
        ("# T\n".encode("utf-16"), "page.md:1: the byte 0xff is not UTF-8"),
        ("# T\n".encode("utf-16-le"), "page.md:1: a zero byte is no text: save the file as UTF-8"),
        (b"# T\n\n```python\nx = 1\0\n```\n", "page.md:4: a zero byte is no text"),
    ],
)
def test_a_file_that_is_no_text_is_named_with_its_line(tmp_path, content, message):
    (tmp_path / "page.md").write_bytes(content)

    with pytest.raises(PageError, match=message):
        read(tmp_path / "page.md")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    """A folder, say, or one that somebody else may read alone."""
    (tmp_path / "page.md").mkdir()

    with pytest.raises(PageError, match=r"page\.md:1: the file can't be read: \w"):
        read(tmp_path / "page.md")


def test_marks_of_the_encoding_and_line_ends_do_not_count(tmp_path):
    (tmp_path / "page.md").write_bytes(b"\xef\xbb\xbf# T\r\n\r\nText\r")

    assert read_text(tmp_path / "page.md") == "# T\n\nText\n"
