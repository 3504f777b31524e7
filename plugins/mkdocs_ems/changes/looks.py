"""When each document was last looked at as a whole, and what every other one said at that moment.

A look is an event of the chain: an approval, a confirmation, a counted review, never a date
that somebody wrote. Whoever looked could read what was approved then, and what had landed.
Reads the journal of document control; no file, no git, and judges nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from typing import TypeVar

from mkdocs_ems import dataclass
from mkdocs_ems.control import Content, ControlState, DocumentControl, DocumentState, Issue, Meaning
from mkdocs_ems.control.journal import Completed, Landed

T = TypeVar("T")

_LOOKS = (Meaning.APPROVAL, Meaning.CONFIRMATION)
_VERBS = {Meaning.APPROVAL: "approved", Meaning.CONFIRMATION: "confirmed", Meaning.REVIEW: "reviewed"}


@dataclass(frozen=True, slots=True)
class Look:
    """The last time that a document was looked at as a whole."""

    document: str
    index: int
    """The event of the chain."""
    day: date
    meaning: Meaning
    by: tuple[str, ...]
    """Names of those who looked; empty where it was taken over at adoption."""
    content: Content
    """What they looked at."""

    @property
    def verb(self) -> str:
        """`approved`, `confirmed`, `reviewed`; `taken over` at adoption."""
        return "taken over" if not self.index and not self.by else _VERBS[self.meaning]

    @property
    def words(self) -> str:
        """The same with its day: `approved on 2026-03-03`."""
        return f"{self.verb} on {self.day}"


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a document applies today, and the event that made it so."""

    content: Content
    index: int
    issue: Issue | None
    """None where it is a living register, which applies as it landed."""


@dataclass(frozen=True, slots=True)
class Then:
    """What of a document could be read at an earlier event; nothing where it was not there."""

    issue: Issue | None
    contents: tuple[Content, ...]
    """What was approved, then what had landed if that was something else."""


@dataclass(slots=True)
class _Past:
    """What one document said from which event on; every list in the order of the chain."""

    landed_at: list[int] = field(default_factory=list)
    landed: list[Content | None] = field(default_factory=list)
    """None where it was taken away."""
    approved_at: list[int] = field(default_factory=list)
    issues: tuple[Issue, ...] = ()


class Looks:
    """Looks and contents of one chain on one date."""

    def __init__(self, control: ControlState) -> None:
        self._control = control
        self._pasts = defaultdict[str, _Past](_Past)
        for document in control.documents.values():
            past = self._pasts[document.id]
            past.issues = document.issues
            past.approved_at = [_approved_at(issue) for issue in document.issues]
        self.last: Mapping[str, Look] = self._walk()
        """The last look by the id of the document; who was never looked at is not in it."""

    def _walk(self) -> dict[str, Look]:
        completed: dict[str, Completed] = {}
        for step in self._control.journal:
            if type(step) is Landed:
                if not step.event.proposed:
                    past = self._pasts[step.document]
                    past.landed_at.append(step.event.index)
                    past.landed.append(step.content)
            elif type(step) is Completed and step.meaning in _LOOKS:
                completed[step.document] = step
        looks = {id_: _look(step) for id_, step in completed.items()}
        reviewed = [one for one in self._control.documents.values() if one.reviews]
        return looks | self._reviews(reviewed, looks) if reviewed else looks

    def _reviews(self, documents: list[DocumentControl], looks: Mapping[str, Look]) -> dict[str, Look]:
        """Reviews of what is in force, where they came after the last approval or confirmation."""
        events = {event.commit.id: event for event in self._control.events if not event.proposed}
        found: dict[str, Look] = {}
        for document in documents:
            look, content = looks.get(document.id), document.landed
            reviews = [(events[act.event], act) for act in document.reviews if act.event in events]
            if look is None or content is None or look.content.key != content.key or not reviews:
                continue
            event, act = max(reviews, key=lambda pair: pair[0].index)
            if event.index > look.index:
                found[document.id] = Look(
                    document.id, event.index, event.date.date(), Meaning.REVIEW, (act.person.name,), content
                )
        return found

    def shown(self, document: DocumentControl) -> Shown | None:
        """What of a document applies today; None where nothing does, or it is on its way out."""
        if document.state is not DocumentState.IN_FORCE:
            return None
        if document.control == "periodic":
            past = self._pasts[document.id]
            content = past.landed[-1] if past.landed else None
            return Shown(content, past.landed_at[-1], None) if content is not None else None
        issue = document.in_force
        return Shown(issue.content, _approved_at(issue), issue) if issue is not None else None

    def then(self, document: DocumentControl, index: int, *, living: bool) -> Then:
        """What of it could be read at an event; of a living register first what had landed."""
        past = self._pasts[document.id]
        issue = _at(past.approved_at, past.issues, index)
        landed = _at(past.landed_at, past.landed, index)
        contents = [issue.content] if issue is not None else []
        if landed is not None and (issue is None or landed.key != issue.content.key):
            contents.insert(0 if living else len(contents), landed)
        return Then(issue, tuple(contents))

    def changed_since(self, document: DocumentControl, shown: Shown, index: int) -> Then | None:
        """What it said at an event, where it says something else today, and not in words alone; else None."""
        then, now = self.then(document, index, living=shown.issue is None), shown.content.key
        if any(content.key == now for content in then.contents):
            return None
        if then.issue is not None and shown.issue is not None:
            past, number = self._pasts[document.id], shown.issue.number
            later = past.issues[bisect_right(past.approved_at, index) :]
            if all(one.editorial for one in later if one.number <= number):
                return None
        return then


def _at(events: Sequence[int], values: Sequence[T], index: int) -> T | None:
    """What was so at an event of the chain."""
    before = bisect_right(events, index)
    return values[before - 1] if before else None


def _look(step: Completed) -> Look:
    now = [act.person.name for act in step.acts if act.event == step.event.commit.id]
    by = dict.fromkeys(now or (act.person.name for act in step.acts))
    return Look(
        step.document,
        step.event.index,
        step.rules.day(step.event.date),
        step.meaning,
        tuple(by),
        step.content,
    )


def _approved_at(issue: Issue) -> int:
    """The event from which an issue was approved; what was adopted was so from the event that landed it."""
    return (issue.completed or issue.event).index
