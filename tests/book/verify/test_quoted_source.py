"""A page shows a part of the package as it stands in the file."""

import inspect
import textwrap

import pytest

from mygrad import Value, dot
from mygrad.book.verify.quoted_source import source_of


@pytest.mark.parametrize(
    ("name", "thing"),
    [
        ("mygrad.engine:Value", Value),
        ("mygrad.engine:Value.backward", Value.backward),
        ("mygrad.engine:dot", dot),
    ],
)
def test_the_source_is_that_of_the_object(name, thing):
    """The judge is the standard library's inspect, which looks from the other end."""
    lines, first_line = inspect.getsourcelines(thing)
    source = source_of(name)

    assert source.text == textwrap.dedent("".join(lines))
    assert source.first_line == first_line
    assert source.file == "mygrad/engine.py"


def test_a_decorator_belongs_to_its_function():
    assert source_of("mygrad.engine:Value.node").text.startswith("@staticmethod\n")


@pytest.mark.parametrize(
    "name",
    ["mygrad.engine:Valeu", "mygrad.engine:Value.backwards", "mygrad.engin:Value", "no.such:x"],
)
def test_what_is_not_there_is_an_error_that_names_it(name):
    with pytest.raises(LookupError, match=name):
        source_of(name)
