"""Which record takes the place of which: a further one of the same principal, by the number in its name.

Only among acts for one content (or for one issue) that is not complete yet; later nothing
but a withdrawal undoes an act. Stronger evidence goes before the number: what somebody else
wrote down in an approver's name never stands in the way of an act of his own. Decides
nothing about rights.
"""

from __future__ import annotations

from mkdocs_ems.control.approvals import Claim
from mkdocs_ems.text import fold


def replaces(later: Claim, earlier: Claim) -> bool:
    """Whether an act takes the place of an earlier one: of two records of one principal, one holds."""
    return _same_principal(later, earlier) and _rank(later) > _rank(earlier)


def overtaken(late: Claim, there: Claim) -> bool:
    """Whether an act comes too late: one of the same principal that goes before it is there."""
    return _same_principal(late, there) and _rank(late) <= _rank(there)


def _rank(claim: Claim) -> tuple[int, int]:
    """Level, then the number in the name; the form of the name was asked for before it could be used."""
    return claim.act.level, int(claim.act.evidence.removesuffix(".yml").rpartition("-")[2])


def _same_principal(one: Claim, other: Claim) -> bool:
    records = one.act.evidence.endswith(".yml") and other.act.evidence.endswith(".yml")
    return records and fold(one.act.principal) == fold(other.act.principal)
