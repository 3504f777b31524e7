"""Who made a file what it is: by its bytes, through every commit that changed them.

A path is where a file lies and an id what it says of itself; neither shows that a text was
written under another name, in an earlier request, or before it had an id at all. Its bytes do.
Going back ends at bytes that were approved: somebody else than their makers has judged them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mkdocs_ems.control.authorship import EventWriting, Own, differing, moved
from mkdocs_ems.control.values import Content
from mkdocs_ems.git.values import EMPTY, Change, Commit, Event


def blobs_of(content: Content) -> tuple[str, ...]:
    """The main file and the parts."""
    return (content.blob, *[part.blob for part in content.parts]) if content.parts else (content.blob,)


class Lineage:
    """Every making of a blob, wherever the file lay: by whom, and out of which blobs."""

    def __init__(self, own: Own) -> None:
        self._own = own
        self._made: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        """For each blob the commits that made it, each with the blobs that it made it out of."""
        self._adopted: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        """The same of files that the trust root took over: they have authors where they become a document.

        A picture that lay there already has none, as the documents of that day have none.
        """
        self._approved: set[str] = set(EMPTY)
        self._counted: dict[str, set[str]] = {}
        """For each document the blobs whose makers count as its authors since its last approval."""

    def note(self, event: Event, writing: EventWriting) -> None:
        """Take note of everything that came onto the chain with an event."""
        for making in event.makings:
            before = (making.before,) if making.before else ()
            made = self._adopted if making.adopted else self._made
            made.setdefault(making.blob, []).append((making.commit, before))
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
            before = (change.old_blob,) if change.old_blob else ()
            self._made.setdefault(blob, []).append((commit.id, before))

    def _note_merge(self, merge: Commit, own: tuple[str, ...] | None) -> None:
        changes = [change for change in differing(merge) if change.new_blob]
        if not changes:
            return
        sides: list[Mapping[str, str | None]]
        sides = [{change.path: change.old_blob for change in delta} for delta in merge.deltas]
        for change in changes:
            by = merge.id if own is None or change.path in own else ""
            before = tuple(blob for side in sides if (blob := side[change.path]))
            self._made.setdefault(change.new_blob or "", []).append((by, before))

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
        parts = waiting[1:]
        while waiting:
            blob = waiting.pop()
            if blob in counted or blob in self._approved:
                continue
            counted.add(blob)
            adopted = self._adopted.get(blob, ()) if blob not in parts else ()
            for by, before in (*self._made.get(blob, ()), *adopted):
                if by:
                    yield by
                waiting += before
