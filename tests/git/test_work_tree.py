"""The work tree is the index and what is untracked and not ignored, as it stands on the disk."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git import EntryKind, Repository, Snapshot
from mkdocs_ems.git import trees as trees_module
from mkdocs_ems.git import worktree as worktree_module
from mkdocs_ems.git.write import File
from support.shell import git
from support.story import Story

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, FIFOs and file modes of POSIX")


def read(folder: Path, content: str = "ems") -> Snapshot:
    with Repository.open(folder) as repository:
        return repository.work_tree(content=content)


def begun(story: Story, **more: str) -> Path:
    story.commit({"ems/ems.yml": "schema: 1\n", "ems/a.md": "a\n", "ems/b/c.md": "c\n", **more})
    return story.check_out()


def test_an_unchanged_work_tree_equals_its_commit(story: Story) -> None:
    folder = begun(story)
    snapshot = read(folder)
    committed = story.snapshot()
    assert (snapshot.ref, snapshot.commit, snapshot.date, snapshot.dirty) == (
        "work tree",
        story.head,
        None,
        False,
    )
    assert (snapshot.entries, snapshot.files) == (committed.entries, committed.files)


def test_changed_new_and_deleted_files_are_seen(story: Story) -> None:
    folder = begun(story)
    (folder / "ems/a.md").write_text("changed\n")
    (folder / "ems/new.md").write_text("new\n")
    (folder / "ems/b/c.md").unlink()
    snapshot = read(folder)
    assert snapshot.dirty
    assert snapshot.files == {
        "ems/a.md": b"changed\n",
        "ems/ems.yml": b"schema: 1\n",
        "ems/new.md": b"new\n",
    }
    for name in ("ems/a.md", "ems/new.md"):
        assert snapshot.entries[name].blob == git(folder, "hash-object", name)


def test_what_is_ignored_is_left_out_unless_it_is_tracked(story: Story) -> None:
    folder = begun(story, **{"ems/.gitignore": "*.tmp\n", ".gitignore": "secret/\n", "ems/kept.tmp": "x"})
    (folder / ".git/info").mkdir(exist_ok=True)
    (folder / ".git/info/exclude").write_text("*.bak\n")
    (folder / "ems/secret").mkdir()
    for name in ("x.tmp", "x.bak", "secret/x.md"):
        (folder / "ems" / name).write_text("x")
    snapshot = read(folder)
    assert not snapshot.dirty
    assert "ems/kept.tmp" in snapshot.files


def test_the_users_own_ignore_file_has_no_say(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = begun(story)
    (tmp_path / "ignore").write_text("*\n")
    git(folder, "config", "core.excludesFile", str(tmp_path / "ignore"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (folder / "ems/new.md").write_text("new\n")
    assert "ems/new.md" in read(folder).files


def test_the_index_decides_what_is_tracked(story: Story) -> None:
    folder = begun(story, **{".gitignore": "*.log\n"})
    (folder / "ems/forced.log").write_text("x")
    git(folder, "add", "-f", "ems/forced.log")
    git(folder, "rm", "-q", "--cached", "ems/a.md")
    assert {"ems/forced.log", "ems/a.md"} <= read(folder).files.keys()


@pytest.mark.parametrize(("committed", "found"), [("x\ny\n", b"x\r\ny\r\n"), ("x\r\ny\n", b"x\ny\r\n")])
def test_line_ends_alone_are_no_change(committed: str, found: bytes, story: Story) -> None:
    folder = begun(story, **{"ems/d.md": committed})
    (folder / "ems/d.md").write_bytes(found)
    snapshot = read(folder)
    assert not snapshot.dirty
    assert snapshot.files["ems/d.md"] == committed.encode()


def test_line_ends_in_a_binary_file_are_a_change(story: Story) -> None:
    folder = begun(story, **{"ems/d.png": "\0\n"})
    (folder / "ems/d.png").write_bytes(b"\0\r\n")
    assert read(folder).files["ems/d.png"] == b"\0\r\n"


def test_links_are_entries_and_never_followed(story: Story, tmp_path: Path) -> None:
    folder = begun(story)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    (folder / "ems/out").symlink_to(outside)
    (folder / "ems/file.md").symlink_to(outside / "secret.md")
    (folder / "ems/loop").symlink_to("loop")
    (folder / "ems/dead").symlink_to("nowhere")
    snapshot = read(folder)
    links = {path for path, entry in snapshot.entries.items() if entry.kind is EntryKind.LINK}
    assert links == {"ems/out", "ems/file.md", "ems/loop", "ems/dead"}
    assert snapshot.files.keys() == {"ems/ems.yml", "ems/a.md", "ems/b/c.md"}
    git(folder, "add", "ems/dead")
    assert snapshot.entries["ems/dead"].blob == git(folder, "rev-parse", ":ems/dead")


def test_a_tracked_folder_that_became_a_link_is_gone(story: Story, tmp_path: Path) -> None:
    folder = begun(story)
    (folder / "ems/b").rename(tmp_path / "b")
    (folder / "ems/b").symlink_to(tmp_path / "b")
    snapshot = read(folder)
    assert "ems/b/c.md" not in snapshot.entries
    assert snapshot.entries["ems/b"].kind is EntryKind.LINK


def test_a_content_folder_that_is_a_link_is_not_entered(story: Story, tmp_path: Path) -> None:
    folder = begun(story)
    (folder / "ems").rename(tmp_path / "elsewhere")
    (folder / "ems").symlink_to(tmp_path / "elsewhere")
    snapshot = read(folder)
    assert {path: entry.kind for path, entry in snapshot.entries.items()} == {"ems": EntryKind.LINK}
    assert snapshot.files == {}
    assert not read(folder, "ems/b").entries


def test_a_content_folder_that_is_missing_is_empty(story: Story) -> None:
    folder = begun(story)
    assert not read(folder, "nowhere/deep").entries


def test_fifos_and_sockets_are_odd_and_never_opened(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = begun(story)
    os.mkfifo(folder / "ems/pipe.md")
    (folder / "ems/a.md").unlink()
    os.mkfifo(folder / "ems/a.md")
    monkeypatch.chdir(folder / "ems")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
    snapshot = read(folder)
    odd = {path for path, entry in snapshot.entries.items() if entry.kind is EntryKind.ODD}
    assert odd == {"ems/pipe.md", "ems/a.md", "ems/socket"}
    assert snapshot.files.keys() == {"ems/ems.yml", "ems/b/c.md"}


@pytest.mark.parametrize("place", [".gitignore", "ems/.gitignore", "ems/b/.gitignore", "ems/new/.gitignore"])
def test_an_ignore_file_that_is_a_fifo_is_refused_by_name(place: str, story: Story) -> None:
    folder = begun(story)
    (folder / "ems/new").mkdir()
    os.mkfifo(folder / place)
    with pytest.raises(RepositoryError, match=f"{place} is no regular file"):
        read(folder)


def test_other_repositories_in_the_content_are_not_entered(story: Story) -> None:
    folder = begun(story)
    inner = Story(folder / "ems/inner")
    inner.commit({"ems.yml": "forged"})
    inner.check_out()
    snapshot = read(folder)
    assert snapshot.entries["ems/inner"].kind is EntryKind.SUBMODULE
    assert not any(path.startswith("ems/inner/") for path in snapshot.entries)


def test_a_planted_repository_cannot_hold_git_up(story: Story) -> None:
    folder = begun(story)
    planted = folder / "ems/planted/.git"
    for name in ("objects", "refs"):
        (planted / name).mkdir(parents=True)
    os.mkfifo(planted / "HEAD")
    os.mkfifo(planted / "config")
    with pytest.raises(RepositoryError, match=r"ems/planted/\.git"):
        read(folder)


def test_a_submodule_is_one_entry(story: Story, tmp_path: Path) -> None:
    folder = begun(story)
    other = Story(tmp_path / "other")
    commit = other.commit({"x": "1"})
    other.check_out()
    git(folder, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.path), "ems/module")
    snapshot = read(folder)
    entry = snapshot.entries["ems/module"]
    assert (entry.kind, entry.blob) == (EntryKind.SUBMODULE, commit)
    assert "ems/module" not in snapshot.files


def test_what_a_sparse_checkout_left_out_is_there_by_its_blob(story: Story) -> None:
    folder = begun(story)
    git(folder, "sparse-checkout", "set", "--no-cone", "/ems/*", "!/ems/b/")
    assert not (folder / "ems/b").exists()
    snapshot = read(folder)
    assert snapshot.files["ems/b/c.md"] == b"c\n"
    assert snapshot.sparse == {"ems/b/c.md"}
    assert not snapshot.dirty


def test_a_sparse_and_a_split_index_are_read(story: Story) -> None:
    folder = begun(story, **{"docs/d/e.md": "e"})
    git(folder, "sparse-checkout", "set", "--cone", "--sparse-index", "ems")
    assert not read(folder).dirty
    git(folder, "sparse-checkout", "disable")
    git(folder, "update-index", "--split-index")
    (folder / "ems/a.md").write_text("changed\n")
    git(folder, "add", "ems/a.md")
    assert read(folder).files["ems/a.md"] == b"changed\n"


def test_an_unfinished_merge_shows_the_files_as_they_stand(story: Story) -> None:
    folder = begun(story)
    story.branch("x")
    story.commit({"ems/a.md": "theirs\n"})
    story.switch()
    story.commit({"ems/a.md": "ours\n"})
    story.check_out()
    with pytest.raises(Exception, match="merge"):
        git(folder, "merge", "x")
    snapshot = read(folder)
    assert b"<<<<<<<" in snapshot.files["ems/a.md"]
    assert snapshot.dirty


def test_a_file_meant_to_be_added_is_there(story: Story) -> None:
    folder = begun(story)
    (folder / "ems/new.md").write_text("new\n")
    git(folder, "add", "-N", "ems/new.md")
    assert read(folder).files["ems/new.md"] == b"new\n"


def test_the_executable_bit_alone_is_no_change(story: Story) -> None:
    folder = begun(story)
    (folder / "ems/a.md").chmod(0o755)
    snapshot = read(folder)
    assert not snapshot.dirty
    assert snapshot.entries["ems/a.md"].executable


def test_odd_names_on_the_disk_are_entries_and_never_files(story: Story) -> None:
    folder = begun(story, **{"ems/tracked\x1b.md": "x"})
    for name in (b"bytes\xff.md", b"line\nfeed.md", b"back\\slash.md"):
        Path(os.fsdecode(os.fsencode(folder / "ems") + b"/" + name)).write_text("x")
    snapshot = read(folder)
    odd = {path for path, entry in snapshot.entries.items() if entry.kind is EntryKind.ODD}
    assert odd == {"ems/bytes\udcff.md", "ems/line\nfeed.md", "ems/back\\slash.md", "ems/tracked\x1b.md"}
    assert not odd & snapshot.files.keys()


def test_a_tracked_odd_name_alone_makes_nothing_dirty(story: Story) -> None:
    folder = begun(story, **{"ems/tracked\x1b.md": "x"})
    story.commit({"ems/link\x1b": File(b"a.md", mode="120000")})
    story.check_out()
    assert not read(folder).dirty
    with Repository.open(folder) as repository:
        tree = repository.work_tree(content="ems")
        assert len(repository.history("HEAD", content="ems", main_branch="main", proposed=tree).events) == 2


def test_content_may_be_the_whole_repository_or_lie_deep(story: Story) -> None:
    folder = begun(story, readme="x")
    (folder / "new").write_text("n")
    assert read(folder, "").files.keys() == {"ems/ems.yml", "ems/a.md", "ems/b/c.md", "readme", "new"}
    assert read(folder, "ems/b").files.keys() == {"ems/b/c.md"}


def test_content_named_like_a_pattern_or_an_option_is_only_a_name(story: Story) -> None:
    story.commit({"*/ems.yml": "1", "--all/ems.yml": "2", ":(top)x/ems.yml": "3", "other/ems.yml": "4"})
    folder = story.check_out()
    for content in ("*", "--all"):
        (folder / content / "new").write_text("n")
        assert read(folder, content).files.keys() == {f"{content}/ems.yml", f"{content}/new"}
        assert story.snapshot(content=content).files.keys() == {f"{content}/ems.yml"}


def test_more_files_on_the_disk_than_the_limit_are_refused(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begun(story)
    monkeypatch.setattr(worktree_module, "FILE_LIMIT", 3)
    assert len(read(folder).files) == 3
    (folder / "ems/new.md").write_text("x")
    with pytest.raises(RepositoryError, match="ems holds more than"):
        read(folder)
    assert trees_module.FILE_LIMIT > 4


def test_what_git_has_not_been_told_of_is_marked_and_a_commit_has_nothing_such(story: Story) -> None:
    folder = begun(story, **{"ems/.gitignore": "left-out.md\n"})
    (folder / "ems/new.md").write_text("x")
    (folder / "ems/left-out.md").write_text("x")
    (folder / "ems/a.md").write_text("changed")
    assert read(folder).untracked == {"ems/new.md"}
    assert story.snapshot().untracked == frozenset()


def test_more_bytes_on_the_disk_than_the_limit_are_refused(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begun(story)
    monkeypatch.setattr(worktree_module, "SIZE_LIMIT", 20)
    assert len(read(folder).files) == 3
    (folder / "ems/new.md").write_text("x" * 20)
    with pytest.raises(RepositoryError, match="larger than"):
        read(folder)


def test_a_file_that_may_not_be_read_is_named(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = begun(story)
    opened = os.open

    def refuse(path: object, *arguments: int, **more: int | None) -> int:
        if str(path).endswith("a.md"):
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(RepositoryError, match=r"cannot read .*ems/a\.md: Permission denied"):
        read(folder)


def test_ignore_patterns_that_never_end_are_refused_by_name(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = begun(story, **{"ems/.gitignore": "*a" * 100 + "b\n"})
    (folder / f"ems/{'a' * 200}.md").write_text("x")
    monkeypatch.setattr(worktree_module, "_LONGEST_WALK", 0.2)
    with pytest.raises(RepositoryError, match=r"not done within 0\.2 seconds.*fewer asterisks"):
        read(folder)
