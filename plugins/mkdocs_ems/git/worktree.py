"""The work tree as it stands: what is in the index, and what is untracked and not ignored.

Files are looked at with lstat and opened only when they are regular; links are never
followed, other repositories and submodules never entered. Git is asked twice, for the
index and for what is not ignored, after our own survey has seen that nothing which git
would open can hold it up.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import field
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.batch import SIZE_LIMIT, Batch, blob_id
from mkdocs_ems.git.locate import Layout
from mkdocs_ems.git.names import is_odd
from mkdocs_ems.git.odd_files import below, decode, encode, read_regular, text_of
from mkdocs_ems.git.plumbing import Plumbing, TooLongError
from mkdocs_ems.git.store import index_files
from mkdocs_ems.git.survey import Survey, survey
from mkdocs_ems.git.trees import FILE_LIMIT, entry, records, too_many_files
from mkdocs_ems.git.values import Entry, EntryKind
from mkdocs_ems.text import show

_INDEX_LIMIT = 256 * 1024**2
_EXCLUDE_LIMIT = 1024**2
_LONGEST_WALK = 8.0
"""Seconds. Git tries a pattern with many asterisks in more ways than there is time for."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """What the index says of a path; no blob where a merge is unfinished."""

    mode: str
    blob: str | None
    absent: bool
    """Left out of the work tree by a sparse checkout."""


@dataclass(frozen=True, slots=True)
class WorkTree:
    """Entries and contents of the work tree."""

    entries: Mapping[str, Entry]
    files: Mapping[str, bytes]
    untracked: frozenset[str]
    """Those that are not in the index."""
    sparse: frozenset[str]
    """Those that a sparse checkout left out, and that stand here as the index has them."""


def _scope(content: str) -> list[str]:
    return [content] if content else []


def _adopt_index(layout: Layout, plumbing: Plumbing) -> None:
    for path in index_files(layout.git_dir):
        data = read_regular(path, limit=_INDEX_LIMIT)
        if data is not None:
            plumbing.adopt(path.name, data)
    exclude = read_regular(layout.common / "info" / "exclude", limit=_EXCLUDE_LIMIT)
    if exclude is not None:
        plumbing.adopt("info/exclude", exclude)


def read_index(plumbing: Plumbing, layout: Layout, *, content: str) -> Mapping[str, Tracked]:
    """What the index holds below the content folder, by path."""
    assert layout.top is not None
    command = ("ls-files", "-s", "-v", "-z", "--full-name", "--", *_scope(content))
    found: dict[str, Tracked] = {}
    for record in records(plumbing.stream(*command, work_tree=layout.top)):
        head, _, name = record.partition(b"\t")
        letter, mode, blob, stage = head.decode("ascii").split(" ")
        if len(found) >= FILE_LIMIT:
            raise too_many_files(content)
        found[decode(name)] = Tracked(
            mode=mode, blob=blob if stage == "0" else None, absent=letter in ("S", "s")
        )
    return found


def staged_blobs(plumbing: Plumbing, layout: Layout) -> tuple[str, ...]:
    """Ids of all files in the index; some of them may stand in no commit yet."""
    _adopt_index(layout, plumbing)
    tracked = read_index(plumbing, layout, content="").values()
    return tuple(one.blob for one in tracked if one.blob is not None and one.mode != "160000")


def _untracked(plumbing: Plumbing, layout: Layout, *, content: str) -> Iterator[str]:
    command = ("ls-files", "-o", "--exclude-standard", "-z", "--full-name", "--", *_scope(content))
    try:
        for record in records(plumbing.stream(*command, work_tree=layout.top, within=_LONGEST_WALK)):
            yield decode(record)
    except TooLongError as error:
        raise RepositoryError(
            f"{error}, the most it gets to tell what is ignored: "
            "write the patterns of .gitignore and .git/info/exclude with fewer asterisks"
        ) from error


def _same_but_for_line_ends(data: bytes, blob: str, *, batch: Batch, object_format: str) -> bytes | None:
    """The blob's bytes if the file differs from it in line ends alone."""
    if b"\0" in data:
        return None
    unix = data.replace(b"\r\n", b"\n")
    if unix != data and blob_id(unix, object_format=object_format) == blob:
        return unix
    stored = batch.read([blob])[blob]
    return stored if stored.replace(b"\r\n", b"\n") == unix else None


@dataclass(slots=True)
class _Reader:
    """Builds entries and contents; keeps to the limit of bytes."""

    top: Path
    batch: Batch
    object_format: str
    entries: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    size: int = 0

    def look(self, path: str, tracked: Tracked | None) -> None:
        """Take in what stands at a path, if anything does."""
        place = below(self.top, path)
        try:
            status = place.lstat()
        except OSError:
            status = None
        if status is not None and stat.S_ISLNK(status.st_mode):
            target = encode(text_of(str(place.readlink())))
            blob = blob_id(target, object_format=self.object_format)
            self.batch.hold({blob: target})
            self.entries[path] = entry(path, mode="120000", blob=blob)
        elif status is not None and stat.S_ISREG(status.st_mode):
            self.file(path, place, status, tracked)
        elif (
            status is not None
            and stat.S_ISDIR(status.st_mode)
            and (tracked is None or tracked.mode == "160000")
        ):
            # A submodule, or another repository: git lists no other folders.
            self.entries[path] = entry(path, mode="160000", blob=(tracked and tracked.blob) or "")

    def file(self, path: str, place: Path, status: os.stat_result, tracked: Tracked | None) -> None:
        """Take in a regular file that stands at a place."""
        if is_odd(path):
            self.entries[path] = entry(path, mode="100644", blob=(tracked and tracked.blob) or "")
            return
        if os.name == "nt" and tracked is not None and tracked.mode == "120000":
            # A checkout without links: the file holds the link's target.
            self.entries[path] = entry(path, mode="120000", blob=tracked.blob or "")
            return
        self.size += status.st_size
        if self.size > SIZE_LIMIT:
            raise RepositoryError(
                f"the content is larger than {SIZE_LIMIT // 1024**2} MB, the most that is read, "
                f"at {show(path)}: keep large files elsewhere"
            )
        data = read_regular(place, limit=SIZE_LIMIT)
        if data is None:
            return  # it went while we looked
        blob = blob_id(data, object_format=self.object_format)
        if tracked is not None and tracked.blob is not None and tracked.blob != blob:
            stored = _same_but_for_line_ends(
                data, tracked.blob, batch=self.batch, object_format=self.object_format
            )
            if stored is not None:
                data, blob = stored, tracked.blob
        executable = bool(status.st_mode & stat.S_IXUSR)
        if os.name == "nt":
            executable = tracked is not None and tracked.mode == "100755"
        self.entries[path] = entry(path, mode="100755" if executable else "100644", blob=blob)
        self.files[path] = data
        self.batch.hold({blob: data})

    def left_out(self, absent: Mapping[str, Tracked]) -> frozenset[str]:
        """Take in what a sparse checkout left out: its contents are the index's blobs; the paths of it."""
        found = {
            path: entry(path, mode=one.mode, blob=one.blob)
            for path, one in absent.items()
            if one.blob is not None and path not in self.entries
        }
        files = {path: one.blob for path, one in found.items() if one.kind is EntryKind.FILE}
        contents = self.batch.read(files.values())
        self.batch.hold(contents)
        self.entries.update(found)
        self.files.update((path, contents[blob]) for path, blob in files.items())
        return frozenset(found)


def read_work_tree(
    layout: Layout, *, plumbing: Plumbing, batch: Batch, content: str, object_format: str
) -> WorkTree:
    """Read the content folder as it stands on the disk, without what is ignored.

    Raises:
        RepositoryError: a limit was hit, or something cannot be read.
    """
    assert layout.top is not None
    _adopt_index(layout, plumbing)
    index = read_index(plumbing, layout, content=content)
    submodules = frozenset(path for path, one in index.items() if one.mode == "160000")
    seen = survey(layout.top, content=content, submodules=submodules)
    untracked = {path.rstrip("/") for path in _untracked(plumbing, layout, content=content)}
    wanted = sorted(untracked | index.keys())
    if len(wanted) > FILE_LIMIT:
        raise too_many_files(content)
    reader = _Reader(top=layout.top, batch=batch, object_format=object_format)
    for path in wanted:
        if path.rpartition("/")[0] in seen.folders:
            reader.look(path, index.get(path))
    sparse = reader.left_out({path: one for path, one in index.items() if one.absent})
    for path in _odd(seen, wanted, content=content):
        reader.entries[path] = Entry(path=path, blob="", kind=EntryKind.ODD)
    return WorkTree(
        entries=dict(sorted(reader.entries.items())),
        files={path: reader.files[path] for path in sorted(reader.files)},
        untracked=frozenset(path for path in reader.files if path not in index),
        sparse=sparse,
    )


def _odd(seen: Survey, wanted: list[str], *, content: str) -> Iterator[str]:
    """What is neither file nor link nor folder, in folders that hold something which is not ignored."""
    if not seen.odd:
        return
    used = {content}
    for path in wanted:
        folder = path.rpartition("/")[0]
        while folder and folder not in used:
            used.add(folder)
            folder = folder.rpartition("/")[0]
    yield from (path for path in seen.odd if path.rpartition("/")[0] in used)


def read_one(layout: Layout, path: str, *, limit: int) -> bytes | None:
    """One file of the work tree; None where there is none, or a link on the way to it."""
    assert layout.top is not None
    steps = path.split("/")
    for depth in range(1, len(steps)):
        try:
            mode = below(layout.top, "/".join(steps[:depth])).lstat().st_mode
        except OSError:
            return None
        if not stat.S_ISDIR(mode):
            return None
    return read_regular(below(layout.top, path), limit=limit)
