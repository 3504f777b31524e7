"""Values of readings that came, went or are others."""

from __future__ import annotations

from mkdocs_ems.changes.measured import reading_changes
from mkdocs_ems.changes.values import ReadingChange
from mkdocs_ems.model import Model
from support.states import state_of

HEAD = "parameter,period,value,unit,qualifier,comment\n"
FILE = "records/readings/2026.csv"


def changes(before: dict[str, str], after: dict[str, str]) -> list[ReadingChange]:
    return list(reading_changes(model(before), model(after)))


def model(files: dict[str, str]) -> Model:
    return state_of({f"records/readings/{name}": HEAD + text for name, text in files.items()}).model


def test_a_value_that_is_another_one_is_told_with_both() -> None:
    found = changes({"2026.csv": "MON-3,2026-04,4.1,mg/L,,\n"}, {"2026.csv": "MON-3,2026-04,1.4,mg/L,,\n"})
    assert found == [ReadingChange(FILE, "MON-3", "2026-04", "4.1", "1.4", "mg/L")]


def test_values_that_came_and_went_are_told() -> None:
    found = changes({"2026.csv": "MON-1,2026-01,4,m3,,\n"}, {"2026.csv": "MON-1,2026-02,1e6,m3,,\n"})
    assert found == [
        ReadingChange(FILE, "MON-1", "2026-01", "4", None, "m3"),
        ReadingChange(FILE, "MON-1", "2026-02", None, "1000000", "m3"),
    ]


def test_a_value_in_another_unit_is_told_with_both_units() -> None:
    (found,) = changes({"2026.csv": "MON-1,2026-01,4,kg,,\n"}, {"2026.csv": "MON-1,2026-01,4,t,,\n"})
    assert (found.old, found.new, found.unit) == ("4 kg", "4 t", "")


def test_a_sign_before_a_value_belongs_to_it() -> None:
    (found,) = changes({"2026.csv": "MON-1,2026-01,0.5,kg,<,\n"}, {"2026.csv": "MON-1,2026-01,0.5,kg,est,\n"})
    assert (found.old, found.new) == ("<0.5", "est 0.5")


def test_a_value_that_lies_in_another_file_now_is_the_same() -> None:
    line = "MON-1,2026-01,4,kg,,\n"
    assert changes({"2026.csv": line, "old.csv": ""}, {"2026.csv": "", "new.csv": line}) == []


def test_what_is_noted_beside_a_value_is_no_other_value() -> None:
    line = "MON-1,2026-01,4,kg,,\n"
    assert changes({"2026.csv": line}, {"2026.csv": line.replace("4,kg,,", "4.0,kg,,hot day")}) == []


def test_several_values_of_one_period_are_told_apart() -> None:
    found = changes(
        {"2026.csv": "MON-1,2026-01,4,kg,,\nMON-1,2026-01,5,kg,,\n"},
        {"2026.csv": "MON-1,2026-01,5,kg,,\nMON-1,2026-01,6,kg,,\nMON-1,2026-01,6,kg,,\n"},
    )
    assert [(one.old, one.new) for one in found] == [(None, "6"), ("4", "6")]


def test_other_files_than_those_that_differ_are_not_looked_at() -> None:
    same = {"2025.csv": "MON-1,2025-01,4,kg,,\n"}
    found = changes({**same, "2026.csv": ""}, {**same, "2026.csv": "MON-1,2026-01,4,kg,,\n"})
    assert [one.path for one in found] == [FILE]
