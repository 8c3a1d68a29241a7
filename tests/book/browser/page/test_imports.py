"""Whether a block needs an archive that is not there yet."""

import ast
import sys
import zipfile

import pytest

from mygrad.book.browser.page.imports import imports_from


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """A zip that Python looks for modules in; one of a package's is imported."""
    path = tmp_path / "library.zip"
    with zipfile.ZipFile(path, "w") as library:
        for name in ("rare.py", "family/__init__.py", "family/late.py", "family/early.py"):
            library.writestr(name, "")
    monkeypatch.syspath_prepend(path)
    import family.early  # noqa: F401

    yield str(path)
    for name in ("family.early", "family"):
        del sys.modules[name]


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("import rare", True),
        ("import math, rare as r", True),
        ("def f():\n    from rare import name", True),
        ("import family.late", True),
        ("from family import late", True),
        ("import family, family.early", False),
        ("from family.early import name", False),
        ("from family import something", False),
        ("from . import rare", False),
        ("import math\nfrom json import loads", False),
        ("import json.tool", False),
        ("import no_such_module, math.no_such_module", False),
        ("print('import rare')", False),
        ("import rare = 1", False),
        ("import rare\0", False),
    ],
)
def test_an_archive_is_needed_for_what_is_in_it_and_not_imported(archive, source, needed):
    assert imports_from(archive, source) is needed


def test_what_a_block_has_broken_is_not_asked(archive, monkeypatch):
    monkeypatch.setattr(ast, "parse", None)

    assert imports_from(archive, "import rare") is False
