"""What the rules on internal audits share: programmes in use, audits that were made, where a cycle is told.

Judges nothing itself. What audits cover is worked out in the model, `audit_coverage`.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor
from mkdocs_ems.model import AuditProgrammeRow, AuditRecord, Entry
from mkdocs_ems.model.audit_coverage import Coverage, is_made, is_ours
from mkdocs_ems.rules.values import AuditContext, place


def programmes(context: AuditContext) -> Iterator[tuple[Entry, AuditProgrammeRow]]:
    """Every programme of audits against ISO 14001 that is not withdrawn."""
    for entry, programme in context.each(AuditProgrammeRow):
        if programme.status != "withdrawn" and is_ours(programme.standards):
            yield entry, programme


def made(context: AuditContext) -> Iterator[tuple[Entry, AuditRecord]]:
    """Every internal audit against ISO 14001 that has been made."""
    for entry, audit in context.each(AuditRecord):
        if audit.kind == "internal" and is_ours(audit.standards) and is_made(audit, context.as_of):
            yield entry, audit


def at_cycle(context: AuditContext, cycle: Coverage) -> tuple[Anchor, str | None]:
    """Where it is told that a cycle lacks something: at what is planned in its first programme."""
    first = cycle.programmes[0]
    entry = next(entry for entry, one in context.each(AuditProgrammeRow) if one is first)
    return (place(entry, "planned", key=True) if first.planned else place(entry)), first.id
