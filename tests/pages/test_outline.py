"""The numbers that the chapters stand on: each is printed on its page, and so compared."""

import re

import pytest
from project import ROOT

from mygrad.book.parse import parse

CHAPTERS = ROOT / "docs" / "chapters"

NUMBERS = {
    "02-value": ["Value(data=-1.0)", "Value(data=4.0)"],
    "03-graph": ["(Value(data=-6.0), Value(data=10.0))", "Value(data=-8.0)"],
    "04-by-hand": ["-2.000000000000668", "8.0", "6.0", "-4.0", "-3.0"],
    "05-neuron": ["0.7000", "0.6044", "0.9640", "0.7071", "0.5000", "-1.5000", "1.0000", "0.0000"],
    "06-automatic": ["0.5000", "-1.5000", "1.0000", "0.0000"],
    "07-debug": ["1.0", "2.0", "3.0", "-3.0", "-8.0", "27.0", "54.0", "72.0", "34.0", "24.0"],
    "08-why-order": ["16.0", "12.0", "10.0", "6.0", "0.0", "4.0", "32.0"],
    "09-operators": ["NotImplemented", "-1.5000", "0.5000", "1.0000"],
    "10-pytorch": ["0.70710669", "0.70710678", "[2, 3]"],
    "11-network": ["41", "45", "398", "24", "142", "13"],
    "12-training": ["6.4257", "0.0357", "0.5867", "2.8094"],
    "13-zero-grad": ["45", "0.3017", "0.4640", "0.0626", "0.3114"],
    "14-summary": ["41"],
}


@pytest.mark.parametrize("slug", sorted(NUMBERS))
def test_the_numbers_of_a_chapter_are_printed_by_its_blocks(slug):
    path = CHAPTERS / f"{slug}.md"
    blocks = parse(path.read_text(encoding="utf-8"), path).blocks
    printed = "\n".join(block.output.content for block in blocks if block.output)
    missing = [
        number
        for number in NUMBERS[slug]
        if not re.search(rf"(?<![\d.]){re.escape(number)}", printed)
    ]

    assert not missing, f"docs/chapters/{slug}.md: no block prints {', '.join(missing)}"
