"""The laws of neurons, layers and networks.  The judge is arithmetic by hand or `random` itself."""

import math
import random
import re

import numpy as np
import pytest

from mygrad import nn
from mygrad.data import four_points_in_3d
from mygrad.engine import Value, dot
from mygrad.gradcheck import gradcheck
from mygrad.graph import topological_order
from mygrad.nn import MLP, Layer, Module, Neuron


def numbers(module):
    """The parameters as floats."""
    return [parameter.data for parameter in module.parameters()]


# A neuron.


def test_a_neuron_computes_the_activation_of_its_weighted_sum():
    """By hand: tanh(0.1 + 0.5 * 2 - 0.25 * 3) = tanh(0.35)."""
    neuron = Neuron(2)
    for parameter, number in zip(neuron.parameters(), (0.5, -0.25, 0.1)):
        parameter.data = number

    assert neuron([2.0, 3.0]).data == pytest.approx(math.tanh(0.35), rel=1e-14)


def test_the_neuron_of_the_notes():
    """Chapter 05: gradients 1.0 and 0.0 of the weights, 0.5 of the bias."""
    neuron = Neuron(2)
    for parameter, number in zip(neuron.parameters(), (-3.0, 1.0, 6.8813735870195432)):
        parameter.data = number
    o = neuron([2.0, 0.0])
    o.backward()

    assert o.data == pytest.approx(math.sqrt(0.5))
    assert [p.grad for p in neuron.parameters()] == pytest.approx([1.0, 0.0, 0.5])


def test_a_neurons_sum_is_one_node():
    """`dot`, then the activation."""
    neuron = Neuron(3)
    out = neuron([1.0, 2.0, 3.0])
    (total,) = out._prev

    assert (out._op, total._op) == ("tanh", "dot")
    assert total._prev[:3] == tuple(neuron.w)
    assert total._prev[-1] is neuron.b


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        ("tanh", math.tanh(-0.4)),
        ("relu", 0.0),
        ("sigmoid", 1 / (1 + math.exp(0.4))),
        (None, -0.4),
    ],
)
def test_each_activation_is_its_function(activation, expected):
    """At a sum of 0.6 - 1.0, which tells all four apart; None is the bare sum."""
    neuron = Neuron(1, activation=activation)
    neuron.w[0].data, neuron.b.data = -0.5, 0.6

    assert neuron([2.0]).data == pytest.approx(expected, rel=1e-14)


class Symbol:
    """A node that keeps formulas, and no numbers."""

    def __init__(self, text):
        self.text = text

    def tanh(self):
        return Symbol(f"tanh({self.text})")


@pytest.mark.parametrize(("activation", "expected"), [("tanh", "tanh(n)"), (None, "n")])
def test_a_neuron_applies_the_method_of_whatever_node_it_has(monkeypatch, activation, expected):
    """Only the name of the activation is the network's: a node of any kind knows its own."""
    monkeypatch.setattr(nn, "dot", lambda weights, inputs, bias: Symbol("n"))

    assert Neuron(1, activation=activation)([2.0]).text == expected


def test_a_linear_neuron_is_its_dot_node():
    """No node is spent on doing nothing."""
    assert Neuron(2, activation=None)([1.0, 2.0])._op == "dot"


def test_tanh_is_the_default():
    """As in the notes."""
    assert Neuron(1)([1.0])._op == "tanh"
    assert [v._op for v in Layer(1, 2)([1.0])] == ["tanh", "tanh"]
    assert MLP(1, [2, 1])([1.0])._op == "tanh"


@pytest.mark.parametrize("wrong", ["tan", "", "same", "Tanh", 1, True, ["tanh"], math.tanh])
def test_an_unknown_activation_is_refused_with_the_choices(wrong):
    """In a network too, and for its last layer."""
    choices = "an activation is one of ['tanh', 'relu', 'sigmoid', None]"
    message = f"^{re.escape(f'{choices}, got {wrong!r}')}$"
    with pytest.raises(ValueError, match=message):
        Neuron(2, activation=wrong)
    with pytest.raises(ValueError, match=message):
        Layer(2, 3, activation=wrong)
    with pytest.raises(ValueError, match=message):
        MLP(2, [1], activation=wrong, last_activation=None)
    if wrong != "same":
        with pytest.raises(ValueError, match=message):
            MLP(2, [3, 1], last_activation=wrong)


# Inputs.


@pytest.mark.parametrize(
    ("make", "name"),
    [(Neuron, "neuron"), (lambda n: Layer(n, 2), "layer"), (lambda n: MLP(n, [2, 1]), "network")],
)
@pytest.mark.parametrize("x", [[], [1.0, 2.0], [1, 2, 3, 4]])
def test_a_wrong_number_of_inputs_is_an_error_that_names_both(make, name, x):
    """Plain zip would drop the rest in silence."""
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the whole message is compared)
        make(3)(x)

    assert str(error.value) == f"this {name} takes 3 inputs, got {len(x)}: {x!r}"


@pytest.mark.parametrize(
    ("make", "name"),
    [(Neuron, "neuron"), (lambda n: Layer(n, 2), "layer"), (lambda n: MLP(n, [2, 1]), "network")],
)
@pytest.mark.parametrize(
    "x",
    [
        *(5, None, Value(1.0), "ab", b"ab", np.array(1.0)),
        *({1: 2, 3: 4}, {1.0, 2.0}, frozenset([1.0, 2.0])),
    ],
    ids=repr,
)
def test_what_is_not_a_list_is_refused(make, name, x):
    """Text, sets and dictionaries can be walked through, and still are no inputs."""
    with pytest.raises(TypeError) as error:
        make(2)(x)

    assert str(error.value) == f"this {name} takes a list of 2 numbers, got {x!r}"


@pytest.mark.parametrize("make", [Neuron, lambda n: Layer(n, 2), lambda n: MLP(n, [2, 1])])
@pytest.mark.parametrize(
    ("x", "what"),
    [([1.0, "b"], "str: 'b'"), ([[1.0], 2.0], r"list: \[1.0\]"), ((None, 1), "NoneType: None")],
)
def test_an_input_that_is_no_number_is_an_error_that_names_it(make, x, what):
    """In a list of thousands, the list itself would not help."""
    with pytest.raises(TypeError, match=f"a Value holds one real number, got {what}"):
        make(2)(x)


@pytest.mark.parametrize(
    "x", [[1, -2], (1.0, -2.0), np.array([1.0, -2.0]), [Value(1), Value(-2)], [Value(1.0), -2]]
)
def test_inputs_are_numbers_or_values_in_any_sequence(x):
    """All of these are the same point."""
    net = MLP(2, [3, 1], rng=random.Random(0))

    assert net(x).data == net([1.0, -2.0]).data


def test_inputs_may_come_from_an_iterator():
    """All neurons of a layer see them, though they come only once."""
    layer = Layer(2, 3)

    assert [v.data for v in layer(iter([1.0, 2.0]))] == [v.data for v in layer([1.0, 2.0])]


def test_the_neurons_of_a_layer_share_the_inputs():
    """One leaf per input, not one per input and neuron."""
    inputs = [out._prev[0]._prev[3:6] for out in Layer(3, 4)([1.0, 2.0, 3.0])]

    assert all(leaves == inputs[0] for leaves in inputs)  # == is identity


def test_input_values_get_their_gradients():
    """An input given as a Value is used itself, so that d(output)/d(input) can be read off."""
    net = MLP(2, [3, 1], rng=random.Random(3))

    assert gradcheck(lambda x1, x2: net([x1, x2]), 0.4, -1.2)


def test_the_list_of_inputs_stays_as_it_was():
    """Numbers are wrapped in a new list."""
    x = [1.0, 2.0]
    MLP(2, [2, 1])(x)

    assert x == [1.0, 2.0]


# Layers and networks.


def test_a_layer_always_gives_a_list():
    """Also of one: only the network's end unwraps."""
    assert len(Layer(2, 3)([1.0, 2.0])) == 3
    assert isinstance(Layer(2, 1)([1.0, 2.0]), list)


def test_a_network_unwraps_a_single_output():
    """So that `loss` can be written with it; several outputs are a list."""
    assert isinstance(MLP(2, [3, 1])([1.0, 2.0]), Value)
    assert isinstance(MLP(2, [3, 2])([1.0, 2.0]), list)


@pytest.mark.parametrize("sizes", [[1, 1], [1, 3, 1], [4, 1, 2], [1]])
def test_a_hidden_layer_one_neuron_wide_works(sizes):
    """Unwrapped in the middle, its output could not be the next layer's list."""
    out = MLP(2, sizes)([1.0, 2.0])

    assert len(out if isinstance(out, list) else [out]) == sizes[-1]


def test_a_network_is_its_layers_one_after_the_other():
    """The outputs of each are the inputs of the next."""
    net = MLP(3, [4, 2, 1], activation="sigmoid")
    x = [2.0, 3.0, -1.0]
    for layer in net.layers:
        x = [
            1 / (1 + math.exp(-sum(w.data * v for w, v in zip(n.w, x)) - n.b.data))
            for n in layer.neurons
        ]

    assert net([2.0, 3.0, -1.0]).data == pytest.approx(x[0], rel=1e-12)


def test_the_networks_of_the_notes_have_41_and_45_parameters():
    """4*(3+1) + 4*(4+1) + 1*(4+1), and 4*(4+1) + 4*(4+1) + 1*(4+1)."""
    assert len(MLP(3, [4, 4, 1]).parameters()) == 41
    assert len(MLP(4, 4, 4, 1).parameters()) == 45


@pytest.mark.parametrize(
    "make",
    [
        lambda: MLP(3, [4, 2], rng=random.Random(0)),
        lambda: MLP(3, (4, 2), rng=random.Random(0)),
        lambda: MLP(3, 4, 2, rng=random.Random(0)),
        lambda: MLP(np.int64(3), [np.int32(4), np.int8(2)], rng=random.Random(0)),
        lambda: MLP(np.int64(3), np.int32(4), np.int8(2), rng=random.Random(0)),
    ],
)
def test_sizes_come_as_a_list_as_a_tuple_or_spread(make):
    """003 writes the list, 000 spreads them; NumPy's whole numbers are whole numbers."""
    net = make()

    assert repr(net) == "MLP(3, [4, 2])"
    assert [len(layer.neurons) for layer in net.layers] == [4, 2]
    assert numbers(net) == numbers(MLP(3, [4, 2], rng=random.Random(0)))


def test_the_networks_parts_have_the_names_of_the_notes():
    """`n.layers[0].neurons[0].w[0].grad` is what the notes print."""
    net = MLP(3, [4, 4, 1])
    net([2.0, 3.0, -1.0]).backward()

    assert net.layers[0].neurons[0].w[0].grad != 0.0
    assert isinstance(net.layers[2].neurons[0].b, Value)


@pytest.mark.parametrize(
    "size", [0, -1, 2.0, 2.5, True, False, "3", b"3", None, math.nan, [3, 1], Value(3.0)], ids=repr
)
def test_a_size_that_is_not_a_positive_whole_number_is_refused(size):
    """Wherever it stands; the message names the value and the rule."""
    for make in (
        lambda: Neuron(size),
        lambda: Layer(size, 2),
        lambda: Layer(2, size),
        lambda: MLP(size, [2, 1]),
        lambda: MLP(2, [3, size]),
        lambda: MLP(2, size, 1),
        lambda: MLP(2, 3, size),
    ):
        with pytest.raises(ValueError, match="a size is a positive whole number, got ") as error:
            make()
        assert str(error.value).endswith(f"got {size!r}")


@pytest.mark.parametrize("size", ["3", 2.0, 0, True, None])
def test_a_single_size_is_checked_as_well(size):
    """MLP(2, "3") is neither a list of sizes nor a size."""
    with pytest.raises(ValueError, match="a size is a positive whole number"):
        MLP(2, size)


@pytest.mark.parametrize("sizes", [([],), ((),), ()])
def test_a_network_without_layers_is_refused(sizes):
    """It would hand its inputs through."""
    with pytest.raises(ValueError, match="at least one layer"):
        MLP(3, *sizes)


def test_the_activation_goes_to_every_layer():
    """The same in the last, unless another is given."""
    net = MLP(2, [3, 3, 1], activation="relu")

    assert [[n.activation for n in layer.neurons] for layer in net.layers] == [
        ["relu"] * 3,
        ["relu"] * 3,
        ["relu"],
    ]


@pytest.mark.parametrize("last", [None, "sigmoid", "tanh"])
def test_the_last_layer_may_have_another_activation(last):
    """None makes it linear, as a network that predicts any number needs."""
    net = MLP(2, [3, 3, 1], activation="relu", last_activation=last)

    assert [layer.neurons[0].activation for layer in net.layers] == ["relu", "relu", last]
    assert net([1.0, 2.0])._op == (last or "dot")


@pytest.mark.parametrize("n_layers", [1, 2, 4, 5])
def test_only_the_last_layer_has_the_last_activation(n_layers):
    """However many layers there are."""
    net = MLP(2, [1] * n_layers, activation="relu", last_activation=None)

    assert [layer.neurons[0].activation for layer in net.layers] == ["relu"] * (n_layers - 1) + [
        None
    ]


def test_an_untouched_last_activation_follows_a_linear_network():
    """None for all layers is None for the last."""
    assert MLP(2, [2, 1], activation=None).layers[-1].neurons[0].activation is None


# The first weights.


def test_the_weights_are_drawn_before_the_bias_neuron_by_neuron_layer_by_layer():
    """The very numbers of `random`, in this order: a seed means the same network everywhere."""
    rng = random.Random(7)
    expected = [rng.uniform(-1, 1) for _ in range(41)]
    net = MLP(3, [4, 4, 1], rng=random.Random(7))

    assert numbers(net) == expected
    assert [w.data for w in net.layers[0].neurons[0].w] == expected[:3]
    assert net.layers[0].neurons[0].b.data == expected[3]
    assert net.layers[0].neurons[1].w[0].data == expected[4]
    assert net.layers[1].neurons[0].w[0].data == expected[16]


def test_random_seed_makes_a_network_repeatable():
    """Without `rng`, the numbers come from the module `random`."""
    random.seed(42)
    first = numbers(MLP(3, [4, 1]))
    random.seed(42)
    second = numbers(MLP(3, [4, 1]))
    third = numbers(MLP(3, [4, 1]))

    assert first == second != third


def test_a_generator_of_its_own_leaves_random_alone():
    """A network with `rng` does not move the sequence of others."""
    random.seed(1)
    expected = random.random()
    random.seed(1)
    MLP(3, [4, 1], rng=random.Random(5))

    assert random.random() == expected


@pytest.mark.parametrize("make", [lambda r: Neuron(3, rng=r), lambda r: Layer(3, 2, rng=r)])
def test_neurons_and_layers_take_a_generator(make):
    """The same seed, the same numbers."""
    assert numbers(make(random.Random(2))) == numbers(make(random.Random(2)))
    assert numbers(make(random.Random(2))) != numbers(make(random.Random(3)))


def test_numpys_generator_will_do():
    """Anything with `uniform(a, b)`."""
    net = MLP(2, [2, 1], rng=np.random.default_rng(0))

    assert all(type(number) is float for number in numbers(net))


def test_weights_and_biases_are_spread_over_minus_one_to_one():
    """2,000 draws stay inside and come near both ends, around a mean of 0."""
    drawn = numbers(Layer(19, 100, rng=random.Random(0)))

    assert -1.0 <= min(drawn) < -0.99
    assert 0.99 < max(drawn) <= 1.0
    assert abs(sum(drawn) / len(drawn)) < 0.05


# Parameters.


def test_parameters_are_the_weights_then_the_bias_neuron_by_neuron():
    """The values themselves, so that an update reaches the network."""
    net = MLP(2, [2, 1])
    a, b = net.layers[0].neurons
    (c,) = net.layers[1].neurons

    assert a.parameters() == [*a.w, a.b]
    assert net.layers[0].parameters() == [*a.w, a.b, *b.w, b.b]
    assert net.parameters() == [*a.w, a.b, *b.w, b.b, *c.w, c.b]


def test_changing_the_list_of_parameters_does_not_change_the_network():
    """A new list each time."""
    neuron = Neuron(2)
    neuron.parameters().clear()

    assert len(neuron.parameters()) == 3


def test_zero_grad_sets_every_gradient_to_zero():
    """`p = 0.0`, as the notes have it, zeroes nothing."""
    net = MLP(2, [3, 1])
    net([1.0, 2.0]).backward()
    assert any(p.grad != 0.0 for p in net.parameters())

    net.zero_grad()
    assert all(p.grad == 0.0 for p in net.parameters())


@pytest.mark.parametrize("broken", [math.nan, math.inf])
def test_zero_grad_forgets_a_broken_gradient_too(broken):
    """Zero times nan would be nan for ever."""
    neuron = Neuron(2)
    neuron.b.grad = broken
    neuron.zero_grad()

    assert neuron.b.grad == 0.0


def test_a_module_of_ones_own_has_no_parameters_until_it_says_so():
    """The base class is for readers, too."""

    class Scale(Module):
        def __init__(self):
            self.factor = Value(2.0)

        def parameters(self):
            return [self.factor]

    scale = Scale()
    scale.factor.grad = 5.0
    scale.zero_grad()
    Module().zero_grad()

    assert Module().parameters() == []
    assert scale.factor.grad == 0.0


# repr.


@pytest.mark.parametrize(
    "text",
    [
        "Neuron(3)",
        "Neuron(3, activation='relu')",
        "Neuron(3, activation=None)",
        "Layer(3, 4)",
        "Layer(3, 1, activation='sigmoid')",
        "MLP(3, [4, 4, 1])",
        "MLP(3, [1])",
        "MLP(3, [4, 1], activation='relu')",
        "MLP(3, [4, 1], last_activation=None)",
        "MLP(3, [4, 1], activation='relu', last_activation='tanh')",
        "MLP(3, [4, 1], activation=None, last_activation='tanh')",
    ],
)
def test_repr_is_the_code_that_makes_one_of_this_shape(text):
    """Options appear only where they are not the default."""
    assert repr(eval(text)) == text


# The fused neuron against its parts.


def unfused_output(net, x):
    """The network with the notes' neuron: a sum of + and *, each number a new leaf."""
    for layer in net.layers:
        x = [sum((w * v for w, v in zip(n.w, x)), n.b).tanh() for n in layer.neurons]
    return x[0]


def loss_of_the_notes(net, output):
    """Squared errors of the notes' four points, added up."""
    xs, ys = four_points_in_3d()
    return sum((output(net, x) - y) ** 2 for x, y in zip(xs, ys))


def depth(root):
    """How many nodes lie on the longest path to `root`, both ends counted."""
    depths = {}
    for node in topological_order(root):
        depths[node] = 1 + max((depths[operand] for operand in node._prev), default=0)
    return depths[root]


@pytest.mark.parametrize("seed", range(5))
def test_a_fused_network_gives_the_same_bits_as_one_of_sums_and_products(seed):
    """Loss and all 41 gradients."""
    outcomes = []
    for output in (MLP.__call__, unfused_output):
        net = MLP(3, [4, 4, 1], rng=random.Random(seed))
        loss = loss_of_the_notes(net, output)
        loss.backward()
        outcomes.append((loss.data, [p.grad for p in net.parameters()]))

    assert outcomes[0] == outcomes[1]


def test_fusing_shrinks_the_graph_of_the_notes_loss():
    """Outline, row 11: 398 nodes and depth 24 become 142 and 13."""
    net = MLP(3, [4, 4, 1])
    apart, fused = loss_of_the_notes(net, unfused_output), loss_of_the_notes(net, MLP.__call__)

    assert (len(topological_order(apart)), depth(apart)) == (398, 24)
    assert (len(topological_order(fused)), depth(fused)) == (142, 13)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", None])
def test_a_networks_gradients_are_the_measured_ones(activation):
    """Finite differences in every parameter of MLP(2, [2, 1])."""
    start = numbers(MLP(2, [2, 1], rng=random.Random(4)))

    def loss(*parameters):
        net = MLP(2, [2, 1], activation=activation)
        (a, b), (c,) = (layer.neurons for layer in net.layers)
        a.w, a.b, b.w, b.b = (
            list(parameters[:2]),
            parameters[2],
            list(parameters[3:5]),
            parameters[5],
        )
        c.w, c.b = list(parameters[6:8]), parameters[8]
        return (net([0.5, -1.5]) - 0.3) ** 2 + (net([1.0, 2.0]) + 0.2) ** 2

    check = gradcheck(loss, *start)
    assert check, f"\n{check}"


def test_twenty_steps_against_the_gradient_lower_the_loss():
    """The notes' loop, from many starts: 20 steps at 0.05, with the gradients zeroed."""
    for seed in range(10):
        net = MLP(3, [4, 4, 1], rng=random.Random(seed))
        first = loss_of_the_notes(net, MLP.__call__).data
        for _ in range(20):
            loss = loss_of_the_notes(net, MLP.__call__)
            net.zero_grad()
            loss.backward()
            for p in net.parameters():
                p.data -= 0.05 * p.grad

        assert loss_of_the_notes(net, MLP.__call__).data < first


def test_dot_is_what_a_neuron_uses():
    """The same operands give the same number."""
    neuron = Neuron(2, activation=None)

    assert neuron([3.0, 4.0]).data == dot(neuron.w, [3.0, 4.0], neuron.b).data
