"""A machine on which something is scarce, by real means: room on a disk, size of files, rights. Linux alone.

Each is had for one process and those it starts, by what the kernel offers; what needs a namespace of
one's own is there only where the machine lets us have one, and `CAN_MOUNT` says so. Files limited in
size and rights taken away are to be had everywhere, so nothing is ever left untried.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_NEWNS, _NEWUSER = 0x00020000, 0x10000000
_BIND, _REMOUNT, _READ_ONLY, _PRIVATE, _ALL = 4096, 32, 1, 1 << 18, 1 << 14
_DROP_BOUND, _CAPS_VERSION = 24, 0x20080522
_OVERRIDE, _SEARCH = 1, 2
"""Rights of root that let it pass by those of files."""
_LIBC = ctypes.CDLL(None, use_errno=True)
_ROOM = 128 << 20


def limited(size: int) -> Callable[[], None]:
    """No file may become larger: beyond, whatever is written fails."""

    def begin() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return begin


def bound_by_rights() -> None:
    """Let root, too, obey the rights of files; for anybody else they hold anyway."""
    if os.geteuid():
        return
    for right in (_OVERRIDE, _SEARCH):
        _done(_LIBC.prctl(_DROP_BOUND, right, 0, 0, 0))
    head = ctypes.create_string_buffer(struct.pack("Ii", _CAPS_VERSION, 0))
    rights = ctypes.create_string_buffer(24)
    _done(_LIBC.capget(head, rights))
    facts = list(struct.unpack("6I", rights.raw))
    for at in (0, 1, 2):
        facts[at] &= ~(1 << _OVERRIDE | 1 << _SEARCH)
    _done(_LIBC.capset(head, ctypes.create_string_buffer(struct.pack("6I", *facts))))


def read_only_disk(folder: Path) -> Callable[[], None]:
    """A folder stands on a disk that takes nothing."""

    def begin() -> None:
        _own_mounts()
        place = os.fsencode(folder)
        _done(_LIBC.mount(place, place, None, _BIND, None))
        _done(_LIBC.mount(place, place, None, _BIND | _REMOUNT | _READ_ONLY, None))

    return begin


class SmallDisk:
    """A disk of its own in the memory, with as much room on it as is left."""

    def __init__(self, folder: Path, holder: int) -> None:
        self._folder = folder
        self._holder = holder
        self.here = Path(f"/proc/{holder}/root{folder}")
        """Where we see it."""

    def begin(self) -> None:
        """Let the process that calls this see the disk in its place."""
        for name in ("user", "mnt"):
            with suppress(PermissionError):  # of the user's own, in which it is already
                handle = os.open(f"/proc/{self._holder}/ns/{name}", os.O_RDONLY)
                _LIBC.setns(handle, 0)
                os.close(handle)
        os.chdir(self._folder)

    def leave(self, room: int) -> None:
        """Let there be so many bytes of room, from now on."""
        facts = os.statvfs(self.here)
        used = (facts.f_blocks - facts.f_bfree) * facts.f_frsize
        self._resize(max(used + room, facts.f_frsize))

    def clear(self) -> None:
        """Make room again."""
        self._resize(_ROOM)

    def _resize(self, size: int) -> None:
        copy = os.fork()
        if copy == 0:
            try:
                self.begin()
                place, options = os.fsencode(self._folder), f"size={size}".encode()
                _done(_LIBC.mount(None, place, None, _REMOUNT, options))
                os._exit(0)
            finally:
                os._exit(1)
        if os.waitpid(copy, 0)[1]:
            raise OSError("the disk cannot be made another size")


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A disk at a folder, for who asks to see it."""
    ready, told = os.pipe()
    holder = os.fork()
    if holder == 0:
        try:
            os.close(ready)
            _own_mounts()
            options = f"size={_ROOM}".encode()
            _done(_LIBC.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, options))
            os.write(told, b"!")
            os.close(told)
            signal.pause()
        finally:
            os._exit(1)
    os.close(told)
    try:
        if os.read(ready, 1) != b"!":
            raise PermissionError("no disk of one's own is to be had here")
        yield SmallDisk(folder, holder)
    finally:
        os.close(ready)
        os.kill(holder, signal.SIGKILL)
        os.waitpid(holder, 0)


def _own_mounts() -> None:
    """A view of the disks of one's own; as root within it, where that is needed."""
    user, group = os.geteuid(), os.getegid()
    _done(_LIBC.unshare(_NEWNS if user == 0 else _NEWNS | _NEWUSER))
    if user:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    _done(_LIBC.mount(None, b"/", None, _PRIVATE | _ALL, None))


def _done(answer: int) -> None:
    if answer:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _can_mount() -> bool:
    try:
        with small_disk(Path("/mnt") if Path("/mnt").is_dir() else Path("/")) as disk:
            return disk.here.is_dir()
    except OSError:
        return False


CAN_MOUNT = _can_mount()
"""Whether the machine lets us have disks of our own."""
