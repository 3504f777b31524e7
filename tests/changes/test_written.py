"""What is written in a state, entity by entity."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mkdocs_ems.changes.values import Written
from mkdocs_ems.changes.written import named, written_state
from support.states import document, dumped, register, state_of


def entities(files: Mapping[str, str]) -> Mapping[str, Written]:
    return written_state(state_of(files)).entities


def test_a_document_is_told_with_its_fields_its_text_and_its_parts() -> None:
    found = entities(
        {
            "procedures/waste.md": document("PRO-7", "![Flow](../img/flow.png)\n", title="Waste", owner=None),
            "img/flow.png": "flow",
        }
    )
    waste = found["PRO-7"]
    assert (waste.kind, waste.path, waste.title) == ("procedure", "procedures/waste.md", "Waste")
    assert waste.fields == {"type": "procedure", "title": "Waste", "owner": None}
    assert waste.text == "![Flow](../img/flow.png)\n"
    assert list(waste.parts) == ["../img/flow.png"]
    assert "file:img/flow.png" not in found


def test_a_register_is_told_with_the_order_of_its_rows() -> None:
    found = entities({"registers/a.yml": register("REG-1", {"id": "ASP-2", "title": "B"}, {"id": "ASP-1"})})
    assert found["REG-1"].rows == ("ASP-2", "ASP-1")
    assert found["REG-1"].fields == {"type": "aspect"}
    assert found["REG-1"].kind == "register"
    row = found["ASP-2"]
    assert (row.kind, row.document, row.id, row.title) == ("aspect", "REG-1", "ASP-2", "B")
    assert row.fields == {"title": "B"}


def test_values_stay_as_they_were_written() -> None:
    text = "id: REG-1\ntype: aspect\nrows:\n- {id: ASP-1, weight: 1.10, done: no, note: , list: [01]}\n"
    assert entities({"registers/a.yml": text})["ASP-1"].fields == {
        "weight": "1.10",
        "done": "no",
        "note": None,
        "list": ["01"],
    }


def test_the_rules_are_told_with_the_keys_that_may_sign() -> None:
    found = entities({"allowed_signers": "ann ssh-ed25519 AAAA\n"})
    assert found["EMS-RULES"].kind == "rules"
    assert found["EMS-RULES"].fields["schema"] == "1"
    assert list(found["EMS-RULES"].parts) == ["allowed_signers"]
    assert "file:allowed_signers" not in found


@pytest.mark.parametrize("written", ["", None, ["x"], "A:B", "A@B", "x" * 201])
def test_a_row_without_an_id_goes_by_its_place_and_keeps_what_is_written_there(written: object) -> None:
    found = entities({"registers/a.yml": register("REG-1", {"id": written, "title": "B"})})
    row = found["registers/a.yml:0"]
    assert row.id is None
    assert "id" in row.fields


def test_an_odd_id_is_an_id() -> None:
    assert "asp 1" in entities({"registers/a.yml": register("REG-1", {"id": "asp 1"})})


def test_a_second_claimant_of_an_id_goes_by_its_place_too() -> None:
    found = entities(
        {
            "registers/a.yml": register("REG-1", {"id": "ASP-1"}, {"id": "ASP-1", "title": "B"}),
            "registers/b.yml": register("REG-1", {"id": "PRO-1"}),
            "procedures/a.md": document("PRO-1"),
        }
    )
    assert found["ASP-1@registers/a.yml:1"].id == "ASP-1"
    assert found["ASP-1@registers/a.yml:1"].title == "B"
    assert found["REG-1@registers/b.yml"].rows == ("PRO-1@registers/b.yml:0",)
    assert found["PRO-1"].kind == "procedure"


def test_nobody_takes_the_id_of_the_rules() -> None:
    found = entities({"a.md": document("EMS-RULES")})
    assert found["EMS-RULES"].kind == "rules"
    assert found["EMS-RULES@a.md"].kind == "procedure"


def test_a_row_that_is_no_mapping_is_kept_as_it_stands() -> None:
    found = entities({"registers/a.yml": register("REG-1", None, "text", ["x"])})
    assert [found[f"registers/a.yml:{index}"].fields for index in range(3)] == [
        {"": None},
        {"": "text"},
        {"": ["x"]},
    ]


@pytest.mark.parametrize("rows", [None, "text", {"id": "ASP-1"}])
def test_rows_that_are_no_list_are_a_field_of_their_register(rows: object) -> None:
    found = entities({"registers/a.yml": dumped({"id": "REG-1", "type": "aspect", "rows": rows})})["REG-1"]
    assert found.rows == ()
    assert found.fields["rows"] == rows


@pytest.mark.parametrize("said", ["rules", "register", "file", "readings", "", None])
def test_rows_pass_for_nothing_but_rows(said: object) -> None:
    found = entities({"registers/a.yml": register("REG-1", {"id": "ASP-1"}, type=said)})
    assert found["ASP-1"].kind == "row"


def test_a_row_is_of_the_kind_that_its_register_names_whether_or_not_there_is_one() -> None:
    found = entities({"registers/a.yml": register("REG-1", {"id": "X-1"}, type="hazard")})
    assert found["X-1"].kind == "hazard"


def test_what_cannot_be_read_stands_for_itself() -> None:
    found = entities({"registers/a.yml": "rows: [\n", "b.md": "---\nid: [\n---\n![a](c.png)\n", "c.png": "c"})
    assert found["file:registers/a.yml"].kind == "file"
    assert found["file:registers/a.yml"].blob
    assert list(found["file:b.md"].parts) == ["c.png"]
    assert "file:c.png" not in found


def test_a_register_with_a_row_that_cannot_be_read_is_told_with_its_bytes() -> None:
    text = "id: REG-1\ntype: aspect\nrows:\n- id: ASP-1\n- id: [ASP-2\n- id: ASP-3\n"
    found = entities({"registers/a.yml": text})
    assert found["REG-1"].blob
    assert "ASP-1" in found


@pytest.mark.parametrize("end", ["", "\n", "\n\nSee below.\n"])
def test_a_text_that_nobody_may_render_is_told_with_its_bytes(end: str) -> None:
    refused = entities({"a.md": document("PRO-1", "> " * 4000 + "deep" + end)})["PRO-1"]
    assert refused.text == ""
    assert refused.blob


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_a_document_without_a_text_is_told_without_its_bytes(end: str) -> None:
    assert not entities({"a.md": f"---\nid: PRO-1\ntype: procedure\n---{end}"})["PRO-1"].blob


def test_files_that_are_nothing_else_are_told_by_their_bytes() -> None:
    found = entities(
        {
            "records/readings/2026.csv": "parameter,period,value,unit\n",
            "records/drill.md": "---\nid: PRO-1\n---\n",
            "img/loose.png": "loose",
            "odd.xyz": "odd",
            "records/approvals/PRO-1/1.yml": "record: 1\n",
            ".gitkeep": "",
        }
    )
    kinds = {key: one.kind for key, one in found.items()}
    assert kinds == {
        "EMS-RULES": "rules",
        "file:records/readings/2026.csv": "readings",
        "file:records/drill.md": "file",
        "file:img/loose.png": "file",
        "file:odd.xyz": "file",
    }


def test_only_the_files_that_are_asked_for_are_told() -> None:
    row = {"id": "ASP-1"}
    state = state_of({"registers/a.yml": register("REG-1", row), "registers/b.yml": register("REG-2", row)})
    found = written_state(state, only={"registers/b.yml", "gone.md"}).entities
    assert list(found) == ["REG-2", "ASP-1@registers/b.yml:0"]


def test_a_change_speaks_of_a_row_with_its_registers_clauses_unless_it_names_its_own() -> None:
    state = written_state(
        state_of(
            {
                "registers/a.yml": register(
                    "REG-1", {"id": "ASP-1"}, {"id": "ASP-2", "clauses": ["8.1", ["x"]]}, clauses=["6.1.2"]
                )
            }
        )
    )
    assert named(state, "ASP-1").clauses == ("6.1.2",)
    assert named(state, "ASP-2").clauses == ("8.1",)
    assert named(state, "ASP-2").document == "REG-1"
    assert named(state, "REG-1").document == "REG-1"


def test_a_change_of_a_file_speaks_of_no_document() -> None:
    state = written_state(state_of({"img/loose.png": "loose"}))
    assert named(state, "file:img/loose.png").document is None


RECORDS = (
    "type: inspection\ntitle: Walks\nrows:\n- {id: CHK-1, title: Walk, result: in-order}\n- {title: Other}\n"
)


def test_records_of_one_file_are_told_one_by_one() -> None:
    found = entities({"records/inspections/2026.yml": RECORDS})
    file = found["file:records/inspections/2026.yml"]
    assert (file.kind, file.rows) == ("records", ("CHK-1", "records/inspections/2026.yml:1"))
    assert file.fields == {"type": "inspection", "title": "Walks"}
    record = found["CHK-1"]
    assert (record.kind, record.document) == ("inspection", "file:records/inspections/2026.yml")
    assert record.fields == {"title": "Walk", "result": "in-order"}


def test_a_record_in_a_file_of_its_own_is_told_with_its_text() -> None:
    text = "---\nid: CHK-1\ntype: inspection\ntitle: Walk\n---\nThe bund was dry.\n"
    found = entities({"records/inspections/one.md": text})
    assert found["CHK-1"].text == "The bund was dry.\n"
    assert (found["CHK-1"].kind, found["CHK-1"].document) == ("inspection", None)


def test_what_is_no_record_that_anybody_knows_stands_for_itself() -> None:
    found = entities({"records/other.yml": "type: nonsense\nid: X-1\n"})
    assert found["file:records/other.yml"].kind == "file"
