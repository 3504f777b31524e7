"""What differs between two states as JSON: `docs/schemas/diff.schema.json`.

Applied to the one state as `ems export` writes it, it gives the other, to the letter
(`changes.applying`, and in words docs/differences.md). What is only for readers, such as
titles and counts, says nothing that the rest does not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from mkdocs_ems.changes.gathering import counts, word
from mkdocs_ems.changes.values import (
    Absent,
    Added,
    ApprovalChanged,
    Change,
    Comparison,
    FieldChanged,
    KeyChange,
    Moved,
    Named,
    PartChanged,
    ReadingChange,
    ReferencesChanged,
    Removed,
    StateChanged,
    TextChanged,
    Value,
)
from mkdocs_ems.exports.state_json import entity, header, in_order

JSON_VERSION = 1


def diff_json(comparison: Comparison, *, review: Mapping[str, object] | None = None) -> str:
    """All that differs.

    Args:
        comparison: what differs.
        review: what a reviewer is told besides, in the form of `docs/schemas/review.schema.json`.
    """
    data = {
        "version": JSON_VERSION,
        "before": header(comparison.before),
        "after": header(comparison.after),
        "counts": dict(counts(comparison.changes)),
        "changes": [{**_named(one), **_change(one)} for one in comparison.changes],
        "measured": [_reading(one) for one in comparison.measured],
        "keys": [_key(one) for one in comparison.keys],
        "rewritten": list(comparison.rewritten),
        "records": list(comparison.records),
        "not_paired": comparison.not_paired,
    }
    if review is not None:
        data["review"] = review
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def _named(change: Change) -> Mapping[str, object]:
    of = change.of
    return {
        "change": word(change),
        "key": of.key,
        "id": of.id,
        "kind": of.kind,
        "title": of.title,
        "document": of.document,
        "clauses": list(of.clauses),
    }


def _change(change: Change) -> Mapping[str, object]:
    """What a change of this kind says besides of whom it speaks."""
    said: Mapping[str, object]
    match change:
        case Added():
            said = {"written": entity(change.written), "after": change.after}
        case Removed():
            said = {"written": entity(change.written)}
        case Moved():
            said = {
                "what": sorted(where.value for where in change.what),
                "from": _place(change.was),
                "to": _place(change.of),
                "after": change.after,
            }
        case FieldChanged():
            said = {"route": list(change.route), **_sides(change.old, change.new)}
        case ReferencesChanged():
            named = {"went": list(change.went), "came": list(change.came)}
            said = {"route": list(change.route), **_sides(change.old, change.new), **named}
        case TextChanged():
            mentions = {"went": list(change.mentions_went), "came": list(change.mentions_came)}
            said = {"old": change.old, "new": change.new, **mentions}
        case PartChanged():
            said = {"target": change.target, "old": change.old, "new": change.new}
        case ApprovalChanged():
            said = {
                "evidence": change.evidence,
                "old": in_order(change.old),
                "new": in_order(change.new),
            }
        case StateChanged():
            said = {"fact": change.fact, **_sides(change.old, change.new)}
    return said


def _sides(old: Value, new: Value) -> Mapping[str, object]:
    """Both values; a side on which nothing is written is left out, which is not the same as empty."""
    both = {"old": old, "new": new}
    return {name: in_order(value) for name, value in both.items() if not isinstance(value, Absent)}


def _place(of: Named) -> Mapping[str, object]:
    within = of.document if of.document != of.key else None
    return {"key": of.key, "id": of.id, "kind": of.kind, "in": within, "path": of.path}


def _reading(one: ReadingChange) -> Mapping[str, object]:
    return {
        "path": one.path,
        "parameter": one.parameter,
        "period": one.period,
        "old": one.old,
        "new": one.new,
        "unit": one.unit or None,
    }


def _key(one: KeyChange) -> Mapping[str, object]:
    return {"fingerprint": one.fingerprint, "old": one.old, "new": one.new}
