"""A small company to which things happen, and what of its repository must be the same afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from support.company import PEOPLE, POLICY, ROLES, procedure, register, settings
from support.killing import bytes_below
from support.shell import git
from support.story import Story

_WASTE = "ems/procedures/waste.md"


def company(folder: Path) -> Path:
    """A company in two versions, with a change that waits for Eve."""
    story = Story(folder)
    story.commit(
        {
            ".gitignore": "/site\n",
            "ems/ems.yml": settings(),
            "ems/registers/people.yml": PEOPLE,
            "ems/registers/roles.yml": ROLES,
            "ems/registers/aspects.yml": register("Solvents", "Noise", head="owner: ROL-EHS\n"),
            "ems/policy.md": POLICY,
            _WASTE: procedure(),
        },
        date="2026-01-05",
    )
    story.tag("v1", message="First version", by="mary", date="2026-01-06")
    story.commit({_WASTE: procedure("Sort the waste weekly.")}, by="ann", date="2026-03-02")
    return story.check_out()


def remains(repository: Path) -> Mapping[str, bytes]:
    """All of a repository but objects, git's own diary, and when its index saw which file."""
    files = bytes_below(repository, without=(".git/objects", ".git/logs", ".git/index"))
    locks = {name: b"" for name in bytes_below(repository / ".git") if name.endswith(".lock")}
    return {**files, **locks, "the index": git(repository, "ls-files", "--stage").encode()}


def locks_of_git(repository: Path) -> Sequence[str]:
    """What a git that was killed while it moved a branch may have left: git itself lets that stand."""
    folder = repository / ".git"
    found = [*folder.glob("HEAD.lock"), *folder.glob("packed-refs.lock"), *folder.glob("refs/**/*.lock")]
    return [path.relative_to(repository).as_posix() for path in sorted(found)]


def but_for_locks(stands: Mapping[str, bytes], locks: Sequence[str]) -> Mapping[str, bytes]:
    """What remains of a repository, without these."""
    names = {*locks, *(name.removeprefix(".git/") for name in locks)}
    return {name: data for name, data in stands.items() if name not in names}


def others(these: Mapping[str, bytes], those: Mapping[str, bytes]) -> Sequence[str]:
    """What stands in one of two and not in the other, or otherwise."""
    return [name for name in sorted({*these, *those}) if these.get(name) != those.get(name)]


def is_sound(repository: Path) -> None:
    """Git itself finds nothing to complain of, and another command works."""
    git(repository, "status", "--porcelain")
    assert git(repository, "fsck", "--strict", "--no-dangling") == ""
