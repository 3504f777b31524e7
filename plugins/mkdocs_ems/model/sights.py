"""What an audience sees of a model: which entities, and of each which fields. Everything else stays in.

Decided from what an entity is and who may see it, never from what its texts say: that is `masking`'s part.
Reads a model and an audience; changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mkdocs_ems import dataclass
from mkdocs_ems.model.columns import columns
from mkdocs_ems.model.publication import Audience
from mkdocs_ems.model.records import Record
from mkdocs_ems.model.retention import USUAL, keeping
from mkdocs_ems.model.values import Entry, Model

SUMMARIES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        kind: frozenset(f"id title {fields}".split())
        for kind, fields in {
            "objective": "statement kpi unit baseline target direction aggregation interim_targets status "
            "closed_on result",
            "indicator": "definition source normaliser unit direction aggregation frequency chart status",
            "certification": "status standard edition body accreditation_body accreditation_number "
            "certificate scope_text decision_date issued_on expires_on",
        }.items()
    }
)
"""What outsiders are told of kinds that are internal: the objective, and not what it costs."""

_NOT_YET = frozenset({"proposed", "planned", "withdrawn"})
"""In a summary stands what is decided and holds."""

_HEAD = frozenset(["id", "title", "type", "owner", "number", "issue_label", "control", "language"])
"""What is told of a register whose rows are shown."""

_NEVER = frozenset({"clauses", "evidence"})
"""Lead to pages and files that no edition has."""

_INSIDE = frozenset(
    ["links", "notes", "tags", "processes", "read_by", "records", "figures", "areas", "supersedes"]
) | {"amendments", "withdrawal_reason"}
"""What the organisation notes for itself: shown to nobody outside."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of one entity."""

    entry: Entry
    fields: frozenset[str]
    """The fields that are seen, by their keys."""


def sights(model: Model, audience: Audience) -> Mapping[str, Sight]:
    """Everything that an audience sees, by id.

    What has no id, or one that something else claims too, is nobody's that could be referred to: it stays
    in. People and roles are not decided here: of them only those are named whom something names that is
    seen.
    """
    heads = {
        entry.entity.id: getattr(entry.entity, "access", None)
        for entry in model.entries
        if entry.kind == "register" and entry.entity.id is not None
    }
    seen: dict[str, Sight] = {}
    for id_, entry in model.by_id.items():
        if entry.kind in ("register", "person") or not audience.takes(entry.kind):
            continue
        fields = _fields(entry, heads.get(entry.document or ""), model, audience)
        if fields:
            seen[id_] = Sight(entry, fields)
    held = {one.entry.document for one in seen.values() if one.entry.document is not None} - seen.keys()
    for id_ in held:
        head = model.by_id.get(id_)
        if head is not None and head.kind == "register":
            seen[id_] = Sight(head, _HEAD)
    return seen


def access_of(entry: Entry, head: str | None, model: Model, audience: Audience) -> tuple[str | None, ...]:
    """Who may see an entity: by what it says itself or its type, and by what is decided of its type today.

    Both are given: of two that differ, the one that keeps more in holds.
    """
    entity, usual = entry.entity, USUAL.get(entry.kind)
    own = getattr(entity, "access", None) if isinstance(entity, Record) or head is None else None
    said = own or head
    then = keeping(entry.kind, model.settings.retention).access or (usual.access if usual else None)
    today = keeping(entry.kind, audience.retention).access or (usual.access if usual else None)
    return (said, said) if said else (then, today)


def _fields(entry: Entry, head: str | None, model: Model, audience: Audience) -> frozenset[str]:
    """The fields of an entity that are seen; none where it stays in."""
    kind = model.kinds[entry.kind]
    access = access_of(entry, head, model, audience)
    if all(map(audience.may_see, access)):
        every = frozenset(columns(kind.model)) - _NEVER
        return every - _INSIDE if audience.profile.access == "public" else every
    summary = SUMMARIES.get(entry.kind)
    closed = None in access or "restricted" in access
    status = getattr(entry.entity, "status", None)
    if summary is None or closed or not audience.profile.summaries or status in _NOT_YET:
        return frozenset()
    return summary
