"""Where counting begins cannot be moved by what anybody may propose: the folder that mkdocs.yml names."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from mkdocs_ems.compile import Compilation, compile_state
from mkdocs_ems.control import FaultReason
from mkdocs_ems.git import Repository
from support.company import procedure
from support.story import Changes, Story
from support.told import begin

NOW = datetime(2026, 12, 31, tzinfo=UTC)


def judged(story: Story, folder: str = "", trust_root: str | None = None) -> Compilation:
    root = story.check_out()
    with Repository.open(root / folder) as repository:
        return compile_state(repository, trust_root=trust_root, now=NOW)


def moved(story: Story, **replaced: str) -> Changes:
    """The content folder under another name, and mkdocs.yml that says so."""
    files = {path: file for path, file in story.writer.files(story.head).items() if path.startswith("ems/")}
    there = {path.replace("ems/", "manual/", 1): file for path, file in files.items()}
    changed = {path.replace("__", "/").replace("_md", ".md"): text for path, text in replaced.items()}
    return {**dict.fromkeys(files), **there, **changed, "mkdocs.yml": "docs_dir: manual\n"}


def test_another_content_folder_does_not_move_the_trust_root(story: Story) -> None:
    begin(story, {"mkdocs.yml": "docs_dir: ems\n"})
    first = story.head
    story.commit({"ems/waste.md": procedure()}, by="eve")
    story.commit(moved(story), by="eve")
    found = judged(story).control
    assert found is not None
    assert (found.trust_root, found.trust_root_named) == (first, False)
    assert all(document.in_force is None for document in found.documents.values())
    (fault,) = found.faults
    assert fault.reason is FaultReason.CONTENT_MOVED
    assert "the content stood in ems at the trust root" in fault.words
    assert "stands in manual now" in fault.words


def test_a_first_mkdocs_yml_does_not_move_the_trust_root_either(story: Story) -> None:
    begin(story)
    first = story.head
    story.commit(moved(story), by="eve")
    found = judged(story).control
    assert found is not None
    assert found.trust_root == first


def test_a_copy_beside_the_content_does_not_move_the_trust_root(story: Story) -> None:
    begin(story, {"mkdocs.yml": "docs_dir: ems\n"})
    first = story.head
    kept = {path: file for path, file in moved(story).items() if not path.startswith("ems/")}
    story.commit(kept, by="eve")
    found = judged(story).control
    assert found is not None
    assert found.trust_root == first


def test_a_move_that_is_meant_is_named_as_trust_root(story: Story) -> None:
    begin(story, {"mkdocs.yml": "docs_dir: ems\n"})
    there = story.commit(moved(story), by="ann")
    found = judged(story, trust_root=there).control
    assert found is not None
    assert (found.trust_root, found.trust_root_named) == (there, True)
    assert found.faults == ()
    assert found.documents["POL-001"].in_force is not None


def test_a_named_trust_root_before_the_move_tells_of_it_too(story: Story) -> None:
    begin(story, {"mkdocs.yml": "docs_dir: ems\n"})
    first = story.head
    story.commit(moved(story), by="ann")
    found = judged(story, trust_root=first).control
    assert found is not None
    assert [fault.reason for fault in found.faults] == [FaultReason.CONTENT_MOVED]


def test_a_manual_that_began_late_in_a_repository_begins_there(story: Story) -> None:
    story.commit({"README.md": "A workshop.\n", "mkdocs.yml": "docs_dir: docs\n"}, by="ann")
    begin(story, {"mkdocs.yml": "docs_dir: ems\n"})
    first = story.head
    story.commit({"ems/waste.md": procedure()}, by="ann")
    found = judged(story).control
    assert found is not None
    assert found.trust_root == first
    assert found.faults == ()


def test_a_second_manual_beside_another_begins_with_its_own_settings(story: Story) -> None:
    begin(story, {"north/mkdocs.yml": "docs_dir: ems\n"}, folder="north/ems")
    begin(story, {"south/mkdocs.yml": "docs_dir: ems\n"}, folder="south/ems")
    second = story.head
    found = judged(story, "south").control
    assert found is not None
    assert found.trust_root == second


def test_settings_that_were_deleted_and_added_again_begin_where_they_first_stood(story: Story) -> None:
    begin(story)
    first, settings = story.head, story.writer.files(story.head)["ems/ems.yml"]
    story.commit({"ems/ems.yml": None}, by="eve")
    story.commit({"ems/ems.yml": settings}, by="eve")
    found = judged(story).control
    assert found is not None
    assert found.trust_root == first


def test_the_history_says_which_ref_gave_the_chain(story: Story, tmp_path: Path) -> None:
    del tmp_path
    begin(story)
    assert story.history().main == "refs/heads/main"
    story.branch("work")
    story.commit({"ems/waste.md": procedure()}, by="ann")
    assert story.history().main == "refs/heads/main"
    with Repository.open(story.path) as repository:
        history = repository.history(story.head, content="ems", main_branch="elsewhere")
        assert history.main is None
