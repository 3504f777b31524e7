"""The files of evidence as they landed: records, what stands beside them, and whose keys were listed.

Read once before the chain is walked, in batches. Decides nothing: which of it counts is judged
event by event.
"""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.control.places import Place, Places
from mkdocs_ems.control.readings import Readings, file_blob
from mkdocs_ems.control.recording import canonical
from mkdocs_ems.control.records import ReadRecord
from mkdocs_ems.control.seals import SealedRecord, Seals, utc
from mkdocs_ems.control.signers import read_signers
from mkdocs_ems.git.values import Event, History, Signatures

SIGNATURE = ".sig"
"""What a signature's name has more than its record's."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the records of a history say, and the bytes that signatures are judged by."""

    records: Mapping[tuple[str, str], ReadRecord]
    """By path and blob."""
    signatures: Mapping[str, bytes]
    """By blob."""
    signed: Mapping[str, bytes]
    """The bytes of every record that landed with a signature beside it, by blob."""
    odd: frozenset[str]
    """Blobs of records that are signed or made by a program, and are not in the one form of a record."""
    seals: Seals

    def sealed(self, read: ReadRecord, signature: str, event: Event) -> SealedRecord | None:
        """A record with its signature, as it landed; None where the file beside it is no file."""
        data, made = self.signed.get(read.blob), self.signatures.get(signature)
        if data is None or made is None or read.record is None:
            return None
        return SealedRecord(data, made, max(utc(read.record.date), utc(event.date)))


def read_evidence(
    history: History, readings: Readings, places: Places, signatures: Signatures | None
) -> Evidence:
    """Read all records and signatures that ever landed, and have the signatures verified."""
    found = _Found(places)
    for event in history.events:
        found.note(event)
    signed_blobs = {blob for _, (_, blob), _ in found.signed}
    records: dict[tuple[str, str], ReadRecord] = {}
    signed: dict[str, bytes] = {}
    odd: set[str] = set()
    for blob, data in readings.reader.each(found.records):
        readings.learn(blob, data)
        if blob in signed_blobs:
            signed[blob] = data
        for path in found.records[blob]:
            records[path, blob] = read = readings.parsed.record(path, blob, data)
            if _is_odd(read, data, signed=blob in signed_blobs):
                odd.add(blob)
    lists = readings.reader.each(found.signers)
    versions = [read_signers(data) for _, data in lists]
    evidence = Evidence(
        records=records,
        signatures=dict(readings.reader.each(signature for _, _, signature in found.signed)),
        signed=signed,
        odd=frozenset(odd),
        seals=Seals(signatures, history=history, versions=versions),
    )
    landed = (evidence.sealed(records[key], signature, event) for event, key, signature in found.signed)
    evidence.seals.expect(one for one in landed if one is not None)
    return evidence


class _Found:
    """The blobs of evidence along the chain."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._beside: dict[str, str] = {}
        self.records: dict[str, set[str]] = {}
        """Of each record's blob the paths at which it landed."""
        self.signers: dict[str, None] = {}
        """Every state of `allowed_signers`, approved or not."""
        self.signed: list[tuple[Event, tuple[str, str], str]] = []
        """Each record that landed with a signature beside it: event, path and blob, the signature's blob."""

    def note(self, event: Event) -> None:
        landed: list[tuple[str, str]] = []
        for change in event.changes:
            path, blob = change.path, file_blob(change)
            if not path.startswith(self._places.approvals):
                if path == self._places.signers and blob is not None:
                    self.signers[blob] = None
            elif path.endswith(SIGNATURE):
                self._beside.pop(path, None)
                if blob is not None:
                    self._beside[path] = blob
            elif blob is not None and self._places.of(path) is Place.APPROVAL:
                self.records.setdefault(blob, set()).add(path)
                landed.append((path, blob))
        if self._beside and event.index:  # what lay in the trust root is not judged
            for path, blob in landed:
                signature = self._beside.get(f"{path}{SIGNATURE}")
                if signature is not None:
                    self.signed.append((event, (path, blob), signature))


def _is_odd(read: ReadRecord, data: bytes, *, signed: bool) -> bool:
    """Whether a record that is signed, or made by a program, is not in the one form of a record."""
    record = read.record
    return record is not None and (signed or record.source is not None) and not canonical(record, data)
