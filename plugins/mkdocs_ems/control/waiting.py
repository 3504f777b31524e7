"""What a landed content still waits for: who may approve it, and why nothing so far was enough."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.control import words
from mkdocs_ems.control.approvals import Claim
from mkdocs_ems.control.authority import Mandate, Rules
from mkdocs_ems.control.dossier import Dossier
from mkdocs_ems.control.rules_in_force import RULES_TYPES
from mkdocs_ems.control.terms import Level
from mkdocs_ems.control.values import Person, Waiting
from mkdocs_ems.control.weighing import author_keys, editorial, persons, weighed
from mkdocs_ems.git.values import Event


@dataclass(frozen=True, slots=True)
class _Need:
    """What one type still asks for."""

    kind: str
    mandate: Mandate | None
    """None: nobody may approve it."""
    more: int
    """How many more persons; none where it has all that it asks for."""
    holders: tuple[Person, ...]
    """Who may act in one of its roles."""
    candidates: tuple[Person, ...]
    """Those of them who can still approve it."""
    given: int = 0
    """How many persons have approved it already."""


def waits_for(dossier: Dossier, rules: Rules, day: date) -> tuple[Waiting, ...]:
    """Whom a content, or a deletion, waits for on a day; empty where nobody can approve it."""
    needs = tuple(_needs(dossier, rules, day))
    if any(need.mandate is None for need in needs):
        return ()
    return tuple(
        Waiting(need.mandate.roles, need.more, need.candidates, given=need.given)
        for need in needs
        if need.mandate is not None and need.more
    )


def missing(dossier: Dossier, rules: Rules, day: date) -> str:
    """One or more clauses, without a full stop."""
    event = dossier.event
    assert event is not None, "what waits has landed or gone at some event"
    if dossier.content is None:
        return _withdrawal(dossier, rules, event, day)
    clauses = [_wanted(dossier, rules, day), _history(dossier, rules, event)]
    for_now = dossier.interim_on(day)
    if for_now is not None and for_now.content.key == dossier.content.key:
        clauses.append(f"approved for the interim until {for_now.valid_until}")
    clauses += [note.words for note in dossier.notes[-2:]]
    same = next((one for one in reversed(dossier.issues) if one.content.key == dossier.content.key), None)
    if same is not None:
        leave = ", or delete the file" if same is dossier.taken_back else ""
        clauses.append(f"its text is that of issue {same.number}: approve it as a re-issue{leave}")
    return "; ".join(clauses)


# --- what each type asks for ------------------------------------------------------------


def _needs(dossier: Dossier, rules: Rules, day: date) -> Iterator[_Need]:
    if dossier.content is not None:
        for kind in dossier.types:
            yield _need(kind, dossier.claims, dossier, rules, day)
    elif dossier.issues:
        last = dossier.issues[-1]
        claims = [claim for claim in dossier.withdrawing if claim.act.issue == last.number]
        yield _need(last.head.type or "", claims, dossier, rules, day)


def _need(kind: str, claims: list[Claim], dossier: Dossier, rules: Rules, day: date) -> _Need:
    mandate = rules.mandate(kind)
    if mandate is None:
        return _Need(kind, None, 0, (), ())
    # Where everybody so far called it editorial, fewer persons may be enough.
    asking = editorial if claims and all(claim.act.editorial for claim in claims) else None
    wanted = asking(mandate) if asking else mandate
    authors = author_keys(dossier, rules)
    (verdict,) = weighed(
        claims, (kind,), authors=authors, rules=rules, proof=dossier.proof, asking=asking
    ).known
    counted = {claim.act.person.key for claim in verdict.counted}
    holders = rules.directory.acting(wanted.roles, day)
    barred = counted if rules.settings.approval.segregation == "warn" else counted | authors
    left = tuple(person for person in holders if person.key not in barred)
    more = 0 if verdict.level is not None else max(1, wanted.persons - len(counted))
    return _Need(kind, wanted, more, holders, left, len(counted))


# --- words ------------------------------------------------------------------------------


def _withdrawal(dossier: Dossier, rules: Rules, event: Event, day: date) -> str:
    last = dossier.issues[-1]
    who = words.names(rules.directory.person(one) for one in dossier.hands) or "somebody"
    (need,) = _needs(dossier, rules, day)
    approvers = words.wanted(need.mandate, more=need.more) if need.mandate else "a new trust root"
    how = "is no longer a plain file" if dossier.not_a_file else f"was deleted by {who}"
    when = "in the work tree, not committed yet," if _uncommitted(event) else f"on {rules.day(event.date)}"
    if _uncommitted(event) and not dossier.not_a_file:
        how = "was deleted"
    return (
        f"{last.content.path} {how} {when} without an approved withdrawal; issue "
        f"{last.number} stays until a withdrawal has {approvers}, or the file is back as it was"
    )


def _wanted(dossier: Dossier, rules: Rules, day: date) -> str:
    needs = list(_needs(dossier, rules, day))
    # Where the type has changed, what one of the two asks may be there already.
    open_ = [need for need in needs if need.mandate is None or need.more] or needs
    wanted = " and ".join(_nobody(one.kind) if one.mandate is None else _by(one, rules) for one in open_)
    if dossier.event is not None and dossier.event.proposed:
        return f"is proposed and has not landed on the main branch; then it {wanted}"
    return wanted


def _nobody(kind: str) -> str:
    if not kind:
        return "cannot be approved: it says no type"
    return f"cannot be approved: no row of the approved matrix in ems.yml covers the type {kind}"


def _by(need: _Need, rules: Rules) -> str:
    mandate = need.mandate
    assert mandate is not None, "somebody may approve it"
    told = f"waits for {words.wanted(mandate, more=max(1, need.more))}"
    if rules.settings.approval.segregation == "proved":
        told += ", with proof that somebody else wrote it"
    if Level.RECORDED not in mandate.accepts:
        told += f", by evidence of the level {words.accepted(mandate)}"
    if need.more <= len(need.candidates):
        return told
    return f"{told}, {_too_few(need)}"


def _too_few(need: _Need) -> str:
    if not need.holders:
        told = "and nobody holds one of these roles or stands in for its holder"
        # Who decides who may approve cannot be replaced by anybody else's approval.
        return f"{told}: only a new trust root helps" if need.kind in RULES_TYPES else told
    if not need.candidates:
        return f"and nobody is left for it: {words.names(need.holders)} wrote it or approved it already"
    return f"and only {words.names(need.candidates)} can still give it"


def _uncommitted(event: Event) -> bool:
    """Whether an event is the work tree's: nobody's, and of no day."""
    return event.proposed and not (event.commit.author.mail or event.commit.author.name)


def _history(dossier: Dossier, rules: Rules, event: Event) -> str:
    if _uncommitted(event):
        return "changed in the work tree and not committed yet"
    authors, day = persons(dossier.authors, rules), rules.day(event.date)
    last = dossier.issues[-1] if dossier.issues else None
    if last is not None and last.withdrawn_from is not None:
        return words.withdrawn(authors, day, last.number, last.withdrawn_from)
    return words.edited(authors, day, last.number if last else None)
