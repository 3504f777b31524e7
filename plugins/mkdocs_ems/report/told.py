"""A finding in one paragraph, for tools that have one place for text."""

from __future__ import annotations

from mkdocs_ems.diagnostics import Diagnostic
from mkdocs_ems.text import show


def told(one: Diagnostic) -> str:
    """What is wrong and how to mend it, safe to print."""
    message = one.message.rstrip(".")
    stop = "" if message.endswith("?") else "."
    return show(f"{message}{stop} {one.help[:1].upper()}{one.help[1:]}")
