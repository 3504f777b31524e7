"""The register of a day lists what had landed by then; periods and ends are told alike in every list."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from mkdocs_ems.cli.main import ems
from support.company import MATRIX, PEOPLE, POLICY, ROLES, procedure, register, settings
from support.desk import Desk
from support.story import Story

PATH = "ems/procedures/waste.md"
ASPECTS = "ems/registers/aspects.yml"
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "schemas" / "register.schema.json").read_text(encoding="utf-8")
)


def said(*arguments: object) -> str:
    result = CliRunner().invoke(ems, [str(one) for one in arguments], prog_name="ems", catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def joined(text: str) -> str:
    """What is printed, with lines that were only wrapped put together."""
    return re.sub(r"\s+", " ", text)


def rows(*arguments: object) -> dict[str, dict[str, str]]:
    """The register as CSV, by id."""
    text = said("register", *arguments, "--format", "csv")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


def issues(*arguments: object) -> list[dict[str, str]]:
    text = said("register", *arguments, "--issues", "--format", "csv")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def grown(story: Story) -> Path:
    """Adopted on 5 January; a procedure and a living register came on 10 February, a draft on 2 March."""
    base = {"ems/ems.yml": settings(), "ems/registers/people.yml": PEOPLE, "ems/registers/roles.yml": ROLES}
    story.commit({**base, "ems/policy.md": POLICY}, message="Adopt the system")
    story.branch("work")
    living = register("Oil", head="control: periodic\n")
    story.commit({PATH: procedure(), ASPECTS: living}, date="2026-02-09", message="Write it down")
    story.switch()
    story.merge("work", by="eve", date="2026-02-10")
    story.commit({PATH: procedure("Changed.")}, date="2026-03-02T23:30:00+00:00", message="Change it")
    return story.flush()


# --- the register of a day --------------------------------------------------------------


def test_a_day_lists_nothing_that_landed_later(grown: Path) -> None:
    before = rows("--repo", grown, "--ref", "main", "--on", "2026-02-09")
    assert set(before) == {"EMS-RULES", "POL-001", "REG-PEOPLE", "REG-ROLES"}
    after = rows("--repo", grown, "--ref", "main", "--on", "2026-02-10")
    assert set(after) - set(before) == {"PRO-001", "REG-ASPECTS"}


def test_a_draft_is_pending_from_the_day_on_which_it_landed_in_the_houses_time_zone(grown: Path) -> None:
    assert rows("--repo", grown, "--ref", "main", "--on", "2026-03-01")["PRO-001"]["pending"] == ""
    assert "waits for" in rows("--repo", grown, "--ref", "main", "--on", "2026-03-02")["PRO-001"]["pending"]


def test_as_of_is_the_same_as_on(grown: Path) -> None:
    asked = ("--repo", grown, "--ref", "main")
    assert rows(*asked, "--as-of", "2026-02-09") == rows(*asked, "--on", "2026-02-09")


def test_a_day_before_everything_lists_nothing_and_says_when_it_began(grown: Path) -> None:
    asked = ("--repo", grown, "--ref", "main", "--on", "2024-01-01")
    assert rows(*asked) == {}
    assert "Nothing had landed by 2024-01-01: the history that counts begins on 2026-01-05." in said(
        "register", *asked
    )


def test_what_is_not_committed_is_of_today(story: Story, grown: Path) -> None:
    folder = story.check_out()
    (folder / "ems/procedures/new.md").write_text(procedure(identity="PRO-002"), encoding="utf-8")
    assert "PRO-002" not in rows("--repo", folder, "--on", "2026-03-05")
    assert "PRO-002" in rows("--repo", folder)
    assert grown.exists()


@pytest.mark.parametrize(
    ("tag", "day"),
    [
        ("v2025.1", "2025-03-20"),
        ("v2025.2", "2025-09-30"),
        ("v2026.1", "2026-03-24"),
        ("v2026.2", "2026-11-19"),
    ],
)
def test_a_tag_and_its_day_give_one_register(demo: Path, tag: str, day: str) -> None:
    of_tag = json.loads(said("register", "--repo", demo, "--ref", tag, "--issues", "--format", "json"))
    asked = ("register", "--repo", demo, "--ref", "main", "--on", day, "--issues", "--format", "json")
    of_day = json.loads(said(*asked))
    assert of_day["documents"] == of_tag["documents"]
    assert of_day["as_of"] == of_tag["as_of"]


def test_a_review_that_is_overdue_is_marked(demo: Path) -> None:
    text = said("register", "--repo", demo, "--ref", "main", "--on", "2025-11-30")
    assert re.search(r"P-08 .*2026", text)
    overdue = [line for line in text.splitlines() if "overdue" in line]
    assert overdue
    assert all(re.search(r"20\d\d-\d\d-\d\d overdue", line) for line in overdue)


# --- interim texts, ends ----------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path, monkeypatch)
    made.begin()
    made.story.check_out()
    monkeypatch.setenv("COLUMNS", "240")
    return made


def test_while_an_interim_text_applies_every_list_calls_the_issue_suspended(desk: Desk) -> None:
    desk.change()
    assert desk.approve("PRO-001", "--meaning", "interim", "--valid-until", "2026-03-10").exit_code == 0
    asked = ("--repo", desk.root, "--ref", "main", "--as-of", "2026-03-05")
    row = rows(*asked)["PRO-001"]
    assert (row["issue"], row["suspended_issue"], row["interim_until"]) == ("", "1", "2026-03-10")
    assert (row["level"], row["effective_from"]) == ("recorded", "2026-03-02")
    table = joined(said("register", *asked))
    assert "interim to 2026-03-10; issue 1 is suspended meanwhile" in table
    first, interim, _ = (row for row in issues(*asked) if row["id"] == "PRO-001")
    assert first["state"] == "suspended"
    assert (interim["last_day"], interim["effective_to"]) == ("2026-03-10", "2026-03-11")
    history = said("history", "PRO-001", *asked)
    assert "PRO-001 Waste: in force, as an interim text to 2026-03-10" in history
    assert "issue 1: suspended until the interim approval ends (last day 2026-03-10)" in history
    assert "in force from 2026-03-02 to 2026-03-10\n" in history
    verified = joined(said("approvals", "verify", "PRO-001", *asked))
    assert "Issue 1 of PRO-001 is suspended until the interim approval ends" in verified
    assert "Meanwhile it is suspended: in its place another text applies" in verified
    told = json.loads(said("register", *asked, "--issues", "--format", "json"))
    assert not list(Draft202012Validator(SCHEMA).iter_errors(told))
    after = rows("--repo", desk.root, "--ref", "main", "--as-of", "2026-03-11")["PRO-001"]
    assert (after["issue"], after["suspended_issue"]) == ("1", "")


def test_an_interim_approval_that_an_issue_replaced_ends_on_the_day_before(demo: Path) -> None:
    asked = ("--repo", demo, "--ref", "main", "--as-of", "2026-11-20")
    assert "in force from 2026-10-15 to 2026-10-18, replaced by issue 3" in said("history", "WI-06", *asked)
    (row,) = (row for row in issues(*asked) if row["id"] == "WI-06" and row["valid_until"])
    assert (row["effective_to"], row["last_day"]) == ("2026-10-19", "2026-10-18")


def test_an_approved_withdrawal_of_a_later_day_is_told_with_that_day(desk: Desk) -> None:
    done = desk.approve("PRO-001", "--meaning", "withdrawal", "--effective", "2026-04-15")
    assert done.exit_code == 0, done.output
    assert "You take issue 1 out of force from 2026-04-15 on." in desk.said(done)
    assert "Withdrawal approved: issue 1 of PRO-001 stays in force and ends 2026-04-15" in desk.said(done)
    assert "Withdrawn:" not in done.output
    asked = ("--repo", desk.root, "--ref", "main", "--as-of", "2026-03-05")
    assert "in force; withdrawal approved, ends 2026-04-15" in joined(said("register", *asked))
    history = said("history", "PRO-001", *asked)
    assert "PRO-001 Waste: in force; withdrawal approved, ends 2026-04-15" in history
    assert "issue 1: in force; withdrawal approved, ends 2026-04-15" in history
    assert "issue 1, which ends 2026-04-15: " in history
    verified = joined(said("approvals", "verify", "PRO-001", *asked))
    assert "is in force; withdrawal approved, ends 2026-04-15 on 2026-03-05" in verified
    assert "It is in force from 2026-01-05 to 2026-04-14, withdrawn." not in verified
    assert "It is to be withdrawn by Eve Hart (PER-EVE), as of 2026-04-15." in verified


def test_an_issue_that_was_replaced_before_its_day_was_never_in_force(desk: Desk) -> None:
    desk.change()
    assert desk.approve("PRO-001", "--effective", "2026-06-01").exit_code == 0
    (desk.root / PATH).write_text(procedure("Sort all of it."), encoding="utf-8")
    desk.git("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "commit", "-qam", "All of it")
    assert desk.approve("PRO-001").exit_code == 0
    asked = ("--repo", desk.root, "--ref", "main", "--as-of", "2026-03-05")
    history = said("history", "PRO-001", *asked)
    assert "  never in force: replaced by issue 3 on 2026-03-02, before it came into force on" in history
    row = next(row for row in issues(*asked) if row["id"] == "PRO-001" and row["issue"] == "2")
    assert row["last_day"] == ""


def test_an_issue_that_is_not_in_force_yet_will_be(desk: Desk) -> None:
    desk.change()
    assert desk.approve("PRO-001", "--effective", "2026-06-01").exit_code == 0
    asked = ("--repo", desk.root, "--ref", "main", "--as-of", "2026-03-05")
    verified = joined(said("approvals", "verify", "PRO-001", "--issue", "2", *asked))
    assert "It will be in force from 2026-06-01 on." in verified
    first = joined(said("approvals", "verify", "PRO-001", "--issue", "1", *asked))
    assert "It is in force from 2026-01-05 to 2026-05-31, to be replaced by issue 2." in first


# --- history ----------------------------------------------------------------------------


def test_one_approval_of_two_is_told_as_one_of_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(tmp_path, monkeypatch)
    two = MATRIX.replace("roles: [ROL-EHS, ROL-OPS]", "roles: [ROL-EHS, ROL-OPS], persons: 2")
    desk.begin(ems_yml=settings(matrix=two))
    desk.change()
    assert desk.approve("PRO-001").exit_code == 0
    history = said("history", "PRO-001", "--repo", desk.root, "--ref", "main")
    assert "approval 1 of 2" in history
    assert "approval none" not in history


def test_reviews_and_confirmations_stand_in_every_list_with_their_issue(demo: Path) -> None:
    asked = ("--repo", demo, "--ref", "main", "--as-of", "2026-11-20")
    assert "  issue 3: Aisha Rahman reviewed it" in said("history", "WI-06", *asked)
    (row,) = (row for row in issues(*asked) if row["id"] == "WI-06" and row["issue"] == "3")
    assert "Aisha Rahman reviewed it" in row["reviewed"]
    table = joined(said("register", *asked, "--issues"))
    assert "reviewed it" in table
    assert "confirmed it" in table


def test_an_issue_that_is_not_there_is_answered_with_the_draft_among_those_that_are(demo: Path) -> None:
    asked = ["history", "P-08", "--issue", "9", "--repo", str(demo), "--ref", "main"]
    result = CliRunner().invoke(ems, asked, prog_name="ems")
    assert "P-08 has no issue 9; its issues: 1, 2, 3, 4, 5 (draft)" in result.output


def test_a_withdrawn_document_without_a_file_is_not_offered_another_withdrawal(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "gitconfig"
    config.write_text("[user]\n\tname = Tom Ashworth\n\temail = tom.ashworth@wrenholt.example\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    # The demonstration's own clone is only read: nothing is written where everything is refused.
    asked = ["approve", "WI-04", "--repo", str(demo), "--as", "tom.ashworth@wrenholt.example", "--yes"]
    result = CliRunner().invoke(ems, asked, prog_name="ems")
    assert "--meaning withdrawal" not in result.output
    assert "its file is gone: to have it again, bring the file back" in joined(result.output)


# --- verification -----------------------------------------------------------------------


def test_a_scan_is_named_with_its_place_and_its_checksum(demo: Path) -> None:
    text = said("approvals", "verify", "P-06", "--repo", demo, "--ref", "main", "--as-of", "2026-11-20")
    scan = (
        r"scan: ems/records/approvals/P-06/signed-print-of-issue-2\.pdf, blob [0-9a-f]{40}, sha256 [0-9a-f]"
    )
    assert re.search(scan, text)


def test_who_landed_it_is_named_by_the_register_and_by_git(demo: Path) -> None:
    asked = ("--repo", demo, "--ref", "main", "--as-of", "2026-11-20")
    text = joined(said("approvals", "verify", "P-08", "--issue", "5", *asked))
    assert "by one commit of Gareth Lloyd (git names “ETP desk”)" in text


def test_the_level_at_first_is_not_told_as_the_level_now(demo: Path) -> None:
    asked = ("--repo", demo, "--ref", "main", "--as-of", "2026-11-20")
    text = joined(said("approvals", "verify", "WI-01", *asked))
    assert "By that step it was declared." in text
    assert "Here it is declared." not in text
