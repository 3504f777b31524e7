"""What a row lays down, and what is noted in it."""

from __future__ import annotations

from mkdocs_ems.model import KINDS, Column, columns
from mkdocs_ems.model.lasting import KEPT, KEPT_OF_DOCUMENTS, NOTED, laid_down
from mkdocs_ems.source import Data


def _keys(found: dict[str, Column]) -> set[str]:
    inner = [_keys(dict(columns(one.shape))) for one in found.values() if one.shape is not None]
    return set(found).union(*inner)


def test_every_field_that_is_noted_or_kept_is_one_of_its_kind() -> None:
    for kind, noted in NOTED.items():
        assert noted <= _keys(dict(columns(KINDS[kind].model))), kind
    documents = [one for one in KINDS.values() if one.where == "document"]
    assert set[str]().union(*(columns(one.model) for one in documents)) >= KEPT_OF_DOCUMENTS
    assert set(columns(KINDS["aspect"].model)) >= KEPT


def test_what_others_rely_on_is_laid_down() -> None:
    said: dict[str, Data] = {
        "title": "Rinsing",
        "operating_criteria": [{"parameter": "pH", "min": "6"}],
        "where": "Line 2",
        "verification": {"method": "Looked at", "frequency": "weekly"},
    }
    assert laid_down({"id": "OPC-001", **said}, KINDS["control"]) == said


def test_work_that_is_noted_is_not_at_any_depth() -> None:
    equipment: list[Data] = [{"name": "Kit", "place": "Gate", "last_checked": "2026-01-01"}]
    said: dict[str, Data] = {"scenario": "Spill", "last_drill": "2026-01-01", "equipment": equipment}
    assert laid_down(said, KINDS["emergency-scenario"]) == {
        "scenario": "Spill",
        "equipment": [{"name": "Kit", "place": "Gate"}],
    }


def test_ids_of_other_things_and_why_there_are_none_are_not() -> None:
    said: dict[str, Data] = {
        "title": "Rinsing",
        "procedure": "PRO-001",
        "aspects": ["ASP-001"],
        "no_procedure_reason": "Obvious",
    }
    assert laid_down(said, KINDS["control"]) == {"title": "Rinsing"}


def test_that_a_law_was_amended_matters_and_that_a_control_is_active_does_not() -> None:
    assert laid_down({"status": "amended"}, KINDS["obligation"]) == {"status": "amended"}
    assert laid_down({"status": "active"}, KINDS["control"]) == {}


def test_the_control_of_an_aspect_is_no_way_to_keep_a_document() -> None:
    assert laid_down({"control": "direct"}, KINDS["aspect"]) == {"control": "direct"}
    assert laid_down({"control": "issue"}, KINDS["procedure"]) == {}


def test_what_no_kind_knows_counts_as_it_is_written() -> None:
    assert laid_down({"colour": "red", "equipment": "none"}, KINDS["emergency-scenario"]) == {
        "colour": "red",
        "equipment": "none",
    }
