"""What a block needs of those above it: found by watching what each statement does.

names.py     the names that a statement reads
snapshot.py  the objects that names lead to, and which of them have changed
observe.py   a page run statement by statement: what did each change?
program.py   a block with what it needs, and nothing else: it runs alone
origins.py   the line of code that has made a value, for films
"""
