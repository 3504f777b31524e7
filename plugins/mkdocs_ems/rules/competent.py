"""Which records of training somebody's competence rests on, for the rules that ask what these show.

What was replaced by a later proof, and what nobody needs in a role, rests in peace. Judges
nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_ems.model import TrainingRecord
from mkdocs_ems.model.competence import CompetenceState, Holding
from mkdocs_ems.rules.values import AuditContext


def deciding(context: AuditContext) -> Mapping[int, tuple[Holding, ...]]:
    """What each record decides: needed competences that are held by it, by the identity of its entry."""
    if not any(context.each(TrainingRecord)):
        return {}
    found: dict[int, list[Holding]] = {}
    for one in context.competence.holdings.values():
        if one.state is CompetenceState.HELD and one.roles and one.record is not None:
            found.setdefault(id(one.record), []).append(one)
    return {entry: tuple(ones) for entry, ones in found.items()}
