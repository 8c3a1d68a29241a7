"""How warnings and logging report: what a block has changed there ends with its session."""

from __future__ import annotations

import logging
import warnings
from typing import Any


class ReportsReset:
    """How they report now."""

    def __init__(self) -> None:
        self.filters = [*warnings.filters]
        self.root = logging.getLogger()
        self.level = self.root.level
        self.handlers = [*self.root.handlers]
        self.loggers = set(self.root.manager.loggerDict)

    def put_back(self) -> None:
        """Undo what has been changed since."""
        warnings.resetwarnings()  # and what has been said once may be said again
        filters: Any = warnings.filters
        filters[:] = self.filters
        logging.disable(logging.NOTSET)
        self.root.setLevel(self.level)
        self.root.handlers[:] = self.handlers
        for name, logger in self.root.manager.loggerDict.items():
            if name not in self.loggers and isinstance(logger, logging.Logger):
                reset_logger(logger)


def reset_logger(logger: logging.Logger) -> None:
    """Make a logger as a new one.  It stays the one of its name: a module may hold it."""
    logger.setLevel(logging.NOTSET)
    logger.handlers.clear()
    logger.filters.clear()
    logger.propagate = True
    logger.disabled = False
