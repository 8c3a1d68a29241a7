"""The picture in the README: images/readme.svg.  `python images/readme.py` redraws it."""

from pathlib import Path

from mygrad import Value, draw_dot

a = Value(2.0, label="a")
b = Value(-3.0, label="b")
c = Value(10.0, label="c")
f = Value(-2.0, label="f")
e = a * b
e.label = "e"
d = e + c
d.label = "d"
L = d * f
L.label = "L"
L.backward()

picture = draw_dot(L, title="The graph of L = (a * b + c) * f after the backward pass")

if __name__ == "__main__":
    picture.save(Path(__file__).with_suffix(".svg"))
