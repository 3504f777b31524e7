"""What changed between two versions: by document, by register, by clause, each entry linked to both sides.

One page of a site, or one file that stands alone and needs nothing else. Compares nothing; what
is shown of each thing, `changed_entries` decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from mkdocs_ems import dataclass
from mkdocs_ems.changes.gathering import by_clause, by_document, by_entity, by_register, titles
from mkdocs_ems.changes.telling import counted, key_sentence, nothing
from mkdocs_ems.changes.values import Change, Comparison, Named, Side, held_in
from mkdocs_ems.compile import Compilation
from mkdocs_ems.git import WORK_TREE
from mkdocs_ems.model import Kind
from mkdocs_ems.model.clauses import find_clause
from mkdocs_ems.pages import words
from mkdocs_ems.pages.changed_entries import Entries, Entry, Sides, named, respects
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.values import Page, PageForm, TocEntry
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import show

MOST = 2_000
"""More changes than this are counted, and the command is named that shows them."""


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
    return "the work tree" if one.ref == WORK_TREE else show(one.ref.removeprefix("refs/tags/"))


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
        self._made = Entries(links, kinds, sides)
        self._titles = called
        self._sides = sides

    @property
    def chapters(self) -> list[tuple[str, str]]:
        """Titles and anchors of the parts that there are."""
        found = self._comparison
        parts = (
            (found.changes, "By document", "by-document"),
            (by_register(found), "By register", "by-register"),
            (any(by_clause(found)), "By clause of ISO 14001", "by-clause"),
            (found.measured, "Measured values", "measured"),
            (found.keys, "Keys that may sign", "keys"),
        )
        return [(title, anchor) for held, title, anchor in parts if held]

    def html(self, *, draft: bool, template: str = "changed.html") -> str:
        """The body of the page."""
        found = self._comparison
        # Anew each time: however often a page is drawn, it is the same.
        self._made = Entries(self._links, self._kinds, self._sides)
        whole = len(found.changes) <= MOST
        documents = tuple(self._documents(whole=whole))
        return render(
            template,
            before=self._sides.before,
            after=self._sides.after,
            opening=self._opening(),
            nothing=self._made.sentence(nothing(found)),
            counts=counted(found.changes),
            chapters=self.chapters,
            draft=draft,
            whole=whole,
            most=MOST,
            documents=documents,
            registers=tuple(self._registers(whole=whole)),
            clauses=tuple(self._clauses(whole=whole)),
            measured=tuple(self._made.measured(found.measured)),
            keys=[self._made.sentence(key_sentence(one, whose=False)) for one in found.keys],
            rewritten=[show(path) for path in found.rewritten],
            # Their names hold mail addresses.
            records=len(found.records),
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
        # A file of readings too: beside its values it says who measured with what, and what came in between.
        for document, changes in by_document(self._comparison).items():
            yield Group(
                anchor=self._made.anchor("in", document or "other files"),
                title=self._called(document, changes),
                counts=counted(changes),
                entries=tuple(self._made.of(document, changes)) if whole else (),
            )

    def _called(self, document: str | None, changes: tuple[Change, ...]) -> str:
        if document is None:
            return "Other files"
        own = next((one.of.title for one in changes if one.of.key == document), "")
        title = self._titles.get(document) or own
        name = held_in(document)
        return show(f"{name} {title}" if title and title not in (document, name) else name)

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
            (self._made.anchor("change", one), show(named(told[0].of)), respects(told))
            for one, told in held.items()
            if self._made.has(one)
        )
        return Group(self._made.anchor(sort, key), title, counted(changes), links=links)


def _state(one: Side) -> str:
    at = f"commit {one.commit[:12]}" if one.commit is not None else "before the first commit"
    dirty = " with changes that are not committed" if one.dirty else ""
    return f"{at}{dirty}, as of {words.day(one.as_of)}"
