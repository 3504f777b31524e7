"""A request that changes five hundred documents: reported, landed, approved as if each were the only one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.main import ems
from mkdocs_ems.control import ControlState, Level
from support.company import procedure
from support.desk import Desk

pytestmark = pytest.mark.slow

MANY = 500
COMMENT = 65_536
"""Letters that a comment of a forge may have."""
IDS = tuple(f"PRO-{number}" for number in range(1_001, 1_001 + MANY))
APART = ("EMS-RULES", "POL-001", "PRO-001", "PRO-9000", "REG-PEOPLE", "REG-ROLES")
"""What the request leaves alone."""


def saying(text: str) -> dict[str, str]:
    """All the procedures, with this text; each names the next."""
    following = (*IDS[1:], IDS[0])
    return {
        f"ems/procedures/{one}.md": procedure(f"{text} See [[{other}]].", identity=one)
        for one, other in zip(IDS, following, strict=True)
    }


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Ann has changed every procedure on a branch, but for one that names them all."""
    desk = Desk(tmp_path, monkeypatch)
    overview = procedure(" ".join(f"[[{one}]]" for one in IDS), identity="PRO-9000")
    desk.begin(**saying("Sort the waste."), **{"ems/overview.md": overview})
    desk.story.branch("work")
    desk.story.commit(saying("Sort the waste weekly."), by="ann", message="Sort weekly")
    desk.story.check_out("main")
    desk.story.switch()
    return desk


def said(desk: Desk, *arguments: str) -> str:
    """What a command prints."""
    done = CliRunner().invoke(ems, [*arguments, "--repo", str(desk.root)], prog_name="ems")
    assert isinstance(done.exception, SystemExit | None), done.output
    return done.stdout


def standing(control: ControlState) -> dict[str, tuple[int, Level, bool]]:
    """Each document's issue in force, what is known of its approval, and whether something waits."""
    found = {}
    for one, document in control.documents.items():
        assert document.in_force is not None, one
        found[one] = document.in_force.number, document.in_force.level, document.pending is not None
    return found


def test_the_report_of_the_request_fits_a_comment_and_says_what_it_leaves_out(desk: Desk) -> None:
    report = said(desk, "diff", "--base", "main", "--ref", "work", "--report", "--format", "markdown")
    assert len(report.encode("utf-16-le")) // 2 <= COMMENT
    assert f"In short: {MANY} documents change" in report
    shown = report.count("becomes issue 2")
    assert 0 < shown < MANY
    assert f"*Not shown here: {MANY - shown} documents," in report
    assert "ems diff &#45;&#45;base main &#45;&#45;ref work" in report


def test_a_merge_of_the_request_approves_each_document_in_it_and_none_besides(desk: Desk) -> None:
    desk.story.merge("work", by="eve")
    desk.story.check_out()
    found = standing(desk.control())
    assert found.keys() == {*IDS, *APART}
    assert {found[one] for one in IDS} == {(2, Level.RECORDED, False)}
    assert {found[one] for one in APART} == {(1, Level.ADOPTED, False)}


def test_whoever_names_all_that_changed_is_asked_once_to_look_at_it_again(desk: Desk) -> None:
    desk.story.merge("work", by="eve")
    desk.story.check_out()
    told = json.loads(said(desk, "check", "--format", "json"))["diagnostics"]
    suspect = [one for one in told if one["code"] == "REF008"]
    assert [one["path"] for one in suspect] == ["ems/overview.md"]
    assert len(str(suspect)) < 5_000


def test_all_of_a_change_is_approved_in_one_go_and_one_commit(desk: Desk) -> None:
    desk.change(saying("Sort the waste daily."))
    done = desk.approve("--base", "HEAD~1", answer="y\n")
    assert done.exit_code == 0, done.output
    assert done.output.count("[y/N]") == 1
    assert f"Approve these {MANY} documents, as Eve Hart? [y/N]" in done.output
    assert desk.git("log", "-1", "--format=%s") == f"Approve {MANY} documents"
    assert len(desk.git("diff-tree", "--no-commit-id", "-r", "--name-only", "HEAD").splitlines()) == MANY
    assert desk.status() == ""
    found = standing(desk.control())
    assert {found[one] for one in IDS} == {(2, Level.RECORDED, False)}


def test_a_refusal_that_is_the_same_for_all_is_said_once(desk: Desk) -> None:
    desk.change(saying("Sort the waste daily."))
    desk.sit("ben")
    before = desk.git("rev-parse", "HEAD")
    done = desk.approve("--base", "HEAD~1")
    words = desk.said(done)
    assert done.exit_code == 1
    assert words.count("cannot be approved like this") == 1
    assert all(one in words for one in IDS)
    assert words.endswith("Nothing was written.")
    assert desk.git("rev-parse", "HEAD") == before
