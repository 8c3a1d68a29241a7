"""The colours of an edited block are those that Pygments gives the page: letter by letter."""

import json
import random
import shutil
import subprocess

import pytest
from project import ROOT
from pygments.lexers.python import PythonLexer
from pygments.token import STANDARD_TYPES

from mygrad.book.browser.build import runtime
from mygrad.book.browser.build.commands import UnavailableError
from mygrad.book.parse import read

PAGES = sorted((ROOT / "docs").rglob("*.md"))
LEXER = PythonLexer(stripnl=False)  # an editor keeps the empty lines at both ends

COLOURED = """
import { text } from "node:stream/consumers";
import { coloured } from "./highlight.mjs";

const codes = JSON.parse(await text(process.stdin));
console.log(JSON.stringify(codes.map((code) => [...coloured(code)])));
"""


def by_pygments(code):
    """Each letter with its class; "" where it has none."""
    return [(letter, class_of(kind)) for kind, text in LEXER.get_tokens(code) for letter in text]


def class_of(kind):
    return STANDARD_TYPES[kind] if kind in STANDARD_TYPES else class_of(kind.parent)


@pytest.fixture(scope="module")
def by_the_page(tmp_path_factory):
    """The same of each of some codes, by the page's own script."""
    try:
        node = runtime.node_path()
    except UnavailableError as reason:
        pytest.skip(f"the colours of an edited block are not tested, since {reason}")
    folder = tmp_path_factory.mktemp("colours")
    shutil.copy(ROOT / "docs" / "assets" / "run" / "highlight.js", folder / "highlight.mjs")
    (folder / "coloured.mjs").write_text(COLOURED, encoding="utf-8")

    def by_the_page(codes):
        answer = subprocess.run(
            [node, folder / "coloured.mjs"],
            input=json.dumps(codes),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        return [
            [(letter, name) for name, text in pieces for letter in text]
            for pieces in json.loads(answer.stdout)
        ]

    return by_the_page


@pytest.fixture(scope="module")
def assert_same_colours(by_the_page):
    def assert_same_colours(codes):
        codes = [f"{code}\n" for code in codes]  # as a page ends each block
        different = [
            f"{code!r}: {first_difference(by_pygments(code), ours)}"
            for code, ours in zip(codes, by_the_page(codes), strict=True)
            if ours != by_pygments(code)
        ]
        assert not different, "\n".join(different[:20])

    return assert_same_colours


def first_difference(theirs, ours):
    pairs = zip([*theirs, None], [*ours, None], strict=False)
    return next(f"Pygments {a}, the page {b}" for a, b in pairs if a != b)


def blocks():
    """The code of all blocks of all pages."""
    return [block.fence.content for path in PAGES for block in read(path).blocks]


def test_every_block_of_every_page(assert_same_colours):
    assert len(blocks()) > 300
    assert_same_colours(blocks())


ODD = (ROOT / "tests" / "javascript" / "odd_code.txt").read_text(encoding="utf-8").rstrip("\n")

WHOLE = [
    "",
    "\n\n",
    "   ",
    "\n\n  x\n\n",
    "#!hashbang\n#!no more",
    "'''one''' '''two'''",
    "  \n\t\n  '''doc'''",
    'f"{\n',
    'f"""{\n x\n:>{\n y}}"""',
    "(((((",
    ")))))",
    "\\",
    "\\\\\n\\",
    "case _",
    "case   a_ _x _",
    "match \n _",
    "x\u00a0=\u3000'\u2028'\u2029\x0b\x0c\x1c\x85y",
    "\u202ea \ue000 \U000e0041 \ufeffx",
    "\udead",
]

# Pygments looks as far as it takes, which takes a time that grows with the square of the length.
BOUNDED = [
    "'\\N{" + "A" * 101 + "}'",
    "'{a[" + "b" * 101 + "]}'",
    " \n" * 101 + "'''doc'''",
]


def test_odd_code(assert_same_colours):
    assert_same_colours([*ODD.split("\n"), ODD, *WHOLE])


def test_what_differs_is_known(by_the_page):
    codes = [f"{code}\n" for code in BOUNDED]

    for code, ours in zip(codes, by_the_page(codes), strict=True):
        assert ours != by_pygments(code), f"no longer different: {code!r}"


PIECES = [
    *"\"'\\{}#()[]\n @0.e=:_%\té²١\u00a0\u2028\x1c\u0301\x85",
    *('"""', "'''", 'f"', "rb'", "1_0", "!r", "%s", "match ", "case ", "def ", "class ", "from "),
    *("import ", "lazy ", "yield from ", "lambda", "𝐱", "None", "self", "print", "__init__"),
]


def test_code_in_the_middle_of_being_typed(assert_same_colours):
    """Most of what an editor shows is no valid Python."""
    chance = random.Random(1)
    codes = ["".join(chance.choices(PIECES, k=chance.randint(1, 30))) for _ in range(2000)]
    for code in blocks():
        start, end = sorted(chance.choices(range(len(code) + 1), k=2))
        codes.append(code[:start] + chance.choice(PIECES) + code[min(end, start + 3) :])

    assert_same_colours(codes)
