"""A document's Markdown, made ready for its page: links and mentions lead to pages and files.

Works on the text by the positions that reading found, so that code
and everything else stay exactly as written. What it puts in is Markdown
whose words are entities, so that no title can become markup. It renders nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Span
from mkdocs_ems.pages.addresses import Place, relative
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.source import Body, Link, Mention, Source

_PLAIN_TEXT = re.compile(r"[A-Za-z0-9 ,./'()\u00a1-\uffff-]*")


@dataclass(frozen=True, slots=True)
class Targets:
    """What the links of one document may lead to."""

    page: str
    places: Mapping[str, Place]
    paths: Mapping[str, str]
    """Id by path of every document and register, from the repository's root."""
    files: Mapping[str, str]
    """Published address by path of every file of this issue."""


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def linked(source: Source, *, targets: Targets) -> str:
    """The Markdown of a document with every link and mention pointing to its page or file."""
    body = source.body
    if body is None:
        return ""
    lines = _line_starts(body.text)
    edits: list[_Edit] = []
    anchors = {heading.span.line: heading.anchor for heading in body.headings}
    for mention in body.mentions:
        start, end = _extent(mention.span, body, lines)
        if body.text[start : start + 2] != "[[":
            continue
        said = _mention(mention, targets)
        if mention.span.line in anchors and (mention.label or mention.id not in targets.places):
            # The heading's words change here, and with them its anchor, by which links to it were checked.
            said = f'<a id="{plain(anchors.pop(mention.span.line))}"></a>{said}'
        edits.append(_Edit(start, end, said))
    for link in body.links:
        start, end = _extent(link.span, body, lines)
        written = body.text[start:end]
        if written.startswith("<"):
            at = _extent(link.target_span, body, lines)
            edits.extend(_tag(link, (start, end), at, source=source, targets=targets))
        else:
            edits.extend(_link(link, written, start=start, source=source, targets=targets))
    return _apply(body.text, edits)


def plain(text: str) -> str:
    """Text as Markdown that means nothing but itself: punctuation as entities."""
    if _PLAIN_TEXT.fullmatch(text):
        return text
    return "".join(
        char if _PLAIN_TEXT.fullmatch(char) else " " if char in "\r\n\t" else f"&#{ord(char)};"
        for char in text
    )


def _mention(mention: Mention, targets: Targets) -> str:
    place = targets.places.get(mention.id)
    label = plain(mention.label or mention.id)
    if place is None:
        said = f"{label} ({mention.id} unknown)" if mention.label else f"{label} (unknown)"
        return f"<mark>{said}</mark>"
    title = place.title if mention.label is None else f"{mention.id} {place.title}"
    mark = f" ({place.mark})" if place.mark else ""
    return f'[{label}]({relative(targets.page, place.address)} "{plain(title)}"){mark}'


def _link(link: Link, written: str, *, start: int, source: Source, targets: Targets) -> tuple[_Edit, ...]:
    """The changes that a link or picture needs; none where it stays as it is."""
    resolved = resolve_local(source.path, link.target)
    if resolved is None or link.target.startswith("#"):
        return ()
    label_end, end = _label_end(written), start + len(written)
    if label_end is None:
        return ()
    address = _address(*resolved, targets)
    if address is None:
        if link.image:
            said = f"{plain(link.text)} (picture not published)".lstrip()
            return (_Edit(start, end, f"<mark>{said}</mark>"),)
        return (
            _Edit(start, start + 1, "<mark>"),
            _Edit(start + label_end, end, " (file not published)</mark>"),
        )
    at = written.find(link.target, label_end + 2) if written.startswith("](", label_end) else -1
    if at < 0:
        return (_Edit(start + label_end, end, f"]({address})"),)
    return (_Edit(start + at, start + at + len(link.target), address),)


def _tag(
    link: Link, tag: tuple[int, int], at: tuple[int, int], *, source: Source, targets: Targets
) -> tuple[_Edit, ...]:
    """The same for a tag of raw HTML, whose target stands at a place of its own."""
    resolved = resolve_local(source.path, link.target)
    if resolved is None or link.target.startswith("#"):
        return ()
    address = _address(*resolved, targets)
    if address is not None:
        return (_Edit(*at, escape(address)),)
    said = "<mark>(picture not published)</mark>" if link.image else "<mark>(file not published)</mark> <a>"
    return (_Edit(*tag, said),)


def _label_end(written: str) -> int | None:
    """Where the bracket stands that closes a link's text; None for what has no such form."""
    if written.endswith(")") and "](" in written:
        return written.rindex("](")
    depth = 0
    for at, char in enumerate(written):
        if char == "[":
            depth += 1
        elif char == "]":
            depth -= 1
            if depth == 0:
                return at
    return None


def _address(path: str, fragment: str, targets: Targets) -> str | None:
    """The link to a local file: the page of what it holds, or its published place."""
    identity = targets.paths.get(path)
    place = targets.places.get(identity) if identity else None
    if place is not None:
        anchor = quote(fragment, safe="") or place.anchor
        return relative(targets.page, f"{place.page}#{anchor}" if anchor else place.page)
    file = targets.files.get(path)
    return relative(targets.page, file) if file else None


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _extent(span: Span, body: Body, lines: list[int]) -> tuple[int, int]:
    """Start and end of a span in the body's text; an extent of nothing for one outside it."""

    def offset(line: int, column: int) -> int:
        at = line - body.first_line
        return lines[at] + column - 1 if 0 <= at < len(lines) else 0

    start, end = offset(span.line, span.column), offset(span.end_line, span.end_column)
    return (start, end) if 0 <= start < end <= len(body.text) else (0, 0)


def _apply(text: str, edits: list[_Edit]) -> str:
    """Make the edits, which never overlap; one that did would be left out."""
    done: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda one: one.start):
        if edit.start >= at and edit.end > edit.start:
            done.extend((text[at : edit.start], edit.text))
            at = edit.end
    done.append(text[at:])
    return "".join(done)
