"""The addresses of the project, for its build backend: they are known where it is published."""

import os
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class ProjectUrls(MetadataHookInterface):
    """Takes the addresses from the environment, as mkdocs.yml does."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the addresses that are known; those that an sdist brings along stay."""
        named = {"Documentation": "SITE_URL", "Source": "REPOSITORY_URL"}
        known = {name: os.environ.get(variable) for name, variable in named.items()}
        metadata.setdefault("urls", {name: url for name, url in known.items() if url})
