"""What a film's HTML says of its steps, the player reads and the page lets through, and no more."""

import re

from project import ROOT

from mygrad import MLP, Value, draw_steps
from mygrad.pictures.film.html import STEP_ATTRIBUTES

ASSETS = ROOT / "docs" / "assets"
OF_PICTURES = {"name", "sum"}
OF_TEMPLATES = {"count", "source"}


def camel(name):
    return re.sub(r"-(\w)", lambda letter: letter[1].upper(), name)


def written():
    """The attributes of films with and without groups, with all that a step can say."""
    a = Value(2.0)
    twice = draw_steps(a + a)
    network = MLP(2, [2, 1])
    hidden = network.layers[0]([1.0, -1.0])
    [output] = network.layers[1](hidden)
    grouped = draw_steps(output, groups={"hidden": hidden, "output": output})
    html = twice.html(
        "a", {a + a: "1:1", **dict.fromkeys([f.node for f in twice.reels[0].frames], "1:1")}
    )
    html += grouped.html("b") + grouped.html("c", folder="images/")
    return set(re.findall(r" data-([a-z-]+)=", html))


def test_the_html_says_what_the_contract_says():
    assert written() == {*STEP_ATTRIBUTES, *OF_PICTURES, *OF_TEMPLATES}


def test_the_player_reads_all_of_it_and_nothing_else():
    scripts = {
        path.name: path.read_text(encoding="utf-8") for path in (ASSETS / "player").glob("*.js")
    }
    of_steps = set(re.findall(r"\bdata\.(\w+)", scripts["steps.js"]))
    of_pictures = set(re.findall(r"\bdataset\.(\w+)", "".join(scripts.values())))

    assert of_steps == {camel(name) for name in STEP_ATTRIBUTES}
    assert of_pictures == OF_PICTURES | OF_TEMPLATES


def test_the_page_lets_all_of_it_through_and_nothing_else():
    """A film that came out of a run has its picture of all values in itself, and no file."""
    clean = (ASSETS / "run" / "clean.js").read_text(encoding="utf-8")
    kept = set(re.findall(r"\bdata-([a-z-]+)", clean))

    assert kept == {*STEP_ATTRIBUTES, *OF_PICTURES, *OF_TEMPLATES} - {"source"}
