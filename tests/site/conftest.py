"""The site as it is built, and a browser to look at it with."""

import contextlib
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import chromium
import pytest
from filelock import FileLock
from lent_context import LentContext
from reader import Reader

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
def site(build, tmp_path_factory, worker_id):
    """The site, published somewhere: with the address of a repository on GitHub.

    It is built once, whichever process of pytest-xdist needs it first: their folders have a parent.
    """
    pytest.importorskip("torch", reason="a site is published with every block run")
    own = tmp_path_factory.getbasetemp()
    site = (own if worker_id == "master" else own.parent) / "site"
    with FileLock(site.with_suffix(".lock")):
        if not site.exists():
            begun = site.with_suffix(".begun")
            build(begun, REPOSITORY_URL="https://github.com/someone/something").rename(site)
    return site


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files as a plain host of static pages does."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing: the tests' output is for the tests."""


@contextlib.contextmanager
def served(folder):
    """Serve a folder, which may be filled later, and yield its address."""
    handler = functools.partial(Handler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site):
    """Where the built site is served."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory):
    """A small site of the pages in sample/: its folder, and where that is served."""
    project = tmp_path_factory.mktemp("sample")
    shutil.copytree(ROOT / "mygrad", project / "mygrad")
    (project / "images").mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(Path(__file__).parent / "sample", project / "docs")
    shutil.copytree(ROOT / "docs" / "assets", project / "docs" / "assets")
    (project / "mkdocs.yml").write_text(without_nav((ROOT / "mkdocs.yml").read_text()))
    with served(project / "site") as address:
        # The theme changes pages without loading them only where the site is at its own address.
        environment = {**os.environ, "PYTHONPATH": str(project), "SITE_URL": address}
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
        subprocess.run(command, cwd=project, env=environment, check=True)
        yield project / "site", address


@pytest.fixture(scope="session")
def sample(sample_site):
    """Where the small site is served, with instant navigation."""
    return sample_site[1]


def without_nav(configuration):
    """The site's own configuration, for other pages."""
    return re.sub(r"^nav:\n(^[ ].*\n)+", "", configuration, flags=re.MULTILINE)


@pytest.fixture
def browser_context_args(browser_context_args):
    """No browser keeps the site but where that is tested: it is fetched once for each context."""
    return {**browser_context_args, "service_workers": "block"}


@pytest.fixture(scope="session")
def lent():
    """The context that the last test has given back, if there is one."""
    return []


@pytest.fixture
def context(request, browser, browser_context_args, lent):
    """Nothing is in it.  Where service workers may stay, or all is recorded, it is a new one."""
    recorded = [
        request.config.getoption(f"--{kind}") for kind in ("tracing", "video", "screenshot")
    ]
    if browser_context_args["service_workers"] == "allow" or set(recorded) != {"off"}:
        yield request.getfixturevalue("new_context")()
        return
    context = lent.pop() if lent else LentContext(browser, **browser_context_args)
    yield context.context
    if context.is_open:
        context.clear()
        lent.append(context)


@pytest.fixture
def page(page):
    """A page whose requests nobody answers any more once its test has ended."""
    yield page
    if not page.is_closed():
        page.unroute_all(behavior="ignoreErrors")
    page.context.unroute_all(behavior="ignoreErrors")


@pytest.fixture
def open_page(page):
    """Open an address, and return its reader."""

    def open_page(address):
        page.goto(address)
        return Reader(page)

    return open_page


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": chromium.PROGRAM, "args": chromium.FLAGS}
