"""`ems schema`: prints, lists, and sets up an editor without touching what is not its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft7Validator

from mkdocs_ems.cli.main import ems
from support.story import Story

Run = Callable[..., Result]

REGISTER = "id: REG-ASP\ntype: aspect\ntitle: Aspects\nrows: []\n"


@pytest.fixture
def works(tmp_path: Path) -> Path:
    root = tmp_path / "works"
    story = Story(root)
    files = {
        "ems/ems.yml": "organisation: {name: Small}\nown_fields: [{of: [aspect], name: permit_ref}]\n",
        "ems/registers/aspects.yml": REGISTER,
        "ems/records/approvals/P-1/1-approval-a@b-1.yml": "schema: ems-approval/1\n",
    }
    story.commit(files, by="Maya Holm <maya@small.example>", message="Begin", date="2026-01-05")
    story.flush()
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def run(works: Path) -> Run:
    def invoke(*arguments: object) -> Result:
        asked = ["schema", "--repo", str(works), *map(str, arguments)]
        result = CliRunner().invoke(ems, asked, prog_name="ems")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def test_one_schema_is_printed_with_the_organisations_own_fields(run: Run) -> None:
    schema = json.loads(run("register").stdout)
    Draft7Validator.check_schema(schema)
    assert "permit_ref" in json.dumps(schema)


def test_all_are_listed_and_an_unknown_one_is_answered_with_the_nearest(run: Run) -> None:
    assert {"ems", "register", "approval", "policy", "scope"} <= set(run().stdout.split())
    result = run("registr")
    assert result.exit_code == 2
    assert "there is no schema 'registr'; did you mean register?" in result.stderr


def test_writing_sets_up_the_editor_and_leaves_the_content_alone(run: Run, works: Path) -> None:
    assert run("--write").exit_code == 0
    settings = json.loads((works / ".vscode/settings.json").read_text(encoding="utf-8"))
    for name in settings["yaml.schemas"]:
        Draft7Validator.check_schema(json.loads((works / name).read_text(encoding="utf-8")))
    assert (works / "ems/registers/aspects.yml").read_text(encoding="utf-8") == REGISTER


def test_settings_that_are_there_stay_and_what_is_missing_is_told(run: Run, works: Path) -> None:
    (works / ".vscode").mkdir()
    (works / ".vscode/settings.json").write_text("{}\n", encoding="utf-8")
    result = run("--write")
    assert (works / ".vscode/settings.json").read_text(encoding="utf-8") == "{}\n"
    assert ".vscode/settings.json stays as it is" in result.stdout
    assert '"yaml.schemas"' in result.stdout


def test_lines_are_added_to_registers_and_settings_once_and_never_to_evidence(run: Run, works: Path) -> None:
    first = run("--write", "--modelines")
    assert "ems/registers/aspects.yml begins with the line" in first.stdout
    text = (works / "ems/registers/aspects.yml").read_text(encoding="utf-8")
    assert text.endswith(f"register.schema.json\n{REGISTER}")
    record = works / "ems/records/approvals/P-1/1-approval-a@b-1.yml"
    assert record.read_text(encoding="utf-8") == "schema: ems-approval/1\n"
    assert "begins with" not in run("--write", "--modelines").stdout
    assert (works / "ems/registers/aspects.yml").read_text(encoding="utf-8") == text


def test_lines_without_the_files_they_lead_to_are_refused(run: Run) -> None:
    result = run("--modelines")
    assert (result.exit_code, "--modelines needs --write" in result.stderr) == (2, True)


@pytest.mark.parametrize("link", [".vscode", ".vscode/ems", "ems/registers"])
def test_nothing_is_written_through_a_link(run: Run, works: Path, tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "aspects.yml").write_text(REGISTER, encoding="utf-8")
    place = works / link
    if place.exists():
        place.rename(tmp_path / "away")
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(elsewhere, target_is_directory=True)
    result = run("--write", "--modelines")
    assert [one.name for one in elsewhere.iterdir()] == ["aspects.yml"]
    assert (elsewhere / "aspects.yml").read_text(encoding="utf-8") == REGISTER
    assert result.exit_code == (0 if link == "ems/registers" else 2)
    assert "Traceback" not in result.output


def test_a_file_that_is_a_link_is_left_alone(run: Run, works: Path, tmp_path: Path) -> None:
    target = tmp_path / "secret"
    target.write_text("id: REG-ASP\n", encoding="utf-8")
    (works / "ems/registers/aspects.yml").unlink()
    (works / "ems/registers/aspects.yml").symlink_to(target)
    assert run("--write", "--modelines").exit_code == 0
    assert target.read_text(encoding="utf-8") == "id: REG-ASP\n"


def test_from_a_folder_below_the_project_the_project_is_set_up(works: Path) -> None:
    (works / "mkdocs.yml").write_text("docs_dir: ems\n", encoding="utf-8")
    asked = ["schema", "--repo", str(works / "ems" / "registers"), "--write", "--modelines"]
    result = CliRunner().invoke(ems, asked, prog_name="ems")
    assert result.exit_code == 0
    assert (works / ".vscode/settings.json").is_file()
    first = (works / "ems/registers/aspects.yml").read_text(encoding="utf-8").partition("\n")[0]
    assert first.endswith("$schema=../../.vscode/ems/register.schema.json")
