"""Results of earlier checks, in the user's cache folder: an unchanged state is not checked twice.

A result is found by everything it depends on: this program's own files, the refs, the
options, and every byte under the content folder with what decides which files count
(the index, the ignore files). Plain JSON; safe to delete; never trusted to be whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import mkdocs_ems
from mkdocs_ems.content import content_folder
from mkdocs_ems.git import Repository
from mkdocs_ems.report import CheckResult, freeze, thaw

_MOST_KEPT = 40


class KeptChecks:
    """The kept results of one repository under one set of options."""

    def __init__(self, repository: Repository, options: tuple[object, ...], *, enabled: bool) -> None:
        self._repository = repository
        self._options = options
        self._folder = _cache_folder() if enabled else None
        self._file: Path | None = None

    def find(self, as_of: date | None, *, now: datetime) -> CheckResult | None:
        """Return what was kept for exactly this state and date, or None."""
        if self._folder is None:
            return None
        self._file = self._folder / f"{self._key(as_of)}.json"
        try:
            envelope, _, body = self._file.read_bytes().partition(b"\n")
            zone = str(json.loads(envelope)["time_zone"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        result = thaw(body)
        by_clock = as_of is None and self._options[0] is None
        if result is None or (by_clock and result.report.as_of != _today(now, zone)):
            return None
        return result

    def keep(self, result: CheckResult, as_of: date | None, *, time_zone: str) -> None:
        """Keep a result, if the state is still the one that was asked about; failing to is no fault."""
        if self._folder is None or self._file is None or self._file.name != f"{self._key(as_of)}.json":
            return
        data = json.dumps({"time_zone": time_zone}).encode() + b"\n" + freeze(result)
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            _write_whole(self._file, data)
            _prune(self._folder)

    def _key(self, as_of: date | None) -> str:
        digest = hashlib.sha256()
        for piece in (*_program(), *self._state(), repr((self._options, as_of)).encode()):
            digest.update(len(piece).to_bytes(8, "big"))
            digest.update(piece)
        return digest.hexdigest()

    def _state(self) -> Iterator[bytes]:
        repository = self._repository
        yield str(repository.root).encode("utf-8", "surrogateescape")
        yield repository.prefix.encode("utf-8", "surrogateescape")
        yield repr((repository.head(), repository.head_branch())).encode()
        for name, target in sorted(repository.refs().items()):
            yield f"{name} {target}".encode("utf-8", "surrogateescape")
        if self._options[0] is None:
            yield from _work_tree(repository)


def _work_tree(repository: Repository) -> Iterator[bytes]:
    """Every byte the work tree's state may depend on: above the content, only what names or hides it."""
    for path in repository.state_files():
        yield _contents(path)
    content = repository.root / content_folder(repository, ref=None)
    for folder in (content, *content.parents):
        yield _contents(folder / "mkdocs.yml")
        yield _contents(folder / ".gitignore")
        if folder == repository.root:
            break
    yield from _tree(content)


def _tree(folder: Path) -> Iterator[bytes]:
    for path, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted([*files, *(one for one in folders if Path(path, one).is_symlink())]):
            one = Path(path, name)
            yield os.fsencode(one)
            yield _contents(one)


def _contents(path: Path) -> bytes:
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            return b"link " + os.fsencode(path.readlink())
        if not stat.S_ISREG(mode):
            return b"odd"
        return b"file " + hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b"none"


def _program() -> Iterator[bytes]:
    """This program's own files by size and time, so that a changed rule is a changed key."""
    home = Path(mkdocs_ems.__file__).parent
    yield mkdocs_ems.__version__.encode()
    for path, folders, files in os.walk(home):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            found = Path(path, name).stat()
            yield f"{name} {found.st_size} {found.st_mtime_ns}".encode("utf-8", "surrogateescape")


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


def _write_whole(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        os.replace(name, path)  # noqa: PTH105 - the one call that swaps a file whole
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    kept = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime_ns, reverse=True)
    for one in kept[_MOST_KEPT:]:
        one.unlink(missing_ok=True)
