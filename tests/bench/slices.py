"""How much stands in front of a block that runs alone: `python tests/bench/slices.py`.

As the build finds it, by what each statement did, and as names alone would tell: there a statement
may change whatever it names.
"""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Iterator
from pathlib import Path

from mygrad.book.parse import parse
from mygrad.book.slice.names import names_read
from mygrad.book.slice.observe import Effect, WatchedSession
from mygrad.book.slice.program import code_before

CHAPTERS = Path(__file__).parent.parent.parent / "docs" / "chapters"


def main() -> None:
    observed, named = [], []
    for path in sorted(CHAPTERS.glob("*.md")):
        session = WatchedSession(parse(path.read_text(encoding="utf-8"), path))
        for block in session.page.blocks:
            session.outcome(block)
        observed += lines_in_front(session)
        session.effects = {
            line: [by_names(effect) for effect in effects]
            for line, effects in session.effects.items()
        }
        named += lines_in_front(session)
    means = f"{statistics.mean(observed):.0f} lines, by names alone {statistics.mean(named):.0f}"
    print(f"In front of {len(observed)} blocks stand on average {means}.")


def lines_in_front(session: WatchedSession) -> Iterator[int]:
    for block in session.page.blocks:
        program = code_before(session, block)
        if program is not None:
            yield len(program.splitlines())


def by_names(effect: Effect) -> Effect:
    reads = names_read(effect.statement.nodes)
    return dataclasses.replace(effect, reads=reads, changes=reads | effect.binds)


if __name__ == "__main__":
    main()
