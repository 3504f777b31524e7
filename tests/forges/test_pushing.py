"""Who pushed: told in full, or unknown."""

from __future__ import annotations

import pytest

from mkdocs_ems.forges.pushing import Trunk, UnknownPusherError, pushers
from mkdocs_ems.forges.values import Account, Push, Request, Written

BASE, ONE, TWO, OLD, LATER = ("b" * 40, "1" * 40, "2" * 40, "0d" * 20, "9" * 40)
TRUNK = Trunk("main", "works/ems", {"a" * 40: 0, BASE: 1, LATER: 2}, {"a" * 40, BASE, LATER})
REQUEST = Request("works/ems", 1, "works/ems#1", "main", Account("ann"), "works/ems", "work", TWO, (LATER,))
COMMITS = (Written(ONE, (BASE,), None, "a@x"), Written(TWO, (ONE,), None, "a@x"))


def push(by: str | None, before: str | None, after: str, branch: str = "work") -> Push:
    return Push(Account(by) if by else None, branch, before, after)


def names(*pushes: Push, request: Request = REQUEST) -> list[str]:
    return [account.name for account in pushers(request, COMMITS, pushes, TRUNK)]


def test_one_push_of_a_new_branch_tells_it_all() -> None:
    assert names(push("ann", None, TWO)) == ["ann"]


def test_a_branch_is_followed_back_push_by_push() -> None:
    assert names(push("ann", ONE, TWO), push("ben", None, ONE)) == ["ann", "ben"]


def test_a_branch_that_began_at_the_main_one_is_followed_to_there() -> None:
    assert names(push("ann", ONE, TWO), push("ben", BASE, ONE), push("cid", None, BASE)) == ["ann", "ben"]


def test_what_was_pushed_over_counts_as_pushed() -> None:
    assert names(push("ann", OLD, TWO), push("ben", BASE, OLD)) == ["ann", "ben"]


def test_a_gap_makes_the_pusher_unknown() -> None:
    with pytest.raises(UnknownPusherError, match="who pushed 111111111111 to work"):
        names(push("ann", ONE, TWO))


def test_a_head_that_nobody_pushed_is_unknown() -> None:
    with pytest.raises(UnknownPusherError, match="who pushed 222222222222 to work"):
        names(push("ben", None, ONE))


def test_an_account_that_is_gone_is_unknown() -> None:
    with pytest.raises(UnknownPusherError, match="is gone"):
        names(push("ann", ONE, TWO), push(None, None, ONE))


def test_who_pushed_the_commits_to_another_branch_counts() -> None:
    pushes = (push("ann", None, TWO), push("ben", None, ONE, "drafts"), push("cid", "a" * 40, BASE, "main"))
    assert names(*pushes) == ["ann", "ben"]


def test_another_branch_of_other_commits_says_nothing() -> None:
    assert names(push("eve", None, LATER, "other"), push("ann", None, TWO)) == ["ann"]


def test_who_merged_into_the_main_branch_pushed_nothing_of_it() -> None:
    assert names(push("mary", BASE, TWO, "main"), push("ann", None, TWO)) == ["ann"]


def test_nobody_reads_on_behind_where_the_request_began() -> None:
    def pushes() -> object:
        yield push("ann", None, TWO)
        yield push("cid", "a" * 40, BASE, "main")
        raise AssertionError("read on")

    found = pushers(REQUEST, COMMITS, pushes(), TRUNK)  # type: ignore[arg-type]  # a generator that must stop
    assert [account.name for account in found] == ["ann"]


def test_the_same_branch_name_of_an_earlier_request_says_nothing() -> None:
    assert names(push("ann", None, TWO), push("old", None, OLD)) == ["ann"]
