"""Who wrote what an event lands, and what a merge brought in rather than made up itself.

Names in commits are claims; here they are only collected. A committer is nobody: a forge
or a rebase puts its own name there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from mkdocs_ems import dataclass
from mkdocs_ems.git.values import Change, Commit, Event, Identity

_CO_AUTHOR = "co-authored-by"
_APPROVED_BY = "approved-by"


def identity(text: str) -> Identity:
    """`Ann Ash <ann@example.org>` as an identity; without brackets the text is both name and address."""
    name, bracket, rest = text.partition("<")
    if not bracket:
        return Identity(text.strip(), text.strip())
    return Identity(name.strip(), rest.partition(">")[0].strip())


def is_somebody(named: Identity) -> bool:
    """Whether anybody is named: uncommitted changes are nobody's yet, and blanks are no name."""
    return bool(named.name.strip() or named.mail.strip())


def trailers(commit: Commit, key: str) -> Iterator[Identity]:
    """The identities in a commit's trailers of one key; a trailer like `<>` names nobody."""
    found = (identity(value) for name, value in commit.trailers if name.casefold() == key)
    return filter(is_somebody, found)


def writers(commit: Commit) -> tuple[Identity, ...]:
    """A commit's author, though it names nobody, and its co-authors."""
    if not commit.trailers:
        return (commit.author,)
    return (commit.author, *trailers(commit, _CO_AUTHOR))


def approved_by(commit: Commit) -> tuple[Identity, ...]:
    """Whom a commit's message names as approvers."""
    return tuple(trailers(commit, _APPROVED_BY)) if commit.trailers else ()


Own = Mapping[str, tuple[str, ...]]
"""By the id of a merge behind the chain the paths that it wrote itself; of others that is not known."""
_UNKNOWN: Own = {}


def differing(commit: Commit) -> Iterator[Change]:
    """What of a commit differs from every parent: of a merge, what it wrote or merged."""
    if len(commit.deltas) < 2:
        return iter(commit.deltas[0] if commit.deltas else ())
    first, *others = sorted(commit.deltas, key=len)
    if not first:
        return iter(())
    elsewhere = [frozenset(change.path for change in delta) for delta in others]
    return (change for change in first if all(change.path in paths for paths in elsewhere))


def written(commit: Commit, own: Own) -> Iterator[Change]:
    """What a commit itself wrote: of a merge neither a parent's nor what git would have merged cleanly."""
    made_up = own.get(commit.id)
    if made_up is None:
        return differing(commit)
    return (change for change in differing(commit) if change.path in made_up) if made_up else iter(())


def moved(changes: Sequence[Change]) -> frozenset[str]:
    """The blobs that a commit took away at one path and put at another, unchanged."""
    if len(changes) < 2:
        return frozenset()
    gone = {change.old_blob for change in changes if change.new_blob is None and change.old_blob}
    if not gone:
        return frozenset()
    return frozenset(
        change.new_blob for change in changes if change.old_blob is None and change.new_blob in gone
    )


@dataclass(frozen=True, slots=True)
class Writing:
    """What one commit changed at one path."""

    commit: Commit
    change: Change
    move: bool
    """The same bytes went from one path to another, and nothing else happened to them."""


class EventWriting:
    """The writing behind one event, by path."""

    __slots__ = ("_documents", "_landed", "_made", "_own", "_written", "brought", "event", "sources")

    def __init__(self, event: Event, commits: Mapping[str, Commit], own: Own = _UNKNOWN) -> None:
        self.event = event
        self._own = own
        self.sources: tuple[Commit, ...] = ()
        """The commits that came with this event; what is only proposed is itself one of them."""
        self.brought: tuple[Writing, ...] = ()
        """What they wrote, parents before children."""
        self._written: dict[str, list[Writing]] = {}
        self._made: set[str | None] = set()
        """The blobs that they made, wherever: git follows a file that was renamed on one side."""
        self._documents: frozenset[str] = frozenset()
        self._landed: dict[str, str | None] = {}
        if event.brought or event.proposed:
            brought = tuple([commits[one] for one in event.brought])
            self.sources = (*brought, event.commit) if event.proposed else brought
            self._landed = {change.path: change.new_blob for change in event.changes}
            self.brought = tuple(self._writings())
            for writing in self.brought:
                self._written.setdefault(writing.change.path, []).append(writing)

    def _writings(self) -> Iterator[Writing]:
        for commit in self.sources:
            if commit.is_merge:
                # What git merged cleanly is nobody's writing, and yet it came with these commits.
                self._made.update(change.new_blob for change in differing(commit) if change.new_blob)
            changes = tuple(written(commit, self._own))
            moves = moved(changes)
            for change in changes:
                if change.new_blob:
                    self._made.add(change.new_blob)
                one_sided = change.new_blob is None or change.old_blob is None
                yield Writing(commit, change, one_sided and (change.new_blob or change.old_blob) in moves)

    def concerns(self, documents: Iterable[str]) -> None:
        """Learn which documents these commits wrote at, under whatever paths."""
        self._documents = frozenset(documents)

    def brought_in(self, path: str, document: str) -> bool:
        """Whether a path's landed state was written by commits that are new with this merge.

        Either one of them produced just this blob, or it is the clean three-way merge of
        what they wrote. Anything else the merger made himself.

        Args:
            path: what has landed.
            document: whose file or part it is; these commits may have written it at another path.
        """
        if path in self.event.own:
            return False
        made = self._written.get(path, ())
        landed = self._landed.get(path)
        if landed is None:
            return any(writing.change.new_blob is None for writing in made)
        if landed in self._made:
            return True
        merged = bool(made) or document in self._documents
        return merged and any(change.path == path for change in differing(self.event.commit))

    def made_by(self, path: str, document: str = "") -> tuple[str, ...]:
        """The commits that wrote at what the event lands at a path; what only moved it did not."""
        if not self.sources:
            return (self.event.commit.id,)
        found = [one.commit.id for one in self._written.get(path, ()) if not one.move]
        if not self.event.proposed and not self.brought_in(path, document):
            found.append(self.event.commit.id)
        return tuple(dict.fromkeys(found))

    def touched_by(self, path: str) -> tuple[str, ...]:
        """The commits that had anything to do with a path by this event, were it only by moving it."""
        found = [one.commit.id for one in self._written.get(path, ())]
        return tuple(dict.fromkeys(found or (self.event.commit.id,)))

    def declared(self, paths: tuple[str, ...]) -> Iterator[tuple[Identity, Commit]]:
        """Whom messages name as approvers of these paths as they landed."""
        commit = self.event.commit
        for approver in approved_by(commit):
            yield approver, commit
        for one in self.sources:
            named = approved_by(one)
            if named and any(
                change.path in paths and change.new_blob == self._landed.get(change.path)
                for change in written(one, self._own)
            ):
                for approver in named:
                    yield approver, one

    def summary(self, paths: tuple[str, ...]) -> str:
        """What the event did to these paths, in the words of its own commit, or of those it brought."""
        subjects = [one.commit.subject for path in paths for one in self._written.get(path, ())]
        if not self.event.commit.is_merge or not subjects:
            return self.event.commit.subject
        different = list(dict.fromkeys(subjects))
        return "; ".join(different[:3]) + ("; …" if len(different) > 3 else "")
