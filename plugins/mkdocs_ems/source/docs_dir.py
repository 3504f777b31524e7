"""`docs_dir` of an mkdocs.yml: the one thing that is ever read of such a file.

It may hold tags that name Python functions, anchors, and anything else. Its events
are walked as far as that field; nothing is constructed.
"""

from __future__ import annotations

from mkdocs_ems.source.identity import read_field


def read_docs_dir(data: bytes) -> str | None:
    """The top-level `docs_dir`; None where it is not there, is no text, or the file breaks before it."""
    return read_field(data, "docs_dir") or None
