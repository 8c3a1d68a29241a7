"""The rows of `docs/edges.md`: for each edge a short program, and why ours does what it does.

All engines run the same program, each with its own `Value`.  Its last expression is the result.
"""

from dataclasses import dataclass


@dataclass
class Edge:
    """A row.  `without` names the engines that lack what it is about."""

    name: str
    program: str
    why: str
    without: tuple[str, ...] = ()
    slow: bool = False


EDGES = {
    "What a value holds": [
        Edge(
            '`Value("2") * 2`',
            'Value("2") * 2',
            "Text is no number. micrograd repeats the text.",
        ),
        Edge("`Value(None)`", "Value(None)", "The error stands where the fault is, not later."),
        Edge("`Value([1.0])`", "Value([1.0])", "A list has many numbers, a `Value` has one."),
        Edge("`Value(1j)`", "Value(1j)", "The rules of differentiation here are those of reals."),
        Edge("`Value(True)`", "Value(True)", "In Python, `True` is the number 1."),
        Edge("`Value(10**400)`", 'Value(10**400); "taken"', "No float is that large."),
        Edge('`Value(1.0) + "1"`', 'Value(1.0) + "1"', "Python's own error names both types."),
    ],
    "What a network takes": [
        Edge(
            "two inputs for three weights",
            'Neuron(3)([1.0, 2.0]); "an answer"',
            "`zip` stops at the shorter list, and a weight is never used.",
        ),
        Edge(
            "four inputs for three weights",
            'Neuron(3)([1.0, 2.0, 3.0, 4.0]); "an answer"',
            "The fourth input would be dropped.",
        ),
        Edge(
            "no inputs for three weights",
            'Neuron(3)([]); "an answer"',
            "The bias alone would answer.",
        ),
        Edge(
            "text among the inputs",
            'Neuron(3)([1.0, "2", 3.0])',
            "The error stands where the input comes in.",
        ),
        Edge(
            "a neuron without weights",
            'Neuron(0); "a neuron"',
            "It could not learn from its inputs.",
        ),
        Edge(
            "a network without layers",
            'MLP(2, [])([1.0, 2.0]); "an answer"',
            "It would give its inputs back.",
        ),
        Edge(
            "`dot` of nothing, with the bias 1",
            "dot([], [], 1.0)",
            "An empty sum adds nothing.",
            without=("micrograd", "PyTorch"),
        ),
        Edge(
            "`SGD` of no parameters",
            'SGD([], 0.1); "made"',
            "Its steps would do nothing.",
            without=("micrograd",),
        ),
        Edge(
            "`SGD` of a parameter given twice",
            'w = Value(1.0)\nSGD([w, w], 0.1); "made"',
            "It would move twice at each step. PyTorch warns.",
            without=("micrograd",),
        ),
        Edge(
            "`SGD` of a computed value",
            'SGD([Value(1.0) * 2], 0.1); "made"',
            "The next forward pass makes another, so nothing would be trained.",
            without=("micrograd",),
        ),
    ],
    "Operations without a result": [
        Edge(
            "`Value(1000.0).exp()`",
            "Value(1000.0).exp()",
            "Python's `math.exp` raises too. An infinite loss is found late.",
            without=("micrograd",),
        ),
        Edge("`Value(10.0) ** 400`", "Value(10.0) ** 400", "The same for a power."),
        Edge(
            "`Value(1e200) * 1e200`",
            "Value(1e200) * 1e200",
            "A product overflows to infinity, as in Python.",
        ),
        Edge(
            "`Value(-1.0) ** 0.5`",
            "Value(-1.0) ** 0.5",
            "The root is no real number. micrograd goes on with a complex one.",
        ),
        Edge(
            "`Value(0.0).log()`",
            "Value(0.0).log()",
            "Python's `math.log` raises too.",
            without=("micrograd",),
        ),
        Edge(
            "`Value(-1.0).log()`",
            "Value(-1.0).log()",
            "Not even an infinite result.",
            without=("micrograd",),
        ),
        Edge("`1 / Value(0.0)`", "1 / Value(0.0)", "Division is a power: `1 / x` is `x ** -1`."),
        Edge("`Value(1.0) / 0`", "Value(1.0) / 0", "The same with the number on the right."),
        Edge(
            "the slope of `x ** 0.5` at 0",
            "x = Value(0.0)\n(x ** 0.5).backward()\nx.grad",
            "The result exists, so nothing is raised. The slope is infinite, and says so.",
        ),
    ],
    "Infinities and NaN": [
        Edge("`Value(inf) * 2`", "Value(inf) * 2", "An infinity is carried on."),
        Edge("`Value(inf) - inf`", "Value(inf) - inf", "It has no value, and NaN says so."),
        Edge(
            "`Value(-inf) ** 0.5`",
            "Value(-inf) ** 0.5",
            "As for every negative number. Python's floats lose the sign.",
        ),
        Edge("`Value(nan).relu()`", "Value(nan).relu()", "A comparison must not turn NaN into 0."),
        Edge(
            "the slope of `relu` at NaN",
            "x = Value(nan)\nx.relu().backward()\nx.grad",
            "The same as PyTorch. With 0 the fault would look like a quiet neuron.",
        ),
        Edge(
            "the slopes of `maximum` where both are equal",
            "a, b = Value(2.0), Value(2.0)\n"
            "(a.maximum(b)).backward()\n[float(a.grad), float(b.grad)]",
            "Half each, as in PyTorch.",
            without=("micrograd",),
        ),
        Edge(
            "the slope of `abs` at 0",
            "x = Value(0.0)\nabs(x).backward()\nx.grad",
            "The middle of -1 and 1, as in PyTorch.",
            without=("micrograd",),
        ),
        Edge(
            "the slope of `x * nan`",
            "x = Value(2.0)\n(x * nan).backward()\nx.grad",
            "NaN reaches the gradients, too.",
        ),
    ],
    "The backward pass": [
        Edge(
            "a second `backward()` on `a * a * a` at 3",
            "a = Value(3.0)\ncube = a * a * a\ncube.backward()\ncube.backward()\na.grad",
            "By hand 27 and 27. PyTorch gives 54 with `retain_graph=True`.",
        ),
        Edge(
            "two losses that share a node: `5 * h` and `7 * h`, `h = 2 * a`",
            "a = Value(3.0)\nh = 2 * a\nfirst, second = 5 * h, 7 * h\n"
            "first.backward()\nsecond.backward()\na.grad",
            "By hand 10 and 14. PyTorch gives 24 with `retain_graph=True`.",
        ),
        Edge(
            "`a` set from 3 to 100 after `a * a` was computed",
            "a = Value(3.0)\nsquare = a * a\nchange(a, 100.0)\nsquare.backward()\na.grad",
            "The slope was taken where the result was: at 3 it is 6.",
        ),
        Edge(
            "`a.grad.backward()`, for the slope of a slope",
            "a = Value(3.0)\n(a * a).backward()\na.grad.backward()",
            "A gradient is a plain number, so no graph is behind it. PyTorch keeps one with "
            "`create_graph=True`. `numeric_grad` of a gradient measures a second slope.",
        ),
        Edge(
            "`a -= 0.1 * a.grad`, where `a.data` is meant",
            "a = Value(3.0)\nparameters = [a]\n(a * a).backward()\na -= 0.1 * a.grad\n"
            "parameters[0].data",
            "It makes a new value, and the parameter stays at 3. PyTorch refuses too.",
        ),
        Edge(
            "a chain of a million nodes",
            "a = Value(1.0)\nn = a\nfor _ in range(1_000_000):\n    n = n + a\n"
            "n.backward()\na.grad",
            "No recursion, so no limit but memory.",
            slow=True,
        ),
    ],
    "Comparisons": [
        Edge(
            "`Value(1.0) < Value(2.0)`",
            "Value(1.0) < Value(2.0)",
            "A comparison has no slope. Compare `.data`.",
        ),
        Edge(
            "`max(Value(1.0), Value(2.0))`",
            "max(Value(1.0), Value(2.0))",
            "The same. `v.maximum(w)` is one with a slope.",
        ),
        Edge(
            "`Value(2.0) == Value(2.0)`",
            "Value(2.0) == Value(2.0)",
            "Two variables that happen to agree are two: sets and graphs rely on it.",
        ),
        Edge(
            "`float(Value(2.0))`",
            "float(Value(2.0))",
            "It would drop the graph unseen. `.data` says so.",
        ),
        Edge(
            "`bool(Value(0.0))`",
            "bool(Value(0.0))",
            "`if loss:` would hold at 0 as well, as for any object whose class doesn't say. "
            "Ask `.data`.",
        ),
        Edge(
            "the size of the set `{a, b, a}`, with equal numbers",
            "a, b = Value(2.0), Value(2.0)\nlen({a, b, a})",
            "A value is found by which one it is.",
        ),
        Edge(
            "a key of a dictionary, after its number changed",
            'a = Value(2.0)\nnames = {a: "found"}\nchange(a, 3.0)\nnames[a]',
            "The same.",
        ),
    ],
    "Copies": [
        Edge(
            "the gradient of `a` through a copy of `a * a` at 3",
            "a = Value(3.0)\ncopy.copy(a * a).backward()\na.grad",
            "By hand 6. micrograd's copy hands on the gradient of the original, which is 0.",
        ),
        Edge(
            "the gradient of a deep-copied `a` in `[a, a * a]`",
            "a = Value(3.0)\nb, square = copy.deepcopy([a, a * a])\nsquare.backward()\nb.grad",
            "By hand 6. PyTorch refuses as we do.",
        ),
        Edge(
            "the gradient of a pickled `a` in `[a, a * a]`",
            "a = Value(3.0)\nb, square = pickle.loads(pickle.dumps([a, a * a]))\n"
            "square.backward()\nb.grad",
            "By hand 6. PyTorch cuts the graph off, and the gradient is missing.",
        ),
        Edge(
            "a deep copy of a chain of 10,000 nodes",
            "a = Value(1.0)\nn = a\nfor _ in range(10_000):\n    n = n + a\n"
            'copy.deepcopy(n); "copied"',
            "Python copies and pickles by recursion, so a long graph could not be copied anyway.",
        ),
        Edge(
            "the number in a pickled leaf",
            "pickle.loads(pickle.dumps(Value(3.0))).data",
            "A leaf has no graph behind it.",
        ),
        Edge(
            "a deep copy of a network",
            'network = Neuron(3)\ncopy.deepcopy(network)([1.0, 2.0, 3.0]).backward(); "works"',
            "Its parameters are leaves.",
        ),
    ],
    "Threads": [
        Edge(
            "four threads, each with a graph of its own",
            """
def work(x):
    a = Value(x)
    n = a
    for _ in range(300):
        n = n * 0.5 + a
    n.backward()
    slopes.append(float(a.grad))
slopes = []
threads = [threading.Thread(target=work, args=(float(i),)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
slopes
""",
            "By hand 2, four times: nothing is shared.",
        ),
        Edge(
            "two threads add to one leaf at the same moment",
            """
leaf = leaf_read_by_both
threads = [threading.Thread(target=lambda: (leaf * 1.0).backward()) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
leaf.grad
""",
            "By hand 2. One of the two is lost. A lock at every addition would cost all others: "
            "give each thread leaves of its own, and add up their gradients.",
            without=("PyTorch",),
        ),
    ],
    "Pictures": [
        Edge(
            "a label with braces, bars, angles, quotes, `\\`, a new line, letters of any script",
            'label = "{a} | <b> \\"c\\" \\\\d\\né 漢 ا"\n'
            "picture = ElementTree.fromstring(draw_dot(Value(1.0, label=label))._repr_svg_())\n"
            'words = set(" ".join(picture.itertext()).split())\n'
            'assert set(label.split()) <= words\n"drawn as written"',
            "A label is a reader's text: nothing in it is a command.",
            without=("micrograd", "PyTorch"),
        ),
        Edge(
            "a graph of 10,000 values",
            "a = Value(1.0)\nn = a\nfor _ in range(9_999):\n    n = n + a\ndraw_dot(n)",
            "The time grows faster than the graph, and no one could read it.",
            without=("micrograd", "PyTorch"),
        ),
    ],
}
