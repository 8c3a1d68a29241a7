"""Runs the blocks of a page: in the tests, in the build and in the browser.

terminal.py    what a block prints, as a terminal shows it in the end
traceback.py   an error of a block in words
execute.py     one block: what it printed, raised and ended with
session.py     a page's blocks, in order, once, in one namespace
process.py     a process of their own for the blocks, so that none can hang or end the rest
"""
