"""What stands in a folder of ours, as its records say: `.ems-site` in a site, `.ems-version` in a version.

A record names every file beside it with its digest. It is written last, so a file that is older
than its record and as large as it says is the one that was written; of any other the digest
decides. A site that was copied, or checked out anew, is known again in this way; an edited page
is never taken for ours. A record holds no time, no place and no name of a machine: equal sites
are equal to the last byte.

Whether a site still is what somebody asks for is the question of `finished`.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import field, fields
from pathlib import Path
from typing import Any, TypeVar

from mkdocs_ems import dataclass
from mkdocs_ems.errors import OutputError
from mkdocs_ems.paths import safe_join

MARKER = ".ems-site"
"""The file by which a site is known as ours, whatever stands in it."""
VERSION_MARKER = ".ems-version"

FORMAT = 1
_NOTE = "Made by mkdocs-ems. The next build replaces this folder as a whole."
_LARGEST = 256 << 20

WORKING = ("new", "old", "moves")
"""What stands beside a site while the next one takes its place, and no longer."""

Files = Mapping[str, tuple[str, int]]
"""SHA-256 and bytes of each file, by its path below the folder of the record."""

WrittenFact = tuple[str, int, int]
"""SHA-256, bytes and time of a file, as it was written."""


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """What stands in a site."""

    files: Files
    """Those that belong to no version's folder; all, where a site shows one state."""
    folders: tuple[str, ...] = ()
    """Names of the folders that have a record of their own."""


@dataclass(frozen=True, slots=True)
class VersionRecord:
    """What stands in the folder of one version, and what it was filled in with."""

    files: Files
    key: str
    """Of the part that it was made from."""
    common: str = ""
    """Digest of what was filled into its pages, where nothing else is said."""
    exceptions: Mapping[str, str] = field(default_factory=dict)
    """Pages that were filled in otherwise, each with the digest of that."""


Record = TypeVar("Record", SiteRecord, VersionRecord)


def beside(site: Path, role: str) -> Path:
    """Where a build does what has to be on the same disk as the site."""
    return site.with_name(f".{site.name}.ems-{role}")


def site_record(site: Path) -> SiteRecord | None:
    """What a site says of itself; None for one that says nothing, of another program version too."""
    return _read(site / MARKER, SiteRecord)


def version_record(folder: Path) -> VersionRecord | None:
    """What the folder of a version says of itself; None where it says nothing."""
    return _read(folder / VERSION_MARKER, VersionRecord)


def write_site_record(site: Path, record: SiteRecord) -> str:
    """Write the record of a site, the last of all that is written there, and return its digest."""
    data = _written(record)
    (site / MARKER).write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def write_version_record(folder: Path, record: VersionRecord) -> None:
    """Write the record of a version's folder; the last of all that is written there."""
    (folder / VERSION_MARKER).write_bytes(_written(record))


def files_of(
    folder: Path, *, without: tuple[str, ...] = (), written: Mapping[str, WrittenFact] | None = None
) -> Files:
    """What a record says of the files that stand in a folder, in order of their paths.

    Args:
        folder: a site, or a version's folder.
        without: folders directly below it that have records of their own.
        written: facts of files as they were written; one that was changed since is read again.
    """
    known = written or {}
    found = sorted(_found(os.fspath(folder), without=frozenset((*without, MARKER, VERSION_MARKER))))
    return {path: _fact_as_written(place, known.get(path)) for path, place in found}


def is_whole(folder: Path, files: Files, *, marker: str = VERSION_MARKER, alone: bool = True) -> bool:
    """Whether a folder holds what its record says.

    Args:
        folder: a version's folder, or a site.
        files: what the record says.
        marker: the name of the record.
        alone: whether it may hold nothing else; that takes as long again.
    """
    try:
        written = (folder / marker).stat().st_mtime_ns
        below = f"{os.fspath(folder)}/"
        for path, fact in files.items():
            if not _is_as_written(below + path, os.lstat(below + path), fact, written):
                return False
        return not alone or _holds_only(below, (*files, marker), written)
    except (OSError, ValueError, TypeError):
        return False


def stands_whole(site: Path) -> bool:
    """Whether a site holds what its records say, all its folders included; other files are not looked for."""
    record = site_record(site)
    if record is None or not is_whole(site, record.files, marker=MARKER, alone=False):
        return False
    for name in record.folders:
        version = version_record(site / name)
        if version is None or not is_whole(site / name, version.files, alone=False):
            return False
    return True


def keep_times(new: Path, old: Path) -> None:
    """Give each file of a new site that is the same in the old one the time that it has there.

    Goes by the records of both: without them nothing is done.
    """
    here, there = site_record(new), site_record(old)
    if here is None or there is None:
        return
    _keep_times(new, old, here.files, there.files, MARKER)
    for name in set(here.folders) & set(there.folders):
        ours, theirs = version_record(new / name), version_record(old / name)
        if ours and theirs:
            _keep_times(new / name, old / name, ours.files, theirs.files, VERSION_MARKER)


def _keep_times(new: Path, old: Path, ours: Files, theirs: Files, marker: str) -> None:
    with suppress(OSError):
        written = (old / marker).stat().st_mtime_ns
        all_kept = ours == theirs
        for path in (path for path, fact in ours.items() if theirs.get(path) == fact):
            all_kept &= _keeps_time(f"{new}/{path}", f"{old}/{path}", theirs[path], written)
        if all_kept and (new / marker).read_bytes() == (old / marker).read_bytes():
            os.utime(new / marker, ns=(written, written))


def _keeps_time(new: str, old: str, fact: tuple[str, int], written: int) -> bool:
    """Give a file the time of the old one; of one that somebody took away or edited there is none to give."""
    with suppress(OSError):
        found = os.lstat(old)
        if _is_as_written(old, found, fact, written):
            os.utime(new, ns=(found.st_atime_ns, found.st_mtime_ns))
            return True
    return False


def _holds_only(below: str, paths: Collection[str], written: int) -> bool:
    """Whether nothing has come into a folder; only what changed since the record is looked into."""
    all_above = {path.rpartition("/")[0] for path in paths}
    while higher := {one.rpartition("/")[0] for one in all_above} - all_above:
        all_above |= higher
    names: dict[str, set[str]] = {}
    for above in all_above:
        found = os.lstat(below + above)
        if not stat.S_ISDIR(found.st_mode):
            return False
        if found.st_mtime_ns >= written:
            names[above] = set()
    for path in (*paths, *all_above):
        above, _, name = path.rpartition("/")
        if above in names:
            names[above].add(name)
    return all(
        entry.name in there for above, there in names.items() for entry in list(os.scandir(below + above))
    )


def _is_as_written(path: str, found: os.stat_result, fact: tuple[str, int], written: int) -> bool:
    digest, size = fact
    if found.st_size != size or not stat.S_ISREG(found.st_mode):
        return False
    # One that is as old as the record may have been changed right after it.
    return found.st_mtime_ns < written or _fact(path)[0] == digest


def _found(
    folder: str, below: str = "", *, without: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    for entry in list(os.scandir(folder)):
        if entry.name in without:
            continue
        path = f"{below}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _found(entry.path, f"{path}/")
        else:
            yield path, entry.path


def _fact_as_written(path: str, written: WrittenFact | None) -> tuple[str, int]:
    if written is not None:
        digest, *size_and_time = written
        found = os.lstat(path)
        if stat.S_ISREG(found.st_mode) and size_and_time == [found.st_size, found.st_mtime_ns]:
            return digest, found.st_size
    return _fact(path)


def _fact(path: str) -> tuple[str, int]:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them; a path object costs more
        data = file.read()
    return hashlib.sha256(data).hexdigest(), len(data)


def _written(record: SiteRecord | VersionRecord) -> bytes:
    said = {one.name: getattr(record, one.name) for one in fields(record)}
    text = json.dumps({"note": _NOTE, "version": FORMAT, **said}, sort_keys=True)
    return text.encode() + b"\n"


def _read(path: Path, kind: type[Record]) -> Record | None:
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            return None
        said: dict[str, Any] = json.loads(path.read_bytes())
        if said.pop("version") != FORMAT:
            return None
        del said["note"]
        if "folders" in said:
            said["folders"] = tuple(str(safe_join(Path(), name)) for name in said["folders"])
        # Thousands of them: the pairs stay the lists that JSON makes.
        return kind(**said) if isinstance(said["files"], dict) else None
    except (OSError, OutputError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
