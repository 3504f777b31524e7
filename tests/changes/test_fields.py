"""Two mappings of fields to what differs."""

from __future__ import annotations

import pytest

from mkdocs_ems.changes.fields import field_changes
from mkdocs_ems.changes.values import ABSENT, FieldChanged, Named, ReferencesChanged
from mkdocs_ems.model import AspectRow, Settings, Shape
from mkdocs_ems.model.organisation import PersonRow
from mkdocs_ems.source import Data

OF = Named("ASP-1", "ASP-1", "aspect", "Rinsing", "REG-1", "registers/a.yml")
Fields = dict[str, Data]


def changes(
    before: Fields, after: Fields, model: type[Shape] | None = AspectRow
) -> list[FieldChanged | ReferencesChanged]:
    return list(field_changes(OF, before, after, model=model))


def test_a_mapping_is_compared_field_by_field() -> None:
    before: Fields = {"criteria": {"likelihood": "2", "severity": "1"}}
    after: Fields = {"criteria": {"likelihood": "3", "severity": "1"}}
    assert changes(before, after) == [FieldChanged(OF, ("criteria", "likelihood"), "2", "3")]


def test_a_list_is_one_value() -> None:
    assert changes({"tags": ["a", "b"]}, {"tags": ["b"]}) == [FieldChanged(OF, ("tags",), ["a", "b"], ["b"])]


def test_not_written_is_another_thing_than_written_and_empty() -> None:
    assert changes({}, {"notes": None}) == [FieldChanged(OF, ("notes",), ABSENT, None)]
    assert changes({"notes": None}, {}) == [FieldChanged(OF, ("notes",), None, ABSENT)]
    assert changes({"criteria": {}}, {}) == [FieldChanged(OF, ("criteria",), {}, ABSENT)]


def test_the_order_of_fields_makes_no_difference() -> None:
    assert changes({"a": "1", "b": {"x": "1", "y": "2"}}, {"b": {"y": "2", "x": "1"}, "a": "1"}) == []


def test_numbers_that_are_written_otherwise_differ() -> None:
    assert changes({"weight": "1.10"}, {"weight": "1.1"}) == [FieldChanged(OF, ("weight",), "1.10", "1.1")]


def test_changes_stand_in_the_order_of_their_fields() -> None:
    found = changes({"b": "1", "a": "1", "c": "1"}, {"c": "2", "b": "2", "a": "2"})
    assert [one.route for one in found] == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize(
    ("before", "after", "went", "came"),
    [
        (["OPC-1", "OPC-2"], ["OPC-2", "OPC-3"], ("OPC-1",), ("OPC-3",)),
        ("OPC-1", ["OPC-1", "OPC-2"], (), ("OPC-2",)),
        (["OPC-1", "OPC-1"], ["OPC-1"], ("OPC-1",), ()),
        (None, ["OPC-1"], (), ("OPC-1",)),
    ],
)
def test_a_field_that_names_others_tells_which_went_and_came(
    before: Data, after: Data, went: tuple[str, ...], came: tuple[str, ...]
) -> None:
    assert changes({"controls": before}, {"controls": after}) == [
        ReferencesChanged(OF, ("controls",), before, after, went, came)
    ]


def test_a_field_that_names_the_same_in_another_order_is_only_a_field() -> None:
    (found,) = changes({"controls": ["OPC-1", "OPC-2"]}, {"controls": ["OPC-2", "OPC-1"]})
    assert isinstance(found, FieldChanged)


def test_references_within_groups_are_told() -> None:
    before: Fields = {"roles": [{"role": "ROL-MD", "from": "2026-01-01"}]}
    after: Fields = {"roles": [{"role": "ROL-EHS", "from": "2026-01-01"}]}
    (found,) = changes(before, after, PersonRow)
    assert isinstance(found, ReferencesChanged)
    assert (found.went, found.came) == (("ROL-MD",), ("ROL-EHS",))


def test_what_is_no_id_where_one_belongs_is_compared_as_any_value() -> None:
    (found,) = changes({"controls": {"a": "b"}}, {"controls": [["OPC-1"], None]})
    assert isinstance(found, FieldChanged)


def test_references_of_the_rules_are_told() -> None:
    (found,) = changes({"roles": {"top_management": ["ROL-MD"]}}, {"roles": {"top_management": []}}, Settings)
    assert found.route == ("roles", "top_management")


def test_of_a_kind_that_nobody_knows_every_field_is_only_a_field() -> None:
    (found,) = changes({"controls": ["OPC-1"]}, {"controls": []}, None)
    assert isinstance(found, FieldChanged)
