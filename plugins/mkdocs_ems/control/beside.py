"""What lies beside the records: their signatures, and the scans of signed prints.

A signature counts as it stands in the tree of the event that lands its record, and never
later: a record is judged once. What comes, changes or goes afterwards is told and changes
nothing. Knows of no signature whether it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems.control.evidence import SIGNATURE
from mkdocs_ems.control.places import Place, Places
from mkdocs_ems.control.readings import file_blob
from mkdocs_ems.control.refusal import Refusal
from mkdocs_ems.control.terms import FaultReason
from mkdocs_ems.git.values import Change, Event

_NO_FILE = ""


class Beside:
    """The files below `records/approvals/` that are no records, along the chain."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._blobs: dict[str, str] = {}
        self._records: set[str] = set()
        """Every path at which a record has landed."""
        self._scans: set[str] = set()
        """The scans that records are founded on."""
        self._strays: dict[str, Event] = {}
        """Signatures whose record has not landed, and the event that brought them."""

    def note(self, event: Event, changes: Iterable[Change]) -> Iterator[tuple[str, Refusal]]:
        """Take note of an event before its records are judged; tells what came too late to count."""
        new = set()
        for change in changes:
            if self._places.of(change.path) is Place.APPROVAL:
                if change.new_blob is not None:
                    new.add(change.path)
                continue
            self._blobs.pop(change.path, None)
            if change.new_blob is not None:
                # A link is there, and is no file: it can be nobody's signature, nor stand for none.
                self._blobs[change.path] = file_blob(change) or _NO_FILE
            if change.path.endswith(SIGNATURE):
                yield from self._signature(change, event)
            elif change.path in self._scans:
                yield change.path, _altered(change, "scan", "the act was judged with what it was at first")
        for path in new:
            self._strays.pop(f"{path}{SIGNATURE}", None)
        self._records |= new

    def _signature(self, change: Change, event: Event) -> Iterator[tuple[str, Refusal]]:
        record = change.path.removesuffix(SIGNATURE)
        if record not in self._records:
            if change.new_blob is None:
                self._strays.pop(change.path, None)
            else:
                self._strays[change.path] = event
        elif not event.index:
            return
        elif change.old_blob is not None:
            yield change.path, _altered(change, "signature", "what it proved at first still counts")
        else:
            told = (
                "the signature landed after its record, which had been judged without it; a signature counts "
                "only if it lands with its record, so a new record with the next number is needed"
            )
            yield change.path, Refusal(FaultReason.BAD_SIGNATURE, told)

    def signature(self, record: str) -> str | None:
        """The blob of the signature that stands beside a record now."""
        return self._blobs.get(f"{record}{SIGNATURE}")

    def scan(self, record: str, name: str) -> str | None:
        """The blob of a scan in a record's folder now; from here on it is watched."""
        path = f"{record.rpartition('/')[0]}/{name}"
        if "/" in name or self._blobs.get(path, _NO_FILE) == _NO_FILE:
            return None
        self._scans.add(path)
        return self._blobs[path]

    def strays(self) -> Iterator[tuple[str, Event, Refusal]]:
        """At the end: signatures that never had a record beside them."""
        told = (
            "a signature stands here and no record beside it: its name is that of the record and .sig, "
            "as in 1-approval-md@example.org-1.yml.sig"
        )
        for path, event in self._strays.items():
            yield path, event, Refusal(FaultReason.BAD_SIGNATURE, told)


def _altered(change: Change, what: str, stays: str) -> Refusal:
    if change.new_blob is None:
        return Refusal(FaultReason.RECORD_DELETED, f"the {what} was deleted; {stays}, and it belongs back")
    return Refusal(FaultReason.RECORD_CHANGED, f"the {what} was changed after it had landed; {stays}")
