"""Turns the chapters into the site: runs their blocks, compares outputs, draws pictures.

page.py           a page as a value: its text, and its blocks with what stands around them
parse.py          a page of Markdown as that value
run/              runs the blocks, in the tests, in the build and in the browser
verify/           holds what they did against what the page shows
slice/            what a block needs of those above it
site/             the page as HTML, and the files beside it
download/         a chapter to take away
browser/          Python in the reader's browser
build.py          what one build of the site has come to, handed along through all this
kept.py           what a build has made, kept for the next under a key of all it follows from
progress.py       says what a build is doing, where it takes long
ci.py             whether what is missing is an error
pytest_plugin.py  the pages as tests, under pytest-markdown-docs
project_urls.py   the project's addresses, for its build backend

It imports the rest of `mygrad`, and nothing of that imports it.
"""
