"""What a document carries along: the local files that it embeds or attaches.

Asked of every landed state of every document, so a look at the bytes comes first:
only a text that may name such a file is parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mkdocs_ems.paths import resolve_local
from mkdocs_ems.source.parse import MARKDOWN, YAML, parse_file

_TARGET = re.compile(
    rb"\]\([ \t\r\n]*<?([^)>\s]+)"  # [text](target), ![text](target)
    rb"|^[ \t>]*\[[^\]\n]+\]:[ \t]*\r?\n?[ \t]*<?([^>\s]+)"  # [label]: target
    rb"|(?:src|href|data|poster)[ \t\r\n]*=[ \t\r\n]*[\"']?([^\"'>\s]+)",  # raw HTML
    re.MULTILINE | re.IGNORECASE,
)
_ELSEWHERE = (b"#", b"http://", b"https://", b"mailto:", b"tel:", b"//")
_PAGE = re.compile(rb"\.(?:md|ya?ml)(?:[#?]|\Z)", re.IGNORECASE)


def local_parts(path: str, data: bytes) -> tuple[tuple[str, str], ...]:
    """List the local files that a document embeds or attaches.

    Args:
        path: of the document, from the repository's root.
        data: its bytes.

    Returns:
        The target as written and its path from the repository's root, in the order of
        their first appearance. Links to other documents, to places in the document and
        to other hosts are no parts; registers have none.
    """
    if not path.lower().endswith(MARKDOWN) or not any(map(_may_be_part, _TARGET.finditer(data))):
        return ()
    return tuple(dict.fromkeys(_parts(path, data)))


def _may_be_part(match: re.Match[bytes]) -> bool:
    target = match[match.lastindex or 0]
    return not target.lower().startswith(_ELSEWHERE) and not _PAGE.search(target)


def _parts(path: str, data: bytes) -> Iterator[tuple[str, str]]:
    source, _ = parse_file(path, data, content="")
    for link in source.body.links if source.body else ():
        place = resolve_local(path, link.target)
        if place is not None and place[0] != path and not place[0].lower().endswith((*MARKDOWN, *YAML)):
            yield link.target, place[0]
