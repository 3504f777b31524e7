"""A piece of work that a copy of this process does, while this one goes on.

For what can be worked out now and is needed later: the copy is forked, so it has all that it
works with, changes nothing here, and sends back one value. Where the system cannot fork, where
other threads are at work, or where the copy came to nothing, whoever asks for the value does
the work, and what is wrong is then said here.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, Self, TypeVar

from mkdocs_ems.errors import EmsError

T = TypeVar("T")


def can_fork() -> bool:
    """Whether a copy of this process would be a sound one."""
    # On macOS the system's own libraries do not survive a fork.
    linux = sys.platform.startswith("linux")
    # A copy is at work beside others already, on as many processors as there are.
    original = multiprocessing.parent_process() is None
    return linux and original and threading.active_count() == 1


class Apart(Generic[T]):
    """One such piece of work, begun at once; at the end of the block nothing of it is left."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._copy: BaseProcess | None = None
        self._answer: Connection | None = None
        self._done: tuple[T] | None = None
        if not can_fork():
            return
        context = multiprocessing.get_context("fork")
        self._answer, end = context.Pipe(duplex=False)
        self._copy = context.Process(target=_answer, args=(work, end, self._answer), daemon=True)
        self._copy.start()
        # While it were open here, an end of the copy without an answer would not be seen.
        end.close()

    def result(self) -> T:
        """What came of it; waits for the copy the first time."""
        if self._done is None:
            self._done = (self._received(),)
        return self._done[0]

    def _received(self) -> T:
        if self._answer is not None:
            with suppress(EOFError):
                value: T = self._answer.recv()
                return value
        return self._work()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._copy is not None:
            self._copy.kill()
            self._copy.join()
        if self._answer is not None:
            self._answer.close()
        self._copy = self._answer = None


def _answer(work: Callable[[], T], end: Connection, theirs: Connection) -> None:
    # Forked with us: while it were open here, the end of a build that was killed would never reach us.
    theirs.close()
    with suppress(EmsError, OSError):
        end.send(work())
