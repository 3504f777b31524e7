"""What a reviewer is told of everybody and everything else that a change reaches."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs_ems.changes.impact import Affected, Party
from mkdocs_ems.changes.review import Copy, Reader, Review
from mkdocs_ems.report.phrases import Phrase, Said, Section, listed
from mkdocs_ems.text import plural

_KNOWS, _TOUCHES, _ANSWERS = 6, 8, 9
"""Few lines that nobody may miss come before what was and is; what may be many comes after it."""


def reach_sections(review: Review) -> Iterator[Section]:
    """Every section that has something to tell."""
    title = "Touches"
    found = review.impact
    own = {*review.documents, *(node.id for node in (*found.asked, *found.removed))}
    clauses = [one.clause for one in found.clauses if not own.isdisjoint(one.ids)]
    if clauses:
        entry: Phrase = ("Clauses that it answers: ", *listed(clauses))
        yield Section(title, _KNOWS, ((entry,),), "note")
    if found.affected:
        again = {edge.source for edge in review.links}
        entries = tuple((_affected(one, again=one.node.id in again),) for one in found.affected)
        number = plural(len(found.affected), "thing refers", "things refer")
        more = f"; {len(again)} of them to be looked at again once it is approved" if again else ""
        yield Section(title, _TOUCHES, entries, "reference", (f"{number} directly to what changes{more}",))
    title = "Who has to know"
    for rank, phrases in ((_KNOWS, _who(review)), (_ANSWERS, map(_answers, _answering(review)))):
        told = tuple((one,) for one in phrases)
        if told:
            yield Section(title, rank, told, "note")


def _affected(one: Affected, *, again: bool) -> Phrase:
    more = f", and {len(one.ways) - 1} more of what changes" if len(one.ways) > 1 else ""
    withdrawn = " (withdrawn)" if one.withdrawn else ""
    look = ": to be looked at again" if again else ""
    return (Said(one.node.title, 80), withdrawn, ", ", Said(one.ways[0].words), more, look)


def _who(review: Review) -> Iterator[Phrase]:
    yield from map(_reader, review.to_read)
    if review.documents and not review.to_read:
        yield (_nobody_reads(review),)
    yield from map(_copy, review.copies)


def _answering(review: Review) -> Iterator[Party]:
    return (one for one in review.impact.people if one.answers_for)


def _nobody_reads(review: Review) -> str:
    if review.reworded == review.documents:
        return "Nobody has to read anything again: words alone change"
    return "Nobody is named under read_by who would have to read what changes"


def _reader(one: Reader) -> Phrase:
    who: Phrase = (Said(one.role), " ", Said(one.title)) if one.title else (Said(one.role),)
    held = listed(one.held_by)
    return (*who, " (held by ", *held, ") has to read ", *listed(one.documents))


def _answers(one: Party) -> Phrase:
    held = listed(one.held_by)
    return (
        Said(one.id),
        " ",
        Said(one.title),
        " (held by ",
        *held,
        ") answers for ",
        *listed(one.answers_for),
    )


def _copy(one: Copy) -> Phrase:
    issue = f", which shows issue {one.issue}," if one.issue is not None else ""
    name: Phrase = (Said(one.id), " ") if one.id else ()
    return (
        "The paper copy ",
        *name,
        Said(one.place),
        f"{issue} of ",
        Said(one.document),
        " is to be swapped when the new issue comes into force",
    )
