"""The document register and histories of documents as JSON: `docs/schemas/register.schema.json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from mkdocs_ems.compile import Controlled
from mkdocs_ems.control import Act, Content, DocumentControl, Fault, Interim, Issue, Manifest, Pending
from mkdocs_ems.control.periods import interim_end, issue_state
from mkdocs_ems.exports.register import (
    act_sentence,
    document_rows,
    person_name,
    register_rows,
    reviews,
    segregation,
)

JSON_VERSION = 1


def register_json(state: Controlled, *, issues: bool) -> str:
    """The register as JSON; `issues` adds every issue, interim approval and draft."""
    documents: list[dict[str, object]] = []
    reviewed = reviews(state.control) if issues else {}
    for document, row in zip(state.control.documents.values(), register_rows(state.control), strict=True):
        entry: dict[str, object] = {key: _plain(value) for key, value in row.items()}
        if issues:
            entry |= document_json(document, reviewed.get(document.id, ()))
        documents.append(entry)
    return dumped({**heading(state), "documents": documents})


def heading(state: Controlled) -> dict[str, object]:
    """What every answer says of the state that it speaks of."""
    return {
        "version": JSON_VERSION,
        "ref": state.snapshot.ref,
        "commit": state.snapshot.commit,
        "as_of": state.as_of.isoformat(),
        "trust_root": state.control.trust_root,
    }


def dumped(data: object) -> str:
    """JSON as it leaves: ASCII, two spaces, a line feed at the end."""
    return json.dumps(data, ensure_ascii=True, indent=2) + "\n"


def document_json(document: DocumentControl, reviewed: Iterable[Act] = ()) -> dict[str, object]:
    """All issues, interim approvals and drafts of a document, and the acts that make none.

    Args:
        document: the document.
        reviewed: reviews that it ever had, besides those of what has landed last.
    """
    listed: list[dict[str, object]] = [_issue(issue, document) for issue in document.issues]
    listed += [_interim(interim) for interim in document.interims]
    if document.pending and document.pending.content:
        listed.append(_draft(document.pending, document.pending.content))
    for entry, row in zip(listed, document_rows(document), strict=True):
        entry["title"] = row["title"]
    return {
        "issues": listed,
        "reviews": [_act(act) for act in dict.fromkeys((*reviewed, *document.reviews))],
        "confirmations": [_act(act) for act in document.confirmations],
        "withdrawals": [_act(act) for act in document.withdrawals],
        "faults": [_fault(fault) for fault in document.faults],
    }


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _issue(issue: Issue, document: DocumentControl) -> dict[str, object]:
    return {
        "issue": issue.number,
        "issue_label": issue.label,
        "state": issue_state(issue, document),
        "event": issue.event.commit.id,
        "date": issue.event.date.isoformat(),
        **_content(issue.content, issue.manifest),
        "authors": [person_name(author) for author in issue.authors],
        "segregation": segregation(issue),
        "level": issue.level.word,
        "approvals": [_act(act) for act in issue.approvals],
        "approved_on": issue.approved_on.isoformat(),
        "completed": issue.completed.commit.id if issue.completed else None,
        "effective_from": issue.effective_from.isoformat(),
        "effective_to": _plain(issue.effective_to),
        "editorial": issue.editorial,
        "valid_until": None,
        "summary": issue.summary,
        "faults": [_fault(fault) for fault in issue.faults],
    }


def _interim(interim: Interim) -> dict[str, object]:
    return {
        "issue": None,
        "issue_label": None,
        "state": interim.state.value,
        "event": interim.event.commit.id,
        "date": interim.event.date.isoformat(),
        **_content(interim.content, interim.manifest),
        "authors": [person_name(author) for author in interim.authors],
        "segregation": interim.segregation.value if interim.segregation else None,
        "level": interim.act.level.word,
        "approvals": [_act(interim.act)],
        "approved_on": interim.approved.date.isoformat() if interim.approved else None,
        "completed": interim.act.event,
        "effective_from": interim.valid_from.isoformat(),
        "effective_to": interim_end(interim).isoformat(),
        "editorial": False,
        "valid_until": interim.valid_until.isoformat(),
        "summary": interim.summary or interim.event.commit.subject,
        "faults": [],
    }


def _draft(pending: Pending, content: Content) -> dict[str, object]:
    return {
        "issue": None,
        "issue_label": None,
        "state": "draft",
        "event": pending.event.commit.id,
        "date": pending.event.date.isoformat(),
        **_content(content, None),
        "authors": [person_name(author) for author in pending.authors],
        "segregation": None,
        "level": "draft",
        "approvals": [_act(act) for act in pending.acts],
        "approved_on": None,
        "completed": None,
        "effective_from": None,
        "effective_to": None,
        "editorial": False,
        "valid_until": None,
        "summary": pending.event.commit.subject,
        "faults": [_fault(fault) for fault in pending.faults],
    }


def _content(content: Content, manifest: Manifest | None) -> dict[str, object]:
    said = {"main": manifest.main, "parts": dict(manifest.parts)} if manifest else None
    return {"path": content.path, "blob": content.blob, "manifest": said}


def _act(act: Act) -> dict[str, object]:
    return {
        "principal": act.principal,
        "person": act.person.id,
        "role": act.role,
        "deputy_for": act.deputy_for,
        "meaning": act.meaning.value,
        "issue": act.issue,
        "date": act.done.isoformat(),
        "level": act.level.word,
        "evidence": act.evidence,
        "event": act.event,
        "key": act.key or None,
        "review": act.review or None,
        "effective_from": _plain(act.effective_from),
        "valid_until": _plain(act.valid_until),
        "editorial": act.editorial,
        "reason": act.reason or None,
        "sentence": act_sentence(act),
    }


def _fault(fault: Fault) -> dict[str, object]:
    return {
        "reason": fault.reason.value,
        "words": fault.words,
        "event": fault.event,
        "path": fault.path,
        "person": fault.person,
    }
