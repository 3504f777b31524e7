"""Do these acts approve? Counts persons, levels and duties; knows neither git nor files.

Only what is in evidence counts, and never for more than it proved. Levels that this
version cannot yet read (paper, attested, signed) are weighed here all the same; no act
of such a level reaches this module before its evidence is verified.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mkdocs_ems.control.authority import Mandate
from mkdocs_ems.control.values import Act, Level, Segregation


@dataclass(frozen=True, slots=True)
class Claim:
    """One act, with the roles in which the approver could act on its day."""

    act: Act
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a number of claims amount to."""

    level: Level | None
    """The highest at which the evidence of that level and above is enough; None: not approved."""
    segregation: Segregation
    counted: tuple[Claim, ...]
    """Those that count, whether or not they are enough."""
    own: tuple[Claim, ...] = ()
    """Claims of persons who are among the authors."""
    weak: tuple[Claim, ...] = ()
    """Claims by evidence of a level that is not accepted."""
    unentitled: tuple[Claim, ...] = ()
    """Claims of persons who hold none of the roles, or whom nobody knows."""


def weigh(claims: Iterable[Claim], *, mandate: Mandate, authors: frozenset[str], segregation: str) -> Verdict:
    """Weigh the claims for one content.

    Args:
        claims: every claim that binds the content.
        mandate: who may approve it.
        authors: the persons who wrote it, by the keys they are compared by.
        segregation: what ems.yml asks: `asserted`, `proved` or `warn`.
    """
    counted, own, weak, unentitled = [], [], [], []
    for claim in claims:
        if claim.act.person.id is None or claim.roles.isdisjoint(mandate.roles):
            unentitled.append(claim)
        elif claim.act.level not in mandate.accepts:
            weak.append(claim)
        elif claim.act.person.key in authors:
            own.append(claim)
        else:
            counted.append(claim)
    # Nothing that this version reads proves that author and approver differ.
    level = None if segregation == "proved" else reached(counted, mandate.persons)
    judged = Segregation.ASSERTED
    if level is None and segregation == "warn":
        level = reached([*counted, *own], mandate.persons)
        if level is not None:
            judged, counted = Segregation.SELF, [*counted, *own]
    return Verdict(level, judged, tuple(counted), tuple(own), tuple(weak), tuple(unentitled))


def reached(claims: Iterable[Claim], persons: int) -> Level | None:
    """The highest level at which the evidence of that level and above comes from so many persons."""
    held = [(claim.act.level, claim.act.person.key) for claim in claims]
    for level in reversed(Level):
        if len({person for at, person in held if at >= level}) >= persons:
            return level
    return None
