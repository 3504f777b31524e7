"""Decisions: what approves, confirms or withdraws, once the claims for it are on the table.

Reads no files and no evidence; turns claims that already bind a content into issues,
confirmations and withdrawals, by the rules in force at the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from mkdocs_ems.control import words
from mkdocs_ems.control.approvals import NOTHING_TO_PROVE, Claim, Proof, reached
from mkdocs_ems.control.approved_contents import Approved
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.authorship import EventWriting
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.interim import approve_for_now
from mkdocs_ems.control.noting import note_completed, note_counted
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.control.rules_in_force import RULES_TYPES, RulesInForce
from mkdocs_ems.control.superseding import overtaken, replaces
from mkdocs_ems.control.terms import Fault, FaultReason, Level, Meaning
from mkdocs_ems.control.weighing import (
    STRENGTH,
    Weighed,
    alone,
    author_keys,
    changer_keys,
    editorial,
    keys_of,
    persons,
    weighed,
)
from mkdocs_ems.git.values import Event, History


class Decisions:
    """Decides, and lets new rules come into force."""

    def __init__(self, in_force: RulesInForce, history: History) -> None:
        self._in_force = in_force
        self._history = history
        self.used: set[tuple[str, str]] = set()
        """Event and evidence of every act that has had its effect: the same bytes have none again."""

    def adopt(self, dossiers: Iterable[Dossier], event: Event) -> None:
        """Take over everything in the trust root's tree as approved."""
        adopted = tuple(dossiers)
        for dossier in adopted:
            if dossier.head.type in RULES_TYPES:
                self._in_force.approve(dossier.id, dossier.head.type or "", dossier.content)
        rules = self._in_force.current
        day = rules.day(event.date)
        for dossier in adopted:
            assert dossier.content is not None, "only a landed content is adopted"
            issue = Approved(
                number=dossier.next_number,
                content=dossier.content,
                head=dossier.head,
                event=event,
                authors=(),
                author_keys=frozenset(),
                level=Level.ADOPTED,
                segregation=None,
                proof=NOTHING_TO_PROVE,
                approved_on=event.date,
                approved_day=day,
                effective_from=day,
                summary=event.commit.subject,
            )
            dossier.approve(issue)
            note_completed(dossier, issue, Meaning.APPROVAL, (), event=event, rules=rules)

    def approve(self, dossier: Dossier, claim: Claim, event: Event, rules: Rules) -> None:
        """A record approves the landed content."""
        if self._put(dossier, dossier.claims, claim, event):
            self.decide(dossier, [claim], event, rules)

    def decide(self, dossier: Dossier, new: list[Claim], event: Event, rules: Rules) -> None:
        """Decide on the landed content after new claims for it; they are in the dossier already."""
        if not new or event.proposed:
            return
        if dossier.approved is not None:
            self._strengthen(dossier, dossier.approved, new, event, rules)
            return
        keys, proof = author_keys(dossier, rules), dossier.proof
        found = self._weighed(dossier, keys, proof, rules)
        found.explain(dossier, new, event)
        note_counted(dossier, dossier.content, found, event=event, rules=rules)
        if found.approves:
            self._approve(dossier, found, keys, proof, event=event, rules=rules)

    def _weighed(self, dossier: Dossier, keys: frozenset[str], proof: Proof, rules: Rules) -> Weighed:
        """By what the matrix asks for; else, of those that say so, by what an editorial change asks for."""
        found = weighed(dossier.claims, dossier.types, authors=keys, rules=rules, proof=proof)
        if found.approves:
            return found
        marked = [claim for claim in dossier.claims if claim.act.editorial]
        if not marked:
            return found
        fewer = weighed(marked, dossier.types, authors=keys, rules=rules, proof=proof, asking=editorial)
        return fewer if fewer.approves else found

    def _approve(  # noqa: PLR0913 - what a decision was made from, none of it looked up twice
        self,
        dossier: Dossier,
        found: Weighed,
        keys: frozenset[str],
        proof: Proof,
        *,
        event: Event,
        rules: Rules,
    ) -> None:
        assert dossier.content is not None, "only a landed content is approved"
        assert dossier.event is not None, "a landed content has an event"
        day = rules.day(event.date)
        counted, writers = list(found.counted), dossier.authors
        issue = Approved(
            number=dossier.next_number,
            content=dossier.content,
            head=dossier.head,
            event=dossier.event,
            authors=persons(writers, rules),
            author_keys=keys,
            level=found.level,
            segregation=found.segregation,
            approved_on=event.date,
            approved_day=day,
            effective_from=max([day, *(claim.act.effective_from or day for claim in counted)]),
            # Told of few issues, and each takes a look at every commit of its event.
            summary=partial(self._summary, dossier.paths, dossier.event),
            claims=counted,
            writers=writers,
            proof=proof,
            completed=event,
            editorial=all(claim.act.editorial for claim in counted),
        )
        _tell_unknown(issue, event)
        self._use(counted)
        before = dossier.issues[-1].head.type if dossier.issues else None
        note_completed(dossier, issue, Meaning.APPROVAL, counted, event=event, rules=rules)
        dossier.approve(issue)
        if issue.head.type in RULES_TYPES:
            self._in_force.approve(dossier.id, issue.head.type or "", issue.content)
        elif before in RULES_TYPES:
            self._in_force.approve(dossier.id, before or "", None)

    def _strengthen(
        self, dossier: Dossier, issue: Approved, new: list[Claim], event: Event, rules: Rules
    ) -> None:
        """The same content, approved once more: it may stand on stronger evidence now, never on less.

        The acts that made the issue stay as they counted, whatever the matrix says today; what is new is
        weighed by the rules of today.
        """
        found = weighed(
            dossier.claims,
            dossier.types,
            authors=keys_of(issue, rules),
            rules=rules,
            proof=issue.proof_with(dossier.attested),
            asking=alone,
        )
        found.explain(dossier, new, event)
        if not found.approves:
            return
        mandates = [one for kind in dossier.types if (one := rules.mandate(kind)) is not None]
        wanted = max(mandate.persons for mandate in mandates)
        level = reached([*issue.claims, *found.counted], wanted)
        if level is None and not issue.claims:
            return  # adopted: until there are enough, nobody has approved it
        stood = (issue.level, issue.segregation)
        self._use(found.counted)
        issue.claims += found.counted
        issue.level = max(issue.level, level or issue.level)
        before = issue.segregation or found.segregation
        if reached(found.counted, wanted) is not None:
            # Only what would be enough without the others shows more than they did.
            before = min(before, found.segregation, key=STRENGTH.index)
        issue.segregation = before
        note_counted(dossier, issue.content, found, event=event, rules=rules)
        if (issue.level, issue.segregation) != stood:
            note_completed(dossier, issue, Meaning.APPROVAL, issue.claims, event=event, rules=rules)
        dossier.claims.clear()

    def approve_for_now(self, dossier: Dossier, claim: Claim, event: Event, rules: Rules) -> None:
        """One entitled person lets the landed content be used for some days."""
        found = approve_for_now(dossier, claim, event, rules)
        if found is not None and found.approves:
            self._use(found.counted)
            dossier.interims[-1].summary = self._summary(dossier.paths, dossier.interims[-1].event)

    def confirm(self, dossier: Dossier, issue: Approved, claim: Claim, event: Event, rules: Rules) -> None:
        """An issue in force was looked at and found right."""
        dossier.confirming = list(_about(issue, dossier.confirming))
        if not self._put(dossier, dossier.confirming, claim, event):
            return
        kinds = (issue.head.type or "",)
        found = weighed(
            dossier.confirming, kinds, authors=keys_of(issue, rules), rules=rules, proof=issue.proof
        )
        found.explain(dossier, [claim], event)
        note_counted(dossier, issue.content, found, event=event, rules=rules)
        if found.approves:
            self._use(found.counted)
            dossier.confirmed.append(rules.day(event.date))
            note_completed(dossier, issue, Meaning.CONFIRMATION, found.counted, event=event, rules=rules)
            dossier.confirmations += [one.act for one in found.counted]
            dossier.confirming.clear()

    def withdraw(self, dossier: Dossier, issue: Approved, claim: Claim, event: Event, rules: Rules) -> None:
        """An issue is withdrawn; whoever deleted or changed it since cannot do so alone."""
        dossier.withdrawing = list(_about(issue, dossier.withdrawing))
        if not self._put(dossier, dossier.withdrawing, claim, event):
            return
        kinds = (issue.head.type or "",)
        found = weighed(
            dossier.withdrawing,
            kinds,
            authors=changer_keys(dossier, rules),
            rules=rules,
            proof=replace(dossier.proof, made=True),
        )
        found.explain(dossier, [claim], event)
        note_counted(dossier, issue.content, found, event=event, rules=rules)
        if not found.approves:
            return
        self._use(found.counted)
        day = rules.day(event.date)
        acts = [one.act for one in found.counted]
        leaves = max([day, *(act.effective_from or day for act in acts)])
        # A further withdrawal may bring the day forward; nothing takes a withdrawal back.
        issue.withdrawn_from = min(leaves, issue.withdrawn_from or leaves)
        for one in dossier.interims:
            if one.withdrawn_from is None:
                one.withdrawn_from = issue.withdrawn_from
        dossier.withdrawals += acts
        note_completed(dossier, issue, Meaning.WITHDRAWAL, found.counted, event=event, rules=rules)
        dossier.withdrawing.clear()
        if dossier.approved is issue:
            dossier.approved = None
        if dossier.issues[-1] is issue:
            dossier.taken_back = issue
        if issue.head.type in RULES_TYPES and dossier.id != RULES_ID:
            self._in_force.approve(dossier.id, issue.head.type or "", None)

    def _summary(self, paths: tuple[str, ...], landed: Event) -> str:
        """What an event changed at these paths, in the words of who wrote it."""
        return EventWriting(landed, self._history.commits, self._history.own).summary(paths)

    def _use(self, claims: Iterable[Claim]) -> None:
        self.used.update((claim.act.event, claim.act.evidence) for claim in claims)

    def _put(self, dossier: Dossier, table: list[Claim], claim: Claim, event: Event) -> bool:
        """Lay an act beside those that wait for more; False where another has taken its place already."""
        there = next((one for one in table if overtaken(claim, one)), None)
        if there is not None:
            told = (
                f"{words.act_of(claim.act)} does not count: {there.act.evidence} of the same approver "
                "stands; a further record needs a higher number, and evidence that is no weaker"
            )
            act = claim.act
            dossier.fault(FaultReason.REPLAYED, told, event=event, path=act.evidence, person=act.person.key)
            return False
        table[:] = [*(one for one in table if not replaces(claim, one)), claim]
        return True


def _tell_unknown(issue: Approved, event: Event) -> None:
    for author in issue.authors:
        if author.id is None:
            told = f"{author.name} is in no register of persons and is taken for another than the approver"
            fault = Fault(FaultReason.UNKNOWN_AUTHOR, told, event.commit.id, person=author.key)
            issue.faults.append(fault)


def _about(issue: Approved, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims for one issue: what was said of the issue before it says nothing of this one."""
    return (claim for claim in claims if claim.act.issue == issue.number)
