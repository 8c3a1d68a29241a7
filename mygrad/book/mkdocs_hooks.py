"""The little that only MkDocs can tell: whether it serves, and where the site goes."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

log = logging.getLogger("mkdocs.mygrad.book")

SERVING = "MYGRAD_BOOK_SERVING"  # outlives a reload of this module


def on_startup(command: str, dirty: bool) -> None:
    os.environ[SERVING] = "1" if command == "serve" else ""


def on_config(config: MkDocsConfig) -> None:
    options = config.mdx_configs.setdefault("mygrad.book.extension", {})
    options["docs_dir"] = config.docs_dir  # the build may be called from any folder
    options["images_dir"] = str(images_of(config))
    if os.environ.get(SERVING):
        forget_package()
        options["show_errors"] = True  # an error raised makes the server hang
        if "mkdocs-jupyter" in config.plugins:
            config.plugins["mkdocs-jupyter"].config["allow_errors"] = True


def on_post_build(config: MkDocsConfig) -> None:
    from mygrad.book.pictures import write_named

    install_runtime(config)
    try:
        write_named(images_of(config), Path(config.site_dir, "images"))
    except Exception as error:
        if not os.environ.get(SERVING):
            raise
        log.error("images/: %r", error)


def install_runtime(config: MkDocsConfig) -> None:
    """Put Python for the browser into the site.  Where this machine can't, the build says why."""
    from mygrad.book import npm, runtime

    try:
        runtime.install(root_of(config), Path(config.site_dir, "assets", "python"))
    except npm.UnavailableError as reason:
        if os.environ.get("CI"):
            raise
        log.info("no block can be run in the pages, since %s", reason)


def images_of(config: MkDocsConfig) -> Path:
    return root_of(config) / "images"


def root_of(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").absolute().parent


def forget_package() -> None:
    """Let the next build import the package as it is now, and not as it was at the start."""
    for name in [name for name in sys.modules if name.split(".")[0] == "mygrad"]:
        del sys.modules[name]
