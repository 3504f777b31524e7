"""How anybody checks an issue without this program: commands for plain git and ssh-keygen.

Values only: words, a command for a shell in a fresh clone, and what its output must hold.
Commits and contents are named by their object ids, so that no name that content chose
decides what is read; names that must be typed are quoted.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import UTC

from mkdocs_ems import dataclass
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.control.states import ControlState
from mkdocs_ems.control.terms import Level
from mkdocs_ems.control.values import Act, Issue
from mkdocs_ems.git.signing import RECORD_NAMESPACE
from mkdocs_ems.git.values import Event

_SIGNERS = "allowed_signers"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to look at."""

    words: str
    """What it shows, as a sentence."""
    command: str
    """For a POSIX shell in the folder of a fresh clone; empty where there is nothing to type."""
    expected: tuple[str, ...] = ()
    """What the output must hold; empty where a reader has to compare."""


BEGIN = (
    Step(
        "Work in a fresh clone, and have git tell what is there rather than what was put in its place.",
        "export GIT_NO_REPLACE_OBJECTS=1 GIT_GRAFT_FILE=/dev/null GIT_CONFIG_NOSYSTEM=1; "
        "git config advice.graftFileDeprecated false",
    ),
)
"""What comes before every check."""


def by_hand(issue: Issue, *, before: Issue | None, state: ControlState) -> tuple[Step, ...]:
    """The steps for one issue of a document, in the order in which an auditor takes them.

    Args:
        issue: the issue. Its manifest is read: call while the repository is open.
        before: the issue before it, if any.
        state: document control at the head, for the chain and the keys that were approved then.
    """
    head = next((event.commit.id for event in reversed(state.events) if not event.proposed), "HEAD")
    return (
        *_landed(issue, head),
        *_content(issue),
        *_written(issue, before),
        *_approved(issue, head, state),
    )


def _landed(issue: Issue, head: str) -> Iterator[Step]:
    event = issue.event.commit.id
    yield Step(
        "The change landed on the main branch by this commit: the command prints it.",
        f"git rev-list --first-parent {head} | grep {event}",
        (event,),
    )


def _content(issue: Issue) -> Iterator[Step]:
    manifest, files = issue.manifest, {part.target: part for part in issue.content.parts}
    yield Step(
        f"The text of the issue has this sha256: {manifest.main}.",
        f"git cat-file blob {issue.content.blob} | sha256sum",
        (manifest.main,),
    )
    yield Step(
        "That text is a file of the commit: the command names it.",
        f"git ls-tree -r --full-tree {issue.event.commit.id} | grep {issue.content.blob}",
        (issue.content.blob,),
    )
    for target, digest in sorted(manifest.parts.items()):
        if target in files:
            yield Step(
                f"The embedded file {target} has this sha256: {digest}.",
                f"git cat-file blob {files[target].blob} | sha256sum",
                (digest,),
            )


def _written(issue: Issue, before: Issue | None) -> Iterator[Step]:
    since = f"{before.event.commit.id}.." if before else ""
    yield Step(
        "These names stand on the changes since the issue before it; none of them may be the approver."
        if before
        else "These names stand on the changes that made it; none of them may be the approver.",
        "git --literal-pathspecs log --no-mailmap --date=short "
        "--format='%h %ad %an <%ae>%n%(trailers:key=Co-authored-by)' "
        f"{since}{issue.event.commit.id} -- {_quoted(_path(issue))}",
    )


def _path(issue: Issue) -> str:
    """Where the file lay when it landed; it may have been moved since."""
    found = (change.path for change in issue.event.changes if change.new_blob == issue.content.blob)
    return next(found, issue.content.path)


def _approved(issue: Issue, head: str, state: ControlState) -> Iterator[Step]:
    if not issue.approvals:
        yield Step(
            "It was taken over as approved when the system was adopted: it stands in the tree of the trust "
            "root, and nobody's approval is in evidence.",
            f"git ls-tree -r --full-tree {issue.event.commit.id} | grep {issue.content.blob}",
            (issue.content.blob,),
        )
    for act in issue.approvals:
        name = act.person.name or act.principal
        if not act.evidence.endswith(".yml"):
            yield from _by_commit(act, name)
        else:
            yield from _by_record(act, name, issue, head, state)
        if act.key:
            yield from _by_key(act, state)


def _by_commit(act: Act, name: str) -> Iterator[Step]:
    command = f"git log -1 --no-mailmap --format='%an <%ae> on %aI%n%B' {act.evidence}"
    if act.level is Level.DECLARED:
        yield Step(f"The message of this commit names {name} as approver.", command)
    else:
        yield Step(f"The author of the merge is {name}, as far as names in git go.", command)


def _by_record(act: Act, name: str, issue: Issue, head: str, state: ControlState) -> Iterator[Step]:
    blob = _blob(act.event, act.evidence, state)
    if blob is None:
        return
    yield Step(
        f"The record of the approval by {name} names that sha256, and this issue.",
        f"git cat-file blob {blob}",
        (issue.manifest.main, f"issue: {issue.number}"),
    )
    yield Step(
        "It was added by this commit of the main branch, under these names; where another commit is listed "
        "too, it was taken away or moved there.",
        "git log --no-mailmap --first-parent -m --format='%H %an <%ae>, committed by %cn <%ce>' "
        f"--find-object={blob} {head}",
        (act.event,),
    )


def _blob(event: str, path: str, state: ControlState) -> str | None:
    """What stood at a path when an event had landed: pages name no path that holds an address."""
    at = next((one.index for one in state.events if one.commit.id == event), -1)
    for one in reversed(state.events[: at + 1]):
        for change in one.changes:
            if change.path == path:
                return change.new_blob
    return None


def _by_key(act: Act, state: ControlState) -> Iterator[Step]:
    event = next((one for one in state.events if one.commit.id == act.event), None)
    signers = _signers(event, state) if event else None
    if event is None or signers is None:
        return
    yield Step(
        "This is the list of keys that was approved before then, each with whose it is.",
        f"git cat-file blob {signers} > ../{_SIGNERS} && cat ../{_SIGNERS}",
    )
    if not act.evidence.endswith(".yml"):
        yield Step(
            "git finds the signature of the merge good, by that list.",
            f"git -c gpg.format=ssh -c gpg.ssh.allowedSignersFile=../{_SIGNERS} "
            f"verify-commit {act.evidence} 2>&1",
            (act.key,),
        )
        return
    record, signature = (_blob(act.event, f"{act.evidence}{end}", state) for end in ("", ".sig"))
    when = f"verify-time={max(act.done, event.date).astimezone(UTC):%Y%m%d%H%M%S}Z"
    yield Step(
        "ssh-keygen finds the signature of the record good, by that list, for the moment of the approval.",
        f"git cat-file blob {record} > ../record.yml && git cat-file blob {signature} > ../record.yml.sig && "
        f"who=$(ssh-keygen -Y find-principals -f ../{_SIGNERS} -O {when} -s ../record.yml.sig) && "
        f'ssh-keygen -Y verify -f ../{_SIGNERS} -I "$who" -n {RECORD_NAMESPACE} '
        f"-O {when} -s ../record.yml.sig < ../record.yml",
        ("Good", act.key),
    )


def _signers(event: Event, state: ControlState) -> str | None:
    """The blob of the list of keys in the issue of the rules that was approved before an event."""
    rules = state.documents.get(RULES_ID)
    before = [
        issue
        for issue in (rules.issues if rules else ())
        if issue.completed is None or issue.completed.index < event.index
    ]
    parts = before[-1].content.parts if before else ()
    return next((part.blob for part in parts if part.target == _SIGNERS), None)


def _quoted(text: str) -> str:
    return shlex.quote(text)
