"""The judge of what a page loads finds a third party, wherever a page names one."""

import pytest
from markup import third_parties


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://a.org/x.js"></script>',
        '<link rel="preconnect" href="//a.org">',
        '<img srcset="https://a.org/x.png 2x">',
        '<iframe src="http://a.org"></iframe>',
        '<p style="background: url(//a.org/x.png)"></p>',
        "<style>@import 'https://a.org/x.css';</style>",
        "<style>p { background: url( 'https://a.org/x.png') }</style>",
        '<script type="module">await import("https://a.org/x.mjs")</script>',
        '<script data-formulas="{&quot;url&quot;: &quot;https://a.org/x.js&quot;}"></script>',
        '<script>const url = "https://a.org/x.js"</script>',
    ],
)
def test_a_third_party_is_found_wherever_a_page_names_one(html):
    assert [*third_parties(f"<body>{html}</body>")]


def test_a_link_is_no_third_party():
    """Nothing is loaded before a reader follows it."""
    html = '<link rel="canonical" href="https://a.org/"><a href="https://a.org/">there</a>'

    assert [*third_parties(html)] == []
