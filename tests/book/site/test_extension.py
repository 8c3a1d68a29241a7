"""The book in a site's build, as Python-Markdown sees it."""

import re
import textwrap

import markdown
import pytest

from mygrad.book.build import Build
from mygrad.book.page import PageError
from mygrad.book.site import extension
from mygrad.book.site.figures import draw_script
from mygrad.pictures.picture import Picture

DRAWING = "from mygrad import Value, draw_dot\na = Value(2.0, label='a')\ndraw_dot(a + a)"


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path_factory):
    """Blocks run in this process, so that a test can change what they find; and none is kept."""
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "0")
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path_factory.mktemp("cache")))


def build(text, **options):
    extensions = ["pymdownx.superfences", "admonition", "mygrad.book.site.extension"]
    configs = {"mygrad.book.site.extension": options}
    return markdown.markdown(text, extensions=extensions, extension_configs=configs)


def block(code, *directives):
    return "\n".join([*directives, "```python", code, "```", ""])


def test_a_picture_follows_its_block_and_its_output():
    html = build(block("print(1)\n" + DRAWING) + "\n```text\n1\n```\n\nThe end.")

    assert html.index(">1\n<") < html.index("<figure") < html.index("The end.")


def test_a_caption_stands_below_the_picture_and_is_text():
    html = build(block(DRAWING, "<!-- caption: Two arrows, <b>one</b> value. -->"))

    assert "<figcaption>Two arrows, &lt;b&gt;one&lt;/b&gt; value.</figcaption>" in html


def test_a_named_picture_can_be_linked_to_and_is_kept_for_the_site():
    whole = Build()
    html = build(block(DRAWING, "<!-- picture: twice -->"), build=whole)

    assert '<figure class="mygrad-figure" id="twice"' in html
    assert whole.pictures["twice"].svg().startswith("<svg")


def test_the_same_picture_twice_has_ids_of_its_own():
    html = build(block(DRAWING) + "\n" + block("draw_dot(a + a)"))
    ids = re.findall(r'\bid="([^"]+)"', html)

    assert html.count("<svg") == 2
    assert len(ids) == len(set(ids))


FILM = "from mygrad import Value, draw_steps\na = Value(2.0, label='a')\n"


def test_a_film_stands_where_a_picture_would():
    """With the lines that made its values, and its last frame among the site's files."""
    whole = Build()
    code = block(FILM + "draw_steps(a + a)", "<!-- picture: sum -->", "<!-- caption: Two. -->")
    html = build(code, build=whole)

    assert '<figure class="mygrad-figure" id="sum" data-search-exclude data-below="1">' in html
    assert '<li id="sum-step-1" data-node="n1" ' in html
    assert 'data-line="1:3"' in html
    assert "</ol></div>\n</div><figcaption>Two.</figcaption></figure>" in html
    assert "grad 2.0000" in whole.pictures["sum"].svg()


def test_the_lines_of_a_film_are_sought_where_a_block_has_run_to_its_end():
    """In one that raised, the last statement that binds a name may never have run."""
    raised = block("1 / 0\nb = a", "<!-- raises: ZeroDivisionError -->")
    html = build(block(FILM + "b = a + a") + "\n" + raised + "\n" + block("draw_steps(b.exp())"))

    assert set(re.findall(r'data-line="([^"]+)"', html)) == {"1:3", "3:1"}


def test_two_films_on_a_page_have_ids_of_their_own():
    html = build(block(FILM + "draw_steps(a + a)") + "\n" + block("draw_steps(a + a)"))
    ids = re.findall(r'\bid="([^"]+)"', html)

    assert "picture-2-step-1" in ids
    assert len(ids) == len(set(ids))


def test_the_many_values_of_a_film_of_groups_are_a_file_of_their_own():
    """A page would be twice as large for those who never ask for them."""
    code = FILM + "b = a + a\ndraw_steps(b, groups={'all': b})"
    whole = Build()
    html = build(block(code, "<!-- picture: grouped -->"), build=whole)
    template = re.search(r'<template class="mygrad-all"[^>]*>(.*?)</template>', html)

    assert template[1] == ""
    assert 'data-source="images/grouped_values.svg"' in template[0]
    assert 'data-name="n1"' in whole.pictures["grouped_values"].svg()


def test_without_a_name_they_stay_in_the_page():
    """A file called after the block's number could be another page's."""
    whole = Build()
    html = build(block(FILM + "b = a + a\ndraw_steps(b, groups={'all': b})"), build=whole)

    assert "data-source" not in html
    assert (
        'data-name="n1"' in re.search(r'<template class="mygrad-all".*?</template>', html, re.S)[0]
    )
    assert whole.pictures == {}


def test_they_are_found_from_a_page_in_a_folder(tmp_path):
    """A page is a folder in the site, so it is two levels below the root."""
    (tmp_path / "chapters").mkdir()
    code = FILM + "b = a + a\ndraw_steps(b, groups={'all': b})"
    page = "# A page\n\n" + block(code, "<!-- picture: grouped -->")
    (tmp_path / "chapters" / "page.md").write_text(page, encoding="utf-8")

    assert 'data-source="../../images/grouped_values.svg"' in build(page, docs_dir=str(tmp_path))


def test_directives_are_not_in_the_page():
    assert "<!--" not in build(block("1 / 0", "<!-- raises: ZeroDivisionError -->"))


def test_an_error_that_is_announced_and_not_shown_is_named():
    """Or the page would look as if the block ran through."""
    html = build(block("1 / 0", "<!-- raises: ZeroDivisionError -->") + "\nThe end.")

    assert html.index("1") < html.index("It raises ZeroDivisionError.") < html.index("The end.")


def test_a_picture_that_can_be_scrolled_is_named_by_its_title():
    html = build(
        block("from mygrad import Value, draw_dot\ndraw_dot(Value(1.0), title='A <leaf>')")
    )

    assert 'tabindex="0" role="group" aria-label="A &lt;leaf&gt;"' in html


def test_a_picture_from_elsewhere_needs_no_id_title_or_width():
    code = "class Dot:\n    def _repr_svg_(self):\n        return '<svg><g/></svg>'\nDot()"

    assert "<svg><g/></svg>" in build(block(code))


def test_a_block_in_a_box_has_its_picture_in_the_box():
    html = build("!!! note\n\n" + textwrap.indent(block(DRAWING), "    ") + "\nOutside.")
    box = html[html.index('<div class="admonition') : html.index("Outside.")]

    assert "<figure" in box
    assert "<p><figure" not in html


def test_a_source_block_shows_the_file_and_not_its_copy():
    html = build(block("# filled in by --update-docs", "<!-- source: mygrad.engine:dot -->"))

    assert "mygrad/engine.py" in html
    assert "x_data" in html


def test_a_block_that_fails_stops_the_build():
    with pytest.raises(PageError, match="raises ZeroDivisionError"):
        build(block("1 / 0"))


def test_an_output_that_differs_stops_the_build():
    with pytest.raises(PageError, match="the page shows '2'"):
        build(block("print(1)") + "\n```text\n2\n```")


def test_serving_shows_the_traceback_in_the_page_instead():
    """An error that is raised makes `mkdocs serve` hang."""
    html = build(block("1 / 0") + "\nThe rest.", show_errors=True)

    assert "ZeroDivisionError" in html
    assert "The rest." in html


def test_an_error_stands_at_its_block_and_is_linked_to_on_top():
    """In a long page nobody would look for the block."""
    text = "# A page\n\nFirst.\n\n" + block("print(1)\n1 / 0") + "\nLast."
    html = build(text, show_errors=True)
    link = '<p><a href="#mygrad-error">a text:6: this block raises ZeroDivisionError</a></p>'

    assert html.startswith(link)
    assert html.index("First.") < html.index("<code>") < html.index('id="mygrad-error"')
    assert html.index('id="mygrad-error"') < html.index("line 7") < html.index("Last.")


def test_an_error_in_a_box_stays_in_it():
    inner = textwrap.indent(block("1 / 0"), "    ")
    html = build(f"!!! note\n\n{inner}\n    In the box.\n\nOutside.", show_errors=True)

    assert html.index('id="mygrad-error"') < html.index("In the box.") < html.index("</div>\n<p>O")


def test_a_wrong_output_is_shown_at_the_output():
    html = build(block("print(1)") + "\n```text\n2\n```\n\nLast.", show_errors=True)

    assert html.index(">2") < html.index('id="mygrad-error"') < html.index("Last.")


@pytest.mark.parametrize(
    "wrong",
    ["```python\nx = 1\n", "<!-- raise: no -->\n```python\n```\n", "```text\n1\n```\n"],
)
def test_what_is_no_page_is_shown_above_its_line(wrong):
    """The fence that is never closed would swallow it."""
    html = build(f"# A page\n\nFirst.\n\n{wrong}", show_errors=True)

    assert html.index("First.") < html.index('<div id="mygrad-error">')
    assert html.count('<pre class="mygrad-error">a text:5: ') == 1


def test_an_error_of_no_line_stands_on_top(monkeypatch):
    def fail(*_):
        raise PageError("no line")

    monkeypatch.setattr(extension, "ran_page", fail)

    assert build(block("1"), show_errors=True).startswith('<pre class="mygrad-error">no line</pre>')


def test_an_error_in_front_of_the_text_stands_on_top(tmp_path):
    """MkDocs takes the first lines out, if they are settings of the page."""
    (tmp_path / "chapters").mkdir()
    page = "---\ntitle: T\n---\n" + block("print(1)") + "\n```text\n1\n```\n"
    (tmp_path / "chapters" / "page.md").write_text(page)
    options = {"docs_dir": str(tmp_path), "site_url": "https://example.org/"}
    html = build(page.partition("---\n")[2].partition("---\n")[2], show_errors=True, **options)

    assert html.index("page.md:1: a page begins") < html.index("<code>")


@pytest.fixture
def no_torch(monkeypatch):
    monkeypatch.setattr("mygrad.book.run.session.is_missing", lambda need: need == "torch")


@pytest.mark.usefixtures("no_torch")
def test_without_pytorch_a_build_says_in_one_line_how_many_blocks_were_not_run(caplog, monkeypatch):
    """And how to have them run."""
    monkeypatch.delenv("CI", raising=False)
    caplog.set_level("INFO")
    whole = Build()
    code = block("import torch", "<!-- needs: torch -->") + "\n" + block("x = 1")
    for _ in range(2):
        assert "import</span>" in build(code, build=whole)
    extension.say_not_run(whole)
    extension.say_not_run(Build())  # which leaves nothing out

    assert caplog.messages == [
        "2 blocks not run, for want of PyTorch: pip install -e '.[torch]', "
        "or add --extra torch to uv run"
    ]


@pytest.mark.usefixtures("no_torch")
def test_where_ci_is_set_a_block_that_is_not_run_stops_the_build(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(PageError, match="needs PyTorch"):
        build(block("import torch", "<!-- needs: torch -->"))


def test_text_without_fences_or_comments_is_not_touched():
    assert build("Plain *text*.") == "<p>Plain <em>text</em>.</p>"


def test_a_failure_names_the_file_and_its_line_below_the_front_matter(tmp_path):
    """MkDocs hands an extension the text alone, without the front matter."""
    docs = tmp_path / "docs"
    docs.mkdir()
    body = "# Title\n\n" + block("1 / 0")
    (docs / "page.md").write_text("---\ntitle: T\n---\n\n" + body)

    with pytest.raises(PageError) as caught:
        build(body, docs_dir=str(docs))
    assert str(caught.value).startswith(f"{docs.as_posix()}/page.md:8: this block raises")
    assert 'page.md", line 8' in str(caught.value)


def test_front_matter_does_not_move_a_picture(tmp_path):
    body = "# Title\n\n" + block(DRAWING) + "\nThe end.\n"
    (tmp_path / "page.md").write_text("---\ntitle: T\n---\n\n" + body)
    html = build(body, docs_dir=str(tmp_path))

    assert html.index("draw_dot") < html.index("<figure") < html.index("The end.")


def test_a_figure_is_drawn_by_its_script(tmp_path):
    script = "from mygrad import Value, draw_dot\npicture = draw_dot(Value(1.0, label='x'))\n"
    (tmp_path / "one.py").write_text(script)
    html = build("Before.\n\n<!-- figure: one -->\n\nAfter.", images_dir=str(tmp_path))

    assert html.index("Before.") < html.index('id="one"') < html.index("After.")


def test_a_figure_without_a_script_stops_the_build(tmp_path):
    with pytest.raises(PageError, match=r"there is no .*none\.py"):
        build("<!-- figure: none -->", images_dir=str(tmp_path))


def test_a_figure_whose_script_fails_stops_the_build(tmp_path):
    """The page's line and the script, with its own error."""
    (tmp_path / "one.py").write_text("1 / 0\n")
    message = r"^a text:3: .*one\.py fails: ZeroDivisionError\('division by zero'\)$"
    with pytest.raises(PageError, match=message):
        build("Before.\n\n<!-- figure: one -->", images_dir=str(tmp_path))


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("raise SystemExit(0)", "SystemExit(0)"),
        ("x = 1", "KeyError('picture')"),
        ("picture = 1", "AttributeError"),
    ],
)
def test_a_script_without_a_picture_stops_the_build_and_nothing_else(tmp_path, script, reason):
    """`sys.exit()` would have ended it with half a site, as if all were well."""
    (tmp_path / "one.py").write_text(script)
    with pytest.raises(PageError, match=r"one\.py fails: " + re.escape(reason)):
        draw_script(tmp_path / "one.py")


def test_a_page_is_found_beside_files_that_are_none(tmp_path):
    """They have errors of their own, when their turn comes."""
    (tmp_path / "bad.md").write_bytes(b"\xff")
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "page.md").write_text("# A page\n\n" + block("1 / 0"))

    with pytest.raises(PageError, match=r"page\.md:4: this block raises ZeroDivisionError"):
        build("# A page\n\n" + block("1 / 0"), docs_dir=str(tmp_path))


def test_pictures_at_one_place_keep_their_order():
    """Ten and more of them, too."""
    html = build("".join(block("draw_dot(a)" if n else DRAWING) + "\n" for n in range(12)))
    found = re.findall('<figure class="mygrad-figure" id="picture-([0-9]+)"', html)

    assert found == [str(n) for n in range(1, 13)]


def test_every_named_picture_becomes_a_file(tmp_path):
    script = "from mygrad import Value, draw_dot\npicture = draw_dot(Value(1.0, label='x'))\n"
    (tmp_path / "one.py").write_text(script)
    whole = Build(pictures={"two": Picture("", 1.0, 1.0, "t", "")})
    whole.write(tmp_path / "out", tmp_path, draw_script)
    images = tmp_path / "out" / "images"

    assert sorted(file.name for file in images.iterdir()) == ["one.svg", "two.svg"]
    assert "prefers-color-scheme:dark" in (images / "two.svg").read_text()


def test_one_name_for_two_pictures_is_an_error(tmp_path):
    (tmp_path / "one.py").write_text(
        "from mygrad import Value, draw_dot\npicture = draw_dot(Value(1))\n"
    )
    whole = Build(pictures={"one": Picture("", 1.0, 1.0, "t", "")})

    with pytest.raises(ValueError, match="one"):
        whole.write(tmp_path / "out", tmp_path, draw_script)


@pytest.fixture
def whole():
    return Build()


@pytest.fixture
def chapter(tmp_path, whole):
    """Builds a page as docs/chapters/NAME.md of a site with an address."""

    def chapter(text, folder="chapters", site_url="https://example.org/book/"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "one.md").write_text(text)
        return build(text, docs_dir=str(tmp_path), site_url=site_url, build=whole)

    return chapter


def test_a_chapter_offers_its_files_below_its_title(chapter, whole, tmp_path):
    """And they are written beside its page."""
    html = chapter("# Title\n\nText.\n\n" + block("print(1)") + "\n```text\n1\n```\n")
    whole.write(tmp_path / "site", tmp_path / "images", draw_script)

    assert html.index("Title") < html.index("one.ipynb") < html.index("Text.")
    for name in ("one.py", "one.ipynb"):
        assert "print(1)" in (tmp_path / "site" / "chapters" / "one" / name).read_text()


def test_another_page_with_blocks_says_how_to_install_the_package(chapter, whole):
    """It is no chapter, so it becomes no file."""
    html = chapter("# Title\n\n" + block("x = 1"), folder="more")

    assert html.index("Title") < html.index("Take its blocks away")
    assert whole.files == {}


def test_nothing_is_offered_where_the_site_has_no_address(chapter, whole):
    """The wheel would have none either."""
    html = chapter("# Title\n\n" + block("x = 1"), site_url="")

    assert "pip install" not in html
    assert whole.files == {}


def test_a_chapter_without_a_title_stops_the_build(chapter):
    """There is no place for what it offers."""
    with pytest.raises(PageError, match=r"one\.md:1: a page begins with its title"):
        chapter("Text.\n\n" + block("x = 1"))
