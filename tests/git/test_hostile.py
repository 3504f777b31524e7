"""No program that a repository or an environment names is ever run, and nothing hangs or changes.

Every setting that could start a program writes to one canary file. A control at the end
proves with plain git that the canary would sing.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git import History, Repository, Snapshot
from support.hostile_settings import canary, poisoned
from support.hostile_settings import environment as hostile_environment
from support.killing import LONGEST
from support.shell import every_byte, git
from support.story import Story

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the canaries are shell scripts, the traps FIFOs")


@dataclass(frozen=True)
class Told:
    """All that the room tells of a repository."""

    snapshot: Snapshot
    tree: Snapshot
    history: History
    refs: Mapping[str, str]
    file: bytes | None


def all_of(folder: Path) -> Told:
    with Repository.open(folder) as repository:
        tree = repository.work_tree(content="ems")
        told = Told(
            snapshot=repository.snapshot("v1", content="ems"),
            tree=tree,
            history=repository.history("HEAD", content="ems", main_branch="main", proposed=tree),
            refs=repository.refs(),
            file=repository.file("ems/ems.yml", ref=None),
        )
        repository.blobs.read(entry.blob for entry in tree.entries.values())
        return told


def prepared(story: Story) -> Path:
    story.commit({"ems/ems.yml": "schema: 1\n", "ems/a.md": "a\n"})
    story.tag("v1", message="One")
    story.branch("x")
    story.commit({"ems/a.md": "theirs\n"})
    story.switch()
    story.commit({"ems/a.md": "ours\n"})
    story.merge("x", changes={"ems/a.md": "both\n"})
    folder = story.check_out()
    (folder / "ems/a.md").write_text("uncommitted\n")
    (folder / "ems/new.md").write_text("new\n")
    return folder


def test_a_hostile_configuration_runs_nothing_and_changes_nothing(story: Story, tmp_path: Path) -> None:
    folder = prepared(story)
    expected = all_of(folder)
    poisoned(folder, canary(tmp_path))
    before = every_byte(folder)
    assert all_of(folder) == expected
    assert not (tmp_path / "sang").exists()
    assert every_byte(folder) == before


def test_hostile_attributes_within_the_content_run_nothing(story: Story, tmp_path: Path) -> None:
    attributes = "* diff=canary filter=canary merge=canary\n[attr]canary diff\n"
    story.commit({"ems/.gitattributes": attributes, ".gitattributes": attributes})
    folder = prepared(story)
    poisoned(folder, canary(tmp_path))
    told = all_of(folder)
    assert told.tree.files["ems/a.md"] == b"uncommitted\n"
    assert told.history.events[-2].own == ("ems/a.md",)
    assert not (tmp_path / "sang").exists()


def test_a_hostile_environment_runs_nothing_and_changes_nothing(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = prepared(story)
    expected = all_of(folder)
    environment = hostile_environment(tmp_path, canary(tmp_path))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert all_of(folder) == expected
    assert not (tmp_path / "sang").exists()
    assert not (tmp_path / "trace").exists()


def test_a_configuration_that_includes_a_fifo_holds_nothing_up(story: Story) -> None:
    folder = prepared(story)
    expected = all_of(folder)
    os.mkfifo(folder / ".git/pipe")
    with (folder / ".git/config").open("a") as config:
        config.write("[include]\n\tpath = pipe\n")
    for name in (
        "config.worktree",
        "info/attributes",
        "info/grafts",
        "description",
        "FETCH_HEAD",
        "ORIG_HEAD",
    ):
        (folder / ".git/info").mkdir(exist_ok=True)
        os.mkfifo(folder / ".git" / name)
    assert all_of(folder) == expected


@pytest.mark.parametrize("name", ["index", "packed-refs", "info/exclude", "refs/heads/pipe"])
def test_a_fifo_in_place_of_a_file_of_git_holds_nothing_up(name: str, story: Story) -> None:
    folder = prepared(story)
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git" / name).unlink(missing_ok=True)
    os.mkfifo(folder / ".git" / name)
    assert all_of(folder).snapshot.files["ems/ems.yml"] == b"schema: 1\n"


@pytest.mark.parametrize("name", ["HEAD", ".git"])
def test_a_fifo_in_place_of_the_head_is_refused(name: str, story: Story, tmp_path: Path) -> None:
    folder = prepared(story)
    if name == "HEAD":
        (folder / ".git/HEAD").unlink()
        os.mkfifo(folder / ".git/HEAD")
    else:
        folder = tmp_path / "other"
        folder.mkdir()
        os.mkfifo(folder / ".git")
    with pytest.raises(RepositoryError):
        Repository.open(folder)


@pytest.mark.parametrize(
    "name", ["info/alternates", "pack/pack-1.idx", "info/commit-graph", "ab/cdef", "pack/x.keep"]
)
def test_a_fifo_in_the_object_store_is_refused_by_name(name: str, story: Story) -> None:
    place = prepared(story) / ".git/objects" / name
    place.parent.mkdir(exist_ok=True)
    os.mkfifo(place)
    with pytest.raises(RepositoryError, match="is no regular file"):
        Repository.open(story.path)


def test_replace_refs_grafts_and_mailmap_do_not_rewrite_history(story: Story) -> None:
    first = story.commit({"ems/ems.yml": "1\n", "ems/.mailmap": "Director <md@x> <ann@example.org>\n"})
    second = story.commit({"ems/ems.yml": "2\n"})
    story.branch("other")
    other = story.commit({"ems/ems.yml": "forged\n"}, by="mallory")
    story.switch()
    third = story.commit({"ems/ems.yml": "3\n"})
    folder = story.check_out()
    git(folder, "replace", second, other)
    blob = git(folder, "rev-parse", "main:ems/ems.yml")
    git(folder, "replace", blob, git(folder, "rev-parse", f"{other}:ems/ems.yml"))
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/grafts").write_text(f"{third} {first}\n")
    (folder / ".mailmap").write_text("Director <md@x> <ann@example.org>\n")
    with Repository.open(folder) as repository:
        history = repository.history("main", content="ems", main_branch="main")
        assert [event.commit.id for event in history.events] == [first, second, third]
        assert {event.commit.author.name for event in history.events} == {"Ann"}
        assert repository.snapshot("main", content="ems").files["ems/ems.yml"] == b"3\n"


def test_a_forged_commit_graph_is_not_read(story: Story) -> None:
    for number in range(3):
        story.commit({"ems/ems.yml": f"{number}\n"})
    folder = story.check_out()
    expected = all_of_history(folder)
    git(folder, "commit-graph", "write", "--reachable")
    graph = folder / ".git/objects/info/commit-graph"
    graph.chmod(0o644)
    data = bytearray(graph.read_bytes())
    data[-60:-20] = bytes(40)
    graph.write_bytes(data)
    assert all_of_history(folder) == expected


def all_of_history(folder: Path) -> History:
    with Repository.open(folder) as repository:
        return repository.history("HEAD", content="ems", main_branch="main")


def test_the_canary_would_sing_if_git_read_the_configuration(story: Story, tmp_path: Path) -> None:
    folder = prepared(story)
    program = canary(tmp_path)
    git(folder, "config", "core.fsmonitor", str(program))
    subprocess.run(["git", "status"], cwd=folder, check=False, capture_output=True, timeout=LONGEST)
    assert (tmp_path / "sang").exists()
