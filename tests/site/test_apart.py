"""What a copy of this process works out is what this one would have."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from mkdocs_ems.errors import UsageError
from mkdocs_ems.site.apart import Apart


@contextmanager
def another_thread() -> Iterator[None]:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        yield
    finally:
        done.set()
        other.join()


def found(work: Callable[[], int]) -> int:
    with Apart(work) as apart:
        return apart.result()


def test_a_copy_does_the_work() -> None:
    assert found(os.getpid) != os.getpid()


def test_where_no_copy_can_be_made_this_process_does_the_work() -> None:
    with another_thread():
        assert found(os.getpid) == os.getpid()


def test_a_large_value_comes_whole() -> None:
    assert len(Apart(lambda: b"x" * 5_000_000).result()) == 5_000_000


def test_the_work_is_done_once_however_often_it_is_asked_for() -> None:
    with Apart(lambda: b"value") as copied:
        assert copied.result() is copied.result()
    with another_thread(), Apart(object) as apart:
        assert apart.result() is apart.result()


def test_what_is_wrong_is_said_by_whoever_asks() -> None:
    def refused() -> int:
        raise UsageError("there is nothing to count")

    with Apart(refused) as apart, pytest.raises(UsageError, match="nothing to count"):
        apart.result()


def test_when_the_copy_comes_to_nothing_this_process_does_the_work() -> None:
    ours = os.getpid()

    def ended() -> int:
        if os.getpid() != ours:
            os._exit(9)
        return ours

    assert found(ended) == ours


def test_nothing_is_left_of_a_copy_that_nobody_asks() -> None:
    told, tells = os.pipe()

    def waiting() -> None:
        os.write(tells, str(os.getpid()).encode())
        threading.Event().wait()

    with Apart(waiting):
        copy = int(os.read(told, 20))
    with pytest.raises(ProcessLookupError):
        os.kill(copy, 0)
    os.close(told)
    os.close(tells)
