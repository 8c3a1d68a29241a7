"""Python in the reader's browser.

build/  makes what the site serves for it, when the site is built
page/   runs in it
"""
