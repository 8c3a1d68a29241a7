"""Every block of every page, run in the browser by the page's own Run, and held against the page.

The judge is this side: it takes both texts and both pictures from the page as it stands.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from mygrad.book.parse import parse
from mygrad.book.verify.compare import same_output

pytestmark = pytest.mark.slow

DOCS = Path(__file__).parent.parent.parent / "docs"


def blocks_of(path):
    """The directives of the blocks that a page runs, by number."""
    blocks = enumerate(parse(path.read_text(encoding="utf-8"), path).blocks, 1)
    return {
        number: block.directives for number, block in blocks if "source" not in block.directives
    }


BLOCKS = {path.relative_to(DOCS).as_posix(): blocks_of(path) for path in sorted(DOCS.rglob("*.md"))}
PAGES = [page for page, blocks in BLOCKS.items() if blocks]

# What does not run in a page, and why: a longer list is a decision, not an accident.
NOT_RUN = {
    "chapters/07-debug.md": {"torch": 1},
    "chapters/10-pytorch.md": {"torch": 22},
}
REASONS = {
    "torch": "needs PyTorch, which does not run in a page",
    "depth": "needs a deeper stack than a page has",
}


def place_of(page):
    return re.sub(r"(index)?\.md$", "", page).rstrip("/") + "/" * (page != "index.md")


def parts_of(picture):
    """What a picture shows, wherever it puts it: words; a graph's nodes and edges with theirs."""
    return picture.evaluate(
        """svg => {
          const words = of => [...of.querySelectorAll("text")].map(text => text.textContent.trim());
          const groups = [...svg.querySelectorAll("g[data-name]")];
          return {
            title: [...svg.querySelectorAll("title, desc")].map(text => text.textContent),
            words: words(svg).sort(),
            graph: groups.map(g => [g.getAttribute("class"), g.dataset.name, ...words(g)]).sort(),
          };
        }"""
    )


def trimmed(live, shown):
    """What stands below a block that failed, with the traceback cut down to its last words.

    The page shows those alone: as many lines as are left of what it shows.
    """
    printed, header, trace = live.partition("Traceback (most recent call last):\n")
    if not header:  # a SyntaxError has been nowhere
        printed, header, trace = live.partition('  File "block')
    assert header, f"no traceback in:\n{live}"
    lines = trace.rstrip().split("\n")
    count = len(shown.rstrip().split("\n")) - len(printed.splitlines())
    *frames, last_frame = lines[:-count]
    assert last_frame.startswith("    "), f"the last words begin earlier in:\n{live}"
    assert not any("mygrad/book" in frame for frame in frames), live
    return printed + "\n".join(lines[-count:])


def assert_as_shown(block, raises):
    """Hold a block that has run against what the page shows below it."""
    shows = block.verified_output.text_content() if block.verified_output.count() else None
    live = block.printed
    assert block.state.text_content() == "ran, as on the page", block.note.text_content() or live
    if raises:
        name = live.rstrip().rpartition("\n  ")[2].partition("\n")[2].partition(":")[0]
        assert name.rpartition(".")[2] == raises, live
        if shows is not None:
            live = trimmed(live, shows)
            assert same_output(shows, live), f"shown:\n{shows}\nin the browser:\n{live}"
    else:
        assert same_output(shows or "", live), f"shown:\n{shows}\nin the browser:\n{live}"
    live_pictures, shown_pictures = block.picture.all(), block.verified_picture.all()
    assert [*map(parts_of, live_pictures)] == [*map(parts_of, shown_pictures)]
    assert block.steps.all_text_contents() == block.verified_steps.all_text_contents()


@pytest.mark.parametrize("page_name", PAGES)
def test_every_block_does_in_the_browser_what_the_page_shows(
    open_page, page, address, page_name, record_property
):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    stopped = []
    page.on("console", lambda told: stopped.append(told.text) if "Policy" in told.text else None)
    reader = open_page(address + place_of(page_name))
    directives = BLOCKS[page_name]
    refused = {number: facts["needs"] for number, facts in directives.items() if "needs" in facts}
    blocks = {number: reader.block(number) for number in directives}
    run = [number for number in blocks if number not in refused]
    said = f"{page_name}: {len(run)} of {len(blocks)}"
    if refused:
        said += "; not " + ", ".join(f"{number} ({why})" for number, why in refused.items())
    record_property("in the page", said)

    for number, why in refused.items():
        expect(blocks[number].state).to_have_text(REASONS[why])
        expect(blocks[number].button("run")).to_have_count(0)
    if run:
        blocks[run[-1]].run()
    for number in run:
        assert_as_shown(blocks[number], directives[number].get("raises"))
    assert page.locator(".mygrad-live--differs").count() == 0
    asked = {urlsplit(url).netloc for url in requests}
    assert asked - {""} == {urlsplit(address).netloc}  # what the page makes itself has no host
    assert stopped == []  # by the page's Content-Security-Policy


def test_no_block_is_left_out_but_those_that_say_so():
    counted = {}
    for page, blocks in BLOCKS.items():
        for directives in blocks.values():
            if "needs" in directives:
                of_page = counted.setdefault(page, {})
                of_page[directives["needs"]] = of_page.get(directives["needs"], 0) + 1

    assert counted == NOT_RUN


def test_every_block_is_known_to_the_built_page(site):
    """A page that lost its list of blocks would have no Run, and nothing to fail."""
    with_blocks = {
        path.parent.relative_to(site).as_posix()
        for path in site.rglob("index.html")
        if 'class="mygrad-blocks"' in path.read_text(encoding="utf-8")
    }

    assert with_blocks == {place_of(page).rstrip("/") or "." for page in PAGES}
