"""What the audits of a cycle look at: every clause, process, site and shift, and how far each is.

A subject is done where an internal audit of the cycle has looked at it, planned where only one
that is still to come will, missing where none does. A clause is looked at with the clause above
it. Only clauses of the edition that is asked about count: a number of the other edition names
another topic, so it says nothing here. What an audit's record leaves out stands as it was
planned. Read by the rules on coverage and by the page of it; judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from mkdocs_ems import dataclass
from mkdocs_ems.model.audits import AuditProgrammeRow, AuditRecord, PlannedAudit
from mkdocs_ems.model.clauses import clauses, find_clause
from mkdocs_ems.model.organisation import ProcessRow
from mkdocs_ems.model.periods import read_period
from mkdocs_ems.model.scope import Scope
from mkdocs_ems.model.series import Period
from mkdocs_ems.model.settings import Site
from mkdocs_ems.model.shapes import Entity
from mkdocs_ems.model.values import Model

STANDARD = "iso14001"

Kept = TypeVar("Kept", bound=Entity)


class State(StrEnum):
    """How far something is looked at in a cycle."""

    DONE = "done"
    PLANNED = "planned"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class CycleAudit:
    """One internal audit of a cycle, made or planned, with what it looks at."""

    id: str | None
    title: str
    when: Period | None
    """The days on which it was made, or when it is planned; None where nobody said."""
    state: State
    """`DONE` or `PLANNED`."""
    clauses: frozenset[str]
    """Numbers of clauses without parts, of the edition that is asked about."""
    processes: frozenset[str]
    sites: frozenset[str]
    shifts: frozenset[tuple[str, str]]
    """Each with its site."""
    record: AuditRecord | None
    """Its record, where there is one."""
    planned: PlannedAudit | None
    """What the programme says of it; None where it was not in it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One subject, and the audits of the cycle that look at it."""

    key: str
    """A clause's number, a process's or site's id; of a shift its site's and its name: `NORTH Night`."""
    title: str
    audits: tuple[int, ...]
    """Places of the audits in `Coverage.audits`."""
    state: State


@dataclass(frozen=True, slots=True)
class Coverage:
    """A cycle: its programmes, its audits in order, and a line for each subject."""

    programmes: tuple[AuditProgrammeRow, ...]
    begin: date
    end: date
    edition: str
    audits: tuple[CycleAudit, ...]
    clauses: tuple[Line, ...]
    processes: tuple[Line, ...]
    sites: tuple[Line, ...]
    shifts: tuple[Line, ...]


def coverage(model: Model, *, edition: str, as_of: date) -> Coverage | None:
    """What the audits of the cycle that a day lies in look at; None where no programme covers the day.

    Args:
        model: everything written.
        edition: of ISO 14001, whose clauses are asked about.
        as_of: the day; what is made later is still to come.
    """
    current = tuple(one for one in _each(model, AuditProgrammeRow) if covers(one, as_of))
    if not current:
        return None
    begin = min(one.cycle_from for one in current if one.cycle_from)
    end = max(one.cycle_to for one in current if one.cycle_to)
    places = _Places(_sites_in_scope(model), edition)
    records = {one.id: one for one in _each(model, AuditRecord)}
    ours = {id_: one for id_, one in records.items() if _counts(one)}
    made = {id_: one for id_, one in ours.items() if is_made(one, as_of) and _within(one, begin, end)}
    # What was made by somebody else, or in another cycle, is neither done nor still to come in this one.
    elsewhere = {id_ for id_, one in records.items() if is_made(one, as_of) and id_ not in made}
    planned = [
        one
        for programme in current
        for one in programme.planned
        if is_ours(one.standards) and one.audit not in elsewhere
    ]
    audits = sorted(_audits(planned, made, ours, places), key=_order)
    processes = {one.id: one.name for one in _in_scope(model) if one.id}
    titles = {site.id: site.title for site in places.sites}
    shifts = {(site.id, shift): f"{site.title}, {shift}" for site in places.sites for shift in site.shifts}
    known = {number: clauses(edition)[number].title for number in places.leaves}
    return Coverage(
        programmes=current,
        begin=begin,
        end=end,
        edition=edition,
        audits=tuple(audits),
        clauses=_lines(known, [one.clauses for one in audits], audits),
        processes=_lines(processes, [one.processes for one in audits], audits),
        sites=_lines(titles, [one.sites for one in audits], audits),
        shifts=_lines(
            {" ".join(key): title for key, title in shifts.items()},
            [frozenset(map(" ".join, one.shifts)) for one in audits],
            audits,
        ),
    )


def covers(programme: AuditProgrammeRow, day: date) -> bool:
    """Whether a programme of this standard is in use on a day."""
    begin, end = programme.cycle_from, programme.cycle_to
    if programme.status == "withdrawn" or begin is None or end is None or not is_ours(programme.standards):
        return False
    return begin <= day <= end


def is_made(audit: AuditRecord, as_of: date) -> bool:
    """Whether an audit had been made by the end of a day."""
    return audit.ended is not None and audit.ended <= as_of


def _counts(audit: AuditRecord) -> bool:
    return audit.kind == "internal" and is_ours(audit.standards)


def is_ours(standards: tuple[str, ...]) -> bool:
    """Whether what names these standards is about ISO 14001: it names it, or none at all."""
    return not standards or STANDARD in standards


def _within(audit: AuditRecord, begin: date, end: date) -> bool:
    return audit.ended is not None and begin <= audit.ended <= end


def _each(model: Model, kind: type[Kept]) -> Iterator[Kept]:
    return (entry.entity for entry in model.entries if isinstance(entry.entity, kind))


def _in_scope(model: Model) -> Iterator[ProcessRow]:
    """The processes that run and are in scope."""
    out = {
        process
        for scope in _each(model, Scope)
        if scope.superseded_by is None
        for one in scope.exclusions
        for process in one.processes
    }
    for process in _each(model, ProcessRow):
        if process.status not in ("withdrawn", "planned") and process.id not in out:
            yield process


def _sites_in_scope(model: Model) -> tuple[Site, ...]:
    """The sites that the scope names, or all where it names none, without those it leaves out."""
    scopes = [one for one in _each(model, Scope) if one.superseded_by is None]
    named = {site for scope in scopes for site in scope.sites}
    out = {site for scope in scopes for one in scope.exclusions for site in one.sites}
    every = model.settings.sites
    return tuple(one for one in every if one.id not in out and (not named or one.id in named))


class _Places:
    """What names of clauses, sites and shifts stand for."""

    def __init__(self, sites: tuple[Site, ...], edition: str) -> None:
        self.sites = sites
        self._edition = edition
        known = clauses(edition)
        above = {one.parent for one in known.values()}
        self.leaves = tuple(number for number in known if number not in above)
        self._below: dict[str, frozenset[str]] = {}

    def clauses(self, refs: Iterable[str]) -> frozenset[str]:
        """The clauses without parts that some references stand for, of the edition alone."""
        return frozenset(number for ref in refs for number in self._parts(ref))

    def _parts(self, ref: str) -> frozenset[str]:
        if ref not in self._below:
            clause = find_clause(ref, self._edition)
            # Another standard, or another edition, may use the same number for another topic.
            here = clause is not None and clauses(self._edition).get(clause.number) == clause
            start = f"{clause.number}." if here and clause else None
            self._below[ref] = frozenset(
                number for number in self.leaves if start and f"{number}.".startswith(start)
            )
        return self._below[ref]

    def named(self, sites: Iterable[str]) -> frozenset[str]:
        """Sites by name; where nothing is named and there is only one, that one."""
        found = frozenset(sites)
        return found or (frozenset({self.sites[0].id}) if len(self.sites) == 1 else found)

    def shifts(self, sites: frozenset[str], shifts: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Shifts of these sites by name."""
        wanted = frozenset(shifts)
        return frozenset(
            (site.id, shift)
            for site in self.sites
            if site.id in sites
            for shift in site.shifts
            if shift in wanted
        )


def _audits(
    planned: Iterable[PlannedAudit],
    made: Mapping[str | None, AuditRecord],
    records: Mapping[str | None, AuditRecord],
    places: _Places,
) -> Iterator[CycleAudit]:
    """Every audit of the cycle once: those of the programme, then those made beside it."""
    left = dict(made)
    for plan in planned:
        done = left.pop(plan.audit, None) if plan.audit else None
        if done is not None:
            yield _audit(done, plan, State.DONE, places)
        elif plan.cancelled is None and plan.audit not in made:
            yield _audit(records.get(plan.audit) if plan.audit else None, plan, State.PLANNED, places)
    for record in left.values():
        yield _audit(record, None, State.DONE, places)


def _audit(
    record: AuditRecord | None, plan: PlannedAudit | None, state: State, places: _Places
) -> CycleAudit:
    wrote, meant = record or AuditRecord(), plan or PlannedAudit()
    sites = places.named(wrote.sites or ((wrote.site,) if wrote.site else meant.sites))
    ended = wrote.ended
    when = None
    if state is State.DONE and ended is not None:
        when = Period(min(wrote.period_start or ended, ended), ended, str(ended))
    elif meant.month:
        when = read_period(meant.month)
    return CycleAudit(
        id=wrote.id or meant.audit,
        title=wrote.title or meant.title or wrote.id or meant.audit or "(no title)",
        when=when,
        state=state,
        clauses=places.clauses(wrote.audited_clauses or meant.clauses),
        processes=frozenset(wrote.processes or meant.processes),
        sites=sites,
        shifts=places.shifts(sites, wrote.shifts or meant.shifts),
        record=record,
        planned=plan,
    )


def _order(audit: CycleAudit) -> tuple[date, str]:
    return (audit.when.last if audit.when else date.max, audit.id or "")


def _lines(
    subjects: Mapping[str, str], looked_at: list[frozenset[str]], audits: list[CycleAudit]
) -> tuple[Line, ...]:
    by_subject: dict[str, list[int]] = {key: [] for key in subjects}
    for at, keys in enumerate(looked_at):
        for key in keys:
            if key in by_subject:
                by_subject[key].append(at)
    return tuple(
        Line(key, subjects[key], tuple(places), _state(audits[at].state for at in places))
        for key, places in by_subject.items()
    )


def _state(states: Iterable[State]) -> State:
    found = set(states)
    if State.DONE in found:
        return State.DONE
    return State.PLANNED if found else State.MISSING
