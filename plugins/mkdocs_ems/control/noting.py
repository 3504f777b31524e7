"""Decisions as the journal keeps them: what counts from an event on, and what it made.

Decides nothing; what is told here was decided a moment ago.
"""

from __future__ import annotations

from collections.abc import Iterable

from mkdocs_ems.control.approvals import Claim
from mkdocs_ems.control.approved_contents import Approved
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.journal import Completed
from mkdocs_ems.control.terms import Meaning
from mkdocs_ems.control.values import Content
from mkdocs_ems.control.weighing import Weighed, editorial
from mkdocs_ems.git.values import Event


def note_counted(
    dossier: Dossier, content: Content | None, found: Weighed, *, event: Event, rules: Rules
) -> None:
    """Note what counts from here on, whether or not it is enough."""
    if content is not None:
        counted = (claim.act for claim in found.counted)
        dossier.journal.counted(dossier.id, content, counted, event=event, rules=rules)


def note_completed(  # noqa: PLR0913 - what makes a decision, each by its name
    dossier: Dossier,
    issue: Approved,
    meaning: Meaning,
    claims: Iterable[Claim],
    *,
    event: Event,
    rules: Rules,
) -> None:
    """Note that an issue was made, confirmed or withdrawn, or stands on stronger evidence."""
    approving = meaning is Meaning.APPROVAL
    kinds = dossier.types if approving else (issue.head.type or "",)
    asked = [found for kind in kinds if (found := rules.mandate(kind)) is not None]
    begins = issue.effective_from if approving else rules.day(event.date)
    if meaning is Meaning.WITHDRAWAL and issue.withdrawn_from is not None:
        begins = issue.withdrawn_from
    step = Completed(
        event=event,
        document=dossier.id,
        type=issue.head.type or "",
        meaning=meaning,
        number=issue.number,
        content=issue.content,
        landed=issue.event,
        level=issue.level,
        segregation=issue.segregation if approving else None,
        acts=tuple([claim.act for claim in claims]),
        authors=issue.authors,
        from_=begins,
        rules=rules,
        asked=tuple([editorial(one) for one in asked] if approving and issue.editorial else asked),
    )
    dossier.journal.completed(step)
