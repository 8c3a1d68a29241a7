"""What the figures depend on: the machine, Python, and the engines' versions."""

from __future__ import annotations

import os
import platform
import re
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path

from peers import PEERS


def machine() -> dict[str, str]:
    """No name of the machine and no path: they say nothing about speed."""
    return {
        "processor": f"{processor()}, {os.cpu_count()} cores",
        "system": system(),
        "Python": f"{platform.python_implementation()} {platform.python_version()} ({build()})",
        **{
            peer.distribution: version(peer.distribution)
            for peer in PEERS.values()
            if peer.distribution != "mygrad-tutorial"
        },
        "NumPy": version("numpy"),
    }


def build() -> str:
    """How this Python was built: it may decide more than its version."""
    if "--enable-optimizations" in str(sysconfig.get_config_var("CONFIG_ARGS")):
        return "built with --enable-optimizations"
    return "the system's own" if sys.base_prefix == "/usr" else "built without optimizations"


def processor() -> str:
    try:
        name = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        name = None
    return name[1] if name else platform.processor() or platform.machine()


def system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.release()}"
