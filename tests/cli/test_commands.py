"""The commands as a user types them, on the demonstration and on what may go wrong."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from mkdocs_ems.cli.main import commands, ems
from support.demonstration import AS_OF
from support.story import Story

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs" / "schemas"

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


def validate(name: str, text: str) -> None:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(text))


def test_a_draft_check_of_the_demonstration_passes_and_shows_its_defects(run: Run, demo: Path) -> None:
    result = run("check", "--repo", demo, "--as-of", AS_OF)
    assert result.exit_code == 0
    for code in ("ASP010", "DOC005", "DOC007"):
        assert f"[{code}]" in result.stdout
    assert "Passes the draft check: all can be read and connected." in " ".join(result.stdout.split())


def test_a_review_of_the_demonstration_fails_on_its_errors(run: Run, demo: Path) -> None:
    assert run("check", "--repo", demo, "--as-of", AS_OF, "--profile", "review").exit_code == 1


def test_a_ref_is_reviewed_unless_told_otherwise(run: Run, demo: Path) -> None:
    assert "review check" in run("check", "--repo", demo, "--ref", "main", "--as-of", AS_OF).stdout


def test_select_and_ignore_narrow_the_rules(run: Run, demo: Path) -> None:
    only = run("check", "--repo", demo, "--as-of", AS_OF, "--select", "ASP", "--format", "concise").stdout
    assert "[ASP010]" in only
    assert "[DOC005]" not in only
    without = run(
        "check", "--repo", demo, "--as-of", AS_OF, "--ignore", "ASP010", "--format", "concise"
    ).stdout
    assert "[ASP010]" not in without


def test_several_rules_are_selected_with_commas(run: Run, demo: Path) -> None:
    both = run("check", "--repo", demo, "--as-of", AS_OF, "--select", "ASP004,OBJ", "--format", "json")
    assert {one["code"] for one in json.loads(both.stdout)["diagnostics"]} == {"ASP004", "OBJ010"}


def test_the_json_of_a_check_keeps_to_its_schema(run: Run, demo: Path) -> None:
    validate("check.schema.json", run("check", "--repo", demo, "--as-of", AS_OF, "--format", "json").stdout)


def test_an_unchanged_state_gives_the_same_answer_from_what_was_kept(run: Run, demo: Path) -> None:
    first = run("check", "--repo", demo, "--as-of", AS_OF)
    again = run("check", "--repo", demo, "--as-of", AS_OF)
    afresh = run("check", "--repo", demo, "--as-of", AS_OF, "--no-cache")
    assert first.stdout == again.stdout == afresh.stdout


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda kept: kept.write_bytes(b"[" * 100_000),
        lambda kept: kept.write_bytes(kept.read_bytes().partition(b"\n")[0] + b"\n" + b"[" * 100_000),
        lambda kept: kept.write_bytes(kept.read_bytes()[:-100]),
        lambda kept: kept.write_bytes(kept.read_bytes().replace(b'"content": "ems"', b'"content": "../.."')),
        lambda kept: (kept.unlink(), os.mkfifo(kept)),
        lambda kept: (kept.unlink(), kept.symlink_to("/dev/zero")),
        lambda kept: (kept.unlink(), kept.mkdir()),
    ],
    ids=["deep envelope", "deep result", "cut off", "content elsewhere", "FIFO", "link", "folder"],
)
@pytest.mark.skipif(os.name == "nt", reason="links and FIFOs of POSIX")
def test_what_was_kept_and_then_spoilt_is_as_if_it_had_not_been_kept(
    run: Run, demo: Path, tmp_path: Path, spoilt: Callable[[Path], object]
) -> None:
    before = run("check", "--repo", demo, "--as-of", AS_OF)
    (kept,) = (tmp_path / "cache").glob("*.json")
    spoilt(kept)
    after = run("check", "--repo", demo, "--as-of", AS_OF)
    assert (after.exit_code, after.stdout) == (before.exit_code, before.stdout)


def test_folders_nested_past_any_stack_are_refused_in_one_line(run: Run, story: Story) -> None:
    story.commit({"ems/ems.yml": "schema: 1\n"})
    folder = story.check_out()
    deep = folder / "ems"
    for _ in range(6):
        deep = deep / "/".join("d" * 200)
        deep.mkdir(parents=True)
    result = run("check", "--repo", folder)
    # Python's own removal, which clears up after tests, would not get down there.
    subprocess.run(["rm", "-rf", folder / "ems" / "d"], check=True)
    assert result.exit_code == 2
    assert "nested deeper than" in result.stderr


def test_a_changed_byte_is_checked_afresh(run: Run, demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(demo, copy)
    before = run("check", "--repo", copy, "--as-of", AS_OF, "--format", "json").stdout
    register = copy / "ems" / "registers" / "aspects.yml"
    register.write_text(register.read_text(encoding="utf-8") + "  - nonsense\n", encoding="utf-8")
    after = run("check", "--repo", copy, "--as-of", AS_OF, "--format", "json")
    assert after.stdout != before
    assert after.exit_code == 1


def test_a_new_untracked_file_is_checked_afresh(run: Run, demo: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(demo, copy)
    run("check", "--repo", copy, "--as-of", AS_OF)
    (copy / "ems" / "procedures" / "new.md").write_text("# No front matter\n", encoding="utf-8")
    assert "new.md" in run("check", "--repo", copy, "--as-of", AS_OF).stdout


def test_the_register_lists_every_controlled_document(run: Run, demo: Path) -> None:
    result = run("register", "--repo", demo, "--as-of", AS_OF)
    assert result.exit_code == 0
    for identity in ("POL-001", "P-01", "P-08", "EMS-RULES"):
        assert identity in result.stdout


def test_the_json_of_the_register_keeps_to_its_schema(run: Run, demo: Path) -> None:
    result = run("register", "--repo", demo, "--as-of", AS_OF, "--format", "json", "--issues")
    validate("register.schema.json", result.stdout)
    documents = {one["id"]: one for one in json.loads(result.stdout)["documents"]}
    assert {"adopted", "declared", "recorded"} <= {
        issue["level"] for one in documents.values() for issue in one["issues"]
    }


def test_what_was_in_force_on_a_date_is_not_what_is_in_force_today(run: Run, demo: Path) -> None:
    def issues(day: str) -> dict[str, int | None]:
        text = run("register", "--repo", demo, "--on", day, "--format", "json").stdout
        return {one["id"]: one["issue"] for one in json.loads(text)["documents"]}

    assert issues("2025-02-01") != issues(AS_OF)


def test_the_csv_of_the_register_has_a_row_for_each_document(run: Run, demo: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("register", "--repo", demo, "--format", "csv").stdout)))
    assert {"POL-001", "P-08"} <= {row["id"] for row in rows}


def test_the_table_and_the_csv_of_the_register_list_every_issue(run: Run, demo: Path) -> None:
    table = run("register", "--repo", demo, "--as-of", AS_OF, "--issues").stdout
    assert "Taken over as approved" in " ".join(table.split())
    text = run("register", "--repo", demo, "--as-of", AS_OF, "--issues", "--format", "csv").stdout
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["id"] == "P-01"]
    assert [row["issue_label"] for row in rows] == ["Rev D", "Rev E"]


def test_a_spreadsheet_is_written_to_the_file_that_is_named(run: Run, demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "register.xlsx"
    result = run("register", "--repo", demo, "--as-of", AS_OF, "--format", "xlsx", "--output", target)
    assert result.exit_code == 0
    assert target.read_bytes().startswith(b"PK")
    assert f"The register is written: {target}" in result.stdout


def test_a_terminal_never_gets_a_spreadsheet(run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mkdocs_ems.cli.register._for_people", lambda: True)
    result = run("register", "--repo", demo, "--format", "xlsx")
    assert result.exit_code == 2
    assert "--output" in result.stderr


def test_history_shows_what_an_issue_changed_in_words(run: Run, demo: Path) -> None:
    shown = run("history", "--repo", demo, "--as-of", AS_OF, "--issue", "5", "P-01").stdout
    assert "what changed, compared with issue 4" in shown
    assert "issue_label: Rev [-D-]{+E+}" in shown
    assert "issue 4" not in shown.partition("what changed")[0]


def test_history_of_an_issue_that_is_not_there_says_which_are(run: Run, demo: Path) -> None:
    result = run("history", "--repo", demo, "--issue", "99", "P-01")
    assert result.exit_code == 2
    assert "its issues: 4, 5" in result.stderr


@pytest.mark.parametrize("arguments", [("P-01", "--issue", "5"), ("POL-001",), ("ASP-003",), ("P-08",)])
def test_the_json_of_a_history_keeps_to_its_schema(run: Run, demo: Path, arguments: tuple[str, ...]) -> None:
    result = run("history", "--repo", demo, "--as-of", AS_OF, "--format", "json", *arguments)
    validate("history.schema.json", result.stdout)


def test_history_tells_who_approved_each_issue(run: Run, demo: Path) -> None:
    shown = run("history", "--repo", demo, "--as-of", AS_OF, "POL-001").stdout
    assert "issue 1" in shown
    assert "approval adopted" in shown
    assert "Helen Marsh confirmed it on 2026-01-27" in shown.partition("reviewed, confirmed, withdrawn")[2]


def test_history_of_a_row_tells_what_each_event_changed(run: Run, demo: Path) -> None:
    shown = run("history", "--repo", demo, "--as-of", AS_OF, "ASP-003").stdout
    assert shown.startswith("ASP-003 Nickel and zinc in rinse water\n")
    assert "added by" in shown


def test_history_says_of_what_is_not_committed_that_nobody_committed_it(
    run: Run, demo: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(demo, copy)
    register = (
        "id: REG-ASP2\ntype: aspect\ntitle: More\nowner: ROL-EHS\nrows:\n  - {id: ASP-900, title: Oil}\n"
    )
    (copy / "ems/registers/more.yml").write_text(register, encoding="utf-8")
    row = run("history", "--repo", copy, "ASP-900").stdout
    assert "added in the work tree, not committed yet\n  commit   none yet" in row
    document = run("history", "--repo", copy, "REG-ASP2").stdout
    assert "  written  nobody is named\n  commit   none yet\n  approval none\n" in document


def test_the_register_names_no_approval_where_no_issue_is_in_force(run: Run, demo: Path) -> None:
    shown = run("register", "--repo", demo, "--as-of", AS_OF).stdout
    (line,) = (one for one in shown.splitlines() if one.lstrip().startswith("WI-04 "))
    assert line.split()[-5:] == ["withdrawn", "-", "-", "-", "-"]


def test_trace_shows_both_directions(run: Run, demo: Path) -> None:
    shown = run("trace", "--repo", demo, "--as-of", AS_OF, "ASP-003").stdout
    assert "leads to" in shown
    assert "OPC-" in shown


@pytest.mark.parametrize("command", ["history", "trace"])
def test_an_unknown_id_is_answered_with_the_nearest(run: Run, demo: Path, command: str) -> None:
    result = run(command, "--repo", demo, "--as-of", AS_OF, "POL-0O1")
    assert result.exit_code == 2
    assert "did you mean POL-001?" in result.stderr


def test_rules_and_explain_show_every_rule(run: Run) -> None:
    listed = json.loads(run("rules", "--format", "json").stdout)["rules"]
    assert len(listed) >= 24
    for rule in listed:
        shown = run("explain", rule["code"])
        assert shown.exit_code == 0
        assert rule["name"] in shown.stdout


def test_explain_takes_a_name_and_suggests_for_a_typing_error(run: Run) -> None:
    assert "ASP010" in run("explain", "significant-without-control").stdout
    for typed in ("ASP01O", "ASPO10", "ASP10"):
        wrong = run("explain", typed)
        assert wrong.exit_code == 2
        assert "ASP010" in wrong.stderr


def test_a_folder_without_a_repository_is_one_line_and_exit_2(run: Run, tmp_path: Path) -> None:
    result = run("check", "--repo", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("ems: ")
    assert len(result.stderr.splitlines()) == 1


def test_an_unknown_ref_is_one_line_and_exit_2(run: Run, demo: Path) -> None:
    result = run("check", "--repo", demo, "--ref", "v1999\x1b[31m")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr


def test_an_unborn_branch_is_checked_without_its_history(run: Run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path / "new")], check=True)
    (tmp_path / "new" / "ems").mkdir()
    settings = "schema: 1\norganisation: {name: New Works}\n"
    (tmp_path / "new" / "ems" / "ems.yml").write_text(settings, encoding="utf-8")
    result = run("check", "--repo", tmp_path / "new", "--as-of", AS_OF)
    assert "not evaluated" in result.stdout
    assert "no commit yet" in result.stdout


def test_the_demo_is_never_written_over_anything(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    result = run("demo", tmp_path)
    assert result.exit_code == 2
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
@pytest.mark.parametrize("docs_dir", ['"a\\0b"', '"\\e[31m"', "/etc", "../..", "a\\b"])
def test_a_content_folder_that_can_be_none_is_one_line_and_exit_2(
    run: Run, story: Story, docs_dir: str
) -> None:
    story.commit({"mkdocs.yml": f"docs_dir: {docs_dir}\n"})
    result = run("check", "--repo", story.check_out())
    assert result.exit_code == 2
    assert result.stderr.startswith("ems: docs_dir in mkdocs.yml must name a folder beside it")
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("place", ["ems/site", ".git/site", "ems", "/"])
def test_a_site_is_never_written_among_what_it_is_made_from(run: Run, story: Story, place: str) -> None:
    story.commit({"ems/ems.yml": "schema: 1\n", "ems/a.md": "---\nid: A-1\n---\n"})
    folder = story.check_out()
    result = run("build", "--repo", folder, "--site-dir", folder / place)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert not (folder / place / "index.html").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("output", [">/dev/full", ">&-"])
def test_an_output_that_takes_nothing_is_no_defect(demo: Path, output: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m mkdocs_ems check --no-cache --repo "$1" {output}', sys.executable, demo],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in ((2,) if "full" in output else (0, 1))
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") <= 1


def test_a_name_that_no_system_takes_is_one_line_and_exit_2(run: Run, tmp_path: Path) -> None:
    for command in (["demo", tmp_path / ("x" * 300)], ["build", "--site-dir", tmp_path / ("x" * 300)]):
        result = run(*command)
        assert result.exit_code == 2
        assert result.stderr.count("\n") == 1


def test_check_and_register_work_where_mkdocs_cannot_be_imported(demo: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "for name in ('mkdocs', 'material', 'mkdocs.plugins'):\n"
        "    sys.modules[name] = None\n"
        "from mkdocs_ems.cli.main import ems\n"
        "ems(sys.argv[1:], standalone_mode=False)\n"
    )
    for command in ("check", "register", "history POL-001", "trace ASP-003", "rules", "explain ASP010"):
        name, *rest = command.split()
        repo = [] if name in ("rules", "explain") else ["--repo", str(demo), "--as-of", AS_OF]
        done = subprocess.run(
            [sys.executable, "-c", code, name, *repo, *rest],
            capture_output=True,
            text=True,
            check=False,
            env={"EMS_CACHE_DIR": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        )
        assert done.returncode == 0, done.stderr


def test_check_imports_neither_mkdocs_nor_gitpython(demo: Path, tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from mkdocs_ems.cli.main import ems\n"
        "try:\n"
        "    ems(sys.argv[1:])\n"
        "except SystemExit:\n"
        "    pass\n"
        "heavy = {'mkdocs', 'material', 'git', 'jinja2'}\n"
        "print(sorted(heavy & {name.split('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "--repo", str(demo), "--as-of", AS_OF],
        capture_output=True,
        text=True,
        check=True,
        env={"EMS_CACHE_DIR": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_answers_help(run: Run) -> None:
    for name in commands():
        assert run(name, "--help").exit_code == 0


def test_a_name_in_a_commit_cannot_colour_the_terminal(run: Run, story: Story) -> None:
    files = {
        "ems/ems.yml": "schema: 1\norganisation: {name: Works}\n",
        "ems/policy.md": "---\nid: POL-001\ntype: policy\ntitle: Policy\n---\n\n# Policy\n",
    }
    story.commit(files, by="ann", message="Begin \x1b[31mred\u202e")
    shown = run("history", "--repo", story.check_out(), "POL-001").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_reader_that_goes_away_is_told_in_one_line_and_never_taken_for_success() -> None:
    command = [sys.executable, "-m", "mkdocs_ems", "explain", "ASP010"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        process.wait()
    assert (process.returncode, said.count(b"\n")) == (2, 1)


def test_the_command_ends_with_the_code_of_what_it_found(demo: Path, tmp_path: Path) -> None:
    def code(*arguments: str) -> int:
        environment = {**os.environ, "EMS_CACHE_DIR": str(tmp_path)}
        command = [sys.executable, "-m", "mkdocs_ems", *arguments]
        return subprocess.run(command, capture_output=True, check=False, env=environment).returncode

    check = ("check", "--repo", str(demo), "--as-of", AS_OF)
    assert code(*check) == 0
    assert code(*check, "--profile", "review") == 1
    assert code("check", "--repo", str(tmp_path / "nowhere")) == 2
