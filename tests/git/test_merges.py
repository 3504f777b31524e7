"""What a merge wrote itself is asked of git once: in later runs it is known, and never believed wrongly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from mkdocs_ems.git import Repository, merges
from support.company import procedure
from support.story import Story
from support.told import PATH, begin, steps


def told(story: Story) -> Story:
    """An update of a branch that git merges cleanly in one file; in the other a word is slipped in."""
    begin(story, {PATH: steps(), "ems/air.md": steps().replace("PRO-001", "PRO-002")}).branch("work")
    first = steps(first="First.")
    story.commit({PATH: first, "ems/air.md": first.replace("PRO-001", "PRO-002")}, by="ann")
    story.switch()
    last = steps(last="Last.")
    story.commit({PATH: last, "ems/air.md": last.replace("PRO-001", "PRO-002")}, by="ben")
    story.switch("work")
    clean = steps(first="First.", last="Last.").replace("PRO-001", "PRO-002")
    story.merge("main", by="eve", changes={PATH: steps(first="First.", last="Slipped."), "ems/air.md": clean})
    story.switch()
    story.merge("work", by="otto")
    story.flush()
    return story


def own(story: Story, kept: Path) -> Mapping[str, tuple[str, ...]]:
    with Repository.open(story.path, kept=kept) as repository:
        return repository.history(story.head, content="ems", main_branch="main").own


def test_a_second_run_asks_git_for_no_merge_again(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(story)
    first = own(story, tmp_path / "kept")
    assert list(first.values()) == [(PATH,)]

    def never(*_: object, **__: object) -> None:
        raise AssertionError("git was asked again")

    monkeypatch.setattr(merges, "_clean_merge", never)
    assert own(story, tmp_path / "kept") == first


def test_what_was_kept_for_other_paths_is_not_believed(story: Story, tmp_path: Path) -> None:
    told(story)
    first = own(story, tmp_path / "kept")
    (file,) = (tmp_path / "kept" / "merges").iterdir()
    head, _, line = file.read_text("ascii").partition("\n")
    merge, _, _ = line.split(" ")
    file.write_text(f"{head}\n{merge} {'0' * 64} 0\n", "ascii")
    assert own(story, tmp_path / "kept") == first


def test_a_merge_of_very_many_files_is_asked_again_and_told_alike(story: Story, tmp_path: Path) -> None:
    files = {f"ems/{at:03}.txt": "1\n" for at in range(300)}
    begin(story, {**files, PATH: procedure()}).branch("work")
    story.commit(dict.fromkeys(files, "2\n"), by="ann")
    story.switch()
    story.commit(dict.fromkeys(files, "3\n"), by="ben")
    story.switch("work")
    story.merge("main", by="eve", changes=dict.fromkeys(files, "4\n"))
    story.switch()
    story.merge("work", by="otto")
    story.flush()
    assert own(story, tmp_path / "kept") == own(story, tmp_path / "kept")
    assert list(own(story, tmp_path / "kept").values()) == [tuple(sorted(files))]
