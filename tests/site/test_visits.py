"""From page to page, in one tab and in two: what goes along, what does not, and who is asked."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from reader import Reader

pytestmark = pytest.mark.slow


@pytest.fixture
def reader(open_page, sample):
    return open_page(sample)


def go(reader, link):
    """Follow a link, as the theme does: without loading the page anew."""
    reader.page.evaluate("window.stillHere = true")
    reader.page.get_by_role("link", name=link, exact=True).first.click()


def test_blocks_run_on_a_page_that_was_not_loaded_anew(reader):
    go(reader, "The other page")
    expect(reader.page.locator("h1")).to_contain_text("Another page")
    assert reader.page.evaluate("window.stillHere")
    block = reader.block(2).run()

    assert block.printed == "twice\n"
    expect(block.state).to_have_text("ran, as on the page")


def test_no_name_of_a_page_is_there_on_the_next(reader):
    """Its Python goes along, as loading another would take a second."""
    reader.block(6).run()
    go(reader, "The other page")
    expect(reader.page.locator("h1")).to_contain_text("Another page")
    block = reader.block(1).run()

    assert block.printed == "False\n"


def test_no_change_of_the_package_is_there_on_the_next_page(reader):
    """Nor of Python's own modules."""
    code = "import mygrad, builtins\nmygrad.Value.count = builtins.count = 1"
    reader.block(1).edit(code).run()
    go(reader, "The other page")
    expect(reader.page.locator("h1")).to_contain_text("Another page")
    code = "import mygrad\nprint(hasattr(mygrad.Value, 'count'), 'count' in dir(__builtins__))"
    block = reader.block(1).edit(code).run()

    assert block.printed == "False False\n"


def test_a_page_is_as_new_when_the_reader_comes_back(reader):
    reader.block(1).edit("count = 7")
    reader.block(2).run()
    go(reader, "The other page")
    expect(reader.page.locator("h1")).to_contain_text("Another page")
    go(reader, "The first page")
    expect(reader.page.locator("h1")).to_contain_text("A page to be run")

    expect(reader.block(1).editor).to_have_value("count = 7")
    expect(reader.block(2).live).to_be_hidden()
    expect(reader.block(2).verified_output).to_be_visible()
    reader.block(2).run()
    assert reader.block(2).printed == "14\n"
    assert reader.page.evaluate("window.stillHere")


def test_the_browsers_back_button_leads_to_a_page_that_runs(reader):
    go(reader, "The other page")
    expect(reader.page.locator("h1")).to_contain_text("Another page")
    reader.page.go_back()
    expect(reader.page.locator("h1")).to_contain_text("A page to be run")

    assert reader.block(6).run().printed == "3\n"


def test_a_block_that_still_runs_is_ended_with_its_page(reader):
    block = reader.block(1).edit("print('begun')\nwhile True: pass")
    block.start()
    expect(block.output).to_contain_text("begun")
    go(reader, "The other page")
    expect(reader.page.locator("h1")).to_contain_text("Another page")

    assert reader.block(1).run().printed == "False\n"


def test_a_second_tab_has_a_python_of_its_own(reader, sample):
    reader.block(1).edit("count = 7").run()
    page = reader.page.context.new_page()
    page.goto(f"{sample}other/")
    second = Reader(page)
    second.block(1).run()
    reader.block(2).run()

    assert second.block(1).printed == "False\n"
    assert reader.block(2).printed == "14\n"


def test_a_loop_in_one_tab_leaves_the_other_alone(reader, sample):
    block = reader.block(1).edit("print('begun')\nwhile True: pass")
    block.start()
    expect(block.output).to_contain_text("begun")
    page = reader.page.context.new_page()
    page.goto(f"{sample}other/")

    assert Reader(page).block(1).run().printed == "False\n"
    block.stop()
    expect(block.note).to_contain_text("Stopped")


def test_a_new_tab_begins_with_what_was_kept(reader, sample):
    reader.block(1).edit("count = 7")
    page = reader.page.context.new_page()
    page.goto(sample)

    expect(Reader(page).block(1).editor).to_have_value("count = 7")


def test_nothing_is_loaded_before_the_reader_comes_near_a_block(page, open_page, sample):
    requests = []
    page.on("request", lambda request: requests.append(urlsplit(request.url).path))
    reader = open_page(sample)
    page.wait_for_load_state("networkidle")
    assert not [path for path in requests if "/assets/python/" in path]

    with page.expect_request("**/assets/python/worker.js"):
        reader.block(1).button("run").hover()


def test_no_page_asks_anybody_else_for_anything(page, address, site):
    """Every page there is, the lab and the page for lost addresses among them; see also
    test_every_block, which asks the same of every page whose blocks are run."""
    asked, stopped = set(), []
    page.on("console", lambda told: stopped.append(told.text) if "Policy" in told.text else None)
    page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page.on("websocket", lambda socket: asked.add(socket.url))
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    for path in pages:
        page.goto(address + path.removesuffix("index.html"))
        page.wait_for_load_state("networkidle")

    assert "404.html" in pages
    assert "lab/moons/index.html" in pages
    assert asked - {""} == {urlsplit(address).netloc}  # data: has no host
    assert stopped == []  # by the page's Content-Security-Policy
