"""Content written in a test, parsed: no disk, no git."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from textwrap import dedent

from mkdocs_ems.git.values import Entry, Snapshot
from mkdocs_ems.graph import Graph, link
from mkdocs_ems.model import Model, build_model
from mkdocs_ems.source import Sources, parse_sources

EMS = """\
schema: 1
organisation: {name: Wrenholt}
"""


def sources_of(files: Mapping[str, str], *, settings: str | None = EMS) -> Sources:
    """Parse files named from the content folder; `ems.yml` is added unless it is among them."""
    written = dict(files) if settings is None else {"ems.yml": settings, **files}
    data = {f"ems/{path}": dedent(text).encode() for path, text in sorted(written.items())}
    entries = {path: Entry(path, hashlib.sha256(text).hexdigest()) for path, text in data.items()}
    return parse_sources(Snapshot("test", None, None, "ems", entries, data))


def model_of(files: Mapping[str, str], *, settings: str | None = EMS) -> Model:
    """Build the model of files."""
    return build_model(sources_of(files, settings=settings))


def graph_of(files: Mapping[str, str], *, settings: str | None = EMS) -> Graph:
    """Link the graph of files."""
    sources = sources_of(files, settings=settings)
    return link(build_model(sources), sources)
