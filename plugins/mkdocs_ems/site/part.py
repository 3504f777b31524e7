"""One version of the manual as one file: what the store keeps, `--out` writes and `--join` reads.

A part is a zip archive, so that anybody can look into it: what it says of itself, how its files
are put together, and the pieces that they are put together from. Its comment is the digest of all
before it. Equal files and facts give equal bytes: no clock, no name of a machine and no order of
a folder gets in.

Parts come from other machines too, so one is believed in nothing that it does not prove: no path
leaves the folder, no two files have one place, nothing is larger than it says. What makes a part
worth believing (who built it) is asked elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from mkdocs_ems import dataclass
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.for_a_while import appearing
from mkdocs_ems.site.files import check_paths
from mkdocs_ems.site.part_head import HeadError, OtherFormError, PartHead, read_head
from mkdocs_ems.site.pieces import Cutting, Joining, Layout

HEAD, LAYOUT = "part.json", "layout.json"

_COMMENT = b"mkdocs-ems part, sha256 of all before these 64 digits: "
_LARGEST_HEAD = 32 << 20
"""Read, it takes twenty times as much."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LEVEL = 1
"""Higher ones take several times as long for a tenth less."""


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
                joining = _joining(archive)
                for path, digest, size in wanted:
                    data = joining.file(path) if joining.layout.size(path) == size else b""
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
    ValueError,
)


class Packing:
    """A part while its files come together."""

    def __init__(self) -> None:
        self._cutting = Cutting()
        self._files: dict[str, tuple[str, int]] = {}

    def add(self, path: str, data: bytes) -> None:
        """Put a file in."""
        self._cutting.add(path, data)
        self._files[path] = hashlib.sha256(data).hexdigest(), len(data)

    def write(self, target: Path, head: PartHead) -> Part:
        """Write the part; it appears whole or not at all.

        Args:
            target: the file.
            head: what is said of it, but for its files.

        Raises:
            OutputError: two files would have one place, or the system refused.
        """
        files = dict(sorted(self._files.items()))
        check_paths(files)
        whole = replace(head, files=files)
        layout, blocks = self._cutting.cut()
        entries = {_block(at): block for at, block in enumerate(blocks)}
        try:
            # In memory: every entry is gone back to, which a file takes a system call or two for.
            packed = BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                for name, data in (entries | {LAYOUT: layout.written, HEAD: whole.written}).items():
                    archive.writestr(_entry(name), data, compresslevel=_LEVEL)
                archive.comment = _COMMENT + b"0" * 64
            _seal(packed)
            with appearing(target) as out:
                out.write(packed.getbuffer())
        except OSError as fault:
            raise OutputError(f"cannot write {target}: {fault}") from fault
        return Part(target, whole)


def write_part(target: Path, head: PartHead, folder: Path) -> Part:
    """Write a part of what stands in a folder; it appears whole or not at all.

    Raises:
        OutputError: the folder holds what no part may, or the system refused.
    """
    packing = Packing()
    try:
        for path, source in sorted(files_below(os.fspath(folder))):
            with open(source, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of them
                packing.add(path, file.read())
    except OSError as fault:
        raise OutputError(f"cannot write {target}: {fault}") from fault
    return packing.write(target, head)


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
            head = read_head(_head(archive), whole=whole)
            if whole:
                _check_entries(archive, head)
    except FileNotFoundError:
        raise OutputError(f"{path} does not exist") from None
    except OtherFormError:
        raise OutputError(
            f"{path} is of a form that this version of the program does not read; build it again"
        ) from None
    except HeadError as fault:
        raise _spoilt(path, str(fault)) from None
    except _ARCHIVE_FAULTS as fault:
        raise OutputError(f"{path} is no part of a site, or was spoilt: {fault}") from fault
    return Part(path, head)


def files_below(folder: str, below: str = "") -> Iterator[tuple[str, str]]:
    """Every file of a folder: its path below it, and where it is.

    Raises:
        OutputError: the folder holds what no part may.
    """
    for entry in list(os.scandir(folder)):
        path = f"{below}{entry.name}"
        if not entry.name.isprintable() or "\\" in entry.name or ":" in entry.name:
            raise OutputError(f"{entry.path!r} has a name that not every system can write")
        if entry.is_dir(follow_symlinks=False):
            yield from files_below(entry.path, f"{path}/")
        elif entry.is_file(follow_symlinks=False):
            yield path, entry.path
        else:
            raise OutputError(f"{entry.path} is neither a file nor a folder; a site has nothing else")


def _block(at: int) -> str:
    return f"pieces/{at:04}"


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    # Else they would be those of the system it was written on.
    entry.create_system = 3
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    return entry


def _head(archive: zipfile.ZipFile) -> bytes:
    entry = archive.getinfo(HEAD)
    if entry.file_size > _LARGEST_HEAD:
        raise HeadError(f"{HEAD} is too large")
    return archive.read(entry)


def _layout(archive: zipfile.ZipFile) -> Layout:
    return Layout.read(archive.read(LAYOUT))


def _joining(archive: zipfile.ZipFile) -> Joining:
    layout = _layout(archive)
    sizes = layout.block_sizes()

    def block(at: int) -> bytes:
        entry = archive.getinfo(_block(at))
        return archive.read(entry) if entry.file_size == sizes[at] else b""

    return Joining(layout, block)


def _check_entries(archive: zipfile.ZipFile, head: PartHead) -> None:
    """Refuse an archive that holds anything but the pieces of its files."""
    layout = _layout(archive)
    blocks = {_block(at): size for at, size in enumerate(layout.block_sizes())}
    entries = archive.infolist()
    found = {entry.filename: entry.file_size for entry in entries if entry.filename not in {HEAD, LAYOUT}}
    if len(entries) != len(blocks) + 2 or found != blocks:
        raise HeadError("it holds other pieces than it says")
    if {path: layout.size(path) for path in layout.files} != {
        path: size for path, (_, size) in head.files.items()
    }:
        raise HeadError(f"its files are not those that {HEAD} names")
    if {number for file in layout.files.values() for number in file} != set(range(len(layout.sizes))):
        raise HeadError("it holds pieces of no file")


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


def _spoilt(path: Path, why: str) -> OutputError:
    return OutputError(f"{path} is spoilt: {why}; build it again")
