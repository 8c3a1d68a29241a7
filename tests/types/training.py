"""The training loop as readers write it: `mypy --strict` and pyright find nothing in it.

The sum starts from a value, since Python's own types give a sum without a start a second type, 0.
"""

from mygrad import MLP, SGD, Value, four_points_in_3d

xs, ys = four_points_in_3d()
network = MLP(3, [4, 4, 1])
optimizer = SGD(network.parameters(), learning_rate=0.05)
for step in range(20):
    loss = sum(((network(x) - y) ** 2 for x, y in zip(xs, ys)), Value(0.0))
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(step, f"{loss:.4f}")
