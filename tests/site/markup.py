"""The markup of a built page: its tags, and what it would load from anywhere else."""

import re
from html.parser import HTMLParser

ATTRIBUTES = ("src", "href", "srcset", "imagesrcset", "data", "poster", "action")
ADDRESS = re.compile(r"""(?:https?:)?//[^\s"'`<>)&]+""")
LOADED = re.compile(
    r"""(?:\bimport\b|\bfrom\b|\bimportScripts\b|\burl\b)[\s("'`]*(?:https?:)?//[^\s"'`)]+"""
)
# The site itself, the name of SVG, and what libraries that a notebook's page brings along say of
# themselves in comments.
ALLOWED = (
    "http://127.0.0.1:8000/",
    "http://www.w3.org/",
    "https://clipboardjs.com/",
    "https://developer.mozilla.org/",
)


class Tags(HTMLParser):
    """All tags of a page with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


def tags_of(path):
    return Tags(path.read_text(encoding="utf-8")).tags


def third_parties(html):
    """Each address elsewhere that a page loads something from, or has in a script to do so."""
    found = []
    for tag, attributes in Tags(html).tags:
        if tag != "a" and attributes.get("rel") not in ("canonical", "alternate", "prev", "next"):
            values = [attributes.get(name) or "" for name in ATTRIBUTES]
            found += [value for value in values if ADDRESS.match(value.strip())]
        found += loaded_from_elsewhere(attributes.get("style") or "")
    for style in re.findall(r"(?s)<style.*?</style>", html):
        found += loaded_from_elsewhere(style)
    for script in re.findall(r"(?s)<script.*?</script>", html):
        found += [address for address in ADDRESS.findall(script) if address.startswith("http")]
    return [address for address in found if not address.strip().startswith(ALLOWED)]


def loaded_from_elsewhere(code):
    """What a style or a script loads from elsewhere."""
    return LOADED.findall(code)
