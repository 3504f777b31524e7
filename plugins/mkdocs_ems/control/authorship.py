"""Who wrote what an event lands, and what a merge brought in rather than made up itself.

Names in commits are claims; here they are only collected. A committer is nobody: a forge
or a rebase puts its own name there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_ems.git.values import Change, Commit, Event, Identity

_CO_AUTHOR = "co-authored-by"
_APPROVED_BY = "approved-by"


def identity(text: str) -> Identity:
    """`Ann Ash <ann@example.org>` as an identity; without brackets the text is both name and address."""
    name, bracket, rest = text.partition("<")
    if not bracket:
        return Identity(text.strip(), text.strip())
    return Identity(name.strip(), rest.partition(">")[0].strip())


def trailers(commit: Commit, key: str) -> Iterator[Identity]:
    """The identities in a commit's trailers of one key."""
    return (identity(value) for name, value in commit.trailers if name.casefold() == key)


def writers(commit: Commit) -> tuple[Identity, ...]:
    """A commit's author and co-authors."""
    if not commit.trailers:
        return (commit.author,)
    return (commit.author, *trailers(commit, _CO_AUTHOR))


def approved_by(commit: Commit) -> tuple[Identity, ...]:
    """Whom a commit's message names as approvers."""
    return tuple(trailers(commit, _APPROVED_BY)) if commit.trailers else ()


def written(commit: Commit) -> Iterator[Change]:
    """What a commit itself wrote: of a merge, what differs from every parent."""
    if not commit.deltas:
        return iter(())
    first, *others = sorted(commit.deltas, key=len)
    if not others:
        return iter(first)
    elsewhere = [frozenset(change.path for change in delta) for delta in others]
    return (change for change in first if all(change.path in paths for paths in elsewhere))


class EventWriting:
    """The writing behind one event, by path."""

    def __init__(self, event: Event, commits: Mapping[str, Commit]) -> None:
        self.event = event
        self._sources: tuple[Commit, ...] = ()
        """The commits that came with this event; what is only proposed is itself one of them."""
        self._written: dict[str, list[tuple[Commit, str | None]]] = {}
        """For each path the commits that wrote it, each with the blob that it made."""
        self._landed: dict[str, str | None] = {}
        if event.brought or event.proposed:
            brought = tuple(commits[one] for one in event.brought)
            self._sources = (*brought, event.commit) if event.proposed else brought
            self._landed = {change.path: change.new_blob for change in event.changes}
        for commit in self._sources:
            for change in written(commit):
                self._written.setdefault(change.path, []).append((commit, change.new_blob))

    def brought_in(self, path: str) -> bool:
        """Whether a path's landed state was written by commits that are new with this merge.

        Either one of them produced just this blob, or it is the clean three-way merge of
        what they wrote. Anything else the merger made himself.
        """
        made = self._written.get(path)
        if not made or path in self.event.own:
            return False
        landed = self._landed.get(path)
        if any(blob == landed for _, blob in made):
            return True
        return any(change.path == path for change in written(self.event.commit))

    def authors(self, path: str) -> tuple[Identity, ...]:
        """Everybody who wrote at what the event lands at a path."""
        commit = self.event.commit
        if not self._sources:
            return writers(commit)
        found = [writer for one, _ in self._written.get(path, ()) for writer in writers(one)]
        if not found or (not self.event.proposed and not self.brought_in(path)):
            found += writers(commit)
        return tuple(dict.fromkeys(found))

    def declared(self, paths: tuple[str, ...]) -> Iterator[tuple[Identity, Commit]]:
        """Whom messages name as approvers of these paths as they landed."""
        commit = self.event.commit
        for approver in approved_by(commit):
            yield approver, commit
        for one in self._sources:
            named = approved_by(one)
            if named and any(
                change.path in paths and change.new_blob == self._landed.get(change.path)
                for change in written(one)
            ):
                for approver in named:
                    yield approver, one

    def summary(self, paths: tuple[str, ...]) -> str:
        """What the event did to these paths, in the words of its own commit, or of those it brought."""
        subjects = [one.subject for path in paths for one, _ in self._written.get(path, ())]
        if not self.event.commit.is_merge or not subjects:
            return self.event.commit.subject
        different = list(dict.fromkeys(subjects))
        return "; ".join(different[:3]) + ("; …" if len(different) > 3 else "")
