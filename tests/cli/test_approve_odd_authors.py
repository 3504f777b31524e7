"""Authors whom nobody can name, and words that nobody sees: no commit locks a document for good."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from mkdocs_ems.cli.main import ems
from support.company import procedure
from support.desk import WASTE, Desk
from support.shell import git, raw_commit

DAY = b" 1772355600 +0000"
ANN = b"Ann <ann@example.org>"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path, monkeypatch)
    desk.begin()
    desk.change()
    return desk


def written_by(desk: Desk, author: bytes, *, message: bytes = b"Sort weekly\n") -> None:
    """Let the last commit, byte by byte, be of this author and with this message."""
    before, tree = desk.git("rev-parse", "HEAD~1"), desk.git("rev-parse", "HEAD^{tree}")
    lines = (b"parent " + before.encode(), b"author " + author + DAY, b"committer " + ANN + DAY)
    made = raw_commit(desk.root, *lines, message=message, tree=tree)
    git(desk.root, "update-ref", "refs/heads/main", made)


def named(desk: Desk) -> list[str]:
    path = desk.root / "ems/records/approvals/PRO-001/2-approval-eve@example.org-1.yml"
    return list(yaml.safe_load(path.read_text("utf-8")).get("authors", ()))


@pytest.mark.parametrize("trailer", [b"", b"<>", b"Bot < >", b" \t", b"<\xc2\xa0>"])
def test_a_co_author_whom_nothing_names_is_no_author(desk: Desk, trailer: bytes) -> None:
    written_by(desk, ANN, message=b"Sort weekly\n\nCo-authored-by: " + trailer + b"\n")
    done = desk.approve("PRO-001")
    assert done.exit_code == 0, done.output
    assert [name for name in named(desk) if name != "Bot"] == ["ann@example.org"]


@pytest.mark.parametrize("author", [b" <>", b" < >", b" <\xc2\xa0>"])
def test_an_author_without_a_name_is_told_and_bars_nobody(desk: Desk, author: bytes) -> None:
    written_by(desk, author)
    done = desk.approve("PRO-001")
    assert done.exit_code == 0, done.output
    assert "Changed by somebody without a name or address" in desk.said(done)
    assert named(desk) == []
    issue = desk.document().in_force
    assert issue is not None
    told = "somebody without a name or address is in no register of persons"
    assert any(fault.words.startswith(told) for fault in issue.faults)


@pytest.mark.parametrize("mail", [b"m\xfcller@example.org", b"\xed\xa0\x80", b"a\x01b", b"a\xe2\x80\xaeb"])
@pytest.mark.parametrize("name", [b"", b"J\xf6rg"])
def test_an_address_that_no_record_can_hold_is_left_out_and_that_is_said(
    desk: Desk, name: bytes, mail: bytes
) -> None:
    written_by(desk, name + b" <" + mail + b">")
    done = desk.approve("PRO-001")
    assert done.exit_code == 0, done.output
    assert "The record leaves out an author whom no record can name" in desk.said(done)
    assert named(desk) == []
    issue = desk.document().in_force
    assert issue is not None
    assert issue.number == 2
    assert len(issue.authors) == 1


def test_an_odd_address_that_folds_to_the_approvers_own_is_still_theirs(desk: Desk) -> None:
    written_by(desk, b" <\x1fEve@example.org>")
    done = desk.approve("PRO-001")
    assert done.exit_code == 1
    assert "its author is among those who wrote the change" in desk.said(done)


@pytest.mark.parametrize(
    "command",
    [
        ["register"],
        ["register", "--issues"],
        ["register", "--format", "csv"],
        ["register", "--issues", "--format", "csv"],
        ["register", "--issues", "--format", "json"],
        ["history", "PRO-001"],
        ["history", "PRO-001", "--format", "json"],
        ["approvals", "verify", "PRO-001"],
        ["ledger"],
    ],
)
def test_an_author_in_latin_1_is_written_in_every_format(desk: Desk, command: list[str]) -> None:
    written_by(desk, b"J\xf6rg\x1b[31m M\xfcller <jm@x.example>", message=b"Caf\xe9\n")
    assert desk.approve("PRO-001").exit_code == 0
    done = CliRunner().invoke(ems, [*command, "--repo", str(desk.root)])
    assert done.exit_code == 0, done.output
    assert "\x1b[31m M" not in done.output
    if "--issues" in command and "csv" in command:
        assert r"J\u{dcf6}rg\u{1b}[31m M\u{dcfc}ller (jm@x.example)" in done.output


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\u00ad", "\ufeff", "\u202e"])
def test_a_character_that_nobody_sees_is_shown_where_the_change_is_told(desk: Desk, unseen: str) -> None:
    written_by(desk, ANN, message=f"Sort{unseen}weekly\n".encode())
    said = desk.said(desk.approve("PRO-001"))
    assert unseen not in said
    assert rf"Sort\u{{{ord(unseen):x}}}weekly" in said


def test_who_withdraws_is_told_of_an_issue_that_is_yet_to_come(desk: Desk) -> None:
    assert desk.approve("PRO-001", "--effective", "2026-06-01").exit_code == 0
    done = desk.approve("PRO-001", "--meaning", "withdrawal", "--reason", "No longer done")
    assert done.exit_code == 0, done.output
    said = desk.said(done)
    assert "You take issue 1 out of force." in said
    assert "This is no part of it: issue 2 is approved already, and comes into force on 2026-06-01." in said


def test_who_withdraws_the_only_issue_is_told_of_no_other(desk: Desk) -> None:
    desk.change({WASTE: procedure("Sort the waste.")})
    said = desk.said(desk.approve("PRO-001", "--meaning", "withdrawal", "--reason", "No longer done"))
    assert "You take issue 1 out of force." in said
    assert "no part of it" not in said
