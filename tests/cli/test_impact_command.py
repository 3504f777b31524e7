"""`ems impact` as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from mkdocs_ems.cli.main import ems
from support.story import Story

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "impact.schema.json"

Run = Callable[..., Result]

FILES = {
    "ems/ems.yml": "schema: 1\norganisation: {name: Small Works}\n",
    "ems/registers/aspects.yml": (
        "id: REG-ASP\ntype: aspect\ntitle: Aspects\nowner: ROL-A\nclauses: ['6.1.2', '2026:6.1.4']\nrows:\n"
        '  - {id: ASP-001, title: "Fume\\e[31m", owner: ROL-A, controls: [OPC-001]}\n'
    ),
    "ems/registers/controls.yml": (
        "id: REG-OPC\ntype: control\ntitle: Controls\nrows:\n  - {id: OPC-001, title: Scrubber}\n"
    ),
    "ems/registers/roles.yml": (
        "id: REG-ROL\ntype: role\ntitle: Roles\nrows:\n  - {id: ROL-A, title: Boss}\n"
    ),
    "ems/procedures/p.md": (
        "---\nid: P-01\ntype: procedure\ntitle: How\nowner: ROL-A\n---\n\nSee [[OPC-001]].\n"
    ),
}


@pytest.fixture
def run(story: Story) -> Run:
    story.commit(FILES, date="2026-01-05")
    folder = story.check_out()

    def invoke(*arguments: object) -> Result:
        asked = ["impact", "--repo", str(folder), "--as-of", "2026-02-01", *map(str, arguments)]
        result = CliRunner().invoke(ems, asked, prog_name="ems")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def test_what_depends_on_a_control_is_told_by_kind_with_documents_people_and_clauses(run: Run) -> None:
    shown = run("OPC-001").stdout
    assert "2 things refer to it directly" in shown
    for words in (
        "ASP-001 → OPC-001 (controls)",
        "P-01 → OPC-001 (in the text)",
        "REG-OPC",
        "a change has to be approved here",
        "to be read again",
        "nobody  ",
        "6.1.2",
        "Environmental aspects",
    ):
        assert words in shown


def test_nothing_that_somebody_wrote_reaches_the_terminal_unseen(run: Run) -> None:
    assert "\x1b" not in run("OPC-001").stdout


def test_the_json_keeps_to_its_schema(run: Run) -> None:
    for arguments in (("OPC-001",), ("ASP-001", "OPC-001", "--depth", "1"), ("REG-ASP", "--ref", "main")):
        data = json.loads(run(*arguments, "--format", "json").stdout)
        Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(data)
    assert [one["id"] for one in data["asked"]] == ["REG-ASP"]


def test_nothing_depends_on_what_nothing_refers_to(run: Run) -> None:
    assert "Nothing refers to it." in run("ASP-001").stdout


def test_an_unknown_id_is_one_line_with_the_nearest(run: Run) -> None:
    result = run("ASP-001", "OPC-0O1")
    assert result.exit_code == 2
    assert result.stderr == "ems: nothing here has the id 'OPC-0O1'; did you mean OPC-001?\n"


def test_a_depth_of_nothing_is_refused(run: Run) -> None:
    assert run("OPC-001", "--depth", "0").exit_code == 2


def test_the_demonstration_tells_what_its_nickel_concerns(demo: Path) -> None:
    result = CliRunner().invoke(ems, ["impact", "--repo", str(demo), "--format", "json", "ASP-003"])
    data = json.loads(result.stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(data)
    kinds = {one["kind"] for one in data["affected"]}
    assert {"objective", "control", "measurement", "procedure"} <= kinds
