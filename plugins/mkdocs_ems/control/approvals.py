"""Do these acts approve? Counts persons, levels and duties; knows neither git nor files.

Only what is in evidence counts, and never for more than it proved; no act reaches this
module before its evidence is verified.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from mkdocs_ems import dataclass
from mkdocs_ems.control.authority import Mandate
from mkdocs_ems.control.terms import Level, Segregation
from mkdocs_ems.control.values import Act


@dataclass(frozen=True, slots=True)
class Attestation:
    """What a forge attests of one event: whoever had a hand in it is known."""

    event: str
    hands: frozenset[str]
    """The persons, by their ids."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved of who made a content, beyond what names say."""

    made: bool = False
    """At least one change is known."""
    unsigned: frozenset[str] = frozenset()
    """The events that brought changes which no known person signed."""
    attested: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By event the persons who had a hand in it, where a forge attests to all of them."""

    def beside(self, other: Proof) -> Proof:
        """What is proved of two pieces of writing together."""
        together = dict(other.attested)
        for event, hands in self.attested.items():
            together[event] = together.get(event, frozenset()) | hands
        return Proof(self.made or other.made, self.unsigned | other.unsigned, together)

    def holds(self, person: str) -> bool:
        """Whether somebody else than this person is proved to have made every change."""
        return self.made and all(
            event in self.attested and person not in self.attested[event] for event in self.unsigned
        )


NOTHING_PROVED = Proof()
NOTHING_TO_PROVE = Proof(made=True)
"""Of what was adopted no author is known."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One act, with the roles in which the approver could act on its day."""

    act: Act
    roles: frozenset[str]
    attests: Attestation | None = None
    """What its evidence says of who made the change."""


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
    unproved: tuple[Claim, ...] = ()
    """Claims that would count if it were proved that somebody else made the change."""


def weigh(
    claims: Iterable[Claim],
    *,
    mandate: Mandate,
    authors: frozenset[str],
    segregation: str,
    proof: Proof = NOTHING_PROVED,
) -> Verdict:
    """Weigh the claims for one content.

    Args:
        claims: every claim that binds the content.
        mandate: who may approve it.
        authors: the persons who wrote it, by the keys they are compared by.
        segregation: what ems.yml asks: `asserted`, `proved` or `warn`.
        proof: what is proved of who wrote it.
    """
    counted, own, weak, unentitled, unproved = [], [], [], [], []
    for claim in claims:
        if claim.act.person.id is None or claim.roles.isdisjoint(mandate.roles):
            unentitled.append(claim)
        elif claim.act.level not in mandate.accepts:
            weak.append(claim)
        elif claim.act.person.key in authors:
            own.append(claim)
        elif segregation == "proved" and not proof.holds(claim.act.person.key):
            unproved.append(claim)
        else:
            counted.append(claim)
    level = reached(counted, mandate.persons)
    proved = all(proof.holds(claim.act.person.key) for claim in counted)
    judged = Segregation.PROVED if counted and proved else Segregation.ASSERTED
    if level is None and segregation == "warn":
        level = reached([*counted, *own], mandate.persons)
        if level is not None:
            judged, counted = Segregation.SELF, [*counted, *own]
    return Verdict(level, judged, tuple(counted), tuple(own), tuple(weak), tuple(unentitled), tuple(unproved))


def reached(claims: Iterable[Claim], persons: int) -> Level | None:
    """The highest level at which the evidence of that level and above comes from so many persons."""
    if persons == 1:
        return max((claim.act.level for claim in claims), default=None)
    held = [(claim.act.level, claim.act.person.key) for claim in claims]
    for level in sorted({at for at, _ in held}, reverse=True):
        if len({person for at, person in held if at >= level}) >= persons:
            return level
    return None
