"""Makes every page a test, also where one is named alone: `pytest docs/chapters/03-graph.md`."""

import pytest

from mygrad.book.ci import in_ci

pytest_plugins = ["mygrad.book.pytest_plugin", "pytester"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where CI is set everything is installed, so a test that is skipped hides something."""
    if in_ci() and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("CI is set, and there nothing may be skipped", red=True)
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED
