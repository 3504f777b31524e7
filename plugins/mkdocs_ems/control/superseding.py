"""Which record takes the place of which: a further one of the same principal, by the number in its name.

Only among acts for one content (or for one issue) that is not complete yet; later nothing
but a withdrawal undoes an act. Decides nothing about rights or levels.
"""

from __future__ import annotations

from mkdocs_ems.control.approvals import Claim
from mkdocs_ems.text import fold


def replaces(later: Claim, earlier: Claim) -> bool:
    """Whether an act takes the place of an earlier one: a record with a higher number.

    What somebody else wrote down in his name never takes the place of his own act.
    """
    return (
        _same_principal(later, earlier)
        and _number(later) > _number(earlier)
        and later.act.level >= earlier.act.level
    )


def overtaken(late: Claim, there: Claim) -> bool:
    """Whether an act comes too late: a record of the same principal with its number or a higher one is there.

    It must be there by evidence no weaker: nobody can close the door to an act of his own.
    """
    return (
        _same_principal(late, there) and _number(late) <= _number(there) and late.act.level <= there.act.level
    )


def _same_principal(one: Claim, other: Claim) -> bool:
    records = one.act.evidence.endswith(".yml") and other.act.evidence.endswith(".yml")
    return records and fold(one.act.principal) == fold(other.act.principal)


def _number(claim: Claim) -> int:
    """The number at the end of a record's name; its form was asked for before it could be used."""
    return int(claim.act.evidence.removesuffix(".yml").rpartition("-")[2])
