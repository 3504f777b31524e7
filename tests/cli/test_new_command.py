"""`ems new`: one row or document more, under an id that nothing ever had, and nothing else touched."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mkdocs_ems.cli.main import ems
from mkdocs_ems.exports.templates import HEADINGS
from mkdocs_ems.model import DOCUMENT_TYPES
from mkdocs_ems.model.wording import short
from support.story import Story

Run = Callable[..., Result]

SETTINGS = """\
schema: 1
organisation: {name: Small Works}
intervals: {review_every: 2 years}
own_registers:
  - {type: waste-point, title: Waste point, prefix: WCP}
"""
ASPECTS = """\
id: REG-ASP
type: aspect
title: Aspects
owner: ROL-EHS
rows:
  - id: ASP-001
    title: Nickel in rinse water
  - id: ASP-003
    title: Noise
"""
ROLES = "id: REG-ROL\ntype: role\ntitle: Roles\nrows:\n  - {id: ROL-EHS, title: EHS Manager}\n"
PROCEDURE = "---\nid: P-07\ntype: procedure\ntitle: Rinsing\n---\n\n## Rinsing\n\nRinse.\n"
FILES = {
    "ems/ems.yml": SETTINGS,
    "ems/registers/aspects.yml": ASPECTS,
    "ems/registers/roles.yml": ROLES,
    "ems/how/P-07-rinsing.md": PROCEDURE,
    "mkdocs.yml": "docs_dir: ems\n",
}
NEW_ASPECT = "  - id: ASP-004\n    title: Oil\n    owner: ROL-EHS\n    status: planned\n"


@pytest.fixture
def works(story: Story) -> Path:
    story.commit(FILES, date="2026-01-05")
    return story.check_out()


@pytest.fixture
def run(works: Path) -> Run:
    def invoke(*arguments: object, repo: Path | None = None) -> Result:
        asked = ["new", "--repo", str(repo or works), *map(str, arguments)]
        result = CliRunner().invoke(ems, asked, prog_name="ems")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def contents(works: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(works).as_posix(): path.read_bytes()
        for path in sorted(works.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def refused(run: Run, works: Path, *arguments: object, repo: Path | None = None) -> str:
    """The one line by which something is refused; nothing was written."""
    before = contents(works)
    result = run(*arguments, repo=repo)
    assert result.exit_code == 2, result.output
    assert contents(works) == before
    assert result.stderr.startswith("ems: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


# --- Rows -------------------------------------------------------------------------------


def test_a_row_gets_the_next_id_and_stands_last_in_its_register(run: Run, works: Path) -> None:
    result = run("aspect", "Oil")
    assert result.exit_code == 0
    text = (works / "ems/registers/aspects.yml").read_text(encoding="utf-8")
    assert text == ASPECTS + NEW_ASPECT
    assert "ASP-004 Oil (environmental aspect)" in result.stdout
    assert "git add " in result.stdout


def test_only_the_one_file_changes(run: Run, works: Path) -> None:
    before = contents(works)
    run("aspect", "Oil")
    after = contents(works)
    assert {path for path in after if after[path] != before.get(path)} == {"ems/registers/aspects.yml"}


def test_what_the_rules_will_ask_for_next_is_told(run: Run) -> None:
    shown = run("aspect", "Oil").stdout
    assert "Still to fill in:\n  ASP-004 (Oil) names no environmental impact (ASP001)" in shown


@pytest.mark.parametrize(
    "word",
    [
        "aspect",
        "ASP",
        "asp",
        "aspects",
        "Environmental aspect",
        "environmental ASPECTS",
        "environmental_aspect",
    ],
)
def test_a_kind_is_known_by_each_of_its_names(run: Run, word: str) -> None:
    assert "ASP-004" in run(word, "Oil", "--dry-run").stdout


def test_a_kind_is_known_by_what_its_ids_begin_with_here(run: Run) -> None:
    assert "P-08 Filters (procedure)" in run("P", "Filters", "--dry-run").stdout


def test_a_mistyped_kind_is_answered_with_the_nearest(run: Run, works: Path) -> None:
    assert "did you mean aspect?" in refused(run, works, "apsect", "Oil")
    assert "known are" in refused(run, works, "qqq\x1b[31m", "Oil")
    assert "made with its first row" in refused(run, works, "register", "Oil")


def test_the_first_row_of_a_kind_makes_its_register_with_head_and_modeline(run: Run, works: Path) -> None:
    result = run("waste-point", "Skip at the gate", "--owner", "EHS manager")
    path = works / "ems/registers/waste-point.yml"
    assert path.read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../../.vscode/ems/register.schema.json\n"
        "id: REG-WCP\ntype: waste-point\ntitle: Waste points\nowner: ROL-EHS\nrows:\n"
        "  - id: WCP-001\n    title: Skip at the gate\n    owner: ROL-EHS\n    status: planned\n"
    )
    assert "REG-WCP, its register, is new as well" in result.stdout
    assert "WCP-002" in run("WCP", "Skip two").stdout


def test_states_in_which_a_row_begins_are_those_of_its_kind(run: Run) -> None:
    for kind, status in (
        ("action", "open"),
        ("objective", "proposed"),
        ("risk", "open"),
        ("control", "planned"),
    ):
        assert f"status: {status}\n" in run(kind, "X", "--dry-run").stdout
    assert "status" not in run("obligation", "X", "--dry-run").stdout.partition("Still")[0]


def test_of_several_registers_the_one_with_most_rows_is_taken_and_told(run: Run, works: Path) -> None:
    more = "id: REG-MORE\ntype: aspect\ntitle: More\nrows:\n  - {id: ASP-900, title: Far}\n"
    (works / "ems/registers/more.yml").write_text(more, encoding="utf-8")
    assert "It stands in ems/registers/aspects.yml, where most are" in run("aspect", "Oil").stdout
    for named in (
        "REG-MORE",
        "more.yml",
        "registers/more.yml",
        "ems/registers/more.yml",
        works / "ems/registers/more.yml",
    ):
        shown = run("aspect", "Oil", "--dry-run", "--in", named).stdout
        assert "more.yml would end with" in shown
        assert "{id: ASP-902, title: Oil, status: planned}" in shown


def test_a_file_that_is_no_register_of_the_kind_is_refused(run: Run, works: Path) -> None:
    assert "is a register of role, not of aspect" in refused(run, works, "aspect", "Oil", "--in", "roles.yml")
    assert "is no register of" in refused(run, works, "aspect", "Oil", "--in", "../../etc/passwd")


def test_a_title_needs_no_quotes(run: Run) -> None:
    shown = run("aspect", "Oil", "in", "rainwater", "--dry-run").stdout
    assert shown.startswith("ASP-004 Oil in rainwater (environmental aspect)")


def test_a_dry_run_shows_what_would_be_written_and_writes_nothing(run: Run, works: Path) -> None:
    before = contents(works)
    shown = run("aspect", "Oil", "--dry-run").stdout
    assert "aspects.yml would end with:\n\n" + NEW_ASPECT in shown
    assert "git add" not in shown
    assert contents(works) == before


# --- Ids --------------------------------------------------------------------------------


def test_an_id_of_a_deleted_row_is_not_given_again(run: Run, story: Story) -> None:
    story.commit({"ems/registers/aspects.yml": ASPECTS + "  - {id: asp-017, title: Gone}\n"})
    story.commit({"ems/registers/aspects.yml": ASPECTS})
    shown = run("aspect", "Oil", repo=story.check_out()).stdout
    assert "ASP-018 Oil" in shown
    assert "ASP-017 is passed over: it stood in an earlier state of ems/registers/aspects.yml" in shown


def test_an_id_of_a_deleted_document_is_not_given_again(run: Run, story: Story) -> None:
    story.commit({"ems/how/P-11.md": PROCEDURE.replace("P-07", "P-11")})
    story.commit({"ems/how/P-11.md": None})
    assert "P-12" in run("procedure", "Filters", "--dry-run", repo=story.check_out()).stdout


def test_a_number_that_another_branch_took_is_passed_over_and_the_branch_is_named(
    run: Run, story: Story
) -> None:
    story.branch("waste/wäter-$(id)")
    story.commit({"ems/registers/aspects.yml": ASPECTS + "  - {id: ASP-009, title: Sludge}\n"})
    story.switch()
    result = run("aspect", "Oil", repo=story.check_out("main"))
    assert "ASP-010 Oil" in result.stdout
    said = "ASP-009 is passed over: it stands in branch waste/wäter-$(id), in ems/registers/aspects.yml."
    assert said in result.stdout
    assert result.stderr == ""


def test_an_id_that_stands_on_two_branches_for_two_things_is_told(run: Run, story: Story) -> None:
    for name, title in (("one", "Sludge"), ("two", "Fumes"), ("three", "sludge")):
        story.switch()
        story.branch(name)
        story.commit({"ems/registers/aspects.yml": ASPECTS + f"  - {{id: ASP-004, title: {title}}}\n"})
    story.switch()
    result = run("aspect", "Oil", repo=story.check_out("main"))
    assert "warning: ASP-004 stands twice: “Sludge” in branch one, “Fumes” in branch two." in result.stderr
    assert "“Sludge” in branch one, “sludge”" not in result.stderr


def test_an_id_of_the_work_tree_that_a_branch_gave_to_another_thing_is_told(run: Run, story: Story) -> None:
    story.branch("other")
    story.commit({"ems/registers/aspects.yml": ASPECTS + "  - {id: ASP-004, title: Sludge}\n"})
    story.switch()
    works = story.check_out("main")
    (works / "ems/registers/aspects.yml").write_text(ASPECTS + NEW_ASPECT, encoding="utf-8")
    said = run("aspect", "Heat").stderr
    assert "ASP-004 stands twice: “Oil” in the work tree, “Sludge” in branch other." in said


def test_a_thing_that_was_renamed_on_a_branch_is_no_clash(run: Run, story: Story) -> None:
    story.branch("renamed")
    story.commit({"ems/registers/aspects.yml": ASPECTS.replace("Noise", "Noise at night")})
    story.commit({"ems/registers/aspects.yml": ASPECTS + "  - {id: ASP-004, title: Sludge}\n"})
    story.branch("stacked")
    story.commit({"ems/registers/aspects.yml": ASPECTS + "  - {id: ASP-004, title: Sludge and water}\n"})
    story.switch()
    story.branch("longer", at=story.writer.tips["renamed"])
    story.commit({"ems/registers/aspects.yml": ASPECTS + "  - {id: ASP-004, title: Wet sludge}\n"})
    story.switch()
    assert run("aspect", "Oil", repo=story.check_out("main")).stderr == ""


def test_old_states_that_are_too_many_are_told(
    run: Run, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.commit({"ems/registers/aspects.yml": ASPECTS.replace("Noise", "Noise at night")})
    monkeypatch.setattr("mkdocs_ems.exports.claimed._MOST_BYTES", 1)
    monkeypatch.setattr("mkdocs_ems.exports.claimed._AT_ONCE", 1)
    shown = run("aspect", "Oil", repo=story.check_out()).stdout
    assert "4 very old states of files could not be looked through for ids." in shown


def test_an_id_can_be_asked_for(run: Run) -> None:
    assert "ROL-CLEAN Cleaner" in run("role", "Cleaner", "--id", "ROL-CLEAN").stdout
    assert "--id chooses one" in run("role", "Cook", "--dry-run").stdout


@pytest.mark.parametrize("identity", ["asp-004", "ASP", "ASP-004\n", "ASP_004", "Ä-1", "A-" + "1" * 70, ""])
def test_what_can_be_no_id_is_refused(run: Run, works: Path, identity: str) -> None:
    assert "cannot be an id" in refused(run, works, "aspect", "Oil", "--id", identity)


def test_an_id_that_was_ever_given_is_refused_with_its_place(run: Run, story: Story, works: Path) -> None:
    said = refused(run, works, "aspect", "Oil", "--id", "ASP-003")
    assert "ASP-003 is taken: it is in ems/registers/aspects.yml" in said
    story.branch("waste")
    story.commit({"ems/registers/aspects.yml": ASPECTS + "  - {id: ASP-050, title: Sludge}\n"})
    story.switch()
    story.check_out("main")
    said = refused(run, works, "aspect", "Oil", "--id", "ASP-050")
    assert "it is in branch waste, in ems/registers/aspects.yml" in said


def test_an_id_that_is_written_where_nothing_else_can_be_read_counts(run: Run, works: Path) -> None:
    broken = "id: REG-B\nrows: [\n  - id: ASP-080\n"
    (works / "ems/registers/broken.yml").write_text(broken, encoding="utf-8")
    assert "ASP-081" in run("aspect", "Oil").stdout


# --- Documents --------------------------------------------------------------------------


def test_a_document_stands_where_those_of_its_type_do(run: Run, works: Path) -> None:
    result = run("procedure", "Œil & Größe: the “filter” press", "--owner", "ROL-EHS")
    assert result.exit_code == 0
    text = (works / "ems/how/P-08-il-groe-the-filter-press.md").read_text(encoding="utf-8")
    assert text.startswith(
        "---\nid: P-08\ntype: procedure\ntitle: 'Œil & Größe: the “filter” press'\nowner: ROL-EHS\n"
        "review_every: 2 years\n---\n\n## Purpose and scope\n\n[Insert "
    )


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("policy", "ems/policy.md"),
        ("scope", "ems/scope.md"),
        ("manual", "ems/manual.md"),
        ("external-document", "ems/external/EXT-001-x.md"),
        ("work-instruction", "ems/procedures/WIN-001-x.md"),
        ("plan", "ems/procedures/PLN-001-x.md"),
    ],
)
def test_the_first_document_of_a_type_stands_in_its_usual_place(
    run: Run, works: Path, kind: str, path: str
) -> None:
    assert run(kind, "X").exit_code == 0
    assert (works / path).is_file()


@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_no_template_can_be_approved_unfilled(run: Run, kind: str) -> None:
    left = run(kind, "X").stdout
    sentences = [f"[Insert {what}]" for _, what in HEADINGS[kind]]
    assert len(sentences) >= 2
    for sentence in sentences:
        assert f"still says {short(sentence)} (DOC015)" in left
    assert "SCH001" not in left


def test_there_is_one_policy_and_it_is_not_written_over(run: Run, works: Path) -> None:
    run("policy", "Our policy")
    assert "there is a policy already, POL-001 in ems/policy.md" in refused(run, works, "policy", "Another")


def test_a_file_that_is_there_is_not_written_over_in_any_spelling(run: Run, works: Path) -> None:
    (works / "ems/Scope.md").write_text("---\nid: SCO-9\ntype: procedure\ntitle: x\n---\n", encoding="utf-8")
    assert "ems/Scope.md is there already" in refused(run, works, "scope", "Scope")


def test_a_document_can_be_given_a_place(run: Run, works: Path) -> None:
    assert run("plan", "Fire", "--in", works / "ems/plans/fire.md").exit_code == 0
    assert (works / "ems/plans/fire.md").is_file()
    for place in (
        "fire.md",
        works / "fire.md",
        works / "ems/fire.yml",
        works / "ems/records/fire.md",
        works / "ems/.git/hooks/fire.md",
        works / "ems/.fire.md",
        works / "ems/fire\x1b.md",
        works / "ems/fire\nplan.md",
        "/etc/fire.md",
    ):
        assert "is no place for a document" in refused(run, works, "plan", "Fire", "--in", place)


# --- What stands against it -------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["", "  \n ", "x" * 301, "a\x1b[31mb", "a\u202eb", "a\x00b", "a\udcffb", "\u2066"]
)
def test_a_title_that_nobody_could_read_is_refused(run: Run, works: Path, title: str) -> None:
    assert "the title" in refused(run, works, "aspect", title)


@pytest.mark.parametrize(
    "title",
    [
        "Tank #2: 'lid', \"rim\"",
        "- a",
        "yes",
        "12",
        "{{ x }}, [[ASP-001]]",
        "*a & b",
        "<script>|</script>\\x",
        "漢字",
    ],
)
def test_any_other_title_reads_as_it_was_given(run: Run, title: str) -> None:
    assert run("aspect", "--", title).exit_code == 0
    assert run("procedure", "--", title).exit_code == 0
    again = "There is one of this title already: "
    assert f"{again}ASP-004." in run("aspect", "--dry-run", "--", title).stdout
    assert f"{again}P-08." in run("procedure", "--dry-run", "--", title).stdout


def test_line_breaks_in_a_title_become_spaces(run: Run) -> None:
    assert "ASP-004 Oil in rainwater" in run("aspect", " Oil\n in\trainwater ").stdout


def test_an_owner_is_found_by_id_or_title_and_nobody_else_is_written(run: Run, works: Path) -> None:
    assert "owner: ROL-EHS" in run("plan", "X", "--owner", "rol-ehs", "--dry-run").stdout
    assert "did you mean EHS Manager?" in refused(run, works, "aspect", "Oil", "--owner", "EHS Manger")
    assert "no role or person" in refused(run, works, "aspect", "Oil", "--owner", "ASP-001")


def test_a_register_with_a_conflict_takes_no_row_and_makes_no_second_register(run: Run, works: Path) -> None:
    conflict = ASPECTS + "<<<<<<< HEAD\n  - id: ASP-004\n=======\n  - id: ASP-005\n>>>>>>> other\n"
    (works / "ems/registers/aspects.yml").write_text(conflict, encoding="utf-8")
    said = refused(run, works, "aspect", "Oil")
    assert "ems/registers/aspects.yml cannot be read, and may be the register" in said


def test_a_register_with_a_broken_row_takes_none(run: Run, works: Path) -> None:
    (works / "ems/registers/aspects.yml").write_text(ASPECTS + "  - id: 'x\n", encoding="utf-8")
    assert "aspects.yml cannot" in refused(run, works, "aspect", "Oil")


def test_settings_that_cannot_be_read_stop_it(run: Run, works: Path) -> None:
    (works / "ems/ems.yml").write_text("a: [\n", encoding="utf-8")
    assert "ems/ems.yml is missing or cannot be read" in refused(run, works, "aspect", "Oil")


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize(
    "link", ["ems/registers", "ems/registers/waste-point.yml", "ems/registers/aspects.yml"]
)
def test_nothing_is_written_through_a_link(run: Run, works: Path, tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    place = works / link
    if place.exists():
        place.rename(elsewhere)
    else:
        elsewhere.write_text("mine", encoding="utf-8")
    place.symlink_to(elsewhere)
    inside = elsewhere if elsewhere.is_file() else elsewhere / "aspects.yml"
    before = inside.read_bytes()
    for kind in ("aspect", "waste-point"):
        result = run(kind, "Oil")
        assert result.exit_code == 2 or not link.endswith(f"{kind}.yml")
    assert inside.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["elsewhere", "repository"]
    if elsewhere.is_dir():
        assert sorted(one.name for one in elsewhere.iterdir()) == ["aspects.yml", "roles.yml"]


def test_a_write_protected_register_is_left_alone(run: Run, works: Path) -> None:
    (works / "ems/registers/aspects.yml").chmod(0o444)
    assert "aspects.yml is write-protected" in refused(run, works, "aspect", "Oil")


def test_a_file_that_the_system_keeps_locked_is_told_and_nothing_is_left_behind(
    run: Run, works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("mkdocs_ems.cli.writing.os.replace", locked)
    assert "cannot be written: Permission denied" in refused(run, works, "aspect", "Oil")


def test_a_register_that_changes_meanwhile_is_not_written_over(
    run: Run, works: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = works / "ems/registers/aspects.yml"

    def somebody_saves(*_: object, **__: object) -> tuple[()]:
        register.write_text(ASPECTS + "# saved\n", encoding="utf-8")
        return ()

    monkeypatch.setattr("mkdocs_ems.cli.new.clashes", somebody_saves)
    result = run("aspect", "Oil")
    assert (result.exit_code, "changed while it was read" in result.stderr) == (2, True)
    assert register.read_text(encoding="utf-8") == ASPECTS + "# saved\n"


def test_a_bare_repository_is_refused_in_one_line(run: Run, tmp_path: Path) -> None:
    bare = Story(tmp_path / "bare.git", bare=True)
    bare.commit(FILES)
    bare.flush()
    result = run("aspect", "Oil", repo=bare.path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "bare repository" in result.stderr


def test_it_works_from_a_folder_below(run: Run, works: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(works / "ems" / "registers")
    result = run("aspect", "Oil", "--in", "aspects.yml", repo=Path())
    assert "\naspects.yml\n" in result.stdout
    assert "git add aspects.yml" in result.stdout
    assert "waste-point.yml" in run("waste-point", "Skip", repo=Path()).stdout
    line = (works / "ems/registers/waste-point.yml").read_text(encoding="utf-8").partition("\n")[0]
    assert line.endswith("$schema=../../.vscode/ems/register.schema.json")


def test_the_line_ends_of_a_checkout_stay(run: Run, works: Path) -> None:
    register = works / "ems/registers/aspects.yml"
    register.write_bytes(ASPECTS.replace("\n", "\r\n").encode())
    run("aspect", "Oil")
    assert register.read_bytes() == (ASPECTS + NEW_ASPECT).replace("\n", "\r\n").encode()


def test_a_repository_without_a_commit_takes_rows_too(run: Run, tmp_path: Path) -> None:
    new = Story(tmp_path / "unborn")
    new.flush()
    (new.path / "ems").mkdir()
    (new.path / "ems/ems.yml").write_text(SETTINGS, encoding="utf-8")
    assert "ACT-001" in run("action", "Mend the bund", repo=new.path).stdout
    assert "ACT-002" in run("action", "Mend it again", repo=new.path).stdout


def test_a_new_row_of_the_demonstration_has_the_number_after_its_last(demo: Path) -> None:
    asked = ["new", "--repo", str(demo), "aspect", "Oil in rainwater", "--dry-run"]
    shown = CliRunner().invoke(ems, asked, prog_name="ems").stdout
    assert "id: ASP-026" in shown


# --- Records ----------------------------------------------------------------------------


def test_a_record_gets_a_file_of_its_own_that_says_what_is_still_to_be_said(run: Run, works: Path) -> None:
    result = run("inspection", "Weekly walk", "--owner", "ROL-EHS")
    assert result.exit_code == 0, result.output
    text = (works / "ems/records/inspections/CHK-001.yml").read_text(encoding="utf-8")
    line, *head = text.splitlines()
    assert line.endswith("$schema=../../../.vscode/ems/record.schema.json")
    assert head[:3] == ["id: CHK-001", "type: inspection", "title: Weekly walk"]
    assert head[3].startswith("date: 20")
    assert head[4:6] == ["by: [ROL-EHS]", "# Still to be said:"]
    assert any(one.startswith("# result:  # in-order, not-in-order, not-done. ") for one in head)


def test_a_record_is_added_to_a_file_of_several_where_that_is_named(run: Run, works: Path) -> None:
    path = works / "ems/records/inspections/2026.yml"
    path.parent.mkdir(parents=True)
    path.write_text("type: inspection\nrows:\n  - id: CHK-007\n    title: Walk\n", encoding="utf-8")
    assert "--in adds it there" in run("CHK", "Another walk", "--dry-run").output
    result = run("CHK", "Another walk", "--in", "ems/records/inspections/2026.yml")
    assert result.exit_code == 0, result.output
    assert "  - id: CHK-008\n    title: Another walk\n    date: 20" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "place", ["ems/registers/walks.yml", "ems/records/readings/x.yml", "ems/records/walk.md"]
)
def test_a_record_stands_below_records_and_nowhere_else(run: Run, works: Path, place: str) -> None:
    assert "no place for a record" in refused(run, works, "inspection", "Walk", "--in", place)
