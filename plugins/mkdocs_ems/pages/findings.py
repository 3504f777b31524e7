"""Findings as lines of a page: what, where, how to mend it, by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Diagnostic
from mkdocs_ems.pages import words
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import plural


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, ready to be shown."""

    severity: str
    message: Markup
    help: Markup
    rule: Markup
    name: str
    basis: str
    what: Markup | None
    """The entity it speaks of, linked."""
    path: str
    line: int
    related: tuple[tuple[Markup, str, int], ...]


def found_lines(
    diagnostics: Iterable[Diagnostic], *, view: View, links: Links, most: int | None = None
) -> tuple[Found, ...]:
    """Diagnostics as lines, gravest first; no more than so many where that is said."""
    ordered = sorted(diagnostics, key=lambda one: (one.severity.rank, one.span, one.code))
    return tuple(_line(one, view=view, links=links) for one in ordered[:most])


def open_counts(found: Iterable[Found | Diagnostic]) -> tuple[tuple[str, str], ...]:
    """How many there are of each severity, in words, gravest first: `1 error`, `2 warnings`."""
    counts = Counter(str(one.severity) for one in found)
    return tuple((key, plural(counts[key], noun)) for key, noun in words.FOUND.items() if counts[key])


def coded(text: str) -> Markup:
    """A message with what stands between backticks as code; everything is escaped."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if index % 2 else escape(piece)
        for index, piece in enumerate(pieces)
    )


def _line(one: Diagnostic, *, view: View, links: Links) -> Found:
    known = one.id is not None and one.id in links.places
    rule = links.rule(one.code) if one.code in view.rule_docs else Markup("{}").format(one.code)
    return Found(
        severity=one.severity.value,
        message=coded(one.message),
        help=coded(one.help),
        rule=rule,
        name=one.name,
        basis=one.basis.words,
        what=links.named(one.id) if known and one.id else None,
        path=one.span.path,
        line=one.span.line,
        related=tuple((coded(place.message), place.span.path, place.span.line) for place in one.related),
    )
