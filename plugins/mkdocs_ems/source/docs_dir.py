"""`docs_dir` of a mkdocs.yml, read as text: nothing else of that file is looked at, nothing is built.

A mkdocs.yml may hold tags that name Python objects. Its events are walked, never constructed.
"""

from __future__ import annotations

import yaml

_LARGEST = 1_000_000


def read_docs_dir(data: bytes) -> str | None:
    """The top-level `docs_dir`; None where it is not there, is no text, or the file cannot be read."""
    if len(data) > _LARGEST:
        return None
    depth = 0
    key: str | None = None
    try:
        for event in yaml.parse(data, Loader=yaml.CLoader):
            text = str(event.value) if isinstance(event, yaml.ScalarEvent) else None
            if depth == 1 and key == "docs_dir":
                return text or None
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth == 1:
                # At the top a key and its value alternate; a collection that ended was a value.
                key = text if key is None else None
    except yaml.YAMLError:
        return None
    return None
