"""History is a chain of events along first parents, and what each of them brings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mkdocs_ems.errors import RefError, RepositoryError
from mkdocs_ems.git import WORK_TREE, Event, History, Repository
from mkdocs_ems.git.write import File
from support.shell import git, raw_commit
from support.story import Story

SETTINGS = {"ems/ems.yml": "schema: 1\n"}


def told_of(history: History) -> list[tuple[str, list[str]]]:
    return [(event.commit.subject, [change.path for change in event.changes]) for event in history.events]


def with_work_tree(story: Story, **wanted: str) -> History:
    with Repository.open(story.path) as repository:
        tree = repository.work_tree(content="ems")
        return repository.history(
            wanted.get("head", "HEAD"), content="ems", main_branch="main", proposed=tree
        )


def test_a_folder_story_becomes_events(told: Callable[[str], Story]) -> None:
    history = told("merge-and-squash").history()
    assert told_of(history) == [
        ("Begin with the company's settings", ["ems/ems.yml"]),
        ("Approve the waste procedure", ["ems/procedures/waste.md"]),
        ("Land the edits in one piece", ["ems/procedures/waste.md"]),
        ("Sort procedures by process", ["ems/procedures/waste.md", "ems/procedures/yard/waste.md"]),
    ]
    brought = [[history.commits[name].subject for name in event.brought] for event in history.events]
    assert brought == [[], ["Write the waste procedure"], [], []]
    assert [event.index for event in history.events] == [0, 1, 2, 3]
    assert [event.commit.author.name for event in history.events] == ["Ann", "Dora", "Dora", "Cleo"]


def test_the_chain_begins_at_the_first_commit_that_holds_the_settings(story: Story) -> None:
    story.commit({"readme": "1", "ems/old.md": "x"}, message="Before")
    root = story.commit({**SETTINGS, "ems/policy.md": "1"}, message="Adopt")
    story.commit({"ems/policy.md": "2"}, message="Change")
    history = story.history()
    assert history.trust_root == root
    assert not history.named
    assert told_of(history) == [
        ("Adopt", ["ems/ems.yml", "ems/old.md", "ems/policy.md"]),
        ("Change", ["ems/policy.md"]),
    ]
    assert history.root.keys() == {"ems/ems.yml", "ems/old.md", "ems/policy.md"}
    assert all(change.old_blob is None for change in history.events[0].changes)
    assert len(history.commits) == 3


def test_the_chain_begins_at_a_named_trust_root(story: Story) -> None:
    story.commit(SETTINGS, message="First")
    story.commit({"ems/policy.md": "1"}, message="Second")
    story.tag("adopted", message="The root")
    story.commit({"ems/policy.md": "2"}, message="Third")
    history = story.history(trust_root="adopted")
    assert history.named
    assert told_of(history) == [("Second", ["ems/ems.yml", "ems/policy.md"]), ("Third", ["ems/policy.md"])]


def test_a_trust_root_that_is_not_on_the_chain_is_refused(story: Story) -> None:
    story.commit(SETTINGS)
    story.branch("side")
    side = story.commit({"ems/a": "1"})
    story.switch()
    story.commit({"ems/b": "1"})
    story.merge("side")
    with pytest.raises(RefError, match="is not on the main branch's chain"):
        story.history(trust_root=side)
    with pytest.raises(RefError, match="there is no tag, branch or commit 'nope'"):
        story.history(trust_root="nope")


def test_without_settings_the_chain_begins_at_the_first_commit(story: Story) -> None:
    first = story.commit({"ems/policy.md": "1"})
    story.commit({"ems/policy.md": "2"})
    assert story.history().trust_root == first


def test_a_merge_brings_its_branchs_commits_parents_first(story: Story) -> None:
    story.commit(SETTINGS)
    story.branch("a")
    a1 = story.commit({"ems/a": "1"})
    story.branch("b")
    b1 = story.commit({"ems/b": "1"})
    story.switch("a")
    a2 = story.commit({"ems/a": "2"})
    inner = story.merge("b")
    story.switch()
    story.commit({"ems/c": "1"})
    story.merge("a")
    story.switch("b")
    b2 = story.commit({"ems/b": "2"})
    story.switch()
    story.merge("b")
    events = story.history().events
    assert events[2].brought == (a1, a2, b1, inner)
    assert events[3].brought == (b2,)
    assert [change.path for change in events[2].changes] == ["ems/a", "ems/b"]


def test_what_lies_behind_the_trust_root_is_brought_by_nothing(story: Story) -> None:
    story.commit(SETTINGS)
    story.branch("old")
    story.commit({"ems/old": "1"})
    story.switch()
    root = story.merge("old")
    story.branch("again", at=story.writer.tips["old"])
    late = story.commit({"ems/late": "1"})
    story.switch()
    story.merge("again")
    events = story.history(trust_root=root).events
    assert [event.brought for event in events] == [(), (late,)]


def test_a_clean_merge_writes_nothing_of_its_own(story: Story) -> None:
    text = [f"line {number}\n" for number in range(20)]
    story.commit({**SETTINGS, "ems/a": "".join(text)})
    story.branch("x")
    story.commit({"ems/a": "".join(["theirs\n", *text[1:]])})
    story.switch()
    story.commit({"ems/a": "".join([*text[:-1], "ours\n"])})
    story.merge("x", changes={"ems/a": "".join(["theirs\n", *text[1:-1], "ours\n"])})
    merge = story.history().events[-1]
    assert merge.own == ()
    assert [[change.path for change in delta] for delta in merge.commit.deltas] == [["ems/a"], ["ems/a"]]


def test_an_evil_merge_writes_what_neither_side_has(story: Story) -> None:
    text = [f"line {number}\n" for number in range(20)]
    story.commit({**SETTINGS, "ems/a": "".join(text), "ems/b": "1", "ems/gone": "1", "ems/é \udcff": "1"})
    story.branch("x")
    story.commit(
        {"ems/a": "".join(["theirs\n", *text[1:]]), "ems/b": "2", "ems/gone": "2", "ems/é \udcff": "2"}
    )
    story.switch()
    story.commit({"ems/a": "".join([*text[:-1], "ours\n"])})
    evil = {"ems/a": "evil\n", "ems/b": "3", "ems/gone": None, "ems/new": "smuggled", "ems/é \udcff": "3"}
    story.merge("x", changes=evil)
    assert story.history().events[-1].own == ("ems/a", "ems/b", "ems/gone", "ems/new", "ems/é \udcff")


def test_a_solved_conflict_is_the_merges_own_writing(story: Story) -> None:
    story.commit({**SETTINGS, "ems/a": "1\n"})
    story.branch("x")
    story.commit({"ems/a": "2\n"})
    story.switch()
    story.commit({"ems/a": "3\n"})
    story.merge("x", changes={"ems/a": "4\n"})
    assert story.history().events[-1].own == ("ems/a",)


def test_a_merge_of_unrelated_histories_is_read(story: Story) -> None:
    story.commit(SETTINGS)
    story.flush()
    blob = git(story.path, "hash-object", "-w", "--stdin", stdin=b"other\n")
    tree = git(story.path, "mktree", stdin=f"100644 blob {blob}\tems.yml\n".encode())
    tree = git(story.path, "mktree", stdin=f"040000 tree {tree}\tems\n".encode())
    lines = (b"author A <a> 1 +0000", b"committer A <a> 1 +0000")
    other = raw_commit(story.path, *lines, tree=tree)
    story.writer._trees[other], story.writer._parents[other] = {}, ()
    story.merge(other, changes={"ems/ems.yml": "both\n"})
    assert story.history().events[-1].own == ("ems/ems.yml",)


def test_what_differs_from_every_parent_of_an_octopus_is_its_own(story: Story) -> None:
    story.commit(SETTINGS)
    for name in ("x", "y"):
        story.branch(name, at=story.writer.tip())
        story.commit({f"ems/{name}": "1"})
    story.switch()
    story.merge("x", "y", changes={"ems/x": "changed"})
    event = story.history().events[-1]
    assert event.own == ("ems/x",)
    assert len(event.brought) == 2


def test_many_paths_of_one_merge_are_compared_whatever_their_length(story: Story) -> None:
    names = [f"ems/{'folder' * 6}/{number}-{'name' * 20}.md" for number in range(90)]
    story.commit({**SETTINGS, **dict.fromkeys(names, "1\n")})
    story.branch("x")
    story.commit(dict.fromkeys(names, "2\n"))
    story.switch()
    story.commit(dict.fromkeys(names, "3\n"))
    story.merge("x", changes=dict.fromkeys(names, "4\n"))
    assert story.history().events[-1].own == tuple(sorted(names))


def test_a_changed_executable_bit_is_no_change_of_an_event(story: Story) -> None:
    story.commit({**SETTINGS, "ems/a": "1", "ems/b": "ems/a"})
    story.commit({"ems/a": File(b"1", mode="100755"), "ems/b": File(b"ems/a", mode="120000")})
    assert [change.path for change in story.history().events[-1].changes] == ["ems/b"]


def test_the_date_of_an_event_is_never_earlier_than_the_one_before(story: Story) -> None:
    for date in ("2026-03-01", "2026-02-01", "2026-03-05", "2020-01-01"):
        story.commit({**SETTINGS, "ems/a": date}, date=date)
    days = [event.date.date().isoformat() for event in story.history().events]
    assert days == ["2026-03-01", "2026-03-01", "2026-03-05", "2026-03-05"]


def test_an_events_date_is_the_committers(story: Story) -> None:
    story.commit(SETTINGS)
    story.flush()
    tree = git(story.path, "rev-parse", "HEAD^{tree}")
    lines = (b"author A <a> 1 +0000", b"committer B <b> 1800000000 +0000")
    made = raw_commit(story.path, f"parent {story.head}".encode(), *lines, tree=tree)
    event = story.history(made).events[-1]
    assert event.date == datetime.fromtimestamp(1800000000, UTC)


def test_a_branch_is_one_proposed_event_after_mains_chain(story: Story) -> None:
    story.commit(SETTINGS, message="Begin")
    story.branch("change")
    first = story.commit({"ems/a": "1", "ems/b": "1"}, message="First")
    tip = story.commit({"ems/a": "2", "ems/b": None}, message="Second")
    story.switch()
    story.commit({"ems/c": "1"}, message="Meanwhile on main")
    history = story.history("change")
    assert told_of(history) == [("Begin", ["ems/ems.yml"]), ("Second", ["ems/a"])]
    last = history.events[-1]
    assert last.proposed
    assert (last.commit.id, last.brought, history.head) == (tip, (first,), tip)
    assert last.commit.deltas[0][0].old_blob
    assert last.changes[0].old_blob is None


def test_an_older_commit_of_main_has_no_proposed_event(story: Story) -> None:
    story.commit(SETTINGS)
    middle = story.commit({"ems/a": "1"})
    story.commit({"ems/a": "2"})
    history = story.history(middle)
    assert len(history.events) == 2
    assert not history.events[-1].proposed


def test_a_landed_branchs_own_commit_is_still_a_proposal(story: Story) -> None:
    story.commit(SETTINGS)
    story.branch("change")
    side = story.commit({"ems/a": "1"})
    story.switch()
    story.merge("change")
    history = story.history(side)
    assert [event.proposed for event in history.events] == [False, True]


def test_a_branch_that_merged_main_is_compared_with_all_of_main(story: Story) -> None:
    story.commit(SETTINGS, message="Begin")
    story.branch("change")
    first = story.commit({"ems/a": "1"})
    story.switch()
    story.commit({"ems/c": "1"}, message="Main")
    story.switch("change")
    story.merge("main", message="Update branch")
    history = story.history("change")
    assert told_of(history) == [
        ("Begin", ["ems/ems.yml"]),
        ("Main", ["ems/c"]),
        ("Update branch", ["ems/a"]),
    ]
    assert history.events[-1].brought == (first,)


def test_a_branch_off_another_branch_that_landed_meets_main_on_its_chain(story: Story) -> None:
    base = story.commit(SETTINGS, message="Begin")
    story.branch("one")
    one = story.commit({"ems/one": "1"})
    story.branch("two")
    story.commit({"ems/two": "1"}, message="Two")
    story.switch()
    story.merge("one")
    history = story.history("two")
    assert history.events[0].commit.id == base
    assert told_of(history)[1:] == [("Two", ["ems/one", "ems/two"])]
    assert history.events[-1].brought == (one,)


def test_mains_chain_is_taken_from_origin_where_it_is_not_local(story: Story, tmp_path: Path) -> None:
    story.commit(SETTINGS)
    story.commit({"ems/a": "1"})
    story.branch("change")
    story.commit({"ems/b": "1"})
    story.check_out("change")
    git(tmp_path, "clone", "-q", str(story.path), "clone")
    with Repository.open(tmp_path / "clone") as repository:
        assert "refs/heads/main" not in repository.refs()
        history = repository.history("HEAD", content="ems", main_branch="main")
    assert [event.proposed for event in history.events] == [False, False, True]


def test_of_a_stale_local_main_and_origins_the_nearer_one_counts(story: Story) -> None:
    old = story.commit(SETTINGS)
    new = story.commit({"ems/a": "1"})
    story.branch("change")
    story.commit({"ems/b": "1"})
    story.flush()
    git(story.path, "update-ref", "refs/remotes/origin/main", new)
    git(story.path, "update-ref", "refs/heads/main", old)
    history = story.history("change")
    assert [event.commit.id for event in history.events][:2] == [old, new]
    assert [event.proposed for event in history.events] == [False, False, True]


def test_without_any_main_branch_the_heads_own_chain_counts(story: Story) -> None:
    story.commit(SETTINGS)
    story.commit({"ems/a": "1"})
    with Repository.open(story.flush()) as repository:
        history = repository.history("HEAD", content="ems", main_branch="trunk")
    assert [event.proposed for event in history.events] == [False, False]


def test_a_branch_without_anything_of_main_is_refused(story: Story) -> None:
    story.commit(SETTINGS)
    story.flush()
    other = raw_commit(story.path, b"author A <a> 1 +0000", b"committer A <a> 1 +0000")
    with pytest.raises(RepositoryError, match="share no history"):
        story.history(other)


def test_a_changed_work_tree_is_the_last_event(story: Story) -> None:
    story.commit(SETTINGS)
    tip = story.commit({"ems/a": "1", "ems/b": "1"}, date="2026-02-01")
    story.check_out()
    (story.path / "ems" / "a").write_text("2")
    (story.path / "ems" / "b").unlink()
    (story.path / "ems" / "c").write_text("3")
    history = with_work_tree(story)
    last = history.events[-1]
    assert last.proposed
    assert (last.commit.id, last.commit.parents, history.head) == (WORK_TREE, (tip,), tip)
    assert (last.commit.author.name, last.commit.author.mail) == ("", "")
    assert last.date == last.commit.authored == history.events[-2].date
    assert [(change.path, change.new_blob is None) for change in last.changes] == [
        ("ems/a", False),
        ("ems/b", True),
        ("ems/c", False),
    ]
    assert last.commit.deltas == (last.changes,)
    assert WORK_TREE not in history.commits


def test_a_clean_work_tree_is_no_event(story: Story) -> None:
    story.commit({**SETTINGS, "ems/link": File(b"a", mode="120000"), "ems/run": File(b"x", mode="100755")})
    story.check_out()
    (story.path / "outside").write_text("x")
    (story.path / "ems" / "run").chmod(0o644)
    assert len(with_work_tree(story).events) == 1


def test_a_changed_work_tree_on_a_branch_makes_one_proposed_event_of_both(story: Story) -> None:
    story.commit(SETTINGS)
    story.branch("change")
    side = story.commit({"ems/a": "1", "ems/b": "1"})
    story.check_out("change")
    (story.path / "ems" / "a").write_text("2")
    history = with_work_tree(story)
    (last,) = (event for event in history.events if event.proposed)
    assert last.commit.id == WORK_TREE
    assert [change.path for change in last.changes] == ["ems/a", "ems/b"]
    assert [change.path for change in last.commit.deltas[0]] == ["ems/a"]
    assert last.brought == (side,)


def test_history_lists_the_tags(story: Story) -> None:
    commit = story.commit(SETTINGS)
    story.tag("v1", message="Issued")
    (tag,) = story.history().tags
    assert (tag.name, tag.target, tag.annotated, tag.message) == ("v1", commit, True, "Issued\n")


def test_replaying_every_event_gives_the_heads_snapshot(story: Story) -> None:
    story.commit({**SETTINGS, "ems/a": "1", "ems/b": "1"})
    story.branch("x")
    story.commit({"ems/a": None, "ems/x/y": "1"})
    story.switch()
    story.commit({"ems/b": "2", "ems/z": File(b"a", mode="120000")})
    story.merge("x")
    story.commit({"ems/x": None, "ems/n\newline": "1"})
    state: dict[str, str] = {}
    for event in story.history().events:
        for change in event.changes:
            state.pop(change.path, None)
            if change.new_blob is not None:
                state[change.path] = change.new_blob
    assert state == {path: entry.blob for path, entry in story.snapshot().entries.items()}


def test_a_merge_of_a_long_branch_brings_all_of_it_in_order(story: Story) -> None:
    parent = story.commit(SETTINGS)
    for number in range(400):
        story.branch(f"b{number}", at=parent)
        parent = story.commit({"ems/a": f"{number}"})
    story.switch()
    story.merge("b399")
    event: Event = story.history().events[-1]
    assert len(event.brought) == 400
    assert event.date - story.history().events[0].date == timedelta(hours=401)
