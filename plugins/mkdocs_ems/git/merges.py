"""What a merge wrote itself: neither a parent's nor what git would have merged.

The clean three-way merge is made by git in a private object folder; nothing is written
to the user's repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import takewhile

from mkdocs_ems.git.odd_files import decode, encode
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.refs import is_id
from mkdocs_ems.git.trees import records
from mkdocs_ems.git.values import Change, Commit

_CLEAN_OR_CONFLICTING = (0, 1)


def is_mode_only(change: Change) -> bool:
    """Whether only the executable bit differs; a file that becomes a link is more than that."""
    return change.old_blob == change.new_blob and change.old_mode[:3] == change.new_mode[:3]


class OwnWriting:
    """What merges wrote themselves. Asked once for each: what lies behind a commit never changes."""

    def __init__(self, plumbing: Plumbing) -> None:
        self._plumbing = plumbing
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, merges: Iterable[Commit]) -> Mapping[str, tuple[str, ...]]:
        """The paths under the content folder that each merge itself wrote, sorted, by the merge's id."""
        asked = tuple(merges)
        unknown = [merge for merge in asked if merge.id not in self._known]
        self._known.update(own_paths(unknown, plumbing=self._plumbing))
        return {merge.id: self._known[merge.id] for merge in asked}


def own_paths(merges: Iterable[Commit], *, plumbing: Plumbing) -> Mapping[str, tuple[str, ...]]:
    """The paths under the content folder that each merge itself wrote, sorted, by the merge's id.

    Of an octopus these are all that differ from every parent: git makes one only where
    nothing conflicts, so such a path was edited by hand or by two sides at once.
    """
    suspects = {merge.id: (merge, _suspects(merge)) for merge in merges}
    own = {name: tuple(sorted(paths)) for name, (_, paths) in suspects.items()}
    asked = [(merge, paths) for merge, paths in suspects.values() if paths and len(merge.parents) == 2]
    if asked:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - slow to import, rarely needed

        # Each of them waits for git: as many at once as there are processors.
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            clean = pool.map(lambda one: _clean_merge(one[0], sorted(one[1]), plumbing=plumbing), asked)
            for (merge, paths), merged in zip(asked, clean, strict=True):
                own[merge.id] = tuple(path for path in sorted(paths) if merged.get(path) != paths[path])
    return own


def _suspects(merge: Commit) -> dict[str, str | None]:
    """Paths that differ from every parent, and their blob in the merge."""
    # A branch that takes in the main line differs from its own side in all that happened there.
    first, *others = sorted(merge.deltas, key=len)
    found = {change.path: change.new_blob for change in first if not is_mode_only(change)}
    for delta in others:
        if not found:
            break
        both = (change.path for change in delta if change.path in found and not is_mode_only(change))
        found = {path: found[path] for path in both}
    return found


def _clean_merge(merge: Commit, paths: list[str], *, plumbing: Plumbing) -> dict[str, str]:
    """Blob of each path in the three-way merge; a conflicting file has markers in it, so another blob."""
    command = (
        "merge-tree",
        "--write-tree",
        "-z",
        "--name-only",
        "--no-messages",
        "--allow-unrelated-histories",
    )
    answer = plumbing.run(
        *command, "--end-of-options", *merge.parents, private_objects=True, ends=_CLEAN_OR_CONFLICTING
    )
    tree = decode(answer.partition(b"\0")[0])
    if not is_id(tree):
        return {}
    blobs: dict[str, str] = {}
    wanted = set(paths)
    listing = plumbing.stream(
        "ls-tree",
        "-r",
        "-z",
        "--full-tree",
        "--",
        tree,
        *_scopes(paths),
        private_objects=True,
    )
    for record in records(listing):
        head, _, name = record.partition(b"\t")
        path = decode(name)
        if path in wanted:
            blobs[path] = head.decode("ascii").split(" ")[2]
    return blobs


def _scopes(paths: list[str]) -> list[str]:
    """The paths as arguments; their common folder where they would not fit a command line."""
    if sum(len(encode(path)) + 1 for path in paths) < 8000:
        return [os.fsdecode(encode(path)) for path in paths]
    first, last = paths[0].split("/"), paths[-1].split("/")  # sorted, so all others lie between
    steps = takewhile(lambda pair: pair[0] == pair[1], zip(first[:-1], last[:-1], strict=False))
    shared = "/".join(step for step, _ in steps)
    return [os.fsdecode(encode(shared))] if shared else []
