"""Clauses of other standards are known by their numbers, and topics are shared, never numbers."""

from __future__ import annotations

import pytest

from mkdocs_ems.model.clauses import (
    EDITIONS,
    clauses,
    counterparts,
    find_clause,
    other_meaning,
    standard_name,
)
from mkdocs_ems.model.standards import OTHERS, of_same_topic, topics


@pytest.mark.parametrize(
    ("ref", "edition", "title"),
    [
        ("iso9001:9.1.2", "iso9001:2015", "Customer satisfaction"),
        ("iso9001:2015:8.4", "iso9001:2015", "Externally provided processes, products and services"),
        ("iso45001:5.4", "iso45001:2018", "Consultation and participation of workers"),
        ("iso14001:2026:6.3", "2026", "Planning of changes"),
        ("9.1.2", "2015", "Evaluation of compliance"),
    ],
)
def test_a_clause_of_another_standard_is_found_by_its_own_number(ref: str, edition: str, title: str) -> None:
    clause = find_clause(ref, "2015")
    assert clause is not None
    assert (clause.edition, clause.title) == (edition, title)


@pytest.mark.parametrize("ref", ["iso9001:5.4", "iso45001:8.7", "iso9001:2026:8.4", "iso50001:4.1"])
def test_a_clause_that_a_standard_does_not_have_is_not_found(ref: str) -> None:
    assert find_clause(ref, "2015") is None


def test_no_number_stands_for_the_same_number_of_another_standard() -> None:
    assert of_same_topic("9.1.2", "2015", "iso9001:2015") == ()
    assert [one.number for one in of_same_topic("9.1.2", "2015", "iso45001:2018")] == ["9.1.2"]
    assert [one.number for one in of_same_topic("6.3", "2026", "iso45001:2018")] == ["8.1.3"]
    assert [one.number for one in of_same_topic("8.4.2", "iso9001:2015", "2026")] == ["8.1"]


def test_every_number_of_a_topic_exists_in_its_edition() -> None:
    for topic in topics():
        for edition, numbers in topic.numbers.items():
            assert set(numbers) <= set(clauses(edition)), topic.key


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_clause_without_parts_belongs_to_a_topic(edition: str) -> None:
    above = {clause.parent for clause in clauses(edition).values()}
    held = {number for topic in topics() for number in topic.numbers.get(edition, ())}
    assert {number for number in clauses(edition) if number not in above} - held <= {"6.1.1"}


@pytest.mark.parametrize("edition", OTHERS)
def test_every_clause_stands_below_another_of_its_standard(edition: str) -> None:
    known = clauses(edition)
    assert len(known) > 40
    assert all(one.parent is None or one.parent in known for one in known.values())
    assert all(counterparts(one) == () for one in known.values())


def test_editions_are_called_as_people_write_them() -> None:
    assert [standard_name(one) for one in (*EDITIONS, *OTHERS)] == [
        "ISO 14001:2015",
        "ISO 14001:2026",
        "ISO 9001:2015",
        "ISO 45001:2018",
    ]
    assert other_meaning("iso9001:9.1.2", "2015") is None
