"""A folder that is old or new, never mixed: whatever fails, the target stays as it was.

The new content is built in a folder beside the target; two renames put it in place
(the old away, the new in), since no system replaces a folder that is not empty. What a
stopped run left behind is put right by the next one. A lock by exclusive creation keeps
two builds apart. A folder that holds anything and was not made by us is never replaced.

Nothing here knows what is written.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mkdocs_ems.errors import OutputError

MARKER = ".ems-site"
"""The file by which a folder is known as ours."""
_MARKER_TEXT = b"Made by mkdocs-ems. The next build replaces this folder as a whole.\n"


@contextmanager
def replaced(target: Path) -> Iterator[Path]:
    """Give an empty folder to fill; when the block ends well, it is what stands at `target`.

    Raises:
        OutputError: the target is not ours to replace, another build is at work on it,
            or the system refused to write; the target is then unchanged.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - links are not followed
    if not target.name:
        raise OutputError(f"{target} is the whole disk; name a folder for the site")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(_beside(target, "lock"), target):
            _recover(target)
            _check_ours(target)
            yield from _filled(target)
    except OSError as fault:
        raise OutputError(f"cannot write the site at {target}: {fault}") from fault


def _filled(target: Path) -> Iterator[Path]:
    new = _beside(target, "new")
    new.mkdir()
    try:
        (new / MARKER).write_bytes(_MARKER_TEXT)
        yield new
        for path in (new / "index.html", new):
            _sync(path)
        _swap(new, target)
    except BaseException:
        with suppress(OSError):
            _remove(new)
        raise


def _swap(new: Path, target: Path) -> None:
    old = _beside(target, "old")
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    _sync(target.parent)
    # The new site stands; what is left of the old one is put right by the next run at the latest.
    with suppress(OSError):
        _remove(old)


def _remove(folder: Path) -> None:
    """Remove a folder of ours; its mark goes last, so that a stopped removal is known for what it was."""
    if not folder.exists():
        return
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path)
        elif entry.name != MARKER:
            Path(entry.path).unlink()
    shutil.rmtree(folder)


def _recover(target: Path) -> None:
    """Undo what a stopped run left: the old site back if it was away, half a new one gone."""
    new, old = _beside(target, "new"), _beside(target, "old")
    for path in (new, old):
        if path.is_symlink() or (path.exists() and not _is_ours(path)):
            raise OutputError(f"{path} is in the way of the build and is not ours; move it away")
    if old.exists() and not target.exists():
        old.rename(target)
    for path in (new, old):
        _remove(path)


def _check_ours(target: Path) -> None:
    if target.is_symlink():
        raise OutputError(f"{target} is a link; name the folder itself for the site")
    if target.exists() and not target.is_dir():
        raise OutputError(f"{target} is a file; name a folder for the site")
    if target.exists() and not _is_ours(target):
        raise OutputError(
            f"{target} is not empty and was not made by ems build; name another folder or empty it first"
        )


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and ((folder / MARKER).is_file() or not any(folder.iterdir()))


def _beside(target: Path, role: str) -> Path:
    return target.with_name(f".{target.name}.ems-{role}")


def _sync(path: Path) -> None:
    """Bring one file or folder to the disk, where the system can."""
    if not path.exists() or (os.name == "nt" and path.is_dir()):
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(lock: Path, target: Path) -> Iterator[None]:
    _take(lock, target)
    try:
        yield
    finally:
        with suppress(FileNotFoundError):
            lock.unlink()


def _take(lock: Path, target: Path) -> None:
    mine = f"{os.getpid()} {_started(os.getpid())} {socket.gethostname()}\n"
    for attempt in (1, 2):
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            if attempt == 1 and _set_aside_if_stale(lock):
                continue
            raise OutputError(
                f"another build is writing {target}; wait for it, or delete {lock} if there is none"
            ) from None
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(mine)
        return


def _set_aside_if_stale(lock: Path) -> bool:
    """Remove the lock of a process that is no more; only one of several builds may succeed in that."""
    try:
        held = lock.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return True
    if not _is_stale(held):
        return False
    aside = lock.with_name(f"{lock.name}-{os.getpid()}")
    with suppress(FileNotFoundError):
        lock.rename(aside)
        if aside.read_text(encoding="utf-8", errors="replace") != held:
            # Another build was quicker, and this is its lock.
            aside.rename(lock)
            return False
        aside.unlink()
    return True


def _is_stale(held: str) -> bool:
    fields = held.split()
    if len(fields) != 3 or not fields[0].isdecimal() or fields[2] != socket.gethostname():
        return False
    process, started, _ = fields
    return not _is_alive(int(process)) or _started(int(process)) != started


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        # Signal 0 is no question on Windows but an interrupt; the message then names the lock.
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _started(process: int) -> str:
    """When a process began, in ticks since the start of the machine; `-` where that cannot be told."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "-"
    return stat.rpartition(")")[2].split()[19]
