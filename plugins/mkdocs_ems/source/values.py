"""Values of the source room: text turned into data, every piece with its position.

Nothing here knows what a field means. Scalars stay the text that was written
(`no`, `1.10`, `010`), an empty value is None; the field that takes a scalar types it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Protocol

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Finding, Route, Span

Data = str | None | list["Data"] | dict[str, "Data"]
"""What YAML becomes: text, nothing, lists and mappings of them."""


class SpanMap(Protocol):
    """Route to span; a route that does not exist falls back to its nearest parent."""

    def span(self, route: Route, *, key: bool = False) -> Span:
        """Where the value (or with `key` the key) at a route stands."""
        ...


@dataclass(frozen=True, slots=True)
class Heading:
    """A Markdown heading; `anchor` is the id that Python-Markdown's toc gives it."""

    level: int
    text: str
    anchor: str
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """A Markdown link or image; `target` as written, title and angle brackets removed.

    `image` is true of everything that is shown in place, also by raw HTML (`<img src>`, `<object data>`).
    """

    target: str
    text: str
    image: bool
    span: Span
    target_span: Span
    """Where the target itself is written: for a link by reference, in its definition."""


@dataclass(frozen=True, slots=True)
class Mention:
    """`[[ID]]` or `[[ID|label]]` in prose, outside code."""

    id: str
    label: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown under a front matter. `first_line` is the file's line of its first line."""

    text: str
    first_line: int
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    mentions: tuple[Mention, ...]
    ids: frozenset[str] = frozenset()
    """Ids and names given by raw HTML and attribute lists."""

    @property
    def anchors(self) -> frozenset[str]:
        """Everything in this body that a `#fragment` may lead to."""
        return self.ids.union(heading.anchor for heading in self.headings)


@dataclass(frozen=True, slots=True)
class Source:
    """One file, parsed. `data` is empty where it could not be read (a finding says why)."""

    path: str
    """From the repository's root."""
    rel: str
    """Below the content folder: `registers/aspects.yml`."""
    blob: str
    data: Mapping[str, Data]
    spans: SpanMap
    body: Body | None = None
    """Of a Markdown file; None for YAML."""
    readable: bool = True
    """False where front matter or YAML is so broken that `data` means nothing."""
    whole: bool = True
    """False where something that cannot be read is missing from `data`, a row or all of it."""
    kept: bool = True
    """False where something else was left out of `data`: a second field of one name, a tag."""

    def body_span(self, line: int, start: int, end: int) -> Span:
        """Where a stretch of one line of the body stands in the file; lines and characters from 0."""
        assert self.body is not None, "only a Markdown file has a body"
        there = self.body.first_line + line
        return Span(self.path, there, start + 1, there, end + 1)


@dataclass(frozen=True, slots=True)
class Sources:
    """All files of a snapshot, parsed, by path in sorted order.

    `files` are the parsed ones (.md, .yml, .yaml); `assets` are the paths of the
    others (pictures, PDFs, allowed_signers), which are linked, never parsed.
    """

    content: str
    files: Mapping[str, Source]
    assets: frozenset[str]
    findings: tuple[Finding, ...]
    """Everything that reading found, each with its code (SCH001 …) and its span."""

    def text_line(self, path: str, line: int) -> str:
        """The source line for a caret display; empty if there is none. Bound by the reader."""
        lines = self._lines.get(path)
        if lines is None:
            # One file at a time: places are asked for in the order of their files.
            self._lines.clear()
            lines = self._lines[path] = self.raw.get(path, b"").split(b"\n")
        if not 1 <= line <= len(lines):
            return ""
        return lines[line - 1].rstrip(b"\r").decode("utf-8", "replace")

    raw: Mapping[str, bytes]
    """Every file's bytes, as in the snapshot."""
    _lines: dict[str, list[bytes]] = field(default_factory=dict, init=False, repr=False, compare=False)
