"""A process of their own for the blocks of pages: none can hang or end the tests or the build.

A block may run for ever where Python can't stop it: in a loop that catches every error, in C, or
asleep.  It may end its process, too.  Either way the process is given up, and the error names the
block that was announced last.

The process is a fresh Python, the same on every system.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import pickle
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
import weakref
from collections.abc import Callable
from typing import IO, Any, TypeVar

from mygrad.book.page import PageError
from mygrad.book.run.execute import MOST_CHARACTERS
from mygrad.book.run.session import listeners

T = TypeVar("T")

SECONDS = "MYGRAD_BLOCK_SECONDS"
DEFAULT = "60"  # many times what the longest block takes on a slow machine

START = """
import builtins, os, sys
requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # nobody answers input()
os.dup2(2, 1)  # what a process started by a block prints is no reply
sys.path[:] = {path!r}
from mygrad.book.run.execute import no_keyboard
from mygrad.book.run.process import serve_calls
builtins.input = no_keyboard  # as in a page
serve_calls(requests, replies)
os._exit(0)  # whatever the blocks have left behind
"""


class EndedError(PageError):
    """A block that had to be ended, or that ended its process."""


def seconds_allowed() -> float:
    """How long a block may run, as MYGRAD_BLOCK_SECONDS says.

    0 is no limit: then blocks run in the very process of the tests or the build, for a debugger.
    """
    text = os.environ.get(SECONDS) or DEFAULT
    with contextlib.suppress(ValueError):
        seconds = float(text)
        if 0 <= seconds <= threading.TIMEOUT_MAX:
            return seconds
    raise ValueError(f"{SECONDS} is a number of seconds, or 0 for no limit; got {text!r}")


class Worker:
    """A process in which functions are called.  It starts with the first call, and is used again.

    `options` are those of Python; `announced` is told what runs there.
    """

    def __init__(self, *options: str, announced: Callable[[str], object] = str) -> None:
        self.options = options
        self.announced = announced
        self.process: subprocess.Popen[bytes] | None = None
        self.replies: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()

    def call(self, place: str, function: Callable[..., T], *arguments: object) -> T:
        """Call a function of a module there.  `place` is to blame until another is announced.

        Raises the PageError that the function raises, RuntimeError with the traceback for any other
        error, and EndedError where what runs takes too long or ends the process.
        """
        seconds = seconds_allowed()
        if not seconds:
            return function(*arguments)
        process = self.process or self.start()
        try:
            with contextlib.suppress(OSError):  # it has ended, as the reply will tell
                send(stdin_of(process), (os.getcwd(), place, function, arguments))
            kind, result = self.reply(process, place, seconds)
        except BaseException:  # after control-C a late reply would be taken for the next one
            self.stop()
            raise
        if kind == "raised":
            raise result
        return result  # type: ignore[no-any-return]

    def reply(
        self, process: subprocess.Popen[bytes], place: str, seconds: float
    ) -> tuple[str, Any]:
        """What comes back at the end of a call."""
        while True:
            self.announced(place)
            try:
                kind, content = self.replies.get(timeout=seconds)
            except queue.Empty:
                raise EndedError(
                    f"{place}: after {seconds:g} seconds this still ran, so it was ended "
                    f"({SECONDS} sets another limit)"
                ) from None
            if kind == "floods":
                raise EndedError(
                    f"{place}: this writes more than {MOST_CHARACTERS:,} bytes to the terminal"
                )
            if kind == "ended":
                raise EndedError(f"{place}: this {self.ending(process)}")
            if kind != "runs":
                return kind, content
            place = content

    def ending(self, process: subprocess.Popen[bytes]) -> str:
        """How the process came to say no more."""
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            self.stop()
            return "closed what Python reads and writes, so it was ended"
        return f"ended Python, {ending_of(self.stop())}"

    def start(self) -> subprocess.Popen[bytes]:
        # What is ended removes no files.
        folder = tempfile.TemporaryDirectory(prefix="mygrad-blocks-", ignore_cleanup_errors=True)
        process = self.process = subprocess.Popen(
            [sys.executable, *self.options, "-c", START.format(path=sys.path)],
            env={**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder.name)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # A group of its own: control-C is meant for the tests or the build.
            process_group=0,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self.replies = queue.SimpleQueue()
        for stream, listener in ((process.stdout, listen), (process.stderr, pass_on)):
            threading.Thread(target=listener, args=(stream, self.replies), daemon=True).start()
        self.end = weakref.finalize(self, end_process, process, folder)
        return process

    def stop(self) -> int:
        """End the process, and return its exit status; 0 where there is none."""
        process, self.process = self.process, None
        if process is None:
            return 0
        self.end()
        return process.returncode


def listen(stream: IO[bytes], replies: queue.SimpleQueue[tuple[str, Any]]) -> None:
    """Pass on what the process says, and that it has ended."""
    with stream, contextlib.suppress(Exception):  # its last words may be cut off anywhere
        while True:
            replies.put(pickle.load(stream))
    replies.put(("ended", None))


def pass_on(stream: IO[bytes], replies: queue.SimpleQueue[tuple[str, Any]]) -> None:
    """Pass on what the process writes to the terminal, up to a limit."""
    room = MOST_CHARACTERS
    with stream:
        while written := os.read(stream.fileno(), 2**16):
            if room >= 0:
                sys.stderr.write(written[:room].decode(errors="replace"))
                sys.stderr.flush()
                room -= len(written)
                if room < 0:
                    replies.put(("floods", None))


def end_process(process: subprocess.Popen[bytes], folder: tempfile.TemporaryDirectory[str]) -> None:
    """End a process, with those that its blocks have started where the system knows groups."""
    with contextlib.suppress(OSError):  # it has ended already
        os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
    with contextlib.suppress(OSError):
        stdin_of(process).close()
    process.wait()
    folder.cleanup()


def stdin_of(process: subprocess.Popen[bytes]) -> IO[bytes]:
    return process.stdin  # type: ignore[return-value]  # it was started with a pipe


def ending_of(status: int) -> str:
    """How a process has ended: by a signal, or with an exit status."""
    if status >= 0:
        return f"with exit status {status}"
    return f"by signal {-status} ({signal.strsignal(-status)})"


def send(stream: IO[bytes], content: object) -> None:
    pickle.dump(content, stream)
    stream.flush()


def serve_calls(requests: IO[bytes], replies: IO[bytes]) -> None:
    """The process's side: call what is asked for, and say what runs, until no more is asked for."""
    process = os.getpid()
    place = ""

    def say(kind: str, content: object) -> None:
        if os.getpid() != process:  # a block has forked, and this is the copy
            os._exit(1)
        send(replies, (kind, content))

    def runs(now: str) -> None:
        nonlocal place
        place = now
        say("runs", place)
        # Where nobody is left to end it.  This needs no lock of Python's.
        faulthandler.dump_traceback_later(seconds_allowed() + 5, exit=True)

    listeners.append(runs)
    with contextlib.suppress(EOFError):
        while True:
            folder, place, function, arguments = pickle.load(requests)
            os.chdir(folder)
            try:
                say("returned", function(*arguments))
            except PageError as error:
                say("raised", error)
            except KeyboardInterrupt:  # no key reaches this process
                say("raised", EndedError(f"{place}: this raises KeyboardInterrupt"))
            except Exception:
                say("raised", RuntimeError(traceback.format_exc()))
            faulthandler.cancel_dump_traceback_later()
    listeners.remove(runs)
