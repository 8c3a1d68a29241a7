"""How the tests are run: in how many processes, and what is said of them at the end."""

from types import SimpleNamespace

import coverage
import pytest
from project import ROOT

CONFTEST = ROOT / "conftest.py"
PLUGINS = ("-p", "pytest_markdown_docs.plugin", "-p", "xdist.plugin")
Source = pytest.Config.ArgsSource


@pytest.mark.parametrize(
    ("args_source", "capture", "measured", "processes"),
    [
        (Source.TESTPATHS, "fd", False, None),
        (Source.ARGS, "fd", False, 0),
        (Source.TESTPATHS, "no", False, 0),
        (Source.TESTPATHS, "fd", True, 0),
    ],
    ids=["everything", "a file is named", "prints are shown", "coverage is measured"],
)
def test_all_processors_are_for_whoever_runs_everything(
    pytestconfig, monkeypatch, args_source, capture, measured, processes
):
    """None leaves the number to pytest-xdist; with 0 all runs in the process that was started."""
    conftest = pytestconfig.pluginmanager.get_plugin(str(CONFTEST))
    monkeypatch.setattr(coverage.Coverage, "current", lambda: object() if measured else None)
    config = SimpleNamespace(args_source=args_source, option=SimpleNamespace(capture=capture))

    assert conftest.pytest_xdist_auto_num_workers(config) is processes


SKIPS = {
    "a test": "import pytest\ndef test(): pytest.skip('not here')",
    "a file": "import pytest\npytest.skip('not here', allow_module_level=True)",
}


@pytest.mark.slow
@pytest.mark.parametrize("processes", ["0", "2"])
@pytest.mark.parametrize("skips", SKIPS.values(), ids=SKIPS)
@pytest.mark.parametrize(("ci", "status"), [("true", 1), ("", 0)])
def test_where_ci_is_set_a_skip_is_a_failure(pytester, monkeypatch, processes, skips, ci, status):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("CI", ci)
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile(test_skips=skips, test_passes="def test(): pass")
    run = pytester.runpytest_subprocess(*PLUGINS, "-n", processes)

    assert run.ret == status
    assert ("nothing may be skipped" in str(run.stdout)) == bool(ci)


@pytest.mark.slow
@pytest.mark.parametrize("processes", ["0", "2"])
def test_it_is_said_which_blocks_ran_in_the_browser(pytester, monkeypatch, processes):
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makepyfile("def test(record_property): record_property('in the page', '3 of 4')")
    run = pytester.runpytest_subprocess(*PLUGINS, "-n", processes)

    run.stdout.fnmatch_lines(["*blocks run in the browser*", "3 of 4"])
