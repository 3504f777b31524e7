"""Document control as data, and how it differs between two states.

Says what control derived and decides nothing. Old issues are told by their acts alone, so that
no old content is read for a title that nobody asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from mkdocs_ems.changes.values import ABSENT, ApprovalChanged, Named, StateChanged
from mkdocs_ems.control import Act, ControlState, DocumentControl, Person
from mkdocs_ems.control.periods import interim_last
from mkdocs_ems.source import Data


def control_facts(document: DocumentControl) -> Mapping[str, Data]:
    """Where a document stands: state, issue, level, dates, what is pending. Numbers and dates are text."""
    issue, interim = document.in_force, document.interim
    segregation = issue.segregation if issue is not None else None
    return {
        "state": document.state.value,
        "issue": str(issue.number) if issue is not None else None,
        "level": issue.level.word if issue is not None else None,
        "segregation": segregation.value if segregation is not None else None,
        "effective_from": issue.effective_from.isoformat() if issue is not None else None,
        "effective_to": _day(issue.effective_to if issue is not None else None),
        "editorial": "true" if issue is not None and issue.editorial else None,
        "review_due": _day(document.review_due),
        "last_confirmed": _day(document.last_confirmed),
        "withdrawn_from": _day(document.withdrawn_from),
        "interim_until": _day(interim_last(interim) if interim is not None else None),
        "pending": _pending(document),
    }


def control_acts(document: DocumentControl) -> Mapping[str, Mapping[str, Data]]:
    """Every act that stands for a document, by evidence, meaning and person.

    What approved its issues, interim texts and drafts, confirmed or withdrew it; reviews, which count for
    nothing, are left out.
    """
    acts = [act for issue in document.issues for act in issue.approvals]
    acts += [interim.act for interim in document.interims]
    acts += [*document.confirmations, *document.withdrawals]
    acts += document.pending.acts if document.pending is not None else ()
    found: dict[str, Mapping[str, Data]] = {}
    for act in acts:
        key = f"{act.evidence} {act.meaning.value} {act.person.key}"
        said = _act(act)
        if found.setdefault(key, said) != said:
            # One piece of evidence for two issues: both are told.
            found[f"{key} {act.issue}"] = said
    return found


def control_changes(
    before: ControlState | None,
    after: ControlState | None,
    *,
    among: Iterable[str],
    name: Callable[[DocumentControl], Named],
) -> Iterator[ApprovalChanged | StateChanged]:
    """How document control differs, document by document.

    Args:
        before: control of the one state; None where there is none.
        after: control of the other.
        among: the documents to look at, as `changed_control` names them.
        name: of whom a change of this document speaks.
    """
    for identity in among:
        was = before.documents.get(identity) if before is not None else None
        now = after.documents.get(identity) if after is not None else None
        document = now or was
        if document is None:
            continue
        of = name(document)
        old_acts, new_acts = control_acts(was) if was else {}, control_acts(now) if now else {}
        for evidence in sorted(old_acts.keys() | new_acts.keys()):
            old_act, new_act = old_acts.get(evidence), new_acts.get(evidence)
            if old_act != new_act:
                yield ApprovalChanged(of, evidence, old_act, new_act)
        old, new = control_facts(was) if was else {}, control_facts(now) if now else {}
        for fact in new or old:
            if old.get(fact, ABSENT) != new.get(fact, ABSENT):
                yield StateChanged(of, fact, old.get(fact, ABSENT), new.get(fact, ABSENT))


def changed_control(before: ControlState | None, after: ControlState | None) -> tuple[str, ...]:
    """The documents that do not stand in both states as they do in the other."""
    old = before.documents if before is not None else {}
    new = after.documents if after is not None else {}
    if old is new:
        return ()
    return tuple(
        identity
        for identity in sorted(old.keys() | new.keys())
        if not _same(old.get(identity), new.get(identity))
    )


def _same(was: DocumentControl | None, now: DocumentControl | None) -> bool:
    if was is None or now is None:
        return was is now
    return control_facts(was) == control_facts(now) and control_acts(was) == control_acts(now)


def _pending(document: DocumentControl) -> Data:
    pending = document.pending
    if pending is None:
        return None
    said: dict[str, Data] = {
        "issue": str(document.next_issue) if pending.content is not None else None,
        "blob": pending.content.blob if pending.content is not None else None,
        "waits_for": pending.missing,
    }
    if document.control == "periodic" and pending.content is not None:
        said["at_once"] = "true"
    return said


def _act(act: Act) -> Mapping[str, Data]:
    return {
        "person": person_words(act.person),
        "role": act.role,
        "meaning": act.meaning.value,
        "level": act.level.word,
        "date": act.done.date().isoformat(),
        "issue": str(act.issue),
    }


def person_words(person: Person) -> str:
    """A person as lists name them: the name, and the id or address that tells them apart."""
    return f"{person.name} ({person.id or person.mail})"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
