"""The little that only MkDocs can tell: whether it serves, and where the site goes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

SERVING = "MYGRAD_BOOK_SERVING"  # outlives a reload of this module


def on_startup(command: str, dirty: bool) -> None:
    os.environ[SERVING] = "1" if command == "serve" else ""


def on_config(config: MkDocsConfig) -> None:
    if os.environ.get(SERVING):
        forget_package()
        options = config.mdx_configs.setdefault("mygrad.book.extension", {})
        options["show_errors"] = True  # an error raised makes the server hang


def on_post_build(config: MkDocsConfig) -> None:
    from mygrad.book.pictures import write_named

    root = Path(config.config_file_path or ".").parent
    write_named(root / "images", Path(config.site_dir, "images"))


def forget_package() -> None:
    """Let the next build import the package as it is now, and not as it was at the start."""
    for name in [name for name in sys.modules if name.split(".")[0] == "mygrad"]:
        del sys.modules[name]
