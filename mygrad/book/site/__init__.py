"""The site: pages as HTML, and the files beside them.

extension.py     a page with what its blocks did, as an extension of Python-Markdown
blocks.py        what that is: blocks run, held against the page, and drawn
figures.py       pictures and films as parts of a page
block_markup.py  what the scripts of a page need to find its blocks
formulas.py      formulas as MathML
description.py   what a page says of itself to search engines
policy.py        what a page may load and run, for the browser to hold it to
search.py        the search's index, put off until somebody searches
offline.py       what a reader's browser keeps of the site, to be read without a network
kept_pages.py    what MkDocs need not render again
mkdocs_hooks.py  the little that only MkDocs can tell
theme/           what differs from Material for MkDocs
"""
