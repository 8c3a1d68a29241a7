"""Makes every page a test, also where one is named alone: `pytest docs/chapters/03-graph.md`."""

import coverage
import pytest

from mygrad.book.ci import in_ci

pytest_plugins = ["mygrad.book.pytest_plugin", "pytester"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Where one process is enough, or wanted: 0; otherwise as many as pytest-xdist thinks best.

    Whoever names files wants an answer at once, and not after two processes have started; and a
    debugger, a `print` or a measurement sees this process alone.
    """
    named = config.args_source is pytest.Config.ArgsSource.ARGS
    watched = config.option.capture == "no" or coverage.Coverage.current() is not None
    return 0 if named or watched else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    say_which_blocks_ran_in_the_browser(terminalreporter)
    if in_ci() and terminalreporter.stats.get("skipped"):
        # Where CI is set everything is installed, so a test that is skipped hides something.
        terminalreporter.write_line("CI is set, and there nothing may be skipped", red=True)
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED


def say_which_blocks_ran_in_the_browser(terminalreporter: pytest.TerminalReporter) -> None:
    """Nothing is left out silently.  Here, since processes of pytest-xdist have no terminal."""
    reports = terminalreporter.stats.get("passed", []) + terminalreporter.stats.get("failed", [])
    said = [
        said for report in reports for name, said in report.user_properties if name == "in the page"
    ]
    if said:
        terminalreporter.section("blocks run in the browser")
        for line in said:
            terminalreporter.line(line)
