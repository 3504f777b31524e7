"""Links as markup: to what an id means, to clauses, and to addresses that content names.

Addresses written in content become links only with a scheme that runs nothing
(http, https, mailto); anything else stays text. Everything is escaped here, once;
links to the same id on pages of the same depth are made once and kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from mkdocs_ems import dataclass
from mkdocs_ems.model.clauses import EDITIONS, find_clause, standard_name
from mkdocs_ems.pages.addresses import Place, clause_anchor, clauses_page, rule_page
from mkdocs_ems.pages.pieces import filled

SCHEMES = frozenset({"http", "https", "mailto"})
_MENTION = re.compile(r"\[\[([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)(?:\|([^\[\]\n]+))?\]\]")
_UNSAFE_IN_URL = re.compile(r"[\x00-\x20\x7f\\<>\"'`\u0080-\u00a0\u2028\u2029]")


def safe_url(target: str) -> str | None:
    """The address if a browser may follow it from our pages, else None."""
    if _UNSAFE_IN_URL.search(target):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    if parts.scheme.lower() not in SCHEMES:
        return None
    return target if parts.netloc or parts.scheme.lower() == "mailto" else None


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links on pages that stand equally deep: `up` is what leads to the top of the site."""

    up: str
    places: Mapping[str, Place]
    edition: str = "2015"
    """The edition of ISO 14001 that a clause number means unless it names one."""
    editions: tuple[str, ...] = EDITIONS
    """The editions that have a page: a clause of another standard may have none."""
    _named: dict[str, Markup] = field(default_factory=dict)
    _short: dict[str, Markup] = field(default_factory=dict)
    _clauses: dict[str, Markup] = field(default_factory=dict)
    _clauses_named: dict[str, Markup] = field(default_factory=dict)

    @property
    def policy(self) -> Place | None:
        """Where the policy is shown; None where there is none."""
        return next((place for place in self.places.values() if place.kind == "policy"), None)

    def named(self, identity: str) -> Markup:
        """Id and title of what an id means, linked."""
        made = self._named.get(identity)
        if made is None:
            place = self.places.get(identity)
            if place is None:
                made = self._unknown(identity)
            else:
                anchor = self._anchor(identity, identity, place)
                made = filled('%s <span class="ems-title">%s</span>', anchor, place.title)
            self._named[identity] = made
        return made

    def short(self, identity: str) -> Markup:
        """The id alone, linked; the title shows on hovering."""
        made = self._short.get(identity)
        if made is None:
            place = self.places.get(identity)
            made = self._anchor(identity, identity, place) if place else self._unknown(identity)
            self._short[identity] = made
        return made

    def bare(self, identity: str) -> Markup:
        """The id alone, linked, where its title stands beside it."""
        return filled('<a href="%s">%s</a>', self.up + self.places[identity].address, identity)

    def labelled(self, identity: str, label: str) -> Markup:
        """A word of the author's, linked to what an id means."""
        place = self.places.get(identity)
        return self._anchor(identity, label, place) if place else self._unknown(label, identity)

    def rule(self, code: str) -> Markup:
        """The code of a rule, linked to its page."""
        return Markup('<a href="{}">{}</a>').format(self.up + rule_page(code), code)

    def clause(self, ref: str) -> Markup:
        """A clause as written, linked to its place in the coverage; its title shows on hovering."""
        made = self._clauses.get(ref)
        if made is None:
            made = self._clauses[ref] = self._to_clause(ref, ref)
        return made

    def clause_named(self, ref: str) -> Markup:
        """A clause with its short title, linked."""
        made = self._clauses_named.get(ref)
        if made is None:
            made = self._clauses_named[ref] = self._with_title(ref)
        return made

    def _with_title(self, ref: str) -> Markup:
        clause = find_clause(ref, self.edition)
        if clause is None:
            return escape(ref)
        title = clause.title if clause.edition == self.edition else f"{clause.title} ({_of(clause.edition)})"
        return Markup("{} {}").format(self._to_clause(ref, clause.number), title)

    def _to_clause(self, ref: str, label: str) -> Markup:
        clause = find_clause(ref, self.edition)
        if clause is None:
            return escape(label)
        title = f"{clause} in {standard_name(clause.edition)}"
        if clause.edition not in self.editions:
            return Markup('<span title="{}">{}</span>').format(title, label)
        address = f"{self.up}{clauses_page(clause.edition)}#{clause_anchor(clause.number)}"
        return Markup('<a href="{}" title="{}">{}</a>').format(address, title, label)

    def address(self, target: str) -> Markup:
        """A link to an address that content names, or the text where it must not be one."""
        url = safe_url(target)
        if url is None:
            return escape(target)
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(url, target)

    def prose(self, text: str) -> Markup:
        """Text of a field: escaped, with `[[ID]]` linked."""
        if "[[" not in text:
            return escape(text)
        done: list[Markup] = []
        at = 0
        for match in _MENTION.finditer(text):
            done.append(escape(text[at : match.start()]))
            identity, label = match[1], match[2]
            done.append(self.labelled(identity, label.strip()) if label else self.short(identity))
            at = match.end()
        done.append(escape(text[at:]))
        return Markup("").join(done)

    def _anchor(self, identity: str, label: str, place: Place) -> Markup:
        mark = filled(' <span class="ems-mark">(%s)</span>', place.mark) if place.mark else ""
        title = place.title if label == identity else f"{identity} {place.title}"
        return filled('<a href="%s" title="%s">%s</a>%s', self.up + place.address, title, label, mark)

    def _unknown(self, label: str, identity: str | None = None) -> Markup:
        said = "unknown" if identity is None else f"{identity} unknown"
        return Markup('<span class="ems-unknown">{} <span class="ems-mark">({})</span></span>').format(
            label, said
        )


def _of(edition: str) -> str:
    """An edition beside a clause: its year where it is one of ISO 14001, else the standard's name."""
    return edition if edition in EDITIONS else standard_name(edition)
