"""One version of the manual as one file: what the store keeps, `--out` writes and `--join` reads.

A part is a zip archive, so that anybody can look into it. Its last entry says what it was made
from and the digest of every file; its comment is the digest of the archive itself. Equal files
and facts give equal bytes: no clock, no name of a machine and no order of a folder gets in.

Parts come from other machines too, so one is believed in nothing that it does not prove: no path
leaves the folder, no two files have one place, nothing is larger than it says. What makes a part
worth believing (who built it) is asked elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import field, fields, replace
from datetime import date
from enum import StrEnum
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from pydantic import TypeAdapter, ValidationError

from mkdocs_ems import dataclass
from mkdocs_ems.errors import OutputError
from mkdocs_ems.paths import safe_join
from mkdocs_ems.site.files import check_paths
from mkdocs_ems.site.whole_file import appearing

FORMAT = 1
"""Goes up when a part of before could no longer be read as one of today."""
HEAD = "part.json"

_COMMENT = b"mkdocs-ems part, sha256 of all before these 64 digits: "
_LARGEST_HEAD = 32 << 20
"""Read, it takes twenty times as much."""
_LARGEST = 8 << 30
"""Bytes of all files together."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 1
"""Higher ones take several times as long for a tenth less."""
_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class PartKind(StrEnum):
    """What a part shows."""

    VERSION = "version"
    CURRENT = "current"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class PartHead:
    """What a part says of itself."""

    key: str
    """Digest of everything that it was made from; 64 hexadecimal digits."""
    kind: PartKind
    name: str
    """Of the tag, or of the branch; as it is, for `show()` to make harmless."""
    folder: str
    """Below the site."""
    title: str
    commit: str
    as_of: date
    tool: str
    """The version of the program that made it, for people; the key holds it exactly."""
    tag: str | None = None
    """The object of the tag; None where it is no version."""
    trust_root: str = ""
    ledger: str = ""
    """The ledger's head."""
    failed: str = ""
    """Why it could not be built, in a sentence; it then has no files."""
    findings: Mapping[str, int] = field(default_factory=dict)
    """How many of each level."""
    warnings: tuple[str, ...] = ()
    """What MkDocs warned of."""
    index: str = "index.html"
    """The page to open first."""
    layout: int = 1
    """Of the slots in its pages."""
    rows: int = 0
    pages: tuple[str, ...] = ()
    """Paths of the manual's pages, which have slots; other files are pictures, scripts and data."""
    ids: Mapping[str, str] = field(default_factory=dict)
    """The page of each document and row, by its id."""
    issues: Mapping[str, int] = field(default_factory=dict)
    """The issue in force of each document, by its id."""
    files: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """SHA-256 and bytes of each file, by its path below the folder; written by `write_part`."""
    version: int = FORMAT
    """Of the form of what is said here."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part on the disk."""

    path: Path
    head: PartHead

    def files(self, only: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Its files by path, in order of their paths; each is checked as it is read.

        Args:
            only: paths of those to read; all, if not given.

        Raises:
            OutputError: the part has been spoilt, or taken away.
        """
        wanted = [
            (path, *self.head.files[path]) for path in sorted(self.head.files if only is None else only)
        ]
        try:
            with zipfile.ZipFile(self.path) as archive:
                for path, digest, size in wanted:
                    entry = archive.getinfo(path)
                    data = archive.read(entry) if entry.file_size == size else b""
                    if len(data) != size or hashlib.sha256(data).hexdigest() != digest:
                        raise _spoilt(self.path, f"{path} is not as it was written")
                    yield path, data
        except _ARCHIVE_FAULTS as fault:
            raise _spoilt(self.path, str(fault)) from fault


_ARCHIVE_FAULTS = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)


def write_part(target: Path, head: PartHead, folder: Path) -> Part:
    """Write a part of what stands in a folder; it appears whole or not at all.

    Raises:
        OutputError: the folder holds what no part may, or the system refused.
    """
    files: dict[str, tuple[str, int]] = {}
    try:
        found = dict(sorted(_found(os.fspath(folder))))
        check_paths([*found, HEAD])
        # In memory: every entry is gone back to, which a file takes a system call or two for.
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for path, source in found.items():
                with open(source, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
                    data = file.read()
                files[path] = (hashlib.sha256(data).hexdigest(), len(data))
                archive.writestr(_entry(path), data, compresslevel=_LEVEL)
            whole = replace(head, files=files)
            archive.writestr(_entry(HEAD), _head_bytes(whole), compresslevel=_LEVEL)
            archive.comment = _COMMENT + b"0" * 64
        _seal(packed)
        with appearing(target) as out:
            out.write(packed.getbuffer())
    except OSError as fault:
        raise OutputError(f"cannot write {target}: {fault}") from fault
    return Part(target, whole)


def read_part(path: Path, *, whole: bool = True) -> Part:
    """Read what a part says of itself.

    Args:
        path: the file.
        whole: refuse the part if any byte of it was changed. Otherwise only what is said here
            and each file, once it is read, are as they were written.

    Raises:
        OutputError: it is no part, one of another form, spoilt, or holds what no part may.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise zipfile.BadZipFile("it is not a file")
        if whole:
            _check_seal(path)
        with zipfile.ZipFile(path) as archive:
            if len(archive.comment) != len(_COMMENT) + 64 or not archive.comment.startswith(_COMMENT):
                raise zipfile.BadZipFile("it does not end as one")
            entry = archive.getinfo(HEAD)
            if entry.file_size > _LARGEST_HEAD:
                raise _spoilt(path, f"{HEAD} is too large")
            head = _head(path, archive.read(entry))
            entries = archive.infolist()
        _check_entries(path, head, entries, whole=whole)
    except FileNotFoundError:
        raise OutputError(f"{path} does not exist") from None
    except _ARCHIVE_FAULTS as fault:
        raise OutputError(f"{path} is no part of a site, or was spoilt: {fault}") from fault
    return Part(path, head)


def _found(folder: str, below: str = "") -> Iterator[tuple[str, str]]:
    """Every file of a folder: its path below it, and where it is."""
    for entry in list(os.scandir(folder)):
        path = f"{below}{entry.name}"
        if not entry.name.isprintable() or "\\" in entry.name or ":" in entry.name:
            raise OutputError(f"{entry.path!r} has a name that not every system can write")
        if entry.is_dir(follow_symlinks=False):
            yield from _found(entry.path, f"{path}/")
        elif entry.is_file(follow_symlinks=False):
            yield path, entry.path
        else:
            raise OutputError(f"{entry.path} is neither a file nor a folder; a site has nothing else")


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    # Else they would be those of the system it was written on.
    entry.create_system = 3
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    return entry


def _head_bytes(head: PartHead) -> bytes:
    facts = {one.name: getattr(head, one.name) for one in fields(head)}
    data = {name: dict(fact) if isinstance(fact, Mapping) else fact for name, fact in facts.items()}
    data["as_of"] = head.as_of.isoformat()
    return json.dumps(data, sort_keys=True).encode() + b"\n"


@cache
def _heads() -> TypeAdapter[PartHead]:
    """What reads them; most builds read none."""
    return TypeAdapter(PartHead)


def _head(path: Path, data: bytes) -> PartHead:
    try:
        head = _heads().validate_json(data, strict=True)
    except ValidationError as fault:
        if _other_form(data):
            raise _other(path) from None
        raise _spoilt(path, f"{HEAD} cannot be read: {' '.join(str(fault).split())}") from None
    if head.version != FORMAT:
        raise _other(path)
    if not _DIGEST.fullmatch(head.key) or not _FOLDER.fullmatch(head.folder):
        raise _spoilt(path, f"{HEAD} has no key, or no folder that could be one")
    return head


def _other_form(data: bytes) -> bool:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(said, dict) and said.get("version") != FORMAT


def _check_entries(path: Path, head: PartHead, entries: Sequence[zipfile.ZipInfo], *, whole: bool) -> None:
    sizes = {entry.filename: entry.file_size for entry in entries if entry.filename != HEAD}
    if len(entries) != len(sizes) + 1 or sizes != {name: size for name, (_, size) in head.files.items()}:
        raise _spoilt(path, f"its files are not those that {HEAD} names")
    if sum(sizes.values()) > _LARGEST:
        raise _spoilt(path, "it is larger than a site can be")
    if whole:
        _check_names(path, head, entries)
    if not head.files.keys() >= {*head.pages}:
        raise _spoilt(path, f"{HEAD} names pages that are not in it")


def _check_names(path: Path, head: PartHead, entries: Sequence[zipfile.ZipInfo]) -> None:
    if any(stat.S_ISLNK(entry.external_attr >> 16) or entry.is_dir() for entry in entries):
        raise _spoilt(path, "it holds a link or a folder, and a part has only files")
    folder = Path(head.folder)
    for name in (*head.files, *head.pages, *head.ids.values(), head.index):
        safe_join(folder, name)
    if not all(name.isprintable() and all(name.split("/")) for name in head.files):
        raise _spoilt(path, "it holds a name that not every system can write")
    check_paths([*head.files, HEAD])
    _check_no_file_is_a_folder(path, head.files)


def _check_no_file_is_a_folder(path: Path, names: Collection[str]) -> None:
    taken = {name.casefold() for name in names}
    for name in taken:
        above = name
        while (above := above.rpartition("/")[0]) and above not in taken:
            pass
        if above:
            raise _spoilt(path, f"{above} is a file and a folder at once")


def _seal(file: BinaryIO) -> None:
    end = file.seek(-64, os.SEEK_END)
    digest = _digest_before(file, end)
    file.seek(end)
    file.write(digest.encode())


def _check_seal(path: Path) -> None:
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        end = size - 64
        if end < len(_COMMENT):
            raise zipfile.BadZipFile("it is too short")
        file.seek(end - len(_COMMENT))
        if file.read(len(_COMMENT)) != _COMMENT:
            raise zipfile.BadZipFile("it does not end as one")
        if file.read() != _digest_before(file, end).encode():
            raise zipfile.BadZipFile("it is not as it was written")


def _digest_before(file: BinaryIO, end: int) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while left := end - file.tell():
        digest.update(file.read(min(left, 1 << 20)))
    return digest.hexdigest()


def _other(path: Path) -> OutputError:
    return OutputError(f"{path} is of a form that this version of the program does not read; build it again")


def _spoilt(path: Path, why: str) -> OutputError:
    return OutputError(f"{path} is spoilt: {why}; build it again")
