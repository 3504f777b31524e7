"""The demonstration's repository: the same for everybody, and as rich as it is said to be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from mkdocs_ems.demo import write_demo, writing
from mkdocs_ems.errors import OutputError
from mkdocs_ems.git.for_a_while import alone_with

PINNED = {
    "HEAD": "c303458763d757732e5ed3d83adac5e93eb40b22",
    "v2025.1": "205f397652434bcf36c24502c57680550b30f808",
    "v2025.2": "af73f26779337903aadca25ecb6b260923f64b27",
    "v2026.1": "fcba6e8f3cb4e7d167386c18be1146b03f8a3c3e",
    "v2026.2": "a7cc69e2b0b37fed2206b484522d3684402ff150",
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


def test_at_least_60_events_by_at_least_eight_people_lie_on_the_main_branch(demo: Path) -> None:
    events = git(demo, "log", "--first-parent", "--format=%ae").splitlines()
    assert len(events) >= 60
    assert len(set(events)) >= 8


def test_the_story_takes_two_years_and_has_four_annotated_tags(demo: Path) -> None:
    days = git(demo, "log", "--first-parent", "--reverse", "--format=%cs").splitlines()
    assert (days[0][:7], days[-1][:7]) == ("2024-11", "2026-11")
    kinds = git(demo, "for-each-ref", "--format=%(objecttype) %(refname:short)", "refs/tags").splitlines()
    assert kinds == ["tag v2025.1", "tag v2025.2", "tag v2026.1", "tag v2026.2"]


def test_the_main_branch_is_the_only_one(demo: Path) -> None:
    assert git(demo, "for-each-ref", "--format=%(refname)", "refs/heads") == "refs/heads/main"


def test_nothing_is_written_before_what_it_builds_on(demo: Path) -> None:
    lines = git(demo, "log", "--format=%H|%P|%at|%ct").splitlines()
    told = {
        one: (parents.split(), int(at), int(ct)) for one, parents, at, ct in (x.split("|") for x in lines)
    }
    rebased = "Draw the organosulphide stage"
    early = [
        git(demo, "log", "-1", "--format=%s", one)
        for one, (parents, authored, _) in told.items()
        if any(told[parent][2] > authored for parent in parents)
    ]
    assert early == [rebased]


def test_the_dates_of_the_main_branch_never_go_back(demo: Path) -> None:
    dates = git(demo, "log", "--first-parent", "--reverse", "--format=%ct").splitlines()
    assert dates == sorted(dates, key=int)


def test_an_octopus_a_move_a_withdrawal_and_a_co_author_are_part_of_the_story(demo: Path) -> None:
    parents = [len(line.split()) for line in git(demo, "log", "--format=%P").splitlines()]
    assert parents.count(3) == 2
    assert "R100" in git(demo, "log", "--first-parent", "-M100%", "--diff-filter=R", "--name-status")
    assert "WI-04" in git(demo, "log", "--first-parent", "--diff-filter=D", "--name-only", "--format=")
    assert "Co-authored-by:" in git(demo, "log", "--format=%b")


def test_a_squash_and_a_rebase_by_the_forge_are_part_of_the_story(demo: Path) -> None:
    landed = git(demo, "log", "--first-parent", "--no-merges", "--format=%cn|%at|%ct").splitlines()
    forge = [line.split("|")[1:] for line in landed if line.startswith("Wrenholt Git|")]
    assert any(authored == committed for authored, committed in forge)
    assert sum(authored != committed for authored, committed in forge) == 2


def test_branches_that_took_main_in_and_a_criss_cross_are_part_of_the_story(demo: Path) -> None:
    subjects = git(demo, "log", "--merges", "--format=%s").splitlines()
    assert sum(one.startswith("Merge branch 'main' into ") for one in subjects) == 3
    bases = [
        git(demo, "merge-base", "--all", *parents.split()).splitlines()
        for parents in git(demo, "log", "--first-parent", "--merges", "--format=%P").splitlines()
        if len(parents.split()) == 2
    ]
    assert [len(one) for one in bases if len(one) > 1] == [2]


def test_a_branch_that_lands_months_later_is_part_of_the_story(demo: Path) -> None:
    merge = git(demo, "log", "--first-parent", "--format=%H", "--grep=^Merge branch 'p-12-walk'")
    written = git(
        demo, "log", "--reverse", "--format=%cs", f"{merge}^1..{merge}^2", "--no-merges"
    ).splitlines()
    assert (written[0], git(demo, "log", "-1", "--format=%cs", merge)) == ("2026-02-12", "2026-10-20")


def test_a_conflict_settled_by_hand_is_part_of_the_story(demo: Path) -> None:
    merge = git(demo, "log", "--first-parent", "--format=%H", "--grep=^Merge branch 'ncr-actions'")
    actions = "ems/registers/actions.yml"
    blobs = {git(demo, "rev-parse", f"{one}:{actions}") for one in (merge, f"{merge}^1", f"{merge}^2")}
    assert len(blobs) == 3


def test_readings_are_only_ever_added(demo: Path) -> None:
    stat = git(demo, "log", "--first-parent", "--format=", "--numstat", "--", "ems/records/readings")
    lines = [line.split("\t") for line in stat.splitlines() if line]
    assert len(lines) > 100
    assert {removed for _, removed, _ in lines} == {"0"}


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
    entries = git(demo, "ls-tree", "-r", commit, "ems").splitlines()
    return {_digest(demo, entry.split()[2]) for entry in entries}


@cache
def _digest(demo: Path, blob: str) -> str:
    """Of content as it stands; most commits have most of it in common."""
    told = subprocess.run(["git", "-C", demo, "cat-file", "blob", blob], check=True, capture_output=True)
    return sha256(told.stdout).hexdigest()


def test_a_record_names_the_records_that_came_before_the_content(demo: Path) -> None:
    folder = demo / "ems/records/approvals/REG-OBL"
    first, second, third = (path.read_bytes() for path in sorted(folder.iterdir()))
    digests = sorted(sha256(one).hexdigest() for one in (first, second))
    assert yaml.safe_load(first)["previous"] == []
    assert yaml.safe_load(second)["previous"] == [sha256(first).hexdigest()]
    assert yaml.safe_load(third)["previous"] == digests


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="is not empty"):
        write_demo(tmp_path)
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_nothing_is_left_behind_where_the_demonstration_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(target: Path, *_: object) -> None:
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


@pytest.mark.skipif(os.name == "nt", reason="the system there has no such locks")
def test_what_another_run_is_moving_into_place_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other found it whole, and took it for left, before this one could begin to move it."""

    whole = tmp_path / ".ems-demo-whole"

    def made(folder: Path, _: object) -> None:
        (folder / "mkdocs.yml").touch()

    @contextmanager
    def second(path: Path) -> Iterator[None]:
        with alone_with(path), alone_with(path):
            yield

    monkeypatch.setattr(writing, "_write", made)
    monkeypatch.setattr(writing, "alone_with", second)
    with pytest.raises(OutputError, match="another `ems demo` is writing"):
        write_demo(tmp_path)
    assert [path.name for path in whole.iterdir()] == ["mkdocs.yml"]
