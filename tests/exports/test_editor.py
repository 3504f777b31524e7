"""What an editor says of the content, by the language server that editors run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.main import ems
from support.language_server import LanguageServer, needs_server
from support.story import Story

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow

ASPECTS = """\
id: REG-ASP
type: aspect
title: Aspects
rows:
  - id: ASP-001
    title: Mist
    condition: odd
  - id: ASP-001
    title: Dust
    title: Twice
    owner: rol-ehs
    criteria: {likelihood: 3}
    permit_ref: "3.1"
    
"""  # noqa: W293 - where the cursor stands


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with an editor set up by the command."""
    needs_server()
    root = tmp_path_factory.mktemp("editor") / "works"
    files = {
        "ems/ems.yml": "organisation: {name: Small}\nown_fields: [{of: [aspect], name: permit_ref}]\n",
        "ems/registers/aspects.yml": ASPECTS,
        "ems/policy.md": "---\nid: POL-001\ntype: policy\ntitle: Policy\n---\n",
    }
    story = Story(root)
    story.commit(files, by="Maya Holm <maya@small.example>", message="Begin", date="2026-01-05")
    story.flush()
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(ems, ["schema", "--repo", str(root), "--write", "--modelines"])
    assert result.exit_code == 0, result.output
    return root


@pytest.fixture(scope="module")
def server(works: Path) -> Iterator[LanguageServer]:
    with LanguageServer(works) as running:
        yield running


def test_an_editor_finds_the_schema_by_the_line_in_the_file(server: LanguageServer) -> None:
    assert server.open("ems/registers/aspects.yml") == [
        (8, 'Value is not accepted. Valid values: "normal", "abnormal", "emergency", null.'),
        (11, "Map keys must be unique"),
        (12, f'String does not match the pattern of "{"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$"}".'),
    ]


def test_an_editor_offers_the_fields_that_are_not_there_yet_own_ones_among_them(
    server: LanguageServer, works: Path
) -> None:
    offered = server.complete("ems/registers/aspects.yml", 15, 5)
    assert {"impacts", "controls", "lifecycle_stage"} <= offered
    assert "how_it_applies" not in offered
    settings = json.loads((works / ".vscode/settings.json").read_text())
    assert settings["yaml.schemas"][".vscode/ems/register.schema.json"] == [
        "ems/registers/**/*.yml",
        "ems/registers/**/*.yaml",
    ]


def test_an_editor_finds_the_schema_by_its_settings_alone(works: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(works, copy)
    file = copy / "ems/registers/aspects.yml"
    file.write_text(file.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    shutil.copy(file, copy / "ems/registers/more-aspects.yaml")
    (copy / "ems/records").mkdir()
    (copy / "ems/records/drills.yaml").write_text("type: drill\nrecords: [{datum: 2026-01-01}]\n")
    settings = json.loads((copy / ".vscode/settings.json").read_text())
    schemas = {str(copy / name): pattern for name, pattern in settings["yaml.schemas"].items()}
    with LanguageServer(copy, settings={"yaml.schemas": schemas}) as running:
        assert [line for line, _ in running.open("ems/registers/aspects.yml")] == [7, 10, 11]
        assert [line for line, _ in running.open("ems/registers/more-aspects.yaml")] == [7, 10, 11]
        assert [line for line, _ in running.open("ems/records/drills.yaml")] == [2]


def test_an_editor_has_nothing_to_say_of_the_demonstration() -> None:
    needs_server()
    paths = ["ems/ems.yml", *(f"ems/registers/{one.name}" for one in (ROOT / "ems/registers").glob("*.yml"))]
    with LanguageServer(ROOT) as running:
        found = {path: running.open(path) for path in sorted(paths)}
    assert {path: faults for path, faults in found.items() if faults} == {}
    for path in found:
        assert (
            "# yaml-language-server: $schema=" in (ROOT / path).read_text(encoding="utf-8").partition("\n")[0]
        )
