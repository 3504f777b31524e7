"""Files that are written beside the work that goes on."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.beside import Beside


def test_everything_is_there_when_it_is_finished(tmp_path: Path) -> None:
    beside = Beside()
    beside.write(tmp_path, [("a/index.html", b"a"), ("b/index.html", b"b")])
    beside.write(tmp_path, [("c/index.html", b"c")])
    beside.finish()
    found = {path.relative_to(tmp_path).as_posix(): path.read_bytes() for path in tmp_path.rglob("*.html")}
    assert found == {"a/index.html": b"a", "b/index.html": b"b", "c/index.html": b"c"}


def test_a_path_that_leads_out_is_refused_with_its_name(tmp_path: Path) -> None:
    beside = Beside()
    beside.write(tmp_path / "site", [("../out.html", b"")])
    with pytest.raises(OutputError, match=r"out\.html"):
        beside.finish()
    assert not (tmp_path / "out.html").exists()


def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"a file where a folder is wanted")
    beside = Beside()
    with pytest.raises(OutputError) as told:  # noqa: PT012 - where it forks, finish tells; where not, write does
        beside.write(tmp_path, [("a/index.html", b"")])
        beside.finish()
    assert len(str(told.value).splitlines()) == 1


def test_a_copy_that_is_killed_is_told(tmp_path: Path) -> None:
    def killed() -> Iterator[tuple[str, bytes]]:
        os.kill(os.getpid(), signal.SIGKILL)
        yield "a", b""

    beside = Beside()
    beside.write(tmp_path, killed())
    with pytest.raises(OutputError, match="run the build again"):
        beside.finish()


def test_where_threads_are_at_work_nothing_is_forked(tmp_path: Path) -> None:
    here: list[int] = []

    def files() -> Iterator[tuple[str, bytes]]:
        here.append(os.getpid())
        yield "a.html", b"a"

    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        Beside().write(tmp_path, files())
    finally:
        done.set()
        thread.join()
    assert here == [os.getpid()]
    assert (tmp_path / "a.html").read_bytes() == b"a"


def test_closing_ends_what_still_runs(tmp_path: Path) -> None:
    def endless() -> Iterator[tuple[str, bytes]]:
        threading.Event().wait()
        yield "a", b""

    beside = Beside()
    beside.write(tmp_path, endless())
    beside.close()
    beside.finish()
