"""Turns the chapters into the site: runs their blocks, compares outputs, draws pictures.

    page.py           a page of Markdown as blocks with their outputs and directives
    execute.py        runs one block
    session.py        a page's blocks, run in order in one namespace
    limits.py         a process of their own for the blocks, so that none can hang or end the rest
    check.py          what a block must do: print what the page shows, raise what it says
    update.py         rewrites what the page shows from what its blocks do
    source.py         the package's own source, for pages that show a part of it
    pictures.py       pictures in a page, and those served under the notes' own names
    lines.py          the line of code that has made a value, for films
    formulas.py       formulas as MathML
    names.py          the names that a statement reads
    objects.py        the objects that names lead to, and which of them have changed
    watch.py          a page's blocks, run statement by statement: what did each change?
    standalone.py     a block with what it needs, and nothing else: it runs alone
    takeaway.py       a chapter as a notebook and as a Python file
    marks.py          what the scripts of a page need to find its blocks
    description.py    what a page says of itself to search engines
    extension.py      all this in a site's build, as an extension of Python-Markdown
    pytest_plugin.py  all this as tests, under pytest-markdown-docs
    runtime.py        Python for the reader's browser, as the site serves it
    npm.py            what it takes from the npm registry: pinned, and checked
    cache.py          keeps what is fetched or made between builds, and checks it each time
    commands.py       calls npm and Node, for so many seconds, and says why they fail
    wheel.py          what a page can import: the wheel of this very source, and graphviz
    bytecode.py       compiles that for the page's Python
    freeze.mjs        runs the page's Python at build: for the bytecode, and to keep its memory
    live.py           runs the blocks in the browser, called by docs/assets/python/worker.js
    browser.py        what that Python has in another way than one at home
    loop.py           asyncio there
    imports.py        what a block imports that the page has to fetch first
    pristine.py       puts back what a page's blocks have changed in modules
    reports.py        and in how warnings and logging report
    policy.py         what a page may load and run, for the browser to hold it to
    search.py         the search's index, put off until somebody searches
    offline.py        what a reader's browser keeps of the site, to be read without a network
    progress.py       says what a build is doing, where it takes long
    mkdocs_hooks.py   the little that only MkDocs can tell
    ci.py             whether what is missing is an error
    project_urls.py   the project's addresses, for its build backend

It imports `mygrad`; nothing in `mygrad` imports it.
"""
