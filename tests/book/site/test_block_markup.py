"""What the scripts of a page look for."""

import json
import re
from pathlib import Path

from mygrad.book.parse import parse
from mygrad.book.site.block_markup import block_metadata, opening
from mygrad.book.slice.observe import WatchedSession


def metadata_of(text):
    session = WatchedSession(parse(text, Path("page.md")))
    for block in session.page.blocks:
        session.outcome(block)
    return block_metadata(session)


def test_the_facts_name_number_error_need_and_what_stands_in_front():
    text = """
```python
a = 0
```

<!-- source: mygrad.engine:dot -->
```python
...
```

<!-- raises: ZeroDivisionError -->
```python
1 / a
```
"""
    data = json.loads(re.fullmatch("<template[^>]*>(.*)</template>", metadata_of(text))[1])

    assert data == [
        {"number": 1, "raises": "", "needs": "", "needed": ""},
        {"number": 3, "raises": "ZeroDivisionError", "needs": "", "needed": "a = 0\n\n"},
    ]


def test_a_text_in_a_block_can_not_end_the_facts():
    html = metadata_of("```python\na = '</template>&lt;'\n```\n\n```python\nprint(a)\n```")

    assert html.count("</template>") == 1
    assert "&" not in html


def test_a_fence_keeps_its_kind_and_its_place():
    """A longer fence may hold a shorter one, and in a box it is indented."""
    block = parse("!!! note\n\n    ~~~~python\n    a = 1\n    ~~~~", Path("page.md")).blocks[0]

    assert opening(block.fence, "    ~~~~python", "#block-1") == "    ~~~~ {.python #block-1}"
