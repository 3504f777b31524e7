"""What a copy of this process works out is what this one would have."""

from __future__ import annotations

import os
import signal
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


def test_a_copy_says_nothing_of_what_is_wrong(capfd: pytest.CaptureFixture[str]) -> None:
    def faulty() -> int:
        raise ValueError("not as it should be")

    with Apart(faulty) as apart, pytest.raises(ValueError, match="not as it should be"):
        apart.result()
    assert found(lambda: lambda: 3)() == 3  # type: ignore[arg-type,operator]  # what cannot be sent
    assert capfd.readouterr().err == ""


def test_a_copy_ends_without_a_word_when_it_is_interrupted(capfd: pytest.CaptureFixture[str]) -> None:
    ours = os.getpid()

    def interrupted() -> int:
        if os.getpid() != ours:
            os.kill(os.getpid(), signal.SIGINT)
        return ours

    assert found(interrupted) == ours
    assert capfd.readouterr().err == ""


def test_half_a_value_is_none() -> None:
    ours = os.getpid()

    def ended() -> bytes:
        if os.getpid() != ours:
            threading.Timer(0.1, os._exit, [9]).start()
        return b"x" * 5_000_000

    with Apart(ended) as apart:
        assert apart._copy is not None
        apart._copy.join()
        assert len(apart.result()) == 5_000_000


def test_where_the_system_refuses_a_copy_this_process_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    assert found(os.getpid) == os.getpid()


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
