from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from mkdocs_ems.git import Repository
from mkdocs_ems.git.signing import RECORD_NAMESPACE
from mkdocs_ems.git.values import SignatureClaim
from mkdocs_ems.git.verdict_file import VerdictFile, usual_verdicts
from mkdocs_ems.git.verdicts import verdict_name
from support.keys import needs_ssh, signature, signer
from support.story import Story

DATA = b"approved\n"
GOOD = SignatureClaim(
    DATA,
    b"any",
    signer("mary").rstrip("\n"),
    RECORD_NAMESPACE,
    datetime(2026, 7, 1, tzinfo=UTC),
)
NAME, OTHER = "a" * 64, "b" * 64


class Counting:
    """Keeps verdicts in memory and counts what is put into it."""

    def __init__(self) -> None:
        self.kept: dict[str, bool] = {}
        self.times = 0

    def find(self, name: str) -> bool | None:
        return self.kept.get(name)

    def keep(self, verdicts: Mapping[str, bool]) -> None:
        self.times += 1
        self.kept |= verdicts


@needs_ssh
def test_each_signature_is_verified_once_and_never_again(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    story.commit({"ems/ems.yml": "schema: 1\n"})
    good = replace(GOOD, signature=signature(DATA, by="mary"))
    bad = replace(good, data=b"other")
    kept = Counting()
    with Repository.open(story.check_out(), verdicts=kept) as repository:
        signatures = repository.signatures()
        assert signatures.verify([good, bad, good]) == {good: True, bad: False}
        assert signatures.verify([good]) == {good: True}
    assert (kept.times, sorted(kept.kept.values())) == (1, [False, True])
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin")
    (tmp_path / "ssh-keygen").symlink_to("/bin/false")
    with Repository.open(story.path, verdicts=kept) as repository:
        assert repository.signatures().verify([good, bad]) == {good: True, bad: False}


@pytest.mark.parametrize(
    "other",
    [
        replace(GOOD, data=b"approved"),
        replace(GOOD, signature=b"an"),
        replace(GOOD, line=GOOD.line.replace("mary", "eve")),
        replace(GOOD, namespace="git"),
        replace(GOOD, at=GOOD.at + timedelta(seconds=1)),
        replace(GOOD, data=b"approved\na", signature=b"ny"),
    ],
)
def test_a_verdict_is_found_by_all_that_it_depends_on(other: SignatureClaim) -> None:
    assert verdict_name(other) != verdict_name(GOOD)


def test_a_moment_told_in_another_zone_is_the_same_moment() -> None:
    there = GOOD.at.astimezone(timezone(timedelta(hours=2)))
    assert verdict_name(replace(GOOD, at=there)) == verdict_name(GOOD)


def test_verdicts_are_found_by_the_next_run(tmp_path: Path) -> None:
    VerdictFile(tmp_path / "new" / "kept").keep({NAME: True})
    VerdictFile(tmp_path / "new" / "kept").keep({OTHER: False})
    again = VerdictFile(tmp_path / "new" / "kept")
    assert (again.find(NAME), again.find(OTHER), again.find("c" * 64)) == (True, False, None)


@pytest.mark.parametrize("text", ["nonsense", f"{NAME} 2\n", f"{NAME} 1", f" {NAME} 1\n", f"{NAME} 1\n\n"])
def test_a_file_that_was_spoilt_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "kept").write_text(text)
    assert VerdictFile(tmp_path / "kept").find(NAME) is None


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").write_text(f"{NAME} 1\n")
    (tmp_path / "kept").symlink_to(tmp_path / "real")
    assert VerdictFile(tmp_path / "kept").find(NAME) is None


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    kept = VerdictFile(tmp_path / "file" / "kept")
    kept.keep({NAME: True})
    assert kept.find(NAME) is True


def test_nobody_else_can_write_to_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMS_CACHE_DIR", str(tmp_path))
    usual_verdicts().keep({NAME: True})
    assert stat.S_IMODE((tmp_path / "signatures.txt").stat().st_mode) == 0o600
