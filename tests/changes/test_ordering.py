"""Rows at another place, and as few of them as explain it."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.changes.ordering import moved_rows

ORDERS = st.integers(0, 6).flatmap(lambda size: st.permutations("abcdef"[:size]))


def test_a_row_that_went_to_the_end_is_the_only_one_that_moved() -> None:
    assert moved_rows("abcde", "bcdea") == ("a",)


def test_rows_that_came_or_went_move_nobody() -> None:
    assert moved_rows("abc", "xaycz") == ()
    assert moved_rows("", "abc") == ()
    assert moved_rows("abc", "") == ()


def test_of_a_reversed_order_all_but_one_have_moved() -> None:
    assert len(moved_rows("abcde", "edcba")) == 4


@given(ORDERS)
def test_no_fewer_moves_would_do(order: list[str]) -> None:
    before = sorted(order)
    stays = len(before) - len(moved_rows(before, order))
    longest = max(
        size
        for size in range(len(order) + 1)
        if any(list(some) == sorted(some) for some in _runs(order, size))
    )
    assert stays == longest


@given(ORDERS)
def test_what_has_not_moved_stands_in_the_same_order(order: list[str]) -> None:
    moved = moved_rows(sorted(order), order)
    staying = [row for row in order if row not in moved]
    assert staying == sorted(staying)
    assert [row for row in order if row in moved] == list(moved)


def _runs(order: list[str], size: int) -> set[tuple[str, ...]]:
    at = {row: index for index, row in enumerate(order)}
    return {
        some
        for some in permutations(order, size)
        if all(at[one] < at[other] for one, other in pairwise(some))
    }
