"""Claims weighed by every mandate that they must satisfy, and what is told of those that do not count.

Between `approvals`, which counts by one mandate, and `deciding`, which acts on the result.
Decides nothing and changes nothing but the notes of a dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from mkdocs_ems import dataclass
from mkdocs_ems.control import words
from mkdocs_ems.control.approvals import Claim, Proof, Verdict, weigh
from mkdocs_ems.control.approved_contents import Approved
from mkdocs_ems.control.authority import Mandate, Rules
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.terms import FaultReason, Level, Segregation
from mkdocs_ems.control.values import Person
from mkdocs_ems.git.values import Event, Identity

STRENGTH = (Segregation.PROVED, Segregation.ASSERTED, Segregation.SELF)


@dataclass(frozen=True, slots=True)
class Weighed:
    """One verdict for each type that must be satisfied."""

    known: tuple[Verdict, ...]
    """The verdicts of those types that anybody may approve."""
    whole: bool
    """Whether these are all of them."""

    @property
    def approves(self) -> bool:
        """Whether every type has what it asks for."""
        return self.whole and None not in [verdict.level for verdict in self.known]

    @property
    def counted(self) -> tuple[Claim, ...]:
        """Those that count for any of the types, whether or not they are enough."""
        known = self.known
        if len(known) == 1 and len(known[0].counted) < 2:
            return known[0].counted  # nearly always, and comparing acts takes all their fields
        return tuple(dict.fromkeys(claim for verdict in known for claim in verdict.counted))

    @property
    def level(self) -> Level:
        """Of what approves: the lowest of what the types have."""
        return min(verdict.level for verdict in self.known if verdict.level is not None)

    @property
    def segregation(self) -> Segregation:
        """The weakest."""
        return max((verdict.segregation for verdict in self.known), key=STRENGTH.index)

    def explain(self, dossier: Dossier, new: Iterable[Claim], event: Event) -> None:
        """Say of each new claim that does not count why: of a record for good, else while it matters."""
        known = self.known
        for claim in new:
            reasons = [found for one in known if (found := _why_not(one, claim)) is not None]
            if len(reasons) < len(known) or not reasons:
                continue  # it counts for one of them
            reason = reasons[0]
            act = claim.act
            told = f"{words.act_of(act)} does not count: {_WHY[reason]}"
            if act.evidence.endswith(".yml"):
                dossier.fault(reason, told, event=event, path=act.evidence, person=act.person.key)
            else:
                dossier.note(reason, told, event=event, person=act.person.key)


def author_keys(dossier: Dossier, rules: Rules) -> frozenset[str]:
    """The authors since the last full approval, by what persons are compared by."""
    changers = changer_keys(dossier, rules)
    return keys_of(dossier.taken_back, rules) | changers if dossier.taken_back else changers


def changer_keys(dossier: Dossier, rules: Rules) -> frozenset[str]:
    """Who changed or deleted it since the last issue was approved, though it was withdrawn since."""
    return frozenset([key for one in dossier.since for key in rules.directory.keys(one.mail)])


def keys_of(issue: Approved, rules: Rules) -> frozenset[str]:
    """The authors of an issue, by what they were compared by then and by what is known of them today."""
    return issue.author_keys | {key for one in issue.writers for key in rules.directory.keys(one.mail)}


def persons(identities: Iterable[Identity], rules: Rules) -> tuple[Person, ...]:
    """Who these are, each person once, in order."""
    known: dict[str, Person] = {}
    for one in identities:
        person = rules.directory.author(one)
        known.setdefault(person.key, person)
    return tuple(known.values())


def weighed(  # noqa: PLR0913 - what a verdict depends on, each by its name
    claims: Iterable[Claim],
    kinds: Iterable[str],
    *,
    authors: frozenset[str],
    rules: Rules,
    proof: Proof,
    asking: Callable[[Mandate], Mandate] | None = None,
) -> Weighed:
    """Weigh claims for some types.

    Args:
        claims: every claim that binds the content.
        kinds: the types whose mandates must be satisfied.
        authors: who wrote it.
        rules: the rules in force before the event.
        proof: what is proved of who wrote it.
        asking: what to make of each mandate; `alone` or `editorial`.
    """
    held = tuple(claims)
    segregation = rules.settings.approval.segregation
    known: list[Verdict] = []
    whole = True
    for kind in kinds:
        mandate = rules.mandate(kind)
        if mandate is None:
            whole = False
            continue
        wanted = asking(mandate) if asking else mandate
        known.append(weigh(held, mandate=wanted, authors=authors, segregation=segregation, proof=proof))
    return Weighed(tuple(known), whole)


def alone(mandate: Mandate) -> Mandate:
    """The same mandate where one person is enough."""
    return replace(mandate, persons=1)


def editorial(mandate: Mandate) -> Mandate:
    """The same mandate for an editorial change: fewer persons at the most, and nothing else is less."""
    return replace(mandate, persons=mandate.editorial_persons)


_WHY = {
    FaultReason.AUTHOR_APPROVES: "its author is among those who wrote the change",
    FaultReason.NOT_PROVED: (
        "ems.yml asks for proof that somebody else wrote the change, and not every change of it is signed by "
        "a known person or attested by a forge"
    ),
    FaultReason.LEVEL_NOT_ACCEPTED: "the approval matrix asks for evidence of a higher level",
    FaultReason.NOT_ENTITLED: "the approval matrix gives this person no right to it on that day",
}


def _why_not(verdict: Verdict, claim: Claim) -> FaultReason | None:
    if claim in verdict.counted:
        return None
    if claim in verdict.own:
        return FaultReason.AUTHOR_APPROVES
    if claim in verdict.unproved:
        return FaultReason.NOT_PROVED
    return FaultReason.LEVEL_NOT_ACCEPTED if claim in verdict.weak else FaultReason.NOT_ENTITLED
