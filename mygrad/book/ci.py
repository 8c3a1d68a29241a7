"""Whether the build runs where nobody watches: there, what is missing is an error."""

import os

NO = {"", "0", "f", "false", "n", "no", "off"}


def in_ci() -> bool:
    """Whether CI is set, in any of the ways in which services and people set it."""
    return os.environ.get("CI", "").strip().lower() not in NO
