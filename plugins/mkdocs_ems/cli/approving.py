"""What an approver reads before and after: plain words, as wide as the terminal, without git's.

Lays out what the judge found; decides nothing and writes nothing.
"""

from __future__ import annotations

import shlex
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import click

from mkdocs_ems.cli.redlines import LEGEND, redline_terminal
from mkdocs_ems.control.authorship import EventWriting
from mkdocs_ems.control.drafting import Draft
from mkdocs_ems.control.standpoint import Standpoint, authors_since, standing_issue
from mkdocs_ems.control.trial import Outcome
from mkdocs_ems.control.values import (
    Content,
    DocumentControl,
    FaultReason,
    Issue,
    Level,
    Meaning,
    Person,
    Segregation,
)
from mkdocs_ems.git import Blobs, Identity
from mkdocs_ems.git.committing import Head
from mkdocs_ems.redline import redline
from mkdocs_ems.text import plural, show

_WIDEST = 100
_UNCHANGED = (Meaning.CONFIRMATION, Meaning.WITHDRAWAL)
_VERBS = {
    Meaning.REVIEW: "Keep your review of",
    Meaning.APPROVAL: "Approve",
    Meaning.CONFIRMATION: "Confirm",
    Meaning.INTERIM: "Approve for the interim",
    Meaning.WITHDRAWAL: "Withdraw",
}
_DONE = {
    Meaning.REVIEW: "Reviewed",
    Meaning.APPROVAL: "Approved",
    Meaning.CONFIRMATION: "Confirmed",
    Meaning.INTERIM: "Approved for the interim",
    Meaning.WITHDRAWAL: "Withdrawn",
}
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
    def what(self) -> str:
        """`issue 3 of POL-001`."""
        if self.meaning is Meaning.INTERIM:
            return f"{self.id} as it stands"
        return f"issue {self.draft.record.issue} of {self.id}"


# --- before -----------------------------------------------------------------------------


def shown(found: Sequence[Approvable], at: Standpoint, *, by: Identity, blobs: Blobs, head: Head) -> str:
    """Everything that the approver must have seen, document by document."""
    lines: list[str] = []
    for one in found:
        lines += [*_document(one, at, by, blobs), ""]
    if at.branch:
        main = at.rules.settings.main_branch
        lines += [
            *_wrapped(
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
    yield from _wrapped(_standing(one), indent="  ")
    if one.meaning not in _UNCHANGED:
        yield from _wrapped(_written(one.before, at), indent="  ")
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
            return f"{first} What you approve becomes issue {number}."
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
            return f"{first} You take issue {number} out of force."


def _named(issue: Issue) -> str:
    return f"issue {issue.number} ({issue.label})" if issue.label else f"issue {issue.number}"


def _by(issue: Issue) -> str:
    names = _names(act.person for act in issue.approvals)
    return f"by {names} on {issue.approved_on.date()}" if names else "when the system was adopted"


def _names(persons: Iterable[Person]) -> str:
    names = list(dict.fromkeys(person.name or person.mail for person in persons))
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _written(document: DocumentControl, at: Standpoint) -> str:
    """Who made the change, when, and in whose words."""
    pending, landed = document.pending, document.landed_event
    event = pending.event if pending else landed
    if event is None or document.landed is None:
        return ""
    writing = EventWriting(event, at.history.commits)
    paths = (document.path, *(part.path for part in document.landed.parts))
    authors = authors_since(document, at)
    who = f"Changed by {_names(authors)}" if authors else "Changed"
    unknown = [one.name or one.mail for one in authors if one.id is None]
    note = f" ({', '.join(unknown)}: in no register of persons)" if unknown else ""
    summary = writing.summary(paths)
    said = f": “{summary}”" if summary else ""
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
        yield from (f"    {show(line)}".rstrip() for line in after.splitlines())
        yield from _files(None, new)
        return
    before = read[against.blob].decode("utf-8", "replace")
    lines = redline(before, after)
    files = list(_files(against, new))
    if lines:
        yield f"  What differs from issue {old.number}:"
        yield f"  ({LEGEND})"
        yield ""
        for line in redline_terminal(lines).rstrip("\n").split("\n"):
            yield from _folded(line)
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
    yield from _wrapped(f"{words} {name} ({record.approver}){role}{deputy}.", indent="  ")
    level = _LEVELS.get(act.level, act.level.word).format(name=name, key=act.key or "you name")
    yield from _wrapped(f"The approval will be {level}.", indent="  ")
    if one.outcome.completes is not None and one.outcome.completes.segregation is Segregation.SELF:
        yield from _wrapped(
            "You are among the authors. Your rules allow that (segregation: warn), and the page will say so.",
            indent="  ",
        )
    if act.level is Level.PAPER:
        yield from _wrapped(
            f"The paper must show {one.id}, issue {record.issue} and this checksum:", indent="  "
        )
        yield f"    {one.draft.manifest.main}"
    for fault in one.outcome.look:
        yield from _wrapped(f"To be looked at: {fault}.", indent="  ")
    yield from _wrapped(_afterwards(one), indent="  ")


def _afterwards(one: Approvable) -> str:
    done, record = one.outcome.completes, one.draft.record
    if one.outcome.waits:
        return f"With it, something is still missing: {one.id} {one.outcome.waits}."
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


def question(found: Sequence[Approvable]) -> str:
    """What is asked at the end."""
    act = found[0].outcome.act
    name = act.person.name if act else found[0].draft.record.approver
    what = found[0].what if len(found) == 1 else f"these {len(found)} documents"
    return show(f"{_VERBS[found[0].meaning]} {what}, as {name}?")


# --- refused ----------------------------------------------------------------------------


def refusal(
    refused: Mapping[str, str],
    found: Sequence[Approvable],
    documents: Sequence[DocumentControl],
    at: Standpoint,
    principal: str,
) -> str:
    """Why nothing was written, and what to do."""
    reasons = {one.id: one.outcome.reason for one in found}
    lines = []
    for document in documents:
        if document.id in refused:
            lines += _wrapped(f"{document.id} cannot be approved like this: {refused[document.id]}.")
            help_ = _way_out(reasons.get(document.id), document, at, principal)
            lines += _wrapped(help_, indent="  ") if help_ else []
    others = [document.id for document in documents if document.id not in refused]
    if others:
        lines += _wrapped(f"So {', '.join(others)} was left alone too: nothing was written.")
    else:
        lines += ["Nothing was written."]
    return "\n".join(lines) + "\n"


def _way_out(reason: FaultReason | None, document: DocumentControl, at: Standpoint, principal: str) -> str:
    person = at.rules.directory.person(Identity(principal, principal))
    mandate = at.rules.mandate("rules" if document.id == "EMS-RULES" else document.type)
    levels = ", ".join(level.word for level in sorted(mandate.accepts)) if mandate else ""
    match reason:
        case FaultReason.AUTHOR_APPROVES | FaultReason.NOT_ENTITLED:
            unknown = f"No person of the approved register lists the address {principal}. "
            return ("" if person.id else unknown) + _who_may(document, at, besides=person.key)
        case FaultReason.LEVEL_NOT_ACCEPTED:
            landed = " Or approve it on the main branch, once it has landed." if at.branch else ""
            return f"Accepted here: {levels}. Sign it with your key: --key FILE.{landed}"
        case _:
            return ""


def _who_may(document: DocumentControl, at: Standpoint, *, besides: str) -> str:
    mandate = at.rules.mandate("rules" if document.id == "EMS-RULES" else document.type)
    if mandate is None:
        return ""
    authors = {besides, *(author.key for author in authors_since(document, at))}
    free = [one for one in at.rules.directory.acting(mandate.roles, at.day) if one.key not in authors]
    roles = " or ".join(mandate.roles)
    if not free:
        return f"Nobody is left who holds {roles} and did not write it: name a deputy for the role."
    return f"It may be approved by a holder of {roles}: {', '.join(one.name for one in free)}."


# --- after ------------------------------------------------------------------------------


def message(found: Sequence[Approvable]) -> str:
    """What the history says of it."""
    first = found[0]
    verb = _VERBS[first.meaning].removeprefix("Keep your review of") or "Review"
    what = first.what if len(found) == 1 else ", ".join(one.id for one in found)
    if first.meaning is Meaning.REVIEW:
        verb = "Review"
    lines = [f"{verb} {what}", ""]
    lines += [f"{one.meaning.value} of {one.what} by {one.draft.record.approver}" for one in found]
    if first.draft.record.reason:
        lines += ["", first.draft.record.reason]
    return "\n".join(show(line) for line in lines) + "\n"


def written(found: Sequence[Approvable], made: str, head: Head) -> str:
    """What was done, and what makes others see it."""
    lines = [
        click.style(show(f"{_DONE[one.meaning]}: {one.what} ({_level(one)})."), bold=True) for one in found
    ]
    lines += _wrapped(
        f"It is kept in your copy, on the branch {head.branch} ({made[:10]}). The others see it when you "
        "send your changes: Sync in VS Code, Push in GitHub Desktop, or `git push`."
    )
    return "\n".join(lines) + "\n"


def _level(one: Approvable) -> str:
    return one.outcome.act.level.word if one.outcome.act else "not judged"


def left_to_commit(found: Sequence[Approvable], files: Mapping[str, bytes], by: Identity) -> str:
    """What was written, and what is left to do."""
    lines = _wrapped(
        f"{plural(len(files), 'file')} written for {', '.join(one.what for one in found)}, not committed. "
        f"Nothing is approved until they are: commit just these files, all in one commit, as {by.mail}."
    )
    lines += [f"  {show(path)}" for path in sorted(files)]
    names = " ".join(shlex.quote(path) for path in sorted(files))
    subject = shlex.quote(message(found).partition("\n")[0])
    lines += ["", show(f"  git add -- {names}"), show(f"  git commit -m {subject} -- {names}")]
    return "\n".join(lines) + "\n"


def _folded(line: str) -> Iterator[str]:
    """A line of a redline as wide as the terminal, broken at spaces; what follows is set in further."""
    width, indent = _width() - 1, "    "
    text, words = "", line.lstrip(" ").split(" ")
    start = indent + " " * (len(line) - len(line.lstrip(" ")))
    for word in words:
        longer = f"{text} {word}" if text else f"{start}{word}"
        if text and len(click.unstyle(longer)) > width:
            yield text
            longer = f"{indent}      {word}"
        text = longer
    yield text.rstrip()


def _width() -> int:
    return min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)


def _wrapped(text: str, *, indent: str = "") -> list[str]:
    width = _width() - 1
    return textwrap.wrap(
        show(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
