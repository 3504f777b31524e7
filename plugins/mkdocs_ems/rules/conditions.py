"""Environmental conditions (4.1): what the context issues determine about each of them.

A determination is a yes or no with its reason: that the condition matters to the system,
or that it does not. Shared by the rules that ask for it; judges nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.diagnostics import Anchor
from mkdocs_ems.model import ContextIssueRow, Entry
from mkdocs_ems.rules.registers import head_of
from mkdocs_ems.rules.values import AuditContext, place

CONDITIONS = {
    "climate": "climate change",
    "pollution": "pollution levels",
    "resource-availability": "the availability of natural resources",
    "biodiversity-ecosystem": "biodiversity and the health of ecosystems",
}
"""The conditions that the edition of 2026 names, by the topic that stands for each."""

_DECIDING = ("topic", "relevant", "rationale", "direction", "status")


def issues(context: AuditContext) -> Iterator[tuple[Entry, ContextIssueRow]]:
    """Every context issue that is not withdrawn."""
    return (one for one in context.each(ContextIssueRow) if one[1].status != "withdrawn")


def is_determined(issue: ContextIssueRow) -> bool:
    """Whether an issue says that it matters or does not, and why."""
    return issue.relevant is not None and issue.rationale is not None


def misread(context: AuditContext) -> bool:
    """Whether an issue was written whose topic or decision could not be used: it may be the one missed."""
    return any(route[0] in _DECIDING for entry, _ in context.each(ContextIssueRow) for route in entry.dropped)


def where(context: AuditContext) -> tuple[Anchor, str | None]:
    """Where it is told that the context lacks something, with its id: the register, else the settings."""
    head = head_of(context, "context-issue")
    if head is None:
        return Anchor(context.model.settings_path, ("organisation",), key=True), None
    return place(head), head.entity.id
