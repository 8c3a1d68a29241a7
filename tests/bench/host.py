"""A host of static pages, as fast as this machine or as slow as a line.

It compresses what hosts compress (text and WebAssembly), and lets browsers keep files for a while.
"""

from __future__ import annotations

import contextlib
import gzip
import http.server
import threading
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
PIECE = 8192  # bytes that are sent at once over a slow line


class Line:
    """What all answers share: so many bits a second, or no limit."""

    def __init__(self, bits: float | None) -> None:
        self.bits = bits
        self.lock = threading.Lock()
        self.free = 0.0  # when the line will have sent what it has been given
        self.sent = 0  # bytes, headers not counted

    def wait(self, count: int) -> None:
        """Return when that many bytes have gone through."""
        with self.lock:
            self.sent += count
            if self.bits is None:
                return
            self.free = max(self.free, time.monotonic()) + 8 * count / self.bits
            end = self.free
        time.sleep(max(0.0, end - time.monotonic()))


@contextlib.contextmanager
def serve(folder: Path, bits: float | None = None) -> Iterator[tuple[str, Line]]:
    """Serve a folder: the address, and the line to it."""
    line = Line(bits)

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or each answer would wait for an acknowledgement

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            path = folder / self.path.partition("?")[0].lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                self.send_error(404)
                return
            kind = TYPES.get(path.suffix)
            content = compressed(path) if kind else path.read_bytes()
            etag = f'"{path.stat().st_mtime_ns}"'
            known = self.headers.get("If-None-Match") == etag
            self.send_response(304 if known else 200)
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("ETag", etag)
            if kind:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", "0" if known else str(len(content)))
            self.end_headers()
            if not known and self.command == "GET":
                with contextlib.suppress(ConnectionError):  # the browser has left the page
                    self.send(content)

        def send(self, content: bytes) -> None:
            piece = PIECE if line.bits else len(content)
            for start in range(0, len(content), piece or 1):
                line.wait(len(content[start : start + piece]))
                self.wfile.write(content[start : start + piece])

        def log_message(self, *_: object) -> None:
            """Say nothing: the terminal is for what was measured."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", line
        server.shutdown()


@cache
def compressed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9)
