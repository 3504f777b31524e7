"""A document is what its id says: moved, copied, deleted, restored, embedded."""

from __future__ import annotations

from mkdocs_ems.control import DocumentState, FaultReason, IssueState
from support.chain import Chain, Work
from support.company import company, land_record, procedure, register

PATH = "procedures/waste.md"
SHOWN = "![Flow](img/flow.png)"


def in_force() -> Chain:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    return chain


def with_picture() -> Chain:
    chain = company()
    files = {PATH: procedure(SHOWN), "procedures/img/flow.png": b"one"}
    chain.merge(Work(files, by="ann"), by="eve")
    return chain


# --- moves and copies -------------------------------------------------------------------


def test_a_move_keeps_its_approval() -> None:
    chain = in_force()
    chain.commit({PATH: None, "yard/waste.md": procedure()}, by="ben")
    document = chain.document("PRO-001")
    assert document.pending is None
    assert document.in_force is not None
    assert document.path == document.in_force.content.path == "ems/yard/waste.md"


def test_a_move_in_two_events_keeps_its_approval_too() -> None:
    chain = in_force()
    chain.commit({"yard/waste.md": procedure()}, by="ben")
    chain.commit({PATH: None}, by="ben")
    document = chain.document("PRO-001")
    assert (document.path, document.pending) == ("ems/yard/waste.md", None)


def test_a_path_that_differs_in_case_alone_is_a_move() -> None:
    chain = in_force()
    chain.commit({PATH: None, "procedures/Waste.md": procedure()})
    assert chain.document("PRO-001").pending is None


def test_a_move_with_an_edit_is_new_content() -> None:
    chain = in_force()
    chain.commit({PATH: None, "yard/waste.md": procedure("Edited.")}, by="ben")
    document = chain.document("PRO-001")
    assert document.in_force is not None
    assert document.in_force.content.path == f"ems/{PATH}"
    assert document.pending is not None
    assert [author.id for author in document.pending.authors] == ["PER-BEN"]


def test_a_mere_move_makes_nobody_an_author() -> None:
    chain = in_force()
    chain.commit({PATH: None, "yard/waste.md": procedure()}, by="otto")
    chain.merge(Work({"yard/waste.md": procedure("Two.")}, by="ann"), by="otto")
    document = chain.document("PRO-001")
    assert document.in_force is not None
    assert document.in_force.number == 2


def test_a_copy_under_a_new_id_inherits_nothing() -> None:
    chain = in_force()
    chain.commit({"procedures/copy.md": procedure(identity="PRO-002")})
    assert chain.document("PRO-002").in_force is None
    assert chain.document("PRO-001").pending is None


def test_one_id_in_two_files_leaves_the_document_as_it_was_and_is_told() -> None:
    chain = in_force()
    chain.commit({"procedures/copy.md": procedure("Another.")}, by="otto")
    document = chain.document("PRO-001")
    assert document.pending is None
    assert document.in_force is not None
    assert [fault.reason for fault in document.faults] == [FaultReason.ID_TWICE]
    chain.commit({PATH: None})
    resolved = chain.document("PRO-001")
    assert resolved.pending is not None
    assert "PER-OTTO" in {author.id for author in resolved.pending.authors}


def test_one_id_in_two_files_of_the_trust_root_is_a_draft_without_content() -> None:
    chain = company(**{PATH: procedure(), "procedures/copy.md": procedure("Another.")})
    document = chain.document("PRO-001")
    assert (document.state, document.in_force) == (DocumentState.DRAFT, None)
    assert document.path == "ems/procedures/copy.md"


def test_a_changed_id_is_another_document_and_the_old_one_awaits_withdrawal() -> None:
    chain = in_force()
    chain.commit({PATH: procedure(identity="PRO-009")})
    documents = chain.control().documents
    assert documents["PRO-001"].state is DocumentState.WITHDRAWAL_PENDING
    assert documents["PRO-009"].state is DocumentState.DRAFT


def test_an_id_that_changes_and_changes_back_is_seen_in_between() -> None:
    chain = in_force()
    chain.commit({PATH: procedure(identity="PRO-009")})
    chain.commit({PATH: procedure("Back.")})
    documents = chain.control().documents
    assert documents["PRO-001"].pending is not None
    assert "PRO-009" not in documents


def test_an_id_that_changed_while_it_was_approved_is_seen_in_between() -> None:
    chain = in_force()
    chain.merge(Work({PATH: procedure("Other.", identity="PRO-009")}), by="eve")
    chain.commit({PATH: procedure("Back.")})
    documents = chain.control().documents
    assert documents["PRO-009"].in_force is not None
    assert documents["PRO-009"].state is DocumentState.WITHDRAWAL_PENDING
    assert documents["PRO-001"].in_force is not None
    assert documents["PRO-001"].in_force.number == 1


def test_an_id_that_a_file_had_only_for_a_while_is_seen() -> None:
    chain = company()
    chain.commit({PATH: "# Notes\n"})
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    chain.commit({PATH: None})
    chain.commit({PATH: "# Notes\n"})
    assert chain.document("PRO-001").state is DocumentState.WITHDRAWAL_PENDING


def test_what_cannot_be_read_at_its_path_is_new_content_of_the_document() -> None:
    chain = in_force()
    chain.commit({PATH: "---\nid: [\n---\nBroken.\n"})
    document = chain.document("PRO-001")
    assert document.state is DocumentState.IN_FORCE
    assert document.pending is not None


def test_a_link_at_its_path_leaves_the_issue_in_force_and_is_told() -> None:
    chain = in_force()
    chain.commit({PATH: "/etc/passwd"}, links=(PATH,))
    document = chain.document("PRO-001")
    assert document.state is DocumentState.WITHDRAWAL_PENDING
    assert document.pending is not None
    assert "is no longer a plain file" in document.pending.missing


def test_nothing_else_may_claim_the_id_of_the_rules() -> None:
    chain = company()
    chain.commit({"fake.md": procedure(identity="EMS-RULES")})
    assert chain.document("EMS-RULES").faults == ()


def test_a_document_is_one_whatever_the_case_of_its_suffix_and_the_end_of_its_front_matter() -> None:
    chain = company(**{"WASTE.MD": procedure().replace("\n---\n# Waste", "\n...\n# Waste")})
    document = chain.document("PRO-001")
    assert (document.kind, document.title) == ("document", "Waste")


def test_files_without_an_id_are_no_documents() -> None:
    chain = company()
    chain.commit({"index.md": "# Welcome\n"})
    assert set(chain.control().documents) == {"EMS-RULES", "POL-001", "REG-PEOPLE", "REG-ROLES"}


# --- deletion and withdrawal ------------------------------------------------------------


def test_a_deletion_without_a_record_keeps_the_issue_in_force_and_is_pending() -> None:
    chain = in_force()
    chain.commit({PATH: None}, by="ben", on="2026-03-02")
    document = chain.document("PRO-001")
    assert document.state is DocumentState.WITHDRAWAL_PENDING
    assert document.in_force is not None
    assert document.pending is not None
    assert document.pending.content is None
    assert document.pending.missing == (
        "ems/procedures/waste.md was deleted by Ben Boyd on 2026-03-02 without an approved withdrawal; "
        "issue 1 stays until a withdrawal has approval by a holder of ROL-EHS or ROL-OPS, or the file is "
        "back as it was"
    )


def test_a_deletion_is_told_of_who_deleted_and_of_nobody_who_wrote_before() -> None:
    chain = in_force()
    chain.commit({PATH: procedure("Draft.")}, by="ann")
    chain.commit({PATH: None}, by="ben")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert "was deleted by Ben Boyd on" in pending.missing


def test_a_merge_that_deletes_withdraws_nothing() -> None:
    chain = in_force()
    chain.merge(Work({PATH: None}, by="ann"), by="eve")
    assert chain.document("PRO-001").state is DocumentState.WITHDRAWAL_PENDING


def test_a_draft_that_is_gone_leaves_no_trace() -> None:
    chain = company()
    chain.commit({PATH: procedure()})
    chain.commit({PATH: None})
    assert "PRO-001" not in chain.control().documents


def test_a_withdrawal_may_land_before_the_deletion() -> None:
    chain = in_force()
    land_record(chain, PATH, by="eve", meaning="withdrawal")
    before = chain.document("PRO-001")
    assert before.state is DocumentState.WITHDRAWN
    assert before.pending is not None
    assert before.pending.missing == (
        "waits for approval by a holder of ROL-EHS or ROL-OPS; written by Ann Archer, landed on 2026-01-06; "
        "issue 1 is withdrawn from 2026-01-07 on; its text is that of issue 1: approve it as a re-issue, or "
        "delete the file"
    )
    chain.commit({PATH: None}, by="ann")
    after = chain.document("PRO-001")
    assert (after.state, after.pending) == (DocumentState.WITHDRAWN, None)
    assert after.issues[0].state is IssueState.WITHDRAWN


def test_a_withdrawal_may_land_after_the_deletion() -> None:
    chain = in_force()
    made = chain.sha(PATH)
    chain.commit({PATH: None}, by="ann")
    manifest = {"main": made, "parts": {}}
    land_record(chain, "policy.md", by="eve", meaning="withdrawal", manifest=manifest)
    document = chain.document("PRO-001")
    assert (document.state, document.pending) == (DocumentState.WITHDRAWN, None)
    assert [act.person.id for act in document.withdrawals] == ["PER-EVE"]


def test_who_deleted_it_cannot_withdraw_it_alone() -> None:
    chain = in_force()
    manifest = {"main": chain.sha(PATH), "parts": {}}
    chain.commit({PATH: None}, by="eve")
    land_record(chain, "policy.md", by="eve", meaning="withdrawal", manifest=manifest)
    assert chain.document("PRO-001").state is DocumentState.WITHDRAWAL_PENDING


def test_a_withdrawal_from_a_later_day_on_leaves_it_in_force_until_then() -> None:
    chain = in_force()
    land_record(chain, PATH, by="eve", meaning="withdrawal", effective_from="2026-06-01")
    assert chain.document("PRO-001", as_of="2026-05-31").pending is None
    chain.commit({PATH: None}, by="ann")
    until = chain.document("PRO-001", as_of="2026-05-31")
    assert (until.state, until.pending) == (DocumentState.IN_FORCE, None)
    assert chain.document("PRO-001", as_of="2026-06-01").state is DocumentState.WITHDRAWN


def test_the_same_content_back_without_a_withdrawal_is_the_same_issue() -> None:
    chain = in_force()
    chain.commit({PATH: None}, by="ann")
    chain.commit({"yard/waste.md": procedure()}, by="ben")
    document = chain.document("PRO-001")
    assert document.pending is None
    assert document.in_force is not None
    assert (document.in_force.number, document.in_force.content.path) == (1, "ems/yard/waste.md")


def test_after_a_withdrawal_the_numbering_goes_on_and_approval_is_needed() -> None:
    chain = in_force()
    land_record(chain, PATH, by="eve", meaning="withdrawal")
    chain.commit({PATH: None}, by="ann")
    chain.commit({PATH: procedure()}, by="ben")
    assert chain.document("PRO-001").pending is not None
    chain.merge(Work({PATH: procedure("New.")}, by="ann"), by="eve")
    document = chain.document("PRO-001")
    assert document.in_force is not None
    assert document.in_force.number == 2


# --- embedded files ---------------------------------------------------------------------


def test_an_embedded_picture_is_part_of_the_content() -> None:
    document = with_picture().document("PRO-001")
    assert document.in_force is not None
    (part,) = document.in_force.content.parts
    assert (part.target, part.path) == ("img/flow.png", "ems/procedures/img/flow.png")
    assert set(document.in_force.manifest.parts) == {"img/flow.png"}


def test_a_changed_picture_is_a_changed_document() -> None:
    chain = with_picture()
    chain.commit({"procedures/img/flow.png": b"two"}, by="ben")
    document = chain.document("PRO-001")
    assert document.pending is not None
    assert [author.id for author in document.pending.authors] == ["PER-BEN"]
    assert document.in_force is not None
    assert document.in_force.number == 1


def test_a_merge_of_a_changed_picture_makes_the_next_issue() -> None:
    chain = with_picture()
    chain.merge(Work({"procedures/img/flow.png": b"two"}, by="ben"), by="eve")
    document = chain.document("PRO-001")
    assert document.in_force is not None
    assert document.in_force.number == 2


def test_a_record_binds_the_picture_too() -> None:
    chain = company()
    chain.commit({PATH: procedure(SHOWN), "procedures/img/flow.png": b"one"}, by="ann")
    land_record(chain, PATH, by="eve")
    assert [fault.reason for fault in chain.document("PRO-001").faults] == [FaultReason.WRONG_CONTENT]
    land_record(chain, PATH, by="eve", n=2, parts={"img/flow.png": "procedures/img/flow.png"})
    assert chain.document("PRO-001").in_force is not None


def test_a_merge_does_not_approve_a_picture_that_lay_there_before() -> None:
    chain = company()
    chain.commit({"procedures/img/flow.png": b"one"}, by="eve")
    chain.merge(Work({PATH: procedure(SHOWN)}, by="ann"), by="otto")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert {author.id for author in pending.authors} == {"PER-ANN", "PER-EVE"}
    assert [fault.reason for fault in pending.faults] == [FaultReason.NOT_BROUGHT_IN]


def test_a_picture_that_appears_later_is_a_change_of_every_document_that_embeds_it() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure(SHOWN), "registers/aspects.yml": register("Fume")}), by="eve")
    chain.commit({"procedures/img/flow.png": b"one"}, by="ben")
    documents = chain.control().documents
    assert documents["PRO-001"].pending is not None
    assert documents["REG-ASPECTS"].pending is None
