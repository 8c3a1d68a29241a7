"""A graph drawn step by step.

frame.py   what each step changes in the picture
groups.py  a large graph as a few boxes
reel.py    the film of one graph
html.py    the film in a page, and what the player finds there
film.py    one or more graphs, stepped together
"""
