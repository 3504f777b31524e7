"""`ems significance` as an editor types it: the method in words, and another method tried out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from mkdocs_ems.cli.main import ems
from support.story import Story

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "significance.schema.json"

SETTINGS = """\
schema: 1
organisation: {name: Small Works}
significance:
  title: Likelihood times severity
  document: MET-001
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood * severity
  threshold: score >= 6
  bands: [{label: low, from: 1}, {label: high, from: 6}]
"""
ASPECTS = """\
id: REG-ASPECTS
type: aspect
title: Aspects
rows:
  - {id: ASP-001, title: Nickel, criteria: {likelihood: 3, severity: 3}}
  - {id: ASP-002, title: Noise, criteria: {likelihood: 3, severity: 1}}
  - {id: ASP-003, title: Card, criteria: {likelihood: 1, severity: 1}}
  - {id: ASP-004, title: Cyanide, status: withdrawn, criteria: {likelihood: 3, severity: 3}}
"""
METHOD = "---\nid: MET-001\ntype: method\ntitle: How we judge\n---\n\n# Judging\n"
TRIED = """\
significance:
  criteria:
    likelihood: {values: {1: yearly, 2: monthly, 3: daily}}
    severity: {values: {1: hardly, 2: noticeably, 3: lastingly}}
  formula: likelihood + severity
  threshold: score >= 4
"""

Run = Callable[..., Result]


@pytest.fixture
def works(story: Story) -> Path:
    files = {"ems/ems.yml": SETTINGS, "ems/registers/aspects.yml": ASPECTS, "ems/methods/judging.md": METHOD}
    story.commit(files)
    return story.check_out()


@pytest.fixture
def run(works: Path) -> Run:
    def invoke(*arguments: object) -> Result:
        words = ["significance", "--repo", works, "--as-of", "2026-06-01", *arguments]
        result = CliRunner().invoke(ems, [str(one) for one in words], prog_name="ems")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def test_the_method_is_told_in_words_and_each_aspect_with_its_computation(run: Run) -> None:
    shown = run().stdout
    assert "Explained in: MET-001 How we judge" in shown
    assert "as if no control were in place" in shown
    assert "Score: likelihood × severity" in shown  # noqa: RUF001 - the sign that readers know
    assert "Significant where: score ≥ 6" in shown
    assert "3  lastingly" in shown
    assert "likelihood 3 × severity 3 = 9; significant because score ≥ 6" in shown  # noqa: RUF001 - as above
    assert "3 aspects, 1 significant" in shown
    assert "ASP-004" not in shown


def test_a_changed_method_shows_what_it_would_change_and_ends_with_0(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "tried.yml"
    file.write_text(TRIED, encoding="utf-8")
    result = run("--method", file)
    assert result.exit_code == 0
    assert "Become significant (1)" in result.stdout
    assert "ASP-002" in result.stdout.partition("Become significant")[2].partition("Change only")[0]
    assert "3 aspects: 1 would become significant, 0 would cease to be" in result.stdout
    assert "Nothing was written" in result.stdout


def test_the_method_alone_will_do_and_the_same_method_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "same.yml"
    alone = SETTINGS.partition("significance:\n")[2].replace("\n  ", "\n")[2:]
    file.write_text(alone, encoding="utf-8")
    assert "0 could not be judged, 3 would stay as they are" in run("--method", file).stdout


def test_what_cannot_be_judged_is_listed_with_the_reason(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "more.yml"
    more = "    toxicity: {values: {1: none, 2: some}}\n  formula: likelihood * toxicity"
    file.write_text(TRIED.replace("  formula: likelihood + severity", more), encoding="utf-8")
    shown = run("--method", file).stdout
    assert "Cannot be judged by the new method (3)" in shown
    assert "toxicity is missing: the method asks for it" in shown


def test_faults_of_the_method_are_told_by_their_lines(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "faulty.yml"
    file.write_text(TRIED.replace("score >= 4", "scor >= 4").replace("formula", "formla"), encoding="utf-8")
    result = run("--method", file)
    assert result.exit_code == 1
    assert f"{file}:5:3: " in result.stderr
    assert 'did you mean "formula"?' in result.stderr
    assert "?;" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "text", ["significance: [", "a: 1\na: 2\n", "\x00"], ids=["broken", "twice", "binary"]
)
def test_a_file_that_cannot_be_read_is_one_line_and_exit_2(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "broken.yml"
    file.write_text(text, encoding="utf-8")
    result = run("--method", file)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"ems: {file}:")
    assert result.stderr.count("\n") == 1


def test_a_file_that_is_not_there_is_exit_2(run: Run, tmp_path: Path) -> None:
    assert run("--method", tmp_path / "nowhere.yml").exit_code == 2


@pytest.mark.parametrize("text", ["", "- a list\n", "significance: words\n"])
def test_a_file_without_a_method_says_so(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "empty.yml"
    file.write_text(text, encoding="utf-8")
    result = run("--method", file)
    assert result.exit_code in (1, 2)
    assert str(file) in result.stderr
    assert "type:" not in result.stderr


@pytest.mark.parametrize("text", ["", "- a list\n", "words\n"])
def test_a_file_that_is_no_method_at_all_is_told_how_one_begins(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "empty.yml"
    file.write_text(text, encoding="utf-8")
    assert "write `significance:` and the method below it" in run("--method", file).stderr


def test_the_json_keeps_to_its_schema_with_and_without_another_method(run: Run, tmp_path: Path) -> None:
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    plain = json.loads(run("--format", "json").stdout)
    validator.validate(plain)
    assert [(one["id"], one["score"], one["significant"]) for one in plain["aspects"]] == [
        ("ASP-001", 9, True),
        ("ASP-002", 3, False),
        ("ASP-003", 1, False),
    ]
    file = tmp_path / "tried.yml"
    file.write_text(TRIED, encoding="utf-8")
    tried = json.loads(run("--format", "json", "--method", file).stdout)
    validator.validate(tried)
    assert tried["comparison"]["counts"] == {"not_judged": 0, "becomes": 1, "ceases": 0, "other": 2}
    assert [one["id"] for one in tried["comparison"]["changes"] if one["kind"] == "becomes"] == ["ASP-002"]


def test_an_ems_without_a_method_says_so(story: Story) -> None:
    story.commit({"ems/ems.yml": "schema: 1\norganisation: {name: Small Works}\n"})
    words = ["significance", "--repo", str(story.check_out())]
    result = CliRunner().invoke(ems, words, prog_name="ems")
    assert result.exit_code == 0
    assert "declares no method" in result.stdout
