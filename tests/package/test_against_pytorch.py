"""PyTorch in double precision as the judge: same expressions, same numbers to twelve digits."""

import math
import random

import pytest
from hypothesis import given, settings
from random_graphs import MYGRAD, Functions, programs

from mygrad.data import four_points_in_3d, two_moons
from mygrad.engine import Value
from mygrad.nn import MLP
from mygrad.optim import SGD

torch = pytest.importorskip("torch")
torch.set_num_threads(1)  # its threads wait for each other longer than they compute


def same(ours, theirs):
    """Equal to 1e-12 of its size, infinities and nan included."""
    return ours == pytest.approx(theirs, rel=1e-12, abs=0.0, nan_ok=True)


def double(x):
    """A leaf of PyTorch."""
    return torch.tensor(x, dtype=torch.float64, requires_grad=True)


def assert_same(f, *numbers):
    """Result and gradients of one expression, which both sides can run as it stands."""
    ours, theirs = [Value(x) for x in numbers], [double(x) for x in numbers]
    y, z = f(*ours), f(*theirs)
    y.backward()
    z.backward()

    assert same(y.data, z.item())
    for a, b in zip(ours, theirs):
        assert same(a.grad, b.grad.item() if b.grad is not None else 0.0)


@pytest.mark.parametrize(
    "f",
    [
        lambda a, b: a * b + a - b,
        lambda a, b: a / b + 2 / a - b / 3,
        lambda a, b: (a**2 + 1) ** 0.5 + b**3 + b**-2,
        lambda a, b: (a * a) ** b + 2**b + 0.5**a,
        lambda a, b: (a * b).tanh() + (a + b).sigmoid() * a.exp(),
        lambda a, b: (a * a).log() - (-b).relu() + (a * b).relu() * 3,
        lambda a, b: 10 - (1 - a) * (1 + b) + sum([a, b, a]),
        lambda a, b: ((a + b) ** 2 / (1 + (a - b) ** 2)).exp().log().tanh(),
        lambda a, b: -a * (-b) + (a - a) * b + a / a,
    ],
)
@pytest.mark.parametrize(("x", "y"), [(2.0, -3.0), (-1.5, 0.7), (0.3, 0.9), (-4.0, 2.0)])
def test_expressions_agree(f, x, y):
    """Every operator, numbers on either side."""
    assert_same(f, x, y)


CORNERS = [0.0, -0.0, 1.0, -2.0, math.inf, -math.inf, math.nan]


@pytest.mark.parametrize("name", ["maximum", "minimum"])
@pytest.mark.parametrize("x", CORNERS)
@pytest.mark.parametrize("y", CORNERS)
def test_the_slopes_of_a_choice_agree_at_every_corner(name, x, y):
    assert_same(lambda a, b: getattr(a, name)(b), x, y)


@pytest.mark.parametrize("x", CORNERS)
def test_the_slope_of_a_size_agrees_at_every_corner(x):
    assert_same(abs, x)


@pytest.mark.parametrize("x", [*CORNERS, -800.0, -3.0, 19.0])
def test_softplus_agrees(x):
    """Up to 20: from there on PyTorch returns x itself."""
    ours, theirs = Value(x), double(x)
    ours.softplus().backward()
    torch.nn.functional.softplus(theirs).backward()

    assert same(Value(x).softplus().data, torch.nn.functional.softplus(theirs).item())
    assert same(ours.grad, theirs.grad.item())


@pytest.mark.parametrize("x", [0.0, 1.0, 0.5, 2.0, math.inf, math.nan])
@pytest.mark.parametrize("n", [0.0, 1.0, -1.0, 0.5, 2.0, math.inf, -math.inf, math.nan])
def test_both_slopes_of_a_power_agree_where_it_exists(x, n):
    """0 ** -inf among them, whose slopes are both -inf."""
    if x == 0.0 and n == -1.0:
        return  # a division by zero, which raises here
    assert_same(lambda a, b: a**b, x, n)
    assert_same(lambda a: a**n, x)


def test_the_neuron_of_the_notes_agrees():
    """Chapter 10, block for block."""
    assert_same(
        lambda x1, x2, w1, w2, b: (x1 * w1 + x2 * w2 + b).tanh(),
        *(2.0, 0.0, -3.0, 1.0, 6.8813735870195432),
    )


@pytest.mark.parametrize(
    ("f", "numbers"),
    [
        (lambda x: x.tanh(), [1000.0]),
        (lambda x: x.tanh(), [-math.inf]),
        (lambda x: x.sigmoid(), [1000.0]),
        (lambda x: x.sigmoid(), [-40.0]),
        (lambda x: x.relu(), [0.0]),
        (lambda x: x.relu(), [-0.0]),
        (lambda x: x.relu(), [math.nan]),
        (lambda x: x.relu(), [math.inf]),
        (lambda x: x.exp(), [-math.inf]),
        (lambda x: x.exp(), [-800.0]),
        (lambda x: x.log(), [math.inf]),
        (lambda x: x.log(), [5e-324]),
        (lambda x: x**0, [0.0]),
        (lambda x: x**0, [math.nan]),
        (lambda x: x**1, [0.0]),
        (lambda x: x**2, [0.0]),
        (lambda x: x**0.5, [0.0]),
        (lambda x: x**1.5, [0.0]),
        (lambda x: x**3, [-2.0]),
        (lambda x: x**-1, [1e-200]),
        (lambda x: x**-1, [-1e-200]),
        (lambda x: x**-2, [1e-110]),
        (lambda x: x**-2, [-1e-110]),
        (lambda x: x**-1, [math.inf]),
        (lambda x: 1 / x, [1e-200]),
        (lambda x, n: x**n, [0.0, 0.0]),
        (lambda x, n: x**n, [0.0, 0.5]),
        (lambda x, n: x**n, [0.0, 2.0]),
        (lambda x, n: x**n, [-2.0, 2.0]),
        (lambda x, n: x**n, [-2.0, -1.0]),
        (lambda x, n: x**n, [-2.0, 0.0]),
        (lambda x, n: x**n, [2.0, 0.0]),
        (lambda x, n: x**n, [2.0, math.inf]),
        (lambda x, n: x**n, [0.5, math.inf]),
        (lambda x, n: x**n, [math.inf, 2.0]),
        (lambda x, n: x**n, [math.inf, -1.0]),
        (lambda x, n: x**n, [math.nan, 2.0]),
        (lambda x, n: x**n, [2.0, math.nan]),
        (lambda n: 2**n, [0.0]),
        (lambda n: 2**n, [-3.0]),
        (lambda n: 0**n, [2.0]),
        (lambda n: 0**n, [0.0]),
        (lambda n: (-2) ** n, [2.0]),
        (lambda x: x * math.inf, [0.0]),
        (lambda x: (x**0.5) * 0, [0.0]),
    ],
)
def test_edge_values_agree(f, numbers):
    """Where only a derivative is infinite or undefined, it is so on both sides."""
    assert_same(f, *numbers)


def test_a_second_backward_agrees():
    """Leaves accumulate: 27, then 54."""
    a, b = Value(3.0), double(3.0)
    y, z = a * a * a, b * b * b
    for expected in (27.0, 54.0):
        y.backward()
        z.backward(retain_graph=True)
        assert a.grad == b.grad.item() == expected


def test_two_losses_that_share_a_node_agree():
    """h = 2a, losses 5h and 7h: 24."""
    a, b = Value(3.0), double(3.0)
    for x in (a, b):
        h = 2 * x
        first, second = 5 * h, 7 * h
        first.backward(**({"retain_graph": True} if x is b else {}))
        second.backward()

    assert a.grad == b.grad.item() == 24.0


def test_backward_on_a_leaf_agrees():
    """It adds 1 each time."""
    a, b = Value(3.0), double(3.0)
    for expected in (1.0, 2.0):
        a.backward()
        b.backward()
        assert a.grad == b.grad.item() == expected


def dot_of_tensors(w, x, b):
    """The bias first, the products added from left to right."""
    for wi, xi in zip(w, x):
        b = b + wi * xi
    return b


TORCH = Functions(
    number=float,
    exp=torch.exp,
    log=torch.log,
    tanh=torch.tanh,
    relu=torch.relu,
    sigmoid=torch.sigmoid,
    dot=dot_of_tensors,
)


def check_random_graph(program):
    ours, theirs = map(Value, program.numbers), map(double, program.numbers)
    values, tensors = program.run(MYGRAD, [*ours]), program.run(TORCH, [*theirs])
    for tensor in tensors:
        tensor.retain_grad()
    values[-1].backward()
    tensors[-1].backward()

    # Where terms cancel, what is left is as exact as the terms were.
    data, grads = (
        [t.item() for t in tensors],
        [t.grad.item() if t.grad is not None else 0.0 for t in tensors],
    )
    size = max(map(abs, grads)) * max(1.0, *map(abs, data))
    assert [v.data for v in values] == pytest.approx(data, rel=1e-12, abs=1e-12)
    assert [v.grad for v in values] == pytest.approx(grads, rel=1e-12, abs=1e-12 * size)


@settings(max_examples=100, derandomize=True, deadline=None, database=None)
@given(programs())
def test_random_graphs_agree(program):
    """Every value of graphs that no one chose, the inner ones too; every time the same."""
    check_random_graph(program)


@pytest.mark.slow
@settings(max_examples=5000, derandomize=True, deadline=None, database=None)
@given(programs())
def test_many_more_random_graphs_agree(program):
    """What hundreds of graphs don't show."""
    check_random_graph(program)


def torch_twin(net, activation, last_activation):
    """The same network of `torch.nn`, with the same numbers."""
    functions = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU, "sigmoid": torch.nn.Sigmoid}
    parts = []
    for layer in net.layers:
        linear = torch.nn.Linear(len(layer.neurons[0].w), len(layer.neurons), dtype=torch.float64)
        with torch.no_grad():
            linear.weight[:] = torch.tensor(
                [[w.data for w in n.w] for n in layer.neurons], dtype=torch.float64
            )
            linear.bias[:] = torch.tensor([n.b.data for n in layer.neurons], dtype=torch.float64)
        name = last_activation if layer is net.layers[-1] else activation
        parts += [linear] if name is None else [linear, functions[name]()]
    return torch.nn.Sequential(*parts)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize("last_activation", ["tanh", None])
def test_twenty_training_steps_agree(activation, last_activation):
    """Same start, same losses, same parameters after the notes' loop."""
    xs, ys = four_points_in_3d()
    net = MLP(
        *(3, [4, 4, 1]),
        activation=activation,
        last_activation=last_activation,
        rng=random.Random(1),
    )
    twin = torch_twin(net, activation, last_activation)
    x, y = torch.tensor(xs, dtype=torch.float64), torch.tensor(ys, dtype=torch.float64)
    for _ in range(20):
        loss = sum((net(point) - target) ** 2 for point, target in zip(xs, ys))
        twin_loss = ((twin(x).squeeze(1) - y) ** 2).sum()
        assert loss.data == pytest.approx(twin_loss.item(), rel=1e-12)

        net.zero_grad()
        twin.zero_grad()
        loss.backward()
        twin_loss.backward()
        for p in net.parameters():
            p.data -= 0.01 * p.grad
        with torch.no_grad():
            for q in twin.parameters():
                q -= 0.01 * q.grad

    theirs = []
    for linear in twin:
        if isinstance(linear, torch.nn.Linear):
            for weights, bias in zip(linear.weight.tolist(), linear.bias.tolist()):
                theirs += [*weights, bias]
    assert [p.data for p in net.parameters()] == pytest.approx(theirs, rel=1e-12, abs=1e-13)


@pytest.mark.slow
@pytest.mark.parametrize("momentum", [0.0, 0.9, 1.0])
def test_a_hundred_steps_of_sgd_agree(momentum):
    """The notes' network on the notes' data, from the same weights."""
    xs, ys = four_points_in_3d()
    network = MLP(3, [4, 4, 1], rng=random.Random(7))
    ours = network.parameters()
    theirs = [double(p.data) for p in ours]
    optimisers = (
        SGD(ours, learning_rate=0.01, momentum=momentum),
        torch.optim.SGD(theirs, lr=0.01, momentum=momentum),
    )
    for _ in range(100):
        for parameters, optimiser in zip((ours, theirs), optimisers):
            optimiser.zero_grad()
            loss = sum((forward(parameters, x) - y) ** 2 for x, y in zip(xs, ys))
            loss.backward()
            optimiser.step()

    for a, b in zip(ours, theirs):
        assert a.data == pytest.approx(b.item(), rel=1e-12, abs=1e-12)


def forward(parameters, x):
    """MLP(3, [4, 4, 1]) spelled out, so that both sides run the same lines."""
    rest = list(parameters)
    for n_neurons in (4, 4, 1):
        outputs = []
        for _ in range(n_neurons):
            (*w, b), rest = rest[: len(x) + 1], rest[len(x) + 1 :]
            total = b
            for weight, value in zip(w, x):
                total = total + weight * value
            outputs.append(total.tanh())
        x = outputs
    return x[0]


def moons_loss(network, points, targets, parameters):
    """What micrograd's demo trains: the average hinge, and a small price on large parameters."""
    scores = [network(point) for point in points]
    losses = [(1 + -y * score).relu() for y, score in zip(targets, scores)]
    return sum(losses) * (1.0 / len(losses)) + 1e-4 * sum(p * p for p in parameters)


def tensor_network(mlp, parameters):
    """The forward pass of an MLP with one tensor for each number, in the same order."""

    def run(point):
        rest = iter(parameters)
        outputs = [torch.tensor(x, dtype=torch.float64) for x in point]
        for layer in mlp.layers:
            inputs, outputs = outputs, []
            for neuron in layer.neurons:
                w = [next(rest) for _ in neuron.w]
                n = dot_of_tensors(w, inputs, next(rest))
                outputs.append(getattr(n, neuron.activation)() if neuron.activation else n)
        return outputs[0]

    return run


def gradients_of_the_moons_demo(activation, seed):
    """Of both engines, after the first step of `MLP(2, [16, 16, 1])` on 100 points."""
    points, targets = two_moons(100, seed=seed)
    mlp = MLP(
        *(2, [16, 16, 1]), activation=activation, last_activation=None, rng=random.Random(seed)
    )
    ours = mlp.parameters()
    theirs = [double(p.data) for p in ours]
    moons_loss(mlp, points, targets, ours).backward()
    moons_loss(tensor_network(mlp, theirs), points, targets, theirs).backward()
    return [p.grad for p in ours], [t.grad.item() for t in theirs]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_the_gradients_of_a_relu_network_are_pytorchs_bit_for_bit(seed):
    """337 parameters: the same operations in the same order leave no digit to differ."""
    ours, theirs = gradients_of_the_moons_demo("relu", seed)

    assert len(ours) == 337
    assert ours == theirs
