"""Merges in real repositories: inside a branch, half done, crossed, and what they make of authors."""

from __future__ import annotations

from mkdocs_ems.control import FaultReason
from support.company import procedure
from support.story import Story
from support.told import PATH, approvers, begin, document, record, steps, writers

FIRST, LAST = steps(first="First."), steps(last="Last.")
BOTH = steps(first="First.", last="Last.")
OTHER = "ems/procedures/air.md"


def two_sides(story: Story) -> None:
    """Ann changes the beginning on a branch, Ben the end on the main line."""
    begin(story, {PATH: steps()}).branch("work")
    story.commit({PATH: FIRST}, by="ann")
    story.switch()
    story.commit({PATH: LAST}, by="ben")
    story.switch("work")


# --- update branch --------------------------------------------------------------------------


def test_who_updates_a_branch_that_git_merges_cleanly_is_no_author(story: Story) -> None:
    two_sides(story)
    story.merge("main", by="eve", changes={PATH: BOTH}, message="Merge branch 'main' into work")
    story.switch()
    story.merge("work", by="eve")
    assert approvers(story) == ["PER-EVE"]
    issue = document(story).in_force
    assert issue is not None
    assert {author.id for author in issue.authors} == {"PER-ANN", "PER-BEN"}
    assert issue.summary == "Change", "the update changed nothing that could be told"


def test_who_settles_a_conflict_while_updating_a_branch_is_an_author(story: Story) -> None:
    begin(story, {PATH: steps()}).branch("work")
    story.commit({PATH: steps(first="One.")}, by="ann")
    story.switch()
    story.commit({PATH: steps(first="Two.")}, by="ben")
    story.switch("work")
    story.merge("main", by="eve", changes={PATH: steps(first="Two and one.")})
    story.switch()
    story.merge("work", by="eve")
    assert writers(story) == {"PER-ANN", "PER-BEN", "PER-EVE"}


def test_who_slips_a_word_in_while_updating_a_branch_is_an_author(story: Story) -> None:
    two_sides(story)
    story.merge("main", by="eve", changes={PATH: steps(first="First.", last="Or not.")})
    story.switch()
    story.merge("work", by="eve")
    assert writers(story) == {"PER-ANN", "PER-BEN", "PER-EVE"}


def test_taking_in_what_the_main_line_changed_alone_makes_nobody_an_author(story: Story) -> None:
    begin(story, {PATH: steps(), OTHER: procedure(identity="PRO-002")}).branch("work")
    story.commit({PATH: FIRST}, by="ann")
    story.switch()
    story.commit({OTHER: procedure("Air.", identity="PRO-002")}, by="ben")
    story.switch("work")
    story.merge("main", by="eve")
    story.switch()
    story.merge("work", by="eve")
    assert approvers(story) == ["PER-EVE"]
    assert writers(story, "PRO-002") == {"PER-BEN"}


def test_updating_twice_is_as_good_as_once(story: Story) -> None:
    two_sides(story)
    story.merge("main", by="eve", changes={PATH: BOTH})
    story.switch()
    story.commit({PATH: steps(first="Step 0.", last="Last of all.")}, by="ben")
    story.switch("work")
    story.merge("main", by="eve", changes={PATH: steps(first="First.", last="Last of all.")})
    story.switch()
    story.merge("work", by="eve")
    assert approvers(story) == ["PER-EVE"]


def test_a_clean_merge_across_a_rename_is_brought_in_and_makes_nobody_an_author(story: Story) -> None:
    begin(story, {PATH: steps()}).branch("work")
    story.commit({PATH: FIRST}, by="ann")
    story.switch()
    story.rename(PATH, "ems/waste.md", by="ben", text=LAST)
    story.merge("work", by="eve", changes={PATH: None, "ems/waste.md": BOTH})
    assert approvers(story) == ["PER-EVE"]


def test_a_branch_s_text_that_lands_under_the_name_the_main_line_gave_it_is_brought_in(story: Story) -> None:
    begin(story, {PATH: steps()}).branch("work")
    story.commit({PATH: FIRST}, by="ann")
    story.switch()
    story.rename(PATH, "ems/waste.md", by="ben")
    story.merge("work", by="eve", changes={PATH: None, "ems/waste.md": FIRST})
    assert approvers(story) == ["PER-EVE"]


# --- halves ---------------------------------------------------------------------------------


def test_a_half_merged_request_approves_only_what_it_brought_in(story: Story) -> None:
    begin(story, {PATH: steps(), OTHER: procedure(identity="PRO-002")}).branch("work")
    story.commit({PATH: FIRST, OTHER: procedure("Air.", identity="PRO-002")}, by="ann")
    story.switch()
    story.merge("work", by="eve", changes={OTHER: procedure(identity="PRO-002")})
    assert approvers(story) == ["PER-EVE"]
    other = document(story, "PRO-002")
    assert other.in_force is not None
    assert other.in_force.number == 1
    story.merge("work", by="eve", changes={OTHER: procedure("Air.", identity="PRO-002")})
    assert approvers(story, "PRO-002") == []
    assert writers(story, "PRO-002") == {"PER-ANN", "PER-EVE"}


def test_an_older_version_of_a_branch_is_approved_by_merging_that_version(story: Story) -> None:
    begin(story, {PATH: steps()}).branch("work")
    older = story.commit({PATH: FIRST}, by="ann")
    story.commit({PATH: BOTH}, by="ben")
    story.switch()
    story.merge(older, by="eve")
    issue = document(story).in_force
    assert issue is not None
    assert [author.id for author in issue.authors] == ["PER-ANN"]


def test_who_goes_back_to_an_older_version_while_merging_is_its_author(story: Story) -> None:
    begin(story, {PATH: steps()}).branch("work")
    story.commit({PATH: FIRST}, by="ann")
    story.commit({PATH: BOTH}, by="ben")
    story.switch()
    story.merge("work", by="eve", changes={PATH: FIRST})
    assert writers(story) == {"PER-ANN", "PER-BEN", "PER-EVE"}


# --- crossed, and one by one ----------------------------------------------------------------


def test_a_criss_cross_that_git_merges_cleanly_makes_no_merger_an_author(story: Story) -> None:
    begin(story, {PATH: steps()}).branch("one")
    one = story.commit({PATH: FIRST}, by="ann")
    story.branch("two", at=story.writer.tip("main"))
    two = story.commit({PATH: LAST}, by="ben")
    story.merge(one, by="mary", changes={PATH: BOTH})
    story.switch("one")
    story.merge(two, by="otto", changes={PATH: BOTH})
    story.switch()
    story.merge("one", by="mary")
    story.merge("two", by="eve", changes={PATH: BOTH})
    assert writers(story) == {"PER-ANN", "PER-BEN"}


def test_commits_that_a_forge_lands_one_by_one_have_their_own_authors(story: Story) -> None:
    begin(story)
    story.commit({PATH: FIRST}, by="ann", committer="eve")
    story.commit({PATH: BOTH}, by="ben", committer="eve")
    assert writers(story) == {"PER-ANN", "PER-BEN"}
    story.commit(record(story, by="eve"), by="eve")
    assert approvers(story) == ["PER-EVE"]


def test_after_a_foxtrot_the_merges_before_it_approve_nothing_and_nobody_is_washed_away(story: Story) -> None:
    begin(story).branch("other")
    story.commit({"ems/notes.txt": "Something else."}, by="ben")
    story.switch()
    story.branch("work")
    story.commit({PATH: steps()}, by="ann")
    story.switch()
    story.merge("work", by="eve")
    assert approvers(story) == ["PER-EVE"]
    story.foxtrot("other", by="ann")
    assert writers(story) == {"PER-ANN"}


def test_a_merge_that_leaves_everything_as_it_was_keeps_who_wrote_what_it_left_out(story: Story) -> None:
    begin(story, {PATH: steps()}).branch("work")
    story.commit({PATH: FIRST}, by="eve")
    story.switch()
    story.merge(
        "work", by="ben", changes={PATH: steps()}, message="Merge branch 'work' with the strategy ours"
    )
    story.branch("again")
    story.commit({PATH: FIRST}, by="ann")
    story.switch()
    story.merge("again", by="eve")
    assert writers(story) == {"PER-ANN", "PER-EVE"}


def test_one_s_own_old_draft_merged_as_an_ancestor_is_one_s_own(story: Story) -> None:
    begin(story, {PATH: steps(), OTHER: procedure(identity="PRO-002")}).branch("old")
    draft = story.commit({PATH: FIRST}, by="eve")
    story.commit({PATH: steps()}, by="eve")
    story.commit({OTHER: procedure("Air.", identity="PRO-002")}, by="ann")
    story.switch()
    story.merge("old", by="otto")
    story.branch("new")
    story.merge(draft, by="ann", changes={PATH: FIRST})
    story.switch()
    story.merge("new", by="eve")
    assert "PER-EVE" in writers(story)
    reasons = {fault.reason for fault in document(story).faults}
    assert reasons & {FaultReason.AUTHOR_APPROVES, FaultReason.NOT_BROUGHT_IN} or approvers(story) == []


def test_a_text_written_in_one_request_and_landed_by_another_in_the_next_is_its_writer_s(
    story: Story,
) -> None:
    begin(story, {PATH: steps()}).branch("one")
    story.commit({PATH: FIRST}, by="eve")
    story.commit({PATH: steps()}, by="eve")
    story.switch()
    story.merge("one", by="ben")
    story.branch("two")
    story.commit({PATH: FIRST}, by="ben")
    story.switch()
    story.merge("two", by="eve")
    assert writers(story) == {"PER-EVE", "PER-BEN"}


def test_commits_under_another_s_name_cannot_be_told_and_count_as_that_other_s(story: Story) -> None:
    begin(story).branch("work")
    story.commit({PATH: steps()}, by="ann", committer="eve", message="Written by Eve, as Ann")
    story.switch()
    story.merge("work", by="eve")
    issue = document(story).in_force
    assert issue is not None
    assert issue.segregation is not None
    assert issue.segregation.value == "asserted"
