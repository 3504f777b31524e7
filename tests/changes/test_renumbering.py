"""Rows that are the same under another id, and rows that are not."""

from __future__ import annotations

from collections import Counter
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.changes.renumbering import CLEARLY, ENOUGH, MOST_ROWS, renumbered
from mkdocs_ems.changes.values import Written
from mkdocs_ems.source import Data

PROSE = "nickel and chromium in the rinse water of the plating line reach the drain"
WORDS = tuple(PROSE.split())


def row(
    identity: str | None, title: str = "Nickel in rinse water", *, kind: str = "aspect", **fields: Data
) -> Written:
    return Written(kind, "registers/a.yml", title, {"title": title, **fields}, id=identity, document="REG-1")


def pairs(gone: dict[str, Written], came: dict[str, Written]) -> dict[str, str]:
    return dict(renumbered(gone, came).pairs)


def text(changed: int) -> str:
    """Fourteen words, so many of them changed."""
    return " ".join((*(f"other{index}" for index in range(changed)), *WORDS[changed:]))


def numbered(first: int, count: int) -> dict[str, Written]:
    """Rows that differ by one word each."""
    return {
        f"ASP-{index}": row(f"ASP-{index}", impact=f"{PROSE} {index}")
        for index in range(first, first + count)
    }


def test_a_row_that_says_the_very_same_is_the_same() -> None:
    assert pairs({"ASP-1": row("ASP-1", "Noise")}, {"ASP-9": row("ASP-9", "Noise")}) == {"ASP-1": "ASP-9"}


def test_rows_of_another_kind_are_others() -> None:
    assert pairs({"ASP-1": row("ASP-1")}, {"RSK-1": row("RSK-1", kind="risk")}) == {}


def test_of_several_that_say_the_very_same_nobody_knows_which_is_which() -> None:
    gone = {"ASP-1": row("ASP-1", "Noise"), "ASP-2": row("ASP-2", "Noise")}
    assert pairs(gone, {"ASP-9": row("ASP-9", "Noise")}) == {}


def test_rows_without_anything_in_them_are_not_the_same() -> None:
    empty = Written("aspect", "registers/a.yml", "ASP-1", {}, id="ASP-1", document="REG-1")
    assert pairs({"ASP-1": empty}, {"ASP-2": empty}) == {}


def test_an_id_that_can_be_none_is_no_part_of_what_a_row_says() -> None:
    gone = {"registers/a.yml:0": row(None, "Noise", id="A:1")}
    assert pairs(gone, {"ASP-1": row("ASP-1", "Noise")}) == {"registers/a.yml:0": "ASP-1"}


@pytest.mark.parametrize(("changed", "same"), [(3, True), (6, False)])
def test_a_row_that_is_reworded_is_the_same_while_most_of_its_words_stay(*, changed: int, same: bool) -> None:
    # Of 18 words 15 stay (0.83), or 12 (0.67).
    gone, came = {"ASP-1": row("ASP-1", impact=text(0))}, {"ASP-9": row("ASP-9", impact=text(changed))}
    assert pairs(gone, came) == ({"ASP-1": "ASP-9"} if same else {})


def test_words_count_in_their_own_field_alone() -> None:
    gone, came = {"ASP-1": row("ASP-1", impact=text(0))}, {"ASP-9": row("ASP-9", reason=text(0))}
    assert pairs(gone, came) == {}


def test_a_word_counts_as_often_as_it_stands_there() -> None:
    gone = {"ASP-1": row("ASP-1", impact=PROSE)}
    assert pairs(gone, {"ASP-9": row("ASP-9", impact=f"{PROSE} drain")}) == {"ASP-1": "ASP-9"}
    assert pairs(gone, {"ASP-9": row("ASP-9", impact=PROSE + " drain" * 20)}) == {}


def test_bookkeeping_is_no_likeness_and_no_difference() -> None:
    gone = {"ASP-1": row("ASP-1", impact=text(1), notes="one " * 50, last_reviewed="2026-01-01")}
    came = {"ASP-9": row("ASP-9", impact=text(0), notes="two " * 50, last_reviewed="2026-02-02")}
    assert pairs(gone, came) == {"ASP-1": "ASP-9"}


def test_a_title_that_is_quite_another_makes_another_thing() -> None:
    gone, came = (
        {"ASP-1": row("ASP-1", "Noise", impact=text(0))},
        {"ASP-9": row("ASP-9", "Light", impact=text(0))},
    )
    assert pairs(gone, came) == {}


def test_of_few_words_too_much_is_alike_by_chance() -> None:
    gone, came = (
        {"ASP-1": row("ASP-1", impact="to the drain")},
        {"ASP-9": row("ASP-9", impact="to the river")},
    )
    assert pairs(gone, came) == {}


def test_where_two_are_alike_nobody_is_paired() -> None:
    gone = {"ASP-1": row("ASP-1", impact=text(0))}
    came = {"ASP-8": row("ASP-8", impact=text(1)), "ASP-9": row("ASP-9", impact=text(2))}
    assert pairs(gone, came) == {}
    assert pairs(came, gone) == {}


def test_the_one_that_is_clearly_nearest_is_the_same() -> None:
    gone = {"ASP-1": row("ASP-1", impact=text(0))}
    came = {"ASP-8": row("ASP-8", impact=text(1)), "ASP-9": row("ASP-9", impact=text(4))}
    assert pairs(gone, came) == {"ASP-1": "ASP-8"}


def test_words_deep_within_a_field_count_too() -> None:
    deep: Data = {"criteria": [{"why": text(0)}]}
    other: Data = {"criteria": [{"why": text(2)}]}
    assert pairs({"ASP-1": row("ASP-1", a=deep)}, {"ASP-9": row("ASP-9", a=other)}) == {"ASP-1": "ASP-9"}


def test_ten_thousand_rows_on_each_side_end_soon_and_say_that_they_were_not_looked_at() -> None:
    gone, came = numbered(0, 10_000), numbered(20_000, 10_000)
    began = process_time()
    found = renumbered(gone, came)
    assert process_time() - began < 2
    assert found.pairs == {}
    assert found.not_paired == 10_000


def test_ten_thousand_rows_that_only_got_other_ids_are_all_recognised() -> None:
    gone = numbered(0, 10_000)
    came = {key.replace("ASP", "ENV"): one for key, one in gone.items()}
    found = renumbered(gone, came)
    assert len(found.pairs) == 10_000
    assert found.pairs["ASP-77"] == "ENV-77"
    assert found.not_paired == 0


def test_rows_that_are_all_alike_end_soon_and_are_not_paired() -> None:
    gone, came = numbered(0, MOST_ROWS), numbered(20_000, MOST_ROWS)
    began = process_time()
    found = renumbered(gone, came)
    assert process_time() - began < 2
    assert found.pairs == {}
    assert found.not_paired


def test_rows_that_are_gone_for_good_were_looked_for() -> None:
    assert renumbered(numbered(0, MOST_ROWS + 1), {}).not_paired == 0


SOME = st.lists(st.lists(st.sampled_from("abcdefghij"), min_size=10, max_size=14), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SOME, SOME)
def test_looking_at_the_rarest_words_alone_misses_nobody(old: list[list[str]], new: list[list[str]]) -> None:
    gone = {f"A-{index}": row(f"A-{index}", "Rinse", t=" ".join(words)) for index, words in enumerate(old)}
    came = {f"B-{index}": row(f"B-{index}", "Rinse", t=" ".join(words)) for index, words in enumerate(new)}
    scores = {(one, other): likeness(gone[one], came[other]) for one in gone for other in came}
    expected = {
        one: other
        for (one, other), score in scores.items()
        if score >= ENOUGH - 1e-9
        and all(
            score - rival >= CLEARLY - 1e-9
            for pair, rival in scores.items()
            if (pair[0] == one) != (pair[1] == other)
        )
    }
    found = pairs(gone, came)
    # Those that say the very same go before, whoever else is near.
    others = {one: other for one, other in found.items() if gone[one].fields != came[other].fields}
    same = found.keys() - others.keys()
    taken = {found[one] for one in same}
    assert others.items() <= expected.items() or same
    assert {one for one, other in expected.items() if one not in same and other not in taken} <= found.keys()


def likeness(one: Written, other: Written) -> float:
    here, there = (Counter(str(each.fields["t"]).split()) + Counter(["title"]) for each in (one, other))
    return 2 * (here & there).total() / (here.total() + there.total())
