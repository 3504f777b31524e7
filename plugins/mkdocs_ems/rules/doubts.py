"""Faults of evidence along the chain, each with the rule that tells it and whether it still matters.

Evidence is never taken back: a record that was wrong once stands there for ever, and so does what
document control noted of it. It is told as long as anything hangs on it. That ends when the act that it
failed to be was done rightly, or the altered file is back as it was; where somebody may have meant to
deceive, it stays as information. Nothing here judges evidence, and nothing reads git.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from posixpath import basename
from types import MappingProxyType

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import RULES_ID, DocumentControl, DocumentState, Fault, FaultReason, Level, Meaning
from mkdocs_ems.diagnostics import Anchor
from mkdocs_ems.git import Event
from mkdocs_ems.text import fold

TOLD_BY: Mapping[FaultReason, str] = MappingProxyType(
    {
        # At the head, where alone it can be mended, each of these has its finding in the file itself.
        FaultReason.INVALID_RECORD: "SCH001",
        FaultReason.NOT_A_FILE: "SCH001",
        FaultReason.ID_TWICE: "DOC002",
        FaultReason.NOT_ENTITLED: "DOC018",
        FaultReason.AUTHOR_APPROVES: "SOD001",
        FaultReason.WRONG_ISSUE: "DOC027",
        FaultReason.WRONG_PREVIOUS: "DOC027",
        FaultReason.WRONG_CONTENT: "DOC027",
        FaultReason.NOTHING_TO_BIND: "DOC027",
        FaultReason.NOT_READ_YET: "DOC027",
        FaultReason.LEVEL_NOT_ACCEPTED: "DOC027",
        FaultReason.NOT_BROUGHT_IN: "DOC027",
        FaultReason.NOT_PROVED: "DOC027",
        FaultReason.LATER_DATE_REFUSED: "DOC027",
        FaultReason.NOT_CANONICAL: "DOC027",
        FaultReason.INTERIM_REFUSED: "DOC027",
        FaultReason.EDITORIAL_REFUSED: "DOC027",
        FaultReason.UNCOUNTED_MERGE: "DOC027",
        FaultReason.RECORD_CHANGED: "DOC028",
        FaultReason.RECORD_DELETED: "DOC028",
        FaultReason.CONTENT_MOVED: "DOC021",
        FaultReason.REPLAYED: "DOC029",
        FaultReason.WRONG_REPOSITORY: "DOC029",
        FaultReason.UNKNOWN_AUTHOR: "DOC030",
        FaultReason.BEFORE_CONTENT: "DOC031",
        FaultReason.AFTER_AS_OF: "DOC031",
        FaultReason.ODD_DATE: "DOC031",
        FaultReason.BAD_SIGNATURE: "DOC032",
        FaultReason.KEY_NOT_LISTED: "DOC032",
        FaultReason.KEY_NOT_VALID: "DOC032",
        FaultReason.SIGNERS_LINE: "DOC032",
        FaultReason.NOT_ATTESTED: "DOC032",
        FaultReason.SCAN_MISSING: "DOC032",
    }
)
"""The rule that tells each kind of fault."""

_COUNTS_NEVERTHELESS = (FaultReason.BEFORE_CONTENT, FaultReason.AFTER_AS_OF, FaultReason.ODD_DATE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One fault of evidence."""

    fault: Fault
    document: DocumentControl | None
    """None where the evidence belongs to nothing that ever landed."""
    at: Anchor
    settled: bool
    """Nothing hangs on it any more."""
    restored: bool = False
    """The file had been deleted and was put back in its place: its own deletion is made good by it."""

    @property
    def subject(self) -> str | None:
        """The id of its document."""
        return self.document.id if self.document else None

    @property
    def told(self) -> str:
        """What is wrong, after the name of the file and of its document, where it is a file's fault."""
        if self.fault.path is None:
            return self.fault.words
        file = basename(self.fault.path)
        return (
            f"{file} of {self.document.id}: {self.fault.words}"
            if self.document
            else f"{file}: {self.fault.words}"
        )


def doubts(compilation: Compilation) -> Mapping[str, tuple[Doubt, ...]]:
    """Every fault of evidence by the code of the rule that tells it, in the order of the documents."""
    control = compilation.control
    if control is None:
        return {}
    looked = _Looking(compilation)
    found: defaultdict[str, list[Doubt]] = defaultdict(list)
    for document in control.documents.values():
        for fault in document.faults:
            found[TOLD_BY[fault.reason]].append(looked.at(fault, document))
        for issue in document.issues:
            for fault in issue.faults:
                found[TOLD_BY[fault.reason]].append(looked.at(fault, document))
    for fault in control.faults:
        # Its document may have come later.
        parts = (fault.path or "").split("/")
        known = control.documents.get(parts[-2]) if len(parts) > 1 else None
        found[TOLD_BY[fault.reason]].append(looked.at(fault, known))
    return {code: tuple(some) for code, some in found.items()}


class _Looking:
    """What it takes to place a fault and to say whether it is settled; worked out when one is met."""

    def __init__(self, compilation: Compilation) -> None:
        assert compilation.control is not None, "without history there are no faults of evidence"
        self._entries = compilation.snapshot.entries
        self._settings = compilation.model.settings_path
        self._events = compilation.control.events
        self._index: dict[str, int] = {}
        self._first: Mapping[str, str] | None = None

    def at(self, fault: Fault, document: DocumentControl | None) -> Doubt:
        """A fault with its place, and whether it is settled."""
        if fault.path is not None and fault.path in self._entries:
            place = Anchor(fault.path)
        elif document is not None:
            place = Anchor(document.path, ("id",))
        else:
            place = Anchor(self._settings, ("organisation",), key=True)
        restored = fault.reason is FaultReason.REPLAYED and self._is_back(fault) and self._was_gone(fault)
        return Doubt(fault, document, place, restored or self._settled(fault, document), restored)

    def _settled(self, fault: Fault, document: DocumentControl | None) -> bool:
        event = self._at(fault.event)
        match fault.reason:
            case FaultReason.RECORD_CHANGED | FaultReason.RECORD_DELETED:
                return self._is_back(fault) or self._never_counted(fault, document)
            case FaultReason.SIGNERS_LINE:
                return document is not None and self._another_list(fault, document)
            case FaultReason.UNKNOWN_AUTHOR:
                return False
        if document is None:
            return False
        later = int(fault.reason in _COUNTS_NEVERTHELESS)
        return self._done(document, fault) >= event + later

    def _done(self, document: DocumentControl, fault: Fault) -> int:
        """The last event at which an act of the fault's meaning counted; -1 where none did."""
        if document.state is DocumentState.WITHDRAWN:
            return len(self._events)
        meaning, principal = _named(fault.path or "")
        found = [self._completed(issue.completed) for issue in document.issues if issue.level > Level.ADOPTED]
        more = {Meaning.CONFIRMATION: document.confirmations, Meaning.WITHDRAWAL: document.withdrawals}
        acts = list(more.get(meaning, ()))
        if meaning is Meaning.INTERIM:
            acts += [interim.act for interim in document.interims]
        if meaning in (Meaning.APPROVAL, Meaning.REVIEW):
            given = (*(document.pending.acts if document.pending else ()), *document.reviews)
            void = {one.path for one in document.faults}
            acts += [
                act
                for act in given
                if act.meaning is meaning and fold(act.principal) == principal and act.evidence not in void
            ]
        return max((*found, *(self._at(act.event) for act in acts)), default=-1)

    def _completed(self, event: Event | None) -> int:
        return event.index if event is not None else -1

    def _at(self, commit: str) -> int:
        if not self._index:
            self._index = {event.commit.id: event.index for event in self._events}
        return self._index.get(commit, 0)

    def _is_back(self, fault: Fault) -> bool:
        """Whether a file at the head is what it was when it first landed."""
        entry = self._entries.get(fault.path or "")
        return entry is not None and entry.blob == self._firsts.get(entry.path)

    @property
    def _firsts(self) -> Mapping[str, str]:
        """The first blob of each file below the folder of approval records."""
        if self._first is None:
            first: dict[str, str] = {}
            for event in self._events:
                for change in event.changes:
                    if "records/approvals/" in change.path and change.new_blob is not None:
                        first.setdefault(change.path, change.new_blob)
            self._first = first
        return self._first

    def _never_counted(self, fault: Fault, document: DocumentControl | None) -> bool:
        """Whether an altered record had counted for nothing, and the act was done rightly since."""
        path = fault.path or ""
        if document is None or not path.endswith(".yml") or path in evidence_of(document):
            return False
        return self._done(document, fault) >= self._at(fault.event)

    def _was_gone(self, fault: Fault) -> bool:
        """Whether the file had been deleted before the event of a fault."""
        before = self._events[: self._at(fault.event)]
        return any(
            change.path == fault.path and change.new_blob is None
            for event in before
            for change in event.changes
        )

    def _another_list(self, fault: Fault, rules: DocumentControl) -> bool:
        """Whether the list of keys that had the line was replaced by an approved one."""
        of_then = [one for one in rules.issues if self._completed(one.completed) <= self._at(fault.event)]
        if rules.id != RULES_ID or not of_then:
            return False
        return of_then[-1].content.parts != rules.issues[-1].content.parts


def _named(path: str) -> tuple[Meaning, str]:
    """The meaning and the principal that a record's name says; an approval where it says nothing."""
    words = basename(path).split("-")
    try:
        meaning = Meaning(words[1]) if len(words) > 1 else Meaning.APPROVAL
    except ValueError:
        meaning = Meaning.APPROVAL
    return meaning, fold("-".join(words[2:-1]))


def evidence_of(document: DocumentControl) -> Iterator[str]:
    """The paths of the records that counted for a document."""
    for issue in document.issues:
        yield from (act.evidence for act in issue.approvals)
    yield from (act.evidence for act in (*document.confirmations, *document.withdrawals, *document.reviews))
    yield from (interim.act.evidence for interim in document.interims)
    if document.pending is not None:
        yield from (act.evidence for act in document.pending.acts)
