"""The page that tells what changed in a version since the one before: two states compiled, and compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.measured import length_above
from mkdocs_ems.changes.values import Comparison, Moved, Named, Where
from mkdocs_ems.compile import Compilation, approved_state, compile_state
from mkdocs_ems.diagnostics import Anchor, Report, Span
from mkdocs_ems.errors import EmsError
from mkdocs_ems.git import Repository
from mkdocs_ems.pages import Manual, Page
from mkdocs_ems.pages.addresses import Place, places, register_page, upward
from mkdocs_ems.pages.changed import version_changes_page
from mkdocs_ems.pages.changed_entries import MEASUREMENT, Sides
from mkdocs_ems.pages.values import Since
from mkdocs_ems.pages.versions import CHANGES
from mkdocs_ems.pages.view import view_of
from mkdocs_ems.rules import rule_docs
from mkdocs_ems.site.versions import Earlier
from mkdocs_ems.text import show

_UNREADABLE = "SCH001"


def changed_since(  # noqa: PLR0913 - two states, and how each is come by
    repository: Repository,
    candidates: Sequence[Earlier],
    *,
    head: Compilation,
    shown: Compilation,
    called: str,
    report: Report,
    trust_root: str | None,
    now: datetime,
) -> tuple[Page, Since] | None:
    """Make that page, drawn already, and tell what it compares with; None where no version before is read.

    Args:
        repository: an open repository.
        candidates: the versions before, newest first; one that cannot be read has no pages to compare with.
        head: the version as it stands at its commit; what is the same there is not read again.
        shown: the version as staff read it.
        called: its name.
        report: its findings.
        trust_root: as `compile_state`.
        now: the present moment.
    """
    found = _before(repository, candidates, head=head, trust_root=trust_root, now=now)
    if found is None:
        return None
    earlier, before = found
    up = upward(CHANGES)
    view = view_of(shown, report=report, rule_docs=rule_docs(), draft=False)
    sides = Sides(
        before=show(earlier.name),
        after=show(called),
        there=addresses_in(before, places(before), f"{up}../{earlier.folder}/"),
        here=addresses_in(shown, view.places, up),
    )
    comparison = compare(before, shown, approved=True)
    page = version_changes_page(
        comparison,
        view=view,
        before=before,
        sides=sides,
        path=CHANGES,
    )
    placed = replace(page, nav=("Control", "What changed"), order=910, foot=page.foot or page.title)
    return replace(placed, body=placed.html, draw=None), Since(earlier.folder, _renumbered(comparison))


def with_changes(manual: Manual, changed: tuple[Page, Since] | None) -> Manual:
    """The same manual with that page, as `changed_since` made it."""
    if changed is None:
        return manual
    page, since = changed
    return replace(manual, pages=(*manual.pages, page), since=since)


def _renumbered(comparison: Comparison) -> Mapping[str, str]:
    """The id of before and the one of today, of each row that goes by another."""
    return {
        change.was.id: change.of.id
        for change in comparison.changes
        if isinstance(change, Moved) and Where.ID in change.what and change.was.id and change.of.id
    }


def _before(
    repository: Repository,
    candidates: Sequence[Earlier],
    *,
    head: Compilation,
    trust_root: str | None,
    now: datetime,
) -> tuple[Earlier, Compilation] | None:
    """The newest version before that can be read, as staff read it."""
    for earlier in candidates:
        with suppress(EmsError):
            state = compile_state(
                repository,
                ref=earlier.ref,
                trust_root=trust_root,
                now=now,
                tags_until=earlier.tags_until,
                known=head,
            )
            if not unreadable(state):
                return earlier, approved_state(state, repository)
    return None


def unreadable(state: Compilation) -> str:
    """The first place in a state that cannot be read: rows or documents would be missing from its manual.

    Empty where all can be read. A loose end alone misleads nobody.
    """
    found = [(_span(one.at, state), one.message) for one in state.findings if one.code == _UNREADABLE]
    for span, message in sorted(found, key=lambda one: (one[0].path, one[0].line)):
        return f"{show(span.path)}:{span.line}: {show(message)}"
    return ""


def _span(at: Anchor | Span, state: Compilation) -> Span:
    if isinstance(at, Span):
        return at
    source = state.sources.files.get(at.path)
    return source.spans.span(at.route, key=at.key) if source else Span(at.path, 1, 1, 1, 1)


def addresses_in(state: Compilation, where: Mapping[str, Place], up: str) -> Callable[[Named], str | None]:
    """Where things stand in a version: by their id, else their register, else what their file holds.

    Args:
        state: the version, as staff read it.
        where: what has a page there.
        up: what leads from the page that asks to the version's folder.
    """
    files = _pages_of_files(state, where)

    def address(of: Named) -> str | None:
        # A row without an id stands on the page of its register.
        place = where.get(of.id or "") or where.get(of.document or "")
        page = place.address if place is not None else files.get(of.path)
        return f"{up}{page}" if page is not None else None

    return address


def _pages_of_files(state: Compilation, where: Mapping[str, Place]) -> Mapping[str, str]:
    """The page that shows what a file of readings or of several records holds, by its path in the content."""
    start = length_above(state.model)
    found: dict[str, str] = {}
    kinds = {place.kind for place in where.values()}
    for source in state.sources.files.values():
        kind = state.model.kinds.get(str(source.data.get("type")))
        if kind is not None and kind.where == "record" and kind.key in kinds and "rows" in source.data:
            found[source.rel] = register_page(kind)
    for name, series in state.model.series.items():
        place = where.get(name)
        if place is None or place.kind != MEASUREMENT:
            continue
        for span in series.begins:
            path = span.path[start:]
            # A file with the values of several measurements is shown by none of them alone.
            among_others = path in found
            found[path] = register_page(state.model.kinds[MEASUREMENT]) if among_others else place.address
    return found
