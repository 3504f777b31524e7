"""Management reviews as the rules judge them: those that were held, in order, each with its further parts.

A review that is held in several meetings is judged as one. Judges nothing itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.model import Entry, ManagementReviewRecord
from mkdocs_ems.model.audit_coverage import is_ours
from mkdocs_ems.model.reviews import ReviewInput
from mkdocs_ems.rules.values import AuditContext


@dataclass(frozen=True, slots=True)
class Review:
    """A review with its parts."""

    entry: Entry
    record: ManagementReviewRecord
    """What its first meeting wrote."""
    parts: tuple[tuple[Entry, ManagementReviewRecord], ...]
    """Its first meeting and each further one."""

    @property
    def held(self) -> date:
        """The day of its last meeting."""
        return max((one.held for _, one in self.parts if one.held), default=date.min)

    def inputs(self, key: str) -> Iterator[ReviewInput]:
        """What was said of one input, meeting by meeting."""
        for _, record in self.parts:
            said = getattr(record.inputs, key, None)
            if isinstance(said, ReviewInput):
                yield said

    def result(self, key: str) -> bool:
        """Whether one of its meetings says something of a result."""
        return any(getattr(record.outputs, key, None) for _, record in self.parts)


def reviews(context: AuditContext) -> tuple[Review, ...]:
    """Every review of this system that has been held, the latest last."""
    held = [
        (entry, one)
        for entry, one in context.each(ManagementReviewRecord)
        if is_ours(one.standards) and one.held is not None and one.held <= context.as_of
    ]
    known = {one.id for _, one in held}
    further: defaultdict[str, list[tuple[Entry, ManagementReviewRecord]]] = defaultdict(list)
    firsts = []
    for entry, one in held:
        if one.part_of in known and one.part_of is not None and one.part_of != one.id:
            further[one.part_of].append((entry, one))
        else:
            firsts.append((entry, one))
    found = [Review(entry, one, ((entry, one), *further.get(one.id or "", ()))) for entry, one in firsts]
    return tuple(sorted(found, key=lambda review: (review.held, review.record.id or "")))
