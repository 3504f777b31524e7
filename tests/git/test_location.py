"""The repository is found wherever it is, or refused with the cure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git import Repository
from support.shell import every_byte, git
from support.story import Story


def begun(story: Story) -> str:
    commit = story.commit({"ems/ems.yml": "schema: 1\n", "ems/procedures/waste.md": "# Waste\n"})
    story.check_out()
    return commit


def names(repository: Repository) -> list[str]:
    return sorted(repository.snapshot("HEAD", content="ems").files)


def refused(folder: Path) -> str:
    with pytest.raises(RepositoryError) as caught, Repository.open(folder) as repository:
        repository.history("HEAD", content="ems", main_branch="main")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_repository_is_found_from_below_its_root(story: Story) -> None:
    begun(story)
    with Repository.open(story.path / "ems" / "procedures") as repository:
        assert repository.root == story.path
        assert repository.prefix == "ems/procedures"
        assert not repository.bare
        assert names(repository) == ["ems/ems.yml", "ems/procedures/waste.md"]


def test_the_root_and_the_git_folder_have_no_prefix(story: Story) -> None:
    begun(story)
    for start in (story.path, story.path / ".git", story.path / ".git" / "objects"):
        with Repository.open(start) as repository:
            assert (repository.root, repository.prefix, repository.bare) == (story.path, "", False)


def test_a_linked_work_tree_has_its_own_head_and_files(story: Story, tmp_path: Path) -> None:
    begun(story)
    story.branch("change")
    other = story.commit({"ems/new.md": "new\n"})
    story.flush()
    git(story.path, "worktree", "add", "-q", str(tmp_path / "linked"), "change")
    with Repository.open(tmp_path / "linked" / "ems") as repository:
        assert repository.root == tmp_path / "linked"
        assert repository.head() == other
        assert repository.head_branch() == "change"
        assert not repository.work_tree(content="ems").dirty
        assert "refs/heads/main" in repository.refs()


def test_a_linked_work_tree_whose_repository_moved_is_refused(story: Story, tmp_path: Path) -> None:
    begun(story)
    git(story.path, "worktree", "add", "-q", "--detach", str(tmp_path / "linked"))
    story.path.rename(tmp_path / "moved")
    assert "git worktree repair" in refused(tmp_path / "linked")


def test_a_submodule_is_a_repository_of_its_own(story: Story, tmp_path: Path) -> None:
    begun(story)
    host = Story(tmp_path / "host")
    host.commit({"readme": "x"})
    host.check_out()
    git(host.path, "submodule", "add", "-q", str(story.path), "manual")
    with Repository.open(host.path / "manual" / "ems") as repository:
        assert repository.root == host.path / "manual"
        assert names(repository) == ["ems/ems.yml", "ems/procedures/waste.md"]
        assert not repository.work_tree(content="ems").dirty


def test_a_bare_repository_has_snapshots_and_no_work_tree(tmp_path: Path) -> None:
    story = Story(tmp_path / "manual.git", bare=True)
    story.commit({"ems/ems.yml": "schema: 1\n"})
    with Repository.open(story.flush()) as repository:
        assert repository.bare
        assert repository.root == story.path
        assert names(repository) == ["ems/ems.yml"]
        assert repository.file("ems/ems.yml", ref=None) is None
        with pytest.raises(RepositoryError, match="has no work tree: name a commit with --ref"):
            repository.work_tree(content="ems")


def test_a_bare_layout_planted_in_the_content_is_not_taken_for_the_repository(story: Story) -> None:
    begun(story)
    Story(story.path / "ems" / "planted", bare=True).commit({"ems/ems.yml": "forged\n"})
    with Repository.open(story.path / "ems" / "planted") as repository:
        assert repository.root == story.path


def test_a_bare_repository_named_so_inside_a_work_tree_is_found(story: Story) -> None:
    begun(story)
    inner = Story(story.path / "backup.git", bare=True)
    inner.commit({"ems/ems.yml": "x\n"})
    with Repository.open(inner.flush()) as repository:
        assert repository.bare


def test_borrowed_objects_are_found_by_relative_and_absolute_paths(story: Story, tmp_path: Path) -> None:
    begun(story)
    objects = story.path / ".git" / "objects"
    for number, way in enumerate(
        (str(objects), os.path.relpath(objects, tmp_path / "1" / ".git" / "objects"))
    ):
        clone = tmp_path / str(number)
        git(tmp_path, "clone", "-q", "--shared", str(story.path), str(clone))
        (clone / ".git/objects/info/alternates").write_text(f"{way}\n")
        with Repository.open(clone) as repository:
            assert names(repository) == ["ems/ems.yml", "ems/procedures/waste.md"]
            assert repository.history("HEAD", content="ems", main_branch="main").events


def test_an_alternate_that_is_gone_is_named(story: Story, tmp_path: Path) -> None:
    begun(story)
    git(tmp_path, "clone", "-q", "--shared", str(story.path), str(tmp_path / "clone"))
    story.path.rename(tmp_path / "away")
    assert "git clone --dissociate" in refused(tmp_path / "clone")


def test_a_folder_outside_any_repository_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path)
    assert "or above it: go to the folder that holds your system, or name it with --repo" in said
    assert "`git init`" in said


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert "is no folder" in refused(tmp_path / "nowhere")


def test_a_git_file_that_points_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: ../nowhere\n")
    assert "points to no repository" in refused(tmp_path)
    (tmp_path / ".git").write_text("nonsense\n")
    assert "points to no repository" in refused(tmp_path)


def test_a_shallow_clone_is_refused_naming_fetch_depth(story: Story, tmp_path: Path) -> None:
    begun(story)
    story.commit({"ems/ems.yml": "schema: 1\nx: 2\n"})
    story.flush()
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{story.path}", "shallow")
    told = refused(tmp_path / "shallow")
    assert "`git fetch --unshallow`" in told
    assert "`fetch-depth: 0`" in told


def test_a_partial_clone_is_refused_naming_the_filter(story: Story, tmp_path: Path) -> None:
    begun(story)
    git(story.path, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{story.path}", "partial")
    assert "`git clone` without --filter" in refused(tmp_path / "partial")


def test_a_reftable_is_refused_naming_the_way_back(story: Story) -> None:
    begun(story)
    (story.path / ".git" / "reftable").mkdir()
    assert "`git refs migrate --ref-format=files`" in refused(story.path)


def test_a_missing_file_content_is_refused_by_name(story: Story) -> None:
    begun(story)
    blob = git(story.path, "rev-parse", "HEAD:ems/ems.yml")
    (story.path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    with (
        Repository.open(story.path) as repository,
        pytest.raises(RepositoryError, match=f"{blob} is missing"),
    ):
        repository.snapshot("HEAD", content="ems")


def test_a_damaged_head_is_refused(story: Story) -> None:
    begun(story)
    (story.path / ".git/HEAD").write_text("nonsense\n")
    assert "is damaged" in refused(story.path)


def test_an_empty_repository_has_a_work_tree_and_no_history(tmp_path: Path) -> None:
    for object_format in ("sha1", "sha256"):
        folder = tmp_path / object_format
        git(tmp_path, "init", "-q", f"--object-format={object_format}", "-b", "main", str(folder))
        (folder / "ems").mkdir()
        (folder / "ems" / "ems.yml").write_text("schema: 1\n")
        with Repository.open(folder) as repository:
            assert repository.object_format == object_format
            assert repository.head() is None
            assert repository.head_branch() == "main"
            snapshot = repository.work_tree(content="ems")
            assert (snapshot.commit, snapshot.dirty) == (None, True)
            assert snapshot.files == {"ems/ems.yml": b"schema: 1\n"}
            with pytest.raises(RepositoryError, match="no commit yet, so there is no history"):
                repository.history(None, content="ems", main_branch="main")


def test_a_closed_repository_reads_no_more_and_leaves_no_folder(story: Story) -> None:
    begun(story)
    with Repository.open(story.path) as repository:
        private = repository._plumbing._private
        blobs = repository.blobs
        known = repository.snapshot("HEAD", content="ems")
        assert private.is_dir()
    assert not private.exists()
    assert blobs.read([known.entries["ems/ems.yml"].blob])
    with pytest.raises(RepositoryError, match="was closed"):
        blobs.read(["0" * 40])


def test_reading_changes_no_byte_of_the_repository(story: Story) -> None:
    begun(story)
    story.branch("x")
    story.commit({"ems/ems.yml": "theirs\n"})
    story.switch()
    story.commit({"ems/ems.yml": "ours\n"})
    story.merge("x", changes={"ems/ems.yml": "both\n"})
    story.tag("v1", message="One")
    story.check_out()
    (story.path / "ems" / "new.md").write_text("new\n")
    os.utime(story.path / "ems" / "ems.yml", (1, 1))
    before = every_byte(story.path)
    with Repository.open(story.path) as repository:
        tree = repository.work_tree(content="ems")
        history = repository.history("HEAD", content="ems", main_branch="main", proposed=tree)
        assert history.events[-2].own == ("ems/ems.yml",)
        assert repository.tags()
    assert every_byte(story.path) == before


def test_git_missing_from_the_path_is_one_clear_error(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun(story)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    assert "git is not installed" in refused(story.path)


@pytest.mark.skipif(os.name == "nt", reason="a script without an ending starts nothing on Windows")
def test_a_program_in_the_current_folder_is_never_git(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun(story)
    planted = tmp_path / "git"
    planted.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
    planted.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", os.environ["PATH"])))
    with Repository.open(story.path) as repository:
        assert names(repository)
    assert not (tmp_path / "ran").exists()
