"""What only MkDocs can tell: whether it builds or serves, and where the site goes."""

import os
import types

import pytest
from mkdocs.config.base import load_config

from mygrad.book import mkdocs_hooks, pictures


@pytest.fixture
def project(tmp_path, monkeypatch):
    """The smallest site with a notebook in it; the modules that a hook may forget are no others."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "images").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: t\nplugins:\n  - mkdocs-jupyter:\n      allow_errors: false\n"
    )
    monkeypatch.setenv(mkdocs_hooks.SERVING, "")
    monkeypatch.setattr(pictures, "drawn_by_blocks", {})
    loaded = {"mygrad": 1, "mygrad.engine": 2, "mygrad_other": 3, "markdown": 4}
    monkeypatch.setattr(mkdocs_hooks, "sys", types.SimpleNamespace(modules=loaded))
    return tmp_path


def configured(project, command):
    """The configuration as the hooks leave it."""
    config = load_config(str(project / "mkdocs.yml"))
    mkdocs_hooks.on_startup(command, dirty=False)
    mkdocs_hooks.on_config(config)
    return config


@pytest.mark.parametrize("command", ["build", "serve"])
def test_the_extension_is_told_the_folders(project, command):
    """MkDocs may be called from any folder."""
    options = configured(project, command).mdx_configs["mygrad.book.extension"]

    assert options["docs_dir"] == str(project / "docs")
    assert options["images_dir"] == str(project / "images")


def test_a_build_stops_at_a_failing_block(project):
    """In a page or in the notebook."""
    config = configured(project, "build")

    assert "show_errors" not in config.mdx_configs["mygrad.book.extension"]
    assert config.plugins["mkdocs-jupyter"].config["allow_errors"] is False


def test_serving_shows_a_failing_block(project):
    """An error that is raised makes the server hang."""
    config = configured(project, "serve")

    assert config.mdx_configs["mygrad.book.extension"]["show_errors"] is True
    assert config.plugins["mkdocs-jupyter"].config["allow_errors"] is True


def test_a_build_after_serving_is_strict_again(project):
    """One process may do both."""
    configured(project, "serve")
    options = configured(project, "build").mdx_configs["mygrad.book.extension"]

    assert "show_errors" not in options


def test_a_site_without_a_notebook_is_served_too(project):
    """The plugin is not there to be told anything."""
    (project / "mkdocs.yml").write_text("site_name: t\nplugins: []\n")
    config = configured(project, "serve")

    assert config.mdx_configs["mygrad.book.extension"]["show_errors"] is True


def test_serving_imports_the_package_anew(project):
    """Or a page would show what the package was when the server started."""
    configured(project, "serve")

    assert [*mkdocs_hooks.sys.modules] == ["mygrad_other", "markdown"]


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


def test_a_picture_that_fails_stops_a_build(project):
    """A site without it would have a broken image."""
    (project / "images" / "one.py").write_text("1 / 0\n")
    config = configured(project, "build")

    with pytest.raises(ZeroDivisionError):
        mkdocs_hooks.on_post_build(config)


def test_a_picture_that_fails_is_reported_while_serving(project, caplog):
    """And the server goes on."""
    (project / "images" / "one.py").write_text("1 / 0\n")
    mkdocs_hooks.on_post_build(configured(project, "serve"))

    assert caplog.messages == ["images/: ZeroDivisionError('division by zero')"]


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
