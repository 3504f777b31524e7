from __future__ import annotations

import os
import signal

import pytest

from mkdocs_ems.errors import OutputError
from mkdocs_ems.site.sharing import shared_out


def tripled(piece: int) -> int:
    return 3 * piece


def told_who(_: int) -> int:
    return os.getpid()


def ended(_: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("spreads", [False, True])
def test_what_came_of_each_piece_is_given_in_their_order(jobs: int, *, spreads: bool) -> None:
    for count in (0, 1, 4, 5):
        done = list(shared_out(tripled, range(count), jobs=jobs, spreads=spreads))
        assert done == [3 * piece for piece in range(count)]


def test_a_piece_that_would_be_left_over_is_done_here_if_it_spreads() -> None:
    def done_here(count: int, *, jobs: int, spreads: bool = True) -> list[bool]:
        return [who == os.getpid() for who in shared_out(told_who, range(count), jobs=jobs, spreads=spreads)]

    assert done_here(5, jobs=2) == [False, False, False, False, True]
    assert done_here(4, jobs=2) == [False] * 4
    assert done_here(5, jobs=2, spreads=False) == [False] * 5
    assert done_here(1, jobs=2, spreads=False) == [True]
    assert done_here(1, jobs=1) == [False]


def test_a_process_that_was_ended_from_outside_ends_the_whole() -> None:
    with pytest.raises(OutputError, match="ended from outside"):
        list(shared_out(ended, range(2), jobs=2))
