"""The search's index: small where each page fetches it, and whole beside that."""

import json

from mygrad.book.site import search


def test_the_documents_move_and_the_rules_stay(tmp_path):
    (tmp_path / "search").mkdir()
    index = tmp_path / "search" / "search_index.json"
    content = {"config": {"separator": "[\\s]+"}, "docs": [{"title": "É", "location": ""}]}
    index.write_text(json.dumps(content), encoding="utf-8")
    search.defer_index(tmp_path)

    assert json.loads(index.read_text(encoding="utf-8")) == {**content, "docs": []}
    assert json.loads((tmp_path / "search" / "index.json").read_text(encoding="utf-8")) == content


def test_a_site_without_a_search_is_left_as_it_is(tmp_path):
    search.defer_index(tmp_path)

    assert [*tmp_path.iterdir()] == []
