"""The book as tests: every block of every page, under pytest-markdown-docs.

That plugin collects the Python fences; the parser, the sessions and the comparison are ours.
"""

from __future__ import annotations

import uuid
from collections.abc import Generator, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from pytest_markdown_docs._runners import DefaultRunner, register_runner
from pytest_markdown_docs.definitions import FenceTestDefinition
from pytest_markdown_docs.plugin import MarkdownDocstringCodeModule

from mygrad.book.ci import in_ci
from mygrad.book.page import Block, Page, PageError
from mygrad.book.parse import find_fences, read, read_text
from mygrad.book.run.process import EndedError, Worker
from mygrad.book.run.session import GET_TORCH, is_missing
from mygrad.book.verify.check import OutputError, check_line, session_of
from mygrad.book.verify.update import update

SKIPPED = f"needs PyTorch: {GET_TORCH}"
OUTDATED = "outdated page"


class Book:
    """What one process of pytest knows of the pages."""

    def __init__(self, config: pytest.Config) -> None:
        self.update: bool = config.getoption("--update-docs")
        self.worker = Worker("-W", "error")
        self.name = str(uuid.uuid4())
        self.page: Page | None = None  # whose blocks are running
        self.ended: dict[Path, str] = {}  # blocks that ended what their page had come to
        self.outdated: set[Path] = set()

    def page_of(self, path: Path) -> Page:
        if self.page is None or self.page.path != path:
            self.page = read(path)
        return self.page

    def check(self, page: Page, block: Block) -> None:
        """Hold a block against its page, unless one before it came to no end."""
        at = page.at(block.line)
        if ended := self.ended.get(page.path):
            raise PageError(f"{at}: not run, because the page ended at another block: {ended}")
        try:
            self.worker.call(at, check_line, self.name, page.path, block.line)
        except EndedError as error:
            self.ended[page.path] = str(error)
            raise
        except OutputError:
            if not self.update:
                raise
            self.outdated.add(page.path)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-docs",
        action="store_true",
        help="rewrite the outputs that the pages show from what their blocks print",
    )


def pytest_configure(config: pytest.Config) -> None:
    book = Book(config)
    config.pluginmanager.register(Reports(config, book))
    BlockRunner.books.append(book)


def pytest_unconfigure() -> None:
    BlockRunner.books.pop()


class FenceParser:
    """Stands in for markdown-it, whose rules pass over fences in admonitions and tabs."""

    def parse(self, text: str) -> list[SimpleNamespace]:
        """The fences of a page as pytest-markdown-docs asks for them: as tokens of markdown-it."""
        return [
            SimpleNamespace(
                type="fence",
                map=(fence.start - 1, fence.end),
                info=fence.language,
                content=fence.content,
            )
            for fence in find_fences(text.split("\n"))
        ]


@pytest.hookimpl(tryfirst=True)
def pytest_markdown_docs_markdown_it() -> FenceParser:
    return FenceParser()


@register_runner(default=True)
class BlockRunner(DefaultRunner):
    """Runs a fence as a block of its page's session."""

    books: ClassVar[list[Book]] = []  # more than one while a test of ours runs pytest inside pytest

    @property
    def book(self) -> Book:
        return self.books[-1]

    def runtest(self, test: FenceTestDefinition, args: object, **_: object) -> None:
        page = self.book.page_of(Path(test.source_path))
        block = next(b for b in page.blocks if b.line == test.start_line + 1)
        if is_missing(block.directives.get("needs", "")):
            self.skip(page.at(block.line))
        self.book.check(page, block)

    def skip(self, at: str) -> None:
        if in_ci():
            raise PageError(f"{at}: needs PyTorch, and where CI is set nothing is skipped")
        pytest.skip(SKIPPED)

    def repr_failure(
        self,
        test: FenceTestDefinition,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,
    ) -> str:
        if isinstance(excinfo.value, PageError):
            return str(excinfo.value)
        # A fault of ours: the stock runner would cut the traceback.
        return str(excinfo.getrepr(style="short"))


class Reports:
    """What is said, and written, when all blocks have run.

    It is gathered from the reports of the tests.  So nothing is missed where pytest-xdist has other
    processes run the blocks: their reports come to the one that speaks.
    """

    def __init__(self, config: pytest.Config, book: Book) -> None:
        self.hands_on = hasattr(config, "workerinput")  # a process that pytest-xdist has started
        self.book = book
        self.outdated: set[str] = set()
        self.messages: list[str] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        yield
        if item.path in self.book.outdated:
            item.user_properties.append((OUTDATED, str(item.path)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.outdated.update(str(path) for name, path in report.user_properties if name == OUTDATED)

    def pytest_sessionfinish(self) -> None:
        for path in [] if self.hands_on else sorted(self.outdated):
            try:
                self.book.worker.call(path, update, Path(path))
            except PageError as error:
                self.messages.append(f"not updated: {error}")
            else:
                self.messages.append(f"updated {path}: read the change before you commit it")
        self.book.worker.stop()
        session_of.cache_clear()  # where the blocks ran in this process

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        # pytest's own summary cuts a line at the terminal's width, often within the page's name.
        # And its text of a report begins with the process, where pytest-xdist has started that.
        for report in terminalreporter.stats.get("failed", []):
            if report.location[0].endswith(".md"):
                terminalreporter.write_line(str(report.longrepr).partition("\n")[0], red=True)
        skipped = terminalreporter.stats.get("skipped", [])
        if count := sum(SKIPPED in str(report.longrepr) for report in skipped):
            terminalreporter.write_line(
                f"{count} blocks need PyTorch and were not run: {GET_TORCH}"
            )
        for message in self.messages:
            terminalreporter.write_line(message)


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """Each page is a test too, also one without a block; docstrings of modules are no pages."""
    collectors = yield
    found = [c for c in collectors if not isinstance(c, MarkdownDocstringCodeModule)]
    if parent.config.option.markdowndocs and file_path.suffix == ".md":
        page = PageFile.from_parent(parent, path=file_path)
        return [*found, page] if is_text(file_path) else [page]
    return found


def is_text(path: Path) -> bool:
    """Whether a page can be read: if not, its test says why, and there are no fences to find."""
    try:
        read_text(path)
    except PageError:
        return False
    return True


class PageFile(pytest.File):
    def collect(self) -> Iterable[pytest.Item]:
        yield PageItem.from_parent(self, name="page")


class PageItem(pytest.Item):
    """A page keeps the rules of fences and directives."""

    def runtest(self) -> None:
        read(self.path)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, PageError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, "page"
