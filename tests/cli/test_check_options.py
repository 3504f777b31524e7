"""What `ems check` can be asked beside its findings: formats, a baseline, timings, hooks."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from mkdocs_ems.cli.laps import Laps
from mkdocs_ems.cli.main import ems
from mkdocs_ems.rules import RULES
from support.story import Story

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]

FILES = {
    "ems/ems.yml": "schema: 1\norganisation: {name: Small Works}\n",
    "ems/registers/obligations.yml": (
        "id: REG-OBL\ntype: obligation\ntitle: Obligations\nrows:\n"
        "  - {id: OBL-001, title: Trade effluent consent}\n"
    ),
}


@pytest.fixture
def works(tmp_path: Path) -> Path:
    """A small repository with findings, checked out."""
    story = Story(tmp_path / "works")
    story.commit(FILES, by="Maya Holm <maya@small.example>", message="Begin", date="2026-01-05")
    root = story.flush()
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def run(tmp_path: Path, works: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `ems check` over it in this process, with a cache of its own."""
    monkeypatch.setenv("EMS_CACHE_DIR", str(tmp_path / "cache"))

    def invoke(*arguments: object) -> Result:
        asked = ["check", "--repo", str(works), "--as-of", "2026-06-01", *map(str, arguments)]
        result = CliRunner().invoke(ems, asked, prog_name="ems")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def test_a_baseline_lets_a_check_fail_on_what_is_new_alone(run: Run, works: Path, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    assert run("--profile", "review").exit_code == 1
    written = run("--write-baseline", file)
    assert written.exit_code == 0
    assert f"written to {file}. `ems check --baseline {file}` tells new ones only." in written.stdout
    known = run("--profile", "review", "--baseline", file, "--format", "json")
    assert known.exit_code == 0
    report = json.loads(known.stdout)
    assert report["diagnostics"] == []
    assert report["counts"]["known"] > 0
    register = works / "ems/registers/obligations.yml"
    register.write_text(register.read_text() + "  - {id: OBL-002, title: Waste}\n", encoding="utf-8")
    new = run("--profile", "review", "--baseline", file, "--format", "json")
    assert new.exit_code == 1
    assert {one["id"] for one in json.loads(new.stdout)["diagnostics"]} <= {"OBL-002", "REG-OBL"}


def test_a_file_that_is_no_baseline_is_one_line_and_exit_2(run: Run, works: Path) -> None:
    result = run("--baseline", works / "ems/ems.yml")
    assert result.exit_code == 2
    assert "is no baseline" in result.stderr
    (works / "link.json").symlink_to(works / "ems/ems.yml")
    refused = run("--write-baseline", works / "link.json")
    assert refused.exit_code == 2
    assert "link.json is not a plain file: it is left alone" in refused.stderr


@pytest.mark.parametrize("form", ["sarif", "gitlab", "junit"])
def test_every_format_comes_out_also_of_a_kept_result(run: Run, form: str) -> None:
    first, second = run("--format", form), run("--format", form)
    assert first.exit_code == second.exit_code == 0
    assert first.stdout == second.stdout
    assert "OBL002" in first.stdout


def test_timings_name_each_stage_and_the_slowest_rules_on_stderr(run: Run) -> None:
    result = run("--timings", "--format", "json")
    json.loads(result.stdout)
    for stage in ("files read", "files parsed", "model built", "references followed", "document control"):
        assert stage in result.stderr
    assert f"{len(RULES)} rules" in result.stderr
    assert "together" in result.stderr


def test_a_stop_watch_gives_each_piece_of_work_its_own_time() -> None:
    ticks = iter([0.0, 1.0, 1.5, 4.0])
    laps = Laps(clock=lambda: next(ticks))
    for name in ("files read", "ASP001", "ASP002"):
        laps.lap(name)
    assert laps.taken == [("files read", 1.0), ("ASP001", 0.5), ("ASP002", 2.5)]
    lines = laps.table().split("\n")
    assert lines[1].split() == ["files", "read", "1000.0", "ms", "25.0%"]
    assert [line.split()[0] for line in lines[3:5]] == ["ASP002", "ASP001"]


def test_the_hooks_run_what_they_say(run: Run) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["ems-check", "ems-review"]
    for hook, code in zip(hooks, (0, 1), strict=True):
        assert (hook["language"], hook["pass_filenames"]) == ("python", False)
        program, command, *options = shlex.split(hook["entry"])
        assert (program, command) == ("ems", "check")
        assert run(*options).exit_code == code
