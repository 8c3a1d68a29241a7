"""What the page's Python runs while nobody waits, so that the reader's blocks then run fast.

Chromium has two translations of Python's interpreter: a slow one, made at once, and a fast one of
what has run often.  The fast one counts on what has come so far: the first object of a new kind at
some place takes the slow one back, until a quarter of a second later a new fast one is made.  So
the blocks here do much of what a page's blocks do, with objects of many kinds.

https://v8.dev/blog/wasm-speculative-optimizations
"""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from itertools import takewhile

from mygrad.book.browser.page.api import BrowserPython, BrowserSession
from mygrad.book.browser.page.output import Send

TRAINING = """
import random

from mygrad import MLP, Plot, four_points_in_3d

xs, ys = four_points_in_3d()
chance = random.Random()  # the session's own numbers stay as they are
seed = chance.seed
seed(6)
n = MLP(3, [4, 4, 1], rng=chance)
losses = []
for step in range(3):
    outputs = [n(x) for x in xs]
    loss = sum((o - y) ** 2 for o, y in zip(outputs, ys))
    n.zero_grad()
    loss.backward()
    for p in n.parameters():
        p.data -= 0.05 * p.grad
    losses.append(loss.data)
    print(f"{step:2} {loss.data:.4f}", end="\\n" if step % 5 == 4 else "   ")
plot = Plot("Training", x_label="step", y_label="loss")
plot.line(range(3), losses)
plot.points(range(3), losses)
print({p: p.grad for p in n.parameters()})
"""

CALLS = """
import math

from mygrad import Value

class Point:
    def __init__(self, x, y=0):
        self.x, self.y = x, y

    def __call__(self, k):
        return Point(k * self.x, k * self.y)

def double(a):
    return 2 * a

value = Value(2.0)
for a in [2, 0.5, True, "3", [1, 2], value]:
    for call in [
        int, float, bool, list, tuple, set, range, enumerate, reversed, Value, Point, Point(1),
        double, len, sorted, max, math.sin, math.hypot, str.upper, print,
    ]:
        try:
            call(a)
        except Exception as error:
            str(error)
print(int("2"), float("2"), bool(2), list("ab"), tuple("ab"), set("a"), dict(a=1), range(2))
print(len("ab"), sorted("ba", reverse=True), max(1, 2), abs(-1.5), round(2.567, 1), sum([1, 2]))
print(Value(1.0), value.exp(), value.data, Point(1, y=2).x, double(1), math.tanh(2), type(value))
"""

OPERATORS = """
from mygrad import Value

operators = [
    lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a * b, lambda a, b: a / b,
    lambda a, b: a % b, lambda a, b: a < b, lambda a, b: a == b, lambda a, b: a[b],
    lambda a, b: b in a, lambda a, b: -a, lambda a, b: f"{a} {b!r}", lambda a, b: [*a],
]
for a in [2, 0.5, 1j, "text", (1, 2), [1, 2], {1: 2}, {1, 2}, range(3), Value(2.0)]:
    for b in [1, 1.5, a]:
        for operator in operators:
            try:
                operator(a, b)
            except Exception as error:
                str(error)
"""

LOOPS = """
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    @property
    def size(self):
        return self.x + self.y

    def __iter__(self):
        yield self.x
        yield self.y

    def __repr__(self):
        return f"Point({self.x!r}, {self.y!r})"

points = [Point(i, i / 2) for i in range(3)]
names = {point.x: point for point in points}
for many in [
    points, (1, 2), {1, 2}, "text", range(3), names, names.items(), names.values(), points[1],
    zip("ab", "cd"), enumerate("ab"), map(str, [1, 2]), reversed([1, 2]), (i for i in "ab"),
]:
    first, *rest = many
    print(first, rest, repr(first), f"{first!s:>8}", isinstance(first, int), first in rest)
print(*sorted(points, key=lambda point: -point.size), " ".join(map(str, points)), sep=", ")
"""

BLOCKS = [TRAINING, CALLS, TRAINING, OPERATORS, TRAINING, LOOPS]  # most of all what takes long
ROUNDS = 8


def warm_up(python: BrowserPython, send: Send = lambda stream, text: None) -> Iterator[str]:
    """Run one of the blocks at each step, in a page of its own, and give Python's answer to it.

    What they print goes to `send`, which is nobody unless given.  It ends where a block has changed
    what they use: they would run the reader's code.
    """
    page = python.new_session(send)  # now, not at the first step: it puts back what blocks changed
    requests = [request(block) for block in BLOCKS] * ROUNDS
    untouched = takewhile(lambda _: python.is_untouched(), requests)
    return (run_uncollected(page, each) for each in untouched)


def run_uncollected(page: BrowserSession, request_json: str) -> str:
    """Run it, and collect no garbage: the reader's may print, and it would go unseen."""
    collects = gc.isenabled()
    gc.disable()
    try:
        return page.run(request_json)
    finally:
        if collects:
            gc.enable()


def request(source: str) -> str:
    """What worker.js would send to run it."""
    expected = {"output": None, "raises": None}
    return json.dumps(
        {"block": 1, "source": source, "name": "warm-up", "firstLine": 1, "expected": expected}
    )
