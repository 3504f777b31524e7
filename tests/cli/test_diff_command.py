"""`ems diff` and `ems export` as a user types them, on three versions between which everything changes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from syrupy.assertion import SnapshotAssertion

from mkdocs_ems.changes.applying import applied
from mkdocs_ems.cli.main import ems
from mkdocs_ems.git.write import Stamp
from support.story import Story, person
from support.three_versions import three_versions

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
Run = Callable[..., Result]
UNSET = "a state is named by nothing at all: if it comes from a variable, that variable is not set"


@pytest.fixture
def folder(story: Story) -> Path:
    three_versions(story)
    return story.check_out("main")


@pytest.fixture
def run(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("EMS_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "100")

    def invoke(command: str, *arguments: object) -> Result:
        asked = [command, "--repo", str(folder), *map(str, arguments)]
        result = CliRunner().invoke(ems, asked, prog_name="ems")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def data(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def validate(name: str, found: object) -> None:
    read = {one.name: json.loads(one.read_text(encoding="utf-8")) for one in SCHEMAS.glob("*.json")}
    known = Registry[Any]().with_resources((each, Resource.from_contents(one)) for each, one in read.items())
    Draft202012Validator(read[name], registry=known).validate(found)


def words(result: Result) -> str:
    """What was printed, however its lines are broken."""
    return " ".join(result.stdout.split())


# --- every kind of change, in every form --------------------------------------------------


def test_every_kind_of_change_is_told_as_text(run: Run, snapshot: SnapshotAssertion) -> None:
    assert run("diff", "v1", "v2").stdout == snapshot


def test_every_kind_of_change_is_told_as_markdown(run: Run, snapshot: SnapshotAssertion) -> None:
    assert run("diff", "v1", "v2", "--format", "markdown").stdout == snapshot


def test_the_json_tells_every_kind_of_change_and_keeps_to_its_schema(run: Run) -> None:
    found = data(run("diff", "v1", "v2", "--format", "json"))
    validate("diff.schema.json", found)
    assert list(found["counts"]) == [
        "added",
        "removed",
        "moved",
        "field",
        "reference",
        "text",
        "part",
        "approval",
        "state",
    ]
    moved = {one["key"]: (one["from"]["key"], one["what"]) for one in found["changes"] if "from" in one}
    assert moved == {
        "ASP-004": ("ASP-004", ["place"]),
        "ASP-030": ("ASP-003", ["id"]),
        "OPC-002": ("OPC-002", ["register"]),
        "PRO-001": ("PRO-001", ["path"]),
    }
    assert [(one["period"], one["old"], one["new"]) for one in found["measured"]] == [
        ("2026-01", "4.1", "1.4"),
        ("2026-02", None, "2"),
    ]


def test_the_json_applied_to_the_one_export_gives_the_other(run: Run) -> None:
    for further in ((), ("--approved",), ("--as-of", "2026-06-30")):
        states = {ref: data(run("export", "--ref", ref, *further)) for ref in ("v1", "v2", "v3")}
        for state in states.values():
            validate("state.schema.json", state)
        for before, after in (("v1", "v2"), ("v2", "v3"), ("v1", "v3"), ("v3", "v1")):
            found = data(run("diff", before, after, "--format", "json", *further))
            validate("diff.schema.json", found)
            assert applied(states[before], found) == states[after]


def test_to_the_work_tree_it_can_be_applied_too(run: Run, folder: Path) -> None:
    policy = folder / "ems" / "policy.md"
    policy.write_text(policy.read_text(encoding="utf-8").replace("guard", "spare"), encoding="utf-8")
    found = data(run("diff", "v3", "--format", "json", "--as-of", "2026-06-30"))
    assert found["after"]["dirty"] is True
    before, after = (data(run("export", *ref, "--as-of", "2026-06-30")) for ref in (("--ref", "v3"), ()))
    assert applied(before, found) == after
    assert "with changes since" in words(run("diff", "v3"))


def test_the_file_of_html_stands_alone_and_does_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "changes.html"
    result = run("diff", "v1", "v2", "--format", "html", "--output", file)
    assert result.stdout == f"The difference is written: {file}\n"
    text = file.read_text(encoding="utf-8")
    assert "<title>What changed in v2 since v1</title>" in text
    for acting in ("<script", "src=", 'href="http', "<link", "@import", "onerror="):
        assert acting not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert 'id="change-ASP-001"' in text


def test_no_form_hands_on_what_a_terminal_would_obey(run: Run) -> None:
    for form in ("text", "markdown", "json", "html"):
        shown = run("diff", "v1", "v2", "--format", form).stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown


# --- which states ---------------------------------------------------------------------------


def test_a_state_does_not_differ_from_itself(run: Run) -> None:
    result = run("diff", "v2", "v2", "--exit-code")
    assert result.exit_code == 0
    assert result.stdout.endswith("\n\nNothing differs in ems/.\n")
    found = data(run("diff", "v2", "v2", "--format", "json"))
    assert (found["changes"], found["counts"], found["measured"]) == ([], {}, [])
    in_code = "Nothing differs in <code>ems&#47;</code>."
    assert in_code in run("diff", "v2", "v2", "--format", "markdown").stdout
    assert "<p>Nothing differs in ems/.</p>" in run("diff", "v2", "v2", "--format", "html").stdout


def test_where_nothing_of_what_was_asked_for_differs_nothing_is_said_of_the_rest(run: Run) -> None:
    assert run("diff", "v2", "v3", "--approved", "--only", "REG-YARD").stdout.endswith("\nNothing differs.\n")


def test_without_any_state_the_newest_version_and_the_work_tree_are_compared(run: Run, folder: Path) -> None:
    (folder / "ems" / "notes.txt").write_text("Another note.\n", encoding="utf-8")
    shown = run("diff")
    assert words(shown).startswith("From v3 (")
    assert "to the work tree (with changes since" in words(shown)
    assert "~ notes.txt" in shown.stdout


def test_without_any_version_the_user_is_told_what_to_name(run: Run, folder: Path) -> None:
    for name in ("v1", "v2", "v3"):
        subprocess.run(["git", "-C", str(folder), "tag", "-d", name], check=True, capture_output=True)
    result = run("diff")
    assert result.exit_code == 2
    assert result.stderr == (
        "ems: there is no version yet to compare with: name a state, as in `ems diff HEAD`, or what this "
        "branch is to be merged into, as in `ems diff --base origin/main`\n"
    )


def test_with_a_base_what_landed_there_meanwhile_is_not_told(run: Run) -> None:
    shown = run("diff", "--base", "v3", "--ref", "work")
    assert words(shown).startswith("From v3 (")
    assert "POL-001" not in shown.stdout
    both = run("diff", "main", "--ref", "work")
    assert both.stdout == run("diff", "main", "work").stdout
    assert "POL-001" in both.stdout


def test_as_staff_read_them_drafts_are_not_compared(run: Run) -> None:
    landed, approved = run("diff", "v1", "v2"), run("diff", "v1", "v2", "--approved")
    assert "protect" in landed.stdout
    assert "protect" not in approved.stdout
    assert "as staff read them" in words(approved)


def test_where_of_many_new_rows_only_titles_are_shown_that_is_said(run: Run, folder: Path) -> None:
    register = folder / "ems" / "registers" / "many.yml"
    head = "id: REG-MANY\ntype: aspect\ntitle: Many\nowner: ROL-MD\nrows:\n"
    for count in (20, 21):
        rows = (f"  - id: ASP-{100 + at}\n    title: Aspect\n    notes: Lengthy\n" for at in range(count))
        register.write_text(head + "".join(rows), encoding="utf-8")
        shown = run("diff", "v3", "--only", "REG-MANY")
        brief = count > 20
        assert ("Lengthy" in shown.stdout) != brief
        said = "21 rows are new: only their titles are shown; --format markdown shows all that they say."
        assert (said in words(shown)) == brief
        assert "Lengthy" in run("diff", "v3", "--only", "REG-MANY", "--format", "markdown").stdout


def test_only_what_was_asked_for_is_told(run: Run) -> None:
    shown = run("diff", "v1", "v2", "--only", "REG-ASPECTS").stdout
    assert "ASP-001" in shown
    assert "PRO-001" not in shown
    for by in ("ASP-030", "ASP-003"):  # under its old id and its new one
        one = data(run("diff", "v1", "v2", "--only", by, "--format", "json"))
        assert {change["key"] for change in one["changes"]} == {"ASP-030"}
    assert "MON-001" not in shown
    unknown = run("diff", "v1", "v2", "--only", "PRO-00I")
    assert unknown.exit_code == 2
    assert "nothing here has the id 'PRO-00I'; did you mean PRO-00" in unknown.stderr


def test_with_exit_code_a_difference_ends_with_one_and_other_writing_does_not(run: Run) -> None:
    assert run("diff", "v1", "v2", "--exit-code").exit_code == 1
    assert run("diff", "v1", "v2").exit_code == 0
    rewritten = run("diff", "v2", "v3", "--approved", "--only", "REG-YARD", "--exit-code")
    assert rewritten.exit_code == 0


def test_a_file_that_is_only_differently_written_is_named_and_is_no_change_of_fields(run: Run) -> None:
    shown = words(run("diff", "v2", "v3"))
    assert "Only differently written (spaces, comments, order of keys): registers/roles.yml" in shown
    counts = data(run("diff", "v2", "v3", "--format", "json"))["counts"]
    assert not {"field", "text", "moved"} & set(counts)


# --- the report -----------------------------------------------------------------------------


def test_the_report_is_of_a_base_and_has_text_markdown_and_json(run: Run) -> None:
    asked = ("diff", "--base", "v1", "--ref", "v2", "--report")
    assert run(*asked, "--format", "markdown").stdout.startswith("<!-- mkdocs-ems:report:1 -->\n")
    assert "Needs approval" in run(*asked).stdout
    found = data(run(*asked, "--format", "json"))
    validate("diff.schema.json", found)
    assert found["review"]["needs_approval"]
    assert run(*asked, "--exit-code").exit_code == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        *((asked, UNSET) for asked in (("",), ("", "v2"), ("v1", ""), ("--base", ""), ("v1", "--ref", ""))),
        (("v1", "v2", "--ref", "v3"), "the later state is named twice: give B or --ref, not both"),
        (("v1", "--base", "v2"), "--base stands instead of A: name the later state with --ref, and no A"),
        (("v1", "--report"), "a report is for a change that is to be merged: say into what with --base REF"),
        (("--base", "v1", "--report", "--format", "html"), "the report is text, markdown or json"),
        (
            ("--base", "v1", "--report", "--approved"),
            "the report is of the whole change as it landed: leave --approved and --only out",
        ),
    ],
)
def test_what_does_not_go_together_is_one_line(run: Run, asked: tuple[str, ...], said: str) -> None:
    result = run("diff", *asked)
    assert (result.exit_code, result.stderr) == (2, f"ems: {said}\n")


def test_an_unknown_state_and_one_with_another_history_are_one_line(run: Run, story: Story) -> None:
    assert run("diff", "v9", "v2").exit_code == 2
    stamp = Stamp(person("ann"), story.now)
    story.writer.commit({"other.txt": b"x"}, message="Alone", by=stamp, branch="alone", parents=())
    story.flush()
    result = run("diff", "--base", "alone")
    assert result.exit_code == 2
    assert result.stderr.startswith("ems: 'alone' and the work tree have no history in common")


# --- where it is written --------------------------------------------------------------------


def test_an_output_file_holds_what_is_printed_and_no_colours(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "changes.txt"
    run("diff", "v1", "v2", "--output", file)
    assert file.read_text(encoding="utf-8") == run("diff", "v1", "v2").stdout
    exported = tmp_path / "v1.json"
    assert run("export", "--ref", "v1", "--output", exported).stdout == f"The export is written: {exported}\n"
    assert exported.read_text(encoding="utf-8") == run("export", "--ref", "v1").stdout


def test_what_git_keeps_is_not_written_over(run: Run, folder: Path) -> None:
    kept = folder / "ems" / "policy.md"
    before = kept.read_bytes()
    for command in (("diff", "v1", "v2"), ("export",)):
        result = run(*command, "--output", kept)
        assert result.exit_code == 2
        assert "is a file that git tracks" in result.stderr
    assert kept.read_bytes() == before


def test_zone_locale_seed_and_folder_change_no_byte_and_mkdocs_is_not_needed(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "mkdocs.py").write_text("raise ImportError('there is no mkdocs here')\n")
    for command in (
        ("diff", "v1", "v2"),
        ("diff", "v1", "v2", "--format", "markdown"),
        ("diff", "v1", "v2", "--format", "json"),
        ("diff", "v1", "v2", "--format", "html"),
        ("export", "--ref", "v2"),
    ):
        made = {
            subprocess.run(
                [sys.executable, "-m", "mkdocs_ems", *command, "--repo", str(folder)],
                cwd=where,
                env={
                    **os.environ,
                    "TZ": zone,
                    "LC_ALL": locale,
                    "PYTHONHASHSEED": seed,
                    "PYTHONPATH": str(tmp_path / "without"),
                    "EMS_CACHE_DIR": str(tmp_path / f"cache-{seed}"),
                },
                check=True,
                capture_output=True,
            ).stdout
            for zone, locale, seed, where in (
                ("UTC", "C.UTF-8", "0", folder),
                ("Pacific/Kiritimati", "C", "7", tmp_path),
            )
        }
        assert len(made) == 1, command


def test_a_record_of_approval_that_is_taken_away_is_no_silence(run: Run, story: Story) -> None:
    record = "ems/records/approvals/PRO-001/9-approval-eve@example.org-1.yml"
    story.commit({record: "schema: ems-approval/1\ndocument: PRO-001\n"}, date="2026-04-03")
    with_it = story.commit({"ems/notes.txt": "x"}, date="2026-04-04")
    story.commit({record: None}, date="2026-04-05")
    story.check_out("main")
    asked = ("diff", with_it, "main", "--as-of", "2026-06-30")
    shown = run(*asked, "--exit-code")
    assert shown.exit_code == 1
    assert record.removeprefix("ems/") in "".join(shown.stdout.split())
    page = run(*asked, "--format", "html").stdout
    assert "1 record of approval came, went or changed" in page
    assert "eve@example.org" not in page
    assert "approval-eve" in run(*asked, "--format", "json").stdout
