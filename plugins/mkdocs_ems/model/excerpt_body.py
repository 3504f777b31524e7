"""A document's Markdown as an audience sees it: no link, mention or picture of what stays in.

Works by the positions that reading found, so that code and everything else stay as they are written; what
is put in is plain words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.model.masking import Mask
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.source import Body, Link, Source

KEPT_IN = "an internal document"
_PICTURE = "(picture left out)"
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def body_of(source: Source, *, pages: Mapping[str, str], pictures: Mapping[str, str], mask: Mask) -> str:
    """The text of a document, without what stays in.

    Args:
        source: the file.
        pages: ids of what is seen, by the files that hold it.
        pictures: what the files are called that may be shown in it.
        mask: what no text may say.
    """
    body = source.body
    assert body is not None, "asked of Markdown alone"
    starts = _starts(body.text)
    edits: list[tuple[int, int, str]] = []
    for link in body.links:
        start, end = _extent(link.span, body, starts)
        said = _said(link, body.text[start:end], source, pages=pages, pictures=pictures, mask=mask)
        if said is not None and start < end:
            edits.append((start, end, said))
    done: list[str] = []
    at = 0
    for start, end, said in sorted(edits):
        # A picture inside of a link: the link that goes takes it along.
        if start >= at:
            done += (body.text[at:start], said)
            at = end
    text = "".join((*done, body.text[at:]))
    return mask(_COMMENT.sub("", text))


def _said(  # noqa: PLR0913 - a link, and all that decides about it
    link: Link,
    written: str,
    source: Source,
    *,
    pages: Mapping[str, str],
    pictures: Mapping[str, str],
    mask: Mask,
) -> str | None:
    """What stands instead of a link or picture; None where it stays as it is."""
    if link.target.startswith("#"):
        return None
    if link.target.casefold().startswith("mailto:"):
        said = mask(link.target)
        return None if said == link.target else said
    resolved = resolve_local(source.path, link.target)
    # Elsewhere in the world: what its address names is masked with the text.
    return None if resolved is None else _local(link, written, *resolved, pages, pictures, mask)


def _local(  # noqa: PLR0913, PLR0917 - as above
    link: Link,
    written: str,
    path: str,
    fragment: str,
    pages: Mapping[str, str],
    pictures: Mapping[str, str],
    mask: Mask,
) -> str:
    if link.image:
        shown = path in pictures and written.startswith("!")
        return f"![{mask(link.text)}](pictures/{pictures[path]})" if shown else _PICTURE
    page = pages.get(path)
    if page is None:
        return KEPT_IN
    return f"[{mask(link.text)}]({page}.md{'#' if fragment else ''}{fragment})"


def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _extent(span: Span, body: Body, starts: list[int]) -> tuple[int, int]:
    """Start and end of a span in the body's text; nothing for one outside it."""

    def offset(line: int, column: int) -> int:
        at = line - body.first_line
        return starts[at] + column - 1 if 0 <= at < len(starts) else 0

    start, end = offset(span.line, span.column), offset(span.end_line, span.end_column)
    return (start, end) if 0 <= start < end <= len(body.text) else (0, 0)
