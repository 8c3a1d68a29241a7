"""A host of the site that can be shut down, publish another version, and lose files."""

import contextlib
import http.server
import re
import shutil
import socket
import threading
from pathlib import Path

from mygrad.book.site import offline

ROOT = Path(__file__).parent.parent.parent
CACHING = "max-age=600"
MARK = re.compile(r'<meta name="mygrad-version"[^>]*>')


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a host's present folder."""

    protocol_version = "HTTP/1.1"
    host = None

    def do_GET(self):
        self.host.asked.append(self.path)
        self.directory = str(self.host.folder)
        if any(part in self.path for part in self.host.missing):
            self.send_error(404)
        else:
            super().do_GET()

    def do_HEAD(self):
        self.directory = str(self.host.folder)
        super().do_HEAD()

    def send_error(self, code, *arguments):
        if code != 404:
            return super().send_error(code, *arguments)
        content = (self.host.folder / self.host.path / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        return None

    def end_headers(self):
        self.send_header("Cache-Control", self.host.caching)
        super().end_headers()

    def log_message(self, *_):
        """Say nothing: the tests' output is for the tests."""


class Server(http.server.ThreadingHTTPServer):
    """Remembers who is connected."""

    def __init__(self, *arguments):
        self.connections = []
        super().__init__(*arguments)

    def get_request(self):
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address


class Publisher:
    """A host, with the folder that it serves now."""

    def __init__(self, path=""):
        self.path = path
        self.folder = None
        self.missing = []
        self.asked = []
        self.caching = CACHING
        self.port = 0
        self.start()

    def start(self):
        handler = type("Handler", (Handler,), {"host": self})
        self.server = Server(("127.0.0.1", self.port), handler)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        for connection in self.server.connections:  # browsers keep them open for the next request
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/{self.path}"


def version_of(site, target, name, changes=(), folder=""):
    """Another version of a built site, for another folder of a host: each text names it."""
    shutil.copytree(site, target, dirs_exist_ok=True)
    for script in ("service-worker.js", "remove.js"):
        shutil.copy(ROOT / "docs" / "assets" / "offline" / script, target / "assets" / "offline")
    comments = {
        ".html": "<!-- {} -->",
        ".css": "/* {} */",
        ".js": "/* {} */",
        ".xml": "<!-- {} -->",
    }
    for path in target.rglob("*"):
        file = path.relative_to(target)
        checked = file.parts[:2] == ("assets", "python") and not (ROOT / "docs" / file).exists()
        if (comment := comments.get(path.suffix)) and not checked:  # by its hash, when it is loaded
            text = MARK.sub("", path.read_text(encoding="utf-8"))
            for old, new in changes:
                text = text.replace(old, new)
            if path.name == "404.html":  # it may stand in for any address, so its links are whole
                text = text.replace('="/', f'="/{folder}').replace(': "/', f': "/{folder}')
            path.write_text(text + comment.format(f"version {name}"), encoding="utf-8")
    offline.keep_offline(target)
    return target
