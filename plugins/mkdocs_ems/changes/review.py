"""What a reviewer is told of a change before it lands: approvals, lost evidence, links, readers, copies.

Composed from two states of which the later one may only be proposed. Judges nothing anew:
who may approve and why a change is not editorial is document control's word. Runs no rules
and renders nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.changes.changed import changed, lays_down_otherwise
from mkdocs_ems.changes.impact import Impact, holders, impact
from mkdocs_ems.changes.suspects import would_be_suspect
from mkdocs_ems.changes.values import Comparison
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import (
    Act,
    Content,
    ControlState,
    DocumentControl,
    Fault,
    FaultReason,
    Person,
    Waiting,
)
from mkdocs_ems.control.admission import why_not_editorial
from mkdocs_ems.control.authority import Directory
from mkdocs_ems.control.blob_reader import BlobReader
from mkdocs_ems.control.standpoint import standing_rules
from mkdocs_ems.git.values import Blobs
from mkdocs_ems.graph import Edge, Node
from mkdocs_ems.model import Controlled, PostedCopyRow


@dataclass(frozen=True, slots=True)
class Approval:
    """A document whose new content waits for approval."""

    document: str
    title: str
    becomes: int | None
    """The number that it will get; None where the change is a withdrawal."""
    in_force: int | None
    """The issue that stays in force until then."""
    missing: str
    """What it waits for, in words."""
    waits_for: tuple[Waiting, ...]
    """Whom it waits for; empty where nobody can approve it."""
    authors: tuple[Person, ...]
    not_editorial: str | None
    """Why it is more than a change of words; None where it may be approved as editorial."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A document whose new content, or whose end, is approved by what comes with it."""

    document: str
    title: str
    issue: int
    approvals: tuple[Act, ...]
    editorial: bool = False
    withdrawn_from: date | None = None
    """The first day on which it is withdrawn, if that is the change."""


@dataclass(frozen=True, slots=True)
class AtOnce:
    """A living register: what is changed in it applies as soon as it lands."""

    document: str
    title: str


@dataclass(frozen=True, slots=True)
class Stale:
    """Evidence that is for another text than the one that would land."""

    document: str
    act: Act | None
    """An act that counted before the change."""
    fault: Fault | None = None
    """A record that comes with the change and does not fit it."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A role that has to read documents again."""

    role: str
    title: str
    held_by: tuple[str, ...]
    """Names of those who hold it on the day."""
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """A paper copy that has to be swapped."""

    id: str
    document: str
    place: str
    issue: int | None


@dataclass(frozen=True, slots=True)
class Review:
    """All of it."""

    documents: tuple[str, ...]
    """Every controlled document that has another content, by id."""
    approvals: tuple[Approval, ...]
    settled: tuple[Settled, ...]
    at_once: tuple[AtOnce, ...]
    stale: tuple[Stale, ...]
    links: tuple[Edge, ...]
    """References that are to be looked at again once the change is approved."""
    to_read: tuple[Reader, ...]
    copies: tuple[Copy, ...]
    impact: Impact
    """What refers to the changed things directly."""
    reworded: tuple[str, ...] = ()
    """Those of the documents whose change is one of words alone."""
    no_control: str = ""
    """Why nothing is known of approvals; empty where it is."""


def review(
    before: Compilation,
    after: Compilation,
    comparison: Comparison,
    *,
    landed: ControlState | None,
    blobs: Blobs,
) -> Review:
    """Tell what a change would do.

    Args:
        before: the state it starts from.
        after: the state that is proposed, judged on the same day.
        comparison: what differs.
        landed: document control of the later state as it will be when that has landed, as far as
            anybody can tell; None where there is none.
        blobs: file contents by object id.
    """
    touched = changed(comparison)
    concerned = impact(after, _known(touched, before, after), depth=1, base=before)
    if landed is None or before.control is None:
        reason = after.control_reason or before.control_reason
        return Review((), (), (), (), (), (), (), (), concerned, no_control=reason)
    pairs = tuple(_pairs(before.control.documents, landed.documents))
    told = _Told(after, landed, blobs)
    approvals = tuple(told.approvals(one for _, one in pairs))
    settled = tuple(_settled(one for _, one in pairs))
    reworded = {one.document for one in approvals if one.becomes and one.not_editorial is None}
    reworded |= {one.document for one in settled if one.editorial}
    ids = tuple(one.id for _, one in pairs)
    return Review(
        documents=ids,
        approvals=approvals,
        settled=settled,
        at_once=tuple(AtOnce(one.id, one.title) for _, one in pairs if _living(one)),
        stale=tuple(_stale(pairs)),
        links=would_be_suspect(after, _relied_on(comparison, after, reworded)),
        to_read=tuple(_readers(after, [one for one in ids if one not in reworded])),
        copies=tuple(_copies(after, ids)),
        impact=concerned,
        reworded=tuple(one for one in ids if one in reworded),
    )


def _known(ids: Collection[str], *states: Compilation) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if any(id_ in state.graph.nodes for state in states))


# --- documents --------------------------------------------------------------------------


def _pairs(
    before: Mapping[str, DocumentControl], after: Mapping[str, DocumentControl]
) -> Iterator[tuple[DocumentControl | None, DocumentControl]]:
    """Every document that has another content than it had, as it was and as it is."""
    for id_, now in after.items():
        then = before.get(id_)
        ended = now.withdrawn_from != (then.withdrawn_from if then else None)
        if ended or _key(_content(now)) != _key(_content(then) if then else None):
            yield then, now


def _content(document: DocumentControl) -> Content | None:
    """What its file holds at the head of its state, landed or proposed."""
    if document.pending is not None:
        return document.pending.content
    last = document.issues[-1] if document.issues else None
    at = document.landed_event
    if at is not None and at.proposed and last is not None:
        return last.content
    return document.landed


def _relied_on(comparison: Comparison, after: Compilation, reworded: Collection[str]) -> tuple[str, ...]:
    """What says something else to those who rely on it, but for documents in which words alone change."""
    return lays_down_otherwise(
        (one for one in comparison.changes if one.of.document not in reworded), after.model.kinds
    )


def _key(content: Content | None) -> object:
    return content.key if content is not None else None


def _living(document: DocumentControl) -> bool:
    return document.control == "periodic" and _content(document) is not None


def _settled(documents: Iterator[DocumentControl]) -> Iterator[Settled]:
    for one in documents:
        last = one.issues[-1] if one.issues else None
        if one.pending is not None or last is None:
            continue
        if one.withdrawn_from is not None:
            yield Settled(one.id, one.title, last.number, one.withdrawals, withdrawn_from=one.withdrawn_from)
        elif _key(last.content) == _key(_content(one)):
            yield Settled(one.id, one.title, last.number, last.approvals, last.editorial)


class _Told:
    """Tells what waits, by the rules that stand in the later state."""

    def __init__(self, after: Compilation, landed: ControlState, blobs: Blobs) -> None:
        self._read = BlobReader(blobs, after.snapshot).one
        self._directory: Directory = standing_rules(landed, after.snapshot, blobs).directory

    def approvals(self, documents: Iterator[DocumentControl]) -> Iterator[Approval]:
        """Every document of these that waits for approval."""
        for one in documents:
            if one.pending is not None and not _living(one):
                yield Approval(
                    document=one.id,
                    title=one.title,
                    becomes=one.next_issue if one.pending.content is not None else None,
                    in_force=one.in_force.number if one.in_force else None,
                    missing=one.pending.missing,
                    waits_for=one.pending.waits_for,
                    authors=one.pending.authors,
                    not_editorial=self._why_not_editorial(one, one.pending.content),
                )

    def _why_not_editorial(self, document: DocumentControl, content: Content | None) -> str | None:
        return why_not_editorial(
            document.id,
            document.issues[-1] if document.issues else None,
            content,
            types=(document.type,),
            directory=self._directory,
            read=self._read,
        )


def _stale(pairs: tuple[tuple[DocumentControl | None, DocumentControl], ...]) -> Iterator[Stale]:
    for then, now in pairs:
        waits = now.pending
        if waits is None or waits.content is None:
            continue  # what is approved meanwhile, or goes, needs nothing of what was there
        if then is not None:
            acts = (*(then.pending.acts if then.pending else ()), *then.reviews)
            yield from (Stale(now.id, act) for act in acts)
        known = {fault.path for fault in then.pending.faults} if then and then.pending else set()
        for fault in waits.faults:
            if fault.reason is FaultReason.WRONG_CONTENT and fault.path not in known:
                yield Stale(now.id, None, fault)


# --- people and copies ------------------------------------------------------------------


def _readers(after: Compilation, documents: list[str]) -> Iterator[Reader]:
    nodes: Mapping[str, Node] = after.graph.nodes
    by_role: dict[str, list[str]] = {}
    for id_ in documents:
        entity = nodes[id_].entity if id_ in nodes else None
        for role in entity.read_by if isinstance(entity, Controlled) else ():
            by_role.setdefault(role, []).append(id_)
    held = holders(after) if by_role else {}
    for role, read in sorted(by_role.items()):
        title = nodes[role].title if role in nodes else ""
        names = tuple(nodes[one].title if one in nodes else one for one in held.get(role, ()))
        yield Reader(role, title, names, tuple(dict.fromkeys(read)))


def _copies(after: Compilation, documents: Collection[str]) -> Iterator[Copy]:
    for entry in after.model.entries:
        row = entry.entity
        if isinstance(row, PostedCopyRow) and row.document in documents and row.removed_on is None:
            yield Copy(row.id or "", str(row.document), row.place or row.name, row.issue)
