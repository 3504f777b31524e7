"""The sites that content names: each has to be one of those in `ems.yml`, told as SCH001.

Sites have no page and no id of the usual form, so no reference of the graph leads to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems.diagnostics import Anchor, Finding, Route
from mkdocs_ems.model.audits import AuditProgrammeRow, AuditRecord
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.reading import written_indices
from mkdocs_ems.model.scope import Scope
from mkdocs_ems.model.settings import Settings
from mkdocs_ems.model.values import Entry
from mkdocs_ems.model.wording import quoted


def unknown_sites(entries: Iterable[Entry], settings: Settings, near: Nearest) -> Iterator[Finding]:
    """Yield each name of a site that `ems.yml` does not have."""
    known = tuple(site.id for site in settings.sites)
    for entry in entries:
        for site, route in _sites(entry):
            if site in known:
                continue
            meant = near(site, known)
            message = f"{quoted(site)} is not a site" + (f'; did you mean "{meant}"?' if meant else "")
            help_ = f"write one of {', '.join(known)}" if known else "list the site in ems.yml under sites:"
            at = Anchor(entry.anchor.path, (*entry.anchor.route, *route))
            yield Finding(message, at, entry.entity.id, help_, code="SCH001")


def _sites(entry: Entry) -> Iterator[tuple[str, Route]]:
    """Every site that an entity names, and where."""
    if entry.entity.site is not None:
        yield entry.entity.site, ("site",)
    for route, sites in _lists(entry):
        for index, site in zip(written_indices(entry.dropped, route, len(sites)), sites, strict=True):
            yield site, (*route, index)


def _lists(entry: Entry) -> Iterator[tuple[Route, tuple[str, ...]]]:
    """Every list of sites in an entity."""
    match entry.entity:
        case Scope() as scope:
            yield ("sites",), scope.sites
            yield from _each(entry, "exclusions", [one.sites for one in scope.exclusions])
        case AuditRecord() as audit:
            yield ("sites",), audit.sites
        case AuditProgrammeRow() as programme:
            yield from _each(entry, "planned", [one.sites for one in programme.planned])


def _each(entry: Entry, name: str, lists: list[tuple[str, ...]]) -> Iterator[tuple[Route, tuple[str, ...]]]:
    places = written_indices(entry.dropped, (name,), len(lists))
    for index, sites in zip(places, lists, strict=True):
        yield (name, index, "sites"), sites
