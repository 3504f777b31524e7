"""The demonstration's repository: the same for everybody, and as rich as it is said to be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from mkdocs_ems.demo import write_demo
from mkdocs_ems.errors import OutputError

PINNED = {
    "HEAD": "77896f596e14e7049213135ba7a8855d83f73c49",
    "v2025.1": "0c702375df763862c773a5841dd4d76898a6ec5a",
    "v2026.1": "7a4323deb2903110da3ee076473cc3f1c736f31b",
}
"""Ids of the last commit and of the tag objects. A new story brings new ones: put them here on purpose."""

PROJECT = Path(__file__).parents[2]
TELL = "import pathlib, sys, mkdocs_ems.demo as demo; demo.write_demo(pathlib.Path(sys.argv[1]))"


def git(repository: Path, *arguments: str) -> str:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def ids(repository: Path) -> dict[str, str]:
    return {name: git(repository, "rev-parse", name) for name in PINNED}


def files(folder: Path) -> Mapping[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("demonstration") / "demo"
    write_demo(target)
    return target


def test_the_demonstration_has_the_ids_that_are_pinned(demo: Path) -> None:
    assert ids(demo) == PINNED


def test_user_configuration_time_zone_and_locale_do_not_change_the_demonstration(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    hooks = tmp_path / "template" / "hooks"
    hooks.mkdir(parents=True)
    (home / ".gitconfig").write_text(
        f"[user]\n\tname = Somebody\n\temail = somebody@example.org\n[init]\n\tdefaultBranch = trunk\n"
        f"\ttemplateDir = {hooks.parent.as_posix()}\n[core]\n\tautocrlf = true\n"
        "[commit]\n\tgpgSign = true\n[tag]\n\tgpgSign = true\n[i18n]\n\tcommitEncoding = latin1\n",
        encoding="utf-8",
    )
    environment = os.environ | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4711",
        "GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z",
        "GIT_COMMITTER_NAME": "Somebody",
    }
    target = tmp_path / "demo"
    subprocess.run([sys.executable, "-c", TELL, str(target)], check=True, env=environment, cwd=tmp_path)
    assert ids(target) == PINNED
    assert not (target / ".git" / "hooks").exists()


def test_at_least_25_events_by_at_least_five_people_lie_on_the_main_branch(demo: Path) -> None:
    events = git(demo, "log", "--first-parent", "--format=%ae").splitlines()
    assert len(events) >= 25
    assert len(set(events)) >= 5


def test_the_dates_of_the_main_branch_never_go_back(demo: Path) -> None:
    dates = git(demo, "log", "--first-parent", "--reverse", "--format=%ct").splitlines()
    assert dates == sorted(dates, key=int)


def test_an_octopus_a_move_and_a_co_author_are_part_of_the_story(demo: Path) -> None:
    parents = [len(line.split()) for line in git(demo, "log", "--format=%P").splitlines()]
    assert max(parents) == 3
    assert "R100" in git(demo, "log", "--first-parent", "-M100%", "--diff-filter=R", "--name-status")
    assert "Co-authored-by:" in git(demo, "log", "--format=%b")


def test_the_last_state_equals_the_manual_at_the_top_of_the_project(demo: Path) -> None:
    # Where this fails: edit below plugins/mkdocs_ems/demo/story, then call write_tree for the project.
    assert files(demo / "ems") == files(PROJECT / "ems")
    assert (demo / "mkdocs.yml").read_bytes() == (PROJECT / "mkdocs.yml").read_bytes()


def test_the_work_tree_is_clean_and_whole(demo: Path) -> None:
    assert git(demo, "status", "--porcelain") == ""
    assert git(demo, "fsck", "--strict") == ""
    assert sorted(path.name for path in demo.iterdir()) == [
        ".git",
        ".gitignore",
        "README.md",
        "ems",
        "mkdocs.yml",
    ]


def test_every_approval_record_names_content_that_its_own_commit_holds(demo: Path) -> None:
    records = sorted((demo / "ems/records/approvals").rglob("*.yml"))
    assert len(records) >= 8
    for path in records:
        record = yaml.safe_load(path.read_bytes())
        name = path.relative_to(demo).as_posix()
        commit = git(demo, "log", "--diff-filter=A", "--format=%H", "--", name)
        held = _digests(demo, commit)
        manifest = record["manifest"]
        assert {manifest["main"], *manifest["parts"].values()} <= held, name
        assert path.name == f"{record['issue']}-{record['meaning']}-{record['approver']}-1.yml"
        assert path.parent.name == record["document"]


def _digests(demo: Path, commit: str) -> set[str]:
    names = git(demo, "ls-tree", "-r", "--name-only", commit, "ems").splitlines()
    blobs = (
        subprocess.run(
            ["git", "-C", str(demo), "cat-file", "blob", f"{commit}:{name}"], check=True, capture_output=True
        )
        for name in names
    )
    return {sha256(blob.stdout).hexdigest() for blob in blobs}


def test_a_record_names_the_records_that_came_before_the_content(demo: Path) -> None:
    folder = demo / "ems/records/approvals/REG-OBL"
    first, second = sorted(folder.iterdir())
    assert yaml.safe_load(first.read_bytes())["previous"] == []
    assert yaml.safe_load(second.read_bytes())["previous"] == [sha256(first.read_bytes()).hexdigest()]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is not empty"):
        write_demo(tmp_path)
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_nothing_is_left_behind_where_the_demonstration_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(target: Path) -> None:
        (target / "half").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mkdocs_ems.demo.writing._write", fail)
    with pytest.raises(OutputError, match="No space left on device"):
        write_demo(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_be_named_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_demo(Path("my-demo"))
    assert ids(tmp_path / "my-demo") == PINNED
