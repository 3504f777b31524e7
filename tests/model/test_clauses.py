"""A clause number means nothing without its edition."""

from __future__ import annotations

import pytest

from mkdocs_ems.model.clauses import (
    EDITIONS,
    clause_help,
    clause_order,
    clauses,
    counterparts,
    find_clause,
    other_meaning,
)


def numbers(edition: str, number: str) -> list[str]:
    return [one.number for one in counterparts(clauses(edition)[number])]


def test_both_editions_are_whole_and_in_order() -> None:
    for edition, count in (("2015", 45), ("2026", 49)):
        known = list(clauses(edition))
        assert len(known) == count
        assert known == sorted(known, key=clause_order)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_clause_stands_below_one_that_exists_and_has_a_key_of_its_own(edition: str) -> None:
    known = clauses(edition)
    assert all(one.parent is None or one.parent in known for one in known.values())
    assert len({one.key for one in known.values()}) == len(known)


def test_a_reference_may_name_its_edition() -> None:
    ours, theirs = find_clause("6.1.4", "2015"), find_clause("2026:6.1.4", "2015")
    assert ours is not None
    assert theirs is not None
    assert (ours.title, theirs.title) == ("Planning action", "Risks and opportunities")
    assert (theirs.edition, str(theirs)) == ("2026", "6.1.4 Risks and opportunities")


@pytest.mark.parametrize("ref", ["6.1.5", "6.3", "9.3.1", "2015:6.1.5", "4.5", "", "x", "1999:4"])
def test_a_number_that_the_edition_does_not_have_is_none(ref: str) -> None:
    assert find_clause(ref, "2015") is None


@pytest.mark.parametrize(
    ("number", "earlier"),
    [
        ("6.1.2", ["6.1.2"]),
        ("6.1.4", ["6.1.1"]),
        ("6.1.5", ["6.1.4"]),
        ("6.3", []),
        ("9.3.2", ["9.3"]),
        ("10.1", ["10.1", "10.3"]),
    ],
)
def test_topics_of_2026_are_found_in_2015(number: str, earlier: list[str]) -> None:
    assert numbers("2026", number) == earlier


@pytest.mark.parametrize(
    ("number", "later"),
    [
        ("6.1.1", ["6.1.1", "6.1.4"]),
        ("6.1.4", ["6.1.5"]),
        ("9.3", ["9.3", "9.3.1", "9.3.2", "9.3.3"]),
        ("10.1", ["10.1"]),
        ("10.3", ["10.1"]),
    ],
)
def test_topics_of_2015_are_found_in_2026(number: str, later: list[str]) -> None:
    assert numbers("2015", number) == later


def test_a_number_that_changed_its_topic_says_so() -> None:
    assert other_meaning("6.1.4", "2026") == (
        "6.1.4 is Risks and opportunities in 2026, but Planning action in 2015, which stands at 6.1.5 in 2026"
    )
    assert {one for one in clauses("2015") if other_meaning(one, "2015")} == {"6.1.4", "10.1"}


@pytest.mark.parametrize(
    ("ref", "edition", "words"),
    [
        ("6.1.5", "2015", "in 2015 that is 6.1.4 Planning action"),
        ("10.3", "2026", "in 2026 that is 10.1 Continual improvement"),
        ("6.3", "2015", "is new in 2026"),
        ("9.1.3", "2015", "9.1 has 9.1.1, 9.1.2"),
        ("8.1.2", "2026", "8.1 has no parts: write 8.1"),
        ("11", "2015", "the main clauses are 4, 5, 6, 7, 8, 9, 10"),
        ("2018:4", "2015", "write one of the editions 2015 and 2026"),
    ],
)
def test_an_unknown_number_is_answered_with_what_to_write(ref: str, edition: str, words: str) -> None:
    assert words in clause_help(ref, edition)


def test_an_unknown_edition_has_no_clauses() -> None:
    assert clauses("2018") == {}
