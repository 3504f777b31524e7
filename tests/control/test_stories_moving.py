"""Files that move, go and come back in real repositories, with what stands beside them."""

from __future__ import annotations

from mkdocs_ems.control import DocumentState
from support.company import procedure
from support.story import Story
from support.told import PATH, approvers, begin, control, document, record, steps, writers

PICTURED = procedure("![Flow](flow.png)")


def test_a_rename_on_a_branch_keeps_the_author_of_the_draft(story: Story) -> None:
    begin(story).branch("work")
    story.commit({"ems/draft.md": procedure()}, by="eve")
    story.rename("ems/draft.md", PATH, by="ann")
    story.switch()
    story.merge("work", by="eve")
    assert writers(story) == {"PER-EVE"}


def test_a_rename_with_an_edit_on_a_branch_keeps_the_author_of_the_draft(story: Story) -> None:
    begin(story).branch("work")
    story.commit({"ems/draft.md": procedure()}, by="eve")
    story.rename("ems/draft.md", PATH, by="ann", text=procedure("Sort it well."))
    story.switch()
    story.merge("work", by="eve")
    assert writers(story) == {"PER-ANN", "PER-EVE"}


def test_a_move_beside_another_picture_of_the_same_name_is_new_content(story: Story) -> None:
    begin(story, {"ems/a/waste.md": PICTURED, "ems/a/flow.png": "one", "ems/b/flow.png": "two"})
    story.branch("work")
    story.rename("ems/a/waste.md", "ems/b/waste.md", by="eve")
    story.switch()
    story.merge("work", by="eve")
    found = document(story)
    assert found.in_force is not None
    assert found.in_force.number == 1
    assert writers(story) == {"PER-EVE"}


def test_a_move_that_leaves_its_picture_behind_is_new_content(story: Story) -> None:
    begin(story, {"ems/a/waste.md": PICTURED, "ems/a/flow.png": "one"})
    story.rename("ems/a/waste.md", "ems/b/waste.md", by="ann")
    assert writers(story) == {"PER-ANN"}


def test_a_move_together_with_its_picture_keeps_its_approval(story: Story) -> None:
    begin(story, {"ems/a/waste.md": PICTURED, "ems/a/flow.png": "one"})
    moved = {"ems/b/waste.md": PICTURED, "ems/b/flow.png": "one"}
    story.commit({"ems/a/waste.md": None, "ems/a/flow.png": None, **moved}, by="ann")
    found = document(story)
    assert found.pending is None
    assert found.path == "ems/b/waste.md"


def test_a_name_that_differs_in_case_alone_is_a_move_on_a_branch_too(story: Story) -> None:
    begin(story, {PATH: procedure()}).branch("work")
    story.rename(PATH, "ems/procedures/Waste.md", by="ann")
    story.switch()
    story.merge("work", by="ben")
    found = document(story)
    assert (found.pending, found.path) == (None, "ems/procedures/Waste.md")


def test_a_copy_under_another_id_is_a_draft_of_who_copied_it(story: Story) -> None:
    begin(story, {PATH: procedure()}).branch("work")
    story.commit({"ems/copy.md": procedure(identity="PRO-002")}, by="ann")
    story.switch()
    story.merge("work", by="ben")
    assert document(story).pending is None
    assert document(story, "PRO-002").state is DocumentState.DRAFT
    assert writers(story, "PRO-002") == {"PER-ANN"}


def test_a_deletion_and_its_withdrawal_may_land_in_one_event(story: Story) -> None:
    begin(story, {PATH: procedure()})
    made = record(story, by="eve", meaning="withdrawal")
    story.branch("work")
    story.commit({PATH: None}, by="ann")
    story.switch()
    story.merge("work", by="eve", changes=made)
    assert document(story).state is DocumentState.WITHDRAWN


def test_what_was_deleted_and_added_again_on_a_branch_has_changed_nothing(story: Story) -> None:
    begin(story, {PATH: procedure()}).branch("work")
    story.commit({PATH: None}, by="eve")
    story.commit({PATH: procedure()}, by="eve")
    story.switch()
    story.merge("work", by="ben")
    assert document(story).pending is None


def test_who_takes_a_text_away_on_a_branch_is_an_author_of_the_one_that_replaces_it(story: Story) -> None:
    begin(story, {PATH: procedure()}).branch("work")
    story.commit({PATH: None}, by="eve")
    story.commit({PATH: procedure("New.")}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    assert writers(story) == {"PER-ANN", "PER-EVE"}


def test_a_revert_to_an_approved_text_is_new_content_of_who_reverted(story: Story) -> None:
    begin(story, {PATH: steps()}).branch("work")
    story.commit({PATH: steps(first="First.")}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    story.commit({PATH: steps()}, by="ben", message='Revert "First."')
    assert writers(story) == {"PER-BEN"}
    assert document(story).next_issue == 3


def test_a_part_that_is_swapped_alone_is_a_changed_document(story: Story) -> None:
    begin(story, {"ems/waste.md": PICTURED, "ems/flow.png": "one"}).branch("work")
    story.commit({"ems/flow.png": "two"}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    assert approvers(story) == ["PER-EVE"]
    assert document(story).in_force.number == 2  # type: ignore[union-attr]


def test_a_picture_that_another_moved_into_place_is_its_author_s(story: Story) -> None:
    begin(story).branch("work")
    story.commit({"ems/drawn.png": "one"}, by="eve")
    story.rename("ems/drawn.png", "ems/flow.png", by="ann")
    story.commit({"ems/waste.md": PICTURED}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    assert writers(story) == {"PER-ANN", "PER-EVE"}


def test_an_emptied_file_passes_no_author_on_to_another(story: Story) -> None:
    begin(story, {PATH: procedure(), "ems/air.md": procedure(identity="PRO-002")})
    story.commit({"ems/air.md": ""}, by="eve")
    story.commit({PATH: ""}, by="ann")
    story.commit({PATH: procedure("Anew.")}, by="ann")
    assert writers(story) == {"PER-ANN"}


def test_an_id_that_changes_on_a_branch_keeps_the_author_of_the_draft(story: Story) -> None:
    begin(story).branch("work")
    story.commit({PATH: procedure(identity="PRO-900")}, by="eve")
    story.commit({PATH: procedure()}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    assert writers(story) == {"PER-ANN", "PER-EVE"}
    assert "PRO-900" not in control(story).documents
