"""Places in a ranking: ties are shared, nothing but the score decides, percentages round up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.model import AspectRow
from mkdocs_ems.model.assessment import Linked
from mkdocs_ems.model.method import Rank, Significance
from mkdocs_ems.model.ranking import ranked
from mkdocs_ems.model.significance import assess_all


def among(scores: list[int], rank: Rank) -> list[bool]:
    found = ranked({index: Fraction(score) for index, score in enumerate(scores)}, rank)
    return [found[index].among for index in range(len(scores))]


@pytest.mark.parametrize(
    ("rank", "inside"),
    [
        (Rank(top=2), [True, True, True, False]),
        (Rank(top=2, ties="out"), [True, False, False, False]),
        (Rank(top=3), [True, True, True, False]),
        (Rank(top=9), [True, True, True, True]),
        (Rank(top_percent=25), [True, False, False, False]),
        (Rank(top_percent=26), [True, True, True, False]),
        (Rank(top_percent=26, ties="out"), [True, False, False, False]),
    ],
)
def test_who_ties_with_the_last_place_is_in_or_out_together(rank: Rank, inside: list[bool]) -> None:
    assert among([20, 15, 15, 3], rank) == inside


@settings(deadline=None)
@given(st.lists(st.integers(0, 20)), st.integers(1, 10), st.sampled_from(["in", "out"]))
def test_a_rank_is_monotone_and_does_not_depend_on_the_order(scores: list[int], top: int, ties: str) -> None:
    rank = Rank.model_validate({"top": top, "ties": ties})
    inside = {score for score, one in zip(scores, among(scores, rank), strict=True) if one}
    outside = {score for score, one in zip(scores, among(scores, rank), strict=True) if not one}
    assert not inside & outside
    assert not inside or not outside or min(inside) > max(outside)
    assert among(scores[::-1], rank) == among(scores, rank)[::-1]


METHOD = Significance.model_validate(
    {
        "criteria": {"weight": {"values": {str(value): "words" for value in range(1, 6)}}},
        "formula": "weight / 10",
        "rank": {"top": "2"},
    }
)


def row(weight: str, **more: object) -> tuple[AspectRow, Linked]:
    return AspectRow.model_validate({"criteria": {"weight": weight}, **more}), Linked()


def test_withdrawn_aspects_and_those_without_a_score_are_not_counted() -> None:
    rows = [row("5", status="withdrawn"), row("4"), row("3"), row("2"), row("9")]
    found = assess_all(rows, METHOD)
    assert [one.significant for one in found] == [None, True, True, False, None]
    assert found[1].computation == "weight 4 ÷ 10 = 0.4; ranked 1 of 3, the first 2 are significant"
    assert found[0].computation.endswith("withdrawn, so not ranked")


def test_an_override_stands_over_a_rank_and_keeps_its_place_in_it() -> None:
    found = assess_all([row("5", override={"value": "false"}), row("4"), row("3")], METHOD)
    assert [(one.significant, one.by_method) for one in found] == [
        (False, True),
        (True, True),
        (False, False),
    ]


def test_twelve_hundred_aspects_share_their_few_ratings() -> None:
    rows = [row(str(1 + index % 5), id=f"ASP-{index:04}") for index in range(1200)]
    found = assess_all(rows, METHOD)
    assert len({id(one) for one in found}) == 5
    assert sum(one.significant is True for one in found) == 240
