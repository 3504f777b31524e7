"""What other branches and tags hold, and every file that was ever committed."""

from __future__ import annotations

from mkdocs_ems.git import Everywhere, Repository
from mkdocs_ems.git.batch import blob_id
from mkdocs_ems.git.write import Stamp
from support.story import Story, person


def seen(story: Story, *, content: str = "ems") -> Everywhere:
    with Repository.open(story.check_out("main")) as repository:
        return repository.everywhere(content=content)


def blob(text: str) -> str:
    return blob_id(text.encode(), object_format="sha1")


def test_a_branch_that_is_not_merged_is_told_with_its_files_and_where_it_parted(story: Story) -> None:
    story.commit({"ems/a.yml": "a", "other.yml": "x"})
    story.branch("waste")
    story.commit({"ems/b.yml": "b"})
    story.switch()
    story.commit({"ems/a.yml": "aa"})
    (tip,) = seen(story).tips
    assert tip.name == "branch waste"
    assert tip.files == {"ems/a.yml": blob("a"), "ems/b.yml": blob("b")}
    assert tip.base == {"ems/a.yml": blob("a")}


def test_what_the_head_holds_already_is_no_tip(story: Story) -> None:
    story.commit({"ems/a.yml": "a"})
    story.branch("done")
    story.commit({"ems/b.yml": "b"})
    story.switch()
    story.merge("done")
    story.tag("v1", message="First")
    assert seen(story).tips == ()


def test_remote_branches_and_tags_are_tips_and_a_branch_names_a_commit_before_a_tag(story: Story) -> None:
    story.commit({"ems/a.yml": "a"})
    story.branch("gone")
    story.commit({"ems/b.yml": "b"})
    story.tag("v1", message="First")
    story.branch("side")
    left = story.commit({"ems/c.yml": "c"})
    story.tag("v2")
    folder = story.check_out("main")
    refs = folder / ".git" / "refs"
    (refs / "remotes" / "origin").mkdir(parents=True)
    (refs / "heads" / "gone").rename(refs / "remotes" / "origin" / "théâtre $(id)")
    (refs / "remotes" / "origin" / "HEAD").write_text(f"{left}\n", encoding="ascii")
    (refs / "notes").mkdir()
    (refs / "notes" / "stray").write_text(f"{left}\n", encoding="ascii")
    with Repository.open(folder) as repository:
        found = repository.everywhere(content="ems")
    assert [tip.name for tip in found.tips] == ["branch side", "tag v1"]


def test_every_file_that_was_ever_committed_is_listed_deleted_and_renamed_ones_too(story: Story) -> None:
    story.commit({"ems/old.yml": "old", "outside.yml": "outside"})
    story.commit({"ems/old.yml": None, "ems/new.yml": "new"})
    story.branch("side")
    story.commit({"ems/side.yml": "side"})
    ever = seen(story).ever
    assert {ever[blob(text)] for text in ("old", "new", "side")} == {
        "ems/old.yml",
        "ems/new.yml",
        "ems/side.yml",
    }
    assert blob("outside") not in ever


def test_folders_are_no_files_whatever_they_are_called(story: Story) -> None:
    story.commit({"ems/odd.yml/inside.yml": "x"})
    assert seen(story).ever == {blob("x"): "ems/odd.yml/inside.yml"}


def test_a_branch_with_a_history_of_its_own_parted_nowhere(story: Story) -> None:
    story.commit({"ems/a.yml": "a"})
    alone = Stamp(person("ann"), story.now)
    story.writer.commit({"ems/z.yml": b"z"}, message="Alone", by=alone, branch="alone", parents=())
    (tip,) = seen(story).tips
    assert (tip.files, tip.base) == ({"ems/z.yml": blob("z")}, {})


def test_two_commits_parted_at_the_last_one_that_both_have_behind_them(story: Story) -> None:
    story.commit({"ems/a.yml": "a"})
    met = story.commit({"ems/a.yml": "b"})
    story.branch("side")
    side = story.commit({"ems/b.yml": "b"})
    story.switch()
    main = story.commit({"ems/a.yml": "c"})
    alone = Stamp(person("ann"), story.now)
    story.writer.commit({"ems/z.yml": b"z"}, message="Alone", by=alone, branch="alone", parents=())
    with Repository.open(story.flush()) as repository:
        assert repository.merge_base(side, main) == repository.merge_base(met, main) == met
        assert repository.merge_base(main, repository.resolve("alone").commit) is None


def test_an_empty_repository_holds_nothing(story: Story) -> None:
    story.flush()
    with Repository.open(story.path) as repository:
        assert repository.everywhere(content="ems") == Everywhere((), 0, {})
