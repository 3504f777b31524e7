"""Files that are added beside a user's own: a name appears only with all of its bytes behind it.

Each is written under a name of ours first, and brought to the disk. Nothing that stands there is
replaced by what is added; what a killed process leaves is known by how its name begins.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

_PARTIAL = ".ems-approve-"


def add(place: Path, data: bytes, *, lock: bool = False) -> None:
    """Write a file that was not there.

    Args:
        place: where it shall stand; its folder exists.
        data: all that it holds.
        lock: only one of several may succeed, be it that on a disk without links a killed one leaves half
            of it; anything else is whole everywhere.

    Raises:
        FileExistsError: something stands there, which it names.
        OSError: the system refused; nothing is left.
    """
    partial = _written(place.parent, data)
    try:
        os.link(partial, place)  # refuses where something has come to stand meanwhile
    except FileExistsError:
        raise _is_there(place) from None
    except (OSError, NotImplementedError):  # a disk that knows no links, whatever it calls that
        if lock:
            _create(place, data)
        elif os.path.lexists(place):
            raise _is_there(place) from None
        else:
            partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)


def swap(place: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a file over one of ours, whole or not at all.

    Raises:
        OSError: the system refused; the old one stands.
    """
    partial = _written(place.parent, data)
    try:
        partial.chmod(mode)
        partial.replace(place)
    finally:
        partial.unlink(missing_ok=True)


def clear_partials(folder: Path) -> None:
    """Remove what was being added to a folder; only for whoever has the lock.

    Raises:
        OSError: the system refused.
    """
    for partial in folder.glob(f"{_PARTIAL}*"):
        partial.unlink(missing_ok=True)


def _written(folder: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=folder, prefix=_PARTIAL)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(name).chmod(0o644)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def _create(place: Path, data: bytes) -> None:
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        raise _is_there(place) from None
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
    except BaseException:
        # Half a lock names nobody, and would be respected for ever.
        place.unlink(missing_ok=True)
        raise


def _is_there(place: Path) -> FileExistsError:
    # What the system says names the file that was to be linked.
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
