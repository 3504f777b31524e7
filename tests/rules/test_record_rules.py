"""Branches of the rules on records that no page of a rule needs to show."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mkdocs_ems.rules import run_rules
from support.rule_cases import compiled, in_example

PATH = "ems/records/inspections/CHK-001.yml"
"""Where a record of its own stands."""


def record(**fields: str) -> str:
    said = {
        "id": "CHK-001",
        "type": "inspection",
        "title": "Walk",
        "date": "2026-05-04",
        "by": "[PER-BEN]",
        "point": "The yard",
        "result": "in-order",
        **fields,
    }
    return "".join(f"{name}: {value}\n" for name, value in said.items() if value)


def found(code: str, files: Mapping[str, str]) -> list[str]:
    report = run_rules(in_example(files), select=[code])
    return [one.message for one in report.diagnostics if one.code == code]


def text(body: str) -> Mapping[str, str]:
    head = "---\nid: PRO-001\ntype: procedure\ntitle: Treating rinse water\nowner: ROL-EHS\n---\n\n"
    return {"ems/procedures/rinse-water.md": head + body}


DUTY = "The organization shall treat water so that it\n"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (f"{DUTY}\na) is clear,\n\nb) is\n   neutral,\n\nc) is cold.\n", 1),
        (f"{DUTY}\na) is clear,\n\nb) is neutral.\n", 0),
        (f"{DUTY}\nWe do.\n\na) is clear,\nb) is neutral,\nc) is cold.\n", 0),
        (f"{DUTY}\n{DUTY}\n{DUTY}", 1),
        ("The operator shall close it.\n" * 4, 0),
        ("Copyright by ISO.\n", 1),
    ],
)
def test_a_text_worded_as_a_standard_is_is_named_once(body: str, count: int) -> None:
    assert len(found("DOC022", text(body))) == count


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        ("Call +44 1632 960123", "a telephone number"),
        ("rose@small.example", "an e-mail address"),
        ("MAYA HOLM was there", "the name of a person"),
        ("12 000 000 litres, 2026-05-04, 10.000-12.000 m3, 0.12345678", ""),
        ("The managing director was there", ""),
    ],
)
def test_what_leads_to_a_person_is_told_of_a_public_record(notes: str, said: str) -> None:
    public = record(by="[ROL-EHS]", access="public", notes=f"'{notes}'")
    (message,) = found("REC007", {PATH: public}) or [""]
    assert message.partition(" is public and holds ")[2] == said


def test_a_record_is_public_where_its_kind_is() -> None:
    rules = in_example({}).sources.raw["ems/ems.yml"].decode()
    public = rules.replace("storage: In git", "access: public, storage: In git")
    assert len(found("REC007", {PATH: record(), "ems/ems.yml": public})) == 1
    assert found("REC007", {PATH: record()}) == []


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ("[{sha256: " + "a" * 64 + "}]", "gives the sha256 of no file"),
        ("[{}]", "gives evidence that says nothing"),
        ("[{what: The sheet}]", ""),
        ("[{record: CHK-001}]", ""),
        ("[{file: records/../ems.yml}]", "gives records/../ems.yml as evidence, and evidence lies below"),
        ("[{file: /etc/passwd}]", "gives /etc/passwd as evidence, and evidence lies below"),
    ],
)
def test_a_piece_of_evidence_names_something_within_reach(evidence: str, said: str) -> None:
    (message,) = found("REC005", {PATH: record(evidence=evidence)}) or ["CHK-001 (Walk) "]
    assert message.removeprefix("CHK-001 (Walk) ").startswith(said)


def test_evidence_in_a_declared_store_needs_a_checksum_and_a_path_within() -> None:
    rules = in_example({}).sources.raw["ems/ems.yml"].decode()
    declared = f"{rules}evidence_stores: [{{name: scans, where: The share}}]\n"
    for file, said in (
        ("scans:a.pdf", "without its sha256"),
        ("scans:../a.pdf", "lies below the content folder"),
    ):
        files = {PATH: record(evidence=f"[{{file: '{file}'}}]"), "ems/ems.yml": declared}
        (message,) = found("REC005", files)
        assert said in message


def test_without_history_only_days_to_come_are_judged_and_that_is_said() -> None:
    report = run_rules(in_example({PATH: record(date="2026-07-01")}), select=["REC004"])
    assert [one.message for one in report.diagnostics] == [
        "CHK-001 (Walk) is dated 2026-07-01, which is still to come"
    ]
    assert [one.reason for one in report.not_evaluated] == [
        "when records were written down cannot be told without history"
    ]
    assert report.evaluated == ("REC004",)


def test_without_records_nothing_is_left_unjudged() -> None:
    empty = compiled({"ems/ems.yml": "schema: 1\norganisation: {name: Works}\n"})
    assert run_rules(empty, select=["REC004", "REC005"]).not_evaluated == ()
