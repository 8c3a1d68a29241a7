"""A host of static files that has faults: as many kinds as a reader may meet."""

import contextlib
import http.client
import http.server
import threading
import time
from urllib.parse import urlsplit

SILENT_FOR = 60  # seconds: longer than any test waits


class FaultyHost:
    """Hands on what a sound host serves, except for the files that have a fault.

    `faults` says which, by the ends of their paths: see `Handler` for the kinds.
    """

    def __init__(self, address):
        self.sound = urlsplit(address)
        self.faults = {}
        self.replaced = []  # in which file (the end of its path) what text is replaced by what
        self.bytes_per_second = 0  # 0 for as many as there are
        self.sent = []  # path and status of each answer
        self.over = threading.Event()

    def fault_of(self, path):
        return next((kind for end, kind in self.faults.items() if path.endswith(end)), None)

    @contextlib.contextmanager
    def served(self):
        handler = type("Handler", (Handler,), {"host": self})
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            server.daemon_threads = True
            server.handle_error = lambda *_: None  # browsers break connections off
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}/"
            self.over.set()
            server.shutdown()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        """Say nothing: the tests' output is for the tests."""

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        path = urlsplit(self.path).path
        status, headers, content = self.answer_of_the_sound_host()
        fault = self.host.fault_of(path)
        self.host.sent.append((path, fault or status))
        with contextlib.suppress(ConnectionError):
            if fault:
                getattr(self, fault)(headers, content)
            else:
                self.answer(status, headers, content)

    def answer_of_the_sound_host(self):
        path = urlsplit(self.path).path
        replaced = [each for each in self.host.replaced if path.endswith(each[0])]
        altered = replaced or self.host.fault_of(path)
        since = "If-Modified-Since"
        asked = {since: self.headers[since]} if since in self.headers and not altered else {}
        connection = http.client.HTTPConnection(self.host.sound.netloc)
        connection.request("GET", self.path, headers=asked)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        for end, old, new in replaced:
            assert old in content, f"{end} has no {old}"
            content = content.replace(old, new)
        # With its date a browser would keep what it gets now.
        kept = ("Content-Type",) if altered else ("Content-Type", "Last-Modified")
        headers = {name: answer.headers[name] for name in kept if name in answer.headers}
        return answer.status, headers, content

    def answer(self, status, headers, content, length=None):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content) if length is None else length))
        self.send_header("Cache-Control", "no-cache")  # as CONTRIBUTING.md asks for
        self.end_headers()
        if self.command != "HEAD":
            self.write(content)

    def write(self, content):
        rate = self.host.bytes_per_second
        step = rate // 20 or len(content) or 1
        for start in range(0, len(content), step):
            self.wfile.write(content[start : start + step])
            self.wfile.flush()
            if rate:
                time.sleep(1 / 20)

    # The kinds of faults.

    def missing(self, headers, content):
        self.answer(404, {"Content-Type": "text/html"}, b"<!doctype html><title>Not found</title>")

    def broken(self, headers, content):
        self.answer(503, {"Content-Type": "text/plain"}, b"try later")

    def page(self, headers, content):
        """As hosts of single-page sites answer for whatever they lack."""
        self.answer(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Home</title>")

    def refused(self, headers, content):
        """As an extension that blocks, or no connection."""
        self.close_connection = True

    def lost(self, headers, content):
        """The connection ends in the middle."""
        self.answer(200, headers, content[: len(content) // 2], len(content))
        self.close_connection = True

    def cut(self, headers, content):
        """A file that is no longer whole on the host."""
        self.answer(200, headers, content[: len(content) // 2])

    def empty(self, headers, content):
        self.answer(200, headers, b"")

    def damaged(self, headers, content):
        """As long as it should be."""
        self.answer(200, headers, content[:100] + bytes(len(content) - 100))

    def silent(self, headers, content):
        self.host.over.wait(SILENT_FOR)
        self.close_connection = True

    def stuck(self, headers, content):
        """Silent in the middle."""
        self.answer(200, headers, content[: len(content) // 2], len(content))
        self.silent(headers, content)
