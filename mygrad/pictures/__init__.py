"""What a reader sees: graphs, orders, curves and films.

checks.py    what can be drawn, and where to
picture.py   what every picture is, and how it becomes a part of a page, or a file
graphviz.py  a graph that Graphviz lays out
dot.py       the graph behind a value
order.py     values on one line, with arcs between them
ticks.py     round numbers for an axis
marks.py     what a plot can hold
plot.py      curves, points and bands
film/        a graph drawn step by step
"""
