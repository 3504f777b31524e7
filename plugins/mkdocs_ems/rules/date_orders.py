"""Which of two dates cannot lie after the other, kind by kind. Judges nothing: a rule compares them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple, TypeVar

from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model import (
    ActionRow,
    AuditProgrammeRow,
    AuditRecord,
    CommunicationRecord,
    Entry,
    ManagementReviewRecord,
    NonconformityRow,
    ObjectiveRow,
    ObligationRow,
    PersonRow,
    Record,
    RoleRow,
    TrainingRecord,
)
from mkdocs_ems.model.reading import written_indices

_Part = TypeVar("_Part")


class Order(NamedTuple):
    """Two dates of which the first must not lie after the second; the fault is told at a route."""

    first: date | None
    second: date | None
    words: str
    """The fault, with ⟨1⟩ and ⟨2⟩ for the dates: plain marks, since a user's words stand in it."""
    route: Route


def orders(entry: Entry) -> Iterator[Order]:
    """What cannot come before what."""
    match entity := entry.entity:
        case ObligationRow():
            words = "`valid_to` ⟨2⟩ lies before `effective_from` ⟨1⟩"
            yield Order(entity.effective_from, entity.valid_to, words, ("valid_to",))
        case PersonRow() | RoleRow():
            yield from _held(entry)
        case ObjectiveRow():
            yield from _steps(entry, entity)
        case ActionRow():
            judged = entity.effectiveness and entity.effectiveness.date
            words = "it was judged on ⟨2⟩ whether it worked, before it was done on ⟨1⟩"
            yield Order(entity.done_on, judged or None, words, ("effectiveness", "date"))
        case NonconformityRow():
            yield from _since_detected(entity)
        case AuditProgrammeRow():
            words = "its cycle ends on ⟨2⟩, before it begins on ⟨1⟩"
            yield Order(entity.cycle_from, entity.cycle_to, words, ("cycle_to",))
        case Record():
            yield from _of_record(entity)


def _held(entry: Entry) -> Iterator[Order]:
    """The roles that a person holds, and the times of a role's deputies."""
    match entry.entity:
        case PersonRow() as person:
            for at, held in each_part(entry, "roles", person.roles):
                words = f"{held.role} is held to ⟨2⟩, but only from ⟨1⟩"
                yield Order(held.from_, held.to, words, ("roles", at, "to"))
        case RoleRow() as role:
            for at, deputy in each_part(entry, "deputies", role.deputies):
                words = f"{deputy.person} stands in to ⟨2⟩, but only from ⟨1⟩"
                yield Order(deputy.from_, deputy.to, words, ("deputies", at, "to"))


def _of_record(record: Record) -> Iterator[Order]:
    words = "it covers the time to ⟨2⟩, but only from ⟨1⟩"
    yield Order(record.period_start, record.period_end, words, ("period_end",))
    match record:
        case AuditRecord():
            words = "it was reported on ⟨2⟩, before it was over on ⟨1⟩"
            yield Order(record.ended, record.reported_on, words, ("reported_on",))
        case ManagementReviewRecord():
            approved = record.approved.on if record.approved else None
            yield Order(
                record.held, approved, "it was approved on ⟨2⟩, before it was held on ⟨1⟩", ("approved", "on")
            )
        case TrainingRecord():
            yield from _of_training(record)
        case CommunicationRecord():
            words = "it was answered on ⟨2⟩, before it came in on ⟨1⟩"
            yield Order(record.date, record.responded_on, words, ("responded_on",))


def _of_training(training: TrainingRecord) -> Iterator[Order]:
    held = training.date or training.period_end
    yield Order(held, training.valid_to, "it holds to ⟨2⟩, and was held on ⟨1⟩", ("valid_to",))
    judged = training.effectiveness.date if training.effectiveness else None
    words = "it was judged on ⟨2⟩ whether it worked, before it was held on ⟨1⟩"
    yield Order(held, judged, words, ("effectiveness", "date"))


def _since_detected(fault: NonconformityRow) -> Iterator[Order]:
    corrected = fault.correction and fault.correction.date
    judged = fault.effectiveness and fault.effectiveness.date
    for day, words, route in (
        (corrected, "corrected on", ("correction", "date")),
        (judged, "judged for effect on", ("effectiveness", "date")),
        (fault.response_due, "to be answered by", ("response_due",)),
        (fault.closed_on, "closed on", ("closed_on",)),
    ):
        said = f"it was {words} ⟨2⟩, before it came to light on ⟨1⟩"
        yield Order(fault.detected_on, day or None, said, route)


def _steps(entry: Entry, objective: ObjectiveRow) -> Iterator[Order]:
    target = objective.target.date if objective.target else None
    before: date | None = None
    for at, step in each_part(entry, "interim_targets", objective.interim_targets):
        route = ("interim_targets", at, "date")
        yield Order(before, step.date, "the interim target of ⟨2⟩ stands after that of ⟨1⟩", route)
        yield Order(step.date, target, "the interim target of ⟨1⟩ lies after the target of ⟨2⟩", route)
        before = step.date


def each_part(entry: Entry, field: str, parts: tuple[_Part, ...]) -> Iterator[tuple[int, _Part]]:
    """The parts of a list, each with its place as it is written."""
    if not parts:
        return iter(())
    return zip(written_indices(entry.dropped, (field,), len(parts)), parts, strict=True)
