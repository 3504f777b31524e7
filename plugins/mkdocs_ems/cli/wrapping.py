"""Text as wide as the terminal, broken at spaces; colours and marks stay as they are."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

import click

from mkdocs_ems.text import show

_WIDEST = 100


def folded(line: str) -> Iterator[str]:
    """A line of a redline as wide as the terminal, broken at spaces; what follows is set in further."""
    width, indent = _width() - 1, "    "
    text, words = "", line.lstrip(" ").split(" ")
    start = indent + " " * (len(line) - len(line.lstrip(" ")))
    for word in words:
        longer = f"{text} {word}" if text else f"{start}{word}"
        if text and len(click.unstyle(longer)) > width:
            yield text
            longer = f"{indent}      {word}"
        text = longer
    yield text.rstrip()


def _width() -> int:
    return min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)


def wrapped(text: str, *, indent: str = "") -> list[str]:
    """Made harmless and broken into lines."""
    width = _width() - 1
    return textwrap.wrap(
        show(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
