"""Pages as MkDocs renders them, and what its search finds in them, kept for the next build.

MkDocs renders every page at every build, and runs the notebook.  Here a page whose text,
configuration and surroundings are those of an earlier build is taken from there.  What has given a
warning, or holds an error, is not kept.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.utils.yaml import yaml_load

from mygrad.book.build import Build, Made
from mygrad.book.site.figures import sources

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

FAILED_CELL = 'jp-OutputArea-output" data-mime-type="application/vnd.jupyter.stderr"'

REFERENCE = b"\n::: "  # while mkdocstrings renders this, it notes where links may lead


@dataclass
class Rendered:
    """What rendering has changed in a page and in the build, and whether it went well."""

    changed: dict[str, Any]
    links: dict[str, Any] | None  # to anchors in other pages, by the paths of those
    made: Made
    is_sound: bool


class Complaints(logging.Handler):
    """Counts the warnings and errors of a build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


def keep_rendering(page: Page, config: MkDocsConfig, files: Files, images: Path) -> None:
    """Let a page be rendered only where no earlier build has rendered the same."""
    if REFERENCE in page.file.content_bytes:
        return
    options = config.mdx_configs["mygrad.book.site.extension"]
    build: Build = options["build"]
    original = page.render

    def render(config: MkDocsConfig, files: Files) -> None:
        def make() -> Rendered:
            part = options["build"] = Build(kept=build.kept, worker=build.worker)
            try:
                return rendered(page, lambda: original(config, files), part)
            finally:
                options["build"] = build

        parts = (
            page.file.src_uri,
            page.file.content_bytes,
            [(file.src_uri, file.url) for file in files],
            build.settings,
            {name: value for name, value in options.items() if name != "build"},
            sources(images),
        )
        kind = f"page-{page.file.src_uri.replace('/', '.')}"
        apply(build.kept.get(kind, parts, make, lambda made: made.is_sound), page, config, files)

    page.render = render  # type: ignore[method-assign]  # as mkdocs-jupyter does


def rendered(page: Page, render: Callable[[], None], part: Build) -> Rendered:
    """Render a page, and tell what that has changed."""
    before = dict(vars(page))
    complaints = Complaints()
    logging.getLogger("mkdocs").addHandler(complaints)
    try:
        render()
    finally:
        logging.getLogger("mkdocs").removeHandler(complaints)
    changed = {
        name: value
        for name, value in vars(page).items()
        if name not in before or before[name] is not value
    }
    links = changed.pop("links_to_anchors", None)
    by_path = None if links is None else {file.src_uri: found for file, found in links.items()}
    is_sound = not complaints.count and FAILED_CELL not in (page.content or "")
    made = Made(part.pictures, part.files, part.left_out)
    return Rendered(changed, by_path, made, is_sound)


def apply(rendering: Rendered, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Give a page and the build what rendering the page would have given them."""
    vars(page).update(rendering.changed)
    if rendering.links is not None:
        page.links_to_anchors = {files.src_uris[path]: to for path, to in rendering.links.items()}
    config.mdx_configs["mygrad.book.site.extension"]["build"].add(rendering.made)


def settings(config: MkDocsConfig) -> str:
    """The configuration as it stands in its file, with the addresses that the build has set."""
    addresses = [config.site_url, config.repo_url, config.use_directory_urls]
    with open(config.config_file_path, encoding="utf-8") as file:
        return json.dumps([addresses, yaml_load(file)], default=name_of)


def name_of(thing: Any) -> str:
    """A function that the configuration names; any other thing in it is text."""
    return f"{getattr(thing, '__module__', '')}.{getattr(thing, '__qualname__', repr(thing))}"


def keep_templates(env: Environment) -> None:
    """Let the theme's templates be compiled once, by Jinja's own means."""
    pattern = f"__jinja2_{jinja2.__version__}_%s.cache"
    with suppress(RuntimeError):  # the system has no place for it
        env.bytecode_cache = FileSystemBytecodeCache(pattern=pattern)


def keep_search(config: MkDocsConfig) -> None:
    """Let the theme's search read only the pages that it has not read before."""
    build: Build = config.mdx_configs["mygrad.book.site.extension"]["build"]
    plugin: Any = config.plugins["material/search"]
    index = plugin.search_index
    add = index.add_entry_from_context

    def add_entry_from_context(page: Page) -> None:
        def make() -> list[Any]:
            known = len(index.entries)
            add(page)
            made = index.entries[known:]
            del index.entries[known:]
            return list(made)

        parts = (page.url, page.title, page.meta, str(page.toc), page.content)
        index.entries += build.kept.get(
            f"search-{page.file.src_uri.replace('/', '.')}", parts, make
        )

    index.add_entry_from_context = add_entry_from_context
