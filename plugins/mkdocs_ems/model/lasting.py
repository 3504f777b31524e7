"""What an entity lays down, apart from what is noted in it of work done and of how it is kept.

A register holds both: that a pH stays between 6 and 9 is laid down, and whoever refers to it
relies on it; that it was last checked on Tuesday is noted, and nobody else has to look again
for that. Nor does a thing say anything else because other things are named in it: each such
reference is looked at from its own end. Reads what was written; compares and judges nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mkdocs_ems.model.columns import columns
from mkdocs_ems.model.shapes import Shape
from mkdocs_ems.model.values import Kind
from mkdocs_ems.source import Data

KEPT = frozenset(
    {"id", "owner", "clauses", "standards", "tags", "last_reviewed", "review_every", "links", "notes"}
)
"""How an entity is kept and found."""

KEPT_OF_DOCUMENTS = frozenset(
    {
        "type",
        "number",
        "issue_label",
        "issue_offset",
        "control",
        "access",
        "language",
        "source_issue",
        "withdrawal_reason",
        "areas",
        "public_url",
        "available_at",
        "storage",
        "checked_on",
    }
)
"""The same of a document, in its front matter."""

NOTED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "aspect": frozenset({"status", "quantity", "score", "assessed_on"}),
        "context-issue": frozenset({"status"}),
        "chemical": frozenset({"status", "sds"}),
        "control": frozenset({"status", "effectiveness", "last", "record"}),
        "emergency-scenario": frozenset({"status", "last_drill", "last_checked", "verified_on"}),
        "indicator": frozenset({"status"}),
        "interested-party": frozenset({"status"}),
        "measurement": frozenset({"status", "starts", "no_readings"}),
        "objective": frozenset(
            {"status", "result", "off_track_response", "closed_on", "cost_saving", "communicated"}
        ),
        "obligation": frozenset({"last_checked_source"}),
        "provider": frozenset({"status", "checked_on", "requirements_sent", "evaluations"}),
        "risk": frozenset({"status", "acceptance", "trend"}),
        "waste-stream": frozenset({"status", "tonnes_per_month", "consignments"}),
    }
)
"""Fields of a kind in which work is noted: how far it is, what was found, when somebody looked.

The status of an obligation is none of them: that a law was amended matters to all who name it.
"""

_OF_ANY = frozenset({"status"})


def laid_down(data: Mapping[str, Data], kind: Kind) -> Mapping[str, Data]:
    """The fields of an entity, as they are written, that others may rely on."""
    noted = NOTED.get(kind.key, _OF_ANY)
    kept = KEPT | KEPT_OF_DOCUMENTS if kind.where == "document" else KEPT
    return _without(data, kind.model, noted | kept, noted)


def _without(
    data: Mapping[str, Data], model: type[Shape], left_out: frozenset[str], below: frozenset[str]
) -> Mapping[str, Data]:
    """A mapping without some fields and without references, at any depth."""
    known = columns(model)
    found: dict[str, Data] = {}
    for key, value in data.items():
        column = known.get(key)
        if key in left_out or (column is not None and column.refers is not None):
            continue
        if key.startswith("no_") and key.endswith("_reason"):  # why nothing is named
            continue
        found[key] = value if column is None or column.shape is None else _group(value, column.shape, below)
    return found


def _group(value: Data, shape: type[Shape], below: frozenset[str]) -> Data:
    if isinstance(value, dict):
        return dict(_without(value, shape, below, below))
    if isinstance(value, list):
        return [_group(one, shape, below) for one in value]
    return value
