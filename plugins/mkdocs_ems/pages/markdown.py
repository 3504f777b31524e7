"""Small Markdown to HTML, for the pages of rules: no raw HTML, no addresses that run something."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markupsafe import Markup


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


@cache
def html(text: str) -> Markup:
    """The HTML of a piece of Markdown; what looks like HTML in it is escaped."""
    return Markup(_parser().render(text))  # noqa: S704 - the parser escapes; raw HTML is off
