"""Output of a command, read ahead by a thread: git works while Python does something else."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer

_BUFFER = 1 << 16


def read_ahead(chunks: Iterator[bytes], *, most: int = 0) -> Iterator[bytes]:
    """Begin to read at once, and yield what was read in order; a fault is raised where it is met.

    Args:
        chunks: what is read.
        most: how many chunks are held in memory until they are taken; without a number all of them.
    """
    queue: Queue[bytes | BaseException | None] = Queue(most)
    # A daemon: if nobody takes what it reads, it does not keep the program alive.
    Thread(target=_pump, args=(chunks, queue), name="read-ahead", daemon=True).start()
    return _taken(queue)


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


def _pump(chunks: Iterator[bytes], queue: Queue[bytes | BaseException | None]) -> None:
    try:
        for chunk in chunks:
            queue.put(chunk)
    except BaseException as fault:  # noqa: BLE001 - handed to the reader, who raises it
        queue.put(fault)
    else:
        queue.put(None)


def _taken(queue: Queue[bytes | BaseException | None]) -> Iterator[bytes]:
    while True:
        match queue.get():
            case None:
                return
            case bytes() as chunk:
                yield chunk
            case BaseException() as fault:
                raise fault
