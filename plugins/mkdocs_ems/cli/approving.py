"""What an approver is shown before being asked: what changed, and what the act will be worth.

Plain words, without git's. Lays out what the judge found; decides nothing and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import click

from mkdocs_ems import dataclass
from mkdocs_ems.cli.redlines import LEGEND, redline_terminal
from mkdocs_ems.cli.wrapping import folded, wrapped
from mkdocs_ems.control.authorship import EventWriting
from mkdocs_ems.control.drafting import Draft, print_checksum
from mkdocs_ems.control.standpoint import Standpoint, authors_since, standing_issue
from mkdocs_ems.control.states import DocumentControl
from mkdocs_ems.control.terms import IssueState, Level, Meaning, Segregation
from mkdocs_ems.control.trial import Outcome
from mkdocs_ems.control.values import Content, Issue, Person
from mkdocs_ems.git import Blobs, Identity
from mkdocs_ems.git.committing import Head
from mkdocs_ems.redline import redline, visible
from mkdocs_ems.text import show

_UNCHANGED = (Meaning.CONFIRMATION, Meaning.WITHDRAWAL)
_LEVELS = {
    Level.DECLARED: (
        "declared: it is your word that {name} has done so; an act of their own is not in evidence"
    ),
    Level.PAPER: "paper: {name} signed on paper, and the scan is kept beside the record",
    Level.RECORDED: (
        "recorded: the history names {name} as the one who added it; this rests on who may send changes to "
        "the main branch, not on cryptography"
    ),
    Level.SIGNED: "signed: with the key {key}, which anybody can verify without trusting a server",
}


@dataclass(frozen=True, slots=True)
class Approvable:
    """One document, the record drafted for it, and what would come of it."""

    before: DocumentControl
    after: DocumentControl
    draft: Draft
    outcome: Outcome

    @property
    def id(self) -> str:
        """The document's id."""
        return self.before.id

    @property
    def meaning(self) -> Meaning:
        """What its record says."""
        return self.draft.record.meaning

    @property
    def editorial(self) -> bool:
        """Whether it says that nothing but wording changed."""
        return self.draft.record.change is not None

    @property
    def what(self) -> str:
        """`issue 3 of POL-001`."""
        if self.meaning is Meaning.INTERIM:
            return f"{self.id} as it stands"
        return f"issue {self.draft.record.issue} of {self.id}"


def shown(found: Sequence[Approvable], at: Standpoint, *, by: Identity, blobs: Blobs, head: Head) -> str:
    """Everything that the approver must have seen, document by document."""
    lines: list[str] = []
    for one in found:
        lines += [*_document(one, at, by, blobs), ""]
    if at.branch:
        main = at.rules.settings.main_branch
        lines += [
            *wrapped(
                f"You are on the branch {head.branch}, not on {main}. The approval goes with the branch and "
                f"counts from the day on which this very text lands on {main}; if the text is changed "
                "before, it has to be approved again."
            ),
            "",
        ]
    return "\n".join(lines) + "\n"


def _document(one: Approvable, at: Standpoint, by: Identity, blobs: Blobs) -> Iterator[str]:
    yield click.style(show(f"{one.id}  {one.before.title}"), bold=True)
    yield f"  {show(one.draft.content.path)}"
    yield from wrapped(_standing(one), indent="  ")
    if one.meaning not in _UNCHANGED:
        yield from wrapped(_written(one.before, at), indent="  ")
        yield ""
        yield from _changes(one, blobs)
    yield ""
    yield from _act(one, at, by)


def _standing(one: Approvable) -> str:
    now, number = one.before.in_force, one.draft.record.issue
    if now is None:
        first = "Nothing of it is in force." if one.before.issues else "It has never been approved."
    else:
        first = f"In force: {_named(now)}, since {now.effective_from}, approved {_by(now)}."
    match one.meaning:
        case Meaning.APPROVAL if standing_issue(one.before) is not None:
            return f"{first} You approve it once more."
        case Meaning.APPROVAL:
            words = ", as an editorial change: nobody is asked to read it again" if one.editorial else ""
            return f"{first} What you approve becomes issue {number}{_again(one)}{words}."
        case Meaning.INTERIM:
            until = one.draft.record.valid_until
            return f"{first} What you approve holds until {until}, without a number, and then ends by itself."
        case Meaning.REVIEW:
            return f"{first} You say that you have reviewed what shall become issue {number}."
        case Meaning.CONFIRMATION:
            also = " What is waiting for approval beside it is no part of this." if one.before.pending else ""
            return (
                f"{first} You say that you have looked at it and that it is still right, word for word.{also}"
            )
        case Meaning.WITHDRAWAL:
            begins = one.draft.record.effective_from
            when = f" from {begins} on" if begins is not None else ""
            return f"{first} You take issue {number} out of force{when}.{_to_come(one.before, number)}"


def _again(one: Approvable) -> str:
    """Whether the same content has been an issue before."""
    content = one.before.pending.content if one.before.pending else None
    same = [issue.number for issue in one.before.issues if content and issue.content.key == content.key]
    return f", a re-issue of issue {same[-1]}: the text is the same" if same else ""


def _to_come(document: DocumentControl, number: int) -> str:
    """What is approved already and comes into force all the same."""
    later = [one for one in document.issues if one.number > number and one.state is IssueState.APPROVED]
    return "".join(
        f" This is no part of it: {_named(one)} is approved already, and comes into force on "
        f"{one.effective_from}."
        for one in later
    )


def _named(issue: Issue) -> str:
    return f"issue {issue.number} ({issue.label})" if issue.label else f"issue {issue.number}"


def _by(issue: Issue) -> str:
    names = _names(act.person for act in issue.approvals)
    return f"by {names} on {issue.approved_on.date()}" if names else "when the system was adopted"


def _names(persons: Iterable[Person]) -> str:
    names = list(dict.fromkeys(person.name.strip() or person.mail for person in persons))
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _written(document: DocumentControl, at: Standpoint) -> str:
    """Who made the change, when, and in whose words."""
    pending, landed = document.pending, document.landed_event
    event = pending.event if pending else landed
    if event is None or document.landed is None:
        return ""
    writing = EventWriting(event, at.history.commits, at.history.own)
    paths = (document.path, *(part.path for part in document.landed.parts))
    authors = authors_since(document, at)
    who = f"Changed by {_names(authors)}" if authors else "Changed"
    unknown = [one.name.strip() or one.mail for one in authors if one.id is None]
    note = f" ({', '.join(unknown)}: in no register of persons)" if unknown else ""
    summary = writing.summary(paths)
    said = f": “{visible(summary)}”" if summary else ""
    return f"{who}{note}, last on {at.rules.day(event.date)}{said}."


def _changes(one: Approvable, blobs: Blobs) -> Iterator[str]:
    """The redline against the issue in force; of a first issue all of it."""
    old = one.before.in_force
    against = old.content if old else None
    new = one.draft.content
    read = blobs.read({content.blob for content in (against, new) if content is not None})
    after = read[new.blob].decode("utf-8", "replace")
    if against is None or old is None:
        yield "  The whole text:"
        yield ""
        for line in after.expandtabs(4).splitlines():
            yield from folded(show(line))
        yield from _files(None, new)
        return
    before = read[against.blob].decode("utf-8", "replace")
    lines = redline(before, after)
    files = list(_files(against, new))
    if lines:
        yield f"  What differs from issue {old.number}:"
        yield f"  ({LEGEND})"
        yield ""
        for line in redline_terminal(lines).strip("\n").split("\n"):
            yield from folded(line)
    elif not files:
        yield f"  The text is word for word that of issue {old.number}, which is in force."
    yield from files


def _files(before: Content | None, after: Content) -> Iterator[str]:
    """Pictures and attachments that came, went or differ."""
    old = {part.target: part.blob for part in before.parts} if before else {}
    new = {part.target: part for part in after.parts}
    for target in sorted(old.keys() | new.keys()):
        here = new.get(target)
        if here is None:
            yield f"    - {show(target)} is no longer part of it"
        elif target not in old:
            yield f"    + {show(target)} is part of it: open {show(here.path)} and look at it"
        elif old[target] != here.blob:
            yield f"    ~ {show(target)} has changed: open {show(here.path)} and look at it"


def _act(one: Approvable, at: Standpoint, by: Identity) -> Iterator[str]:
    act = one.outcome.act
    assert act is not None, "what is refused is not shown"
    name, record = act.person.name or act.principal, one.draft.record
    role = f" in the role {act.role}" if act.role else ""
    deputy = ", as its deputy" if one.draft.deputy else ""
    me = at.rules.directory.person(by).key == act.person.key
    words = "You act as" if me else "You write down the act of"
    yield from wrapped(f"{words} {name} ({record.approver}){role}{deputy}.", indent="  ")
    level = _LEVELS.get(act.level, act.level.word).format(name=name, key=act.key or "you name")
    yield from wrapped(f"It will count as {level}.", indent="  ")
    if one.outcome.completes is not None and one.outcome.completes.segregation is Segregation.SELF:
        yield from wrapped(
            "You are among the authors. Your rules allow that (segregation: warn), and the page will say so.",
            indent="  ",
        )
    if act.level is Level.PAPER or not me:
        paper = "The paper must show" if act.level is Level.PAPER else "A print to be signed must show"
        yield from wrapped(f"{paper} {one.id}, issue {record.issue} and this checksum:", indent="  ")
        yield f"    {print_checksum(one.draft.manifest)}"
    if one.draft.unnamed:
        yield from wrapped(
            f"The record leaves out an author whom no record can name ({', '.join(one.draft.unnamed)}): "
            "the history names them, and they are judged as authors all the same.",
            indent="  ",
        )
    for fault in one.outcome.look:
        yield from wrapped(f"To be looked at: {fault}.", indent="  ")
    yield from wrapped(_afterwards(one), indent="  ")


def _afterwards(one: Approvable) -> str:
    done, record = one.outcome.completes, one.draft.record
    if one.outcome.waits:
        return f"With it, something is still missing: {one.outcome.waits}."
    match one.meaning:
        case Meaning.REVIEW:
            return "A review is shown on the document's page. It approves nothing."
        case Meaning.CONFIRMATION:
            due = one.after.review_due
            return f"With it, issue {record.issue} is confirmed" + (f"; look again by {due}." if due else ".")
        case Meaning.WITHDRAWAL:
            return f"With it, issue {record.issue} is withdrawn from {done.from_ if done else 'now'} on."
        case Meaning.INTERIM:
            return f"With it, this text is shown under a red banner until {record.valid_until}."
        case Meaning.APPROVAL:
            whole = " as a whole" if one.before.control == "periodic" else ""
            day = done.from_ if done else "today"
            return f"With it, issue {record.issue} is approved{whole} and in force from {day} on."
