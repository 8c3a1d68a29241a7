"""The notes' graph of a + a with both contributions, which its chapter shows as a film."""

from mygrad import Value, draw_dot

a = Value(3.0, label="a")
b = a + a
b.label = "b"
b.backward()
picture = draw_dot(b)
