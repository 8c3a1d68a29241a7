"""The laws of all pictures: readable on any ground, shown by any notebook, told in a terminal."""

import base64
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from mygrad import Plot, Value, draw_dot, draw_order, draw_steps, trace
from mygrad.pictures import picture as pictures
from mygrad.pictures.picture import Picture


def curve():
    plot = Plot('Training "so"', x_label="step", y_label="loss")
    plot.line([0, 1], [1, 0], role="grad")
    return plot


L = Value(2.0, label="a") * Value(-3.0, label="<b>")
PICTURES = {
    "draw_dot": draw_dot(L),
    "draw_order": draw_order(trace(L)[0]),
    "Plot": curve(),
    "draw_steps": draw_steps(L),
    "films": draw_steps(L).beside(draw_steps(L * 2)),
}
each = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)


# As a file, and in <img>: nothing of the page around it comes in.


def luminance(colour):
    """By WCAG 2.2, of #rrggbb or #rgb."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_file_has_a_ground_on_which_all_its_colours_can_be_read():
    """Black on black, where a notebook is dark and the file has no ground.  4.5 is WCAG's AA."""
    light, dark = re.search(
        r"<style>(.*)@media\(prefers-color-scheme:dark\)\{(.*)\}</style>",
        Picture("", 1.0, 1.0, "x", "").file(),
    ).groups()
    for style, hues in (
        (light, pictures.COLOURS.values()),
        (dark, re.findall(r"fill:(#\w+)", dark)),
    ):
        text, ground = re.search(r"svg\{color:(#\w+);background:(#\w+)\}", style).groups()

        assert len(hues) == 3
        assert min(contrast(colour, ground) for colour in (text, *hues)) > 4.5


@each
def test_a_page_s_picture_has_no_ground(picture):
    """A page gives its own."""
    assert "<style" not in picture._repr_svg_()
    assert "background" not in picture._repr_svg_()


# In a notebook.


class Tags(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, words):
        self.words.append(words)


# Of what pictures need, this is what JupyterLab leaves in the HTML of a notebook without trust.
# Of an <svg> it leaves the words alone.
LEFT = {
    "div": {"style"},
    "img": {"style", "alt", "src"},
    "p": {"class"},
    "ol": set(),
    "li": set(),
    "span": {"class"},
    "em": set(),
}


@each
def test_a_notebook_without_trust_shows_all_of_it(picture):
    html = picture._repr_mimebundle_()["text/html"]
    for tag, attributes in Tags(html).found:
        assert attributes.keys() <= LEFT[tag]


def images(html):
    sources = [attributes["src"] for tag, attributes in Tags(html).found if tag == "img"]
    prefix = "data:image/svg+xml;base64,"
    return [base64.b64decode(source.removeprefix(prefix)).decode() for source in sources]


def test_it_shows_the_picture_as_a_file_would_be():
    for picture in (PICTURES["draw_dot"], PICTURES["draw_order"], PICTURES["Plot"]):
        bundle = picture._repr_mimebundle_()

        assert images(bundle["text/html"]) == [bundle["image/svg+xml"]]
        assert bundle["image/svg+xml"] == picture.picture().file()
        assert bundle["text/html"] == picture._repr_html_()


def test_a_notebook_says_in_words_what_is_drawn():
    ((_, _), (_, image)) = Tags(PICTURES["Plot"]._repr_html_()).found

    assert image["alt"].startswith('Training "so". loss against step.')


def test_a_notebook_shows_a_film_as_its_last_frame_and_the_list_of_its_steps():
    film = PICTURES["draw_steps"]
    html = film._repr_mimebundle_()["text/html"]

    assert images(html) == [film.picture().file()]
    assert sum(tag == "li" for tag, _ in Tags(html).found) == len(str(film).splitlines())
    assert str(film) in "".join(Tags(html).words)


def test_films_beside_each_other_have_a_title_and_a_list_each():
    html = PICTURES["films"]._repr_html_()

    assert len(images(html)) == 2
    assert [tag for tag, _ in Tags(html).found if tag in ("p", "ol")] == ["p", "ol"] * 2


@each
def test_a_notebook_may_ask_for_one_kind(picture):
    assert [*picture._repr_mimebundle_(include=["image/svg+xml"])] == ["image/svg+xml"]
    assert [*picture._repr_mimebundle_(exclude=["image/svg+xml"])] == ["text/html"]
    assert picture._repr_mimebundle_(include=["image/png"]) == {}


# In a terminal.


def test_a_terminal_says_what_it_is_and_how_to_see_it():
    assert [repr(picture) for picture in PICTURES.values()] == [
        "<Drawing 'The graph of -6.0000': a notebook shows it, .save(\"drawing.svg\") writes it>",
        "<Arcs '3 values in order': a notebook shows it, .save(\"arcs.svg\") writes it>",
        '<Plot \'Training "so"\': a notebook shows it, .save("plot.svg") writes it>',
        "<Film 'The graph of -6.0000', 4 steps: print(film) tells them, "
        'a notebook shows them, .save("film.html") writes them>',
        "<Film 'The graph of -6.0000; The graph of -12.0000', 11 steps: print(film) tells them, "
        'a notebook shows them, .save("film.html") writes them>',
    ]


@each
def test_what_a_terminal_says_is_so(picture, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    name = re.search(r'\.save\("(.*?)"\)', repr(picture))[1]
    picture.save(name)

    assert (tmp_path / name).stat().st_size > 1000


def test_a_long_title_makes_no_long_answer():
    assert len(repr(draw_dot(L, title="word " * 1000))) < 200


def test_a_printed_drawing_is_its_source():
    """As Graphviz does it."""
    assert str(PICTURES["draw_dot"]) == PICTURES["draw_dot"].source


# Written to a file.


@each
def test_a_file_s_directory_is_made(picture, tmp_path):
    picture.save(tmp_path / "new" / "name.SVG")

    written = (tmp_path / "new" / "name.SVG").read_text(encoding="utf-8")
    assert written == picture.picture().file()


@pytest.mark.parametrize("name", ["Plot", "draw_order"])
def test_a_bitmap_is_refused_with_the_way_to_one(name, tmp_path):
    with pytest.raises(ValueError, match=r"saved as \*\.svg, not '.*x\.png'.*makes a PNG"):
        PICTURES[name].save(tmp_path / "x.png")


def test_a_film_is_saved_as_a_page_of_its_own(tmp_path):
    """A reader expects what a notebook shows, in a browser and without a network."""
    film = PICTURES["draw_steps"]
    film.save(tmp_path / "film.html")
    page = (tmp_path / "film.html").read_text(encoding="utf-8")

    assert page.startswith("<!doctype html>")
    assert "<title>The graph of -6.0000</title>" in page
    assert "color-scheme: light dark" in page
    assert film._repr_html_() in page
    assert not re.search(r'(src|href)="(?!data:)', page)


def test_a_film_is_saved_as_its_last_frame(tmp_path):
    film = PICTURES["draw_steps"]
    film.save(tmp_path / "film.svg")

    picture = ElementTree.parse(tmp_path / "film.svg")
    assert "grad 1.0000" in "".join(picture.getroot().itertext())


@pytest.mark.parametrize("ending", ["gif", "mp4", "txt", ""])
def test_a_film_has_no_other_format(ending, tmp_path):
    with pytest.raises(ValueError, match=r"saved as \*\.html or \*\.htm or \*\.svg, not .*print"):
        PICTURES["draw_steps"].save(tmp_path / f"film.{ending}")
