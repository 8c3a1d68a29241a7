"""The notes' graph of f = (a * b) * (a + b) with all contributions, a film in its chapter."""

from mygrad import Value, draw_dot

a = Value(-2.0, label="a")
b = Value(3.0, label="b")
d = a * b
d.label = "d"
e = a + b
e.label = "e"
f = d * e
f.label = "f"
f.backward()
picture = draw_dot(f)
