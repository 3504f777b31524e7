"""Any history, however it was merged, is the one that git itself tells step by step."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.git import Change, Event
from support.shell import git
from support.story import Story

PATHS = ("ems/a", "ems/b/c", "ems/b/d", "other")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("commit"), st.integers(0, 2), st.sampled_from(PATHS), st.sampled_from("123-")),
        st.tuples(st.just("merge"), st.integers(0, 2), st.integers(0, 2), st.sampled_from("123-")),
    ),
    min_size=1,
    max_size=12,
)


def tell(story: Story, steps: list[tuple[str, int, int | str, str]]) -> None:
    """Commit and merge on three branches; a merge settles every path anew, so that all kinds come up."""
    story.commit({"ems/ems.yml": "1", "ems/a": "0", "other": "0"})
    for name in ("one", "two"):
        story.branch(name, at=story.writer.tip("main"))
    names = ("main", "one", "two")
    for kind, branch, what, value in steps:
        story.switch(names[branch])
        text = None if value == "-" else value
        if kind == "commit":
            story.commit({str(what): text})
        elif names[branch] != names[int(what)]:
            story.merge(names[int(what)], changes=dict.fromkeys(PATHS, text))


def by_git(folder: Path, before: str, after: str) -> set[tuple[str, str, str]]:
    raw = git(folder, "diff-tree", "-r", "--no-renames", "--no-abbrev", before, after, "--", "ems")
    lines = (line[1:].split(None, 4) for line in raw.split("\n") if line)
    return {
        (path, old, new) for _, _, old, new, path in ((*line[:4], line[4].split("\t")[1]) for line in lines)
    }


def by_us(changes: tuple[Change, ...]) -> set[tuple[str, str, str]]:
    return {(change.path, change.old_blob or "0" * 40, change.new_blob or "0" * 40) for change in changes}


def check(event: Event, before: Event, folder: Path) -> None:
    commit = event.commit
    for parent, delta in zip(commit.parents, commit.deltas, strict=True):
        assert by_us(delta) == by_git(folder, parent, commit.id)
    assert by_us(event.changes) == by_git(folder, before.commit.id, commit.id)
    order = {name: at for at, name in enumerate((*event.brought, commit.id))}
    lines = git(folder, "rev-list", "--parents", commit.id, f"^{before.commit.id}").split("\n")
    assert order.keys() == {line.split()[0] for line in lines}
    for line in lines:
        name, *parents = line.split()
        assert all(order[parent] < order[name] for parent in parents if parent in order)


@pytest.mark.slow
@settings(max_examples=12, deadline=None, derandomize=True)
@given(steps=STEPS)
def test_deltas_and_what_a_merge_brings_are_those_that_git_finds(
    steps: list[tuple[str, int, int | str, str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        story = Story(Path(folder) / "r")
        tell(story, steps)
        for branch in ("main", "one"):
            history = story.history(story.writer.tips[branch])
            assert history.events[-1].commit.id == story.writer.tips[branch]
            for before, event in pairwise(history.events):
                check(event, before, story.path)
