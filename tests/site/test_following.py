"""What became of a row in another version: followed from one to the next, never to a row that took its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.pages.successor import Became
from mkdocs_ems.site.following import followed
from mkdocs_ems.site.part_head import PartHead
from support.site_parts import FACTS


def head(folder: str, ids: str, *, since: str = "", **renumbered: str) -> PartHead:
    """A version that has rows of these ids, and tells which were others in the one before."""
    pages = {one: f"registers/aspects/{one}/index.html" for one in ids.split()}
    return replace(FACTS, folder=folder, name=folder, ids=pages, since=since, renumbered=renumbered)


def by_folder(*heads: PartHead) -> Mapping[str, PartHead]:
    return {one.folder: one for one in heads}


THREE = by_folder(
    head("v1", "A B"), head("v2", "A2 B", since="v1", A="A2"), head("current", "A3 B", since="v2", A2="A3")
)


def test_a_row_is_followed_over_several_versions() -> None:
    assert followed(THREE, here="v1", there="v2") == {"A": Became("A2", stands=True)}
    assert followed(THREE, here="v1", there="current") == {"A": Became("A3", stands=True)}
    assert followed(THREE, here="v2", there="current") == {"A2": Became("A3", stands=True)}


def test_a_row_is_followed_back_too() -> None:
    assert followed(THREE, here="current", there="v1") == {"A3": Became("A", stands=True)}


def test_a_row_that_got_its_old_id_back_is_as_it_was() -> None:
    back = by_folder(*THREE.values(), head("v3", "A B", since="current", A3="A"))
    assert followed(back, here="v1", there="v3") == {}
    assert followed(back, here="v2", there="v3") == {"A2": Became("A", stands=True)}


def test_of_two_that_came_from_one_version_the_way_leads_over_that() -> None:
    # A tag that was set after the main branch's commit: what is in force was not compared with it.
    late = by_folder(*THREE.values(), head("v3", "A4 B", since="v2", A2="A4"))
    assert followed(late, here="v3", there="current") == {"A4": Became("A3", stands=True)}


@pytest.mark.parametrize("later", ["B", "A2 B"])
def test_a_row_that_is_gone_under_its_new_id_is_not_the_one_that_has_that_id_later(later: str) -> None:
    heads = by_folder(
        head("v1", "A B"),
        head("v2", "A2 B", since="v1", A="A2"),
        head("v3", "B", since="v2"),
        head("v4", later, since="v3"),
    )
    assert followed(heads, here="v1", there="v4") == {"A": Became("A2", stands=False)}


def test_a_row_that_is_gone_is_not_the_one_that_had_its_id_later_and_was_renumbered() -> None:
    heads = by_folder(
        head("v1", "A"),
        head("v2", "", since="v1"),
        head("v3", "A", since="v2"),
        head("v4", "C", since="v3", A="C"),
    )
    assert followed(heads, here="v1", there="v4") == {}
    assert followed(heads, here="v3", there="v4") == {"A": Became("C", stands=True)}


def test_an_old_id_that_another_row_has_later_still_leads_to_the_row_that_had_it_first() -> None:
    heads = by_folder(*THREE.values(), head("v3", "A A3 B", since="current"))
    assert followed(heads, here="v1", there="v3") == {"A": Became("A3", stands=True)}


def test_nothing_is_known_of_a_version_that_was_compared_with_none_or_with_one_that_is_not_there() -> None:
    for since in ("", "v0"):
        alone = by_folder(*THREE.values(), head("v3", "A9 B", since=since, A3="A9"))
        assert followed(alone, here="v1", there="v3") == {}
    assert followed(THREE, here="v0", there="current") == {}


def test_versions_that_name_each_other_as_the_one_before_end_nowhere() -> None:
    heads = by_folder(head("v1", "A", since="v2", B="A"), head("v2", "B", since="v1", A="B"), head("v3", "C"))
    assert followed(heads, here="v1", there="v2") == {"A": Became("B", stands=True)}
    assert followed(heads, here="v1", there="v3") == {}


IDS = "ABCDEFG"
states = st.lists(
    st.dictionaries(st.sampled_from(IDS), st.integers(0, 6), max_size=6).filter(
        lambda state: len({*state.values()}) == len(state)
    ),
    min_size=2,
    max_size=6,
)


def told(states: Sequence[Mapping[str, int]]) -> Mapping[str, PartHead]:
    """Versions in a row, each of rows by their ids, and what a comparison says of them.

    A row that has another id is told only if nothing goes by the old id now, nor went by the new one.
    """
    heads = [head("v0", " ".join(states[0]))]
    for at, (before, after) in enumerate(pairwise(states), 1):
        where = {row: one for one, row in after.items()}
        pairs = {
            old: where[row]
            for old, row in before.items()
            if row in where and old not in after and where[row] not in before
        }
        heads.append(head(f"v{at}", " ".join(after), since=f"v{at - 1}", **pairs))
    return by_folder(*heads)


@given(states)
def test_whoever_is_followed_is_found_as_if_every_step_were_gone_by_itself(
    states: list[Mapping[str, int]],
) -> None:
    heads = told(states)
    last = len(states) - 1
    for one in states[0]:
        now, stands = one, True
        renumbered = False
        for at in range(1, last + 1):
            if not stands:
                break
            later = heads[f"v{at}"]
            renumbered |= now in later.renumbered
            stands = now in later.renumbered or now in later.ids
            now = later.renumbered.get(now, now)
        expected = Became(now, stands) if renumbered and (now != one or not stands) else None
        assert followed(heads, here="v0", there=f"v{last}").get(one) == expected
