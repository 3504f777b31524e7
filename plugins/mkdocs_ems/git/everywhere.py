"""Beyond what is checked out: what other branches and tags hold, and every file that was ever committed.

For questions that one state cannot answer, such as whether an id was ever given to
something. Only ids of objects and names of files are listed; no file is read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mkdocs_ems import dataclass
from mkdocs_ems.git.batch import Batch
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.refs import Refs
from mkdocs_ems.git.trees import tree_entries
from mkdocs_ems.git.values import EntryKind

MOST_TIPS = 200
"""So many tips are looked at one by one, in the order of their names."""

_PLACES = (("refs/heads/", "branch "), ("refs/remotes/", "branch "), ("refs/tags/", "tag "), ("", ""))
"""Where refs stand, those that say most first, and how a reader calls them."""


@dataclass(frozen=True, slots=True)
class Tip:
    """The end of a branch, or a tag, that the head does not hold."""

    name: str
    """In words: `branch origin/waste`."""
    commit: str
    files: Mapping[str, str]
    """The blob of each file in the content folder, by path."""
    base: Mapping[str, str]
    """The same where it parted from the head; empty where they have nothing in common."""


@dataclass(frozen=True, slots=True)
class Everywhere:
    """What there is and was beside the work tree."""

    tips: tuple[Tip, ...]
    unseen: int
    """How many more tips there are; their files are in `ever` all the same."""
    ever: Mapping[str, str]
    """Every blob that was ever committed in the content folder, with a path it had; newest first."""


def everywhere(refs: Refs, *, plumbing: Plumbing, batch: Batch, content: str) -> Everywhere:
    """List what every ref leads to.

    Raises:
        RepositoryError: objects are missing, or a limit was hit.
    """
    names = _tips(refs, batch=batch)
    commits = dict.fromkeys([*filter(None, [refs.head]), *names])
    if not commits:
        return Everywhere((), 0, {})
    head = refs.head
    apart = [one for one in _ahead(names, head, plumbing) if one in names]
    apart.sort(key=lambda one: names[one])
    tips = [
        Tip(
            names[commit][1],
            commit,
            _files(plumbing, commit, content=content),
            parted(plumbing, head, commit, content=content) if head else {},
        )
        for commit in apart[:MOST_TIPS]
    ]
    ever = dict(_ever(plumbing, commits, content=content))
    return Everywhere(tuple(tips), max(0, len(apart) - MOST_TIPS), ever)


def _tips(refs: Refs, *, batch: Batch) -> Mapping[str, tuple[int, str]]:
    """The commits that refs lead to, each with the place and the words of the ref that says most."""
    named = [name for name in refs.ids if not name.endswith("/HEAD")]
    found: dict[str, tuple[int, str]] = {}
    for name, commit in zip(
        named, batch.objects([f"{refs.ids[name]}^{{commit}}" for name in named]), strict=True
    ):
        if commit is not None:
            words = _words(name)
            found[commit.id] = min(words, found.get(commit.id, words))
    return found


def _words(name: str) -> tuple[int, str]:
    for rank, (place, noun) in enumerate(_PLACES):
        if name.startswith(place):
            return rank, noun + name.removeprefix(place)
    raise AssertionError("the last place fits every name")


def _ahead(commits: Mapping[str, object], head: str | None, plumbing: Plumbing) -> Iterator[str]:
    """Commits behind the tips that are not behind the head."""
    asked = [*commits, *([f"^{head}"] if head else [])]
    yield from _lines(plumbing, "rev-list", "--stdin", asked=asked)


def _ever(plumbing: Plumbing, commits: Mapping[str, None], *, content: str) -> Iterator[tuple[str, str]]:
    inside = f"{content}/" if content else ""
    for line in _lines(
        plumbing, "rev-list", "--objects", "--filter=object:type=blob", "--stdin", asked=list(commits)
    ):
        made, _, path = line.partition(" ")
        if path and path.startswith(inside):
            yield made, path


def _lines(plumbing: Plumbing, *command: str, asked: list[str]) -> Iterator[str]:
    rest = b""
    # By its input: so many ids are too long for a command line on some systems.
    for chunk in plumbing.stream(*command, given="".join(f"{one}\n" for one in asked).encode("ascii")):
        *lines, rest = (rest + chunk).split(b"\n")
        yield from map(decode, lines)


def parted(plumbing: Plumbing, one: str, other: str, *, content: str) -> Mapping[str, str]:
    """The files where two commits parted, as `Tip.base` has them."""
    met = merge_base(plumbing, one, other)
    return _files(plumbing, met, content=content) if met is not None else {}


def merge_base(plumbing: Plumbing, one: str, other: str) -> str | None:
    """The commit where two commits parted; of several the first that git names, None where they never met."""
    met = plumbing.run("merge-base", one, other, ends=(0, 1)).decode("ascii").split()
    return met[0] if met else None


def _files(plumbing: Plumbing, commit: str, *, content: str) -> Mapping[str, str]:
    entries = tree_entries(plumbing, commit, content=content)
    return {path: one.blob for path, one in entries.items() if one.kind is EntryKind.FILE}
