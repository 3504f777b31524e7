"""Waivers: findings that the organisation accepts, with a reason, until a date.

A waiver hides nothing: what it accepts stays in the report, beside its words. It does not reach
what nobody could read: whoever accepted that would accept what they do not know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Diagnostic, Finding, Waived
from mkdocs_ems.model.settings import Waiver
from mkdocs_ems.text import fold


@dataclass(frozen=True, slots=True)
class Applied:
    """Diagnostics that stand, those that are waived, and the positions of the waivers that accepted any."""

    standing: tuple[Diagnostic, ...]
    waived: tuple[Waived, ...]
    used: frozenset[int]


def apply_waivers(
    diagnostics: Iterable[Diagnostic],
    *,
    hidden: Iterable[Finding],
    waivers: Sequence[Waiver],
    unwaivable: Collection[str],
    as_of: date,
) -> Applied:
    """Part the waived diagnostics from those that stand.

    Args:
        diagnostics: everything that was found.
        hidden: findings that a failed prerequisite hides for now; their waivers are not unused.
        waivers: those of `ems.yml`, in its order; the first that fits is taken.
        unwaivable: codes of rules whose findings no waiver reaches.
        as_of: a waiver holds to the end of its `until`.
    """
    by_subject: dict[tuple[str, str | None], int] = {}
    for index, waiver in enumerate(waivers):
        if waiver.until >= as_of and waiver.code.upper() not in unwaivable:
            subject = None if waiver.id is None else fold(waiver.id)
            by_subject.setdefault((waiver.code.upper(), subject), index)

    def fitting(code: str, identity: str | None) -> int | None:
        exact = by_subject.get((code, fold(identity))) if identity else None
        return by_subject.get((code, None)) if exact is None else exact

    standing: list[Diagnostic] = []
    waived: list[Waived] = []
    accepted = [fitting(finding.code, finding.id) for finding in hidden]
    for diagnostic in diagnostics:
        position = fitting(diagnostic.code, diagnostic.id)
        if position is None:
            standing.append(diagnostic)
        else:
            waiver = waivers[position]
            accepted.append(position)
            waived.append(Waived(diagnostic, waiver.reason, waiver.until, waiver.approved_by))
    used = frozenset(position for position in accepted if position is not None)
    return Applied(tuple(standing), tuple(waived), used)
