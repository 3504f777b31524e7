"""All aspects of a model judged at once, each with what is linked to it in either direction.

A method may rank its aspects and may ask how many obligations, permits and limits bear on
one, so no aspect can be judged from its own row alone. Nothing here computes a score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from mkdocs_ems.model.aspects import AspectRow
from mkdocs_ems.model.assessment import Assessment, Linked
from mkdocs_ems.model.method import Significance
from mkdocs_ems.model.obligations import ObligationRow
from mkdocs_ems.model.significance import assess_all
from mkdocs_ems.model.values import Entry, Model

_PERMITS = ("permit", "licence", "consent", "registration")
_NOT_BINDING = ("repealed", "superseded", "pending")


def assessed(model: Model, method: Significance | None) -> tuple[tuple[Entry, AspectRow, Assessment], ...]:
    """Every aspect in the order of the content, withdrawn ones too, with its assessment by a method."""
    entries = [(entry, entry.entity) for entry in model.entries if isinstance(entry.entity, AspectRow)]
    binding = _Binding(model)
    made = assess_all([(aspect, binding.on(aspect)) for _, aspect in entries], method)
    return tuple((entry, aspect, one) for (entry, aspect), one in zip(entries, made, strict=True))


class _Binding:
    """The obligations that bind, and which aspects they bear on."""

    def __init__(self, model: Model) -> None:
        self._of: dict[str, Linked | None] = {}
        """What each obligation counts; None for one that does not bind."""
        self._by_aspect: defaultdict[str, list[str]] = defaultdict(list)
        for identity, entry in model.by_id.items():
            if isinstance(entry.entity, ObligationRow):
                self._of[identity] = _counted(entry.entity)
                for aspect in entry.entity.aspects:
                    self._by_aspect[aspect].append(identity)
        self._sums: dict[frozenset[str], Linked] = {}

    def on(self, aspect: AspectRow) -> Linked:
        """How much bears on an aspect; an obligation that cannot be found counts until it is known."""
        ids = frozenset((*aspect.obligations, *self._by_aspect.get(aspect.id or "", ())))
        if ids not in self._sums:
            self._sums[ids] = _sum(ids, self._of)
        return self._sums[ids]


def _counted(obligation: ObligationRow) -> Linked | None:
    if obligation.applicable in ("no", "threshold-below") or obligation.status in _NOT_BINDING:
        return None
    limits = sum(1 for condition in obligation.conditions if condition.kind == "limit")
    return Linked(1, int(obligation.type in _PERMITS), limits)


def _sum(ids: frozenset[str], of: Mapping[str, Linked | None]) -> Linked:
    found = [one for one in (of.get(identity, Linked(1)) for identity in ids) if one is not None]
    return Linked(
        sum(one.obligations for one in found),
        sum(one.permits for one in found),
        sum(one.limits for one in found),
    )
