"""Files that were written outside the content folder before they came into it: by which commits.

Asked only where the first pass over the history has seen the same file on both sides: then
git lists the history once more, and here everything outside is kept that led to a file inside.
Says nothing of persons, and nothing of files that never came in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from mkdocs_ems import dataclass
from mkdocs_ems.git.log import counted, made_inside
from mkdocs_ems.git.odd_files import decode, encode
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.trees import records
from mkdocs_ems.git.values import EMPTY, Commit, Event, Making

_ARGUMENTS = (
    "-m",
    "--raw",
    "--no-renames",
    "-z",
    "--no-abbrev",
    "--root",
    "--no-show-signature",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--no-notes",
    # What a file was is followed from the younger commit to the older one, whatever their dates say.
    "--topo-order",
    "--format=%H",
    "--end-of-options",
)
_ABSENT = b"000000"
_Side = dict[bytes, tuple[bytes, bytes | None]]
"""Of a difference to one parent, by path: the file, and what it was."""


@dataclass(slots=True)
class _Following:
    """The state of the pass."""

    content: bytes
    commits: Mapping[str, Commit]
    wanted: set[bytes]
    found: dict[str, list[Making]] = field(default_factory=dict)
    name: str = ""
    sides: list[_Side] = field(default_factory=list)
    gone: set[bytes] = field(default_factory=set)

    def begin(self, name: str) -> None:
        """Begin a commit, or its difference to a further parent."""
        if name != self.name:
            self.settle()
            self.name, self.sides, self.gone = name, [], set()
        self.sides.append({})

    def change(self, meta: bytes, path: bytes) -> None:
        """Look at one changed path."""
        if path.startswith(self.content) or path == self.content[:-1]:
            return
        old_mode, new_mode, old, new, _ = meta[meta.index(b":") + 1 :].split(b" ", 4)
        if new_mode == _ABSENT:
            self.gone.add(old)
        elif new in self.wanted:
            self.sides[-1][path] = new, None if old_mode == _ABSENT else old

    def settle(self) -> None:
        """Keep what a commit made: of a merge what differs from every parent, of others no mere move."""
        parents = self.commits[self.name].parents if self.name else ()
        if not self.sides or len(self.sides) < len(parents):
            return
        first, *others = self.sides
        made: list[Making] = []
        for path, (new, _) in first.items():
            if not all(path in side for side in others):
                continue
            for side in self.sides:
                old = side[path][1]
                if old is None and not others and new in self.gone:
                    continue
                made.append(Making(self.name, decode(new), decode(old) if old else None))
                if old is not None:
                    self.wanted.add(old)
        if made:
            self.found[self.name] = made


def made_outside(
    plumbing: Plumbing, head: str, commits: Mapping[str, Commit], *, content: str
) -> Mapping[str, Sequence[Making]]:
    """What each commit behind a head made outside the content folder of files that came into it.

    Raises:
        RepositoryError: a limit was hit, or objects are missing.
    """
    wanted = {encode(blob) for blob in made_inside(commits)}
    following = _Following(encode(content) + b"/", commits, wanted)
    tokens = records(counted(plumbing.stream("log", *_ARGUMENTS, head, "--")))
    for token in tokens:
        if token.startswith((b":", b"\n:")):
            following.change(token, next(tokens))
        elif token:
            following.begin(decode(token))
    following.settle()
    return following.found


def with_makings(
    events: Sequence[Event],
    outside: Mapping[str, Sequence[Making]],
    commits: Mapping[str, Commit],
    *,
    root: Mapping[str, str],
) -> tuple[Event, ...]:
    """The events with what came onto the chain with each, and with the second what lies behind the chain."""
    told = {name for event in events[1:] for name in (event.commit.id, *event.brought)}
    found: list[Event] = list(events[:1])
    for event in events[1:]:
        names = dict.fromkeys((*event.brought, event.commit.id)) if outside else ()
        makings = [making for name in names for making in outside.get(name, ())]
        if len(found) == 1:
            makings += _behind(commits, told, outside, lay=frozenset(root.values()))
        found.append(replace(event, makings=tuple(makings)) if makings else event)
    return tuple(found)


def _behind(
    commits: Mapping[str, Commit],
    told: set[str],
    outside: Mapping[str, Sequence[Making]],
    *,
    lay: frozenset[str],
) -> Iterator[Making]:
    """What the trust root and everything before it made."""
    for name, commit in commits.items():
        if name in told:
            continue
        yield from outside.get(name, ())
        if not commit.is_merge and commit.deltas:
            for change in commit.deltas[0]:
                if change.new_blob and change.new_blob not in EMPTY:
                    yield Making(name, change.new_blob, change.old_blob, change.new_blob in lay)
