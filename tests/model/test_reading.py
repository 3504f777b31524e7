"""A row with something at fault keeps the rest, and each fault is told once, in plain words."""

from __future__ import annotations

from typing import TypeVar

import pytest

from mkdocs_ems.model import AspectRow, ObjectiveRow, Policy, Procedure, RoleRow, Shape, TrainingRecord
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.reading import Reading, read
from mkdocs_ems.source import Data

Read = TypeVar("Read", bound=Shape)


def reading(model: type[Read], data: dict[str, Data]) -> Reading[Read]:
    return read(model, data, near=Nearest())


def only(model: type[Shape], data: dict[str, Data]) -> tuple[str, str | None]:
    (fault,) = reading(model, data).faults
    return fault.message, fault.help


def test_an_unknown_field_is_named_with_the_one_that_was_meant() -> None:
    result = reading(AspectRow, {"cotnrols": ["OPC-004"], "topic": "air"})
    (fault,) = result.faults
    assert fault.message == '"cotnrols" is not a field of an aspect; did you mean "controls"?'
    assert fault.key
    assert result.value.topic == "air"


def test_an_unknown_field_that_resembles_none_is_told_with_the_fields_there_are() -> None:
    message, help_ = only(RoleRow, {"zzz": "x"})
    assert message == '"zzz" is not a field of a role'
    assert help_ is not None
    assert "responsibilities" in help_


def test_an_unknown_field_of_a_nested_shape_names_the_shape() -> None:
    message, _ = only(AspectRow, {"impacts": [{"text": "x", "recepter": "river"}]})
    assert message == '"recepter" is not a field of an impact; did you mean "receptor"?'


@pytest.mark.parametrize("name", ["issue", "status", "approved_by", "version", "review_due", "author"])
def test_what_is_derived_is_no_field_and_says_where_it_comes_from(name: str) -> None:
    message, help_ = only(Procedure, {name: "3"})
    assert "not a field of a procedure: " in message
    assert help_ == f"delete {name}"


def test_an_option_is_named_with_the_one_that_was_meant_and_all_there_are() -> None:
    assert only(AspectRow, {"condition": "abnrmal"}) == (
        '"condition" cannot be "abnrmal"; did you mean "abnormal"?',
        "write one of normal, abnormal, emergency",
    )


def test_a_single_text_where_a_list_is_wanted_is_shown_as_a_list() -> None:
    assert only(AspectRow, {"controls": "OPC-004, OPC-005"}) == (
        '"controls" takes a list, and this is a single text',
        "write controls: [OPC-004, OPC-005]",
    )


def test_a_list_that_is_too_long_is_told_once_and_costs_itself_alone() -> None:
    told = reading(TrainingRecord, {"competences": ["CMP-001"] * 51, "subject": "Spills"})
    (fault,) = told.faults
    assert (fault.message, fault.help) == (
        '"competences" has more than 50 entries',
        "put the rest into another record",
    )
    assert (told.value.subject, told.value.competences) == ("Spills", ())


def test_a_list_where_one_value_is_wanted_is_shown_as_one_value() -> None:
    assert only(AspectRow, {"process": ["PRC-001"]}) == (
        '"process" takes one value, and this is a list',
        "write process: PRC-001",
    )


def test_a_mapping_where_a_text_is_wanted_names_the_colon() -> None:
    message, help_ = only(AspectRow, {"notes": {"see": "below"}})
    assert message == '"notes" takes one value, and this has fields of its own'
    assert help_ is not None
    assert "quotes" in help_


@pytest.mark.parametrize("written", ["true", ["x"]])
def test_something_else_where_a_group_is_wanted_names_its_fields(written: Data) -> None:
    message, help_ = only(AspectRow, {"override": written})
    assert message.startswith('"override" takes an override with fields of its own')
    assert help_ is not None
    assert "value, reason, approved_by" in help_


def test_a_group_alone_where_a_list_of_groups_is_wanted_asks_for_hyphens() -> None:
    message, help_ = only(AspectRow, {"impacts": {"text": "x"}})
    assert message == '"impacts" takes a list, and this is a single entry'
    assert help_ is not None
    assert "hyphen" in help_


def test_a_text_where_names_with_values_are_wanted_is_told() -> None:
    message, _ = only(AspectRow, {"criteria": "3"})
    assert message == '"criteria" takes names with values, and this is a single text'


@pytest.mark.parametrize(
    ("field", "text", "what", "write"),
    [
        ("id", "asp-001", "has small letters: an id is written in capitals", "write ASP-001"),
        (
            "owner",
            "Ada Wren",
            "reads like a name, and this field takes an id",
            "an id is capitals and digits in parts joined by hyphens, such as ASP-001",
        ),
        ("owner", "rol ehs 1", "has small letters: an id is written in capitals", "write ROL-EHS-1"),
        ("id", "ASP_001", 'has "_" in it: the parts of an id are joined by hyphens', "write ASP-001"),
        ("id", "ASP 001", "has a space in it: the parts of an id are joined by hyphens", "write ASP-001"),
        ("id", "ASP001", "has no hyphen, so it is no id", "write ASP-001"),
        (
            "id",
            "\u0410SP-001",
            'has the character "\u0410" (U+0410, cyrillic capital letter a), which only looks like "A"',
            "write ASP-001",
        ),
        (
            "owner",
            "ROL\u2011EHS",
            'has the character "\u2011" (U+2011, non-breaking hyphen)',
            "write ROL-EHS",
        ),
        ("id", "ASP-" + "1" * 61, "is longer than 64 characters", "an id has at most 64 characters"),
        ("score", "1,5", "has a comma", "write the decimals after a point: 1.5"),
        ("score", "1 200.5", "has its thousands set apart", "write 1200.5"),
        ("score", "12 kg", "is a number and something else", "write only the number: 12"),
        ("score", "012", "begins with 0", "write the number without leading zeros"),
        ("score", "many", "is not a number", "write a number such as 12 or 0.5"),
        ("significant", "yes", "is neither true nor false as this field wants it", "write true"),
        ("significant", "No", "is neither true nor false as this field wants it", "write false"),
        ("significant", "maybe", "is neither true nor false", "write true or false"),
        ("assessed_on", "31.01.2026", "is not a date as this field wants it", "write 2026-01-31"),
        ("assessed_on", "2026/1/5", "is not a date as this field wants it", "write 2026-01-05"),
        ("assessed_on", "31/01/2026", "is not a date as this field wants it", "write 2026-01-31"),
        ("assessed_on", "02/03/2026", "is not a date", "write year, month and day, as 2026-01-31"),
        (
            "assessed_on",
            "2026-02-30",
            "is not a day of the calendar",
            "write a day that exists, as 2026-01-31",
        ),
        ("review_every", "yearly", "is not an interval as this field wants it", "write 12 months"),
        ("review_every", "2y", "is not an interval as this field wants it", "write 2 years"),
        (
            "review_every",
            "often",
            "is not an interval",
            "write such as 12 months, 2 years, 90 days or 1 week",
        ),
    ],
)
def test_a_scalar_of_another_form_is_told_with_how_to_write_it(
    field: str, text: str, what: str, write: str
) -> None:
    message, help_ = only(AspectRow, {field: text})
    shown = text if len(text) <= 60 else text[:59] + "…"
    assert message.startswith(f'"{field}": "{shown}" {what}')
    assert help_ == write


def test_a_clause_with_words_around_it_is_shown_without_them() -> None:
    message, help_ = only(AspectRow, {"clauses": ["6.1.2", "ISO 14001 6.1.3"]})
    assert message == '"clauses": "ISO 14001 6.1.3" is not a clause number'
    assert help_ == "write 6.1.3"


def test_a_number_out_of_its_bounds_says_the_bound() -> None:
    assert only(Procedure, {"issue_offset": "-3"}) == ('"issue_offset" is -3', "write 0 or more")


def test_an_empty_text_and_a_long_title_are_told() -> None:
    assert only(AspectRow, {"notes": ""})[0] == '"notes" is empty'
    assert only(AspectRow, {"title": "x" * 301})[0] == '"title" is longer than 300 characters'


def test_a_shape_without_what_it_needs_is_told_once_at_the_shape() -> None:
    result = reading(AspectRow, {"impacts": [{"text": "one"}, {"receptor": "river"}]})
    (fault,) = result.faults
    assert fault.message == 'an impact needs "text"'
    assert fault.route == ("impacts", 1)
    assert [impact.text for impact in result.value.impacts] == ["one"]


def test_leaving_out_a_faulty_value_that_is_needed_tells_nothing_more() -> None:
    result = reading(ObjectiveRow, {"target": {"value": "a lot", "unit": "t"}, "kpi": "KPI-001"})
    assert [fault.route for fault in result.faults] == [("target", "value")]
    assert result.value.target is None
    assert result.value.kpi == "KPI-001"


def test_an_unknown_name_is_told_also_where_it_has_no_value() -> None:
    result = reading(
        AspectRow, {"nope": None, "owner": None, "impacts": [{"text": "x", "at the house": None}]}
    )
    assert [(fault.route, fault.message) for fault in result.faults] == [
        (("impacts", 0, "at the house"), '"at the house" is not a field of an impact'),
        (("nope",), '"nope" is not a field of an aspect; did you mean "notes"?'),
    ]
    assert [impact.text for impact in result.value.impacts] == ["x"]


@pytest.mark.parametrize("none", ["null", "~", "NULL", None])
def test_none_written_where_no_text_is_wanted_means_none(none: str | None) -> None:
    result = reading(
        AspectRow,
        {
            "process": none,
            "condition": none,
            "controls": none,
            "score": none,
            "override": none,
            "topic": "air",
        },
    )
    assert result.faults == ()
    assert result.dropped == frozenset()
    assert result.value == AspectRow(topic="air")


def test_none_written_where_a_value_is_needed_is_a_missing_value() -> None:
    message, _ = only(AspectRow, {"override": {"value": "null", "reason": "x"}})
    assert message == 'an override needs "value"'


def test_an_empty_entry_of_a_list_is_told_and_the_others_stay() -> None:
    result = reading(AspectRow, {"controls": [None, "OPC-001"]})
    assert [fault.message for fault in result.faults] == ['"controls" has an empty entry']
    assert result.value.controls == ("OPC-001",)


def test_everything_at_fault_in_a_row_is_told_in_one_reading_and_the_rest_is_kept() -> None:
    result = reading(
        AspectRow,
        {
            "id": "ASP-001",
            "conditon": "normal",
            "topic": "airy",
            "controls": ["OPC-001", "opc-2", "OPC-003"],
            "quantity": {"value": "x", "unit": "t", "year": "y"},
            "notes": "kept",
        },
    )
    assert sorted((fault.route for fault in result.faults), key=str) == sorted(
        [("conditon",), ("topic",), ("controls", 1), ("quantity", "value"), ("quantity", "year")], key=str
    )
    assert result.value == AspectRow(id="ASP-001", controls=("OPC-001", "OPC-003"), notes="kept")
    assert ("controls", 1) in result.dropped


def test_the_attribute_of_a_renamed_field_is_no_field() -> None:
    message, _ = only(RoleRow, {"deputies": [{"person": "PER-001", "from_": "2026-01-01"}]})
    assert message == '"from_" is not a field of a deputy; did you mean "from"?'


def test_commitments_of_a_policy_are_read_by_their_names() -> None:
    result = reading(Policy, {"commitments": {"compliance": "#obligations", "copmliance": "#x"}})
    assert [fault.key for fault in result.faults] == [True]
    assert result.value.commitments is not None
    assert result.value.commitments.compliance == "#obligations"


def test_suggestions_stop_after_a_bound_and_findings_do_not() -> None:
    near = Nearest(searches=3)
    faults = [read(AspectRow, {f"controlz{n}": "x"}, near=near).faults for n in range(5)]
    assert all(len(one) == 1 for one in faults)
    assert ["did you mean" in one[0].message for one in faults] == [True, True, True, False, False]


def test_text_that_is_repeated_in_a_message_is_cut_short() -> None:
    message, _ = only(AspectRow, {"condition": "x" * 5000})
    assert len(message) < 120


def test_hundreds_of_thousands_of_faults_are_told_as_a_hundred_and_a_count() -> None:
    entries: list[Data] = [{"receptor": "river"} for _ in range(20_000)]
    result = reading(AspectRow, {"impacts": entries, "topic": "air"})
    assert len(result.faults) == 101
    assert result.faults[-1].message == "and 19900 more faults in the same place"
    assert result.value == AspectRow(topic="air")
