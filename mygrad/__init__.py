"""Backpropagation, small enough to read: a `Value` remembers how it was made.

from mygrad import Value

a = Value(2.0)
b = a * a + 1
b.backward()
a.grad  # 4.0

checked_math.py  what may become a float; powers, exp and log, with their errors
arguments.py     checks of what comes in from outside
graph.py         the graph behind a value: its nodes in order, and its edges
hints.py         the way out for habits from elsewhere
engine.py        Value, its operations, and the backward pass: what every reader reads
data.py          the small data sets of the chapters
nn.py            neurons, layers and networks of values
optim.py         what changes the parameters once their gradients are known
gradcheck.py     the judge: gradients measured, by finite differences
passes/          a pass as data: its steps, in words, and what goes wrong in it
pictures/        graphs, orders, curves and films
book/            turns the chapters into the site; nothing above knows it
"""

from mygrad.data import four_points_in_3d, four_points_in_4d, two_moons
from mygrad.engine import Value, dot
from mygrad.gradcheck import gradcheck, numeric_grad
from mygrad.graph import topological_order, trace
from mygrad.nn import MLP, Layer, Module, Neuron
from mygrad.optim import SGD
from mygrad.passes.steps import BackwardStep, ForwardStep, backward_steps, forward_steps
from mygrad.pictures.dot import draw_dot
from mygrad.pictures.film.film import Film, draw_steps
from mygrad.pictures.order import draw_order
from mygrad.pictures.plot import Plot

__version__ = "0.1.0"

__all__ = [
    "MLP",
    "SGD",
    "BackwardStep",
    "Film",
    "ForwardStep",
    "Layer",
    "Module",
    "Neuron",
    "Plot",
    "Value",
    "backward_steps",
    "dot",
    "draw_dot",
    "draw_order",
    "draw_steps",
    "forward_steps",
    "four_points_in_3d",
    "four_points_in_4d",
    "gradcheck",
    "numeric_grad",
    "topological_order",
    "trace",
    "two_moons",
]
