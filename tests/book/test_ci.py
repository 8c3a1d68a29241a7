"""CI means the same to the tests, the build and the configuration, however it is spelled."""

import pytest
from mkdocs.config import load_config
from project import ROOT

from mygrad.book.ci import in_ci

CONFIGURATION = ROOT / "mkdocs.yml"
YES = ["true", "True", "1", "yes", "on", "woodpecker"]
NO = ["", " ", "false", "FALSE", "0", "no", "off"]


@pytest.mark.parametrize(
    ("value", "expected"), [*[(v, True) for v in YES], *[(v, False) for v in NO]]
)
def test_ci_can_be_set_in_all_usual_ways(value, expected, monkeypatch):
    monkeypatch.setenv("CI", value)

    assert in_ci() is expected


def test_where_ci_is_not_set_the_answer_is_no(monkeypatch):
    monkeypatch.delenv("CI", raising=False)

    assert in_ci() is False


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("yes", True), ("0", False), ("", False)]
)
def test_the_build_is_strict_where_ci_is_set(value, expected, monkeypatch):
    """CI=1 was an error in the configuration: YAML takes it for a number."""
    monkeypatch.setenv("CI", value)

    assert load_config(str(CONFIGURATION)).strict is expected
