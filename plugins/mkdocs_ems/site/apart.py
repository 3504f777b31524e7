"""A piece of work that a copy of this process does, while this one goes on.

For what can be worked out now and is needed later: the copy is forked, so it has all that it
works with, changes nothing here, and sends back one value. Where the system cannot fork, where
other threads are at work, or where the copy came to nothing, whoever asks for the value does
the work, and what is wrong is then said here, once: a copy says nothing.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, Self, TypeVar

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
        if can_fork():
            with suppress(OSError):  # too many processes or open files, or too little memory
                self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("fork")
        answer, end = context.Pipe(duplex=False)
        copy = context.Process(target=_answer, args=(self._work, end, answer), daemon=True)
        try:
            copy.start()
        except BaseException:
            answer.close()
            raise
        finally:
            # While it were open here, an end of the copy without an answer would not be seen.
            end.close()
        self._copy, self._answer = copy, answer

    def result(self) -> T:
        """What came of it; waits for the copy the first time."""
        if self._done is None:
            self._done = (self._received(),)
        return self._done[0]

    def _received(self) -> T:
        if self._answer is not None:
            # Nothing came, or half of it.
            with suppress(EOFError, OSError):
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


def end_quietly() -> None:
    """Have a copy end at Ctrl-C without a word: the terminal tells it to all, and one answers."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _answer(work: Callable[[], T], end: Connection, theirs: Connection) -> None:
    end_quietly()
    # Forked with us: while it were open here, the end of a build that was killed would never reach us.
    theirs.close()
    with suppress(Exception):
        end.send(work())
