"""What a page says and does where a file comes late, not at all, or not as it should."""

import re
from itertools import pairwise

import pytest
from faulty import FaultyHost
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

TICK = 50  # milliseconds for what is a second to readers
EVERY_KIND = ["missing", "broken", "page", "refused", "lost", "cut", "empty", "damaged"]
EVERY_KIND += ["silent", "stuck"]
KINDS = ["missing", "refused", "cut", "silent"]  # for files of which nothing special is known
OURS = re.compile(r"/assets/(loading|player|python|run)/")

# A browser does not say which of a script's imports is missing.
SCRIPTS = ["files.js", "library.js", "life.js", "load.js", "lock.js", "progress.js", "silence.js"]
IMPORTED_BY = {**dict.fromkeys(SCRIPTS, "worker.js"), "purify.js": ".js"}

# Needs all that there is: Python, its library, Graphviz.
CODE = "import colorsys\nfrom mygrad import Value, draw_dot\n\ndraw_dot(Value(2.0 * count) * 3)"


@pytest.fixture
def host(sample):
    """The sample site on a host that can have faults, with a clock that runs fast."""
    host = FaultyHost(sample)
    host.replaced = [
        ("loading/silence.js", b"TICK = 1000;", b"TICK = %d;" % TICK),
        ("loading/silence.js", b"ANSWER = 60;", b"ANSWER = 600;"),  # the machine is no faster
        ("run.css", b"mygrad-late 0s 20s", b"mygrad-late 0s 1s"),
    ]
    with host.served() as host.address:
        yield host


def told(block):
    """Where a run has come to, and what is said of it."""
    notes = block.live.locator(".mygrad-note:visible").all_text_contents()
    return f"{block.state.text_content()}: {' '.join(notes)}"


def is_a_sentence_about(name, told):
    """What a reader can use: the file, what is wrong with it, what to do."""
    raw = re.search(r"\w*Error\b|undefined|NaN|null|\[object|https?:|Failed to", told)
    says = re.search(
        r"(did not come|came|did not run|did not start)\b.*[.:] .*\b[Tt]ry again", told
    )
    return not raw and bool(says) and name in told


def test_no_file_of_python_can_keep_a_reader_waiting(host, open_page):
    """Each in turn, as found by looking at what a run asks for; then it comes, and Run works."""
    reader = open_page(host.address)
    asked_before = len(host.sent)
    block = reader.block(3).edit(CODE).run()
    expect(block.state).to_have_text("ran")
    files = sorted({path for path, _ in host.sent[asked_before:] if OURS.search(path)})
    assert len(files) >= 13, files
    failed = []
    for path in files:
        name = path.rpartition("/")[2]
        for kind in EVERY_KIND if name in ("pyodide.asm.wasm", "packages.zip") else KINDS:
            if block.state.text_content() == "ran":
                reader.page.reload()  # which ends its Python, and keeps the edit
            host.faults = {path: kind}
            block.run()
            # Python starts without its memory, and the page holds some files already.
            if name == "memory.bin" or (path, kind) not in host.sent:
                fine = told(block) == "ran: "
            else:
                if name in ("clean.js", "purify.js"):
                    # These come after the run, and one imports the other.
                    expect(block.live.locator("figure .mygrad-note")).to_be_visible()
                fine = is_a_sentence_about(IMPORTED_BY.get(name, name), told(block))
            said = told(block)
            if not fine:
                failed.append(f"{name}, {kind}: {said}")
            host.faults = {}
        block.run()
        if block.state.text_content() != "ran":
            failed.append(f"{name}, afterwards: {told(block)}")

    assert not failed, "\n".join(failed)


@pytest.mark.parametrize("kind", ["missing", "silent"])
def test_a_page_whose_own_scripts_do_not_come_says_so_in_place_of_run(kind, host, page):
    """Its place is kept from the start, and would stay empty."""
    page.goto(host.address)
    scripts = sorted({path for path, _ in host.sent if re.search(r"/(loading|run)/.*js$", path)})
    assert len(scripts) >= 12
    failed = []
    for path in scripts:
        host.faults = {path: kind}
        page.goto(host.address, wait_until="commit")
        page.wait_for_function(LATE)
        place = page.evaluate(PLACE)
        if "Run did not load: reload the page." not in place or "visible" not in place:
            failed.append(f"{path}: {place}")
    host.faults = {}
    page.goto(host.address)
    expect(page.locator(".mygrad-button--run").first).to_be_visible()
    said = page.evaluate(PLACE)

    assert not failed, "\n".join(failed)
    assert "Run did not load" not in said


# What stands above the first block where its buttons should be, and whether that is late.
PLACE = """
(() => {
  const { content, visibility } = getComputedStyle(document.getElementById("block-1"), "::before");
  return `${content} ${visibility}`;
})()
"""
LATE = """
() => {
  const block = document.getElementById("block-1");
  const place = block && getComputedStyle(block, "::before");
  return place?.animationName === "mygrad-late" && place.visibility === "visible";
}
"""


def test_loading_says_how_much_has_come_then_starting_then_running(host, open_page):
    """Never silent for longer than a second or two, also on a slow line."""
    host.bytes_per_second = 3_000_000  # of each file
    reader = open_page(host.address)
    reader.page.evaluate(WATCH)
    block = reader.block(1).run()
    states = reader.page.evaluate("states")
    texts = [text for text, _ in states]
    loading = [re.fullmatch(r"loading Python, (.+) of (.+) MB", text) for text in texts]
    came = [float(match[1]) for match in loading if match]
    totals = [float(match[2]) for match in loading if match]
    rest = [text for text, match in zip(texts, loading) if not match]

    assert len(came) >= 8
    assert came == sorted(came)
    assert came[-1] <= totals[-1] == pytest.approx(15.7, abs=1.5)
    assert [*dict.fromkeys(rest)] == [
        "loading Python",
        "starting Python",
        "running",
        "ran, as on the page",
    ]
    expect(block.state).to_have_text("ran, as on the page")
    while_loading = [when for (_, when), match in zip(states, loading) if match]
    pauses = [after - before for before, after in pairwise(while_loading)]
    assert max(pauses) < 2000  # ms; the machine has more to do


def test_what_python_itself_fetches_is_announced_and_has_an_end(host, open_page):
    """A module that is not in its memory: named in an import before the run, or found later."""
    host.replaced.append(("python/library.js", b"LIMIT = 120_000;", b"LIMIT = 1_000;"))
    reader = open_page(host.address)
    reader.page.evaluate(WATCH)
    block = reader.block(1).edit("import colorsys").run()

    expect(block.state).to_have_text("ran")
    texts = [text for text, _ in reader.page.evaluate("states")]
    assert [text for text in texts if re.fullmatch(r"loading Python's library, .* MB", text)]
    block.edit("__import__('colorsys')")
    for kind in ("missing", "refused", "silent"):
        reader.page.reload()
        host.faults = {"library.zip": kind}
        assert is_a_sentence_about("library.zip", told(block.run())), kind
    host.faults = {}
    block.run()
    expect(block.state).to_have_text("ran")


# All that the first block's state says, and when.
WATCH = """
() => {
  window.states = [];
  const state = document.querySelector("#block-1 .mygrad-state");
  new MutationObserver(() => states.push([state.textContent, performance.now()])).observe(
    state, {childList: true, characterData: true, subtree: true});
}
"""


def test_a_screen_reader_is_told_rarely_what_is_loaded(host, open_page):
    host.bytes_per_second = 3_000_000
    reader = open_page(host.address)
    reader.page.evaluate(WATCH.replace("#block-1 .mygrad-state", ".mygrad-speaker"))
    reader.block(1).run()
    spoken = [text for text, _ in reader.page.evaluate("states")]

    assert len([text for text in spoken if "loading" in text]) == 1
    assert spoken[-1].startswith("Block 1 ran, as on the page.")


def test_what_has_come_is_not_fetched_again_after_a_stop(host, open_page):
    """Stop works while it loads; and a file that is there is only asked whether it is new."""
    host.replaced.clear()  # or the wait ends before the stop
    reader = open_page(host.address)
    host.faults = {"memory.bin": "stuck"}
    block = reader.block(1)
    block.start()
    expect(block.state).to_contain_text("loading Python, 13.")  # all but half of that
    block.stop()
    expect(block.note).to_contain_text("Stopped")
    host.faults = {}
    stopped = len(host.sent)
    block.run()

    expect(block.state).to_have_text("ran, as on the page")
    again = {path.rpartition("/")[2] for path, status in host.sent[stopped:] if status == 200}
    # A browser without a profile, as this one, keeps nothing as large as Python's code.
    assert "memory.bin" in again <= {"memory.bin", "pyodide.asm.wasm"}
    assert ("/assets/python/packages.zip", 304) in host.sent[stopped:]


def test_a_lost_connection_after_stop_is_told_and_can_be_tried_again_by_keyboard(host, open_page):
    """The everyday way: stop a loop where there is no line any more."""
    reader = open_page(host.address)
    block = reader.block(1).edit("while True: print('on and on')")
    block.start()
    expect(block.output).to_contain_text("on and on")
    reader.page.context.set_offline(True)
    block.stop()
    block.button("restore").click()
    block.run()

    assert is_a_sentence_about("offline", told(block))
    expect(block.verified_output).to_be_visible()
    again = block.live.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    again.press("Enter")
    expect(block.button("run")).to_be_focused()  # where Stop was, which got the focus
    reader.page.context.set_offline(False)
    again.press("Enter")
    expect(block.state).to_have_text("ran, as on the page")
    expect(block.button("run")).to_be_focused()
    expect(again).to_be_hidden()
    expect(block.note).to_be_hidden()


def test_a_memory_that_does_not_come_is_said_to_make_it_longer(host, open_page):
    host.faults = {"memory.bin": "missing"}
    host.bytes_per_second = 20_000_000
    reader = open_page(host.address)
    reader.page.evaluate(WATCH)
    block = reader.block(1).run()

    expect(block.state).to_have_text("ran, as on the page")
    assert "loading Python the long way, " in str(reader.page.evaluate("states"))


def test_a_worker_that_dies_is_told(host, open_page):
    """For want of memory, or by a fault of the browser: no event says so."""
    host.replaced.clear()
    reader = open_page(host.address)
    host.faults = {"memory.bin": "stuck"}
    block = reader.block(1)
    block.start()
    expect(block.state).to_contain_text("loading Python, 13.")
    (worker,) = reader.pythons
    worker.evaluate("self.close()")

    expect(block.note).to_contain_text("the browser has ended its worker")
    host.faults = {}
    assert block.run().printed == "1\n"


def test_a_worker_that_does_not_answer_is_ended(host, open_page):
    host.replaced[1] = "loading/silence.js", b"ANSWER = 60;", b"ANSWER = 40;"
    host.replaced.append(("python/worker.js", b"      reset();\n", b"      for (;;);\n"))
    reader = open_page(host.address)
    block = reader.block(1).run()
    block.wait()

    assert told(block).startswith("Python could not be loaded: Python has been silent for 40 s")
    host.replaced.clear()
    reader.page.reload()
    assert block.run().printed == "1\n"


@pytest.mark.parametrize(
    ("connection", "loads"),
    [
        ("{saveData: true, effectiveType: '4g'}", False),
        ("{saveData: false, effectiveType: 'slow-2g'}", False),
        ("{saveData: false, effectiveType: '2g'}", False),
        ("{saveData: false, effectiveType: '3g'}", False),
        ("{saveData: false, effectiveType: '4g'}", True),
        ("undefined", True),
    ],
)
def test_on_a_slow_or_dear_line_nothing_loads_unasked(connection, loads, page, host, open_page):
    """Browsers that do not tell are taken to have a good one."""
    page.add_init_script(
        f"Object.defineProperty(navigator, 'connection', {{get: () => ({connection})}})"
    )
    reader = open_page(host.address)
    reader.block(1).button("run").hover()
    reader.block(2).editor.focus()
    page.wait_for_timeout(300)

    assert any("/python/" in path for path, _ in host.sent) == loads
    if connection.startswith("{saveData: true"):
        assert reader.block(1).run().printed == "1\n"


def test_what_a_page_loads_when_asked_is_said_where_it_does_not_come(host, open_page):
    """The help, the playground, the film of all values."""
    reader = open_page(host.address)
    for kind in KINDS[:2] + KINDS[3:]:
        host.faults = {"help.js": kind}
        reader.block(1).button("help").click()
        expect(reader.block(1).state).to_have_text("the help did not load, so try again")
        reader.block(1).edit(f"{kind} = 1")
    host.faults = {}
    reader.block(1).button("help").click()
    expect(reader.page.get_by_role("dialog")).to_be_visible()

    for kind in KINDS[:2] + KINDS[3:]:
        host.faults = {"playground.js": kind}
        reader.page.goto(f"{host.address}playground/")
        expect(reader.block(1).state).to_have_text(
            "the playground did not load, so reload the page"
        )
