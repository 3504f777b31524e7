from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.running import here, is_at_work
from mkdocs_ems.site import locking
from mkdocs_ems.site.locking import locked

_REFUSED = 3


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "lock"


@pytest.fixture(params=[True, False], ids=["links", "no links"])
def links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """A system with links, and one that refuses them."""

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if not request.param:
        monkeypatch.setattr(Path, "symlink_to", refuse)
    return bool(request.param)


def said(lock: Path) -> str:
    return str(lock.readlink()) if lock.is_symlink() else lock.read_text()


@pytest.mark.usefixtures("links")
def test_a_lock_says_whose_it_is_and_goes_with_the_block(lock: Path) -> None:
    with locked(lock, busy="busy"):
        process, started, host = said(lock).split()
        assert (int(process), host) == (os.getpid(), here())
        assert started.isdecimal()
    assert not os.path.lexists(lock)


@pytest.mark.usefixtures("links")
def test_a_lock_is_held_by_one_only(lock: Path) -> None:
    with locked(lock, busy="busy"):
        with pytest.raises(OutputError, match="busy"), locked(lock, busy="busy"):
            pass
        assert os.path.lexists(lock)


def left_by_the_killed(lock: Path) -> None:
    """A lock whose holder was killed."""
    child = os.fork()
    if child == 0:
        with locked(lock, busy="busy"):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert os.path.lexists(lock)


def one_more(lock: Path) -> int:
    """A process that tries to hold it too, and ends with 0 where it does."""
    child = os.fork()
    if child == 0:
        try:
            with locked(lock, busy="busy"):
                os._exit(0)
        except OutputError:
            os._exit(_REFUSED)
        finally:
            os._exit(1)
    return child


@pytest.mark.usefixtures("links")
def test_the_lock_of_who_was_killed_is_taken_over(lock: Path) -> None:
    left_by_the_killed(lock)
    with locked(lock, busy="busy"):
        assert said(lock).split()[0] == str(os.getpid())
    assert not list(lock.parent.iterdir())


def test_a_lock_that_leads_to_a_file_is_not_read_through(lock: Path, tmp_path: Path) -> None:
    (tmp_path / "other").write_text(f"999999999 1 {here()}\n")
    lock.symlink_to(tmp_path / "other")
    with pytest.raises(OutputError, match="busy"), locked(lock, busy="busy"):
        pass


def test_a_folder_that_cannot_be_written_says_so(lock: Path) -> None:
    with pytest.raises(OSError, match="No such file"), locked(lock / "below", busy="busy"):
        pass


@pytest.mark.usefixtures("links")
def test_while_one_takes_over_a_lock_nobody_else_does(lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another comes between its look at the lock and its own: two would hold it."""
    left_by_the_killed(lock)
    others: list[int] = []

    def looked_at(process: int, *, since: str) -> bool:
        if not others:
            others.append(0)
            others[0] = os.waitstatus_to_exitcode(os.waitpid(one_more(lock), 0)[1])
        return is_at_work(process, since=since)

    monkeypatch.setattr(locking, "is_at_work", looked_at)
    with locked(lock, busy="busy"):
        assert said(lock).split()[0] == str(os.getpid())
    assert others == [_REFUSED]
    assert not list(lock.parent.iterdir())
