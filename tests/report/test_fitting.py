"""What of a long report fits: whole entries, those that count most first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.report.fitting import Block, fitted


def block(
    title: str, *entries: str, rank: int = 1, head: str = "", foot: str = "", unlisted: int = 0
) -> Block:
    return Block(title, rank, head, entries, foot, "entry", unlisted)


def test_all_of_it_stands_in_reading_order_where_there_is_room() -> None:
    blocks = [block("A", "1", "2", rank=2, head="(", foot=")"), block("A", "3"), block("B", "4")]
    made = fitted(blocks, room=100, size=len)
    assert made.text == "A(12)3B4"
    assert made.left_out == {}


def test_what_counts_most_is_filled_in_first() -> None:
    blocks = [block("A", "aaaa", rank=2), block("B", "bbbb", rank=1)]
    made = fitted(blocks, room=7, size=len)
    assert made.text == "Bbbbb"
    assert made.left_out == {"entry": 1}


def test_an_entry_that_does_not_fit_makes_room_for_a_smaller_one_after_it() -> None:
    made = fitted([block("A", "a" * 50, "b")], room=5, size=len)
    assert (made.text, made.left_out) == ("Ab", {"entry": 1})


def test_neither_titles_nor_heads_stand_above_nothing() -> None:
    made = fitted([block("Title", "entry", head="head", foot="foot")], room=10, size=len)
    assert (made.text, made.left_out) == ("", {"entry": 1})


def test_what_nobody_laid_out_is_counted_too() -> None:
    assert fitted([block("A", "1", unlisted=7)], room=100, size=len).left_out == {"entry": 7}


@given(
    st.lists(
        st.builds(
            Block,
            st.sampled_from(["A", "B", "CC"]),
            st.integers(1, 3),
            st.text(max_size=4),
            st.lists(st.text(min_size=1, max_size=20), max_size=6).map(tuple),
            st.text(max_size=4),
            st.just("entry"),
        ),
        max_size=6,
    ),
    st.integers(0, 200),
)
def test_it_never_takes_more_than_there_is_and_loses_no_entry_unsaid(blocks: list[Block], room: int) -> None:
    # Blocks under one title follow one another, as sections do.
    blocks.sort(key=lambda one: one.title)
    made = fitted(blocks, room=room, size=len)
    assert len(made.text) <= room
    assert made.left_out.get("entry", 0) <= sum(len(one.entries) for one in blocks)
    if not made.left_out:
        assert all(entry in made.text for one in blocks for entry in one.entries)
