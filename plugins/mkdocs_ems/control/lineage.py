"""Who made a file what it is: by its bytes, through every commit that changed them.

A path is where a file lies and an id what it says of itself; neither shows that a text was
written under another name, in an earlier request, or before it had an id at all. Its bytes do.
Going back ends at bytes that were approved: somebody else than their makers has judged them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mkdocs_ems.control.authorship import EventWriting, Own, differing, moved
from mkdocs_ems.control.places import Place, Places
from mkdocs_ems.control.values import Content
from mkdocs_ems.git.values import Change, Commit, Event

_MAIN = (Place.MAIN, Place.RULES)
_EMPTY = frozenset(
    (
        "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
        "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
    )
)
"""The file without a byte, in both forms of ids: whoever made one has made no text of another."""


def blobs_of(content: Content) -> tuple[str, ...]:
    """The main file and the parts."""
    return (content.blob, *(part.blob for part in content.parts))


class Lineage:
    """Every making of a blob since the trust root: by whom, and out of which blobs."""

    def __init__(self, places: Places, own: Own) -> None:
        self._places = places
        self._own = own
        self._made: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        """For each blob the commits that made it, each with the blobs that it made it out of."""
        self._approved: set[str] = set(_EMPTY)
        self._counted: dict[str, set[str]] = {}
        """For each document the blobs whose makers count as its authors since its last approval."""

    def note(self, event: Event, writing: EventWriting) -> None:
        """Take note of everything that came onto the chain with an event."""
        if not writing.sources:
            self._note_changes(event.commit.deltas[0], event.commit)
            return
        for one in writing.sources:
            if one.is_merge:
                self._note_merge(one, self._own.get(one.id))
            else:
                self._note_changes(one.deltas[0], one)
        if event.commit.is_merge and not event.proposed:
            self._note_merge(event.commit, event.own)

    def _note_changes(self, changes: Sequence[Change], commit: Commit) -> None:
        moves = moved(changes)
        for change in changes:
            blob = change.new_blob
            if blob is None or (change.old_blob is None and blob in moves):
                continue
            if self._matters(change.path):
                before = (change.old_blob,) if change.old_blob else ()
                self._made.setdefault(blob, []).append((commit.id, before))

    def _note_merge(self, merge: Commit, own: tuple[str, ...] | None) -> None:
        changes = [change for change in differing(merge) if change.new_blob and self._matters(change.path)]
        if not changes:
            return
        sides: list[Mapping[str, str | None]]
        sides = [{change.path: change.old_blob for change in delta} for delta in merge.deltas]
        for change in changes:
            by = merge.id if own is None or change.path in own else ""
            before = tuple(blob for side in sides if (blob := side[change.path]))
            self._made.setdefault(change.new_blob or "", []).append((by, before))

    def _matters(self, path: str) -> bool:
        places = self._places
        return places.of(path) in _MAIN or path == places.signers or places.may_be_part(path)

    def approve(self, document: str, content: Content, *, by_another: bool) -> None:
        """Take note of an approval.

        Args:
            document: its id.
            content: what was approved.
            by_another: not by its own authors: then nobody has to judge these bytes again.
        """
        blobs = blobs_of(content)
        if by_another:
            self._approved.update(blobs)
        self._counted[document] = set(blobs)

    def makers(self, document: str, content: Content) -> Iterator[str]:
        """The commits that made what has landed out of what was approved, as far as not told before."""
        counted = self._counted.setdefault(document, set())
        waiting = list(blobs_of(content))
        while waiting:
            blob = waiting.pop()
            if blob in counted or blob in self._approved:
                continue
            counted.add(blob)
            for by, before in self._made.get(blob, ()):
                if by:
                    yield by
                waiting += before
