"""What a thread reads ahead comes whole and in order, and nothing stays when nobody wants it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from tempfile import TemporaryFile
from threading import Event

import pytest

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git.ahead import read_ahead
from mkdocs_ems.git.plumbing import Plumbing


def test_chunks_come_in_order_and_a_fault_where_it_was_met() -> None:
    def chunks() -> Iterator[bytes]:
        yield from (b"a", b"b", b"c")
        raise RepositoryError("the rest is missing")

    taken = read_ahead(chunks(), most=1)
    assert [next(taken) for _ in range(3)] == [b"a", b"b", b"c"]
    with pytest.raises(RepositoryError, match="the rest is missing"):
        next(taken)
    assert list(taken) == []


@pytest.mark.parametrize("taken", [0, 1, 5])
def test_a_reader_whose_taker_is_gone_ends_and_closes_what_it_reads(taken: int) -> None:
    closed = Event()

    def chunks() -> Iterator[bytes]:
        try:
            while True:
                yield b"much"
        finally:
            closed.set()

    ahead = read_ahead(chunks(), most=2)
    assert [next(ahead) for _ in range(taken)] == [b"much"] * taken
    assert not closed.wait(0.05)
    del ahead
    assert closed.wait(10)


def test_a_command_that_begins_as_the_repository_is_closed_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    plumbing = Plumbing(None, object_folders=(), object_format="sha1")
    started, begin = [], subprocess.Popen

    def overtaken(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(begin(*arguments, **options))  # type: ignore[call-overload]  # handed on
        plumbing.close()
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", overtaken)
    with TemporaryFile() as stderr, pytest.raises(RepositoryError, match="was closed before"):
        plumbing.start("cat-file", "--batch", stderr=stderr, stdin=subprocess.PIPE)
    assert started[0].returncode is not None
