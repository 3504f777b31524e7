"""The document register as rows and CSV: one for each document, or one for each issue.

States, issues and dates come from document control as it derived them; this module
only arranges. Cells that a spreadsheet would take for a formula are disarmed. Labels
and titles of old issues are read at first use: ask while the repository is open.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mkdocs_ems.control import (
    Act,
    ControlState,
    DocumentControl,
    Fault,
    Interim,
    Issue,
    Level,
    Meaning,
    Pending,
    Person,
)
from mkdocs_ems.control.journal import Counted
from mkdocs_ems.control.periods import interim_end, interim_last, issue_last, issue_state
from mkdocs_ems.text import plural

Cell = str | int | bool | date | None
"""What stands in a column: typed, so that a spreadsheet can sort and count it."""

COLUMNS = (
    "id",
    "number",
    "kind",
    "type",
    "title",
    "path",
    "owner",
    "state",
    "issue",
    "issue_label",
    "level",
    "segregation",
    "effective_from",
    "review_due",
    "pending",
    "approved",
    "last_confirmed",
    "interim_until",
    "withdrawn_from",
    "pending_since",
    "waits_for",
    "suspended_issue",
)

ISSUE_COLUMNS = (
    "id",
    "title",
    "type",
    "issue",
    "issue_label",
    "state",
    "effective_from",
    "effective_to",
    "level",
    "segregation",
    "editorial",
    "valid_until",
    "authors",
    "landed_on",
    "approved_on",
    "approved",
    "confirmed",
    "withdrawn",
    "summary",
    "doubts",
    "event",
    "completed",
    "path",
    "manifest",
    "last_day",
    "reviewed",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def register_rows(control: ControlState) -> tuple[Mapping[str, Cell], ...]:
    """One row for each controlled document, by id; the keys are `COLUMNS`."""
    return tuple(_row(document) for document in control.documents.values())


def issue_rows(control: ControlState) -> tuple[Mapping[str, Cell], ...]:
    """One row for each issue, interim approval and draft of each document; the keys are `ISSUE_COLUMNS`."""
    told = reviews(control)
    every = control.documents.values()
    return tuple(row for document in every for row in document_rows(document, told.get(document.id, ())))


def reviews(control: ControlState) -> Mapping[str, tuple[Act, ...]]:
    """All reviews that ever counted, by document: those of former contents too."""
    found: dict[str, tuple[Act, ...]] = {}
    for step in control.journal:
        if isinstance(step, Counted) and step.act.meaning is Meaning.REVIEW:
            found[step.document] = (*found.get(step.document, ()), step.act)
    return found


def document_rows(document: DocumentControl, reviewed: Iterable[Act] = ()) -> Iterator[Mapping[str, Cell]]:
    """The issues of one document in order, then interim approvals, then what waits.

    Args:
        document: the document.
        reviewed: reviews that it ever had, besides those of what has landed last.
    """
    acts = tuple(dict.fromkeys((*reviewed, *document.reviews)))
    for issue in document.issues:
        yield _issue(document, issue, acts)
    for interim in document.interims:
        yield _interim(document, interim)
    if document.pending and document.pending.content:
        yield _draft(document, document.pending, acts)


def _row(document: DocumentControl) -> dict[str, Cell]:
    issue, interim, pending = document.in_force, document.interim, document.pending
    standing = interim or issue
    approvals = (interim.act,) if interim else issue.approvals if issue else ()
    level = interim.act.level if interim else issue.level if issue else Level.DRAFT
    return {
        "id": document.id,
        "number": document.number,
        "kind": document.kind,
        "type": document.type,
        "title": document.title,
        "path": document.path,
        "owner": document.owner,
        "state": document.state.value,
        "issue": issue.number if issue and not interim else None,
        "issue_label": issue.label if issue and not interim else None,
        "level": level.word,
        "segregation": segregation(standing) if standing else None,
        "effective_from": interim.valid_from if interim else issue.effective_from if issue else None,
        "review_due": document.review_due,
        "pending": pending.missing if pending else None,
        "approved": _sentences(approvals) or _adopted(issue),
        "last_confirmed": document.last_confirmed,
        "interim_until": interim_last(interim) if interim else None,
        "withdrawn_from": document.withdrawn_from,
        "pending_since": pending.waits_since if pending else None,
        "waits_for": waits_for(pending) if pending else None,
        "suspended_issue": issue.number if issue and interim else None,
    }


def _issue(document: DocumentControl, issue: Issue, reviewed: Iterable[Act]) -> dict[str, Cell]:
    acts = {
        name: _sentences(act for act in done if act.issue == issue.number)
        for name, done in (("confirmed", document.confirmations), ("withdrawn", document.withdrawals))
    }
    return {
        "id": document.id,
        "title": issue.title,
        "type": document.type,
        "issue": issue.number,
        "issue_label": issue.label,
        "state": issue_state(issue, document),
        "effective_from": issue.effective_from,
        "effective_to": issue.effective_to,
        "level": issue.level.word,
        "segregation": segregation(issue),
        "editorial": issue.editorial,
        "valid_until": None,
        "authors": _names(issue.authors),
        "landed_on": issue.event.date.date(),
        "approved_on": issue.approved_on.date(),
        "approved": _sentences(issue.approvals) or _adopted(issue),
        "confirmed": acts["confirmed"],
        "withdrawn": acts["withdrawn"],
        "summary": issue.summary,
        "doubts": _doubts(issue.faults),
        "event": issue.event.commit.id,
        "completed": issue.completed.commit.id if issue.completed else None,
        "path": issue.content.path,
        "manifest": issue.manifest.main,
        "last_day": issue_last(issue),
        "reviewed": _sentences(act for act in reviewed if act.issue == issue.number),
    }


def _interim(document: DocumentControl, interim: Interim) -> dict[str, Cell]:
    return {
        **dict.fromkeys(ISSUE_COLUMNS),
        "id": document.id,
        "title": document.title,
        "type": document.type,
        "state": interim.state.value,
        "effective_from": interim.valid_from,
        "effective_to": interim_end(interim),
        "level": interim.act.level.word,
        "editorial": False,
        "valid_until": interim.valid_until,
        "landed_on": interim.event.date.date(),
        "segregation": interim.segregation.value if interim.segregation else None,
        "authors": _names(interim.authors),
        "approved_on": interim.approved.date.date() if interim.approved else None,
        "approved": _sentences((interim.act,)),
        "summary": interim.summary or interim.event.commit.subject,
        "event": interim.event.commit.id,
        "completed": interim.act.event,
        "path": interim.content.path,
        "manifest": interim.manifest.main,
        "last_day": interim_last(interim) if interim_last(interim) >= interim.valid_from else None,
    }


def _draft(document: DocumentControl, pending: Pending, reviewed: Iterable[Act]) -> dict[str, Cell]:
    assert pending.content is not None, "a deletion has no content to list"
    return {
        **dict.fromkeys(ISSUE_COLUMNS),
        "id": document.id,
        "title": document.title,
        "type": document.type,
        "state": "draft",
        "level": "draft",
        "editorial": False,
        "authors": _names(pending.authors),
        "landed_on": None if pending.event.proposed else pending.event.date.date(),
        "approved": _sentences(pending.acts),
        "summary": pending.event.commit.subject,
        "doubts": _doubts(pending.faults),
        "event": pending.event.commit.id,
        "path": pending.content.path,
        "reviewed": _sentences(act for act in reviewed if act.issue == document.next_issue),
    }


def register_csv(control: ControlState, *, issues: bool = False) -> str:
    """The register as CSV with a header line, a row for each document or for each issue; no live formula."""
    columns, rows = (ISSUE_COLUMNS, issue_rows(control)) if issues else (COLUMNS, register_rows(control))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return out.getvalue()


def _cell(value: Cell) -> str | int:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case str() if value.startswith(_FORMULA):
            return f"'{value}"
        case _:
            return value


def segregation(issue: Issue | Interim) -> str | None:
    """How author and approver are known to be two persons; None where it was adopted."""
    return issue.segregation.value if issue.segregation else None


def person_name(person: Person) -> str:
    """A person as lists name them: the name, and the id or address that tells them apart."""
    return f"{person.name} ({person.id or person.mail})"


def waits_for(pending: Pending) -> str:
    """How many approvals are missing, by whom: `1 approval by ROL-MD: Ada Wren (PER-001)`."""
    said = []
    for one in pending.waits_for:
        who = _names(one.candidates) or "nobody is free to approve"
        said.append(f"{plural(one.persons, 'approval')} by {' or '.join(one.roles)}: {who}")
    return "; ".join(said)


def act_sentence(act: Act) -> str:
    """Who, when, how we know."""
    return act.sentence or f"{act.meaning.value} by {person_name(act.person)}, {act.level.word}"


def _sentences(acts: Iterable[Act]) -> str | None:
    return " ".join(act_sentence(act) for act in acts) or None


def _adopted(issue: Issue | None) -> str | None:
    return "Taken over as approved when the system was adopted." if issue else None


def _names(persons: Iterable[Person]) -> str | None:
    return ", ".join(map(person_name, persons)) or None


def _doubts(faults: Iterable[Fault]) -> str | None:
    return "; ".join(dict.fromkeys(fault.words for fault in faults)) or None
