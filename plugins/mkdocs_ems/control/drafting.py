"""Drafting an approval: the record of one act, as it must be to count.

Makes the record for what somebody wants to say of the content at hand. Whether it would count
is tried elsewhere (`trial.py`); here only what no record could be about is refused. Writes
nothing and asks nobody.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256

from mkdocs_ems import dataclass
from mkdocs_ems.control.authority import NAMELESS
from mkdocs_ems.control.authorship import identity
from mkdocs_ems.control.heads import head_of, read_head
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.control.recording import can_be_named, record_bytes, record_name
from mkdocs_ems.control.records import ApprovalRecord, ScanSource
from mkdocs_ems.control.standpoint import Standpoint, authors_since, standing_issue
from mkdocs_ems.control.states import DocumentControl
from mkdocs_ems.control.terms import Meaning
from mkdocs_ems.control.values import Content, Issue, Manifest
from mkdocs_ems.git.values import Blobs
from mkdocs_ems.text import fold


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to record."""

    meaning: Meaning
    principal: str
    """Mail address, as the register of persons lists it."""
    when: datetime
    effective_from: date | None = None
    valid_until: date | None = None
    editorial: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One record, not written yet."""

    document: str
    record: ApprovalRecord
    path: str
    data: bytes
    content: Content
    """What it is about."""
    manifest: Manifest
    deputy: bool
    """The role is held for somebody else."""
    unnamed: tuple[str, ...] = ()
    """Authors whom no record can name; the judge finds them in the history all the same."""


def print_checksum(manifest: Manifest) -> str:
    """The one checksum that a print bears for a signature by hand: of the text and all that it embeds.

    Without parts it is the sha256 of the file. With parts it is the sha256 of lines as `sha256sum`
    prints them: the file's, named `main`, and one for each part, sorted by its target.
    """
    if not manifest.parts:
        return manifest.main
    lines = [
        f"{manifest.main}  main",
        *(f"{sha}  {target}" for target, sha in sorted(manifest.parts.items())),
    ]
    return sha256("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")).hexdigest()


class DraftRefusedError(Exception):
    """No record can be drafted; says why, as a sentence without its full stop."""


@dataclass(frozen=True, slots=True)
class _Target:
    """What a record is about."""

    content: Content
    number: int
    previous: tuple[str, ...]
    """The records from before the content, which a new one must name."""


def draft(document: DocumentControl, wish: Wish, at: Standpoint, *, scan: ScanSource | None = None) -> Draft:
    """Draft the record of one act.

    Args:
        document: what it is about, as the standpoint has it.
        wish: who wants to record what.
        at: where the act will land.
        scan: the scan of a signed print, for an act on paper.

    Raises:
        DraftRefusedError: there is nothing that such a record could be about.
    """
    repository = at.rules.settings.repository
    if repository is None:
        raise DraftRefusedError(
            "the approved ems.yml gives this system no id (`repository:`), so a record could be copied into "
            "any other: add one, and have ems.yml approved by merging that change"
        )
    target = _target(document, wish.meaning)
    manifest = _manifest(target.content, at.blobs)
    role, deputy = _role(document, wish, at)
    authors = _authors(document, wish, at)
    said = {
        "schema": "ems-approval/1",
        "repository": repository,
        "document": document.id,
        "issue": target.number,
        "meaning": wish.meaning.value,
        "manifest": {"main": manifest.main, "parts": dict(manifest.parts)},
        "previous": target.previous,
        "approver": wish.principal,
        "role": role,
        "for": _whom(role, at) if role and deputy else None,
        "authors": tuple(filter(can_be_named, authors)),
        "date": f"{wish.when.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "effective_from": wish.effective_from.isoformat() if wish.effective_from else None,
        "valid_until": wish.valid_until.isoformat() if wish.valid_until else None,
        "change": "editorial" if wish.editorial else None,
        "reason": wish.reason,
        "source": scan.model_dump() if scan else None,
    }
    record = ApprovalRecord.model_validate({key: value for key, value in said.items() if value is not None})
    name = record_name(record, _next(record, at))
    return Draft(
        document=document.id,
        record=record,
        path=f"{at.places.approvals}{name}",
        data=record_bytes(record),
        content=target.content,
        manifest=manifest,
        deputy=deputy,
        unnamed=tuple(name for name in authors if not can_be_named(name)),
    )


def _target(document: DocumentControl, meaning: Meaning) -> _Target:
    if meaning in (Meaning.CONFIRMATION, Meaning.WITHDRAWAL):
        issue = document.in_force
        if issue is None and meaning is Meaning.WITHDRAWAL and document.withdrawn_from is None:
            issue = document.issues[-1] if document.issues else None
        if issue is None:
            done = "confirmed" if meaning is Meaning.CONFIRMATION else "withdrawn"
            raise DraftRefusedError(f"no issue of it is in force, so there is nothing that could be {done}")
        if meaning is Meaning.CONFIRMATION and _outgrown(document, issue):
            raise DraftRefusedError(
                f"its rows have changed since issue {issue.number} was approved, and what stands there now "
                "is what people read: approve it as a whole, with `--meaning approval`"
            )
        return _Target(issue.content, issue.number, issue.previous)
    if document.landed is None and document.withdrawn_from is not None:
        raise DraftRefusedError(
            f"it is withdrawn from {document.withdrawn_from} on and its file is gone: to have it again, "
            "bring the file back and approve it as a new issue"
        )
    if document.landed is None:
        raise DraftRefusedError(
            "its file is gone: `--meaning withdrawal` takes it out of force, or bring the file back"
        )
    if meaning is Meaning.INTERIM and document.control == "periodic":
        raise DraftRefusedError(
            "it is a living register (`control: periodic`): what stands in it is shown at once, so there is "
            "nothing that an interim approval could put into force"
        )
    same = standing_issue(document)
    if same is not None:
        return _Target(document.landed, same.number, document.previous)
    return _Target(document.landed, document.next_issue, document.previous)


def _outgrown(document: DocumentControl, issue: Issue) -> bool:
    """Whether a living register shows something else by now than was approved."""
    landed = document.landed
    return document.control == "periodic" and landed is not None and landed.key != issue.content.key


def _manifest(content: Content, blobs: Blobs) -> Manifest:
    read = blobs.read({content.blob, *(part.blob for part in content.parts)})
    sums = {blob: sha256(data).hexdigest() for blob, data in read.items()}
    return Manifest(sums[content.blob], {part.target: sums[part.blob] for part in content.parts})


def _role(document: DocumentControl, wish: Wish, at: Standpoint) -> tuple[str | None, bool]:
    """The role in which somebody acts, own roles before those of others; None where two are needed."""
    person = at.rules.directory.person(identity(wish.principal))
    held = at.rules.directory.roles(person.id, at.day) if person.id else {}
    mandates = [one for kind in _types(document, wish, at) if (one := at.rules.mandate(kind)) is not None]
    fit = [
        role
        for role in dict.fromkeys(role for one in mandates for role in one.roles)
        if role in held and all(role in one.roles for one in mandates)
    ]
    role = min(fit, key=lambda role: held[role], default=None)
    return role, role is not None and held[role]


def _whom(role: str, at: Standpoint) -> str:
    """Whom a deputy stands in for: the holder's address, or the role where not just one person holds it."""
    directory = at.rules.directory
    acting = directory.acting((role,), at.day)
    holders = [one for one in acting if one.id and directory.roles(one.id, at.day).get(role) is False]
    return holders[0].mail if len(holders) == 1 and holders[0].mail else role


def _types(document: DocumentControl, wish: Wish, at: Standpoint) -> tuple[str, ...]:
    """The types whose rows of the matrix an act must satisfy."""
    if document.id == RULES_ID:
        return ("rules",)
    contents = [document.issues[-1].content] if document.issues else []
    if wish.meaning not in (Meaning.CONFIRMATION, Meaning.WITHDRAWAL) and document.landed is not None:
        contents.insert(0, document.landed)
    read = at.blobs.read({content.blob for content in contents})
    heads = [read_head(one.path, head_of(one.path, read[one.blob])) for one in contents]
    return tuple(dict.fromkeys(head.type or "" for head in heads))


def _authors(document: DocumentControl, wish: Wish, at: Standpoint) -> tuple[str, ...]:
    if wish.meaning in (Meaning.CONFIRMATION, Meaning.WITHDRAWAL):
        return ()
    found = [one for one in authors_since(document, at) if one.mail.strip() or one.name != NAMELESS]
    return tuple(dict.fromkeys(author.mail.strip() or author.name.strip() for author in found))


def _next(record: ApprovalRecord, at: Standpoint) -> int:
    """The first number that no file of the same act ever had, nor has one in the tree."""
    stem = fold(f"{at.places.approvals}{record_name(record, 0)}".removesuffix("0.yml"))
    ever = {
        change.path for event in at.history.events for change in event.changes
    } | at.snapshot.entries.keys()
    taken = [fold(path).removeprefix(stem).partition(".")[0] for path in ever if fold(path).startswith(stem)]
    return 1 + max((int(n) for n in taken if n.isdecimal()), default=0)
