"""The document register as rows, CSV and JSON.

States, issues and dates come from document control as it derived them; this module
only arranges. Cells that a spreadsheet would take for a formula are disarmed.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import Act, ControlState, DocumentControl, Issue, Pending, Person

JSON_VERSION = 1

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
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def register_rows(control: ControlState) -> tuple[Mapping[str, str | int | None], ...]:
    """One row for each controlled document, by id; the keys are `COLUMNS`."""
    return tuple(_row(document) for document in control.documents.values())


def _row(document: DocumentControl) -> dict[str, str | int | None]:
    issue = document.in_force
    return {
        "id": document.id,
        "number": document.number,
        "kind": document.kind,
        "type": document.type,
        "title": document.title,
        "path": document.path,
        "owner": document.owner,
        "state": document.state.value,
        "issue": issue.number if issue else None,
        "issue_label": issue.label if issue else None,
        "level": issue.level.word if issue else "draft",
        "segregation": _segregation(issue) if issue else None,
        "effective_from": issue.effective_from.isoformat() if issue else None,
        "review_due": document.review_due.isoformat() if document.review_due else None,
        "pending": document.pending.missing if document.pending else None,
    }


def register_csv(control: ControlState) -> str:
    """The register as CSV with a header line; no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in register_rows(control):
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return out.getvalue()


def _cell(value: str | int | None) -> str | int:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def register_json(compilation: Compilation, control: ControlState, *, issues: bool) -> str:
    """The register as JSON (`docs/schemas/register.schema.json`); `issues` adds every issue."""
    documents: list[dict[str, object]] = []
    for document, row in zip(control.documents.values(), register_rows(control), strict=True):
        entry: dict[str, object] = dict(row)
        if issues:
            listed = [_issue(issue) for issue in document.issues]
            if document.pending and document.pending.content:
                listed.append(_draft(document.pending))
            entry["issues"] = listed
        documents.append(entry)
    data = {
        "version": JSON_VERSION,
        "ref": compilation.snapshot.ref,
        "commit": compilation.snapshot.commit,
        "as_of": compilation.as_of.isoformat(),
        "trust_root": control.trust_root,
        "documents": documents,
    }
    return json.dumps(data, ensure_ascii=True, indent=2) + "\n"


def _issue(issue: Issue) -> dict[str, object]:
    return {
        "issue": issue.number,
        "state": issue.state.value,
        "event": issue.event.commit.id,
        "date": issue.event.date.isoformat(),
        "path": issue.content.path,
        "blob": issue.content.blob,
        "manifest": {"main": issue.manifest.main, "parts": dict(issue.manifest.parts)},
        "authors": [person_name(author) for author in issue.authors],
        "segregation": _segregation(issue),
        "level": issue.level.word,
        "approvals": [_act(act) for act in issue.approvals],
        "effective_from": issue.effective_from.isoformat(),
        "summary": issue.summary,
    }


def _draft(pending: Pending) -> dict[str, object]:
    assert pending.content is not None, "a deletion has no content to list"
    return {
        "issue": None,
        "state": "draft",
        "event": pending.event.commit.id,
        "date": pending.event.date.isoformat(),
        "path": pending.content.path,
        "blob": pending.content.blob,
        "manifest": None,
        "authors": [person_name(author) for author in pending.authors],
        "segregation": None,
        "level": "draft",
        "approvals": [_act(act) for act in pending.acts],
        "effective_from": None,
        "summary": pending.event.commit.subject,
    }


def _segregation(issue: Issue) -> str | None:
    return issue.segregation.value if issue.segregation else None


def person_name(person: Person) -> str:
    """A person as lists name them: the name, and the id or address that tells them apart."""
    return f"{person.name} ({person.id or person.mail})"


def _act(act: Act) -> dict[str, object]:
    return {
        "principal": act.principal,
        "person": act.person.id,
        "role": act.role,
        "meaning": act.meaning.value,
        "date": act.done.isoformat(),
        "level": act.level.word,
        "evidence": act.evidence,
    }
