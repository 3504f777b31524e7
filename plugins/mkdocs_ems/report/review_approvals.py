"""What a reviewer is told of approvals: what waits, for whom, who is left out, what has to be given again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems.changes.review import Approval, Review, Settled, Stale
from mkdocs_ems.control import Act, Meaning, Person, Waiting
from mkdocs_ems.report.phrases import Phrase, Said, Section, listed
from mkdocs_ems.text import plural

TITLE = "Needs approval"
_WAITS, _SETTLED, _STALE = 1, 2, 3
_COLUMNS = ("Document", "Now", "Approves", "Not, because they wrote it", "Editorial?")


def approval_sections(review: Review) -> Iterator[Section]:
    """Every section that has something to tell."""
    if review.no_control:
        entry: Phrase = ("Nothing is known of approvals: ", Said(review.no_control))
        yield Section(TITLE, _WAITS, ((entry,),), "note")
        return
    if review.approvals:
        yield Section(
            TITLE, _WAITS, tuple(_waits(one) for one in review.approvals), "document", columns=_COLUMNS
        )
    elif review.documents:
        yield Section(TITLE, _WAITS, (((_none(review),),),), "note")
    told = [*(_settled(one) for one in review.settled), *_at_once(review)]
    if told:
        yield Section(TITLE, _SETTLED, tuple((one,) for one in told), "document")
    if review.stale:
        lost = [*(_stale(one) for one in review.stale), *_still_valid(review)]
        yield Section(TITLE, _STALE, tuple((one,) for one in lost), "approval that is lost")


def _none(review: Review) -> str:
    if review.settled:
        return "Nothing further: what is needed comes with the change."
    return "Nothing: no document changes that is approved issue by issue."


def _waits(one: Approval) -> tuple[Phrase, ...]:
    return (
        _named(one.document, one.title),
        (_now(one),),
        _approves(one),
        listed(map(_person, one.authors), nobody="nobody is known"),
        _editorial(one),
    )


def _named(identity: str, title: str) -> Phrase:
    return (Said(identity), " ", Said(title)) if title and title != identity else (Said(identity),)


def _now(one: Approval) -> str:
    if one.becomes is None:
        stays = f"issue {one.in_force} stays" if one.in_force is not None else "it stays"
        return f"{stays} until its withdrawal is approved"
    there = (
        f"issue {one.in_force} stays in force until then"
        if one.in_force is not None
        else "nothing is in force"
    )
    return f"{there}; this becomes issue {one.becomes}"


def _approves(one: Approval) -> Phrase:
    if not one.waits_for:
        return (Said(one.missing, 600),)
    said: list[Phrase] = [_waiting(wanted) for wanted in one.waits_for]
    return tuple(part for at, phrase in enumerate(said) for part in (("; ", *phrase) if at else phrase))


def _waiting(one: Waiting) -> Phrase:
    asked = (
        f"{one.persons} more of {one.given + one.persons}, by a holder of "
        if one.given
        else f"{plural(one.persons, 'approval')} by a holder of "
    )
    who = listed(map(_person, one.candidates), nobody="nobody is left who could give it")
    return (asked, *_either(one.roles), ": ", *who)


def _either(roles: Iterable[str]) -> Phrase:
    return tuple(
        part for at, role in enumerate(roles) for part in ((" or ", Said(role)) if at else (Said(role),))
    )


def _person(person: Person) -> str:
    return f"{person.name} ({person.id or person.mail})"


def _editorial(one: Approval) -> Phrase:
    if one.becomes is None:
        return ("no: a withdrawal",)
    if one.not_editorial is None:
        return (
            "yes, words alone: nobody is asked to read it again (say so when approving: ",
            Said("--editorial"),
            ")",
        )
    return ("no: ", Said(one.not_editorial))


def _settled(one: Settled) -> Phrase:
    head = _named(one.document, one.title)
    by = listed(map(_act, one.approvals), nobody="nobody that is named")
    if one.withdrawn_from is not None:
        return (*head, f" is withdrawn from {one.withdrawn_from.isoformat()} on: by ", *by)
    editorial = ", as a change of words alone" if one.editorial else ""
    return (*head, f" stands as issue {one.issue}{editorial}: approved by ", *by)


def _act(act: Act) -> str:
    role = f", {act.role}" if act.role else ""
    return f"{_person(act.person)}{role}, {act.level.word}"


def _at_once(review: Review) -> Iterator[Phrase]:
    waiting = {one.document for one in review.approvals}
    for one in review.at_once:
        if one.document not in waiting:
            head = _named(one.document, one.title)
            yield (*head, " is kept as a living log: what changes in it applies as soon as it lands")


def _stale(one: Stale) -> Phrase:
    if one.act is not None:
        day = one.act.done.date().isoformat()
        counts = "" if one.act.meaning is Meaning.REVIEW else ": it has to be given again"
        return (
            f"The {one.act.meaning.value} by ",
            Said(_person(one.act.person)),
            f" of {day} was for another text of ",
            Said(one.document),
            counts,
        )
    assert one.fault is not None, "an act or a fault is told"
    where: Phrase = (" (", Said(one.fault.path), ")") if one.fault.path else ()
    return (
        Said(one.document),
        ": a record that comes with the change is for another text, and has to be made again: ",
        Said(one.fault.words),
        *where,
    )


def _still_valid(review: Review) -> Iterator[Phrase]:
    lost = {one.document for one in review.stale}
    stays = [one for one in review.approvals if one.document in lost and one.in_force is not None]
    for one in stays:
        yield (f"Issue {one.in_force} of ", Said(one.document), " and its approvals stay as they are")
