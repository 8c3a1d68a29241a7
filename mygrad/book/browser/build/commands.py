"""Programs that the build calls and a machine may lack: each call ends within a limit.

Whatever goes wrong is said in one line: why pages come without Run.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO


class UnavailableError(Exception):
    """What this machine lacks, so that pages come without Run."""


class FailedError(UnavailableError):
    """A program was called in vain.  The same call soon after would only take time again."""


@dataclass
class Finished:
    """A program that has ended: its exit status, what it printed, and its messages."""

    status: int
    printed: str
    messages: str

    @property
    def last_words(self) -> str:
        """Its last message, but for Node's version, which ends a message of Node; never empty."""
        lines = [line for line in self.messages.splitlines() if line.strip()]
        if lines and lines[-1].startswith("Node.js v"):
            lines.pop()
        return one_line(lines[-1]) if lines else f"exit status {self.status} and no message"


def one_line(text: str) -> str:
    return " ".join(text.split())[:400]  # npm's sentence about a wrong hash has 345 characters


def path_of(program: str) -> str:
    """Where a program is.  Raises UnavailableError where it is nowhere."""
    path = shutil.which(program)
    if path is None:
        raise UnavailableError(f"{program} is not installed")
    return path


def run(*command: str | Path, seconds: float, folder: Path | None = None) -> Finished:
    """Call a program, without input, and wait for its end.

    Raises FailedError where it can't be started, or takes more than so many seconds.
    """
    name = Path(command[0]).stem
    # Files and no pipes: a program that this one has started may hold a pipe open for longer.
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as messages:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=messages,
                start_new_session=True,  # to be ended with all that it starts
            )
        except OSError as error:
            raise FailedError(f"{name} cannot be started: {error.strerror}") from error
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise FailedError(f"{name} did not end within {seconds:g} seconds") from None
        finally:
            end_program(process)
        return Finished(process.returncode, content(printed), content(messages))


def end_program(process: subprocess.Popen[bytes]) -> None:
    """End a program and, where the system knows them, all that it has started."""
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def content(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
