"""One thing that changed, as a page tells it: what happened, in sentences and as a redline, with both sides.

The one place that decides what a page of changes shows of persons: names and roles, as the
manual does; the rest is counted. What is of a kind that the manual does not know is named,
not shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.changes.gathering import by_entity, word
from mkdocs_ems.changes.layout import RECORD_FILE
from mkdocs_ems.changes.redlining import lines, readings
from mkdocs_ems.changes.telling import Sentence, acts, facts, sentences
from mkdocs_ems.changes.values import Added, Change, Moved, Named, ReadingChange, Removed
from mkdocs_ems.changes.written import FILE, READINGS, REGISTER, RULES
from mkdocs_ems.model import Kind
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.redlines import Wording, redline_html
from mkdocs_ems.redline import Line
from mkdocs_ems.redline.matching import Work
from mkdocs_ems.text import show

_MOST_LINES = 200
"""Of one text."""
_MOST_ROWS = 20
"""Of so many new rows of one register the fields are shown; of more only the titles."""
_KINDS = frozenset((REGISTER, RECORD_FILE, RULES, FILE, READINGS))
"""What is of no kind that a register or document could be of, and is known all the same."""
MEASUREMENT = "measurement"
"""The kind whose values lie in files of readings."""
_MAIL = re.compile(r" \([^()\s]*@[^()\s]*\)")
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_WHAT = {
    "added": "new",
    "removed": "gone",
    "moved": "moved",
    "field": "fields",
    "reference": "references",
    "text": "text",
    "part": "files",
    "approval": "approval",
    "state": "document control",
}

Address = Callable[[Named], str | None]
"""The address of a thing from the page, None where it has no page there."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Where things stand in the two versions, and what these are called."""

    before: str
    after: str
    there: Address
    """In the version before."""
    here: Address


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that changed."""

    anchor: str
    name: str
    title: str
    what: str
    """`new`, `gone`, `moved` or `changed`."""
    sentences: tuple[Markup, ...]
    redline: Markup | str
    """A sentence where nothing may be shown."""
    here: str | None
    there: str | None


class Entries:
    """Makes the entries of one page, each with an anchor of its own."""

    def __init__(self, links: Links, kinds: Mapping[str, Kind], sides: Sides) -> None:
        """Prepare.

        Args:
            links: for ids, as seen from the page.
            kinds: every kind that the manual knows, by its key.
            sides: where things stand in both versions.
        """
        self._links = links
        self._kinds = kinds
        self._sides = sides
        self._work = Work()
        self._anchors: dict[str, str] = {}

    def of(self, document: str | None, changes: tuple[Change, ...]) -> Iterator[Entry]:
        """Everything that changed in one document or register; under None, of files that belong to none."""
        brief = sum(isinstance(one, Added) for one in changes) > _MOST_ROWS
        for key, held in by_entity(changes).items():
            of = held[0].of
            moved = next((one.was for one in held if isinstance(one, Moved)), of)
            gone, new = isinstance(held[0], Removed), isinstance(held[0], Added)
            yield Entry(
                anchor=self.anchor("change", key),
                name=show("" if key == document else _name(of)),
                title=show(of.title if of.title not in (of.id, of.path, of.key) else ""),
                what=_what(held),
                sentences=tuple(map(self.sentence, self._said(held))),
                redline=self._words(held, brief=brief and new and of.key != of.document),
                here=None if gone else self._sides.here(of),
                there=None if new else self._sides.there(moved),
            )

    def measured(self, found: Iterable[ReadingChange]) -> Iterator[Entry]:
        """Measured values that came, went or are others, by measurement; very many lines are counted."""
        left = _MOST_LINES
        for name, group in groupby(found, key=lambda one: one.parameter):
            held = tuple(group)
            told = [_of_unit_and_period(line, name) for line in readings(held)]
            place = self._links.places.get(name)
            of = Named(name, name, MEASUREMENT, place.title if place else "", None, held[0].path)
            yield Entry(
                anchor=self.anchor("measured", name),
                name=show(name),
                title=show(of.title),
                what="changed",
                sentences=(),
                redline=self.redline(told, _as_written(told), most=left),
                here=self._sides.here(of),
                there=self._sides.there(of),
            )
            left = max(0, left - len(told))

    @staticmethod
    def _said(changes: tuple[Change, ...]) -> Iterator[Sentence]:
        for change in changes:
            yield from sentences(change)
        yield from acts(changes)

    def _words(self, changes: tuple[Change, ...], *, brief: bool) -> Markup | str:
        """Fields and texts as a redline, or why there is none."""
        found = [] if brief else [line for one in changes for line in lines(one, work=self._work)]
        if found and not all(kind in self._kinds or kind in _KINDS for kind in _kinds(changes)):
            return "It is of a kind that the manual does not know, so what it says is not shown."
        control = facts(changes, work=self._work)
        told = self.redline(found, Wording.of(self._wording(changes))) if found else Markup("")
        return told + self.redline(control, Wording.of(None)) if control else told

    def _wording(self, changes: tuple[Change, ...]) -> Kind | None:
        """The kind by which fields are named and left out; where one was another, that with more to hide."""
        kinds = [self._kinds[kind] for kind in _kinds(changes) if kind in self._kinds]
        return max(kinds, key=lambda kind: len(Wording.of(kind).private), default=None)

    def redline(self, found: Iterable[Line], wording: Wording, *, most: int = _MOST_LINES) -> Markup:
        """Lines as a list, with what the manual does not publish counted."""
        return redline_html(
            found,
            wording=wording,
            links=self._links,
            most=most,
            whole="`ems diff` shows them all",
        )

    @staticmethod
    def sentence(one: Sentence) -> Markup:
        """A sentence without mail addresses."""
        # Of people names and roles are published; a mail address stands where somebody has no id.
        names = tuple(show(_MAIL.sub("", name)) for name in one.names)
        return Markup(one.words).format(*names)  # noqa: S704 - our own words; the names are escaped

    def has(self, key: str) -> bool:
        """Whether there is an entry of this thing on the page."""
        return f"change {key}" in self._anchors

    def anchor(self, sort: str, key: str) -> str:
        """A place of its own for each: by its id where that can stand in an address, else by a number."""
        name = f"{sort} {key}"
        if name not in self._anchors:
            plain = key if _PLAIN.fullmatch(key) else f"nr:{len(self._anchors)}"
            self._anchors[name] = f"{sort}-{plain}"
        return self._anchors[name]


def _of_unit_and_period(line: Line, measurement: str) -> Line:
    """A line of measured values without the name that stands above it."""
    return replace(line, label=line.label.removeprefix(measurement).removeprefix(", "))


def _as_written(told: Iterable[Line]) -> Wording:
    """Units and periods are no names of fields: `2026-06` stays as it is."""
    return Wording({part: part for line in told for part in line.label.split(" / ")}, frozenset())


def _kinds(changes: Collection[Change]) -> tuple[str, ...]:
    """The kinds that a thing is and was of."""
    found = [one.of.kind for one in changes]
    return tuple(dict.fromkeys([*found, *(one.was.kind for one in changes if isinstance(one, Moved))]))


def _what(changes: tuple[Change, ...]) -> str:
    match changes[0]:
        case Added():
            return "new"
        case Removed():
            return "gone"
        case _:
            return "moved" if all(isinstance(one, Moved) for one in changes) else "changed"


def respects(changes: tuple[Change, ...]) -> str:
    """In which respects something changed."""
    return ", ".join(dict.fromkeys(_WHAT[word(one)] for one in changes))


def named(of: Named) -> str:
    """Its id and title; the path of what has none."""
    name = _name(of)
    return f"{name} {of.title}" if of.title and of.title not in (of.id, of.path, of.key) else name


def _name(of: Named) -> str:
    return of.id or of.key.removeprefix("file:")
