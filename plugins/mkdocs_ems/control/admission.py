"""What a record may ask for at all: a later date, an interim approval, an editorial change.

Rules, persons and roles admit none of these. Knows neither who may approve nor whether the
evidence holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from mkdocs_ems.control.approved_contents import Approved
from mkdocs_ems.control.authority import Directory, Rules
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.interim import refused
from mkdocs_ems.control.readings import Readings
from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.control.rules_in_force import RULES_TYPES
from mkdocs_ems.control.terms import FaultReason, Meaning
from mkdocs_ems.control.values import Content, Issue


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
    before = next((one for one in reversed(dossier.issues) if one is not dossier.approved), None)
    return why_not_editorial(
        dossier.id,
        before,
        dossier.content,
        types=dossier.types,
        directory=rules.directory,
        read=readings.reader.one,
    )


def why_not_editorial(  # noqa: PLR0913 - two contents, and all that their comparison depends on
    identity: str,
    before: Approved | Issue | None,
    after: Content | None,
    *,
    types: Iterable[str],
    directory: Directory,
    read: Callable[[str], bytes],
) -> str | None:
    """Why the change to a content cannot be approved as editorial; None where it can.

    Args:
        identity: the document's id.
        before: its last issue before the content, if it has any.
        after: the content; None where the file is gone.
        types: the types whose rows of the matrix apply to it.
        directory: the approved persons and roles, whose names no editorial change touches.
        read: gives the bytes of a blob.

    Returns:
        A sentence without its full stop.
    """
    if any(kind in RULES_TYPES for kind in types):
        return "no change of rules, persons and roles is editorial: they decide who may approve"
    if before is None or after is None:
        return f"{identity} has no issue before this one that it could be compared with"
    # Brings patterns and lists of words that few histories need.
    from mkdocs_ems.control.editorial import Texts, beyond_words  # noqa: PLC0415

    def texts(content: Content) -> Texts:
        parts = tuple((part.target, part.blob) for part in content.parts)
        return Texts(path=content.path, main=read(content.blob), parts=parts)

    why = beyond_words(
        texts(before.content), texts(after), names=directory.role_names, persons=directory.person_names
    )
    return f"against issue {before.number} {why}" if why is not None else None
