"""Schemas for editors say what `ems check` says, as far as a schema can."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from jsonschema import Draft7Validator

from mkdocs_ems.exports.editor import editor_settings, modeline, schema_of, settings_text, with_modeline
from mkdocs_ems.exports.schemas import APPROVAL, RECORD, REGISTER, SETTINGS, file_schemas
from mkdocs_ems.model import KINDS, kinds_of
from mkdocs_ems.rules import example_files
from support.content import EMS, model_of

ROOT = Path(__file__).parents[2]
SCHEMAS = file_schemas(KINDS)


class Editor(yaml.SafeLoader):
    """YAML 1.2 as an editor reads it: `yes` is a text, and so is a date."""

    yaml_implicit_resolvers: ClassVar = {
        first: [
            (tag, pattern if tag != "tag:yaml.org,2002:bool" else re.compile("^(true|false)$"))
            for tag, pattern in resolvers
            if tag != "tag:yaml.org,2002:timestamp"
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def faults(schema: str, text: str) -> list[str]:
    found = Draft7Validator(SCHEMAS[schema]).iter_errors(yaml.load(text, Loader=Editor))  # noqa: S506 - a safe loader
    return sorted(f"{one.json_path}: {one.message}" for one in found)


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["title"]


def files() -> Iterator[Any]:
    for path, text in example_files().items():
        schema = schema_of(path, content="ems")
        if schema is not None:
            yield pytest.param(schema, text, id=f"example {path}")
    for file in sorted((ROOT / "ems").rglob("*.yml")):
        path = file.relative_to(ROOT).as_posix()
        schema = schema_of(path, content="ems")
        if schema is not None:
            yield pytest.param(schema, file.read_text(encoding="utf-8"), id=path)


@pytest.mark.parametrize(("schema", "text"), list(files()))
def test_sound_content_has_no_fault_in_an_editor(schema: str, text: str) -> None:
    assert faults(schema, text) == []


@pytest.mark.parametrize("kind", [kind.key for kind in KINDS.values() if kind.where == "document"][:-1])
def test_the_front_matter_of_every_type_of_document_has_a_schema(kind: str) -> None:
    schema = SCHEMAS[f"{kind}.schema.json"]
    sound = {"id": "X-1", "type": kind, "title": "A title", "review_every": "12 months", "clauses": ["8.1"]}
    assert list(Draft7Validator(schema).iter_errors(sound)) == []
    assert list(Draft7Validator(schema).iter_errors({**sound, "tittle": "x"}))


HEAD = "id: REG-ASP\ntype: aspect\ntitle: Aspects\nrows:\n  - id: ASP-001\n"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("    condition: abnormal\n", None),
        ("    condition: odd\n", "$.rows[0].condition: 'odd' is not one of"),
        ("    conditon: normal\n", "$.rows[0]: Additional properties are not allowed ('conditon'"),
        ("    controls: OPC-001\n", "$.rows[0].controls: 'OPC-001' is not of type 'array', 'null'"),
        ("    controls: [opc-1]\n", "$.rows[0].controls[0]: 'opc-1' does not match"),
        ("    impacts: [{polarity: adverse}]\n", "$.rows[0].impacts[0]: 'text' is a required property"),
        ("    assessed_on: 2026-13-01\n", "$.rows[0].assessed_on: '2026-13-01' does not match"),
        ("    review_every: yearly\n", "$.rows[0].review_every: 'yearly' does not match"),
        ("    title: 14001\n", None),
        ("    owner:\n", None),
        ('    clauses: ["6.1.2"]\n', None),
        ("    clauses: [6.1]\n", None),
    ],
)
def test_a_fault_is_found_where_it_is_typed(line: str, fault: str | None) -> None:
    found = faults(REGISTER, HEAD + line)
    assert (found == []) if fault is None else (len(found) == 1 and found[0].startswith(fault)), found


def test_a_bound_and_an_edition_are_known_to_the_schema() -> None:
    risk = "id: REG-RSK\ntype: risk\ntitle: Risks\nrows:\n  - {id: RSK-001, likelihood: 6}\n"
    assert faults(REGISTER, risk) == ["$.rows[0].likelihood: 6 is greater than the maximum of 5"]
    assert (
        faults(SETTINGS, "organisation: {name: x}\nstandards: [{standard: iso14001, edition: 2026}]\n") == []
    )
    assert faults(SETTINGS, "organisation: {name: x}\nstandards: [{edition: 1996}]\n")
    assert faults(APPROVAL, "schema: other\n")


def test_the_rows_of_a_register_follow_its_type() -> None:
    text = "id: REG-ROL\ntype: role\ntitle: Roles\nrows:\n  - {id: ROL-001, condition: normal}\n"
    assert faults(REGISTER, text) == [
        "$.rows[0]: Additional properties are not allowed ('condition' was unexpected)"
    ]
    assert faults(REGISTER, "id: REG-X\ntype: nothing\ntitle: X\nrows: []\n")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("id: CHK-001\ntype: inspection\ntitle: Walk\nresult: in-order\n", ""),
        ("id: CHK-001\ntype: inspection\nresult: fine\n", "'fine' is not one of"),
        ("type: inspection\ntitle: Walks\nrows:\n  - {id: CHK-001, result: in-order}\n", ""),
        ("type: inspection\nrows:\n  - {id: CHK-001, resul: in-order}\n", "'resul' was unexpected"),
        ("type: inspection\nowner: ROL-EHS\nrows: []\n", "'owner' was unexpected"),
        ("type: nonsense\n", "'nonsense' is not one of"),
    ],
)
def test_a_file_of_records_holds_one_or_several_of_its_type(text: str, fault: str) -> None:
    found = faults(RECORD, text)
    assert fault in " ".join(found)
    assert bool(found) == bool(fault)


def test_own_fields_and_registers_are_in_the_schemas() -> None:
    model = model_of(
        {},
        settings=EMS
        + "own_fields: [{of: [aspect], name: permit_ref}]\n"
        + "own_registers: [{type: waste-point, title: Point, fields: [{name: size, form: number}]}]\n",
    )
    own = Draft7Validator(file_schemas(kinds_of(model.settings))[REGISTER])
    sound = {"id": "REG-W", "type": "waste-point", "title": "W", "rows": [{"id": "W-1", "size": 2.5}]}
    assert list(own.iter_errors(sound)) == []
    assert list(own.iter_errors({**sound, "rows": [{"id": "W-1", "size": "big"}]}))
    aspects = {"id": "REG-A", "type": "aspect", "title": "A", "rows": [{"id": "A-1", "permit_ref": "3.1"}]}
    assert list(own.iter_errors(aspects)) == []
    assert list(Draft7Validator(SCHEMAS[REGISTER]).iter_errors(aspects))


@pytest.mark.parametrize(
    ("path", "content", "line"),
    [
        ("ems/ems.yml", "ems", "$schema=../.vscode/ems/ems.schema.json"),
        ("ems/registers/aspects.yml", "ems", "$schema=../../.vscode/ems/register.schema.json"),
        ("ems.yml", "", "$schema=.vscode/ems/ems.schema.json"),
        ("ems/records/approvals/P-1/1-approval-x-1.yml", "ems", None),
        ("ems/records/drills/DRL-001.yml", "ems", "$schema=../../../.vscode/ems/record.schema.json"),
        ("ems/policy.md", "ems", None),
        ("mkdocs.yml", "", None),
        (".github/workflows/check.yml", "", None),
        ("ems/other/list.yml", "ems", None),
    ],
)
def test_the_line_leads_from_a_file_to_its_schema(path: str, content: str, line: str | None) -> None:
    assert modeline(path, content=content) == (f"# yaml-language-server: {line}\n" if line else None)


def test_the_line_is_added_once_and_keeps_the_files_form() -> None:
    line = modeline("ems/ems.yml", content="ems") or ""
    once = with_modeline("schema: 1\n", line)
    assert once == f"{line}schema: 1\n"
    assert with_modeline(once, line) == once
    marked = with_modeline("\ufeffschema: 1\r\n", line)
    assert marked == f"\ufeff{line.rstrip()}\r\nschema: 1\r\n"
    assert with_modeline(marked, line) == marked


def test_the_editors_settings_name_every_schema_of_a_yaml_file() -> None:
    named = editor_settings(content="ems")["yaml.schemas"]
    assert isinstance(named, dict)
    assert {Path(one).name for one in named} == {SETTINGS, REGISTER, RECORD, APPROVAL}


def test_the_projects_own_editor_is_set_up_by_these_schemas() -> None:
    folder = ROOT / ".vscode"
    assert (folder / "settings.json").read_text(encoding="utf-8") == settings_text(content="ems")
    written = {one.name: json.loads(one.read_text(encoding="utf-8")) for one in (folder / "ems").iterdir()}
    assert written == SCHEMAS, "run `ems schema --write`"
