"""`ems impact` as a user types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from mkdocs_ems.cli.main import ems
from mkdocs_ems.git.write import Stamp
from support.story import Story, person

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


@pytest.fixture
def branch(story: Story) -> Run:
    """A branch that changes a control, deletes an aspect that an objective names, and adds a role."""
    aspects, controls = FILES["ems/registers/aspects.yml"], FILES["ems/registers/controls.yml"]
    objectives = (
        "id: REG-OBJ\ntype: objective\ntitle: Objectives\nrows:\n"
        "  - {id: OBJ-001, title: Less, basis: [ASP-002]}\n"
    )
    second = "  - {id: ASP-002, title: Mist}\n"
    story.commit(
        {**FILES, "ems/registers/aspects.yml": aspects + second, "ems/registers/objectives.yml": objectives},
        date="2026-01-05",
    )
    story.branch("work")
    story.commit(
        {
            "ems/registers/aspects.yml": aspects,
            "ems/registers/controls.yml": controls.replace("Scrubber", "Filter"),
            "ems/registers/roles.yml": FILES["ems/registers/roles.yml"] + "  - {id: ROL-B, title: Deputy}\n",
        }
    )
    story.switch("main")
    story.commit({"ems/procedures/p.md": FILES["ems/procedures/p.md"].replace("How", "How to")})
    folder = story.check_out("work")

    def invoke(*arguments: object) -> Result:
        asked = ["impact", "--repo", str(folder), "--as-of", "2026-02-01", *map(str, arguments)]
        return CliRunner().invoke(ems, asked, prog_name="ems")

    return invoke


def test_with_a_base_all_that_differs_since_they_parted_is_told_and_whom_it_concerns(branch: Run) -> None:
    shown = branch("--base", "main").stdout
    head = " ".join(shown.split("\n\n")[0].split())
    assert head.startswith("Changed against main (")
    assert "ASP-002 (gone), OPC-001 (fields), ROL-B (new)" in head
    assert "ASP-001 → OPC-001 (controls)" in shown
    assert "OBJ-001 → ASP-002 (basis) (at the base)" in shown
    assert "How to" not in shown


def test_with_a_base_the_json_tells_what_is_gone_and_keeps_to_its_schema(branch: Run) -> None:
    data = json.loads(branch("--base", "main", "--format", "json").stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(data)
    assert data["base"]["ref"] == "main"
    assert [one["id"] for one in data["removed"]] == ["ASP-002"]
    assert {one["id"]: one["what"] for one in data["changed"]}["OPC-001"] == ["fields"]
    ways = {one["id"]: [way["at_base"] for way in one["ways"]] for one in data["affected"]}
    assert ways["OBJ-001"] == [True]
    assert ways["ASP-001"] == [False]


def test_against_itself_nothing_differs_and_the_json_keeps_to_its_schema(run: Run) -> None:
    assert run("--base", "main").stdout.startswith("Nothing with an id differs from main (")
    data = json.loads(run("--base", "main", "--format", "json").stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(data)
    assert data["changed"] == data["asked"] == []


def test_ids_and_a_base_together_or_neither_are_refused(run: Run) -> None:
    both, neither = run("OPC-001", "--base", "main"), run()
    assert (both.exit_code, neither.exit_code) == (2, 2)
    assert both.stderr == "ems: both are given: name either IDs, such as ASP-003, or `--base REF`\n"
    assert neither.stderr == "ems: name either IDs, such as ASP-003, or `--base REF`\n"


def test_a_base_with_another_history_is_one_line_that_says_what_to_do(story: Story, run: Run) -> None:
    stamp = Stamp(person("ann"), story.now)
    story.writer.commit({"other.txt": b"x"}, message="Alone", by=stamp, branch="alone", parents=())
    story.flush()
    refused = run("--base", "alone")
    assert refused.exit_code == 2
    assert refused.stderr == (
        "ems: 'alone' and the work tree have no history in common: fetch the whole history (fetch-depth: 0)\n"
    )
