"""What a commit holds that somebody else made while ours was being made: most often a hook that commits.

A hook inherits the index that a commit is made from, so its own commit may hold just what was to be
committed, while the user's index knows nothing of it. Reads, and says what the index should be; changes
nothing but the copy of the index that it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.git.odd_files import decode, encode
from mkdocs_ems.git.own import OwnGit
from mkdocs_ems.git.values import Identity

_State = tuple[bytes, bytes]
"""Mode and blob."""
_NONE = b"000000"


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What lies between where somebody stood and where the branch leads now."""

    parents: tuple[str, ...]
    by: frozenset[bytes]
    """Author and committer, as the last commit names them."""
    changes: Mapping[str, tuple[_State, _State]]
    """For each path what stood there before, and what stands there now."""

    def holds(self, blobs: Mapping[str, bytes]) -> bool:
        """Whether all these files came, as they were to be committed."""
        return all(
            path in self.changes and self.changes[path][1] == (b"100644", blob)
            for path, blob in blobs.items()
        )

    def is_just(self, blobs: Mapping[str, bytes], *, on: str, by: Identity) -> bool:
        """Whether it is the very commit that was to be made, but for its message and moment."""
        named = f"{by.name} <{by.mail}>".encode("utf-8", "surrogateescape")
        return (
            self.parents == (on,)
            and self.by == {named}
            and self.holds(blobs)
            and self.changes.keys() == blobs.keys()
        )


def overtaken(git: OwnGit, before: str, now: str) -> Overtaken:
    """Look at what happened between two commits."""
    head = git.run("cat-file", "commit", now).partition(b"\n\n")[0].split(b"\n")
    said = [line.partition(b" ") for line in head]
    return Overtaken(
        parents=tuple(value.decode("ascii") for key, _, value in said if key == b"parent"),
        by=frozenset(value.rsplit(b" ", 2)[0] for key, _, value in said if key in (b"author", b"committer")),
        changes=dict(_changes(git, before, now)),
    )


def _changes(git: OwnGit, before: str, now: str) -> Iterator[tuple[str, tuple[_State, _State]]]:
    fields = git.run("diff-tree", "-r", "-z", "--no-renames", before, now).split(b"\0")
    for said, path in zip(fields[::2], fields[1::2], strict=False):
        old_mode, new_mode, old, new, _ = said.removeprefix(b":").split(b" ")
        yield decode(path), ((old_mode, old), (new_mode, new))


def catch_up(git: OwnGit, found: Overtaken, index: Path) -> bool:
    """Let a copy of the index know what was committed, where it still knows what stood there before.

    Returns:
        Whether anything of it is new.
    """
    known: dict[str, _State] = {}
    for entry in git.run("ls-files", "-s", "-z", index=index).split(b"\0")[:-1]:
        said, _, path = entry.partition(b"\t")
        mode, blob, stage = said.split(b" ")
        known[decode(path)] = (mode, blob) if stage == b"0" else (b"", b"")
    lines = []
    for name, (before, now) in found.changes.items():
        there = known.get(name)
        if there == before or (there is None and before[0] == _NONE):
            mode = b"0" if now[0] == _NONE else now[0]
            lines.append(b"%b %b\t%b\0" % (mode, now[1], encode(name)))
    if lines:
        git.run("update-index", "-z", "--index-info", given=b"".join(lines), index=index)
    return bool(lines)
