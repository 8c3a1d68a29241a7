"""Pages that MkDocs would render again: taken from an earlier build only where nothing differs."""

import logging
from types import SimpleNamespace

import pytest
from jinja2 import Environment
from mkdocs.config.base import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from mygrad.book.build import Build
from mygrad.book.site import kept_pages

CONFIG = """site_name: t
site_url: https://example.org/
markdown_extensions:
  - pymdownx.superfences
  - mygrad.book.site.extension
plugins: []
validation:
  not_found: warn
"""
PAGE = "# A page\n\nSee [there](other.md#there).\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n"


@pytest.fixture
def render(tmp_path, monkeypatch):
    """Render the page as the next build would; return it, the build, and whether it was needed."""
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "0")
    monkeypatch.setenv("CI", "")
    (tmp_path / "docs").mkdir()
    (tmp_path / "images").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    (tmp_path / "docs" / "other.md").write_text("# There\n")

    def render(text=PAGE, original=None):
        (tmp_path / "docs" / "page.md").write_text(text)
        config = load_config(str(tmp_path / "mkdocs.yml"))
        options = config.mdx_configs.setdefault("mygrad.book.site.extension", {})
        whole = Build(settings=kept_pages.settings(config))
        options.update(docs_dir=config.docs_dir, images_dir=str(tmp_path / "images"), build=whole)
        names = sorted(path.name for path in (tmp_path / "docs").glob("*.md"))
        files = Files([File(name, config.docs_dir, config.site_dir, True) for name in names])
        page = Page(None, files.get_file_from_path("page.md"), config)
        calls = []
        usual = original or page.render
        page.render = lambda *arguments: (calls.append(1), usual(*arguments))
        kept_pages.keep_rendering(page, config, files, tmp_path / "images")
        page.read_source(config)
        page.render(config, files)
        assert options["build"] is whole
        return page, whole, bool(calls)

    return render


def test_a_page_is_rendered_once_and_is_the_same_again(render):
    """With its headings, its title, its links to be checked, and what it gave to the build."""
    text = PAGE.replace(
        "```python\nprint(1)",
        "<!-- picture: one -->\n```python\nfrom mygrad import Value, draw_dot\nprint(1)\n"
        "draw_dot(Value(1.0))",
    )
    (first, one, rendered), (second, two, again) = render(text), render(text)

    assert (rendered, again) == (True, False)
    assert first.content == second.content
    assert (second.title, second.toc.items[0].id) == ("A page", "a-page")
    assert second.present_anchor_ids == first.present_anchor_ids
    assert [*one.pictures] == [*two.pictures] == ["one"]
    assert one.left_out == two.left_out == 0


def test_a_link_to_a_heading_that_is_gone_is_found_in_a_page_that_is_kept(render, caplog):
    """The page is the same, and the chapter that it links to is not."""
    render()
    page, _, rendered = render()
    ((linked, _),) = page.links_to_anchors.items()
    linked.page = SimpleNamespace(present_anchor_ids={"elsewhere"})
    page.validate_anchor_links(files=None, log_level=logging.WARNING)

    assert not rendered
    assert "'other.md' does not contain an anchor '#there'" in caplog.text


def test_a_changed_page_is_rendered(render):
    render()

    assert "Look at" in render(PAGE.replace("See", "Look at"))[0].content


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "mkdocs.yml").write_text(CONFIG.replace("example.org", "a.org")),
        lambda root: (root / "mkdocs.yml").write_text(CONFIG.replace(": warn", ": info")),
        lambda root: (root / "docs" / "new.md").write_text("# New\n"),
        lambda root: (root / "images" / "new.py").write_text("picture = None\n"),
    ],
    ids=["address", "configuration", "page", "figure"],
)
def test_what_a_page_follows_from_renders_it(render, tmp_path, change):
    render()
    change(tmp_path)

    assert render()[2]


def test_a_page_with_a_warning_is_rendered_each_time(render, tmp_path, caplog):
    """A strict build fails for it, the second as the first."""
    (tmp_path / "docs" / "other.md").unlink()
    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.WARNING, "mkdocs"):
            assert render()[2]
        assert "other.md" in caplog.text


def test_a_notebook_with_a_failing_cell_is_run_each_time(render):
    """While it is served: a build ends there."""
    html = '<div class="jp-OutputArea-output" data-mime-type="application/vnd.jupyter.stderr">'

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "render", lambda page, *_: setattr(page, "content", html))
        assert [render()[2] for _ in range(2)] == [True, True]


def test_a_reference_is_rendered_each_time(render):
    """Meanwhile a plugin notes its headings, for the links to them."""
    text = "# A page\n\n::: mygrad.Value\n"

    assert [render(text)[2] for _ in range(2)] == [True, True]


def test_an_error_is_raised_and_leaves_the_build_in_place(render):
    def fail(*_):
        raise ValueError("a fault")

    with pytest.raises(ValueError, match="a fault"):
        render(original=fail)


def test_the_theme_is_compiled_by_jinja_once():
    environment = Environment()
    kept_pages.keep_templates(environment)

    assert environment.bytecode_cache is not None


class Index:
    """The theme's search, which reads a page's headings and text."""

    def __init__(self):
        self.entries = []
        self.read = 0

    def add_entry_from_context(self, page):
        self.read += 1
        self.entries.append({"location": page.url, "text": page.content})


class Plugin:
    def __init__(self):
        self.search_index = Index()


def test_search_reads_a_page_once(render, tmp_path):
    found = []
    for text in (PAGE, PAGE, PAGE.replace("See", "Look at")):
        page, whole, _ = render(text)
        config = load_config(str(tmp_path / "mkdocs.yml"))
        config.mdx_configs["mygrad.book.site.extension"] = {"build": whole}
        config.plugins["material/search"] = plugin = Plugin()
        kept_pages.keep_search(config)
        plugin.search_index.entries.append("of another page")
        plugin.search_index.add_entry_from_context(page)
        other, entry = plugin.search_index.entries
        assert (other, entry["text"]) == ("of another page", page.content)
        found.append(plugin.search_index.read)

    assert found == [1, 0, 1]


def test_settings_tell_functions_apart_by_their_names(render, tmp_path):
    text = CONFIG.replace(
        "superfences\n",
        "superfences:\n      custom_fences:\n        - name: math\n          class: formula\n"
        "          format: !!python/name:mygrad.book.site.formulas.fence\n",
    )
    (tmp_path / "mkdocs.yml").write_text(text)
    found = kept_pages.settings(load_config(str(tmp_path / "mkdocs.yml")))

    assert '"mygrad.book.site.formulas.fence"' in found
    assert found == kept_pages.settings(load_config(str(tmp_path / "mkdocs.yml")))
