"""Formulas become MathML; dollars in prose stay dollars."""

import xml.etree.ElementTree as ET

import markdown
import pytest

from mygrad.book.site import formulas


def html(text):
    return markdown.markdown(text, extensions=["mygrad.book.site.extension"])


def test_a_formula_in_a_sentence_becomes_mathml():
    root = ET.fromstring(html("The slope is $\\frac{dy}{dx} = 2x$."))
    math = root.find("{*}math")

    assert math.get("display") == "inline"
    assert math.find(".//{*}mfrac") is not None
    assert root.text == "The slope is "


@pytest.mark.parametrize(
    "text",
    ["It costs 5$ or 6$.", "From $5 to $6.", r"A \$sign\$ escaped.", "Code: `$x$`.", "US$x$y"],
)
def test_other_dollars_are_left_alone(text):
    assert "<math" not in html(text)


def test_underscores_and_stars_in_a_formula_are_no_emphasis():
    assert "<em>" not in html("Both $w_1 * x_1$ and $w_2 * x_2$.")


def test_a_fence_of_its_own_is_a_block_that_can_scroll():
    root = ET.fromstring(formulas.fence("x^2\n"))

    assert root.get("tabindex") == "0"
    assert root.find("{*}math").get("display") == "block"
