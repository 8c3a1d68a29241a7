"""Holds what blocks do against what their pages show.

quoted_source.py  the package's own source, for pages that show a part of it
compare.py        what a page says of a block, and how the block differs from it
check.py          the same with file and line, as an error; and the block's picture
update.py         rewrites what a page shows from what its blocks do
"""
