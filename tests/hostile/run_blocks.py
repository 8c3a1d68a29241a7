"""Runs each hostile block in a process of its own, as worker.js would, and tells what came of it.

    python run_blocks.py FOLDER

For each block of blocks.json, by its place there, a file FOLDER/PLACE holds as JSON what its reader
gets, what the next run from the top prints, and the error for which a page's worker would be ended.
"""

import os
import signal
import sys
from json import dumps, loads
from pathlib import Path

from mygrad.book.browser.page.api import BrowserPython

SECONDS = 60
NEXT = "from mygrad import Value\nprint('alive', Value(2.0).data)"


def request(source):
    return dumps(
        {"block": 1, "source": source, "name": "block 1", "firstLine": 1, "expected": None}
    )


def run(python, source, sent):
    page = python.new_session(lambda stream, text: sent.append(text))
    answer = loads(page.run(request(source)))
    drawn = loads(page.draw("block 1")) if answer["draws"] else {}
    errors = [error for error in (answer["error"], drawn.get("error")) if error]
    return [str(text) for error in errors for text in error.values()]


def report(python, source):
    told, after, broken = [], [], ""
    try:
        told += run(python, source, told)
        run(python, NEXT, after)
    except BaseException as error:
        broken = type(error).__name__
    return dumps({"told": "\n".join(told), "next": "".join(after), "broken": broken})


def main():
    python = BrowserPython()
    folder = Path(sys.argv[1])
    children = []
    blocks = loads(Path(__file__).with_name("blocks.json").read_text(encoding="utf-8"))
    for place, block in enumerate(blocks):
        child = os.fork()
        if not child:
            signal.alarm(SECONDS)
            text = report(python, "\n".join(block["code"]))
            with open(f"{folder}/{place}", "w") as file:
                file.write(text)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
