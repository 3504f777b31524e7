"""Changes gathered for a reader."""

from __future__ import annotations

from typing import get_args

from mkdocs_ems.changes import gathering
from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.gathering import WORDS, by_clause, by_document, by_register, counts, word
from mkdocs_ems.changes.values import Change, Comparison
from support.states import document, register, state_of

A, B = "registers/a.yml", "registers/b.yml"


def compared() -> Comparison:
    before = {
        A: register("REG-1", {"id": "ASP-1", "title": "Nickel"}, {"id": "ASP-2"}, clauses=["6.1.2"]),
        B: register("REG-2", {"id": "ASP-3", "title": "Noise", "clauses": ["6.1.10"]}),
        "a.md": document("PRO-1", "One", clauses=["8.1", "6.1.2"]),
        "x.png": "1",
    }
    fans = {"id": "ASP-3", "title": "Fans", "clauses": ["6.1.10"]}
    after = {
        A: register("REG-1", {"id": "ASP-2"}, clauses=["6.1.2"]),
        B: register(
            "REG-2",
            fans,
            {"id": "ASP-1", "title": "Nickel"},
        ),
        "a.md": document("PRO-1", "Two", clauses=["8.1", "6.1.2"]),
        "x.png": "2",
    }
    return compare(state_of(before), state_of(after))


def test_every_kind_of_change_has_its_word_in_their_order() -> None:
    assert list(gathering._WORDS) == list(get_args(Change))
    assert len(set(WORDS)) == len(WORDS)


def test_changes_are_counted_by_kind_in_their_order() -> None:
    assert list(counts(compared().changes).items()) == [("moved", 1), ("field", 1), ("text", 1), ("part", 1)]
    assert counts(()) == {}


def test_changes_are_gathered_by_document_and_those_of_files_come_last() -> None:
    found = {key: [one.of.key for one in held] for key, held in by_document(compared()).items()}
    assert found == {"PRO-1": ["PRO-1"], "REG-2": ["ASP-1", "ASP-3"], None: ["file:x.png"]}
    assert list(found)[-1] is None


def test_a_row_that_went_to_another_register_stands_under_both() -> None:
    found = {key: [(one.of.key, word(one)) for one in held] for key, held in by_register(compared()).items()}
    assert found == {"REG-1": [("ASP-1", "moved")], "REG-2": [("ASP-1", "moved"), ("ASP-3", "field")]}


def test_changes_are_gathered_by_clause_in_the_standards_order() -> None:
    found = {key: [one.of.key for one in held] for key, held in by_clause(compared()).items()}
    assert list(found) == ["6.1.2", "6.1.10", "8.1", None]
    assert found["6.1.2"] == ["PRO-1", "ASP-1"], "it answered that clause where it was"
    assert found[None] == ["file:x.png"]


def test_records_are_gathered_by_their_file_and_stand_in_no_register() -> None:
    record = "type: inspection\nrows:\n- {{id: CHK-1, title: Walk, result: {}}}\n"
    path = "records/inspections/2026.yml"
    found = compare(state_of({path: record.format("in-order")}), state_of({path: record.format("not-done")}))
    assert list(by_document(found)) == [f"file:{path}"]
    assert by_register(found) == {}
