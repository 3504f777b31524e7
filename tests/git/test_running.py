"""Whose lock is believed left: only that of a process that is known to be no more."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from mkdocs_ems.git import running
from mkdocs_ems.git.running import UNKNOWN, began, here, is_at_work


def test_a_process_is_known_by_its_number_and_when_it_began() -> None:
    own = os.getpid()
    assert is_at_work(own, since=began(own))
    assert is_at_work(own, since=UNKNOWN)


@pytest.mark.skipif(began(os.getpid()) == UNKNOWN, reason="the system there does not say when one began")
def test_another_process_with_the_number_of_one_that_is_no_more_is_not_that_one() -> None:
    assert not is_at_work(os.getpid(), since="1")


def test_a_process_of_which_the_system_says_nothing_counts_as_at_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the processes of other users are hidden, theirs can be asked for no more than that they run."""
    monkeypatch.setattr(running, "_facts", lambda _: [])
    assert is_at_work(os.getpid(), since="4711")


def test_a_container_with_numbers_of_its_own_is_another_place_than_its_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = tmp_path / "pid"
    monkeypatch.setattr(running, "_NUMBERS", numbers)
    assert here() == socket.gethostname()
    numbers.symlink_to("pid:[4026531836]")
    assert here() == socket.gethostname()
    numbers.unlink()
    numbers.symlink_to("pid:[4026532179]")
    assert here() == f"{socket.gethostname()}/pid:[4026532179]"
