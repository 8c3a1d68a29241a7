"""The little that only MkDocs can tell: whether it serves, and where the site goes."""

from __future__ import annotations

import logging
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = logging.getLogger("mkdocs.mygrad.book")

SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
SERVING = "MYGRAD_BOOK_SERVING"  # outlives a reload of this module


def on_startup(command: str, dirty: bool) -> None:
    os.environ[SERVING] = "1" if command == "serve" else ""


def on_config(config: MkDocsConfig) -> None:
    options = config.mdx_configs.setdefault("mygrad.book.extension", {})
    options["docs_dir"] = config.docs_dir  # the build may be called from any folder
    options["site_url"] = config.site_url or ""
    options["images_dir"] = str(images_of(config))
    if os.environ.get(SERVING):
        forget_package()
        options["show_errors"] = True  # an error raised makes the server hang
        if "mkdocs-jupyter" in config.plugins:
            config.plugins["mkdocs-jupyter"].config["allow_errors"] = True


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Put the package's wheel into the site, and Python for the browser.

    Where this machine can't do the latter, the build says why.
    """
    from mygrad.book import runtime, wheel
    from mygrad.book.ci import in_ci
    from mygrad.book.commands import UnavailableError

    assets = Path(config.site_dir, "assets")
    assets.mkdir(parents=True, exist_ok=True)
    built = wheel.build_wheel(root_of(config), assets)
    options = config.mdx_configs["mygrad.book.extension"]
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


def without_run(files: list[Any]) -> list[Any]:
    """All but those that let a page run its blocks: a button that does nothing is none."""
    return [file for file in files if not str(file).startswith("assets/run")]


@event_priority(-100)  # after mkdocs-jupyter, which adds such a script to every page
def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Take out what mkdocs-jupyter brings for formulas and diagrams: it asks a third party."""
    return SCRIPT.sub(lambda script: "" if is_of_third_party(script[0]) else script[0], output)


def is_of_third_party(script: str) -> bool:
    return "mathjax" in script.lower() or "mermaid.initialize" in script


def on_post_build(config: MkDocsConfig) -> None:
    from mygrad.book import takeaway
    from mygrad.book.pictures import write_named

    takeaway.write(Path(config.site_dir))
    try:
        write_named(images_of(config), Path(config.site_dir, "images"))
    except Exception as error:
        if not os.environ.get(SERVING):
            raise
        log.error("images/: %r", error)


def images_of(config: MkDocsConfig) -> Path:
    return root_of(config) / "images"


def root_of(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").absolute().parent


def forget_package() -> None:
    """Let the next build import the package as it is now, and not as it was at the start."""
    for name in [name for name in sys.modules if name.split(".")[0] == "mygrad"]:
        del sys.modules[name]
