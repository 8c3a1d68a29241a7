"""Blocks that would end a page: each is stopped or fails, the page says so, Run works again."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


@pytest.fixture
def reader(open_page, sample):
    return open_page(sample)


def assert_run_works(reader):
    block = reader.block(1).edit("print('alive')").run()

    assert block.printed == "alive\n"
    expect(block.state).to_have_text("ran")


# What is said, and where: in the state beside Run, in the output, or in the note below it.
HOSTILE = {
    "exit": ("import os\nos._exit(0)", "has ended Python"),
    "polite exit": ("import sys\nsys.exit()", "SystemExit"),
    "interrupt": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "input": ("input('How many? ')", "a page can't answer input('How many? ')"),
    "recursion": ("def f():\n    return f()\n\nf()", "RecursionError"),
    "recursion without a limit": (
        "import sys\nsys.setrecursionlimit(10**9)\ndef f():\n    return f()\n\nf()",
        "next run starts from the top",  # it fills the stack or the memory
    ),
    "recursion in C": (
        "nested = []\nfor i in range(100_000): nested = [nested]\nrepr(nested)",
        "stack",
    ),
    "deep chain freed": (
        "class V:\n    __slots__ = 'p'\n\nv = V()\nfor i in range(100_000):\n"
        "    w = V()\n    w.p = v\n    v = w\ndel v, w",
        "stack",
    ),
    "memory at once": ("x = [0] * 10**9", "MemoryError"),
    "more than can be counted": ("x = [0] * 10**10", "OverflowError"),
    "memory bit by bit": (
        "hold = []\nwhile True: hold.append(bytearray(100_000_000))",
        "memory",
    ),
    "a broken print": ("import sys\nsys.stdout = None\nprint(1)\ndel sys.stdout\nprint(2)", ""),
    "no source": ("exec(compile('1/0', 'elsewhere', 'exec'))", "ZeroDivisionError"),
    "an odd error": ("class E(BaseException):\n    __str__ = None\nraise E", "E"),
    "the runner's own modules": (
        "import sys, builtins\nfor name in [n for n in sys.modules if n.startswith('mygrad')]:\n"
        "    del sys.modules[name]\ndel builtins.print",
        "",
    ),
}


@pytest.mark.parametrize(("code", "said"), HOSTILE.values(), ids=HOSTILE)
def test_run_works_again_after(reader, code, said):
    block = reader.block(1).edit(code).run()
    told = "\n".join(part.text_content() for part in (block.state, block.output, block.note))

    assert block.state.text_content() != ""
    assert said.lower() in told.lower()
    assert_run_works(reader)


def test_an_endless_loop_is_stopped(reader):
    block = reader.block(1).edit("print('begun')\nwhile True: pass")
    block.start()
    expect(block.output).to_contain_text("begun")
    block.stop()

    expect(block.note).to_contain_text("Stopped")
    expect(block.output).to_contain_text("begun")
    assert_run_works(reader)


def test_stop_is_done_before_the_next_picture_of_the_screen(reader):
    """Far sooner than in the 200 ms that feel like at once, and no matter how busy the machine."""
    block = reader.block(1).edit("print('begun')\nwhile True: pass")
    block.start()
    expect(block.output).to_contain_text("begun")
    note = block.button("stop").evaluate(
        """stop => {
          stop.click();
          return new Promise(resolve => requestAnimationFrame(() =>
            resolve(document.querySelector(".mygrad-note").textContent)));
        }"""
    )

    assert "Stopped" in note


def test_stop_ends_python(reader):
    """And not what is seen of it alone: a loop that goes on would heat the machine."""
    block = reader.block(1).edit("print('begun')\nwhile True: pass")
    block.start()
    expect(block.output).to_contain_text("begun")
    (worker,) = reader.pythons
    with worker.expect_event("close"):
        block.stop()


def test_stop_while_python_is_being_loaded(reader):
    files = "**/assets/python/**"
    held = []
    reader.page.context.route(files, lambda route: held.append(route))  # answered by nobody
    block = reader.block(1)
    block.start()
    block.stop()
    block.wait()

    assert held
    expect(block.note).to_contain_text("Stopped")
    reader.page.context.unroute(files)
    assert_run_works(reader)


def test_a_loop_in_a_block_above_is_stopped_where_run_was_pressed(reader):
    reader.block(1).edit("print('begun')\nwhile True: pass")
    block = reader.block(6)
    block.start()
    expect(reader.block(1).output).to_contain_text("begun")
    block.stop()

    expect(block.note).to_contain_text("Stopped")
    assert_run_works(reader)


def test_a_flood_of_prints_is_cut_with_a_note(reader):
    block = reader.block(1).edit("for i in range(300_000): print(i)").run()

    assert "Cut here" in block.live.text_content()
    assert len(block.printed) < 101_000
    assert_run_works(reader)


def test_an_endless_flood_leaves_the_page_to_the_reader(reader):
    block = reader.block(1).edit("while True: print('again and again')")
    block.start()
    expect(block.live).to_contain_text("Cut here")
    reader.block(2).edit("double = 4")
    block.stop()

    expect(block.note).to_contain_text("Stopped")
    assert len(block.printed) < 101_000
    assert_run_works(reader)


def test_one_endless_line_is_cut_too(reader):
    block = reader.block(1).edit("print('x' * 10_000_000)").run()

    assert "Cut here" in block.live.text_content()
    assert len(block.printed) < 101_000


def test_a_block_that_uses_up_the_memory_and_ends_well_does_not_harm_those_below(reader):
    """Its Python is ended, and with it the names: the blocks below can't go on without them."""
    reader.block(1).edit("count = 1\nhold = [bytearray(50_000_000) for _ in range(33)]")
    reader.block(2).run()

    assert "NameError" not in (reader.block(2).printed or "")
    told = reader.block(2).state, reader.block(1).note, reader.block(2).note
    assert "memory" in "".join(place.text_content() for place in told)


def test_a_picture_cannot_run_a_script(reader):
    """What `_repr_svg_` returns is shown: it comes from the reader, or from whom they copied."""
    code = """class Evil:
    def _repr_svg_(self):
        return "<svg width='9' onload='owned=1'><script>owned=1</script>" + (
            "<image href='x' onerror='owned=1'/><a href='javascript:owned=1'>x</a></svg>"
        )

Evil()"""
    block = reader.block(1).edit(code).run()

    expect(block.picture).to_have_count(1)
    expect(block.picture.locator("script, [onload], [onerror], [href*=script]")).to_have_count(0)
    assert reader.page.evaluate("window.owned") is None


def test_a_picture_that_fails_to_be_drawn_is_an_error_of_its_block(reader):
    code = "class Shy:\n    def _repr_svg_(self):\n        return 1 / 0\n\nShy()"
    block = reader.block(1).edit(code).run()

    expect(block.state).to_have_text("failed")
    assert "ZeroDivisionError" in block.printed
    assert_run_works(reader)
