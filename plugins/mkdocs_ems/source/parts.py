"""The local files that a document embeds or attaches: with its text, they are its content.

Asked of every old state of every document. Few of them have such parts, so bytes are
searched first, and only where something may be a part is the text parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mkdocs_ems.paths import resolve_local
from mkdocs_ems.source.decoding import decode
from mkdocs_ems.source.faults import Faults, Text
from mkdocs_ems.source.front_matter import find_front_matter
from mkdocs_ems.source.markdown import read_body

_CONTENT = (".md", ".yml", ".yaml")
_NO_PART = re.compile(
    rb"(?:#|//|[A-Za-z][A-Za-z0-9+.-]*:)|[^?#%&\\]*\.(?:md|ya?ml)(?:[?#]|\Z)", re.IGNORECASE
)
_TARGETS = (
    # Each begins with characters that are searched for at once.
    re.compile(rb"\]\(\s*(?:<([^<>]*)>|([^\s<>\"')]*))"),
    re.compile(rb"\]:\s*<?([^\s<>]*)"),
)
_ATTRIBUTES = re.compile(rb"\b(?:src|srcset|href|data|poster)\s*=\s*[\"']?([^\"'\s>]*)", re.IGNORECASE)


def local_parts(path: str, data: bytes) -> tuple[tuple[str, str], ...]:
    """The parts of a document in the order of their first mention.

    Args:
        path: the document, from the repository's root.
        data: its bytes.

    Returns:
        `(target as written, path from the repository's root)`: pictures, drawings,
        PDFs, downloads; never other documents (.md, .yml), another host, or a place
        within the document itself. Empty for anything but Markdown.
    """
    if not path.lower().endswith(".md") or not any(map(_may_be_part, _written_targets(data))):
        return ()
    return parts_among(path, _targets(path, data))


def parts_among(path: str, targets: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Those targets of a document's links that are its parts; told as `local_parts` does."""
    found: dict[str, str] = {}
    for target in targets:
        resolved = resolve_local(path, target)
        if resolved is not None and resolved[0] != path and not target.partition("#")[0].endswith("/"):
            there = resolved[0]
            if there and not there.lower().endswith(_CONTENT):
                found.setdefault(target, there)
    return tuple(found.items())


def _written_targets(data: bytes) -> Iterator[bytes]:
    """Everything that may be the target of a link: all of them, and perhaps more."""
    for pattern in _TARGETS:
        for match in pattern.finditer(data):
            yield match[match.lastindex or 0]
    if b"<" in data and b"=" in data:
        for match in _ATTRIBUTES.finditer(data):
            yield match[1]


def _may_be_part(target: bytes) -> bool:
    return bool(target) and _NO_PART.match(target) is None


def _targets(path: str, data: bytes) -> Iterator[str]:
    text = decode(path, data)[0]
    if text is None:
        return
    front = find_front_matter(text, Faults(Text(path, "")))
    body, _ = read_body(text, start=front.body if front is not None else text.begin)
    for link in body.links:
        yield link.target
