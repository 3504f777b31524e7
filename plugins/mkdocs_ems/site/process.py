"""What a build changes in its process and puts back: an environment variable, MkDocs' log, its plugins.

Knows nothing of MkDocs but what it is handed.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """Set a variable of the environment for a while."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = before


class _Collector(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        self._lines.append(" ".join(record.getMessage().split()))


@contextmanager
def collected_warnings(name: str) -> Iterator[list[str]]:
    """Collect what a logger warns of, one line each, instead of printing it."""
    lines: list[str] = []
    logger = logging.getLogger(name)
    handler, propagate = _Collector(lines), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


@contextmanager
def reads_on(reader: Any) -> Iterator[None]:  # noqa: ANN401 - a class of MkDocs that is made from Python's own
    """Have a reader of HTML take a section that nobody knows for a comment, as browsers do."""
    reader.parse_marked_section = lambda self, at, report=1: self.parse_bogus_comment(at, report)
    try:
        yield
    finally:
        del reader.parse_marked_section


@contextmanager
def silenced(name: str, word: str) -> Iterator[None]:
    """Keep lines that hold a word out of a log for a while: they tell a reader nothing."""

    def keeps(record: logging.LogRecord) -> bool:
        return word not in record.getMessage()

    logger = logging.getLogger(name)
    logger.addFilter(keeps)
    try:
        yield
    finally:
        logger.removeFilter(keeps)


@contextmanager
def living(config: Any) -> Iterator[None]:  # noqa: ANN401 - MkDocs' configuration, which is not known here
    """Tell plugins that a command begins and ends, as MkDocs itself does.

    It keeps those that want to know for the next build of the process. Each of ours is a first one: a
    version would otherwise depend on which was built before it.
    """
    plugins = config.plugins
    plugins.on_startup(command="build", dirty=False)
    try:
        yield
    finally:
        plugins.on_shutdown()
        type(config).plugins.plugin_cache.clear()
        # MkDocs holds the last configuration until it reads another, and by its plugins a whole manual.
        plugins.clear()
        vars(plugins).clear()
