"""What a page says and does where a file comes late, not at all, or not as it should."""

import re

import pytest
from faulty import FaultyHost
from playwright.sync_api import expect

pytestmark = pytest.mark.slow

TICK = 50  # milliseconds for what is a second to readers
EVERY_KIND = ["missing", "broken", "page", "refused", "lost", "cut", "empty", "damaged"]
EVERY_KIND += ["silent", "stuck"]
KINDS = ["missing", "refused", "cut", "silent"]  # for files of which nothing special is known
OURS = re.compile(r"/assets/(loading|player|python|run)/")

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
    return f"{block.state.text_content()}: {block.note.text_content()}"


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
            said = told(block)
            # Python starts without the one; the page holds others already.
            if name == "memory.bin" or (path, kind) not in host.sent:
                fine = said == "ran: "
            else:
                fine = is_a_sentence_about(name if "/pyodide" in path else "", said)
            if not fine:
                failed.append(f"{name}, {kind}: {said}")
            host.faults = {}
        block.run()
        if block.state.text_content() != "ran":
            failed.append(f"{name}, afterwards: {told(block)}")

    assert not failed, "\n".join(failed)
