"""Python in the browser: what the worker answers, and what it survives."""

import re
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.slow

# Send the requests one by one, each so many milliseconds after the answer to the one before; return
# all messages.
RUN = """
([requests, pause]) => new Promise(resolve => {
  const worker = new Worker("assets/python/worker.js", {type: "module"});
  const messages = [];
  const next = () => {
    if (!requests.length) { worker.terminate(); resolve(messages); return; }
    worker.postMessage({type: "run", run: 1, name: "block", ...requests.shift()});
  };
  worker.onmessage = ({data}) => {
    messages.push(data);
    if (data.type === "done") setTimeout(next, pause);
    if (["restart", "notLoaded"].includes(data.type)) { worker.terminate(); resolve(messages); }
  };
  worker.onerror = event => resolve([{type: "error", reason: event.message}]);
  next();
})
"""


@pytest.fixture
def run(page, address):
    """Run blocks in a worker of their own, and return its messages."""
    page.goto(address)

    def run(*sources, pause=0, **request):
        requests = [{"block": 1, "source": source, **request} for source in sources]
        return page.evaluate(RUN, [requests, pause])

    return run


def printed(messages):
    return "".join(m["text"] for m in messages if m["type"] == "printed")


def test_the_package_runs_in_the_browser(run):
    messages = run("from mygrad.engine import Value\nprint(Value(2.0) * 3)")

    assert printed(messages) == "Value(data=6.0)\n"
    assert messages[-1]["error"] is None


def test_the_package_of_a_page_is_the_wheel_that_its_site_offers(run, site):
    source = "import importlib.metadata, mygrad\nprint(mygrad.__version__)\n"
    source += "print(importlib.metadata.version('mygrad-tutorial'))"
    (wheel,) = (site / "assets").glob("*.whl")
    version = wheel.name.split("-")[1]

    assert printed(run(source)) == f"{version}\n{version}\n"


def test_python_starts_from_the_memory_kept_at_build(page, run):
    """The long way works too, and takes twice as long, so nobody would notice."""
    warnings = warnings_of(page)
    run("print(1)")

    assert warnings == []


def test_python_starts_without_that_memory_too(page, run):
    """Slowly, and it says so to whoever looks."""
    warnings = warnings_of(page)
    page.route("**/memory.bin", lambda route: route.abort())
    messages = run("import colorsys\nprint(1)")

    assert printed(messages) == "1\n"
    assert any("Python starts the long way" in warning for warning in warnings)


def test_python_starts_where_the_host_knows_no_type_for_webassembly(page, run):
    """As hosts do that are older than it: then the browser refuses to compile it as it comes."""
    warnings = warnings_of(page)
    page.route("**/*.wasm", without_type)

    assert printed(run("print(1)")) == "1\n"
    assert warnings == []


def warnings_of(page):
    """What the console shows of Python's, as it comes: not that these tests keep no site."""
    warnings = []

    def warned(message):
        if not re.search("Service Worker|kept for later", message.text):
            warnings.append(message.text)

    page.on("console", warned)
    return warnings


def without_type(route):
    answer = route.fetch()
    route.fulfill(response=answer, headers={**answer.headers, "content-type": "text/plain"})


@pytest.mark.parametrize("file", ["pyodide.asm.wasm", "pyodide.asm.js", "pyodide.js"])
def test_a_file_of_python_that_is_missing_is_told(file, page, run):
    """Pyodide itself would wait for ever."""
    page.route(f"**/{file}", lambda route: route.fulfill(status=404))
    answer = run("print(1)")[-1]

    assert answer["type"] == "notLoaded"
    assert file in answer["reason"]


def test_a_module_that_is_not_in_the_memory_is_fetched(run):
    messages = run("import colorsys\nprint(colorsys.rgb_to_hsv(0, 0, 0))")

    assert printed(messages) == "(0.0, 0.0, 0)\n"


def test_a_graph_is_drawn_in_the_browser(run):
    messages = run("from mygrad import Value, draw_dot\ndraw_dot(Value(2.0) * 3)")

    assert messages[-1]["picture"].count('class="node"') == 4
    assert 'data-name="n0' in messages[-1]["picture"]


def test_a_film_needs_nothing_more_of_the_library(page, run):
    """It is megabytes, for a module that all graphs want."""
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    messages = run("from mygrad import Value, draw_steps\ndraw_steps(Value(2.0) * 3)")

    assert messages[-1]["picture"].startswith('<div class="mygrad-film">')
    assert not [url for url in asked if url.endswith("library.zip")]


def test_a_picture_can_be_written_to_a_file(run):
    messages = run(
        "from mygrad import Value, draw_dot\n"
        "print(open(draw_dot(Value(2.0)).render('graph')).read().count('<svg'))"
    )

    assert printed(messages) == "1\n"


def test_chance_differs_from_start_to_start(run):
    """The memory kept at build holds one state of `random` for all readers."""
    source = "import random\nprint(random.random())"

    assert printed(run(source)) != printed(run(source))


WARMED_UP = "import linecache\nprint('warm-up' in linecache.cache)"


def test_python_warms_up_while_nobody_waits(run):
    assert "True" in printed(run(*[WARMED_UP] * 20, pause=100))


def test_the_warm_up_leaves_chance_alone(run):
    waiting = ["pass"] * 10
    messages = run(
        "import random\nrandom.seed(6)", *waiting, WARMED_UP, "print(random.random())", pause=100
    )

    assert printed(messages) == "True\n0.793340083761663\n"


def test_the_warm_up_does_not_run_what_a_block_has_changed(run):
    change = "from mygrad import Value\n\ncalls = []\nValue.__add__ = lambda a, b: calls.append(a)"
    waiting = ["pass"] * 10

    assert printed(run(change, *waiting, "print(len(calls))", pause=100)) == "0\n"


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos._exit(3)",
        "nested = []\nfor i in range(100_000): nested = [nested]\nrepr(nested)",
        "class V:\n    __slots__ = 'p'\n\nv = V()\n"
        "for i in range(100_000):\n    w = V()\n    w.p = v\n    v = w\ndel v, w",
    ],
    ids=["exit", "recursion in C", "deep chain freed"],
)
def test_what_breaks_python_asks_for_a_new_worker(run, source):
    assert run(source)[-1]["type"] == "restart"


def test_too_much_memory_is_an_error_of_the_block(run):
    done = run("[0] * 10**9")[-1]

    assert done["error"]["name"] == "MemoryError"


def test_a_worker_whose_memory_is_used_up_is_to_be_ended(run):
    done = run("hold = [bytearray(200_000_000) for _ in range(20)]")[-1]

    assert done["error"]["name"] == "MemoryError"
    assert "1.5 GB" in done["restart"]


def test_nobody_else_is_asked_for_anything(page, address, run):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    run("from mygrad import Value, draw_dot\nimport colorsys\ndraw_dot(Value(2.0))")

    asked = {urlsplit(url).netloc for url in requests}
    assert asked - {""} == {urlsplit(address).netloc}  # what the page makes itself has no host
