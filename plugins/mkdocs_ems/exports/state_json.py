"""A whole state as JSON, what is written and how its documents stand: `docs/schemas/state.schema.json`.

What a JSON difference is applied to. Says what was written and derives nothing from it: no title,
no score. Two states that say the same have the same bytes, whatever the order of their keys.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from mkdocs_ems.changes.comparing import side
from mkdocs_ems.changes.standing import control_acts, control_facts
from mkdocs_ems.changes.values import Side, Written
from mkdocs_ems.changes.written import written_state
from mkdocs_ems.compile import Compilation

JSON_VERSION = 1


def state_json(compilation: Compilation, *, approved: bool = False) -> str:
    """All of a state.

    Args:
        compilation: the state.
        approved: it was compiled as staff read it; said in the header.
    """
    entities = written_state(compilation).entities
    control = compilation.control.documents if compilation.control is not None else {}
    data = {
        "version": JSON_VERSION,
        **header(side(compilation, approved=approved)),
        "entities": {key: entity(entities[key]) for key in sorted(entities)},
        "control": {
            identity: {**control_facts(document), "approvals": in_order(control_acts(document))}
            for identity, document in sorted(control.items())
        },
    }
    return json.dumps(data, ensure_ascii=True, indent=1) + "\n"


def header(one: Side) -> Mapping[str, object]:
    """Which state it is."""
    return {
        "ref": one.ref,
        "commit": one.commit,
        "dirty": one.dirty,
        "as_of": one.as_of.isoformat(),
        "edition": one.edition,
        "approved": one.approved,
    }


def entity(one: Written) -> Mapping[str, object]:
    """One entity as it is written; a row stands in its register, everything else in a file of its own."""
    said: dict[str, object] = {"kind": one.kind, "id": one.id}
    if one.document is not None:
        return {**said, "in": one.document, "fields": in_order(one.fields)}
    said |= {"path": one.path, "fields": in_order(one.fields)}
    said |= {"text": one.text} if one.text is not None else {}
    said |= {"parts": in_order(one.parts), "blob": one.blob or None}
    return said if one.rows is None else {**said, "rows": list(one.rows)}


def in_order(data: object) -> object:
    """Data with its keys in one order, however they were written."""
    match data:
        case Mapping():
            return {key: in_order(data[key]) for key in sorted(data)}
        case list():
            return [in_order(one) for one in data]
        case _:
            return data
