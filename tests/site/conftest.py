"""The site as it is built, and a browser to look at it with."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def build():
    """Build the site into a folder, and return that."""

    def build(target, **environment):
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", target],
            cwd=ROOT,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000", **environment},
            check=True,
        )
        return target

    return build


@pytest.fixture(scope="session")
def site(build, tmp_path_factory):
    """The site, published somewhere: with the address of a repository on GitHub."""
    pytest.importorskip("torch", reason="a site is published with every block run")
    address = {"REPOSITORY_URL": "https://github.com/someone/something"}
    return build(tmp_path_factory.mktemp("site"), **address)


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as a plain host of static pages does."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing: the tests' output is for the tests."""


@pytest.fixture(scope="session")
def address(site):
    """Where the built site is served."""
    handler = functools.partial(Handler, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, kept from asking anybody for anything."""
    return {
        "executable_path": shutil.which("chromium"),
        "args": [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }
