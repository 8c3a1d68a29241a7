"""A pass over a graph as data: its steps, in words, and what goes wrong in it.

wording.py    values, numbers and operations as text
steps.py      a record for each step of the forward and the backward pass
diagnosis.py  steps that come too early or twice; each value's total derivative
"""
