"""Who needs which competence, who holds it, and until when (7.2).

A role needs what it names in `competences`, and every competence that names it in
`required_by_roles`; whoever acts in a role, as its holder or as a deputy, needs what the role
needs. What somebody has is told by the records of training: one that was passed gives the
competence, from its day until `valid_to`, else as long as the competence is valid; one that was
failed, or was found to have had no effect, ends what was held before. Being there is no proof.

Nothing here judges: rules and the matrix of the manual read the same values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import cast

from mkdocs_ems import dataclass
from mkdocs_ems.model.competences import CompetenceRow
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.model.organisation import PersonRow, RoleRow
from mkdocs_ems.model.shapes import Entity
from mkdocs_ems.model.training import TrainingRecord
from mkdocs_ems.model.values import Entry, Model


class CompetenceState(StrEnum):
    """Where somebody stands with a competence on a day."""

    HELD = "held"
    EXPIRED = "expired"
    PLANNED = "planned"
    """Not held, and a training is planned."""
    MISSING = "missing"
    NOT_REQUIRED = "not required"


@dataclass(frozen=True, slots=True)
class Holding:
    """One cell of the matrix: a person and a competence."""

    person: str
    competence: str
    state: CompetenceState
    roles: tuple[str, ...] = ()
    """The roles for which the person needs it; none where it is held without being needed."""
    until: date | None = None
    """The last day that it holds, or held; None where it holds for good, or was never held."""
    record: Entry | None = None
    """The record by which it is held, ran out, or was not reached."""
    planned: Entry | None = None
    """The record of the training that is planned."""
    planned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a record of training says about one person and one competence."""

    day: date
    entry: Entry
    passed: bool
    until: date | None
    """The last day that it holds; None for good."""

    def holds(self, day: date) -> bool:
        """Whether the competence is held by it on a day, as far as it goes."""
        return self.passed and self.day <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who needs what, and has it: person by competence."""

    as_of: date
    required: Mapping[str, tuple[str, ...]]
    """The competences that each role needs, by the role's id."""
    holdings: Mapping[tuple[str, str], Holding]
    """What is needed or held, by person and competence; all else is not required."""
    proofs: Mapping[tuple[str, str], tuple[Proof, ...]] = field(repr=False)
    """What was shown, by person and competence, in the order of days."""

    def holding(self, person: str, competence: str) -> Holding:
        """The cell of a person and a competence."""
        found = self.holdings.get((person, competence))
        return found or Holding(person, competence, CompetenceState.NOT_REQUIRED)

    def by_person(self) -> Mapping[str, tuple[Holding, ...]]:
        """The rows of the matrix: everything that each person needs or holds, by person and competence."""
        found: defaultdict[str, list[Holding]] = defaultdict(list)
        for (person, _), one in self.holdings.items():
            found[person].append(one)
        return {person: tuple(ones) for person, ones in found.items()}

    def held_on(self, person: str, competence: str, day: date) -> bool:
        """Whether a person held a competence on some day."""
        best = _best(self.proofs.get((person, competence), ()), day)
        return best is not None and best.holds(day)


def required_competences(model: Model) -> Mapping[str, tuple[str, ...]]:
    """The competences in use that each role needs, by the role's id, in the order of the content."""
    rows = _competences(model)
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entry in model.entries:
        if isinstance(entry.entity, RoleRow) and entry.entity.id:
            for one in entry.entity.competences:
                if one in rows:
                    found[entry.entity.id][one] = None
    for identity, row in rows.items():
        for role in row.required_by_roles:
            found[role][identity] = None
    return {role: tuple(ones) for role, ones in found.items()}


def competence_matrix(model: Model, *, holders: Mapping[str, Iterable[str]], as_of: date) -> Matrix:
    """Work out the whole matrix for a day.

    Args:
        model: everything written.
        holders: who acts in each role on that day, by the role's id.
        as_of: the day.
    """
    required = required_competences(model)
    proofs, plans = _shown(model, {person for people in holders.values() for person in people})
    needs: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for role, competences in required.items():
        for person in holders.get(role, ()):
            for one in competences:
                needs[person, one].append(role)
    cells = {
        key: holding
        for key in sorted({*needs, *proofs})
        for holding in (
            _cell(key, tuple(needs.get(key, ())), proofs.get(key, ()), plans.get(key, ()), as_of),
        )
        if holding.roles or holding.state is CompetenceState.HELD
    }
    return Matrix(as_of, required, cells, proofs)


def _competences(model: Model) -> Mapping[str, CompetenceRow]:
    """Every competence in use, by its id."""
    return {
        identity: entry.entity
        for identity, entry in model.by_id.items()
        if isinstance(entry.entity, CompetenceRow) and entry.entity.status not in ("withdrawn", "planned")
    }


_Key = tuple[str, str]


def _shown(
    model: Model, holders: Collection[str]
) -> tuple[Mapping[_Key, tuple[Proof, ...]], Mapping[_Key, tuple[Entry, ...]]]:
    """What records show, in the order of days, and what is planned, by person and competence.

    Only of people and competences that there are: each that is named and is not has its own finding.
    """
    people = {*_ids(model, PersonRow), *holders}
    competences = set(_ids(model, CompetenceRow))
    proofs: defaultdict[_Key, list[Proof]] = defaultdict(list)
    plans: defaultdict[_Key, list[Entry]] = defaultdict(list)
    for entry in model.entries:
        if isinstance(entry.entity, TrainingRecord):
            attended = [one for one in dict.fromkeys(entry.entity.people) if one in people]
            for one in dict.fromkeys(entry.entity.competences) if attended else ():
                for person, proof in _proofs(entry, one, model, attended) if one in competences else ():
                    if proof is not None:
                        proofs[person, one].append(proof)
                    else:
                        plans[person, one].append(entry)
    ordered = {key: tuple(sorted(ones, key=lambda one: one.day)) for key, ones in proofs.items()}
    return ordered, {key: tuple(ones) for key, ones in plans.items()}


def _ids(model: Model, kind: type[Entity]) -> Iterator[str]:
    return (identity for identity, entry in model.by_id.items() if isinstance(entry.entity, kind))


def _proofs(
    entry: Entry, competence: str, model: Model, attended: Iterable[str]
) -> Iterator[tuple[str, Proof | None]]:
    """What a record shows for each person; None where it is planned."""
    record = cast("TrainingRecord", entry.entity)
    day, effect = record.date or record.period_end, record.effectiveness
    useless = effect is not None and effect.result == "not-effective"
    worked = effect is not None and effect.result == "effective"
    if day is not None and record.result not in ("passed", "failed") and not (worked or useless):
        return
    until = _until(record, competence, day, model) if day is not None else None
    failed = frozenset(record.failed)
    for person in attended:
        if day is None:
            yield person, None
            continue
        passed = not useless and record.result != "failed" and person not in failed
        yield person, Proof(day, entry, passed, until)


def _until(record: TrainingRecord, competence: str, day: date, model: Model) -> date | None:
    """The last day that a competence holds after a record; None for good."""
    if record.valid_to is not None:
        return record.valid_to
    entry = model.by_id.get(competence)
    months = entry.entity.validity_months if entry and isinstance(entry.entity, CompetenceRow) else None
    return None if months is None else _after(months, day)


@lru_cache(maxsize=4096)
def _after(months: int, day: date) -> date:
    # A year of sessions has few days, and the calendar is slow to ask.
    return Interval(months, 0).after(day)


def _best(proofs: Iterable[Proof], day: date) -> Proof | None:
    """The proof that decides on a day: of those since the last failure the one that reaches furthest."""
    best: Proof | None = None
    for one in proofs:
        if one.day > day:
            break
        if best is None or not one.passed or not best.passed or _reach(one) >= _reach(best):
            best = one
    return best


def _reach(proof: Proof) -> date:
    return proof.until or date.max


def _cell(
    key: _Key, roles: tuple[str, ...], proofs: tuple[Proof, ...], plans: Iterable[Entry], day: date
) -> Holding:
    best = _best(proofs, day)
    ahead = sorted(
        (when, entry.anchor.path, entry.anchor.route, entry)
        for entry in (*plans, *(one.entry for one in proofs if one.day > day))
        for when in (_ahead(cast("TrainingRecord", entry.entity)),)
        if when is not None and when >= day
    )
    planned_on, planned = (ahead[0][0], ahead[0][3]) if ahead else (None, None)
    until = best.until if best is not None and best.passed else None
    if best is not None and best.holds(day):
        state = CompetenceState.HELD
    elif best is not None and best.passed:
        state = CompetenceState.EXPIRED
    elif planned is not None:
        state = CompetenceState.PLANNED
    else:
        state = CompetenceState.MISSING
    return Holding(*key, state, roles, until, best.entry if best else None, planned, planned_on)


def _ahead(record: TrainingRecord) -> date | None:
    """The day for which a training is planned."""
    return record.date or record.planned_on
