"""Strangers' code in a page: it wins nothing, and what the page says stays true.

There are two walls around a page's Python: the lock of its worker, and the page's
Content-Security-Policy, which the worker inherits.  Each is tried with the other one taken away.
"""

import json
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

HOSTILE = Path(__file__).parent.parent / "hostile"
BLOCKS = json.loads((HOSTILE / "blocks.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.slow

POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none';
script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline';
img-src 'self' data:; connect-src 'self'; worker-src 'self' blob:">"""
ANY_POLICY = re.compile(r'<meta http-equiv="?Content-Security-Policy[^>]*>')

# Send messages to the worker of a page, as python.js starts it, until one of a type has come.
ASK = """
([messages, last]) => new Promise((resolve, reject) => {
  const address = new URL("assets/python/worker.js", location.href).href;
  const script = new Blob([`import ${JSON.stringify(address)};`], {type: "text/javascript"});
  const worker = new Worker(URL.createObjectURL(script), {type: "module"});
  const heard = [];
  worker.onerror = (event) => reject(new Error(event.message));
  worker.onmessage = ({data}) => {
    heard.push(data);
    if (data.type === "restart") reject(new Error(data.reason));
    if (heard.filter(({type}) => type === last).length === messages.length) {
      worker.terminate();
      resolve(heard);
    }
  };
  for (const message of messages) worker.postMessage(message);
})
"""


@contextmanager
def elsewhere():
    """A server of somebody else: its address, and a list of what has been asked of it."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def handle(self):
            asked.append(self.client_address)
            super().handle()

        def do_GET(self):
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Type", "text/javascript")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_HEAD = do_POST = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/", asked
        server.shutdown()


def route(page, pattern, change):
    """Let the site serve something else there."""

    def changed(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=change(answer.text()))

    page.context.route(pattern, changed)


def with_policy(page):
    route(
        page,
        re.compile(r"/$|\.html$|/(#.*)?$"),
        lambda html: ANY_POLICY.sub("", html).replace("<head>", f"<head>{POLICY}", 1),
    )


def without_policy(page):
    route(page, re.compile(r"/$|\.html$"), lambda html: ANY_POLICY.sub("", html))


def attack(page, address, stranger):
    """What the attacks in the worker's own realm have won."""
    realm = (HOSTILE / "realm.js").read_text()
    route(page, "**/python/worker.js", lambda script: script + realm)
    page.goto(address)
    request = [{"type": "attack", "elsewhere": stranger}]
    return page.evaluate(ASK, [request, "attacked"])[-1]["won"]


def test_the_lock_alone_leaves_javascript_in_the_worker_nothing(page, sample):
    without_policy(page)
    with elsewhere() as (stranger, asked):
        won = attack(page, sample, stranger)

    assert won == {}
    assert asked == []


def test_the_policy_alone_leaves_it_no_network_and_no_program(page, sample):
    with_policy(page)
    route(page, "**/python/lock.js", lambda _: "export function lock() {}")
    with elsewhere() as (stranger, asked):
        won = attack(page, sample, stranger)

    assert asked == []
    assert not [name for name in won if "function" in name or "generator" in name or name == "eval"]
    assert "database" in won  # or this attack would show nothing


# By Python alone, to an object of JavaScript: what is left of Pyodide's own way there.
REACH = """
import _imp, importlib.machinery, sys
found = []
try:
    spec = importlib.machinery.ModuleSpec("_pyodide_core", None, origin="built-in")
    found.append(_imp.create_builtin(spec))
except BaseException as error:
    print(type(error).__name__)
import gc
for thing in gc.get_objects():
    if type(thing).__module__.startswith(("pyodide", "_pyodide")) or "JsProxy" in repr(type(thing)):
        found.append(thing)
for name, module in [("core", each) for each in found if hasattr(each, "to_js")]:
    array = module.to_js([1])
    print(type(array))
    for attempt in ["fetch", "postMessage", "indexedDB"]:
        try:
            print(array.constructor.constructor("return " + attempt)())
        except BaseException as error:
            print("refused:", str(error)[:60])
print("reached", len(found))
"""


def test_python_that_gets_at_javascript_all_the_same_makes_no_program_of_it(page, sample):
    without_policy(page)
    page.goto(sample)
    request = {"type": "run", "run": 1, "block": 1, "name": "block 1", "source": REACH}
    heard = page.evaluate(ASK, [[request], "done"])
    printed = "".join(message["text"] for message in heard if message["type"] == "printed")

    assert heard[-1]["error"] is None, heard[-1]["error"]
    assert "[native code]" not in printed
    assert "reached" in printed


# All that a block can patch, so that whatever runs after it lies.
HOSTILE_CODE = """
import ast, builtins, json, sys
from mygrad import Value
from mygrad.book.browser.page import api as live
from mygrad.book.verify import check
from mygrad.book.run import execute

def lie(*_, **__):
    return Value(-9.9)

for name in ["__add__", "__mul__", "__radd__", "__rmul__", "__repr__"]:
    setattr(Value, name, lie)
Value.__repr__ = lambda self: "-9.9"
builtins.print = lambda *_, **__: sys.stdout.write("-9.9\\n")
print.__self__ if hasattr(print, "__self__") else None
vars(builtins)["len"] = lambda _: 0
check.compare_output = check.compare_error = live.compare = lambda *_: None
execute.execute = live.execute = lambda *_: execute.Outcome("-9.9", None, None)
live.BrowserSession.run = lambda self, request: '{"error": null, "differs": "", "draws": false}'
live.send_to_page("stdout", "-9.9")
ast.parse = lambda *_: compile("print(-9.9)", "block 1", "exec", ast.PyCF_ONLY_AST)
json.dumps = lambda *_: '{"error": null, "differs": "", "draws": false, "graphviz": false}'
try:
    import js
    js.self.postMessage = lambda *_: None
except ImportError:
    pass
"""


def test_the_page_after_a_hostile_playground_tells_the_truth(page, open_page, sample):
    """Without a reload: the theme's instant navigation keeps the document, and all its scripts."""
    with_policy(page)
    reader = open_page(sample + "playground/")
    page.evaluate("window.sameDocument = true")
    reader.block(1).edit(HOSTILE_CODE).run()
    (worker,) = reader.pythons
    with worker.expect_event("close"):
        page.get_by_role("link", name="A page to be run").first.click()
    expect(page.get_by_role("heading", name="A page to be run")).to_be_visible()
    for number, printed in [(1, "1\n"), (2, "2\n"), (6, "3\n")]:
        block = reader.block(number).run()
        expect(block.state).to_have_text("ran, as on the page")
        assert block.printed == printed

    assert page.evaluate("window.sameDocument")


def test_a_block_that_is_restored_after_hostile_code_tells_the_truth(open_page, sample):
    reader = open_page(sample)
    block = reader.block(1).edit(HOSTILE_CODE).run()
    assert "as on the page" not in block.state.text_content()
    block.button("restore").click()
    for number, printed in [(1, "1\n"), (2, "2\n")]:
        block = reader.block(number).run()
        expect(block.state).to_have_text("ran, as on the page")
        assert block.printed == printed


def test_an_edited_block_gives_no_verdict_to_those_below_it(open_page, sample):
    """Also where it was the page's own again before they ran: the Python is what counts."""
    reader = open_page(sample)
    reader.block(1).edit("import time\ncount = 1\nprint('begun')\ntime.sleep(2)")
    reader.block(2).start()
    expect(reader.block(1).output).to_have_text("begun\n")
    reader.restore_all()
    reader.block(2).wait()

    expect(reader.block(2).state).to_have_text("ran")
    reader.block(2).run()
    expect(reader.block(2).state).to_have_text("ran, as on the page")


# What a block may leave behind, to print later: by each of these EVIL is printed after its end.
LEFT_BEHIND = """
import asyncio, atexit, builtins, gc, signal, sys, threading, weakref
out, err, real = sys.stdout, sys.stderr, print

def evil(*_, **__):
    for write in [out.write, err.write]:
        try:
            write("EVIL\\n")
            out.flush(), err.flush()
        except BaseException:
            pass

class Late:
    def __del__(self):
        evil()
        sys.__stdout__.write("EVIL\\n")
        print("EVIL")

builtins.kept = late = Late()
late.itself = Late(), late
del late
circle = [Late()]
circle.append(circle)
del circle
ways = [
    lambda: asyncio.get_event_loop().call_later(0.05, evil),
    lambda: asyncio.ensure_future(asyncio.sleep(0)),
    lambda: asyncio.new_event_loop().call_soon(evil),
    lambda: threading.Timer(0.05, evil).start(),
    lambda: threading.Thread(target=evil).start(),
    lambda: atexit.register(evil),
    lambda: weakref.finalize(Late(), evil),
    lambda: gc.callbacks.append(evil),
    lambda: sys.settrace(evil),
    lambda: sys.setprofile(evil),
    lambda: threading.setprofile(evil),
    lambda: sys.addaudithook(evil),
    lambda: sys.monitoring.use_tool_id(3, "evil"),
    lambda: sys.monitoring.register_callback(3, sys.monitoring.events.LINE, evil),
    lambda: sys.monitoring.set_events(3, sys.monitoring.events.LINE),
    lambda: signal.setitimer(signal.ITIMER_REAL, 0.05),
]
for way in ways:
    try:
        way()
    except BaseException:
        pass
"""


def test_what_a_block_leaves_behind_prints_into_no_other(open_page, sample):
    reader = open_page(sample)
    first = reader.block(1).edit(LEFT_BEHIND).run()
    expect(first.state).to_have_text("ran")
    code = "import gc, time\nfor _ in range(20): time.sleep(0.01)\n"
    second = reader.block(2).edit(code + "gc.collect()\nprint('mine')").run()
    third = reader.block(3).edit("print([[] for _ in range(1000)][0])").run()
    again = reader.block(1).edit("import gc\ngc.collect()\nprint('anew')").run()

    assert second.printed == "mine\n"
    assert third.printed == "[]\n"
    assert again.printed == "anew\n"


def test_a_flood_that_goes_past_the_limit_of_a_block_is_ended(open_page, sample):
    """By writing where `print` writes in the end: the page counts for itself."""
    reader = open_page(sample)
    flood = "from mygrad.book.browser.page.shims import send_to_page\n"
    flood += "while True: send_to_page('stdout', 'x' * 999)"
    block = reader.block(1).edit(flood).run()

    expect(block.note).to_contain_text("Python has printed without an end.")
    assert reader.block(1).edit("print('alive')").run().printed == "alive\n"


# These take a call within a call for each of many: too many for the stack of a browser.
TOO_DEEP = {
    "brackets without end",
    "causes without end",
    "contexts without end",
    "a group in a group in a group",
}

# What they leave behind keeps any further session from beginning in their Python.
BREAKING = {
    "a file in place of what prints": (
        "import os\nos.remove('/dev/page-stdout')\nopen('/dev/page-stdout', 'w').close()"
    ),
    "none of these files": (
        "import os\nfor name in os.listdir('/dev'):\n"
        "    if name.startswith('page'): os.remove(f'/dev/{name}')"
    ),
    "no session": "from mygrad.book.browser.page import api\napi.BrowserSession.__init__ = None",
    "no place to run in": "import mygrad.book.browser.page.api as a\na.BrowserSession.place = None",
    "nothing put back": (
        "from mygrad.book.browser.page import api, reset\n"
        "reset.ModuleReset.put_back = lambda self: None\napi.BrowserSession.place = None"
    ),
    "nothing known": (
        "import gc\nfrom mygrad.book.browser.page import api, reset\n"
        "for found in gc.get_objects():\n"
        "    if isinstance(found, reset.ModuleReset): found.namespaces, found.classes = [], []\n"
        "api.BrowserSession.place = None"
    ),
}


def test_every_hostile_block_ends_in_words_for_its_reader_and_the_next_run_works(open_page, sample):
    reader = open_page(sample)
    block = reader.block(1)
    wrong = {}
    for name, code, said in [(each["name"], each["code"], each["told"]) for each in BLOCKS]:
        block.editor.evaluate(
            """(area, code) => {
              area.value = code;
              area.dispatchEvent(new Event("input", {bubbles: true}));
            }""",
            "\n".join(code),
        )
        block.run()
        told = "\n".join(part.text_content() for part in (block.state, block.output, block.note))
        block.edit("print('alive')").run()
        if name in TOO_DEEP:
            said = "deeper than a browser's stack"
        if said not in told or any(ours in told for ours in ["api.py", "execute.py", "/book/"]):
            wrong[name] = told[-500:]
        elif block.printed != "alive\n":
            wrong[name] = [told[-300:], block.printed, block.state.text_content()]

    assert not wrong, json.dumps(wrong, indent=1)
    assert len(reader.pythons) == 1


def test_a_python_that_can_begin_no_session_is_replaced(open_page, sample):
    """And not told of by the next block, which has done nothing."""
    reader = open_page(sample)
    block = reader.block(1)
    wrong = {}
    for name, code in BREAKING.items():
        block.edit(code).run()
        block.edit("print('alive')").run()
        if block.printed != "alive\n":
            wrong[name] = [block.printed, block.state.text_content(), block.note.text_content()]

    assert not wrong, json.dumps(wrong, indent=1)


LEFT_BEHIND = """
import statistics, gc, ctypes
statistics.mean = lambda numbers: 'left'
gc.get_referents(float.__dict__)[0]['hex'] = lambda number: 'left'
ctypes.pythonapi.PyType_Modified(ctypes.py_object(float))
"""


def test_a_strangers_code_leaves_nothing_for_the_readers_own(open_page, sample):
    reader = open_page(f"{sample}playground/")
    block = reader.block(1)
    block.edit("import statistics\nprint(statistics.mean([1, 2]), (1.0).hex())")
    own = block.editor.input_value()
    reader.page.wait_for_function("() => location.hash.startsWith('#code=')")
    reader.page.evaluate(
        """async code => {
          const { hashOf } = await import("/assets/run/address.js");
          location.hash = await hashOf(code);
        }""",
        LEFT_BEHIND,
    )
    expect(block.editor).to_have_value(LEFT_BEHIND)
    block.button("run").click()
    expect(block.state).to_have_text("it has just come: read it, then press Run")
    reader.page.wait_for_timeout(1000)
    block.run()
    expect(block.state).to_have_text("ran")
    reader.page.get_by_role("button", name="My own code").click()
    expect(block.editor).to_have_value(own)
    block.run()

    assert block.printed == "1.5 0x1.0000000000000p+0\n"


def test_a_strangers_code_does_not_run_in_another_sites_frame(page, sample):
    """There its reader cannot tell what lies over the page, or when its address changes."""
    address = f"{sample}playground/#code=KyjKzCvRMNTkAgA.0929a97c"
    page.set_content(f'<iframe width="1000" height="700" src="{address}"></iframe>')
    frame = page.frame_locator("iframe")
    frame.locator("#block-1 .mygrad-button--run").click()

    expect(frame.locator("#block-1 .mygrad-state")).to_contain_text("open it on its own")
    expect(frame.locator("#block-1 + .mygrad-live")).to_be_hidden()
