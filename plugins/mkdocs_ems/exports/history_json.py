"""Histories as JSON: `docs/schemas/history.schema.json`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mkdocs_ems.compile import Controlled
from mkdocs_ems.control import DocumentControl
from mkdocs_ems.exports.history import IssueChanges, RowChange
from mkdocs_ems.exports.register import reviews
from mkdocs_ems.exports.register_json import document_json, dumped, heading
from mkdocs_ems.redline import Line


def document_history_json(state: Controlled, document: DocumentControl, changes: IssueChanges | None) -> str:
    """A document's issues, acts and faults; with what one issue changed, where that is asked for."""
    data = {
        **heading(state),
        "id": document.id,
        "kind": document.kind,
        "title": document.title,
        "state": document.state.value,
        **document_json(document, reviews(state.control).get(document.id, ())),
    }
    if changes is not None:
        data["changes"] = _changes(changes)
    return dumped(data)


def row_history_json(state: Controlled, identity: str, changes: Iterable[RowChange]) -> str:
    """What each event did to a row."""
    told = [
        {
            "kind": one.kind,
            "date": one.date.isoformat(),
            "event": one.event,
            "author": one.author,
            "summary": one.summary,
            "path": one.path,
            "fields": [{"field": field.field, "old": field.old, "new": field.new} for field in one.fields],
        }
        for one in changes
    ]
    return dumped({**heading(state), "id": identity, "kind": "row", "events": told})


def _changes(changes: IssueChanges) -> Mapping[str, object]:
    return {
        "issue": changes.issue,
        "against": changes.against,
        "redline": [_line(line) for line in changes.lines],
        "parts": [{"target": one.target, "old": one.old, "new": one.new} for one in changes.parts],
    }


def _line(line: Line) -> Mapping[str, object]:
    return {
        "form": line.form.value,
        "change": line.change.value,
        "label": line.label,
        "depth": line.depth,
        "count": line.count,
        "of": line.of.value if line.of else None,
        "moved": line.moved,
        "pieces": [{"change": piece.change.value, "text": piece.text} for piece in line.pieces],
    }
