"""The site as it is built: strictly, from the pages, asking nobody else for anything."""

import gzip
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from markup import loaded_from_elsewhere, tags_of, third_parties

from mygrad.book.parse import parse

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(DOCS) for path in DOCS.rglob("*.md"))
WRITTEN = [page for page in PAGES if page.stem != "reference"]  # that one is made of docstrings
GRAPHS = ["x1w1", "tanh", "graph_1", "graph_2", "topograph", "grad", "grad_2", "grad_correct"]
OTHERS = ["grad_correct_2", "elong_1", "elong_2", "derivative", "neuron", "tanhfunc", "layer"]
NOTES_PICTURES = GRAPHS + OTHERS


pytestmark = pytest.mark.slow


def built(site, page):
    return site / (page.with_suffix("") if page.stem != "index" else page.parent) / "index.html"


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_every_block_of_a_page_is_in_the_site(site, page):
    """The theme's own reading of the Markdown judges the parser: none is lost, none invented."""
    blocks = parse((DOCS / page).read_text(encoding="utf-8"), DOCS / page).blocks
    shown = [a for _, a in tags_of(built(site, page)) if "language-python" in a.get("class", "")]
    outputs = [a for _, a in tags_of(built(site, page)) if "language-text" in a.get("class", "")]

    assert len(shown) == len(blocks)
    assert len(outputs) == sum(block.output is not None for block in blocks)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_picture_of_a_page_is_in_the_site(site, page):
    text = (DOCS / page).read_text(encoding="utf-8")
    tags = [tag for tag, _ in tags_of(built(site, page))]

    assert tags.count("figure") == text.count("<!-- caption:")  # none without a caption
    assert tags.count("figcaption") == text.count("<!-- caption:")


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_a_page_says_how_many_blocks_have_run(site, page):
    text = (DOCS / page).read_text(encoding="utf-8")
    page_html = built(site, page).read_text(encoding="utf-8")
    source = text.count("<!-- source:")
    run = len(re.findall(r"^ *```python$", text, re.MULTILINE)) - source
    compared = len(re.findall(r"^ *```text$", text, re.MULTILINE))
    said = re.search(r"(\d+) blocks? of this page ran.* (\d+) outputs? compared", page_html)

    assert (said and (int(said[1]), int(said[2]))) == ((run, compared) if run else None)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_no_id_stands_twice_in_a_page(site, page):
    ids = [a["id"] for _, a in tags_of(built(site, page)) if "id" in a]

    assert sorted(ids) == sorted(set(ids))


def test_no_page_asks_a_third_party_for_anything(site):
    """On Python 3.12 and newer a plugin once put a script for formulas into every page."""
    pages = {
        path: [*third_parties(path.read_text(encoding="utf-8"))] for path in site.rglob("*.html")
    }
    ours = [*(site / "assets/run").glob("*.js"), *(site / "assets/player").glob("*.js")]
    others = {
        path: loaded_from_elsewhere(path.read_text(encoding="utf-8"))
        for path in [*site.rglob("*.css"), *ours]
    }

    assert {path: found for path, found in (pages | others).items() if found} == {}


# What a browser refuses, or does not show, without its type; nginx as Debian has it knows these.
TYPES_OF_NGINX = {".css", ".html", ".js", ".json", ".png", ".svg", ".wasm", ".xml", ".zip"}
# To be kept as a file, or read as bytes by our own scripts: any type will do.
ANY_TYPE = {".bin", ".gz", ".ipynb", ".map", ".py", ".whl"}
COMPRESSED = {".br", ".gz", ".tgz", ".z", ".zst"}  # some servers say so in a header


def test_every_file_of_the_site_has_a_type_on_every_server(site):
    """Debian's nginx knows none for .mjs, and there no block could be run."""
    files = [path for path in site.rglob("*") if path.is_file()]

    assert {path.suffix for path in files} <= TYPES_OF_NGINX | ANY_TYPE
    assert [p.name for p in files if p.suffix in COMPRESSED] == ["sitemap.xml.gz"]
    assert {p.suffix for p in (site / "assets/python").rglob("*.*")} <= TYPES_OF_NGINX | {".bin"}


def test_the_link_to_the_repository_does_not_make_the_theme_ask_github(site):
    html = (site / "index.html").read_text(encoding="utf-8")

    assert "https://github.com/someone/something" in html
    assert 'data-md-component="source"' not in html


@pytest.mark.parametrize("name", NOTES_PICTURES)
def test_the_pictures_of_the_notes_are_served_under_their_names(site, name):
    picture = (site / "images" / f"{name}.svg").read_text(encoding="utf-8")

    assert "<title" in picture
    assert "<desc" in picture


@pytest.mark.parametrize(
    "builds",
    [["true"], ["", ""]],
    ids=["everything made anew", "what the first of two builds has kept"],
)
def test_two_builds_are_byte_identical(site, build, tmp_path, builds):
    for ci in builds:
        address = "https://github.com/someone/something"
        other = build(tmp_path / "other", REPOSITORY_URL=address, CI=ci)
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}

    assert files == {path.relative_to(other) for path in other.rglob("*") if path.is_file()}
    assert [f for f in sorted(files) if (site / f).read_bytes() != (other / f).read_bytes()] == []


def test_pythons_memory_tells_nothing_of_the_machine_that_made_it(site):
    """Its folders would be published, and two checkouts would make two memories."""
    memory = gzip.decompress((site / "assets" / "python" / "memory.bin").read_bytes())

    # Absolute paths alone: in the package's own zip it has one from the zip on.
    assert set(re.findall(rb"(?<![\w/.-])/[\w/.-]*freeze\.mjs", memory)) == {
        b"/lib/packages.zip/mygrad/book/browser/build/freeze.mjs"
    }
    assert f"{Path(__file__).parents[2]}/".encode() not in memory


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_the_scripts_of_a_page_find_every_block_that_runs(site, page):
    """By its number in the page: what shows the package's source is counted too, but not run."""
    blocks = parse((DOCS / page).read_text(encoding="utf-8"), DOCS / page).blocks
    html = built(site, page).read_text(encoding="utf-8")
    found = re.findall('<template class="mygrad-blocks"[^>]*>(.*?)</template>', html)
    facts = [fact for data in found for fact in json.loads(data)]
    running = [n for n, block in enumerate(blocks, 1) if "source" not in block.directives]
    elements = [attributes.get("id", "") for _, attributes in tags_of(built(site, page))]

    assert [fact["number"] for fact in facts] == running
    assert [e for e in elements if e.startswith("block-")] == [f"block-{n}" for n in running]
    assert all(fact["needed"] is not None for fact in facts)


def test_the_search_finds_nothing_that_no_reader_sees(site):
    """What a page tells its scripts is no text of the page."""
    index = json.loads((site / "search" / "index.json").read_text(encoding="utf-8"))

    assert len(index["docs"]) > 100
    assert [doc["location"] for doc in index["docs"] if '"needed":' in doc["text"]] == []


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_what_stands_below_a_block_says_so(site, page):
    """A reader's own run takes the place of all of it."""
    blocks = parse((DOCS / page).read_text(encoding="utf-8"), DOCS / page).blocks
    below = [
        a["data-below"]
        for tag, a in tags_of(built(site, page))
        if tag == "div" and "data-below" in a
    ]

    assert below == [str(n) for n, block in enumerate(blocks, 1) if block.output]


@pytest.mark.parametrize("page", [page for page in WRITTEN if page.parent.name == "chapters"])
def test_a_chapter_can_be_taken_away_from_its_page(site, page):
    """By links that lead to files, in a page that says how to install what they need."""
    folder = built(site, page).parent
    html = (folder / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]+)" download', html)

    assert links == [f"{page.stem}.py", f"{page.stem}.ipynb"]
    assert all((folder / link).is_file() for link in links)
    assert "pip install http://127.0.0.1:8000/assets/mygrad_tutorial-" in html


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_a_page_with_blocks_says_how_to_install_what_they_need(site, page):
    """One line, and the site itself has the file."""
    blocks = parse((DOCS / page).read_text(encoding="utf-8"), DOCS / page).blocks
    html = built(site, page).read_text(encoding="utf-8")
    named = re.findall(r"pip install http://127\.0\.0\.1:8000/(assets/\S+\.whl)", html)

    assert len(named) == any("source" not in block.directives for block in blocks)
    assert all((site / unquote(name)).is_file() for name in named)
