"""What a landed content still waits for: who may approve it, and why nothing so far was enough."""

from __future__ import annotations

from mkdocs_ems.control import words
from mkdocs_ems.control.approvals import Verdict, weigh
from mkdocs_ems.control.authority import Mandate, Rules
from mkdocs_ems.control.deciding import author_keys
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.values import Level
from mkdocs_ems.git.values import Event

_READ = frozenset({Level.DECLARED, Level.RECORDED})
"""The levels that this version can read evidence of."""


def missing(dossier: Dossier, rules: Rules) -> str:
    """One or more clauses, without a full stop."""
    event = dossier.event
    assert event is not None, "what waits has landed or gone at some event"
    if dossier.content is None:
        return _withdrawal(dossier, rules, event)
    last = dossier.issues[-1] if dossier.issues else None
    if last is not None and last.withdrawn_from is not None and last.content.key == dossier.content.key:
        return (
            f"issue {last.number} is withdrawn from {last.withdrawn_from} on: delete the file, or have it "
            f"approved again as issue {dossier.next_number}"
        )
    clauses = [_wanted(dossier, rules), _history(dossier, rules, event)]
    clauses += [note.words for note in dossier.notes[-2:]]
    same = next((one for one in reversed(dossier.issues) if one.content.key == dossier.content.key), None)
    if same is not None:
        clauses.append(f"its text is that of issue {same.number}: approve it as a re-issue")
    return "; ".join(clauses)


def _withdrawal(dossier: Dossier, rules: Rules, event: Event) -> str:
    last = dossier.issues[-1]
    who = words.names(rules.directory.person(one) for one in dossier.hands) or "somebody"
    mandate = rules.mandate(last.head.type or "")
    approvers = words.wanted(mandate, more=mandate.persons) if mandate else "a new trust root"
    how = "is no longer a plain file" if dossier.not_a_file else f"was deleted by {who}"
    when = "in the work tree, not committed yet," if _uncommitted(event) else f"on {rules.day(event.date)}"
    if _uncommitted(event) and not dossier.not_a_file:
        how = "was deleted"
    return (
        f"{last.content.path} {how} {when} without an approved withdrawal; issue "
        f"{last.number} stays until a withdrawal has {approvers}, or the file is back as it was"
    )


def _wanted(dossier: Dossier, rules: Rules) -> str:
    clauses = []
    # Where the type has changed, what one of the two asks may be there already.
    for kind in [kind for kind in dossier.types if not _satisfied(dossier, kind, rules)] or dossier.types:
        mandate = rules.mandate(kind)
        clauses.append(_nobody(kind) if mandate is None else _by_mandate(dossier, mandate, rules))
    wanted = " and ".join(clauses)
    if dossier.event is not None and dossier.event.proposed:
        return f"is proposed and has not landed on the main branch; then it {wanted}"
    return wanted


def _nobody(kind: str) -> str:
    if not kind:
        return "cannot be approved: it says no type"
    return f"cannot be approved: no row of the approved matrix in ems.yml covers the type {kind}"


def _by_mandate(dossier: Dossier, mandate: Mandate, rules: Rules) -> str:
    asked = rules.settings.approval.segregation
    verdict = _verdict(dossier, mandate, rules)
    told = f"waits for {words.wanted(mandate, more=_persons_missing(verdict, mandate))}"
    if asked == "proved":
        return f"{told}, by evidence that proves who wrote it, which this version cannot read"
    if mandate.accepts.isdisjoint(_READ):
        return f"{told}, by evidence ({words.accepted(mandate)}) that this version cannot read"
    return told


def _verdict(dossier: Dossier, mandate: Mandate, rules: Rules) -> Verdict:
    asked = rules.settings.approval.segregation
    return weigh(dossier.claims, mandate=mandate, authors=author_keys(dossier, rules), segregation=asked)


def _satisfied(dossier: Dossier, kind: str, rules: Rules) -> bool:
    mandate = rules.mandate(kind)
    return mandate is not None and _verdict(dossier, mandate, rules).level is not None


def _persons_missing(verdict: Verdict, mandate: Mandate) -> int:
    found = {claim.act.person.key for claim in verdict.counted}
    return max(1, mandate.persons - len(found))


def _uncommitted(event: Event) -> bool:
    """Whether an event is the work tree's: nobody's, and of no day."""
    return event.proposed and not (event.commit.author.mail or event.commit.author.name)


def _history(dossier: Dossier, rules: Rules, event: Event) -> str:
    if _uncommitted(event):
        return "changed in the work tree and not committed yet"
    authors = [rules.directory.person(one) for one in dossier.writers]
    return words.edited(authors, rules.day(event.date), dossier.issues[-1].number if dossier.issues else None)
