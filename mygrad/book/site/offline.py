"""What a reader's browser keeps of the site, so that it can be read without a network.

Of the two scripts in assets/offline one goes to the root of the site as service-worker.js, since a
service worker serves what lies beside it and below:

    service-worker.js  keeps the site, with the site's version and the hashes of its files in front
    remove.js          removes what an earlier build at this address has kept

The version is a hash of all that is kept.  Each page says of which version it is.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import math
from pathlib import Path
from urllib.parse import quote

NAME = "service-worker.js"
REMOVER = "remove.js"
# For the makers of scripts, for other languages, for robots, and to be taken away when asked for.
LEFT_OUT = (".map", ".gz", ".ipynb", ".py", ".whl")
LANGUAGES = "assets/javascripts/lunr/"
NAMED = "images/"  # most are there for the notes, and no page shows them


def keep_offline(site: Path) -> None:
    """Let browsers keep the site as it is now.  Nothing in it may change after this."""
    script = take_script(site, NAME)
    files = kept_files(site)
    version = sha256_of(json.dumps([script, hashes_by_address(site, files)]).encode()).hex()[:16]
    mark_pages(site, version, *sizes(files))
    content = {"version": version, "files": hashes_by_address(site, files)}
    site_json = json.dumps(content, indent=1)
    (site / NAME).write_text(f"self.SITE = {site_json};\n\n{script}", encoding="utf-8")


def remove(site: Path) -> None:
    """Let browsers throw away what they keep of an earlier build at the same address."""
    (site / NAME).write_text(take_script(site, REMOVER), encoding="utf-8")


def take_script(site: Path, name: str) -> str:
    """One of the scripts for the root.  Neither is left where it is of no use."""
    scripts = {n: site / "assets" / "offline" / n for n in (NAME, REMOVER)}
    script = scripts[name].read_text(encoding="utf-8")
    for path in scripts.values():
        path.unlink()
    return script


def kept_files(site: Path) -> list[Path]:
    """The files that a page needs, and not those that its reader may ask for."""
    pages = "".join(page.read_text(encoding="utf-8") for page in site.rglob("*.html"))

    def is_kept(path: Path) -> bool:
        name = path.relative_to(site).as_posix()
        if name.startswith(NAMED):
            return name in pages
        return path.suffix not in LEFT_OUT and not name.startswith(LANGUAGES) and name != NAME

    return [path for path in sorted(site.rglob("*")) if path.is_file() and is_kept(path)]


def hashes_by_address(site: Path, files: list[Path]) -> dict[str, str]:
    """The files' sha256 in base64, as browsers want it, by their addresses in the site."""
    return {
        address(path.relative_to(site)): base64.b64encode(sha256_of(path.read_bytes())).decode()
        for path in files
    }


def address(file: Path) -> str:
    """A file's address, which is that of its folder where it is an index.html."""
    return quote(file.as_posix().removesuffix("index.html"))


def sha256_of(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def sizes(files: list[Path]) -> tuple[int, int]:
    """The megabytes that files take in a browser, and those that come over the line."""
    contents = [path.read_bytes() for path in files]
    sent = [gzip.compress(content, 6) for content in contents]  # as servers do
    return megabytes(contents), megabytes(sent)


def megabytes(contents: list[bytes]) -> int:
    return math.ceil(sum(map(len, contents)) / 1e6)


def mark_pages(site: Path, version: str, stored: int, sent: int) -> None:
    """Let each page say of which version it is, and how much a browser keeps of the site."""
    mark = (
        f'<meta name="mygrad-version" content="{version}"'
        f' data-stored="{stored}" data-sent="{sent}"></head>'
    )
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(html.replace("</head>", mark, 1), encoding="utf-8")
