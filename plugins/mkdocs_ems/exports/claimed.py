"""Which ids were ever given to something: in the work tree, on other branches, in history.

An id is never given twice, also not that of a row that was deleted or of a document that
was withdrawn. So that ten thousand old states can be asked, ids are found in their bytes;
only where two branches gave the same one are files read for what they say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, islice

from mkdocs_ems import dataclass
from mkdocs_ems.git import Everywhere, Repository, Snapshot, Tip
from mkdocs_ems.source import parse_file
from mkdocs_ems.source.identity import read_identity
from mkdocs_ems.text import fold

WORK_TREE = "the work tree"

_MOST_BYTES = 256 * 1024**2
"""Of old states; what is older than these is not read."""
_AT_ONCE = 64
_MOST_PAIRS = 50
"""So many pairs of branches are compared."""
_TEXT = (".md", ".yml", ".yaml")
_CLAIM = re.compile(rb"""id(?<!\wid)["']?[ \t]*:[ \t]*["']?([A-Za-z][A-Za-z0-9-]{1,63})""")
"""It begins with plain letters, which are searched for at once; what stands before them is asked then."""


@dataclass(frozen=True, slots=True)
class Clash:
    """One id that two branches gave to two things."""

    id: str
    one: str
    """Where it stands, in words."""
    title: str
    other: str
    other_title: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """Every id that was ever given, in capitals, with the place where it stands or stood, in words."""

    now: Mapping[str, str]
    elsewhere: Mapping[str, str]
    """On branches and tags that the head does not hold."""
    before: Mapping[str, str]
    """In states that are gone."""
    unread: int
    """So many old states of files were not read, because there are too many."""

    def place(self, id_: str) -> str | None:
        """Where an id was given, the nearest place first; None for one that is free."""
        key = id_.upper()
        return self.now.get(key) or self.elsewhere.get(key) or self.before.get(key)

    def ids(self) -> Iterator[str]:
        """All of them."""
        yield from {**self.before, **self.elsewhere, **self.now}


def ids_in(path: str, data: bytes) -> frozenset[str]:
    """The ids that a file gives, in capitals: a document's own, a register's and those of its rows."""
    return frozenset(one.decode("ascii", "replace").upper() for one in _written(path, data))


def _written(path: str, data: bytes) -> set[bytes]:
    if path.lower().endswith(".md"):
        own = read_identity(path, data)
        return {own.encode("utf-8", "replace")} if own else set()
    # Without its NUL bytes even a file saved as UTF-16 shows its ids.
    return set(_CLAIM.findall(data.replace(b"\0", b"") if b"\0" in data else data))


class Ids:
    """Ids in files of one repository; the branches' files are read once each."""

    def __init__(self, repository: Repository, content: str) -> None:
        self.repository, self.content = repository, content
        self._kept: dict[str, frozenset[str]] = {}

    def counts(self, path: str) -> bool:
        """Whether a file can give ids: evidence only repeats them."""
        below = path[len(self.content) + 1 :] if self.content else path
        return path.lower().endswith(_TEXT) and not below.startswith("records/approvals/")

    def of(self, path: str, blob: str) -> frozenset[str]:
        """The ids in one state of a file."""
        if not self.counts(path):
            return frozenset()
        if blob not in self._kept:
            self._kept[blob] = ids_in(path, self.repository.blobs.read([blob])[blob])
        return self._kept[blob]


def claimed(snapshot: Snapshot, everywhere: Everywhere, ids: Ids) -> Claimed:
    """Find every id that was ever given to something in the content folder."""
    now: dict[str, str] = {}
    for path, data in snapshot.files.items():
        if ids.counts(path):
            now |= dict.fromkeys(ids_in(path, data), path)
    elsewhere: dict[str, str] = {}
    for tip in everywhere.tips:
        for path, blob in tip.files.items():
            for id_ in ids.of(path, blob):
                elsewhere.setdefault(id_, f"{tip.name}, in {path}")
    before, unread = _before(everywhere, ids)
    return Claimed(now, elsewhere, before, unread)


def _before(everywhere: Everywhere, ids: Ids) -> tuple[Mapping[str, str], int]:
    """Ids in everything that was ever committed, newest first, and how much of it was too much to read."""
    old = [(blob, path) for blob, path in everywhere.ever.items() if ids.counts(path)]
    found: dict[str, str] = {}
    seen: set[bytes] = set()
    size, at = 0, 0
    while at < len(old) and size < _MOST_BYTES:
        some = dict(old[at : at + _AT_ONCE])
        for blob, data in ids.repository.blobs.read(some).items():
            size += len(data)
            # Old states of a register have nearly the same ids: only others are looked at.
            for id_ in _written(some[blob], data) - seen:
                seen.add(id_)
                place = f"an earlier state of {some[blob]}"
                found.setdefault(id_.decode("ascii", "replace").upper(), place)
        at += len(some)
    return found, len(old) - at


# --- Clashes ----------------------------------------------------------------------------


def clashes(
    snapshot: Snapshot, everywhere: Everywhere, ids: Ids, *, wanted: Callable[[str], bool]
) -> tuple[Clash, ...]:
    """Ids that two branches, or a branch and the work tree, gave to two things of different titles.

    What both had where they parted is one thing that was renamed, and no clash.

    Args:
        snapshot: the work tree.
        everywhere: what other branches hold.
        ids: where ids of files are known.
        wanted: which ids are looked at.
    """
    repository = ids.repository
    titles = _Titles(repository, snapshot)
    here = {
        id_: path
        for path, data in snapshot.files.items()
        if ids.counts(path)
        for id_ in filter(wanted, ids_in(path, data))
    }
    new = {tip.commit: _new(tip, ids, wanted) for tip in everywhere.tips}
    found: dict[tuple[str, str, str], Clash] = {}

    def compare(id_: str, one: tuple[str, str | None], other: tuple[str, str | None]) -> None:
        (place, title), (other_place, other_title) = one, other
        if title is not None and other_title is not None and fold(title) != fold(other_title):
            key = (id_, fold(title), fold(other_title))
            found.setdefault(key, Clash(id_, place, title, other_place, other_title))

    for tip in everywhere.tips:
        for id_ in sorted(new[tip.commit].keys() & here.keys()):
            compare(id_, (WORK_TREE, titles.here(here[id_], id_)), _told(titles, tip, new, id_))
    pairs = (
        pair for pair in combinations(everywhere.tips, 2) if new[pair[0].commit].keys() & new[pair[1].commit]
    )
    for one, other in islice(pairs, _MOST_PAIRS):
        both = new[one.commit].keys() & new[other.commit].keys() - here.keys()
        if both:
            base = repository.parted(one.commit, other.commit, content=snapshot.content)
            known = {id_ for path, blob in base.items() for id_ in ids.of(path, blob)}
            for id_ in sorted(both - known):
                compare(id_, _told(titles, one, new, id_), _told(titles, other, new, id_))
    return tuple(sorted(found.values(), key=lambda clash: (clash.id, clash.one, clash.other)))


def _new(tip: Tip, ids: Ids, wanted: Callable[[str], bool]) -> Mapping[str, tuple[str, str]]:
    """Ids that a branch gave since it parted from the head, each with its file and blob."""
    known = {id_ for path, blob in tip.base.items() for id_ in ids.of(path, blob)}
    return {
        id_: (path, blob)
        for path, blob in tip.files.items()
        if tip.base.get(path) != blob
        for id_ in ids.of(path, blob)
        if id_ not in known and wanted(id_)
    }


def _told(
    titles: _Titles, tip: Tip, new: Mapping[str, Mapping[str, tuple[str, str]]], id_: str
) -> tuple[str, str | None]:
    path, blob = new[tip.commit][id_]
    return tip.name, titles.of(path, blob).get(id_)


class _Titles:
    """What things are called in a state of a file, each read once."""

    def __init__(self, repository: Repository, snapshot: Snapshot) -> None:
        self._repository, self._snapshot = repository, snapshot
        self._kept: dict[str, Mapping[str, str]] = {}

    def of(self, path: str, blob: str) -> Mapping[str, str]:
        if blob not in self._kept:
            self._kept[blob] = titles_in(path, self._repository.blobs.read([blob])[blob])
        return self._kept[blob]

    def here(self, path: str, id_: str) -> str | None:
        """The title in the work tree, whose files git may not hold."""
        if path not in self._kept:
            self._kept[path] = titles_in(path, self._snapshot.files[path])
        return self._kept[path].get(id_)


def titles_in(path: str, data: bytes) -> Mapping[str, str]:
    """The title of everything in a file that has an id, by the id in capitals; empty where it has none."""
    source, _ = parse_file(path, data, content="")
    rows = source.data.get("rows")
    found: dict[str, str] = {}
    for holder in (source.data, *(rows if isinstance(rows, list) else ())):
        id_ = holder.get("id") if isinstance(holder, Mapping) else None
        if isinstance(id_, str) and isinstance(holder, Mapping):
            title = holder.get("title") or holder.get("aspect")
            found.setdefault(id_.upper(), title if isinstance(title, str) else "")
    return found
