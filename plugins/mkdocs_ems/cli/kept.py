"""Answers given earlier, in the user's cache folder: an unchanged state is not looked at twice.

An answer is kept under what was asked (command, repository, options, this program's own
files) and holds a digest of everything it depends on: HEAD, the refs, and for a work tree
every byte below the content folder with what decides which files count. It is used only
where that digest, and the answer's own, are the same again. Safe to delete.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import mkdocs_ems
from mkdocs_ems import RULES_GROUP, dataclass
from mkdocs_ems.git import Repository
from mkdocs_ems.git.kept_file import write_kept

_MOST_KEPT = 60
_SMALL = 1_000_000
"""Bytes that are read at once."""
_LARGEST = 100_000_000
"""Bytes of one answer."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer was made from, beyond what was asked."""

    content: str
    """The content folder."""
    time_zone: str
    """The zone in which "today" was decided."""
    state: str
    """Digest of everything the answer depends on."""
    as_of: str
    """The day that the answer is about."""


class KeptAnswers:
    """What is kept of one repository under one set of options."""

    def __init__(
        self, repository: Repository, *, ref: str | None, as_of: date | None, options: tuple[object, ...]
    ) -> None:
        self._repository = repository
        self._ref = ref
        self._as_of = as_of
        asked = (*_program(), repr((str(repository.root), repository.prefix, ref, as_of, options)).encode())
        self._file = _cache_folder() / f"{_digest(asked)}.json"

    def find(self, *, now: datetime) -> bytes | None:
        """Return the answer that was kept, if it still holds, or None."""
        try:
            envelope, _, body = _read_whole(self._file).partition(b"\n")
            said = json.loads(envelope)
            whole = said.pop("answer") == _digest((body,))
            basis = Basis(**said)
            if not whole:
                return None
            if ".." in basis.content.split("/") or basis.content.startswith("/"):
                return None
            if basis.state != self.state(basis.content):
                return None
            by_clock = self._as_of is None and self._ref is None
            if by_clock and basis.as_of != _today(now, basis.time_zone).isoformat():
                return None
        except (OSError, KeyError, ValueError, TypeError, AttributeError, RecursionError):
            return None
        return body

    def keep(self, answer: bytes, basis: Basis) -> None:
        """Keep an answer, if the state is still the one it was made from; failing to is no fault."""
        with contextlib.suppress(OSError):
            if basis.state != self.state(basis.content):
                return
            envelope = asdict(basis) | {"answer": _digest((answer,))}
            write_kept(self._file, json.dumps(envelope).encode() + b"\n" + answer)
            _prune(self._file.parent)

    def state(self, content: str) -> str:
        """Digest everything that an answer may depend on, now."""
        return _digest(_state(self._repository, content=content, ref=self._ref))


def rules_are_installed() -> bool:
    """Whether other distributions bring rules: nobody knows what their results depend on."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - git begins to work before it is imported

    return bool(entry_points(group=RULES_GROUP))


def _digest(pieces: Iterator[bytes] | tuple[bytes, ...]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(len(piece).to_bytes(8, "big"))
        digest.update(piece)
    return digest.hexdigest()


def _state(repository: Repository, *, content: str, ref: str | None) -> Iterator[bytes]:
    yield repr((repository.head(), repository.head_branch())).encode()
    for name, target in sorted(repository.refs().items()):
        yield f"{name} {target}".encode("utf-8", "surrogateescape")
    if ref is not None:
        return
    for path in repository.state_files():
        yield _contents(path)
    for start in (repository.root / repository.prefix, repository.root / content):
        for folder in (start, *start.parents):
            yield _contents(folder / "mkdocs.yml")
            yield _contents(folder / ".gitignore")
            if folder == repository.root:
                break
    yield from _tree(str(repository.root / content))


def _tree(folder: str) -> Iterator[bytes]:
    """Every path below a folder with what stands there; links are named, never followed."""
    waiting = [folder]
    while waiting:
        try:
            entries = sorted(os.scandir(waiting.pop()), key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in entries:
            yield os.fsencode(entry.path)
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            else:
                yield _contents(entry)


def _contents(place: Path | os.DirEntry[str]) -> bytes:
    path = os.fspath(place)
    try:
        found = os.lstat(path)
        mode = found.st_mode
        if stat.S_ISLNK(mode):
            return b"link " + os.fsencode(os.readlink(path))  # noqa: PTH115 - a path object costs more than the call
        if not stat.S_ISREG(mode):
            return b"odd"
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - as above
            if found.st_size <= _SMALL:
                return b"file " + hashlib.sha256(file.read()).digest()
            # In pieces: an ignored film in the folder need not fit into memory.
            return b"file " + hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return b"none"


def _program() -> Iterator[bytes]:
    """This program's own files by size and time, so that a changed rule asks anew."""
    yield mkdocs_ems.__version__.encode()
    folders = [str(Path(mkdocs_ems.__file__).parent)]
    while folders:
        for entry in sorted(os.scandir(folders.pop()), key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    folders.append(entry.path)
                continue
            found = entry.stat()
            yield f"{entry.path} {found.st_size} {found.st_mtime_ns}".encode("utf-8", "surrogateescape")


def _cache_folder() -> Path:
    named = os.environ.get("EMS_CACHE_DIR")
    if named:
        return Path(named)
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed where the folder is named

    return user_cache_path("mkdocs-ems", appauthor=False) / "checks"


def _today(now: datetime, zone: str) -> date:
    try:
        return now.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return now.astimezone(UTC).date()


def _read_whole(path: Path) -> bytes:
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
        raise OSError(f"{path} is nothing that was kept")
    return path.read_bytes()


def _prune(folder: Path) -> None:
    kept = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for one in kept[_MOST_KEPT:]:
        one.unlink(missing_ok=True)
