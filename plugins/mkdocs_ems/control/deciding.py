"""Decisions: what approves, confirms or withdraws, once the claims for it are on the table.

Reads no files and no evidence; turns claims that already bind a content into issues,
confirmations and withdrawals, by the rules in force at the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mkdocs_ems.control import words
from mkdocs_ems.control.approvals import Claim, Verdict, weigh
from mkdocs_ems.control.authority import Rules
from mkdocs_ems.control.authorship import EventWriting
from mkdocs_ems.control.dossier import Approved, Dossier
from mkdocs_ems.control.journal import Completed, Journal
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.control.rules_in_force import RULES_TYPES, RulesInForce
from mkdocs_ems.control.values import Content, Fault, FaultReason, Level, Meaning, Segregation
from mkdocs_ems.git.values import Commit, Event


class Decisions:
    """Decides, and lets new rules come into force."""

    def __init__(self, in_force: RulesInForce, commits: Mapping[str, Commit], journal: Journal) -> None:
        self._in_force = in_force
        self._commits = commits
        self._journal = journal

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
                approved_on=event.date,
                approved_day=day,
                effective_from=day,
                summary=event.commit.subject,
            )
            dossier.approve(issue)
            self._complete(dossier, issue, Meaning.APPROVAL, (), event=event, rules=rules)

    def decide(self, dossier: Dossier, new: list[Claim], event: Event, rules: Rules) -> None:
        """Decide on the landed content after new claims for it; they are in the dossier already."""
        if not new or event.proposed:
            return
        issue = dossier.approved
        keys = author_keys(dossier, rules) if issue is None else issue.author_keys
        claims = dossier.claims if issue is None else [*issue.claims, *new]
        verdicts = _verdicts(claims, dossier.types, keys, rules)
        _explain(dossier, verdicts, new, event)
        self._count(dossier.id, dossier.content, verdicts, event=event, rules=rules)
        if not _all_approve(verdicts):
            return
        found = [verdict for verdict in verdicts if verdict is not None]
        if issue is None:
            self._approve(dossier, found, event, rules)
        else:
            # The same content, approved once more: it may stand on stronger evidence now.
            stood = (issue.level, issue.segregation)
            issue.claims = _counted(found)
            issue.level = max(issue.level, _level(found))
            shown = _segregation(found)
            before = issue.segregation or shown
            issue.segregation = min(before, shown, key=_STRENGTH.index)
            if (issue.level, issue.segregation) != stood:
                self._complete(dossier, issue, Meaning.APPROVAL, issue.claims, event=event, rules=rules)
            dossier.claims.clear()

    def _approve(self, dossier: Dossier, verdicts: list[Verdict], event: Event, rules: Rules) -> None:
        assert dossier.content is not None, "only a landed content is approved"
        assert dossier.event is not None, "a landed content has an event"
        day = rules.day(event.date)
        counted = _counted(verdicts)
        authors = tuple(dict.fromkeys(rules.directory.person(one) for one in dossier.writers))
        issue = Approved(
            number=dossier.next_number,
            content=dossier.content,
            head=dossier.head,
            event=dossier.event,
            authors=authors,
            author_keys=author_keys(dossier, rules),
            level=_level(verdicts),
            segregation=_segregation(verdicts),
            approved_on=event.date,
            approved_day=day,
            effective_from=max([day, *(claim.act.effective_from or day for claim in counted)]),
            summary=EventWriting(dossier.event, self._commits).summary(dossier.paths),
            claims=counted,
        )
        for author in authors:
            if author.id is None:
                told = (
                    f"{author.name} is in no register of persons and is taken for another than the approver"
                )
                fault = Fault(FaultReason.UNKNOWN_AUTHOR, told, event.commit.id, person=author.key)
                issue.faults.append(fault)
        before = dossier.issues[-1].head.type if dossier.issues else None
        self._complete(dossier, issue, Meaning.APPROVAL, counted, event=event, rules=rules)
        dossier.approve(issue)
        if issue.head.type in RULES_TYPES:
            self._in_force.approve(dossier.id, issue.head.type or "", issue.content)
        elif before in RULES_TYPES:
            self._in_force.approve(dossier.id, before or "", None)

    def confirm(self, dossier: Dossier, issue: Approved, claim: Claim, event: Event, rules: Rules) -> None:
        """An issue in force was looked at and found right."""
        dossier.confirming = [*_about(issue, dossier.confirming), claim]
        kinds = (issue.head.type or "",)
        verdicts = _verdicts(dossier.confirming, kinds, issue.author_keys, rules)
        _explain(dossier, verdicts, [claim], event)
        self._count(dossier.id, issue.content, verdicts, event=event, rules=rules)
        if _all_approve(verdicts):
            dossier.confirmed_on = rules.day(event.date)
            self._complete(dossier, issue, Meaning.CONFIRMATION, dossier.confirming, event=event, rules=rules)
            dossier.confirmations += [one.act for one in dossier.confirming]
            dossier.confirming.clear()

    def withdraw(self, dossier: Dossier, issue: Approved, claim: Claim, event: Event, rules: Rules) -> None:
        """An issue is withdrawn; whoever deleted or changed it since cannot do so alone."""
        dossier.withdrawing = [*_about(issue, dossier.withdrawing), claim]
        kinds = (issue.head.type or "",)
        verdicts = _verdicts(dossier.withdrawing, kinds, author_keys(dossier, rules), rules)
        _explain(dossier, verdicts, [claim], event)
        self._count(dossier.id, issue.content, verdicts, event=event, rules=rules)
        if not _all_approve(verdicts):
            return
        day = rules.day(event.date)
        acts = [one.act for one in dossier.withdrawing]
        issue.withdrawn_from = max([day, *(act.effective_from or day for act in acts)])
        dossier.withdrawals += acts
        self._complete(dossier, issue, Meaning.WITHDRAWAL, dossier.withdrawing, event=event, rules=rules)
        dossier.withdrawing.clear()
        if dossier.approved is issue:
            dossier.approved = None
        if issue.head.type in RULES_TYPES and dossier.id != RULES_ID:
            self._in_force.approve(dossier.id, issue.head.type or "", None)

    # --- the journal --------------------------------------------------------------------

    def _count(
        self,
        document: str,
        content: Content | None,
        verdicts: Iterable[Verdict | None],
        *,
        event: Event,
        rules: Rules,
    ) -> None:
        """Note what counts from here on, whether or not it is enough."""
        if content is not None:
            counted = (claim.act for one in verdicts if one is not None for claim in one.counted)
            self._journal.counted(document, content, counted, event=event, rules=rules)

    def _complete(  # noqa: PLR0913 - what makes a decision, each by its name
        self,
        dossier: Dossier,
        issue: Approved,
        meaning: Meaning,
        claims: Iterable[Claim],
        *,
        event: Event,
        rules: Rules,
    ) -> None:
        """Note a decision."""
        kinds = dossier.types if meaning is Meaning.APPROVAL else (issue.head.type or "",)
        day = rules.day(event.date)
        begins = {Meaning.APPROVAL: issue.effective_from, Meaning.WITHDRAWAL: issue.withdrawn_from or day}
        approving = meaning is Meaning.APPROVAL
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
            acts=tuple(claim.act for claim in claims),
            authors=issue.authors,
            from_=begins.get(meaning, day),
            rules=rules,
            asked=tuple(found for kind in kinds if (found := rules.mandate(kind)) is not None),
        )
        self._journal.completed(step)


_STRENGTH = (Segregation.PROVED, Segregation.ASSERTED, Segregation.SELF)


def author_keys(dossier: Dossier, rules: Rules) -> frozenset[str]:
    """The authors since the last full approval, by what persons are compared by."""
    mails = [*(writer.mail for writer in dossier.writers), *dossier.named_authors]
    return frozenset(key for mail in mails for key in rules.directory.keys(mail))


def _about(issue: Approved, claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims for one issue: what was said of the issue before it says nothing of this one."""
    return (claim for claim in claims if claim.act.issue == issue.number)


def _verdicts(
    claims: Iterable[Claim], kinds: Iterable[str], authors: frozenset[str], rules: Rules
) -> list[Verdict | None]:
    """One verdict for each type that must be satisfied; None where nobody may approve the type."""
    held = tuple(claims)
    mandates = [rules.mandate(kind) for kind in kinds]
    asked = rules.settings.approval.segregation
    return [
        weigh(held, mandate=one, authors=authors, segregation=asked) if one is not None else None
        for one in mandates
    ]


def _all_approve(verdicts: Iterable[Verdict | None]) -> bool:
    return all(verdict is not None and verdict.level is not None for verdict in verdicts)


def _counted(verdicts: list[Verdict]) -> list[Claim]:
    if len(verdicts) == 1:
        return list(verdicts[0].counted)
    return list(dict.fromkeys(claim for verdict in verdicts for claim in verdict.counted))


def _level(verdicts: Iterable[Verdict]) -> Level:
    return min(verdict.level for verdict in verdicts if verdict.level is not None)


def _segregation(verdicts: Iterable[Verdict]) -> Segregation:
    return max((verdict.segregation for verdict in verdicts), key=_STRENGTH.index)


def _explain(dossier: Dossier, verdicts: Iterable[Verdict | None], new: list[Claim], event: Event) -> None:
    """Say of each new claim that does not count why; of a record for good, of a merge while it matters."""
    told_by = [verdict for verdict in verdicts if verdict is not None]
    for claim in new:
        reason = next((found for one in told_by if (found := _why_not(one, claim))), None)
        if reason is None or any(claim in one.counted for one in told_by):
            continue
        act = claim.act
        told = f"{words.act_of(act)} does not count: {_WHY[reason]}"
        if act.evidence.endswith(".yml"):
            dossier.fault(reason, told, event=event, path=act.evidence, person=act.person.key)
        else:
            dossier.note(reason, told, event=event, person=act.person.key)


_WHY = {
    FaultReason.AUTHOR_APPROVES: "its author is among those who wrote the change",
    FaultReason.LEVEL_NOT_ACCEPTED: "the approval matrix asks for evidence of a higher level",
    FaultReason.NOT_ENTITLED: "the approval matrix gives this person no right to it on that day",
}


def _why_not(verdict: Verdict, claim: Claim) -> FaultReason | None:
    if claim in verdict.counted:
        return None
    if claim in verdict.own:
        return FaultReason.AUTHOR_APPROVES
    return FaultReason.LEVEL_NOT_ACCEPTED if claim in verdict.weak else FaultReason.NOT_ENTITLED
