"""What is at hand to be approved: the state that is committed here, and why it may not be what it seems.

Approving is about what is committed, not about files that are being edited; and on a branch,
about what the main branch does not know yet. Finds both; decides nothing about approval.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from mkdocs_ems.compile import controlled_state
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.control.standpoint import Standpoint, standpoint
from mkdocs_ems.control.states import DocumentControl
from mkdocs_ems.errors import RepositoryError, UsageError
from mkdocs_ems.git import Repository, Snapshot
from mkdocs_ems.source import read_identity
from mkdocs_ems.text import did_you_mean, show


def stand(repository: Repository, commit: str, *, trust_root: str | None, now: datetime) -> Standpoint:
    """Stand at a commit today, as the organisation's rules in force count days."""
    if repository.head() != commit:
        raise RepositoryError("something was committed here just now: run the command again")
    day = now.date()
    found = controlled_state(repository, ref=commit, as_of=day, trust_root=trust_root, now=now)
    while True:
        at = standpoint(
            found.history,
            found.snapshot,
            blobs=repository.blobs,
            signatures=repository.signatures(),
            day=day,
            now=now,
            known=found.control if day == found.as_of else None,
        )
        if (today := at.rules.day(now)) == day:
            return at
        day = today


def documents_named(
    ids: Iterable[str], at: Standpoint, repository: Repository
) -> tuple[DocumentControl, ...]:
    """The documents with these ids.

    Raises:
        UsageError: there is none of this id, or it has not been committed yet.
    """
    known = at.control.documents
    return tuple(known[one] if one in known else _unknown(one, at, repository) for one in ids)


def documents_changed(base: str, at: Standpoint, repository: Repository) -> tuple[DocumentControl, ...]:
    """The documents that wait for approval and changed since the head and a ref parted.

    Raises:
        UsageError: there is none, or the two have no history in common.
        RefError: the ref leads to no commit.
    """
    head, named = at.snapshot.commit, repository.resolve(base).commit
    assert head is not None, "one stands at a commit"
    if repository.merge_base(named, head) is None:
        raise UsageError(f"{base!r} and what is checked out have no history in common: name another REF")
    before = repository.parted(named, head, content=at.snapshot.content)
    now = {path: entry.blob for path, entry in at.snapshot.entries.items()}
    found = tuple(
        document
        for _, document in sorted(at.control.documents.items())
        if document.pending and any(now.get(path) != before.get(path) for path in _paths(document, at))
    )
    if not found:
        raise UsageError(
            f"nothing that changed since {base!r} waits for approval: `ems register` lists what does"
        )
    return found


def _unknown(identity: str, at: Standpoint, repository: Repository) -> DocumentControl:
    for path, data in repository.work_tree(content=at.snapshot.content).files.items():
        if path.endswith((".md", ".yml", ".yaml")) and read_identity(path, data) == identity:
            raise UsageError(
                f"{identity} stands in {show(path)}, which is not committed yet: commit it, then approve it"
            )
    near = did_you_mean(identity, at.control.documents)
    hint = f"did you mean {near}?" if near else "`ems register` lists the documents"
    raise UsageError(f"no controlled document has the id {identity!r}; {hint}")


def unsettled(
    documents: Sequence[DocumentControl], at: Standpoint, repository: Repository
) -> Mapping[str, str]:
    """Why a document is not what would be approved, by its id; nothing where it is."""
    found = dict(_moved_on(documents, at, repository))
    work = repository.work_tree(content=at.snapshot.content)
    added = sorted(work.entries.keys() - at.snapshot.entries.keys())
    for document in documents:
        changed = [path for path in _paths(document, at) if _differs(path, work, at.snapshot)]
        waiting = [path for path in added if path.startswith(_folder(document, at))]
        if changed:
            found[document.id] = (
                f"{changed[0]} has changes that are not committed, and only what is committed can be "
                "approved: commit them first, or undo them"
            )
        elif waiting:
            found[document.id] = (
                f"an approval that is not committed lies there ({waiting[0]}): commit it, or delete it"
            )
    return found


def _moved_on(
    documents: Sequence[DocumentControl], at: Standpoint, repository: Repository
) -> Iterator[tuple[str, str]]:
    """Documents that the main branch, here or as last fetched, has changed or approved without this head."""
    main, refs, content = at.rules.settings.main_branch, repository.refs(), at.snapshot.content
    head = at.snapshot.commit
    assert head is not None, "one stands at a commit"
    for name in (f"refs/heads/{main}", f"refs/remotes/origin/{main}"):
        tip = refs.get(name)
        if tip is None or tip == head or tip in at.history.commits:
            continue
        now = repository.snapshot(tip, content=content).entries
        before = repository.parted(head, tip, content=content)
        for document in documents:
            folder = _folder(document, at)
            paths = {*_paths(document, at), *(path for path in now if path.startswith(folder))}
            if any((now[path].blob if path in now else None) != before.get(path) for path in paths):
                shown = show(name.removeprefix("refs/heads/").removeprefix("refs/remotes/"))
                words = (
                    f"on the branch {shown} it was changed or approved meanwhile, and this folder lacks "
                    f"that: get the latest state first (Sync, Pull, or `git merge {shlex.quote(shown)}`)"
                )
                yield document.id, words


def _folder(document: DocumentControl, at: Standpoint) -> str:
    return f"{at.places.approvals}{document.id}/"


def _paths(document: DocumentControl, at: Standpoint) -> tuple[str, ...]:
    """The files that a document consists of."""
    parts = [part.path for part in document.landed.parts] if document.landed else []
    own = [at.places.rules, at.places.signers] if document.id == RULES_ID else [document.path]
    return tuple(dict.fromkeys((*own, *parts)))


def _differs(path: str, one: Snapshot, other: Snapshot) -> bool:
    here, there = one.entries.get(path), other.entries.get(path)
    return (here and (here.kind, here.blob)) != (there and (there.kind, there.blob))
