"""What a block has changed in a module is undone for the next page."""

import sys
from types import ModuleType

import pytest

from mygrad.book.browser.page import reset as reset_module
from mygrad.book.browser.page.reset import Hooks, ModuleReset

SOURCE = """
answer = 42
table = {"tanh": 1}

class Box:
    size = 3

    def __repr__(self):
        return "Box"
"""


@pytest.fixture
def module(monkeypatch):
    module = ModuleType("boxes")
    exec(SOURCE, vars(module))
    monkeypatch.setitem(sys.modules, "boxes", module)
    return module


@pytest.mark.parametrize(
    "change",
    [
        "answer = 43",
        "del answer",
        "more = 1",
        "table['relu'] = 2",
        "table.clear()",
        "table = {}",
        "Box.__repr__ = lambda self: 'another'",
        "Box.more = 1",
        "del Box.size",
        "del Box",
        "answer = 42.0",  # equal, and still another
    ],
)
def test_a_change_is_undone(module, change):
    box, table = module.Box, module.table
    reset = ModuleReset("boxes")
    names = set(vars(module))
    assert reset.is_untouched()
    exec(change, vars(module))
    assert not reset.is_untouched()
    reset.put_back()

    assert reset.is_untouched()
    assert set(vars(module)) == names
    assert type(module.answer) is int
    assert module.table is table == {"tanh": 1}
    assert module.Box is box
    assert (repr(box()), box.size, hasattr(box, "more")) == ("Box", 3, False)


def test_a_module_that_imports_another_is_untouched(module):
    """Python makes a submodule an attribute of its package when it is first imported."""
    reset = ModuleReset("boxes")
    module.inner = ModuleType("boxes.inner")

    assert reset.is_untouched()


def test_a_class_that_is_asked_for_its_annotations_is_untouched(module):
    """Python makes them when they are first asked for, and keeps them in the class."""
    reset = ModuleReset("boxes")
    assert module.Box.__annotations__ == {}

    assert reset.is_untouched()


def test_the_depth_that_recursion_may_have_is_put_back():
    before = sys.getrecursionlimit()
    reset = ModuleReset("no such package")
    sys.setrecursionlimit(before + 1)
    reset.put_back()

    assert sys.getrecursionlimit() == before


def test_a_class_of_another_module_is_left_alone(module):
    """Built-in types can't be changed anyway, and are in every namespace."""
    module.number = int

    assert [owner for owner, _ in ModuleReset("boxes").classes] == [module.Box]


def test_what_was_imported_since_is_imported_anew(module, monkeypatch):
    """Its old self may have been changed too, and the package does not name it any more."""
    reset = ModuleReset("boxes")
    monkeypatch.setitem(sys.modules, "boxes.inner", ModuleType("boxes.inner"))
    reset.put_back()

    assert "boxes" in sys.modules
    assert "boxes.inner" not in sys.modules


def test_other_modules_are_put_back_too():
    other = ModuleType("other")
    other.answer = 42
    reset = ModuleReset("no such package", [other])
    other.answer = 43
    reset.put_back()

    assert other.answer == 42


def test_a_module_that_python_was_made_to_forget_is_known_again(module):
    reset = ModuleReset("boxes")
    del sys.modules["boxes"]
    reset.put_back()

    assert sys.modules["boxes"] is module


def test_the_ways_to_find_a_module_are_put_back():
    reset = ModuleReset("no such package")
    finders = [*sys.meta_path]
    sys.meta_path.clear()
    reset.put_back()

    assert sys.meta_path == finders


class Monitoring:
    """Stands in for `sys.monitoring`, which Python has since 3.12."""

    def __init__(self):
        self.tools = {1: "coverage"}
        self.watches = {1}

    def get_tool(self, tool):
        return self.tools.get(tool)

    def set_events(self, tool, events):
        self.watches.discard(tool)

    def free_tool_id(self, tool):
        del self.tools[tool]


def test_a_tool_that_watches_what_runs_is_taken_away(monkeypatch):
    """And one that was there before stays, as a measurement of coverage is."""
    monitoring = Monitoring()
    monkeypatch.setattr(reset_module, "MONITORING", monitoring)
    hooks = Hooks()
    monitoring.tools[3] = "a block"
    monitoring.watches.add(3)
    hooks.put_back()

    assert monitoring.tools == {1: "coverage"}
    assert monitoring.watches == {1}
