"""Equal pieces of work shared out to several processes, each of which does one after the other.

One that is ended from outside ends the whole: what the others have finished and kept by then is
found again by the next run.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.apart import can_fork

Work = TypeVar("Work")
Done = TypeVar("Done")

_AT_HAND: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""In a process of the pool: what it does, and all pieces. A forked one has them from the beginning."""

_LOOKS = 0.5
"""Seconds between two looks at whether the build is still there."""


def usual_jobs() -> int:
    """As many processes as there are processors for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared_out(
    do: Callable[[Work], Done], work: Sequence[Work], *, jobs: int, spreads: bool = False
) -> Iterator[Done]:
    """Do all pieces of work, in any order, and give what came of each in the order of the pieces.

    A single piece is done here, unless only one process is wanted.

    Args:
        do: does one; a function of a module, or `functools.partial` of one.
        work: the pieces.
        jobs: how many processes.
        spreads: a piece that is done here makes use of several processors itself. One that would be
            left over for one process while all others wait is then done here, after them.

    Raises:
        OutputError: a process was ended from outside.
    """
    left_over = jobs > 1 and (len(work) == 1 or (spreads and len(work) % jobs == 1))
    shared = work[:-1] if left_over else work
    if shared:
        yield from _in_processes(do, shared, jobs=jobs)
    if left_over:
        yield do(work[-1])


def _in_processes(do: Callable[[Work], Done], work: Sequence[Work], *, jobs: int) -> Iterator[Done]:
    context = multiprocessing.get_context("fork" if can_fork() else "spawn")
    try:
        processes = min(jobs, len(work))
        # Sent one by one, each piece would be taken apart here and put together there, which may take
        # longer than to do it.
        with ProcessPoolExecutor(processes, context, initializer=_take_up, initargs=(do, work)) as pool:
            yield from pool.map(_done, range(len(work)))
    except BrokenProcessPool as fault:
        raise OutputError(
            "a process of the build was ended from outside, perhaps for want of memory: run it again, "
            "with fewer --jobs if it happens again"
        ) from fault


def _take_up(do: Callable[[Any], Any], work: Sequence[Any]) -> None:
    _AT_HAND[:] = [(do, work)]
    build = multiprocessing.parent_process()
    if build is not None and build.pid is not None:
        threading.Thread(target=_end_with, args=(build.pid,), daemon=True).start()


def _end_with(build: int) -> None:
    """End when the build has ended without us: nobody would ever hand us a piece again, or tell us to end."""
    while os.getppid() == build:
        time.sleep(_LOOKS)
    os._exit(1)


def _done(at: int) -> Any:  # noqa: ANN401 - of the pieces in this process nothing is known
    do, work = _AT_HAND[0]
    return do(work[at])
