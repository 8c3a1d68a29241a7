"""The search's index, which a page fetches when its reader searches, and not before.

Material fetches search_index.json on each page.  What is left there are the rules of the search;
the documents move to index.json, where docs/assets/search/worker.js gets them.
"""

from __future__ import annotations

import json
from pathlib import Path


def defer_index(site: Path) -> None:
    """Move the documents of the site's index.  A site without a search has none."""
    index = site / "search" / "search_index.json"
    if not index.exists():
        return
    content = index.read_text(encoding="utf-8")
    index.with_name("index.json").write_text(content, encoding="utf-8")
    index.write_text(json.dumps({**json.loads(content), "docs": []}), encoding="utf-8")
