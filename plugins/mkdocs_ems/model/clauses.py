"""The clauses of ISO 14001: numbers and short titles of both editions, and where topics moved.

Only facts: no text of the standard. A number by itself means nothing without its
edition, since some numbers name another topic in the other one; the `key` of a clause
names the topic and is stable across editions. The data stands in `clauses.json`; the clauses
of other standards that an organisation works to beside it stand in `standards`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from mkdocs_ems import dataclass

EDITIONS = ("2015", "2026")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of one edition."""

    key: str
    """The topic, the same in every edition: `planning.aspects`."""
    number: str
    title: str
    """Short title, in our words."""
    edition: str
    """`2015` or `2026` of ISO 14001; `iso9001:2015` or `iso45001:2018`."""

    @property
    def order(self) -> tuple[int, ...]:
        """What clauses are sorted by: 6.1.2 before 6.1.10 before 10."""
        return clause_order(self.number)

    @property
    def parent(self) -> str | None:
        """The number above; None for a main clause."""
        return self.number.rpartition(".")[0] or None

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


@cache
def _data() -> Mapping[str, object]:
    text = resources.files("mkdocs_ems.model").joinpath("clauses.json").read_text(encoding="utf-8")
    data: Mapping[str, object] = json.loads(text)
    return data


@cache
def clauses(edition: str) -> Mapping[str, Clause]:
    """Every clause of an edition by number, in the standard's order; empty for an unknown edition."""
    rows = _data().get(edition) if edition in EDITIONS else None
    if not isinstance(rows, list):
        return _of_other_standard(edition)
    return MappingProxyType({number: Clause(key, number, title, edition) for number, key, title in rows})


def _of_other_standard(edition: str) -> Mapping[str, Clause]:
    from mkdocs_ems.model.standards import titles  # noqa: PLC0415 - few content names another standard

    made = {
        number: Clause(f"{edition}:{number}", number, title, edition) for number, title in titles(edition)
    }
    return MappingProxyType(made)


def find_clause(ref: str, edition: str) -> Clause | None:
    """The clause that a reference names.

    `6.1.2` in the given edition, `2026:6.1.4` in its own, `iso9001:8.4` in that standard.
    """
    named, number = _split(ref, edition)
    return clauses(named).get(number)


def clause_order(number: str) -> tuple[int, ...]:
    """A number's place: its parts as numbers, an edition before it left out."""
    return tuple(int(part) for part in number.rpartition(":")[2].split(".") if part.isdecimal())


def counterparts(clause: Clause) -> tuple[Clause, ...]:
    """Where the same topic stands in the other edition; empty where it is new or gone."""
    moved = _moved()
    if clause.edition not in EDITIONS:
        return ()
    if clause.edition == "2026":
        earlier = moved.get(clause.number, (clause.number,))
        found = [clauses("2015").get(number) for number in earlier]
    else:
        later = [number for number, earlier in moved.items() if clause.number in earlier]
        same = clauses("2026").get(clause.number)
        if same is not None and same.key == clause.key:
            later.append(clause.number)
        found = [clauses("2026").get(number) for number in sorted(set(later), key=clause_order)]
    return tuple(one for one in found if one is not None)


def named_with(number: str, named: Collection[str]) -> bool:
    """Whether a clause is among those that are named, by itself or by one above it."""
    while number:
        if number in named:
            return True
        number = number.rpartition(".")[0]
    return False


def other_meaning(ref: str, edition: str) -> str | None:
    """A sentence where the number names another topic in the other edition; None where it does not."""
    clause = find_clause(ref, edition)
    if clause is None or clause.edition not in EDITIONS:
        return None
    other = _other(clause.edition)
    there = clauses(other).get(clause.number)
    if there is None or there.key == clause.key:
        return None
    here = " and ".join(one.number for one in counterparts(there))
    moved = f", which stands at {here} in {clause.edition}" if here else ""
    return f"{clause.number} is {clause.title} in {clause.edition}, but {there.title} in {other}{moved}"


def clause_help(ref: str, edition: str) -> str:
    """What to write instead of a number that the edition does not have."""
    named, number = _split(ref, edition)
    if clauses(named) and named not in EDITIONS:
        return f"the main clauses of {standard_name(named)} are 4 to 10: look its parts up there"
    if named not in EDITIONS:
        return f"write one of the editions {' and '.join(EDITIONS)} before the colon, or none"
    there = clauses(_other(named)).get(number)
    if there is not None:
        topics = counterparts(there)
        if topics:
            return (
                f"{there.number} stands in the edition of {there.edition} ({there.title}); "
                f"in {named} that is {' and '.join(str(one) for one in topics)}"
            )
        return f"{there.number} {there.title} is new in {there.edition}; {named} has no such clause"
    above = number
    while above := above.rpartition(".")[0]:
        within = [one.number for one in clauses(named).values() if one.parent == above]
        if above in clauses(named):
            return f"{above} has {', '.join(within)}" if within else f"{above} has no parts: write {above}"
    return f"the main clauses are {', '.join(one for one in clauses(named) if '.' not in one)}"


def _moved() -> Mapping[str, tuple[str, ...]]:
    table = _data()["2026 to 2015"]
    assert isinstance(table, dict)
    return {number: tuple(earlier) for number, earlier in table.items()}


def _other(edition: str) -> str:
    return "2015" if edition == "2026" else "2026"


def _split(ref: str, edition: str) -> tuple[str, str]:
    named, colon, number = ref.rpartition(":")
    return (_SPELT.get(named, named) if colon else edition), number


_SPELT: Mapping[str, str] = MappingProxyType(
    {
        "iso14001:2015": "2015",
        "iso14001:2026": "2026",
        "iso9001": "iso9001:2015",
        "iso45001": "iso45001:2018",
    }
)
"""Other ways to write an edition before a number."""


def standard_name(edition: str) -> str:
    """A standard with its edition as people write it: `ISO 14001:2026`, `ISO 9001:2015`."""
    name, colon, year = edition.rpartition(":")
    return f"ISO {name.removeprefix('iso')}:{year}" if colon else f"ISO 14001:{year}"
