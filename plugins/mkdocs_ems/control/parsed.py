"""What main files and records say, each content parsed once: on its own, whatever the history says of it.

So what stands at the head can be parsed while git still lists the history. Reads no contents
itself, and decides nothing.
"""

from __future__ import annotations

from typing import Self

from mkdocs_ems.control.heads import Head, head_of, read_head
from mkdocs_ems.control.places import Place, Places, is_markdown
from mkdocs_ems.control.records import ReadRecord, read_record
from mkdocs_ems.git.values import Snapshot


class Parsed:
    """Heads and records by path and blob."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._heads: dict[tuple[str, str], Head] = {}
        self._fronts: dict[tuple[bool, bytes], Head] = {}
        self._records: dict[tuple[str, str], ReadRecord] = {}

    @classmethod
    def of(cls, snapshot: Snapshot) -> Self:
        """All that stands in a snapshot."""
        parsed = cls(Places(snapshot.content))
        for path, data in snapshot.files.items():
            blob = snapshot.entries[path].blob
            match parsed.places.of(path):
                case Place.MAIN:
                    parsed.head(path, blob, data)
                case Place.APPROVAL:
                    parsed.record(path, blob, data)
                case _:
                    pass
        return parsed

    def head(self, path: str, blob: str, data: bytes) -> Head:
        """The head of a main file."""
        head = self._heads.get((path, blob))
        if head is None:
            # Bodies and rows change, heads hardly ever: most are the same bytes as one already read.
            front = (is_markdown(path), head_of(path, data))
            head = self._fronts.get(front)
            if head is None:
                head = self._fronts[front] = read_head(path, front[1])
            self._heads[path, blob] = head
        return head

    def record(self, path: str, blob: str, data: bytes) -> ReadRecord:
        """An approval record, or what claims to be one."""
        record = self._records.get((path, blob))
        if record is None:
            record = self._records[path, blob] = read_record(path, blob, data, places=self.places)
        return record
