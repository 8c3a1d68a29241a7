"""The graphs and the texts that several tests draw, step through or order."""

from hypothesis import strategies

from mygrad.engine import Value


def expression():
    """The notes' L = (a*b + c) * f, with its backward pass done."""
    a, b, c = Value(2.0, label="a"), Value(-3.0, label="b"), Value(10.0, label="c")
    e = a * b
    e.label = "e"
    d = e + c
    d.label = "d"
    f = Value(-2.0, label="f")
    L = d * f  # noqa: N806  # the notes' letter
    L.label = "L"
    L.backward()
    return L


def chain_of_doublings(levels):
    """a + a, and that plus itself, and so on."""
    node = Value(1.0)
    for _ in range(levels):
        node = node + node
    return node


def leaves(**numbers):
    return [Value(x, label) for label, x in numbers.items()]


def overwrite(node):
    """The wrong rule of the notes: = where the engine has +=."""
    for child, local in zip(node._prev, node._local):
        child.grad = local * node.grad


def sum_of_two_uses(a):
    """d = a*b + b, where b = a + a is used twice: at 2 the slope is 4a + 2 = 10."""
    b = a + a
    b.label = "b"
    c = a * b
    c.label = "c"
    d = c + b
    d.label = "d"
    return d


class Stage:
    """A chapter's class before it had labels and gradients."""

    def __init__(self, data, _prev=(), _op=""):
        self.data, self._prev, self._op = data, _prev, _op


LABELS = [
    "{", "}", "|", "a|b|c", "<", ">", "<port> x", "{ a | b }", '"', 'say "so"', "\\", "end \\",
    r"\n", r"\N \G \l \|", "&", "&amp;", "&lt;b&gt;", "&#65;", "w₁·x₁ + b", "é", "漢字", "שלום",
    "🙂", "first\nsecond", "a\tb", "\x00", "\x1b[31m", "\x7f", "\x85", "\ud800", "\ufffe", "]]>",
    "</svg><script>", "<script>alert(1)</script>", "<!-- x -->", "-->", "%s", "a->b", "data", "n0",
    '="black"', 'x font-size="14.00"', 'x xml:space="preserve"', "<text >data 1.0000</text>",
    "data 1.0000", "grad 1.0000", "<b>bold</b>", "'", "#", ";", "strict digraph {",
]  # fmt: skip

# Also what hypothesis leaves out or seldom finds: half of a pair, signs of control, of direction.
ANY_TEXT = strategies.text(
    strategies.one_of(
        strategies.characters(),
        strategies.sampled_from(
            "\n\n\r\t\0\x1b\x7f\x85\xa0\u200b\u200f\u202e\u2028\u2029\ufeff\ufffe\ud800\udfff"
            " {}|<>[]\"'\\&#;%=-"
        ),
    ),
    max_size=12,
)
