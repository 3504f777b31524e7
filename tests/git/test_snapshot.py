"""Snapshots of commits and tags are complete and never follow anything."""

from __future__ import annotations

from datetime import date
from multiprocessing import get_context

import pytest

from mkdocs_ems.errors import RepositoryError
from mkdocs_ems.git import EntryKind, Repository
from mkdocs_ems.git import batch as batch_module
from mkdocs_ems.git import trees as trees_module
from mkdocs_ems.git.plumbing import Plumbing
from mkdocs_ems.git.write import File
from support.shell import git, raw_commit, raw_tree
from support.story import Story

EMPTY_BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"


def test_a_snapshot_holds_every_file_of_the_content_folder(story: Story) -> None:
    commit = story.commit({"ems/ems.yml": "1", "ems/a/b.md": b"\0\xff\r\n", "emsx": "2", "readme": "3"})
    snapshot = story.snapshot("main")
    assert snapshot.files == {"ems/a/b.md": b"\0\xff\r\n", "ems/ems.yml": b"1"}
    assert (snapshot.ref, snapshot.commit, snapshot.content, snapshot.dirty) == ("main", commit, "ems", False)
    assert list(story.snapshot("main", content="").files) == ["ems/a/b.md", "ems/ems.yml", "emsx", "readme"]
    assert list(story.snapshot("main", content="ems/a").files) == ["ems/a/b.md"]


def test_a_snapshot_of_a_tag_has_the_taggers_date_and_that_states_files(story: Story) -> None:
    commit = story.commit({"ems/a": "1"}, date="2026-01-05")
    story.tag("v1", message="Issued", date="2026-02-01")
    story.commit({"ems/a": "2"})
    snapshot = story.snapshot("v1")
    assert (snapshot.commit, snapshot.date, snapshot.files) == (commit, date(2026, 2, 1), {"ems/a": b"1"})


def test_a_snapshot_without_the_content_folder_is_empty(story: Story) -> None:
    story.commit({"readme": "1"})
    snapshot = story.snapshot()
    assert (snapshot.entries, snapshot.files) == ({}, {})


def test_a_sha256_repository_gives_the_same_values(
    story: Story, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Story(tmp_path_factory.mktemp("sha256") / "r", object_format="sha256")
    for one in (story, other):
        one.commit({"ems/ems.yml": "1", "ems/a": "2"})
        one.tag("v1", message="One")
        one.check_out()
        (one.path / "ems" / "a").write_text("3")
    for one in (story, other):
        with Repository.open(one.path) as repository:
            assert repository.object_format == ("sha1" if one is story else "sha256")
            assert repository.snapshot("v1", content="ems").files == {"ems/a": b"2", "ems/ems.yml": b"1"}
            tree = repository.work_tree(content="ems")
            history = repository.history("HEAD", content="ems", main_branch="main", proposed=tree)
            assert [[change.path for change in event.changes] for event in history.events] == [
                ["ems/a", "ems/ems.yml"],
                ["ems/a"],
            ]
            blob = tree.entries["ems/a"].blob
            assert blob == git(one.path, "hash-object", "ems/a")
            assert repository.blobs.read([blob]) == {blob: b"3"}


def test_links_and_submodules_are_entries_and_never_files(story: Story) -> None:
    commit = story.commit({"ems/a": "1"})
    story.commit(
        {
            "ems/link": File(b"../../../etc/passwd", mode="120000"),
            "ems/module": File(commit.encode(), mode="160000"),
            "ems/run": File(b"x", mode="100755"),
        }
    )
    snapshot = story.snapshot()
    assert {path: entry.kind for path, entry in snapshot.entries.items()} == {
        "ems/a": EntryKind.FILE,
        "ems/link": EntryKind.LINK,
        "ems/module": EntryKind.SUBMODULE,
        "ems/run": EntryKind.FILE,
    }
    assert snapshot.files.keys() == {"ems/a", "ems/run"}
    assert snapshot.entries["ems/run"].executable


def test_a_content_folder_that_is_a_link_is_one_entry(story: Story) -> None:
    story.commit({"ems": File(b"/etc", mode="120000")})
    snapshot = story.snapshot()
    assert {path: entry.kind for path, entry in snapshot.entries.items()} == {"ems": EntryKind.LINK}
    assert snapshot.files == {}


@pytest.mark.parametrize(
    "name", [b"..", b".", b".git", b".GIT", b"git~1", b"a\x1b", b"a\nb", b"\xff", b"a\\b", b".git "]
)
def test_a_tree_entry_that_no_file_may_have_is_odd(name: bytes, story: Story) -> None:
    story.commit({"x": ""})
    story.flush()
    inner = raw_tree(story.path, ("100644", name, EMPTY_BLOB), ("100644", b"z", EMPTY_BLOB))
    commit = raw_commit(story.path, tree=raw_tree(story.path, ("40000", b"ems", inner)))
    snapshot = story.snapshot(commit)
    assert [entry.kind for entry in snapshot.entries.values()] == [EntryKind.ODD, EntryKind.FILE]
    assert snapshot.files == {"ems/z": b""}


def test_a_folder_of_an_odd_name_makes_all_in_it_odd(story: Story) -> None:
    story.commit({"x": ""})
    story.flush()
    hooks = raw_tree(story.path, ("100755", b"post-checkout", EMPTY_BLOB))
    inner = raw_tree(story.path, ("40000", b".GiT", hooks))
    commit = raw_commit(story.path, tree=raw_tree(story.path, ("40000", b"ems", inner)))
    assert [entry.kind for entry in story.snapshot(commit).entries.values()] == [EntryKind.ODD]


def test_one_file_of_any_state_can_be_read(story: Story) -> None:
    story.commit({"mkdocs.yml": "1", "link": File(b"mkdocs.yml", mode="120000"), "a/b": "2"})
    story.tag("v1")
    story.commit({"mkdocs.yml": "2"})
    story.check_out()
    (story.path / "mkdocs.yml").write_text("3")
    with Repository.open(story.path) as repository:
        found = [repository.file("mkdocs.yml", ref=ref) for ref in ("v1", "HEAD", None)]
        assert found == [b"1", b"2", b"3"]
        for ref in ("v1", None):
            assert repository.file("a/b", ref=ref) == b"2"
            assert repository.file("link", ref=ref) is None
            assert repository.file("a", ref=ref) is None
            assert repository.file("nothing", ref=ref) is None


def test_blobs_are_read_in_one_batch_in_any_number(story: Story) -> None:
    story.commit({f"ems/{number}": f"{number}\n" * 2000 for number in range(300)})
    with Repository.open(story.flush()) as repository:
        blobs = {
            path: entry.blob for path, entry in repository.snapshot("HEAD", content="ems").entries.items()
        }
    with Repository.open(story.path) as repository:
        found = repository.blobs.read(blobs.values())
        assert {path: found[blob][:4] for path, blob in blobs.items()}["ems/299"] == b"299\n"
        assert len(found) == 300
        assert repository.blobs.read([]) == {}


def test_sizes_of_blobs_are_known_without_those_that_are_missing(story: Story) -> None:
    story.commit({"ems/a": "one", "ems/b": ""})
    with Repository.open(story.flush()) as repository:
        entries = repository.snapshot("HEAD", content="ems").entries
        a, b = entries["ems/a"].blob, entries["ems/b"].blob
        assert repository.blobs.sizes([a, b, "0" * 40]) == {a: 3, b: 0}
    with Repository.open(story.path) as repository:
        assert repository.blobs.sizes([a, b, "0" * 40]) == {a: 3, b: 0}
        assert repository.blobs.sizes([]) == {}


def test_blobs_come_in_the_order_asked_for_whether_few_or_many_and_held_or_not(story: Story) -> None:
    story.commit({f"ems/{number}": f"{number}\n" * 2000 for number in range(300)})
    with Repository.open(story.flush()) as repository:
        entries = repository.snapshot("HEAD", content="ems").entries.values()
        data = repository.blobs.read(entry.blob for entry in entries)
    ids = sorted(data)
    with Repository.open(story.path) as repository:
        assert list(repository.blobs.coming([*ids, ids[0]])) == [(one, data[one]) for one in ids]
        assert list(repository.blobs.coming(ids[:3])) == [(one, data[one]) for one in ids[:3]]
        repository.snapshot("HEAD", content="ems")  # holds all of them from here on
        assert list(repository.blobs.coming(reversed(ids))) == [(one, data[one]) for one in reversed(ids)]


def test_a_blob_that_is_missing_is_told_where_it_should_come(story: Story) -> None:
    story.commit({f"ems/{number}": f"{number}" for number in range(100)})
    with Repository.open(story.flush()) as repository:
        ids = [entry.blob for entry in repository.snapshot("HEAD", content="ems").entries.values()]
    with Repository.open(story.path) as repository:
        coming = repository.blobs.coming([*ids, "ab" * 20])
        assert [next(coming)[0] for _ in ids] == ids
        with pytest.raises(RepositoryError, match="abab is missing"):
            next(coming)


@pytest.mark.parametrize("end", [b"", b"%s", b"%s blob 10\n", b"%s blob 10\n12345", b"%s blob 5\n12345"])
def test_a_blob_of_which_a_part_is_missing_is_never_taken_for_a_whole_one(
    story: Story, monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    story.commit({f"ems/{number}": f"{number}" for number in range(100)})
    with Repository.open(story.flush()) as repository:
        ids = [entry.blob for entry in repository.snapshot("HEAD", content="ems").entries.values()]
    said = end.replace(b"%s", ids[0].encode())
    with Repository.open(story.path) as repository:
        monkeypatch.setattr(Plumbing, "stream", lambda *_, **__: iter([said]))
        with pytest.raises(RepositoryError, match=r"git cat-file was ended|is missing"):
            next(repository.blobs.coming(ids))


def test_a_copy_of_a_process_asks_a_git_of_its_own(story: Story) -> None:
    story.commit({f"ems/{number}": f"{number}\n" * 2000 for number in range(200)})
    with Repository.open(story.flush()) as repository:
        entries = repository.snapshot("HEAD", content="ems").entries.values()
        data = repository.blobs.read(entry.blob for entry in entries)

        def compare() -> None:
            assert all(repository.blobs.read([one])[one] == data[one] for one in list(data) * 3)

        copy = get_context("fork").Process(target=compare)
        copy.start()
        compare()
        copy.join()
        assert copy.exitcode == 0
        compare()


def test_a_blob_that_is_missing_or_no_blob_is_refused(story: Story) -> None:
    commit = story.commit({"ems/a": "1"})
    with Repository.open(story.flush()) as repository:
        for name in (commit, "0" * 40):
            with pytest.raises(RepositoryError, match=f"{name} is missing from the repository"):
                repository.blobs.read([name])
        assert repository.snapshot("HEAD", content="ems").files


def test_more_files_than_the_limit_are_refused_by_name(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.commit({f"ems/{number}": "1" for number in range(4)})
    monkeypatch.setattr(trees_module, "FILE_LIMIT", 4)
    assert len(story.snapshot().files) == 4
    story.commit({"ems/one-more": "1"})
    with pytest.raises(RepositoryError, match="ems holds more than 4 files"):
        story.snapshot()


@pytest.mark.parametrize("asked_at_once", [100, 1])  # few are asked for, many come from a git of their own
def test_more_bytes_than_the_limit_are_refused_by_name(
    story: Story, monkeypatch: pytest.MonkeyPatch, asked_at_once: int
) -> None:
    monkeypatch.setattr(batch_module, "_AHEAD", asked_at_once)
    story.commit({"ems/a": "x" * 600_000, "ems/b": "y" * 448_576})
    for module in (batch_module, trees_module):
        monkeypatch.setattr(module, "SIZE_LIMIT", 1024**2)
    assert len(story.snapshot().files) == 2
    story.commit({"ems/c": "z"})
    with pytest.raises(RepositoryError, match="the content is larger than 1 MB"):
        story.snapshot()
    story.commit({"ems/a": None, "ems/b": None, "ems/c": "x" * (1024**2 + 1)})
    with pytest.raises(RepositoryError, match="the content is larger than 1 MB"):
        story.snapshot()


def test_a_tree_of_trees_without_end_is_cut_off_at_the_limit(story: Story) -> None:
    story.commit({"x": ""})
    story.flush()
    entry = ("100644", EMPTY_BLOB)
    for _ in range(9):
        made = raw_tree(story.path, *((entry[0], b"%d" % number, entry[1]) for number in range(10)))
        entry = ("40000", made)
    commit = raw_commit(story.path, tree=raw_tree(story.path, ("40000", b"ems", made)))
    with pytest.raises(RepositoryError, match="ems holds more than 50,000 files"):
        story.snapshot(commit)
