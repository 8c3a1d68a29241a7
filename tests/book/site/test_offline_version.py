"""What browsers are told to keep of a site: what its pages need, and no downloads."""

import base64
import hashlib
import json
import re
import shutil

import pytest
from project import ROOT

from mygrad.book.site import offline

SCRIPTS = ROOT / "docs" / "assets" / "offline"
PAGE = '<html><head><title>t</title></head><body><img src="images/shown.svg"></head></body></html>'
KEPT = {
    "index.html": PAGE,
    "404.html": PAGE,
    "chapters/01-first/index.html": PAGE,
    "sitemap.xml": "<urlset/>",
    "images/shown.svg": "<svg/>",
    "assets/python/pyodide/a.wasm": "\0asm",
    "assets/odd name#1.css": "p {}",
}
LEFT_OUT = [
    "sitemap.xml.gz",
    "images/of-the-notes.svg",
    "chapters/01-first/01-first.ipynb",
    "chapters/01-first/01-first.py",
    "assets/mygrad_tutorial-0.1.0-py3-none-any.whl",
    "assets/javascripts/bundle.js.map",
    "assets/javascripts/lunr/min/lunr.de.min.js",
]


@pytest.fixture
def site(tmp_path):
    """A site as MkDocs leaves it."""
    for name, content in {**KEPT, **dict.fromkeys(LEFT_OUT, "x")}.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    shutil.copytree(SCRIPTS, tmp_path / "site" / "assets" / "offline")
    return tmp_path / "site"


def listed(site):
    """What the service worker is told of a site."""
    script = (site / "service-worker.js").read_text(encoding="utf-8")
    return json.loads(re.match(r"self\.SITE = (.*?);\n\n/\*\*", script, re.DOTALL)[1])


def test_what_a_page_needs_is_kept_with_its_hash_as_it_is_served(site):
    offline.keep_offline(site)
    files = listed(site)["files"]
    ours = {"assets/offline/help.js", "assets/offline/page.js"}

    assert {*files} - ours == {
        "",
        "404.html",
        "chapters/01-first/",
        "sitemap.xml",
        "images/shown.svg",
        "assets/python/pyodide/a.wasm",
        "assets/odd%20name%231.css",
    }
    assert ours < {*files}
    for name, address in {"index.html": "", "404.html": "404.html"}.items():
        digest = hashlib.sha256((site / name).read_bytes()).digest()
        assert files[address] == base64.b64encode(digest).decode()


def test_each_page_says_its_version_and_what_keeping_it_takes(site):
    (site / "assets" / "python" / "zeros.bin").write_bytes(bytes(2_500_000))
    offline.keep_offline(site)
    version = listed(site)["version"]
    mark = f'<meta name="mygrad-version" content="{version}" data-stored="3" data-sent="1"></head>'

    for page in site.rglob("*.html"):
        assert page.read_text().split("<body>")[0].endswith(mark)
        assert page.read_text().count("mygrad-version") == 1


def test_any_change_of_what_is_kept_is_another_version_and_no_other_change_is(site, tmp_path):
    versions = {}
    for changed in ("nothing", *KEPT, *LEFT_OUT, "assets/offline/service-worker.js"):
        copy = shutil.copytree(site, tmp_path / "copy")
        if changed != "nothing":
            (copy / changed).write_text((copy / changed).read_text() + " ")
        offline.keep_offline(copy)
        versions[changed] = listed(copy)["version"]
        shutil.rmtree(copy)
    same = {name for name, version in versions.items() if version == versions["nothing"]}

    assert same == {"nothing", *LEFT_OUT}
    assert len({*versions.values()}) == len(versions) - len(LEFT_OUT)


def test_a_site_that_is_not_to_be_kept_removes_what_an_earlier_one_has_left(site):
    offline.remove(site)

    assert (site / "service-worker.js").read_text() == (SCRIPTS / "remove.js").read_text()
    assert "mygrad-version" not in (site / "index.html").read_text()


@pytest.mark.parametrize("tell", [offline.keep_offline, offline.remove])
def test_the_scripts_for_the_root_stand_nowhere_else(site, tell):
    tell(site)

    assert {path.name for path in (site / "assets" / "offline").iterdir()} == {"help.js", "page.js"}
