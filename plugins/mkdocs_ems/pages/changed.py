"""What changed between two versions: by document, by register, by clause, each entry linked to both sides.

One page of a site, or one file that stands alone and needs nothing else. Shows of persons what
the manual publishes of them and no more: names and roles; the rest is counted. What is of a
kind that this version does not know is named, not shown. Compares nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.changes.gathering import by_clause, by_document, by_entity, by_register, titles, word
from mkdocs_ems.changes.telling import (
    Sentence,
    acts,
    counted,
    facts,
    key_sentence,
    lines,
    readings,
    sentences,
)
from mkdocs_ems.changes.values import Added, Change, Comparison, Moved, Named, Removed, Side
from mkdocs_ems.changes.written import FILE, READINGS, REGISTER, RULES
from mkdocs_ems.compile import Compilation
from mkdocs_ems.model import Kind
from mkdocs_ems.model.clauses import find_clause
from mkdocs_ems.pages import words
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.redlines import Wording, redline_html
from mkdocs_ems.pages.values import Page, PageForm, TocEntry
from mkdocs_ems.pages.view import View
from mkdocs_ems.redline import Line
from mkdocs_ems.redline.matching import Work
from mkdocs_ems.text import show

MOST = 2_000
"""More changes than this are counted, and the command is named that shows them."""
_MOST_LINES = 200
"""Of one text."""
_MOST_ROWS = 20
"""Of so many new rows of one register the fields are shown; of more only the titles."""
_KINDS = frozenset((REGISTER, RULES, FILE, READINGS))
"""What is of no kind that a register or document could be of, and is known all the same."""
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


@dataclass(frozen=True, slots=True)
class Group:
    """What changed in one document, in one register, or under one clause."""

    anchor: str
    title: str
    counts: str
    entries: tuple[Entry, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    """To the entries, where these stand in another part of the page: anchor, name, in which respect."""


def version_changes_page(
    comparison: Comparison, *, view: View, before: Compilation, sides: Sides, path: str
) -> Page:
    """The page "What changed in … since …".

    Args:
        comparison: what differs, both versions as they are shown.
        view: the later version.
        before: the earlier one, for what documents were called there.
        sides: the names of both, and where things stand in them, as seen from this page.
        path: where the page stands.
    """
    called = titles(before, view.shown)
    made = _Changes(comparison, view.links(path), view.kinds, called, sides)
    chapters = made.chapters
    return Page(
        path=path,
        title=f"What changed in {sides.after} since {sides.before}",
        form=PageForm.HTML,
        draw=partial(made.html, draft=view.draft),
        toc=tuple(TocEntry(2, title, anchor) for title, anchor in chapters),
    )


def changed_file(comparison: Comparison, *, before: Compilation, after: Compilation) -> str:
    """The same as one file of HTML that needs nothing else: no script, no style sheet, no picture."""
    sides = Sides(_called(comparison.before), _called(comparison.after), _nowhere, _nowhere)
    links = Links("", {}, comparison.after.edition)
    made = _Changes(comparison, links, after.model.kinds, titles(before, after), sides)
    return made.html(draft=False, template="changed-file.html")


def _called(one: Side) -> str:
    return show(one.ref.removeprefix("refs/tags/"))


def _nowhere(_: Named) -> str | None:
    return None


class _Changes:
    """A comparison while it is laid out."""

    def __init__(
        self,
        comparison: Comparison,
        links: Links,
        kinds: Mapping[str, Kind],
        called: Mapping[str, str],
        sides: Sides,
    ) -> None:
        self._comparison = comparison
        self._links = links
        self._kinds = kinds
        self._titles = called
        self._sides = sides
        self._work = Work()
        self._anchors: dict[str, str] = {}
        measured = {one.path for one in comparison.measured}
        # Of a file of readings its values are told.
        self._changes = tuple(
            one for one in comparison.changes if one.of.kind != READINGS or one.of.path not in measured
        )

    @property
    def chapters(self) -> list[tuple[str, str]]:
        """Titles and anchors of the parts that there are."""
        found = self._comparison
        parts = (
            (self._changes, "By document", "by-document"),
            (by_register(found), "By register", "by-register"),
            (any(by_clause(found)), "By clause of ISO 14001", "by-clause"),
            (found.measured, "Measured values", "measured"),
            (found.keys, "Keys that may sign", "keys"),
        )
        return [(title, anchor) for held, title, anchor in parts if held]

    def html(self, *, draft: bool, template: str = "changed.html") -> str:
        """The body of the page."""
        found = self._comparison
        whole = len(found.changes) <= MOST
        documents = tuple(self._documents(whole=whole))
        return render(
            template,
            before=self._sides.before,
            after=self._sides.after,
            opening=self._opening(),
            counts=counted(found.changes),
            chapters=self.chapters,
            draft=draft,
            whole=whole,
            most=MOST,
            documents=documents,
            registers=tuple(self._registers(whole=whole)),
            clauses=tuple(self._clauses(whole=whole)),
            measured=self._redline(readings(found.measured), Wording.of(None)) if found.measured else "",
            keys=[self._sentence(key_sentence(one, whose=False)) for one in found.keys],
            rewritten=[show(path) for path in found.rewritten],
            not_paired=found.not_paired,
        )

    def _opening(self) -> str:
        before, after = self._comparison.before, self._comparison.after
        how = "as staff read them" if after.approved else "as they landed"
        return (
            f"From {self._sides.before}, {_state(before)}, to {self._sides.after}, {_state(after)}, "
            f"both {how}"
        )

    # --- by document --------------------------------------------------------------------

    def _documents(self, *, whole: bool) -> Iterator[Group]:
        measured = {one.path for one in self._comparison.measured}
        for document, changes in by_document(self._comparison).items():
            told = tuple(one for one in changes if document is not None or one.of.path not in measured)
            if told:
                yield Group(
                    anchor=self._anchor("in", document or "files"),
                    title=self._called(document, told),
                    counts=counted(told),
                    entries=tuple(self._entries(document, told)) if whole else (),
                )

    def _called(self, document: str | None, changes: tuple[Change, ...]) -> str:
        if document is None:
            return "Other files"
        own = next((one.of.title for one in changes if one.of.key == document), "")
        title = self._titles.get(document) or own
        return show(f"{document} {title}" if title and title != document else document)

    def _entries(self, document: str | None, changes: tuple[Change, ...]) -> Iterator[Entry]:
        brief = sum(isinstance(one, Added) for one in changes) > _MOST_ROWS
        for key, held in by_entity(changes).items():
            of = held[0].of
            moved = next((one.was for one in held if isinstance(one, Moved)), of)
            gone, new = isinstance(held[0], Removed), isinstance(held[0], Added)
            yield Entry(
                anchor=self._anchor("change", key),
                name=show("" if key == document else of.id or of.path),
                title=show(of.title if of.title not in (of.id, of.path, of.key) else ""),
                what=_what(held),
                sentences=tuple(map(self._sentence, self._said(held))),
                redline=self._words(held, brief=brief and new and of.key != of.document),
                here=None if gone else self._sides.here(of),
                there=None if new else self._sides.there(moved),
            )

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
        told = self._redline(found, Wording.of(self._wording(changes))) if found else Markup("")
        return told + self._redline(control, Wording.of(None)) if control else told

    def _wording(self, changes: tuple[Change, ...]) -> Kind | None:
        """The kind by which fields are named and left out; where one was another, that with more to hide."""
        kinds = [self._kinds[kind] for kind in _kinds(changes) if kind in self._kinds]
        return max(kinds, key=lambda kind: len(Wording.of(kind).private), default=None)

    def _redline(self, found: Iterable[Line], wording: Wording) -> Markup:
        return redline_html(
            found,
            wording=wording,
            links=self._links,
            most=_MOST_LINES,
            whole="`ems diff` shows them all",
        )

    @staticmethod
    def _sentence(one: Sentence) -> Markup:
        # Of people names and roles are published; a mail address stands where somebody has no id.
        names = tuple(show(_MAIL.sub("", name)) for name in one.names)
        return Markup(one.words).format(*names)  # noqa: S704 - our own words; the names are escaped

    # --- by register and clause ---------------------------------------------------------

    def _registers(self, *, whole: bool) -> Iterator[Group]:
        for register, changes in by_register(self._comparison).items():
            title = self._called(register, changes)
            yield self._group("register", register, title, changes, whole=whole)

    def _clauses(self, *, whole: bool) -> Iterator[Group]:
        found = by_clause(self._comparison)
        for number, changes in found.items() if any(found) else ():
            yield self._group("clause", number or "none", self._clause(number), changes, whole=whole)

    def _clause(self, number: str | None) -> str:
        if number is None:
            return "Under no clause"
        clause = find_clause(number, self._links.edition)
        return show(f"{number} {clause.title}" if clause is not None else number)

    def _group(self, sort: str, key: str, title: str, changes: tuple[Change, ...], *, whole: bool) -> Group:
        held = by_entity(changes) if whole else {}
        links = tuple(
            (self._anchors[f"change {one}"], show(_named(told[0].of)), _respects(told))
            for one, told in held.items()
            if f"change {one}" in self._anchors
        )
        return Group(self._anchor(sort, key), title, counted(changes), links=links)

    def _anchor(self, sort: str, key: str) -> str:
        """A place of its own for each: by its id, where that can stand in an address."""
        name = f"{sort} {key}"
        if name not in self._anchors:
            plain = key if _PLAIN.fullmatch(key) else f"nr-{len(self._anchors)}"
            self._anchors[name] = f"{sort}-{plain}"
        return self._anchors[name]


def _state(one: Side) -> str:
    at = f"commit {one.commit[:12]}" if one.commit is not None else "before the first commit"
    dirty = " with changes that are not committed" if one.dirty else ""
    return f"{at}{dirty}, as of {words.day(one.as_of)}"


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


def _respects(changes: tuple[Change, ...]) -> str:
    return ", ".join(dict.fromkeys(_WHAT[word(one)] for one in changes))


def _named(of: Named) -> str:
    name = of.id or of.path
    return f"{name} {of.title}" if of.title and of.title not in (of.id, of.path, of.key) else name
