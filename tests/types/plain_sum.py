"""The same loop with a plain sum: mypy takes it, pyright asks for a start, as in training.py."""

from mygrad import MLP, four_points_in_3d

xs, ys = four_points_in_3d()
network = MLP(3, [4, 4, 1])
loss = sum((network(x) - y) ** 2 for x, y in zip(xs, ys))
loss.backward()
for p in network.parameters():
    p.data -= 0.05 * p.grad
