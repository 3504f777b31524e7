"""What a change concerns, as JSON for other programs. Finds nothing by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.changes.impact import Affected, Impact
from mkdocs_ems.compile import Compilation
from mkdocs_ems.graph import Node

JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class Against:
    """An earlier state, where all that differs from it was asked for."""

    ref: str
    """As the user named it."""
    commit: str
    """Where the two states parted."""
    changed: Mapping[str, tuple[str, ...]]
    """The ids of all that differs, each with words for what differs of it."""


def impact_json(compilation: Compilation, found: Impact, *, against: Against | None = None) -> str:
    """All of it as JSON (`docs/schemas/impact.schema.json`)."""
    data = {
        "version": JSON_VERSION,
        "ref": compilation.snapshot.ref,
        "commit": compilation.snapshot.commit,
        "as_of": compilation.as_of.isoformat(),
        "base": {"ref": against.ref, "commit": against.commit} if against else None,
        "asked": [_node(node) for node in found.asked],
        "removed": [_node(node) for node in found.removed],
        "changed": [
            {"id": id_, "what": list(words)} for id_, words in (against.changed if against else {}).items()
        ],
        "depth": found.depth,
        "affected": [_affected(one) for one in found.affected],
        "beyond": found.beyond,
        "documents": [
            {
                "id": one.id,
                "title": one.title,
                "state": one.state,
                "owner": one.owner,
                "read_by": list(one.read_by),
                "changes": one.changes,
                "holds": list(one.holds),
            }
            for one in found.documents
        ],
        "people": [
            {
                "id": one.id,
                "title": one.title,
                "held_by": list(one.held_by),
                "answers_for": list(one.answers_for),
                "reads": list(one.reads),
            }
            for one in found.people
        ],
        "clauses": [
            {"clause": one.clause, "title": one.title, "ids": list(one.ids)} for one in found.clauses
        ],
    }
    return json.dumps(data, ensure_ascii=True, indent=2) + "\n"


def _node(node: Node) -> dict[str, object]:
    return {
        "id": node.id,
        "kind": node.kind,
        "title": node.title,
        "path": node.anchor.path,
        "document": node.document,
    }


def _affected(one: Affected) -> dict[str, object]:
    return {
        **_node(one.node),
        "distance": one.distance,
        "mentions": one.mentions,
        "withdrawn": one.withdrawn,
        "ways": [
            {
                "of": way.of,
                "words": way.words,
                "at_base": way.at_base,
                "references": [
                    {"source": edge.source, "field": edge.field, "target": edge.target} for edge in way.edges
                ],
            }
            for way in one.ways
        ],
    }
