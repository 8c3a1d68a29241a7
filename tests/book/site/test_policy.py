"""What a page may load and run: one policy for all pages, with the hash of each inline script."""

import re

import pytest

from mygrad.book.page import PageError
from mygrad.book.site import policy

# The example of the specification: echo -n "…" | openssl dgst -sha256 -binary | openssl base64
SCRIPT = "alert('Hello, world.');"
HASH = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


def page(*scripts):
    return f'<!doctype html><head><meta charset="utf-8"><title>t</title>{"".join(scripts)}</head>'


def directives(*pages):
    return dict(each.split(" ", 1) for each in policy.policy(pages).split("; "))


def test_an_inline_script_is_named_by_its_hash():
    assert HASH in directives(page(f"<script>{SCRIPT}</script>"))["script-src"].split()


def test_nothing_inline_runs_that_is_not_named():
    """Nor is text made into code, but for WebAssembly, which is the page's Python."""
    assert directives(page()) == {
        "default-src": "'none'",
        "script-src": "'self' 'wasm-unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "style-src-elem": "'self'",
        "style-src-attr": "'unsafe-inline'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_all_pages_have_one_policy(tmp_path):
    """From page to page the theme loads no document, so the first page's policy holds on all."""
    pages = {"index.html": "one()", "404.html": "two()", "lab/moons/index.html": "three()"}
    for name, script in pages.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(page(f"<script>{script}</script>"), encoding="utf-8")
    policy.add_policy(tmp_path)
    written = [(tmp_path / name).read_text(encoding="utf-8") for name in pages]
    (shared,) = {re.search(r'-Policy" content="([^"]*)"', text)[1] for text in written}

    assert shared == policy.policy(
        map(page, (f"<script>{each}</script>" for each in pages.values()))
    )
    assert len(re.findall("'sha256-", shared)) == 3


def test_a_policy_does_not_depend_on_the_order_of_the_pages():
    """Two builds are the same, byte for byte."""
    pages = [page(f"<script>{i}</script><style>p{i} {{}}</style>") for i in range(9)]

    assert policy.policy(pages) == policy.policy(reversed(pages))


def test_the_policy_stands_in_front_of_all_that_it_is_about():
    """What comes before it is free; the charset alone must come first."""
    written = policy.with_policy(page(f"<script>{SCRIPT}</script>"), "default-src 'none'")

    assert written.startswith(
        '<!doctype html><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        '<meta name="referrer" content="same-origin"><title>'
    )
    assert written.endswith(f"<title>t</title><script>{SCRIPT}</script></head>")


@pytest.mark.parametrize(
    ("element", "kind", "count"),
    [
        ("<script>a && b < c; '</div>'</script>", "script-src", 1),
        ("<SCRIPT type='module'>a</SCRIPT>", "script-src", 1),
        ("<script>a</script><script>a</script><script> a</script>", "script-src", 2),
        ("<script src='a.js'> </script>", "script-src", 0),
        ('<script type="application/json">{"a": 1}</script>', "script-src", 0),
        ("<p>a</p>", "script-src", 0),
        ("<style>p > a {}</style>", "style-src-elem", 1),
    ],
)
def test_what_stands_inline_and_runs_is_found(element, kind, count):
    assert directives(page(element))[kind].count("'sha256-") == count


def test_a_script_is_hashed_to_the_letter():
    """With the marks, line ends and signs that it has."""
    first, second = (directives(page(f"<script>{text}</script>")) for text in ("a&amp;b", "a&b"))

    assert first["script-src"] != second["script-src"]


def test_what_is_no_page_stops_the_build(tmp_path):
    """It would be served without a policy."""
    (tmp_path / "part.html").write_text("<p>a part</p>", encoding="utf-8")

    with pytest.raises(PageError, match=r"part\.html: .* no <meta charset>"):
        policy.add_policy(tmp_path)
