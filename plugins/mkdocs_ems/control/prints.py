"""Signed prints as evidence: each is kept for the one thing that was signed on it.

A print bears the id, the issue and the checksum of what was signed. Nobody here can read that
on a scan; but that the same scan cannot have been signed for two things, anybody can tell.
"""

from __future__ import annotations

from mkdocs_ems import dataclass
from mkdocs_ems.control.records import ApprovalRecord, ScanSource
from mkdocs_ems.control.refusal import Refusal
from mkdocs_ems.control.terms import FaultReason, Meaning


@dataclass(frozen=True, slots=True)
class _Signed:
    """What a print was signed for; several persons may sign one."""

    document: str
    issue: int
    meaning: Meaning
    content: tuple[str, tuple[tuple[str, str], ...]]
    """The checksums of the content."""


class Prints:
    """The scans that records along the chain rest on, by their sha256."""

    def __init__(self) -> None:
        self._signed: dict[str, _Signed] = {}

    def used_for(self, record: ApprovalRecord, document: str) -> Refusal | None:
        """Take note of a record that holds for a content; why it does not, if its print is another's.

        Args:
            record: the record.
            document: the document's id.
        """
        source = record.source
        if not isinstance(source, ScanSource):
            return None
        manifest = record.manifest
        content = (manifest.main, tuple(sorted(manifest.parts.items())))
        this = _Signed(document, record.issue, record.meaning, content)
        first = self._signed.setdefault(source.sha256, this)
        if first == this:
            return None
        told = (
            f"the scan {source.scan} is kept already as the print that was signed for the "
            f"{first.meaning.value} of issue {first.issue} of {first.document}, and a print proves nothing "
            "but what was signed on it"
        )
        return Refusal(FaultReason.REPLAYED, told)
