"""A page's blocks, run in order, once, in one namespace: what the tests and the build share."""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from typing import Any

from mygrad.book.page import Block, Page, PageError
from mygrad.book.run.execute import Outcome, execute
from mygrad.book.run.traceback import format_error

GET_TORCH = "pip install -e '.[torch]', or add --extra torch to uv run"

# Who is told which block runs from now on.
listeners: list[Callable[[str], None]] = []


def announce(place: str) -> None:
    for listener in listeners:
        listener(place)


class Session:
    """A page that is being run.  Ask for a block's outcome: those before it run first."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.outcomes: list[Outcome | None] = []
        self.filename = str(page.path.absolute())  # as tracebacks and inspect.getsource need it
        # Files that a block writes go to a folder of the page's own.
        self.folder = tempfile.mkdtemp(prefix="mygrad-page-")
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def outcome(self, block: Block) -> Outcome | None:
        """What the block did; None where it was not run, since the machine lacks what it needs.

        Raises PageError where a block before it failed: the rest of the page stands on it.
        """
        for index, earlier in enumerate(self.page.blocks):
            if index == len(self.outcomes):
                self.outcomes.append(self._run(earlier))
            outcome = self.outcomes[index]
            if earlier is block:
                return outcome
            if outcome and outcome.error and "raises" not in earlier.directives:
                raise PageError(
                    f"{self.page.at(block.line)}: not run, "
                    f"because the block at {self.page.at(earlier.line)} failed"
                )
        raise ValueError(f"{block} is of another page")

    def _run(self, block: Block) -> Outcome | None:
        if is_missing(block.directives.get("needs", "")):
            return None
        if "source" in block.directives:
            return Outcome("", None)  # shows a part of the package, which runs elsewhere
        announce(self.page.at(block.line))
        threads = threading.enumerate()
        with contextlib.chdir(self.folder):
            outcome = self._execute(block)
        if left := [thread for thread in threading.enumerate() if thread not in threads]:
            outcome.error = RuntimeError(
                f"{left[0].name} still runs: a block waits for its threads"
            )
        return outcome

    def _execute(self, block: Block) -> Outcome:
        return execute(block.fence.content, self.namespace, self.filename, block.line)

    def format_error(self, error: BaseException) -> str:
        """Python's own traceback, with the page's name as this page is called in messages."""
        return format_error(error, self.filename).replace(self.filename, self.page.name)


def is_missing(need: str) -> bool:
    """Whether this machine lacks what a block needs.  Only PyTorch can be missing."""
    return need == "torch" and importlib.util.find_spec("torch") is None
