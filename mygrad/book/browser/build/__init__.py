"""What the site serves so that its pages run Python: made once, kept, and checked each time.

commands.py        calls npm and Node, for so many seconds, and says why they fail
cache.py           keeps what is fetched or made between builds
package.json       what is taken from the npm registry
package-lock.json  which files exactly, by their hashes
npm.py             has npm fetch them
bytecode.py        compiles modules for the page's Python
wheel.py           what a page can import: the wheel of this very source, and graphviz
freeze.mjs         runs the page's Python at build: for the bytecode, and to keep its memory
runtime.py         all of it, put into the site
"""
