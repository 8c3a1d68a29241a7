"""`mkdocs serve` while a page is being written: errors are shown in it, and go away again."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PAGE = """# A page

```python
from mygrad import Value

print(Value(1.0))
```

```text
Value(data=1.0)
```
"""

pytestmark = pytest.mark.slow


@pytest.fixture
def project(tmp_path):
    """A copy of the project with one page."""
    for name in ("mkdocs.yml", "mygrad", "images", "pyproject.toml", "README.md", "LICENSE"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "docs" / "assets", tmp_path / "docs" / "assets")
    (tmp_path / "docs" / "index.md").write_text(PAGE)
    return tmp_path


@pytest.fixture
def page(project):
    """Wait until the served page holds a text, and return it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"127.0.0.1:{port}"
    environment = {
        **os.environ,
        "PYTHONPATH": str(project),
        "CI": "",
        "MYGRAD_BLOCK_SECONDS": "8",
        "SITE_URL": f"http://{address}/",
    }
    log = (project / "log.txt").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
        cwd=project,
        env=environment,
        stdout=log,
        stderr=log,
    )

    def page(text):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://{address}/", timeout=5) as answer:
                    html = answer.read().decode()
                if text in html:
                    return html
            except OSError:
                pass
            time.sleep(0.2)
        raise AssertionError((project / "log.txt").read_text())

    yield page
    server.terminate()
    server.wait()
    log.close()


def test_a_failing_block_is_shown_in_its_page_and_recovers(project, page):
    page("Value(data=1.0)")
    index = project / "docs" / "index.md"
    index.write_text(PAGE.replace("Value(1.0)", "Valeu(1.0)"))
    html = page("mygrad-error")

    assert "docs/index.md:4: this block raises NameError" in html

    index.write_text(PAGE.replace("# A page", "# Mended"))
    assert "mygrad-error" not in page("Mended")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("while True:\n    try:\n        while True: pass\n    except: pass", "after 8 seconds"),
        ("import itertools\nsum(itertools.repeat(1))", "after 8 seconds this still ran"),
        ("import os\nos._exit(0)", "this ended Python, with exit status 0"),
        ("raise KeyboardInterrupt", "this raises KeyboardInterrupt"),
        ("while True: print('x' * 1000)", "this block raises RuntimeError"),
    ],
)
def test_a_block_that_would_end_or_hang_the_server_is_shown_and_recovers(
    project, page, code, message
):
    page("Value(data=1.0)")
    index = project / "docs" / "index.md"
    index.write_text(PAGE + f"\n```python\n{code}\n```\n")

    assert f"docs/index.md:14: {message}" in page("mygrad-error")

    index.write_text(PAGE.replace("# A page", "# Mended"))
    assert "mygrad-error" not in page("Mended")


def test_a_page_that_is_no_text_is_shown_as_that_and_recovers(project, page):
    """The file may be in the middle of being saved, or come from an editor of another kind."""
    page("Value(data=1.0)")
    index = project / "docs" / "index.md"
    index.write_bytes(PAGE.encode("utf-16"))

    assert "docs/index.md:1: the byte 0xff is not UTF-8" in page("mygrad-error")

    index.write_text(PAGE.replace("# A page", "# Mended"))
    assert "mygrad-error" not in page("Mended")


def test_a_changed_package_changes_the_pages(project, page):
    page("Value(data=1.0)")
    engine = project / "mygrad" / "engine.py"
    engine.write_text(engine.read_text().replace('f"Value(data=', 'f"Number(data='))

    assert "prints &#x27;Number(data=1.0)&#x27;" in page("mygrad-error")


def test_a_package_that_cannot_be_imported_is_shown_and_recovers(project, page):
    """The server used to answer nobody, until it was started again."""
    page("Value(data=1.0)")
    engine = project / "mygrad" / "engine.py"
    source = engine.read_text()
    engine.write_text("def broken(:\n" + source)
    html = page("mygrad-error")

    assert "engine.py&quot;, line 1" in html
    assert "SyntaxError" in html

    engine.write_text(source + "\n# Mended.\n")
    assert "Value(data=1.0)" in page("language-python")


def test_a_mended_package_is_not_shown_as_it_was(project, page):
    """What is kept is kept under the package's source: so going back and forth shows each."""
    page("Value(data=1.0)")
    engine = project / "mygrad" / "engine.py"
    source = engine.read_text()
    changed = source.replace('f"Value(data=', 'f"Number(data=')
    for _ in range(2):
        engine.write_text(changed)
        assert "Number(data=1.0)" in page("mygrad-error")
        engine.write_text(source)
        page('class="mygrad-summary"')
