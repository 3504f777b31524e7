"""Other standards of the same structure: their clauses, and which topics they share with ISO 14001.

Numbers and short titles only, in our own words. A number of one standard never stands for the
same number of another: 9.1.2 of ISO 9001 is customer satisfaction, and no evaluation of
compliance. What may be shared is said topic by topic, in `standards.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from mkdocs_ems import dataclass
from mkdocs_ems.model.clauses import EDITIONS, Clause, clauses

OTHERS = ("iso9001:2015", "iso45001:2018")
"""The editions of other standards whose clauses are known."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic, with its clauses in each standard."""

    key: str
    numbers: Mapping[str, tuple[str, ...]]
    """Clause numbers by edition; an edition that does not have the topic is missing."""
    shared: str
    """How far one document or register can serve all: `yes`, or in what way."""


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files("mkdocs_ems.model").joinpath("standards.json").read_text(encoding="utf-8")
    data: Mapping[str, Any] = json.loads(text)
    return data


def titles(edition: str) -> tuple[tuple[str, str], ...]:
    """Number and short title of each clause of an edition of another standard; none of an unknown one."""
    return tuple((number, title) for number, title in _data()[edition]) if edition in OTHERS else ()


@cache
def topics() -> tuple[Topic, ...]:
    """Every topic that the standards share, in the order of ISO 14001."""
    return tuple(
        Topic(
            one["key"],
            {edition: tuple(one[edition]) for edition in (*EDITIONS, *OTHERS) if edition in one},
            one["shared"],
        )
        for one in _data()["topics"]
    )


@cache
def of_same_topic(number: str, edition: str, other: str) -> tuple[Clause, ...]:
    """Where the topics of a clause stand in an edition of another standard.

    Args:
        number: the clause.
        edition: its edition.
        other: the other edition, such as `iso9001:2015`.
    """
    known = clauses(other)
    found = [
        there
        for topic in topics()
        if number in topic.numbers.get(edition, ())
        for there in topic.numbers.get(other, ())
    ]
    return tuple(known[one] for one in dict.fromkeys(found))
