"""Authors by identity: under other names, in texts that never landed, in earlier requests, in pictures."""

from __future__ import annotations

from support.chain import Chain, Work
from support.company import company, land_record, procedure

TEXT = procedure()
EDITED = procedure("Sort the waste with care.")


def writers(chain: Chain, identity: str = "PRO-001") -> list[str | None]:
    """Who wrote the landed content, by id; it must not be approved."""
    pending = chain.document(identity).pending
    assert pending is not None, "it was approved"
    return [author.id for author in pending.authors]


def approvers(chain: Chain, identity: str = "PRO-001") -> list[str | None]:
    issue = chain.document(identity).in_force
    assert issue is not None
    return [act.person.id for act in issue.approvals]


# --- through other names on a branch --------------------------------------------------------


def test_a_rename_on_a_branch_does_not_wash_the_author_away() -> None:
    told = company()
    told.merge(
        (Work({"draft.md": TEXT}, by="eve"), Work({"draft.md": None, "waste.md": TEXT}, by="ann")), by="eve"
    )
    assert writers(told) == ["PER-EVE"]


def test_a_rename_with_an_edit_on_a_branch_does_not_wash_the_author_away() -> None:
    told = company()
    moved = Work({"draft.md": None, "waste.md": EDITED}, by="ann")
    told.merge((Work({"draft.md": TEXT}, by="eve"), moved), by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_an_id_that_a_branch_gives_to_the_text_of_another_does_not_wash_the_author_away() -> None:
    told = company()
    nameless = TEXT.replace("id: PRO-001\n", "")
    told.merge((Work({"waste.md": nameless}, by="eve"), Work({"waste.md": TEXT}, by="ann")), by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_a_text_that_waited_at_a_path_of_another_document_is_its_writers() -> None:
    told = company(**{"other.md": procedure("Other.", identity="PRO-002")})
    other = procedure("Other.", identity="PRO-002")
    there = Work({"other.md": EDITED}, by="eve")
    back = Work({"other.md": other, "waste.md": EDITED.replace("care", "great care")}, by="ann")
    told.merge((there, back), by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_who_only_moved_a_file_on_a_branch_may_approve_it() -> None:
    told = company()
    told.merge(
        (Work({"draft.md": TEXT}, by="ann"), Work({"draft.md": None, "waste.md": TEXT}, by="eve")), by="eve"
    )
    assert approvers(told) == ["PER-EVE"]


def test_a_mere_move_on_a_branch_makes_nobody_an_author_of_the_next_change() -> None:
    told = company(**{"waste.md": TEXT})
    told.merge(Work({"waste.md": None, "sorting.md": TEXT}, by="eve"), by="ben")
    told.merge(Work({"sorting.md": EDITED}, by="ann"), by="eve")
    assert approvers(told) == ["PER-EVE"]


# --- what never landed ----------------------------------------------------------------------


def test_a_draft_that_a_merge_left_out_has_an_author_when_another_lands_it() -> None:
    told = company()
    told.merge((Work({"waste.md": TEXT}, by="eve"), Work({"waste.md": None}, by="ann")), by="ben")
    told.merge(Work({"waste.md": TEXT}, by="ann"), by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_who_wrote_and_took_back_is_an_author_of_what_another_writes_then() -> None:
    told = company(**{"waste.md": TEXT})
    told.merge((Work({"waste.md": EDITED}, by="eve"), Work({"waste.md": TEXT}, by="eve")), by="ben")
    told.merge(Work({"waste.md": procedure("Something else.")}, by="ann"), by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_a_draft_that_a_request_took_back_has_its_author_after_the_approval_of_that_request() -> None:
    told = company(**{"waste.md": TEXT})
    other = procedure("Weigh the waste.")
    told.merge((Work({"waste.md": EDITED}, by="eve"), Work({"waste.md": other}, by="eve")), by="otto")
    assert approvers(told) == ["PER-OTTO"]
    told.merge(Work({"waste.md": EDITED}, by="ann"), by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_an_approved_text_that_comes_back_has_only_who_brought_it_back_as_author() -> None:
    told = company(**{"waste.md": TEXT})
    told.merge(Work({"waste.md": EDITED}, by="eve"), by="otto")
    told.merge(Work({"waste.md": procedure("Third.")}, by="ann"), by="otto")
    told.merge(Work({"waste.md": EDITED}, by="ben"), by="eve")
    assert approvers(told) == ["PER-EVE"]


# --- ids ------------------------------------------------------------------------------------


def test_a_new_id_does_not_wash_the_author_of_the_draft_away() -> None:
    told = company()
    told.commit({"waste.md": procedure(identity="PRO-900")}, by="eve")
    told.merge(Work({"waste.md": TEXT}, by="ann"), by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_a_new_id_given_by_a_plain_commit_does_not_wash_the_author_away_either() -> None:
    told = company()
    told.commit({"waste.md": procedure(identity="PRO-900")}, by="eve")
    told.commit({"waste.md": TEXT}, by="ann")
    land_record(told, "waste.md", by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_a_text_that_had_no_id_has_its_author_when_it_gets_one() -> None:
    told = company()
    told.commit({"notes.md": TEXT.replace("id: PRO-001\n", "")}, by="eve")
    told.commit({"notes.md": TEXT}, by="ann")
    land_record(told, "notes.md", by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


# --- pictures -------------------------------------------------------------------------------

PICTURED = procedure("![Flow](g.png)")


def test_a_picture_moved_by_another_is_still_its_author_s() -> None:
    told = company()
    told.commit({"f.png": "1"}, by="eve")
    told.commit({"f.png": None, "g.png": "1"}, by="ann")
    told.commit({"waste.md": PICTURED}, by="ann")
    land_record(told, "waste.md", by="eve", parts={"g.png": "g.png"})
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_a_picture_touched_by_another_is_still_its_author_s() -> None:
    told = company()
    told.commit({"g.png": "1"}, by="eve")
    told.commit({"g.png": "2"}, by="ann")
    told.commit({"waste.md": PICTURED}, by="ann")
    land_record(told, "waste.md", by="eve", parts={"g.png": "g.png"})
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_who_drew_the_approved_picture_may_approve_its_next_version() -> None:
    told = company()
    told.commit({"g.png": "1"}, by="eve")
    told.commit({"waste.md": PICTURED}, by="ann")
    land_record(told, "waste.md", by="otto", parts={"g.png": "g.png"})
    told.merge(Work({"g.png": "2"}, by="ann"), by="eve")
    assert approvers(told) == ["PER-EVE"]


def test_a_picture_that_another_document_was_approved_with_has_been_judged() -> None:
    told = company()
    told.commit({"g.png": "1", "waste.md": PICTURED}, by="eve")
    land_record(told, "waste.md", by="otto", parts={"g.png": "g.png"})
    told.commit({"two.md": PICTURED.replace("PRO-001", "PRO-002")}, by="ann")
    land_record(told, "two.md", by="eve", document="PRO-002", parts={"g.png": "g.png"})
    assert approvers(told, "PRO-002") == ["PER-EVE"]


def test_a_picture_drawn_and_taken_back_on_a_branch_has_an_author() -> None:
    told = company(**{"g.png": "1", "waste.md": PICTURED})
    told.merge((Work({"g.png": "2"}, by="eve"), Work({"g.png": "1"}, by="eve")), by="ben")
    told.merge(Work({"g.png": "3"}, by="ann"), by="eve")
    assert set(writers(told)) == {"PER-EVE", "PER-ANN"}


def test_a_move_beside_another_picture_of_the_same_name_makes_the_mover_an_author() -> None:
    told = company(**{"a/g.png": "1", "b/g.png": "2", "a/waste.md": PICTURED})
    told.merge(Work({"a/waste.md": None, "b/waste.md": PICTURED}, by="eve"), by="eve")
    assert writers(told) == ["PER-EVE"]


def test_a_picture_among_the_records_is_a_part_as_any_other() -> None:
    pictured = procedure("![Plan](records/plan.png)")
    told = company(**{"records/plan.png": "1", "waste.md": pictured})
    told.commit({"records/plan.png": "2"}, by="ann")
    found = told.document("PRO-001")
    assert found.pending is not None
    assert [part.path for part in found.pending.content.parts] == ["ems/records/plan.png"]  # type: ignore[union-attr]


def test_a_document_goes_without_a_picture_of_a_record_that_has_changed_since() -> None:
    pictured = procedure("![Plan](records/plan.png)")
    told = company(**{"records/plan.png": "1", "waste.md": pictured})
    assert told.shown()["records/plan.png"] == "1"
    told.commit({"records/plan.png": "2"}, by="ann")
    assert told.shown()["records/plan.png"] == "2"


def test_a_picture_that_a_document_embeds_no_more_has_no_authors_in_it() -> None:
    told = company(**{"g.png": "1", "waste.md": PICTURED})
    told.merge(Work({"waste.md": TEXT}, by="ann"), by="otto")
    told.merge((Work({"g.png": "2"}, by="eve"), Work({"g.png": "1"}, by="eve")), by="ben")
    told.merge(Work({"waste.md": EDITED}, by="ann"), by="eve")
    assert approvers(told) == ["PER-EVE"]
