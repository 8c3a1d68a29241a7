"""What an object of another library draws is shown as it is."""

import pytest

from mygrad import Plot
from mygrad.pictures.picture import ForeignPicture, Picture, picture_of


class Dot:
    def __init__(self, text):
        self.text = text

    def _repr_svg_(self):
        return self.text


def test_it_is_taken_as_it_is():
    picture = picture_of(Dot("<svg><g/></svg>"))

    assert picture.svg() == picture.under("key").svg() == "<svg><g/></svg>"
    assert not picture.title
    assert not picture.width


@pytest.mark.parametrize("declaration", ["", '<?xml version="1.0"?>\n'])
def test_as_a_file_it_has_one_declaration(declaration):
    """A second one would make it no XML."""
    file = picture_of(Dot(declaration + "<svg/>")).file()

    assert file.startswith("<?xml ")
    assert file.count("<?xml") == 1


def test_a_notebook_shows_it():
    assert picture_of(Dot("<svg/>")).html().startswith('<div style="overflow-x: auto"><img ')


def test_what_a_readers_own_class_draws_is_the_readers():
    class Mine(Plot):
        def _repr_svg_(self):
            return "<svg/>"

    assert picture_of(Mine("t", x_label="x", y_label="y")) == ForeignPicture("<svg/>")


def test_a_picture_is_its_own():
    picture = Picture("", 1.0, 1.0, "t", "d")

    assert picture_of(picture) is picture
    assert picture._repr_svg_() == picture.svg()
