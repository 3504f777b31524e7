"""Who the authors of a landed content are: all who changed the document since its last full approval.

Three traces lead to them, and a person who is on any of them is an author: who wrote at the path
where it landed, who wrote at this document under another path or took it back again, and who made
the bytes that landed. Who merely moved a file is none, unless other pictures stand beside it now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from mkdocs_ems.control.authorship import EventWriting, Own, is_somebody
from mkdocs_ems.control.branches import Branches
from mkdocs_ems.control.contents import Landing
from mkdocs_ems.control.journal import Completed, Step
from mkdocs_ems.control.lineage import Lineage
from mkdocs_ems.control.places import Places
from mkdocs_ems.control.values import Content, Meaning, Segregation
from mkdocs_ems.git.values import Event

Commits = dict[str, None]
"""Commits by id, in order."""


class Authors:
    """Finds the commits by which they wrote, event by event."""

    def __init__(self, places: Places, branches: Branches, own: Own) -> None:
        self._places = places
        self._branches = branches
        self._lineage = Lineage(places, own)
        self._embedding: dict[str, set[str]] = {}
        """For each part's path the documents that have embedded it."""
        self._early: dict[str, Commits] = {}
        """What wrote at documents that have not landed yet."""
        self._written: dict[tuple[str, str], datetime] = {}
        """When the last of what a merge landed of a document was written, by document and event."""
        self._read = 0
        self.touched: dict[str, Commits] = {}
        """The commits that changed a document by what the event brings, landed or not."""

    def begin(self, writing: EventWriting, steps: Sequence[Step]) -> None:
        """Take note of an event before what it lands is judged.

        Args:
            writing: the writing behind it.
            steps: the journal up to the event before it; approvals end what was written before them.
        """
        for step in steps[self._read :]:
            if isinstance(step, Completed) and step.meaning is Meaning.APPROVAL:
                by_another = step.segregation is not Segregation.SELF
                self._lineage.approve(step.document, step.content, by_another=by_another)
                self._embed(step.document, step.content)
        self._read = len(steps)
        self._lineage.note(writing.event, writing)
        self.touched = {}
        for one in writing.brought:
            if one.move or not is_somebody(one.commit.author):
                continue
            for identity in self._concerned(one.change.path, self._branches.documents(one)):
                self.touched.setdefault(identity, {})[one.commit.id] = None
        writing.concerns(self.touched)
        for identity, found in self.touched.items():
            self._early.setdefault(identity, {}).update(found)

    def _concerned(self, path: str, documents: Iterator[str]) -> Iterator[str]:
        yield from documents
        yield from self._embedding.get(path, ())

    def _embed(self, document: str, content: Content) -> None:
        for part in content.parts:
            self._embedding.setdefault(part.path, set()).add(document)

    def before(self, document: str) -> Commits:
        """The commits that wrote at a document before it landed for the first time."""
        return self._early.get(document, {})

    def of(self, landing: Landing, before: Content | None, writing: EventWriting) -> tuple[str, ...]:
        """The commits that wrote what an event lands.

        Args:
            landing: what it did to one document.
            before: the content that the document had until then.
            writing: the writing behind the event.
        """
        touched = self.touched.get(landing.id, {})
        found = [
            *(one for path in landing.paths for one in writing.made_by(path, landing.id)),
            *touched,
        ]
        content = landing.content
        self._note_dates(landing, writing)
        if content is not None:
            found += self._lineage.makers(landing.id, content)
            self._embed(landing.id, content)
            if _parts(content) != (_parts(before) if before is not None else ()):
                found += self._movers(landing.id, writing)
        if not found and content is not None and not (before is not None and before.key == content.key):
            # Somebody made it what it is now, were it only by moving files.
            found = [one for path in landing.paths for one in writing.touched_by(path)]
        return tuple(dict.fromkeys(found))

    def _note_dates(self, landing: Landing, writing: EventWriting) -> None:
        dates = [
            one.commit.authored
            for one in writing.brought
            if not one.move
            and (one.change.path in landing.paths or landing.id in self._branches.documents(one))
        ]
        if dates:
            self._written[landing.id, writing.event.commit.id] = max(dates)

    def written_at(self, document: str, event: Event) -> datetime:
        """When what an event landed of a document was written, by the claims of its commits."""
        return self._written.get((document, event.commit.id), event.commit.authored)

    def _movers(self, document: str, writing: EventWriting) -> Iterator[str]:
        for one in writing.brought:
            if one.move and document in self._branches.documents(one):
                yield one.commit.id


def _parts(content: Content) -> tuple[tuple[str, str], ...]:
    return tuple((part.target, part.blob) for part in content.parts)
