"""Every field of every kind is described for readers."""

from __future__ import annotations

from types import NoneType, UnionType
from typing import Annotated, Union, get_args, get_origin

import pytest

from mkdocs_ems.model import (
    DOCUMENT_TYPES,
    KINDS,
    RECORD_TYPES,
    ROW_TYPES,
    AspectRow,
    Settings,
    Shape,
    column_at,
    columns,
)
from mkdocs_ems.model.columns import noun


def shapes() -> dict[str, type[Shape]]:
    """Every model of the vocabulary, nested ones too."""
    found: dict[str, type[Shape]] = {}
    waiting: list[type[Shape]] = [Settings, *(kind.model for kind in KINDS.values())]
    while waiting:
        model = waiting.pop()
        if model.__name__ not in found:
            found[model.__name__] = model
            waiting += [one.shape for one in columns(model).values() if one.shape is not None]
    return found


@pytest.mark.parametrize("model", shapes().values(), ids=lambda model: model.__name__)
def test_every_field_has_a_label_and_a_sentence(model: type[Shape]) -> None:
    for key, info in model.model_fields.items():
        assert info.title, key
        assert info.description, key
        assert info.description.endswith("."), key
    assert noun(model) != "a document" or model.__name__ == "Document"


def leaves(annotation: object) -> set[object]:
    """The types that a field's value is made of."""
    inner = get_args(annotation)
    if get_origin(annotation) is Annotated:
        return leaves(inner[0])
    if get_origin(annotation) in (tuple, Union, UnionType):
        return {leaf for one in inner for leaf in leaves(one)}
    return {annotation}


@pytest.mark.parametrize("model", shapes().values(), ids=lambda model: model.__name__)
def test_what_is_described_as_text_is_text(model: type[Shape]) -> None:
    texts = [one for one in columns(model).values() if one.form == "text" and not one.mapped]
    held = {one.key: leaves(model.model_fields[one.attribute].annotation) for one in texts}
    assert {key: found for key, found in held.items() if not found <= {str, NoneType, Ellipsis}} == {}


def test_a_column_says_what_it_takes() -> None:
    known = columns(AspectRow)
    assert known["lifecycle_stage"].label == "Life-cycle stage"
    assert (known["lifecycle_stage"].form, known["lifecycle_stage"].many) == ("choice", True)
    assert "production" in known["lifecycle_stage"].options
    assert (known["controls"].form, known["controls"].refers) == ("reference", ("control",))
    assert (known["assessed_on"].form, known["score"].form, known["override"].form) == (
        "day",
        "number",
        "group",
    )
    assert known["criteria"].mapped
    assert known["owner"].common
    assert not known["process"].common


def test_a_route_leads_to_its_column_and_the_shape_that_holds_it() -> None:
    column, holder = column_at(AspectRow, ("impacts", 2, "scale"))
    assert column is not None
    assert holder is not None
    assert (column.label, holder.__name__) == ("Scale", "Impact")
    column, holder = column_at(Settings, ("significance", "criteria", "severity", "values"))
    assert column is not None
    assert holder is not None
    assert (column.label, holder.__name__) == ("Values", "Scale")
    assert column_at(AspectRow, ("nothing",)) == (None, AspectRow)
    assert column_at(AspectRow, ()) == (None, None)


def test_kinds_have_slugs_where_they_have_rows_and_prefixes_of_their_own() -> None:
    assert {*DOCUMENT_TYPES, *ROW_TYPES, *RECORD_TYPES} == set(KINDS) - {"document", "register"}
    assert all(KINDS[key].slug for key in ROW_TYPES)
    assert not any(KINDS[key].slug for key in DOCUMENT_TYPES)
    prefixes = [kind.prefix for kind in KINDS.values() if kind.prefix]
    assert len(prefixes) == len(set(prefixes))
    assert {key for key in ROW_TYPES if KINDS[key].control == "issue"} <= {
        *("aspect", "obligation", "objective", "control", "process", "role", "person", "emergency-scenario"),
        *("measurement", "indicator", "competence", "communication-plan", "audit-programme"),
    }
    assert {KINDS[key].control for key in RECORD_TYPES} == {"record"}
