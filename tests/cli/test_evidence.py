"""Evidence outside git is looked up where the operator says a store is, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mkdocs_ems.cli.evidence import LARGEST, Folder
from mkdocs_ems.cli.main import ems
from mkdocs_ems.cli.reach import VARIABLE, within_reach
from mkdocs_ems.errors import UsageError
from support.story import Story

SCAN = b"A scanned sheet"
GOOD = sha256(SCAN).hexdigest()
SETTINGS = """\
schema: 1
organisation: {name: Small Works}
evidence_stores: [{name: scans, where: The share of the EHS department}]
"""

Report = Mapping[str, Any]


def record(file: str, checksum: str = GOOD) -> str:
    evidence = f"evidence: [{{file: '{file}', sha256: {checksum}}}]\n"
    return f"id: CHK-001\ntype: inspection\ntitle: Walk\n{evidence}"


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "walk.pdf").write_bytes(SCAN)
    return folder


@pytest.fixture
def check(story: Story) -> Callable[..., Report]:
    def checked(text: str, *options: str) -> Report:
        files = {
            "ems/ems.yml": SETTINGS,
            "ems/records/inspections/CHK-001.yml": text,
            "mkdocs.yml": "docs_dir: ems\n",
        }
        story.commit(files, date="2026-01-05")
        asked = [
            "check",
            "--repo",
            str(story.check_out()),
            "--select",
            "REC005",
            "--format",
            "json",
            *options,
        ]
        result = CliRunner().invoke(ems, asked, prog_name="ems")
        report: Report = json.loads(result.stdout)
        return report

    return checked


def messages(report: Report) -> list[str]:
    return [one["message"] for one in report["diagnostics"]]


def test_what_lies_in_a_store_out_of_reach_is_not_evaluated_and_that_is_said(
    check: Callable[..., Report],
) -> None:
    report = check(record("scans:2026/walk.pdf"))
    assert messages(report) == []
    (one,) = report["not_evaluated"]
    assert one["reason"].startswith("1 file of the store scans cannot be looked at from here")


def test_a_file_in_a_store_within_reach_is_compared(check: Callable[..., Report], scans: Path) -> None:
    report = check(record("scans:2026/walk.pdf"), "--evidence", f"scans={scans}")
    assert (messages(report), report["not_evaluated"]) == ([], [])


def test_another_file_in_its_place_is_found(check: Callable[..., Report], scans: Path) -> None:
    (said,) = messages(check(record("scans:2026/walk.pdf", "0" * 64), "--evidence", f"scans={scans}"))
    assert f"another one than it was (sha256 {GOOD[:12]}…)" in said


def test_a_file_that_is_missing_there_is_found(check: Callable[..., Report], scans: Path) -> None:
    (said,) = messages(check(record("scans:2026/other.pdf"), "--evidence", f"scans={scans}"))
    assert said.endswith("that file is not there")


@pytest.mark.parametrize(
    "path", ["../secret.pdf", "/etc/passwd", "2026/../../secret.pdf", "2026\\walk.pdf", ""]
)
def test_no_path_leads_out_of_a_store(scans: Path, path: str) -> None:
    (scans.parent / "secret.pdf").write_bytes(SCAN)
    assert Folder(scans).find(path).sha256 is None


def test_no_link_is_followed(scans: Path) -> None:
    outside = scans.parent / "outside"
    outside.mkdir()
    (outside / "walk.pdf").write_bytes(SCAN)
    (scans / "link").symlink_to(outside)
    (scans / "walk.pdf").symlink_to(outside / "walk.pdf")
    assert Folder(scans).find("link/walk.pdf").why == "is reached by a link, which is not followed"
    assert Folder(scans).find("walk.pdf").why == "is a link or no file"
    assert Folder(scans).find("2026").why == "is a link or no file"


def test_a_file_that_several_records_give_is_read_once(scans: Path) -> None:
    store = Folder(scans)
    assert store.find("2026/walk.pdf").sha256 == GOOD
    (scans / "2026" / "walk.pdf").unlink()
    assert store.find("2026/walk.pdf").sha256 == GOOD


def test_a_file_too_large_to_be_read_is_told(scans: Path) -> None:
    with (scans / "film.mp4").open("wb") as file:
        file.truncate(LARGEST + 1)
    assert Folder(scans).find("film.mp4").why == "is larger than 2 GB, and too large to be compared"


def test_a_folder_on_the_way_that_is_a_file_holds_nothing(scans: Path) -> None:
    assert Folder(scans).find("2026/walk.pdf/more").why == "is not there: walk.pdf is no folder"


def test_the_variable_names_several_stores(scans: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, f"scans={scans}; people = {scans / '2026'} ;")
    assert list(within_reach(())) == ["scans", "people"]


def test_a_store_of_the_variable_that_is_out_of_reach_is_not_evaluated(
    check: Callable[..., Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "scans=/no/such/folder; other=/")
    report = check(record("scans:2026/walk.pdf"))
    (one,) = report["not_evaluated"]
    assert one["reason"].startswith("1 file of the store scans cannot be looked at from here")


@pytest.mark.parametrize(
    "command", [["check"], ["build", "--site-dir", "{site}"], ["build", "--all", "--site-dir", "{site}"]]
)
def test_a_store_that_is_not_declared_is_refused_with_those_that_are(
    story: Story, scans: Path, command: list[str]
) -> None:
    story.commit({"ems/ems.yml": SETTINGS, "mkdocs.yml": "docs_dir: ems\n"}, date="2026-01-05")
    asked = [one.format(site=scans.parent / "site") for one in command]
    options = ["--repo", str(story.check_out()), "--evidence", f"skans={scans}"]
    result = CliRunner().invoke(ems, [*asked, *options], prog_name="ems")
    assert result.exit_code == 2
    assert "--evidence skans=… names a store that ems.yml does not declare; it declares only scans" in (
        result.stderr
    )


def test_settings_that_cannot_be_read_are_told_before_a_store_is_refused(story: Story, scans: Path) -> None:
    story.commit({"ems/ems.yml": "schema: 1\nevidence_stores: scans\n"}, date="2026-01-05")
    asked = ["check", "--repo", str(story.check_out()), "--evidence", f"scans={scans}"]
    assert CliRunner().invoke(ems, asked, prog_name="ems").exit_code == 1


@pytest.mark.parametrize("given", ["scans", "=x", "scans=", "scans=/no/such/folder", "scans=~nobody-here/x"])
def test_a_store_that_is_no_folder_here_is_told(given: str) -> None:
    with pytest.raises(UsageError, match=r"NAME=DIR|no folder"):
        within_reach((given,))
