"""The writer: the same history on every machine."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from mkdocs_ems.errors import RefError, RepositoryError
from mkdocs_ems.git.write import File, Identity, RepositoryWriter, Stamp
from support.keys import needs_ssh, signature, signer
from support.story import START, Story

ANN = Stamp(Identity("Ann", "ann@example.org"), START)


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_the_same_calls_give_the_same_commit_id_on_every_machine(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "TZ": "Pacific/Apia",
        "LC_ALL": "tr_TR.UTF-8",
        "GIT_DIR": "/nowhere",
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "i18n.commitEncoding",
        "GIT_CONFIG_VALUE_0": "latin1",
        "GIT_INDEX_FILE": "/nowhere/index",
        "GIT_OBJECT_DIRECTORY": "/nowhere/objects",
    }.items():
        monkeypatch.setenv(name, value)
    assert story.commit({"ems/a.md": "é\n"}, message="Grüße") == "9caa38973c5b017306adbc622d969919f826d5eb"


def test_a_repository_is_made_where_a_relative_name_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with RepositoryWriter.init(Path("made")) as writer:
        writer.commit({"a.md": b"a"}, message="Begin", by=ANN)
        writer.check_out()
    assert (tmp_path / "made/a.md").read_bytes() == b"a"
    assert [entry.name for entry in tmp_path.iterdir()] == ["made"]


def test_a_checked_out_branch_is_clean(story: Story) -> None:
    story.commit({"ems/a.md": "one\r\n", "ems/drop.md": "x", "link": File(b"ems/a.md", mode="120000")})
    story.commit({"ems/drop.md": None})
    folder = story.check_out()
    assert git(folder, "status", "--porcelain") == ""
    assert (folder / "ems/a.md").read_bytes() == b"one\r\n"
    assert not (folder / "ems/drop.md").exists()


def test_a_merge_has_both_sides(story: Story) -> None:
    story.commit({"a": "1", "b": "1"})
    story.branch("change")
    story.commit({"b": "2", "c": "2"})
    story.switch()
    story.commit({"a": "3"})
    merge = story.merge("change")
    assert {path: file.data for path, file in story.writer.files(merge).items()} == {
        "a": b"3",
        "b": b"2",
        "c": b"2",
    }
    assert git(story.flush(), "rev-list", "--parents", "-1", "main").count(" ") == 2


def test_a_squash_has_one_parent_and_the_branchs_content(story: Story) -> None:
    first = story.commit({"a": "1"})
    story.branch("change")
    story.commit({"a": "2"})
    story.commit({"a": "3"})
    story.switch()
    landed = story.squash("change")
    assert git(story.flush(), "rev-list", "--parents", "-1", "main") == f"{landed} {first}"
    assert git(story.path, "cat-file", "blob", "main:a") == "3"


def test_a_merge_of_one_path_changed_on_both_sides_asks_what_it_becomes(story: Story) -> None:
    story.commit({"a": "1"})
    story.branch("change")
    story.commit({"a": "2"})
    story.switch()
    story.commit({"a": "3"})
    with pytest.raises(RepositoryError, match="both sides of the merge change 'a'"):
        story.merge("change")
    assert story.merge("change", changes={"a": "4"})


def test_tags_are_annotated_when_they_have_a_message(story: Story) -> None:
    commit = story.commit({"a": "1"})
    assert story.tag("light") == commit
    assert story.tag("heavy", message="Issued") != commit
    assert git(story.flush(), "cat-file", "-t", "heavy") == "tag"
    with pytest.raises(RefError, match="needs a tagger and a date"):
        story.writer.tag("odd", commit, message="Issued")


def test_a_sha256_repository_has_ids_of_64_digits(tmp_path: Path) -> None:
    assert len(Story(tmp_path, object_format="sha256").commit({"a": "1"})) == 64


def test_an_existing_repository_is_not_written_into(story: Story) -> None:
    with pytest.raises(RepositoryError, match="is a git repository already"):
        RepositoryWriter.init(story.path)


def test_what_git_refuses_is_one_error_and_leaves_no_ref(tmp_path: Path) -> None:
    with (
        pytest.raises(RepositoryError, match="refused what was to be written"),
        RepositoryWriter.init(tmp_path) as writer,
    ):
        writer.commit({"a": File(b"", mode="nonsense")}, message="x", by=ANN)
    assert git(tmp_path, "for-each-ref") == ""


def test_a_folder_of_chapters_becomes_history(told: Callable[[str], Story]) -> None:
    story = told("merge-and-squash")
    log = git(story.path, "log", "--format=%an|%s|%D", "--first-parent")
    assert log.splitlines() == [
        "Cleo|Sort procedures by process|HEAD -> main",
        "Dora|Land the edits in one piece|",
        "Dora|Approve the waste procedure|tag: v1",
        "Ann|Begin with the company's settings|tag: root",
    ]
    assert git(story.path, "status", "--porcelain") == ""
    assert story.head == "95b74addf507714a1825f24092ab67b83f8d00be"


@needs_ssh
def test_a_signed_commit_is_one_that_git_finds_good(story: Story, tmp_path: Path) -> None:
    story.commit({"ems/a.md": "one\n"}, by="mary")
    plain = story.commit({"ems/a.md": "two\n"}, by="mary")
    signed = story.writer.sign(plain, partial(signature, by="mary", namespace="git"))
    after = story.commit({"ems/a.md": "three\n"}, by="ann")
    story.flush()
    assert story.writer.files(signed) == story.writer.files(plain)
    assert git(story.path, "rev-list", "main").splitlines()[:2] == [after, signed]
    signers = tmp_path / "signers"
    signers.write_text(signer("mary"))
    settings = ["-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={signers}"]
    assert git(story.path, *settings, "log", "-1", "--format=%G? %GS", signed) == "G mary@example.org"
