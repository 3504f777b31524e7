"""What an approver is asked and told: the question, the refusal with the way out, and what was done.

Plain words, without git's where there are others. Decides nothing and writes nothing.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence

import click

from mkdocs_ems import dataclass
from mkdocs_ems.cli.approving import Approvable
from mkdocs_ems.cli.wrapping import wrapped
from mkdocs_ems.control.authority import Mandate
from mkdocs_ems.control.drafting import print_checksum
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.control.standpoint import Standpoint, authors_since
from mkdocs_ems.control.states import DocumentControl
from mkdocs_ems.control.terms import FaultReason, Level, Meaning
from mkdocs_ems.control.values import Person
from mkdocs_ems.git import Identity
from mkdocs_ems.git.committing import Head, Made
from mkdocs_ems.text import plural, show

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

_SUBJECT = 60
"""Letters of a commit's first line that its verb leaves room for."""


def question(found: Sequence[Approvable]) -> str:
    """What is asked at the end."""
    act = found[0].outcome.act
    name = act.person.name if act else found[0].draft.record.approver
    what = found[0].what if len(found) == 1 else f"these {len(found)} documents"
    return show(f"{_VERBS[found[0].meaning]} {what}, as {name}?")


@dataclass(frozen=True, slots=True)
class Actor:
    """Whose approval it shall be, and who sits there and writes it down."""

    principal: str
    by: Identity


def refusal(
    refused: Mapping[str, str],
    found: Sequence[Approvable],
    documents: Sequence[DocumentControl],
    *,
    at: Standpoint,
    who: Actor,
) -> str:
    """Why nothing was written, and what to do."""
    tried = {one.id: one for one in found}
    alike: dict[tuple[str, ...], list[str]] = {}
    for document in documents:
        if document.id in refused:
            told = (refused[document.id], *_ways_out(document, tried.get(document.id), at, who))
            alike.setdefault(told, []).append(document.id)
    lines = []
    for (reason, *ways), ids in alike.items():
        lines += wrapped(f"{', '.join(ids)} cannot be approved like this: {reason}.")
        for way in ways:
            lines += wrapped(way, indent="  ")
    others = [document.id for document in documents if document.id not in refused]
    if others:
        lines += wrapped(f"So {', '.join(others)} was left alone too: nothing was written.")
    else:
        lines += ["Nothing was written."]
    return "\n".join(lines) + "\n"


def _ways_out(
    document: DocumentControl, found: Approvable | None, at: Standpoint, who: Actor
) -> Iterator[str]:
    """What can be done instead."""
    person = _person(Identity(who.principal, who.principal), at)
    match found.outcome.reason if found else None:
        case FaultReason.AUTHOR_APPROVES | FaultReason.NOT_ENTITLED:
            if person.id is None:
                yield f"No person of the approved register lists the address {who.principal}."
            yield _who_may(document, at, besides=person.key)
        case FaultReason.LEVEL_NOT_ACCEPTED:
            mandate = _mandate(document, at)
            accepted = sorted(mandate.accepts) if mandate else []
            yield f"Accepted for it: {', '.join(level.word for level in accepted)}."
            mine = person.key == _person(who.by, at).key
            if Level.SIGNED in accepted and mine:
                yield "With an SSH key that allowed_signers lists: add --key FILE, or --key agent."
            if Level.RECORDED in accepted and at.branch:
                yield "Or wait until the change has landed on the main branch, and approve it there."
            if Level.PAPER in accepted and found is not None and not mine:
                yield (
                    f"On paper: {person.name or who.principal} signs a print that shows {document.id}, issue "
                    f"{found.draft.record.issue} and the checksum {print_checksum(found.draft.manifest)}; "
                    "then give the scan with --paper FILE."
                )
        case FaultReason.EDITORIAL_REFUSED:
            yield "Leave --editorial out: then it is a change like any other, and is approved as one."
        case _:
            pass


def _person(identity: Identity, at: Standpoint) -> Person:
    return at.rules.directory.person(identity)


def _mandate(document: DocumentControl, at: Standpoint) -> Mandate | None:
    return at.rules.mandate("rules" if document.id == RULES_ID else document.type)


def _who_may(document: DocumentControl, at: Standpoint, *, besides: str) -> str:
    mandate = _mandate(document, at)
    if mandate is None:
        return "No row of the approved matrix in ems.yml says who may approve it."
    authors = {besides, *(author.key for author in authors_since(document, at))}
    free = [one for one in at.rules.directory.acting(mandate.roles, at.day) if one.key not in authors]
    roles = " or ".join(mandate.roles)
    if not free:
        return f"Nobody is left who holds {roles} and did not write it: name a deputy for the role."
    return f"It may be approved by a holder of {roles}: {', '.join(one.name for one in free)}."


def message(found: Sequence[Approvable]) -> str:
    """What the history says of it."""
    first = found[0]
    verb = _VERBS[first.meaning].removeprefix("Keep your review of") or "Review"
    what = first.what if len(found) == 1 else _briefly(found)
    if first.meaning is Meaning.REVIEW:
        verb = "Review"
    lines = [f"{verb} {what}", ""]
    lines += [f"{one.meaning.value} of {one.what} by {one.draft.record.approver}" for one in found]
    if first.draft.record.reason:
        lines += ["", first.draft.record.reason]
    return "\n".join(show(line) for line in lines) + "\n"


def _briefly(found: Sequence[Approvable]) -> str:
    """Several documents in a line that a list of commits shows whole."""
    ids = ", ".join(one.id for one in found)
    return ids if len(ids) <= _SUBJECT else plural(len(found), "document")


def written(found: Sequence[Approvable], made: Made, head: Head) -> str:
    """What was done, and what makes others see it."""
    lines = []
    for one in found:
        if one.outcome.waits:
            lines += wrapped(
                f"The {one.meaning.value} of {one.what} is kept ({_level(one)}), and not enough yet:"
            )
            lines += wrapped(f"{one.outcome.waits}.", indent="  ")
        else:
            lines.append(click.style(show(f"{_done(one)} ({_level(one)})."), bold=True))
    if made.by_hook:
        lines += wrapped(
            "A hook of this repository committed it before we could: it stands, by that commit of the hook."
        )
    lines += wrapped(
        f"It is kept in your copy, on the branch {head.branch} ({made.id[:10]}). The others see it when you "
        "send your changes: Sync in VS Code, Push in GitHub Desktop, or `git push`."
    )
    return "\n".join(lines) + "\n"


def _done(one: Approvable) -> str:
    """What came of it; of a withdrawal that takes effect later, that it is in force until then."""
    ends = one.outcome.completes.from_ if one.outcome.completes else None
    if one.meaning is Meaning.WITHDRAWAL and ends is not None and one.after.in_force is not None:
        return f"Withdrawal approved: {one.what} stays in force and ends {ends}"
    return f"{_DONE[one.meaning]}: {one.what}"


def _level(one: Approvable) -> str:
    return one.outcome.act.level.word if one.outcome.act else "not judged"


def left_to_commit(found: Sequence[Approvable], files: Mapping[str, bytes], by: Identity) -> str:
    """What was written, and what is left to do."""
    lines = wrapped(
        f"{plural(len(files), 'file')} written for {', '.join(one.what for one in found)}, not committed. "
        f"Nothing is approved until they are: commit just these files, all in one commit, as {by.mail}."
    )
    lines += [f"  {show(path)}" for path in sorted(files)]
    names = " ".join(shlex.quote(path) for path in sorted(files))
    subject = shlex.quote(message(found).partition("\n")[0])
    lines += ["", show(f"  git add -- {names}"), show(f"  git commit -m {subject} -- {names}")]
    return "\n".join(lines) + "\n"
