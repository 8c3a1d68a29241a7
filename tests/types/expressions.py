"""Numbers on either side, every operation, a neuron and a layer, as type checkers know them."""

from typing import assert_type

from mygrad import Layer, Neuron, Value, dot, gradcheck

a, b = Value(2.0, "a"), Value(3)
assert_type(a + 1, Value)
assert_type(1 - a * b / 2, Value)
assert_type(2**a, Value)
assert_type((a**2).maximum(0.0).minimum(b), Value)
assert_type(abs(a).softplus().tanh().relu().sigmoid().exp().log(), Value)
assert_type(dot([a, 1.0], [2, b], 0.5), Value)
assert_type(Neuron(2)([a, 1.0]), Value)
assert_type(Layer(2, 3)([1, b]), list[Value])
assert_type(a.grad, float)
assert gradcheck(lambda x, y: x * y, 2.0, 3.0)
