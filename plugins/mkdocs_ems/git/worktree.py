"""The work tree as it stands: what is in the index, and what is untracked and not ignored.

Files are looked at with lstat and opened only when they are regular; links are never
followed, other repositories and submodules never entered. Git is asked twice, for the
index and for what is not ignored, after our own walk has seen that nothing which git
would open can hold it up.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.batch import SIZE_LIMIT, Batch, blob_id
from mkdocs_ems.git.locate import Layout
from mkdocs_ems.git.names import is_odd
from mkdocs_ems.git.odd_files import below, decode, encode, read_regular, text_of
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.store import index_files
from mkdocs_ems.git.trees import FILE_LIMIT, entry, records, too_many_files
from mkdocs_ems.git.values import Entry, EntryKind
from mkdocs_ems.text import show

_INDEX_LIMIT = 256 * 1024**2
_EXCLUDE_LIMIT = 1024**2
_DEPTH_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Tracked:
    """What the index says of a path; no blob where a merge is unfinished."""

    mode: str
    blob: str | None
    absent: bool
    """Left out of the work tree by a sparse checkout."""


@dataclass(slots=True)
class Walk:
    """What stands on the disk below the content folder."""

    files: dict[str, os.stat_result] = field(default_factory=dict)
    links: dict[str, bytes] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    repositories: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class WorkTree:
    """Entries and contents of the work tree."""

    entries: Mapping[str, Entry]
    files: Mapping[str, bytes]


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


def walk(top: Path, *, content: str, submodules: frozenset[str]) -> Walk:
    """Look at everything below the content folder, opening nothing.

    Raises:
        RepositoryError: a limit was hit, or an ignore file is none that git may open.
    """
    seen = Walk()
    steps = content.split("/") if content else []
    for depth in range(len(steps) + 1):
        path = "/".join(steps[:depth])
        if depth and not _is_folder(seen, top, path):
            return seen
        _check_ignore_file(top, path)
    waiting = [content]
    count = 0
    while waiting:
        here = waiting.pop()
        for name, status in _listed(top, here):
            path = f"{here}/{name}" if here else name
            count += 1
            if count > FILE_LIMIT:
                raise too_many_files(content)
            if name == ".git" and not here:
                continue
            if stat.S_ISDIR(status.st_mode) and path not in submodules:
                if os.path.lexists(below(top, f"{path}/.git")):
                    seen.repositories.append(path)
                elif path.count("/") < _DEPTH_LIMIT:
                    _check_ignore_file(top, path)
                    waiting.append(path)
                else:
                    raise RepositoryError(
                        f"folders are nested deeper than {_DEPTH_LIMIT} at {show(path)[:80]}"
                    )
            else:
                _note(seen, top, path, status)
    return seen


def _is_folder(seen: Walk, top: Path, path: str) -> bool:
    try:
        status = below(top, path).lstat()
    except OSError:
        return False
    if stat.S_ISDIR(status.st_mode):
        return True
    _note(seen, top, path, status)
    return False


def _note(seen: Walk, top: Path, path: str, status: os.stat_result) -> None:
    if stat.S_ISREG(status.st_mode):
        seen.files[path] = status
    elif stat.S_ISLNK(status.st_mode):
        seen.links[path] = encode(text_of(str(below(top, path).readlink())))
    elif not stat.S_ISDIR(status.st_mode):
        seen.odd.append(path)


def _listed(top: Path, folder: str) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(below(top, folder)) as entries:
            for one in entries:
                yield text_of(one.name), one.stat(follow_symlinks=False)
    except OSError as error:
        raise RepositoryError(
            f"cannot look into {show(folder) or 'the work tree'}: {error.strerror}"
        ) from error


def _check_ignore_file(top: Path, folder: str) -> None:
    path = f"{folder}/.gitignore" if folder else ".gitignore"
    try:
        mode = below(top, path).lstat().st_mode
    except OSError:
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise RepositoryError(f"{show(path)} is no regular file, so git must not open it: remove it")


def _untracked(plumbing: Plumbing, layout: Layout, *, content: str) -> Iterator[str]:
    command = ("ls-files", "-o", "--exclude-standard", "-z", "--full-name", "--", *_scope(content))
    for record in records(plumbing.stream(*command, work_tree=layout.top)):
        yield decode(record)


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

    def link(self, path: str, target: bytes) -> None:
        blob = blob_id(target, object_format=self.object_format)
        self.batch.hold({blob: target})
        self.entries[path] = entry(path, mode="120000", blob=blob)

    def file(self, path: str, status: os.stat_result, tracked: Tracked | None) -> None:
        if tracked is not None and tracked.mode == "120000" and os.name == "nt":
            # A checkout without links: the file holds the link's target.
            self.entries[path] = entry(path, mode="120000", blob=tracked.blob or "")
            return
        if is_odd(path):
            self.entries[path] = Entry(path=path, blob="", kind=EntryKind.ODD)
            return
        self.size += status.st_size
        data = None if self.size > SIZE_LIMIT else read_regular(below(self.top, path), limit=SIZE_LIMIT)
        if data is None:
            raise RepositoryError(
                f"the content is larger than {SIZE_LIMIT // 1024**2} MB, the most that is read, or changed "
                f"while it was read, at {show(path)}: keep large files elsewhere"
            )
        blob = blob_id(data, object_format=self.object_format)
        if tracked is not None and tracked.blob not in (None, blob):
            assert tracked.blob is not None
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
    seen = walk(layout.top, content=content, submodules=submodules)
    reader = _Reader(top=layout.top, batch=batch, object_format=object_format)
    wanted = {path.rstrip("/") for path in _untracked(plumbing, layout, content=content)} | index.keys()
    for path in sorted(wanted):
        tracked = index.get(path)
        if path in seen.files:
            reader.file(path, seen.files[path], tracked)
        elif path in seen.links:
            reader.link(path, seen.links[path])
        elif path in submodules or path in seen.repositories:
            blob = tracked.blob if tracked is not None else None
            reader.entries[path] = entry(path, mode="160000", blob=blob or "")
        elif tracked is not None and tracked.absent and tracked.blob is not None:
            reader.entries[path] = entry(path, mode=tracked.mode, blob=tracked.blob)
    _add_absent(reader)
    for path in seen.odd:
        reader.entries[path] = Entry(path=path, blob="", kind=EntryKind.ODD)
    for path, one in reader.entries.items():
        if one.kind is EntryKind.ODD and path in index:
            reader.entries[path] = replace(one, blob=index[path].blob or "")
    return WorkTree(entries=dict(sorted(reader.entries.items())), files=reader.files)


def _add_absent(reader: _Reader) -> None:
    """The contents of what a sparse checkout left out come from the index's blobs."""
    absent = {
        path: one.blob
        for path, one in reader.entries.items()
        if one.kind is EntryKind.FILE and path not in reader.files
    }
    contents = reader.batch.read(absent.values())
    reader.batch.hold(contents)
    for path, blob in absent.items():
        reader.files[path] = contents[blob]


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
