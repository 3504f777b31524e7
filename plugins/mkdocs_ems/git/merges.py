"""What a merge wrote itself: neither a parent's nor what git would have merged.

The clean three-way merge is made by git in a private object folder; nothing is written
to the user's repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import takewhile

from mkdocs_ems.git.odd_files import decode, encode
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.refs import is_id
from mkdocs_ems.git.trees import records
from mkdocs_ems.git.values import Change, Commit, KeptDigests

_CLEAN_OR_CONFLICTING = (0, 1)
_EDITION = "own writing of merges 1"
_LONGEST = 64
"""Hex digits that are kept for one merge: one that changed more files on both sides is asked again."""


def is_mode_only(change: Change) -> bool:
    """Whether only the executable bit differs; a file that becomes a link is more than that."""
    return change.old_blob == change.new_blob and change.old_mode[:3] == change.new_mode[:3]


class OwnWriting:
    """What merges wrote themselves. Asked once for each: what lies behind a commit never changes."""

    def __init__(self, plumbing: Plumbing, kept: KeptDigests | None = None) -> None:
        self._plumbing = plumbing
        self._kept = kept
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, merges: Iterable[Commit]) -> Mapping[str, tuple[str, ...]]:
        """The paths under the content folder that each merge itself wrote, sorted, by the merge's id.

        Of an octopus these are all that differ from every parent: git makes one only where
        nothing conflicts, so such a path was edited by hand or by two sides at once.
        """
        asked = tuple(merges)
        doubtful: dict[str, tuple[Commit, dict[str, str | None]]] = {}
        for merge in asked:
            if merge.id not in self._known:
                paths = _suspects(merge)
                self._known[merge.id] = tuple(sorted(paths))
                if paths and len(merge.parents) == 2:
                    doubtful[merge.id] = merge, paths
        if doubtful:
            self._ask(doubtful)
        return {merge.id: self._known[merge.id] for merge in asked}

    def _ask(self, doubtful: dict[str, tuple[Commit, dict[str, str | None]]]) -> None:
        kept = self._kept.find(edition=_EDITION) if self._kept is not None else {}
        for name in list(doubtful):
            own = _recalled(self._known[name], kept.get(name))
            if own is not None:
                self._known[name] = own
                del doubtful[name]
        new = {}
        for name, own in _own_paths(tuple(doubtful.values()), plumbing=self._plumbing).items():
            new[name] = _digest(self._known[name]), _mark(self._known[name], own)
            self._known[name] = own
        if new and self._kept is not None:
            self._kept.keep(
                {name: one for name, one in new.items() if len(one[1]) <= _LONGEST}, edition=_EDITION
            )


def _digest(paths: tuple[str, ...]) -> str:
    return sha256(b"\0".join(encode(path) for path in paths)).hexdigest()


def _mark(paths: tuple[str, ...], own: tuple[str, ...]) -> str:
    """Which of some paths a merge wrote itself, one bit for each."""
    return f"{sum(1 << at for at, path in enumerate(paths) if path in own):x}"


def _recalled(paths: tuple[str, ...], kept: tuple[str, str] | None) -> tuple[str, ...] | None:
    """The paths that a merge wrote itself, as far as an earlier run has learnt it of the same paths."""
    if kept is None or kept[0] != _digest(paths) or kept[1] == "-":
        return None
    bits = int(kept[1], 16)
    return tuple(path for at, path in enumerate(paths) if bits >> at & 1)


def _own_paths(
    doubtful: Sequence[tuple[Commit, dict[str, str | None]]], *, plumbing: Plumbing
) -> Mapping[str, tuple[str, ...]]:
    own = {}
    if doubtful:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - slow to import, rarely needed

        # Each of them waits for git: as many at once as there are processors.
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            clean = pool.map(lambda one: _clean_merge(one[0], sorted(one[1]), plumbing=plumbing), doubtful)
            for (merge, paths), merged in zip(doubtful, clean, strict=True):
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
