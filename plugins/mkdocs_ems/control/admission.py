"""What a record may ask for at all: a later date, an interim approval, an editorial change.

Rules, persons and roles admit none of these. Knows neither who may approve nor whether the
evidence holds.
"""

from __future__ import annotations

from datetime import date

from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.interim import refused
from mkdocs_ems.control.readings import Readings
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.control.rules_in_force import RULES_TYPES
from mkdocs_ems.control.values import Content, FaultReason, Meaning


def inadmissible(
    record: ApprovalRecord, dossier: Dossier, day: date, *, rules: Rules, readings: Readings
) -> tuple[FaultReason, str] | None:
    """Why a record that is bound to a content cannot have what it asks for; None where it can.

    Args:
        record: the record.
        dossier: its document.
        day: the day of the event that landed it.
        rules: the rules in force before the event.
        readings: where texts come from.
    """
    deciding = any(kind in RULES_TYPES for kind in dossier.types)
    if deciding and record.effective_from is not None and record.effective_from > day:
        told = "rules, persons and roles come into force on the day of their approval, never later"
        return FaultReason.LATER_DATE_REFUSED, told
    why = _no_interim(record, dossier, day)
    if why is not None:
        return FaultReason.INTERIM_REFUSED, why
    why = _no_editorial(record, dossier, rules=rules, readings=readings)
    return (FaultReason.EDITORIAL_REFUSED, why) if why is not None else None


def _no_interim(record: ApprovalRecord, dossier: Dossier, day: date) -> str | None:
    if record.meaning is Meaning.INTERIM:
        return refused(record, dossier, day)
    if record.valid_until is not None:
        return f"only an interim approval ends on a day, and this is a record of {record.meaning.value}"
    return None


def _no_editorial(
    record: ApprovalRecord, dossier: Dossier, *, rules: Rules, readings: Readings
) -> str | None:
    if record.change is None:
        return None
    if record.meaning not in (Meaning.APPROVAL, Meaning.REVIEW):
        said = record.meaning.value
        return f"a change is called editorial where it is approved, and this is a record of {said}"
    if any(kind in RULES_TYPES for kind in dossier.types):
        return "no change of rules, persons and roles is editorial: they decide who may approve"
    before = next((one for one in reversed(dossier.issues) if one is not dossier.approved), None)
    if before is None or dossier.content is None:
        return f"{dossier.id} has no issue before this one that it could be compared with"
    # Brings patterns and lists of words that few histories need.
    from mkdocs_ems.control.editorial import Texts, beyond_words  # noqa: PLC0415

    def texts(content: Content) -> Texts:
        return Texts(
            path=content.path,
            main=readings.reader.one(content.blob),
            parts=tuple((part.target, part.blob) for part in content.parts),
        )

    why = beyond_words(
        texts(before.content),
        texts(dossier.content),
        names=rules.directory.role_names,
        persons=rules.directory.person_names,
    )
    return f"against issue {before.number} {why}" if why is not None else None
