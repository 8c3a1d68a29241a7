"""The little that only MkDocs can tell: whether it serves, and where the site goes."""

from __future__ import annotations

import functools
import importlib
import logging
import math
import os
import re
import sys
import traceback
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from mygrad.book.build import Build
    from mygrad.pictures.picture import AnyPicture

log = logging.getLogger("mkdocs.mygrad.book")

SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
SERVING = "MYGRAD_BOOK_SERVING"  # outlives a reload of this module

# mkdocs.yml names it, so it is set before the theme is loaded and prints its makers' plans.
NO_NOTICE = os.environ["NO_MKDOCS_2_WARNING"] = "1"


def on_startup(command: str, dirty: bool) -> None:
    os.environ[SERVING] = "1" if command == "serve" else ""


def on_config(config: MkDocsConfig) -> None:
    options = config.mdx_configs.setdefault("mygrad.book.site.extension", {})
    options["docs_dir"] = config.docs_dir  # the build may be called from any folder
    options["site_url"] = config.site_url or ""
    if not config.site_url:
        log.warning(
            "SITE_URL is empty: no chapter can be downloaded, since it names the wheel there"
        )
    options["images_dir"] = str(images_of(config))
    if os.environ.get(SERVING):
        options["show_errors"] = True  # an error raised makes the server hang
        if "mkdocs-jupyter" in config.plugins:
            config.plugins["mkdocs-jupyter"].config["allow_errors"] = True
    limit_notebooks()
    from mygrad.book.build import Build  # anew for each build, as the rest of the package
    from mygrad.book.site.kept_pages import settings

    options["build"] = Build(settings=settings(config))


def limit_notebooks() -> None:
    """A cell of a notebook has the time of a block, and nobody can listen in on its kernel.

    mkdocs-jupyter has no option for either.
    """
    from jupyter_client.manager import KernelManager
    from mkdocs.exceptions import PluginError
    from mkdocs_jupyter import nbconvert2

    from mygrad.book.run.process import seconds_allowed

    try:
        seconds = seconds_allowed()
    except ValueError as error:
        raise PluginError(str(error)) from None
    # A server comes here at each build.
    make_app = getattr(nbconvert2.get_nbconvert_app, "__wrapped__", nbconvert2.get_nbconvert_app)

    @functools.wraps(make_app)
    def limited(*arguments: Any, **options: Any) -> Any:
        app = make_app(*arguments, **options)
        app.config["ExecutePreprocessor"]["timeout"] = math.ceil(seconds) or None
        if hasattr(KernelManager, "transport_encryption"):  # older ones do not warn either
            app.config.KernelManager.transport_encryption = "auto"
        return app

    nbconvert2.get_nbconvert_app = limited


def on_pre_build(config: MkDocsConfig) -> None:
    from mygrad.book.progress import progress

    progress.start()


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Put the package's wheel into the site, and Python for the browser.

    Where this machine can't do the latter, the build says why.
    """
    from mygrad.book.browser.build import runtime, wheel
    from mygrad.book.browser.build.commands import UnavailableError
    from mygrad.book.ci import in_ci
    from mygrad.book.progress import progress

    progress.step("Python for the pages")
    assets = Path(config.site_dir, "assets")
    assets.mkdir(parents=True, exist_ok=True)
    options = config.mdx_configs["mygrad.book.site.extension"]
    built = wheel.kept_wheel(root_of(config), assets, options["build"].kept)
    options["wheel_url"] = f"{options['site_url']}assets/{quote(built.name)}"
    try:
        runtime.install(built, assets / "python")
    except UnavailableError as reason:
        if in_ci():
            raise PluginError(
                f"CI is set, and no block can be run in the pages: {reason}"
            ) from reason
        log.info("no block can be run in the pages, since %s", reason)
        config.extra_javascript = without_run(config.extra_javascript)
        config.extra_css = without_run(config.extra_css)


@event_priority(-100)  # after mkdocs-jupyter, which renders its pages itself
def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Look whether a page is text before MkDocs does; if not, what is served is the error."""
    from mygrad.book.page import PageError
    from mygrad.book.parse import read_text
    from mygrad.book.progress import progress
    from mygrad.book.site.extension import error_html
    from mygrad.book.site.kept_pages import keep_rendering

    progress.step(page.file.src_uri)
    keep_rendering(page, config, files, images_of(config))
    if page.file.abs_src_path is None or not page.file.src_uri.endswith(".md"):
        return
    try:
        read_text(Path(page.file.abs_src_path))
    except PageError as error:
        if not os.environ.get(SERVING):
            raise
        log.error("%s", error)
        page.file.content_string = error_html(error)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    from mygrad.book.site.kept_pages import keep_search, keep_templates

    keep_templates(env)
    if "material/search" in config.plugins:
        keep_search(config)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Let a page be described in its own words, and name no address but a real one."""
    from mygrad.book.site.description import description

    page.meta.setdefault("description", escape(description(html)))  # as the theme does not
    if not os.environ.get("SITE_URL"):
        page.canonical_url = None


RUN = "assets/run"  # its scripts, and its style


def without_run(files: list[Any]) -> list[Any]:
    """All but those that let a page run its blocks: a button that does nothing is none."""
    return [file for file in files if not str(file).startswith(RUN)]


def runs_blocks(config: MkDocsConfig) -> bool:
    return any(str(file).startswith(RUN) for file in config.extra_javascript)


@event_priority(-100)  # after mkdocs-jupyter, which adds such a script to every page
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Take out what mkdocs-jupyter brings for formulas and diagrams: it asks a third party."""
    return SCRIPT.sub(lambda script: "" if is_of_third_party(script[0]) else script[0], output)


def is_of_third_party(script: str) -> bool:
    return "mathjax" in script.lower() or "mermaid.initialize" in script


@event_priority(-100)  # nothing may change after the browsers have been told what to keep
def on_post_build(config: MkDocsConfig) -> None:
    from mygrad.book.progress import progress
    from mygrad.book.site import extension, offline, policy, search
    from mygrad.book.site.figures import draw_script, sources

    def draw(script: Path) -> AnyPicture:
        def make() -> AnyPicture:
            return build.worker.call(str(script), draw_script, script)

        return build.kept.get(f"image-{script.name}", (script, drawn_from), make)

    build: Build = config.mdx_configs["mygrad.book.site.extension"]["build"]
    site = Path(config.site_dir)
    drawn_from = sources(images_of(config))
    search.defer_index(site)
    try:
        build.write(site, images_of(config), draw)
    except Exception as error:
        if not os.environ.get(SERVING):
            raise
        log.error("images/: %s", error)
    if not os.environ.get(SERVING):  # a server adds a script of its own to each page
        policy.add_policy(site)
    if os.environ.get(SERVING) or not runs_blocks(config):
        offline.remove(site)
    else:
        offline.keep_offline(site)
    extension.say_not_run(build)
    build.worker.stop()
    progress.stop()


def on_build_error(error: Exception) -> None:
    """Say what a page does wrong, and not where MkDocs was when it did."""
    from mkdocs.exceptions import PluginError

    try:
        from mygrad.book.page import PageError
        from mygrad.book.progress import progress
    except (ImportError, SyntaxError):  # in the package, which is just being changed: so the error
        return

    progress.stop()
    if isinstance(error, PageError):
        raise PluginError(str(error)) from None


def images_of(config: MkDocsConfig) -> Path:
    return root_of(config) / "images"


def root_of(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").absolute().parent


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:
    """Let each build import the package as it is then, and show what keeps a site from being built.

    An error that reaches MkDocs' server lets it answer nobody until the next build.
    """
    from mygrad.book.kept import source

    build = server.builder
    imported = source()

    def build_or_tell() -> None:
        nonlocal imported
        try:
            found = source()
            if found != imported:
                forget_package()
                imported = found
            importlib.import_module("mygrad.book.site.extension")
            build()
        except Exception as error:
            message = "".join(traceback.format_exception(error, limit=-MOST_CALLS))
            log.error("%s", message)
            show_everywhere(message, Path(config.site_dir))

    server.builder = build_or_tell


MOST_CALLS = 3  # of those that led to an error: who writes a site does not want all of MkDocs


def show_everywhere(message: str, site: Path) -> None:
    """Put a message in place of all pages that are served, until the next build makes them anew."""
    html = (
        '<!doctype html><meta charset="utf-8"><title>No site</title><body>'
        "<p>The site can't be built.  Once this is mended and saved, it is built again.</p>"
        f'<pre class="mygrad-error">{escape(message)}</pre></body>'
    )
    for page in {*site.rglob("*.html"), site / "index.html", site / "404.html"}:
        page.write_text(html, encoding="utf-8")


def forget_package() -> None:
    """Let the next build import the package as it is now, and not as it was at the start."""
    for name in [name for name in sys.modules if name.split(".")[0] == "mygrad"]:
        del sys.modules[name]
