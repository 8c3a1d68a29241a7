"""What only MkDocs can tell: whether it builds or serves, and where the site goes."""

import os
import shutil
import sys
import types
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from mkdocs.config.base import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.yaml import yaml_load
from mkdocs_jupyter import nbconvert2
from project import ROOT

from mygrad.book import kept
from mygrad.book.page import PageError
from mygrad.book.progress import progress
from mygrad.book.site import kept_pages, mkdocs_hooks


@pytest.fixture
def project(tmp_path, monkeypatch):
    """The smallest site with a notebook in it; the modules that a hook may forget are no others."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "images").mkdir()
    scripts = Path("assets", "offline")
    shutil.copytree(ROOT / "docs" / scripts, tmp_path / "site" / scripts)  # as MkDocs does
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: t\nsite_url: https://example.org/\n"
        "plugins:\n  - mkdocs-jupyter:\n      allow_errors: false\n"
    )
    monkeypatch.setenv(mkdocs_hooks.SERVING, "")
    monkeypatch.setenv("MYGRAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "0")  # scripts run in this process
    loaded = {"mygrad": 1, "mygrad.engine": 2, "mygrad_other": 3, "markdown": 4}
    monkeypatch.setattr(mkdocs_hooks, "sys", types.SimpleNamespace(modules=loaded))
    return tmp_path


def configured(project, command):
    """The configuration as the hooks leave it."""
    config = load_config(str(project / "mkdocs.yml"))
    mkdocs_hooks.on_startup(command, dirty=False)
    mkdocs_hooks.on_config(config)
    return config


def test_a_site_without_an_address_says_what_it_lacks(project, caplog):
    """An empty SITE_URL left the downloads out without a word."""
    text = (project / "mkdocs.yml").read_text()
    (project / "mkdocs.yml").write_text(text.replace("https://example.org/", "''"))
    configured(project, "build")

    assert caplog.messages == [
        "SITE_URL is empty: no chapter can be downloaded, since it names the wheel there"
    ]


def test_a_limit_that_is_none_ends_the_build_in_one_line(project, monkeypatch):
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", "soon")

    with pytest.raises(PluginError, match=r"^MYGRAD_BLOCK_SECONDS is a number .* got 'soon'$"):
        configured(project, "build")


def test_an_error_in_the_package_itself_is_left_to_mkdocs(project, monkeypatch):
    """While it is changed, a server asks for a package that can't be imported."""
    monkeypatch.setitem(sys.modules, "mygrad.book.page", None)

    assert mkdocs_hooks.on_build_error(ValueError("a fault")) is None


@pytest.mark.parametrize("command", ["build", "serve"])
def test_the_extension_is_told_the_folders(project, command):
    """MkDocs may be called from any folder."""
    options = configured(project, command).mdx_configs["mygrad.book.site.extension"]

    assert options["docs_dir"] == str(project / "docs")
    assert options["images_dir"] == str(project / "images")


def test_a_build_stops_at_a_failing_block(project):
    """In a page or in the notebook."""
    config = configured(project, "build")

    assert "show_errors" not in config.mdx_configs["mygrad.book.site.extension"]
    assert config.plugins["mkdocs-jupyter"].config["allow_errors"] is False


def test_serving_shows_a_failing_block(project):
    """An error that is raised makes the server hang."""
    config = configured(project, "serve")

    assert config.mdx_configs["mygrad.book.site.extension"]["show_errors"] is True
    assert config.plugins["mkdocs-jupyter"].config["allow_errors"] is True


def test_a_build_after_serving_is_strict_again(project):
    """One process may do both."""
    configured(project, "serve")
    options = configured(project, "build").mdx_configs["mygrad.book.site.extension"]

    assert "show_errors" not in options


def test_a_site_without_a_notebook_is_served_too(project):
    """The plugin is not there to be told anything."""
    (project / "mkdocs.yml").write_text("site_name: t\nplugins: []\n")
    config = configured(project, "serve")

    assert config.mdx_configs["mygrad.book.site.extension"]["show_errors"] is True


def test_search_is_kept_where_the_theme_brings_it(project, monkeypatch):
    """And templates in any case."""
    told = []
    monkeypatch.setattr(kept_pages, "keep_search", lambda config: told.append("search"))
    monkeypatch.setattr(kept_pages, "keep_templates", lambda env: told.append("templates"))
    config = configured(project, "build")
    mkdocs_hooks.on_env(None, config, Files([]))
    config.plugins["material/search"] = config.plugins["mkdocs-jupyter"]
    mkdocs_hooks.on_env(None, config, Files([]))

    assert told == ["templates", "templates", "search"]


class Server:
    """A server as MkDocs hands it to the hooks."""

    def __init__(self, build):
        self.builder = build


@pytest.fixture
def served(project, monkeypatch):
    """Serve with some builder, and return the builder that the server then has."""
    monkeypatch.setattr(kept, "source", lambda: (project / "source.txt").read_text())
    (project / "source.txt").write_text("as it was")

    def served(build):
        server = Server(build)
        mkdocs_hooks.on_serve(server, configured(project, "serve"), build)
        return server.builder

    return served


def test_serving_imports_a_changed_package_anew(project, served):
    """Or a page would show what the package was when the server started."""
    loaded = []
    build = served(lambda: loaded.append([*mkdocs_hooks.sys.modules]))
    build()
    (project / "source.txt").write_text("as it is now")
    build()

    assert loaded[0] == ["mygrad", "mygrad.engine", "mygrad_other", "markdown"]
    assert loaded[1] == ["mygrad_other", "markdown"]


@pytest.mark.parametrize("error", [SyntaxError("invalid"), PluginError("invalid")])
def test_what_keeps_a_site_from_being_built_is_served_in_place_of_its_pages(
    project, served, caplog, error
):
    """An error that reaches the server lets it answer nobody."""

    def fail():
        raise error

    page = project / "site" / "chapter" / "index.html"
    page.parent.mkdir()
    page.write_text("what was")
    served(fail)()

    for path in (page, project / "site" / "index.html", project / "site" / "404.html"):
        assert "invalid</pre>" in path.read_text().replace("\n", "")
    assert "invalid" in caplog.text


def test_a_package_that_cannot_be_imported_is_served_as_its_error(project, served, monkeypatch):
    def fail(_name):
        raise SyntaxError("in the engine, a < b")

    monkeypatch.setattr(mkdocs_hooks.importlib, "import_module", fail)
    served(lambda: None)()

    assert "SyntaxError: in the engine, a &lt; b" in (project / "site" / "index.html").read_text()


def test_a_build_keeps_the_package(project):
    """It imports it once."""
    configured(project, "build")

    assert "mygrad.engine" in mkdocs_hooks.sys.modules


def test_the_site_has_the_named_pictures(project):
    """Drawn by the scripts beside the configuration."""
    (project / "images" / "one.py").write_text(
        "from mygrad import Value, draw_dot\npicture = draw_dot(Value(1.0))\n"
    )
    config = configured(project, "build")
    mkdocs_hooks.on_post_build(config)

    assert os.listdir(project / "site" / "images") == ["one.svg"]


@pytest.mark.parametrize(("command", "policies"), [("build", 1), ("serve", 0)])
def test_a_build_puts_a_policy_into_every_page_and_a_server_none(project, command, policies):
    """A server adds a script of its own to each page, to load it anew."""
    config = configured(project, command)
    pages = [project / "site" / name for name in ("index.html", "404.html", "lab/moons/index.html")]
    for page in pages:
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text('<head><meta charset="utf-8"></head>')
    mkdocs_hooks.on_post_build(config)

    for page in pages:
        assert page.read_text().count("Content-Security-Policy") == policies


@pytest.mark.parametrize(
    ("command", "scripts", "kept"),
    [
        ("build", ["assets/run/page.js"], True),
        ("build", [], False),  # where Node is missing, no block runs
        ("serve", ["assets/run/page.js"], False),  # what is being written must not be kept
    ],
)
def test_a_built_site_with_python_is_kept_by_browsers_and_no_other(project, command, scripts, kept):
    config = configured(project, command)
    config.extra_javascript = scripts
    mkdocs_hooks.on_post_build(config)
    script = (project / "site" / "service-worker.js").read_text(encoding="utf-8")

    assert ("self.SITE" in script, "removes itself" in script) == (kept, not kept)


def test_a_picture_that_fails_stops_a_build(project):
    """A site without it would have a broken image."""
    (project / "images" / "one.py").write_text("1 / 0\n")
    config = configured(project, "build")

    with pytest.raises(PageError, match=r"one\.py fails: ZeroDivisionError"):
        mkdocs_hooks.on_post_build(config)


def test_a_picture_that_fails_is_reported_while_serving(project, caplog):
    """And the server goes on."""
    (project / "images" / "one.py").write_text("1 / 0\n")
    mkdocs_hooks.on_post_build(configured(project, "serve"))

    script = project / "images" / "one.py"
    assert caplog.messages == [f"images/: {script} fails: ZeroDivisionError('division by zero')"]


@pytest.fixture
def page(project):
    """A page of the site as MkDocs hands it to the hooks, with what is no text in it."""
    (project / "docs" / "page.md").write_bytes(b"# T\n\n\xff\n")

    def page(config):
        return Page(None, File("page.md", config.docs_dir, config.site_dir, True), config)

    return page


def test_a_page_that_is_no_text_stops_a_build(project, page):
    config = configured(project, "build")

    with pytest.raises(PageError, match=r"page\.md:3: the byte 0xff is not UTF-8"):
        mkdocs_hooks.on_pre_page(page(config), config, Files([]))


def test_a_page_that_is_no_text_is_served_as_its_error(project, page, caplog):
    """And the server goes on, until it is mended."""
    config = configured(project, "serve")
    served = page(config)
    mkdocs_hooks.on_pre_page(served, config, Files([]))
    text = served.file.content_string

    assert text.startswith('<pre class="mygrad-error">')
    assert text.endswith(
        "docs/page.md:3: the byte 0xff is not UTF-8: save the file in this encoding</pre>"
    )
    assert len(caplog.messages) == 1


def test_a_page_without_a_file_is_left_to_mkdocs(project):
    """A plugin may have made it."""
    config = configured(project, "build")
    made = File("made.md", None, config.site_dir, True)
    made.content_string = "Text."
    mkdocs_hooks.on_pre_page(Page(None, made, config), config, Files([]))

    assert made.content_string == "Text."


def test_an_error_in_a_page_ends_a_build_in_its_own_words(project):
    """MkDocs would show where it was itself."""
    with pytest.raises(PluginError, match=r"^page\.md:3: wrong$"):
        mkdocs_hooks.on_build_error(PageError("page.md:3: wrong"))


def test_any_other_error_is_shown_as_it_is():
    """It may be a fault of ours."""
    mkdocs_hooks.on_build_error(ValueError("a fault"))


def test_a_build_says_what_it_does_until_it_ends(project):
    """However it ends."""
    config = configured(project, "build")
    mkdocs_hooks.on_pre_build(config)
    thread = progress.thread
    assert thread.is_alive()
    mkdocs_hooks.on_build_error(ValueError("a fault"))
    thread.join(60)

    assert not thread.is_alive()


@pytest.mark.parametrize(("seconds", "timeout"), [("7.5", 8), ("0", None)])
def test_a_cell_of_a_notebook_has_the_time_of_a_block(project, monkeypatch, seconds, timeout):
    """And no other process can read what its kernel says."""
    monkeypatch.setenv("MYGRAD_BLOCK_SECONDS", seconds)
    for _ in range(2):  # as a server does
        configured(project, "build")
    config = nbconvert2.get_nbconvert_app().config

    assert config["ExecutePreprocessor"]["timeout"] == timeout
    assert config.KernelManager.transport_encryption == "auto"


def test_a_kernel_that_has_no_encryption_is_left_alone(project, monkeypatch):
    """An older one, which does not warn of it."""
    monkeypatch.delattr(KernelManager, "transport_encryption")
    configured(project, "build")

    assert "KernelManager" not in nbconvert2.get_nbconvert_app().config


def test_the_makers_of_the_theme_are_silenced_before_it_is_loaded(monkeypatch):
    """Their plans are nothing that a reader can act on."""
    monkeypatch.delenv("NO_MKDOCS_2_WARNING", raising=False)
    monkeypatch.delitem(sys.modules, "mygrad.book.site.mkdocs_hooks")
    yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))

    assert os.environ["NO_MKDOCS_2_WARNING"] == "1"


@pytest.mark.parametrize(
    "script",
    [
        '<script data-mkdocs-jupyter-mathjax="https://a.org/">\n1\n</script>',
        '<script type="text/x-mathjax-config">init()</script>',
        '<script type="module">\nmermaid.initialize(await import("https://a.org/"))</script>',
    ],
)
def test_what_a_plugin_brings_from_a_third_party_is_taken_out(script):
    """The scripts beside it stay as they are."""
    kept = '<script src="bundle.js"></script>', '<script id="__config">{}</script>'
    html = f"<body>{kept[0]}\n{script}{kept[1]}</body>"

    assert mkdocs_hooks.on_post_page(html, None, None) == f"<body>{kept[0]}\n{kept[1]}</body>"


def test_a_page_may_speak_of_such_scripts():
    """In its text, where nothing is loaded."""
    html = "<body><p>MathJax and mermaid.initialize</p><script>1</script></body>"

    assert mkdocs_hooks.on_post_page(html, None, None) == html


def test_that_is_done_after_all_plugins():
    """They add their scripts by the same event."""
    assert mkdocs_hooks.on_post_page.mkdocs_priority < 0


@pytest.mark.parametrize(
    ("environment", "canonical"),
    [({}, None), ({"SITE_URL": "https://example.org/"}, "https://example.org/a/")],
)
def test_a_page_is_described_and_names_no_address_but_a_real_one(
    project, monkeypatch, environment, canonical
):
    """The theme puts both into attributes as they are."""
    monkeypatch.delenv("SITE_URL", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    config = configured(project, "build")
    file = File("a.md", str(project / "docs"), str(project / "site"), use_directory_urls=True)
    page = Page(None, file, config)
    page.meta = {}
    mkdocs_hooks.on_page_content('<h1>A</h1><p>A "value" &lt; 1.</p>', page, config, Files([file]))

    assert page.meta == {"description": "A &quot;value&quot; &lt; 1."}
    assert page.canonical_url == canonical


def test_a_description_that_a_page_brings_stays(project):
    config = configured(project, "build")
    file = File("a.md", str(project / "docs"), str(project / "site"), use_directory_urls=True)
    page = Page(None, file, config)
    page.meta = {"description": "My own."}
    mkdocs_hooks.on_page_content("<p>Text.</p>", page, config, Files([file]))

    assert page.meta == {"description": "My own."}
