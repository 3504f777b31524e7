"""Output of a command, read ahead by a thread: git works while Python does something else."""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue
from threading import Thread


def read_ahead(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Begin to read at once, and yield what was read in order; a fault is raised where it is met.

    All of it is held in memory until it is taken.
    """
    queue: SimpleQueue[bytes | BaseException | None] = SimpleQueue()
    # A daemon: if nobody takes what it reads, it does not keep the program alive.
    Thread(target=_pump, args=(chunks, queue), name="read-ahead", daemon=True).start()
    return _taken(queue)


def _pump(chunks: Iterator[bytes], queue: SimpleQueue[bytes | BaseException | None]) -> None:
    try:
        for chunk in chunks:
            queue.put(chunk)
    except BaseException as fault:  # noqa: BLE001 - handed to the reader, who raises it
        queue.put(fault)
    else:
        queue.put(None)


def _taken(queue: SimpleQueue[bytes | BaseException | None]) -> Iterator[bytes]:
    while True:
        match queue.get():
            case None:
                return
            case bytes() as chunk:
                yield chunk
            case BaseException() as fault:
                raise fault
