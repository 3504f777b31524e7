"""Who the authors of a landed content are: all who changed the document since its last full approval.

Three traces lead to them, and a person who is on any of them is an author: who wrote at the path
where it landed, who wrote at this document under another path or took it back again, and who made
the bytes that landed. Who merely moved a file is none, unless other pictures stand beside it now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from mkdocs_ems.control.authorship import EventWriting, Own, Writing, is_somebody
from mkdocs_ems.control.branches import Branches
from mkdocs_ems.control.contents import Landing
from mkdocs_ems.control.journal import Completed, Step
from mkdocs_ems.control.lineage import Lineage
from mkdocs_ems.control.terms import Meaning, Segregation
from mkdocs_ems.control.values import Content, Part
from mkdocs_ems.git.values import Event

Commits = dict[str, None]
"""Commits by id, in order."""


class Authors:
    """Finds the commits by which they wrote, event by event."""

    def __init__(self, branches: Branches, own: Own) -> None:
        self._branches = branches
        self._lineage = Lineage(own)
        self._parts: dict[str, tuple[str, ...]] = {}
        """The paths of each document's parts."""
        self._embedding: dict[str, set[str]] = {}
        """For each part's path the documents that embed it."""
        self._early: dict[str, Commits] = {}
        """What wrote at documents that have not landed yet."""
        self._landed: set[str] = set()
        self._written: dict[tuple[str, str], datetime] = {}
        """When the last of what an event brought of a document was written, by document and event."""
        self._movers: dict[str, Commits] = {}
        """The commits that moved a document by what the event brings, and changed nothing of it."""
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
        self.touched, self._movers = {}, {}
        if not writing.brought:
            return
        for one in writing.brought:
            # Nobody's is the work tree alone; a commit that names no author is somebody's.
            if one.commit is not writing.event.commit or is_somebody(one.commit.author):
                self._note(one, writing.event)
        writing.concerns(self.touched)
        for identity, found in self.touched.items():
            if identity not in self._landed:
                self._early.setdefault(identity, {}).update(found)

    def _note(self, one: Writing, event: Event) -> None:
        """Take note of one change that came with an event."""
        concerned = self._branches.documents(one)
        if self._embedding:
            concerned = (*concerned, *self._embedding.get(one.change.path, ()))
        found = self._movers if one.move else self.touched
        for identity in concerned:
            found.setdefault(identity, {})[one.commit.id] = None
            if not one.move:
                at = identity, event.commit.id
                self._written[at] = max(self._written.get(at, one.commit.authored), one.commit.authored)

    def _embed(self, document: str, content: Content) -> None:
        before, now = self._parts.get(document, ()), tuple(part.path for part in content.parts)
        if now == before:
            return
        for path in before:
            self._embedding[path].discard(document)
        for path in now:
            self._embedding.setdefault(path, set()).add(document)
        self._parts[document] = now

    def before(self, document: str) -> Commits:
        """The commits that wrote at a document before it landed for the first time."""
        self._landed.add(document)
        return self._early.pop(document, {})

    def of(self, landing: Landing, before: Content | None, writing: EventWriting) -> tuple[str, ...]:
        """The commits that wrote what an event lands.

        Args:
            landing: what it did to one document.
            before: the content that the document had until then.
            writing: the writing behind the event.
        """
        content = landing.content
        found = [one for path in landing.paths for one in writing.made_by(path, landing.id)]
        found += self.touched.get(landing.id, ())
        if content is not None:
            found += self._lineage.makers(landing.id, content)
            self._embed(landing.id, content)
            parts = before.parts if before is not None else ()
            if content.parts != parts and _bytes_of(content.parts) != _bytes_of(parts):
                found += self._movers.get(landing.id, ())
            if not found and (before is None or before.key != content.key):
                # Somebody made it what it is now, were it only by moving files.
                found = [one for path in landing.paths for one in writing.touched_by(path)]
        return tuple(dict.fromkeys(found))

    def written_at(self, document: str, event: Event) -> datetime:
        """When what an event landed of a document was written, by the claims of its commits."""
        return self._written.get((document, event.commit.id), event.commit.authored)


def _bytes_of(parts: Iterable[Part]) -> tuple[tuple[str, str], ...]:
    return tuple((part.target, part.blob) for part in parts)
