"""Our dataclasses behave as those of the standard library, but for being frozen."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import field
from pathlib import Path

import pytest

import mkdocs_ems
from mkdocs_ems import dataclass

PACKAGE = Path(mkdocs_ems.__file__).parent


@dataclass(frozen=True, slots=True)
class Place:
    path: str
    line: int = 1
    known: list[str] = field(default_factory=list, compare=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Other:
    path: str
    line: int = 1
    known: list[str] = field(default_factory=list, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True)
class Worded:
    words: str

    def __repr__(self) -> str:
        return f"<{self.words}>"


@dataclass(frozen=True, slots=True, order=True)
class Ranked:
    rank: int


def test_values_with_the_same_fields_are_one() -> None:
    assert Place("a", 2) == Place("a", 2, ["other"])
    assert len({Place("a", 2), Place("a", 2, ["other"]), Place("a", 3)}) == 2
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1


@pytest.mark.parametrize("other", [Place("b"), Place("a", 2), Other("a"), "a", None])
def test_a_value_equals_no_value_of_other_fields_or_another_class(other: object) -> None:
    assert Place("a") != other


def test_a_value_shows_its_fields_as_the_standard_library_does() -> None:
    assert repr(Place("a", known=["secret"])) == repr(Other("a")).replace("Other", "Place")
    assert repr(Nothing()) == "Nothing()"


def test_what_a_class_says_of_itself_stays() -> None:
    assert repr(Worded("Oil")) == "<Oil>"


def test_values_with_an_order_are_sorted_by_their_fields() -> None:
    assert sorted([Ranked(2), Ranked(1)]) == [Ranked(1), Ranked(2)]
    assert len({Ranked(1), Ranked(1)}) == 1


def test_a_value_can_be_taken_apart_and_changed_as_any_dataclass() -> None:
    assert dataclasses.replace(Place("a"), line=3) == Place("a", 3)
    assert dataclasses.asdict(Place("a")) == {"path": "a", "line": 1, "known": []}


def test_every_module_takes_its_dataclasses_from_the_package() -> None:
    theirs = re.compile(r"^from dataclasses import .*\bdataclass\b|^import dataclasses", re.MULTILINE)
    modules = (path.relative_to(PACKAGE).as_posix() for path in sorted(PACKAGE.rglob("*.py")))
    assert [one for one in modules if theirs.search((PACKAGE / one).read_text(encoding="utf-8"))] == []
