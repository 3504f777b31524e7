"""Output of a command, read ahead by a thread: git works while Python does something else."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from queue import Full, Queue
from threading import Thread
from typing import TYPE_CHECKING
from weakref import ref

if TYPE_CHECKING:
    from typing_extensions import Buffer

_BUFFER = 1 << 16
_LOOK = 0.5
"""Seconds after which a thread that waits for its taker looks whether there is one."""

_Read = bytes | BaseException | None
"""A chunk, a fault, or that there is no more."""


def read_ahead(chunks: Iterator[bytes], *, most: int = 0) -> Iterator[bytes]:
    """Begin to read at once, and yield what was read in order; a fault is raised where it is met.

    Args:
        chunks: what is read.
        most: how many chunks are held in memory until they are taken; without a number all of them.
    """
    taken = _Taken(Queue(most))
    # A daemon: if nobody takes what it reads, it does not keep the program alive.
    Thread(target=_pump, args=(chunks, taken.queue, ref(taken)), name="read-ahead", daemon=True).start()
    return taken


def as_file(chunks: Iterator[bytes]) -> BufferedReader:
    """The same as a file, read from the beginning to the end."""
    return BufferedReader(_Chunks(chunks), _BUFFER)


class _Chunks(RawIOBase):
    """Chunks as a file without a buffer."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Buffer) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._chunks, b""))
        space = memoryview(into)
        size = min(len(space), len(self._rest))
        space[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


class _Taken(Iterator[bytes]):
    """What a thread has read, taken in order."""

    def __init__(self, queue: Queue[_Read]) -> None:
        self.queue = queue
        self._ended = False

    def __next__(self) -> bytes:
        if self._ended:
            raise StopIteration
        read = self.queue.get()
        if isinstance(read, bytes):
            return read
        self._ended = True
        raise StopIteration if read is None else read


def _pump(chunks: Iterator[bytes], queue: Queue[_Read], taker: ref[_Taken]) -> None:
    try:
        for chunk in chunks:
            if not _put(chunk, queue, taker):
                return
    except BaseException as fault:  # noqa: BLE001 - handed to the reader, who raises it
        _put(fault, queue, taker)
    else:
        _put(None, queue, taker)


def _put(read: _Read, queue: Queue[_Read], taker: ref[_Taken]) -> bool:
    """Hand something over; False where nobody is left who would take it."""
    while taker() is not None:
        try:
            queue.put(read, timeout=_LOOK)
        except Full:
            continue
        return True
    return False
