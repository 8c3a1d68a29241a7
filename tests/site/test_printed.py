"""What a reader sees of what blocks print: here and in a browser.

Each case is the code of some blocks, and what is seen below the last one; of an error, whose
traceback is Python's own, the beginning and the end.
"""

import json
import subprocess
import sys

import pytest

from mygrad.book.run.execute import execute

SEEN = {
    "a line that goes on": (["print('a', end='')\nprint('b', end='')"], "ab"),
    "progress": (["for i in range(3): print(f'\\r{i + 1} of 3', end='')\nprint()"], "3 of 3\n"),
    "written over": (["print('loading\\rdone')"], "doneing\n"),
    "taken back": (["print('abc\\b\\b\\bxy')"], "xyc\n"),
    "pages": (["print('a\\fb\\vc')"], "a\nb\nc\n"),
    "colours": (
        ["print('\\x1b[1;31mred\\x1b[0m \\x1b[Kand \\x1b]0;title\\x07plain')"],
        "red and plain\n",
    ),
    "other controls": (["print('a\\0b\\x07c\\x7f')"], "abc\n"),
    "tabs": (["print('a\\tb')"], "a\tb\n"),
    "a long line": (["print('x' * 5000)"], "x" * 5000 + "\n"),
    "written": (["import sys\nn = sys.stdout.write('a\\n')\nprint(n)"], "a\n2\n"),
    "flushed": (["import sys\nprint('a', flush=True)\nsys.stdout.flush()"], "a\n"),
    "what cannot be encoded": (
        ["print(ascii('\\ud800'), '\\u2028' == '\u2028')"],
        "'\\ud800' True\n",
    ),
    "to stderr": (["import sys\nprint('a', file=sys.stderr)"], "a\n"),
    "a warning": (
        ["import warnings\nwarnings.warn('careful')"],
        "block 1:2: UserWarning: careful\n  warnings.warn('careful')\n",
    ),
    "a warning, once": (
        ["import warnings\nfor i in range(3): warnings.warn('careful')"],
        "block 1:2: UserWarning: careful\n  for i in range(3): warnings.warn('careful')\n",
    ),
    "a warning that was silenced by another run": (
        ["import warnings\nwarnings.simplefilter('always')\nwarnings.warn('careful')"],
        "block 1:3: UserWarning: careful\n  warnings.warn('careful')\n",
    ),
    "silenced": (["import warnings\nwarnings.simplefilter('ignore')\nwarnings.warn('a')"], ""),
    "a file that was left open": (["open('a', 'w').write('b')\nNone"], ""),
    "logging": (
        ["import logging\nlogging.info('not shown')\nlogging.warning('careful')"],
        "WARNING:root:careful\n",
    ),
    "logging that an earlier block has set up": (
        [
            "import logging\nlogging.basicConfig(format='%(message)s', level='INFO')",
            "logging.info('for your information')",
        ],
        "for your information\n",
    ),
    "a stream that an earlier block has kept": (
        [
            "import sys\nout, err = sys.stdout, sys.stderr",
            "print('a', file=out)\nerr.write('b\\n')",
        ],
        "a\nb\n",
    ),
    "never awaited": (
        ["async def f(): pass\n\nf()"],
        "block 1:3: RuntimeWarning: coroutine 'f' was never awaited\n"
        "Coroutine created at (most recent call last)\n"
        '  File "block 1", line 3, in <module>\n    f()\n  f()\n'
        "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n",
    ),
    "never awaited, and the next block is quiet": (
        ["async def f(): pass\n\nf()", "print('a')"],
        "a\n",
    ),
    "never awaited, in a circle": (
        ["async def f(): pass\nkept = [f()]\nkept.append(kept)\ndel kept", "print('a')"],
        "a\n",
    ),
    "let go by the next block": (
        ["async def f(): pass\nkept = f()", "kept = None"],
        "block 2:1: RuntimeWarning: coroutine 'f' was never awaited\n"
        "Coroutine created at (most recent call last)\n"
        '  File "block 1", line 2, in <module>\n    kept = f()\n  kept = None\n'
        "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n",
    ),
    "awaited": (
        ["import asyncio\nasync def f(): print('a')\nasyncio.run(f())"],
        "a\n",
    ),
}

TRACEBACK = "Traceback (most recent call last):\n"
NO_PROGRAM = "A page has no program to end: the block ends here, and none below it runs.\n"

FAILS = {
    "exit": (["print('a')\nexit()"], "a\nSystemExit: None\n", NO_PROGRAM),
    "quit": (["quit(0)"], "SystemExit: 0\n", NO_PROGRAM),
    "sys.exit": (["import sys\nprint('a', end='')\nsys.exit()"], "a\nSystemExit\n", NO_PROGRAM),
    "a status": (["import sys\nsys.exit(2)"], "SystemExit: 2\n", NO_PROGRAM),
    "an exit with words": (["raise SystemExit('enough')"], "SystemExit: enough\n", NO_PROGRAM),
    "an exit deep inside": (["def f(): exit('deep')\nf()"], "SystemExit: deep\n", NO_PROGRAM),
    "a keyboard": (
        ["input('How many? ')"],
        TRACEBACK,
        "a page can't answer input('How many? '): write the text into the block\n",
    ),
    "bytes": (
        ["import sys\nsys.stdout.write(b'a')"],
        TRACEBACK,
        "TypeError: write() argument must be str, not bytes\n",
    ),
    "an error after a part of a line": (
        ["print('a', end='')\n1 / 0"],
        f"a\n{TRACEBACK}",
        "ZeroDivisionError: division by zero\n",
    ),
    "an error in colour": (["raise ValueError('\\x1b[31mred')"], TRACEBACK, "ValueError: red\n"),
}


RUN = """
import builtins, json, sys
from mygrad.book.run.execute import no_keyboard
from mygrad.book.browser.page.api import BrowserPython
from mygrad.book.run.terminal import terminal_text

builtins.input = no_keyboard
python = BrowserPython()

def seen(codes):
    sent = []
    page = python.new_session(lambda stream, text: sent.append(text))
    for number, code in enumerate(codes, 1):
        sent.clear()
        request = {"block": number, "source": code, "name": f"block {number}", "firstLine": 1}
        answer = json.loads(page.run(json.dumps({**request, "expected": None})))
    text = "".join(sent)
    traceback = answer["error"]["traceback"] if answer["error"] else ""
    return terminal_text(text + "\\n" * bool(traceback and text and text[-1] != "\\n") + traceback)

json.dump([seen(codes) for codes in json.load(sys.stdin)], sys.stdout)
"""


def test_what_is_seen_of_what_is_printed():
    """In a Python of its own: in this one pytest takes warnings and logging for itself."""
    cases = {**SEEN, **FAILS}
    run = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path[:] = {sys.path!r}\n{RUN}"],
        input=json.dumps([codes for codes, *_ in cases.values()]),
        capture_output=True,
        text=True,
        check=True,
    )

    found = faults(dict(zip(cases, json.loads(run.stdout), strict=True)))
    assert not found, "\n".join(f"{name}: {text!r}" for name, text in found.items())
    assert "mygrad/book" not in run.stdout


def faults(seen):
    """Those of the cases that are seen otherwise."""
    expected = {name: texts for name, (_, *texts) in {**SEEN, **FAILS}.items()}
    return {
        name: text
        for name, text in seen.items()
        if not (text.startswith(expected[name][0]) and text.endswith(expected[name][-1]))
        or (name in SEEN and text != expected[name][0])
    }


def test_a_test_compares_what_is_seen():
    outcome = execute("print('loading\\rdone\\x1b[0m')", {}, "page.md", 1)

    assert outcome.printed == "doneing\n"


@pytest.mark.slow
def test_a_page_shows_the_same(open_page, sample):
    """All cases in one page, since a page takes seconds to load."""
    reader = open_page(sample)
    seen = {}
    for name, (codes, *_) in {**SEEN, **FAILS}.items():
        for number, code in enumerate(codes, 1):
            reader.block(number).edit(code)
        seen[name] = reader.block(len(codes)).run().printed

    assert faults(seen) == {}
