"""`ems ledger` and `ems check --against`, as they are typed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from mkdocs_ems.cli.main import ems
from support.demonstration import AS_OF
from support.shell import git
from support.story import Story

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "ledger.schema.json").read_text(encoding="utf-8")
)

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `ems` in this process, with a cache of its own."""
    monkeypatch.setenv("EMS_CACHE_DIR", str(tmp_path / "cache"))

    def invoke(*arguments: object) -> Result:
        result = CliRunner().invoke(ems, [str(one) for one in arguments], prog_name="ems")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


@pytest.fixture
def kept(run: Run, demo: Path, tmp_path: Path) -> Path:
    """A ledger of the demonstration, kept in a file."""
    file = tmp_path / "kept.json"
    assert run("ledger", "--repo", demo, "--output", file).exit_code == 0
    return file


@pytest.fixture
def copy(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration, to do something to."""
    return shutil.copytree(demo, tmp_path / "copy")


def test_the_ledger_of_the_demonstration_keeps_to_its_schema(run: Run, demo: Path) -> None:
    data = json.loads(run("ledger", "--repo", demo).stdout)
    Draft202012Validator(SCHEMA).validate(data)
    assert {row["row"] for row in data["rows"]} == {"content", "evidence", "issue"}
    assert [tag["name"] for tag in data["tags"]] == ["v2025.1", "v2025.2", "v2026.1", "v2026.2"]


def test_a_ledger_says_where_it_was_written_and_what_its_head_is(run: Run, demo: Path, kept: Path) -> None:
    again = run("ledger", "--repo", demo, "--output", kept)
    head = json.loads(kept.read_text(encoding="utf-8"))["head"]
    assert f"head {head}: {kept}" in again.stdout
    assert run("ledger", "--repo", demo).stdout == kept.read_text(encoding="utf-8")


def test_an_older_ledger_is_the_beginning_of_a_newer_one(run: Run, demo: Path) -> None:
    older = json.loads(run("ledger", "--repo", demo, "--ref", "v2025.2").stdout)
    newer = json.loads(run("ledger", "--repo", demo, "--ref", "v2026.2").stdout)
    assert len(older["rows"]) < len(newer["rows"])
    assert newer["rows"][: len(older["rows"])] == older["rows"]


def test_a_check_against_an_unchanged_history_passes(run: Run, demo: Path, kept: Path) -> None:
    result = run("check", "--repo", demo, "--as-of", AS_OF, "--against", kept)
    assert result.exit_code == 0
    assert "DOC033" not in result.stdout


def test_a_moved_tag_fails_even_the_check_of_a_draft(run: Run, copy: Path, kept: Path) -> None:
    git(copy, "update-ref", "refs/tags/v2026.1", git(copy, "rev-parse", "HEAD~3"))
    result = run("check", "--repo", copy, "--as-of", AS_OF, "--against", kept, "--format", "concise")
    assert result.exit_code == 1
    assert "DOC033" in result.stdout
    assert "the tag v2026.1 was moved" in result.stdout


def test_a_rewritten_branch_is_found(run: Run, copy: Path, kept: Path) -> None:
    git(copy, "update-ref", "refs/heads/main", git(copy, "rev-parse", "HEAD~1"))
    result = run("check", "--repo", copy, "--ref", "main", "--against", kept, "--format", "concise")
    assert result.exit_code == 1
    assert "this history ends at" in result.stdout


def test_what_was_kept_of_an_earlier_check_does_not_hide_a_difference(
    run: Run, copy: Path, kept: Path
) -> None:
    git(copy, "tag", "-d", "v2026.1")
    asked = ("check", "--repo", copy, "--as-of", AS_OF, "--format", "concise")
    assert "DOC033" not in run(*asked).stdout
    assert "the tag v2026.1 is gone" in run(*asked, "--against", kept).stdout


def test_no_baseline_makes_a_difference_known(run: Run, copy: Path, kept: Path, tmp_path: Path) -> None:
    git(copy, "tag", "-d", "v2026.1")
    asked = ("check", "--repo", copy, "--as-of", AS_OF, "--against", kept, "--format", "concise")
    baseline = tmp_path / "baseline.json"
    assert run(*asked, "--write-baseline", baseline).exit_code == 0
    result = run(*asked, "--baseline", baseline)
    assert result.exit_code == 1
    assert "the tag v2026.1 is gone" in result.stdout


def test_what_is_compared_cannot_waive_how_it_differs(run: Run, copy: Path, kept: Path) -> None:
    git(copy, "tag", "-d", "v2026.1")
    settings = copy / "ems" / "ems.yml"
    text = settings.read_text(encoding="utf-8")
    waiver = "waivers:\n  - {code: DOC033, reason: We know of it, until: 2027-12-31, approved_by: PER-001}\n"
    assert "waivers:\n" in text
    settings.write_text(text.replace("waivers:\n", waiver, 1), encoding="utf-8")
    result = run("check", "--repo", copy, "--as-of", AS_OF, "--against", kept)
    assert result.exit_code == 2
    assert "ems.yml waives DOC033" in result.stderr
    assert "the tag v2026.1 is gone" in result.stderr


@pytest.mark.parametrize("option", [("--select", "ASP"), ("--ignore", "DOC033")])
def test_a_check_that_leaves_the_comparison_out_is_refused(
    run: Run, demo: Path, kept: Path, option: tuple[str, str]
) -> None:
    result = run("check", "--repo", demo, "--against", kept, *option)
    assert result.exit_code == 2
    assert "nothing was compared with the ledger" in result.stderr


def test_where_there_is_no_commit_nothing_can_be_compared(run: Run, story: Story, kept: Path) -> None:
    story.flush()
    (story.path / "ems").mkdir()
    result = run("check", "--repo", story.path, "--against", kept)
    assert result.exit_code == 2
    assert "nothing was compared with the ledger: the repository has no commit yet" in result.stderr


def test_the_program_in_the_documentation_works_the_head_out(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (Path(__file__).parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    shutil.copy(kept, tmp_path / "ems-ledger.json")
    monkeypatch.chdir(tmp_path)
    exec(program, {})  # noqa: S102 - our own documentation, as a reader runs it
    spoilt(tmp_path / "ems-ledger.json", '"adopted"', '"signed"')
    with pytest.raises(AssertionError):
        exec(program, {})  # noqa: S102 - as above


def spoilt(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def drop(file: Path, at: int) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    del data["rows"][at]
    file.write_text(json.dumps(data), encoding="utf-8")


def put(file: Path, **values: object) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**data, **values}), encoding="utf-8")


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "no JSON": (lambda file: file.write_text("rows: 3"), "is no JSON, so it is no ledger"),
    "deep JSON": (lambda file: file.write_text("[" * 100_000), "is no JSON, so it is no ledger"),
    "another JSON": (lambda file: file.write_text('{"rows": []}'), "is no ledger: write one with"),
    "a list": (lambda file: file.write_text("[]"), "is no ledger: write one with"),
    "no text": (lambda file: file.write_bytes(b"\xff\xfe\x00"), "is no text, so it is no ledger"),
    "a later version": (
        lambda file: put(file, version=2),
        "is a ledger of version 2, and this program reads",
    ),
    "a changed row": (
        lambda file: spoilt(file, '"recorded"', '"signed"'),
        "was changed after it was written",
    ),
    "a row less": (lambda file: drop(file, 7), "row 8 does not follow from row 7"),
    "the first row less": (lambda file: drop(file, 0), "row 1 does not follow from its heading"),
    "the last row less": (lambda file: drop(file, -1), "its head is not the hash of its last row"),
    "another trust root": (
        lambda file: put(file, trust_root="0" * 40),
        "row 1 does not follow from its heading",
    ),
    "a strange id": (lambda file: put(file, last_event="--help"), "its last_event is missing or no id"),
    "a strange repository": (lambda file: put(file, repository=3), "its repository is no text"),
    "a strange row": (lambda file: put(file, rows=[{"row": "x"}]), "row 1 is no row of a ledger"),
    "rows that are none": (lambda file: put(file, rows={}), "its rows are no list"),
    "tags that are none": (lambda file: put(file, tags=None), "its tags are no list"),
    "a strange tag": (lambda file: put(file, tags=[{"name": "v1"}]), "something that is no tag"),
    "a tag of numbers": (
        lambda file: put(file, tags=[{"name": "v1", "object": 1, "target": None, "inner": None}]),
        "something that is no tag",
    ),
}


@pytest.mark.parametrize("name", list(UNUSABLE))
def test_a_ledger_that_cannot_be_used_is_one_line_and_exit_2(
    run: Run, demo: Path, kept: Path, name: str
) -> None:
    spoil, words = UNUSABLE[name]
    spoil(kept)
    result = run("check", "--repo", demo, "--against", kept)
    assert result.exit_code == 2
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert str(kept) in result.stderr


def test_a_folder_that_cannot_be_written_is_one_line_and_exit_2(run: Run, demo: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("ledger", "--repo", demo, "--output", tmp_path / "file" / "ledger.json")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
