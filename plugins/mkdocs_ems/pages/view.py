"""What every page is made from: the state that is shown, the findings by id, the places by id.

Computed once for a manual and handed to each page's maker. Reads the compilation
and the report; judges nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import DocumentControl
from mkdocs_ems.diagnostics import Anchor, Diagnostic, Report, RuleDoc, Span
from mkdocs_ems.graph import Graph
from mkdocs_ems.model import Kind, Settings
from mkdocs_ems.model.assessed import assessed
from mkdocs_ems.model.assessment import Assessment
from mkdocs_ems.model.clauses import EDITIONS, clauses
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import Place, history_page, issue_page, places, row_history_page, upward
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.values import Permanent, TocEntry
from mkdocs_ems.source import Source
from mkdocs_ems.source.row_lines import row_lines

if TYPE_CHECKING:
    from mkdocs_ems.changes.suspects import Suspect
    from mkdocs_ems.control.row_states import RowKey, RowState
    from mkdocs_ems.pages.chapters import Chapter
    from mkdocs_ems.pages.standing import Standing


@dataclass(frozen=True, slots=True)
class View:
    """One state of the manual, ready to be shown."""

    shown: Compilation
    report: Report
    rule_docs: Mapping[str, RuleDoc]
    draft: bool
    places: Mapping[str, Place]
    found: Mapping[str, tuple[Diagnostic, ...]]
    """Findings by the id they speak of; those that name none, by path."""
    clause_titles: Mapping[str, str]
    assessments: Mapping[str, Assessment]
    """Computed significance of every aspect by id."""
    texts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """Texts of issues by blob id, for who compares them; empty where nobody could read them."""
    since_approval: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Rows of periodic registers that changed since the register was approved as a whole: id to words."""
    suspects: Mapping[str, tuple[Suspect, ...]] = field(default_factory=dict, repr=False)
    """Links to what has changed since their document was last looked at, by that document."""
    standings: dict[tuple[str, str], Standing] = field(default_factory=dict, repr=False)
    """Control blocks that `standing` made, by id and what leads to the top of the site."""
    chapters: dict[str, tuple[Chapter, ...]] = field(default_factory=dict, repr=False)
    """What is told of each document's issues, by its id, as `chapters_of` made it."""
    row_states: Mapping[RowKey, tuple[RowState, ...]] = field(default_factory=dict, repr=False)
    """What rows said after each event that changed them; empty where nobody could read it."""
    permanent: Permanent = Permanent.HERE
    """Where the pages at addresses that stay are, of issues and of rows at events."""
    kept_in: list[Mapping[str, str]] = field(default_factory=list, repr=False)
    """Once somebody asked: by its blob each file that a restricted record keeps in, with that record's id."""
    _links: dict[str, Links] = field(default_factory=dict, repr=False)
    _lines: dict[str, tuple[int, ...] | None] = field(default_factory=dict, repr=False)

    @property
    def graph(self) -> Graph:
        """References both ways."""
        return self.shown.graph

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """Every kind by its key, the organisation's own among them."""
        return self.shown.model.kinds

    @property
    def settings(self) -> Settings:
        """What the organisation decided."""
        return self.shown.settings

    @property
    def documents(self) -> Mapping[str, DocumentControl]:
        """Document control by id; empty where there is no history to judge by."""
        return self.shown.control.documents if self.shown.control else {}

    @property
    def state_words(self) -> str:
        """Which state the manual shows, in a few words."""
        return "a draft, with what nobody has approved yet" if self.draft else "the issues in force"

    def issue_address(self, identity: str, number: int, links: Links) -> str:
        """What leads to an issue: its own page, or its place in the history of its document."""
        if self.permanent is Permanent.NOWHERE:
            return f"{links.up}{history_page(identity)}#issue-{number}"
        return self._up_to_permanent(links) + issue_page(identity, number)

    def row_history_address(self, slug: str, identity: str, links: Links) -> str:
        """What leads to what a row said after each event; empty where nobody made that page."""
        if self.permanent is Permanent.NOWHERE:
            return ""
        return self._up_to_permanent(links) + row_history_page(slug, identity)

    def _up_to_permanent(self, links: Links) -> str:
        return links.up if self.permanent is Permanent.HERE else f"{links.up}../"

    def row_lines(self, source: Source) -> tuple[int, ...] | None:
        """On which line each row of a register begins; None where only a closer look tells."""
        if source.path not in self._lines:
            data = self.shown.snapshot.files.get(source.path, b"")
            self._lines[source.path] = row_lines(data, _rows_written(source))
        return self._lines[source.path]

    def links(self, page: str) -> Links:
        """Links for pages as deep as this one."""
        up = upward(page)
        if up not in self._links:
            editions = (*EDITIONS, *(f"{one.standard}:{one.edition}" for one in self.settings.standards))
            self._links[up] = Links(up, self.places, self.report.edition, editions)
        return self._links[up]


def _rows_written(source: Source) -> int:
    written = source.data.get("rows")
    return len(written) if isinstance(written, list) else 0


def view_of(shown: Compilation, *, report: Report, rule_docs: Mapping[str, RuleDoc], draft: bool) -> View:
    """Index what the pages ask for again and again."""
    found: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in report.diagnostics:
        found[one.id or one.span.path].append(one)
    titles = {number: clause.title for number, clause in clauses(report.edition).items()}
    return View(
        shown=shown,
        report=report,
        rule_docs=rule_docs,
        draft=draft,
        places=places(shown),
        found={key: tuple(ones) for key, ones in found.items()},
        clause_titles=titles,
        assessments={
            aspect.id: one
            for entry, aspect, one in assessed(shown.model, shown.settings.significance)
            if aspect.id is not None and shown.model.by_id.get(aspect.id) is entry
        },
    )


def kind_title(kind: str, view: View, *, many: bool = False) -> str:
    """The name of a kind for readers; the key itself for one that is not known."""
    known = view.kinds.get(kind)
    if known is None:
        return "Rules of the system" if kind == "rules" else words.sentence(kind) or "Of no known type"
    return known.plural if many else known.title


def where(view: View, at: Anchor | Span) -> tuple[str, int]:
    """Path and line of a place."""
    if isinstance(at, Span):
        return at.path, at.line
    source = view.shown.sources.files.get(at.path)
    if source is None:
        return at.path, 1
    match at.route:
        case ("rows", int(number)) if not at.key:
            lines = view.row_lines(source)
            if lines is not None and number < len(lines):
                return at.path, lines[number]
    return at.path, source.spans.span(at.route, key=at.key).line


def contents(entries: Iterable[tuple[str, str] | None]) -> tuple[TocEntry, ...]:
    """A table of contents of second-level headings, from titles and anchors; None is left out."""
    return tuple(TocEntry(2, title, anchor) for title, anchor in (one for one in entries if one))
