"""How an approval is known: adopted, declared, recorded; and what counts for less than it seems."""

from __future__ import annotations

from mkdocs_ems.control import DocumentState, FaultReason, IssueState, Level, Segregation
from support.chain import Work
from support.company import company, land_record, procedure, record, settings

PATH = "procedures/waste.md"


def test_what_lies_in_the_trust_root_is_adopted_as_issue_one() -> None:
    policy = company().document("POL-001")
    assert policy.in_force is not None
    assert (policy.in_force.number, policy.in_force.level) == (1, Level.ADOPTED)
    assert policy.pending is None


def test_an_adopted_document_goes_on_with_the_numbering_of_its_offset_and_shows_its_label() -> None:
    old = procedure(head="issue_offset: 6\nissue_label: Rev G\n")
    document = company(**{PATH: old}).document("PRO-001")
    assert document.in_force is not None
    assert (document.in_force.number, document.in_force.label) == (7, "Rev G")


def test_a_new_document_with_an_offset_waits_for_the_number_after_it() -> None:
    chain = company()
    chain.commit({PATH: procedure(head="issue_offset: 6\n")})
    assert chain.document("PRO-001").next_issue == 7


def test_of_what_was_adopted_nobody_says_that_author_and_approver_differ() -> None:
    issue = company().document("POL-001").in_force
    assert issue is not None
    assert (issue.level, issue.segregation) == (Level.ADOPTED, None)


def test_content_that_landed_without_approval_is_a_draft() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann", on="2026-03-02")
    document = chain.document("PRO-001")
    assert document.state is DocumentState.DRAFT
    assert document.in_force is None
    assert document.pending is not None
    assert document.pending.missing == (
        "waits for approval by a holder of ROL-EHS or ROL-OPS; written by Ann Archer, landed on 2026-03-02, "
        "never approved so far"
    )


def test_a_merge_by_an_entitled_person_approves_what_it_brings_in() -> None:
    chain = company()
    merge = chain.merge(Work({PATH: procedure()}, by="ann"), by="eve", on="2026-02-03")
    document = chain.document("PRO-001")
    issue = document.in_force
    assert issue is not None
    assert (issue.number, issue.level, issue.segregation) == (1, Level.RECORDED, Segregation.ASSERTED)
    assert [author.name for author in issue.authors] == ["Ann Archer"]
    (act,) = issue.approvals
    assert (act.principal, act.person.id, act.role, act.evidence) == (
        "eve@example.org",
        "PER-EVE",
        "ROL-EHS",
        merge,
    )
    assert act.sentence.startswith("Eve Hart approved it on 2026-02-03 by merging it")
    assert document.pending is None


def test_a_merge_is_judged_by_its_author_whoever_committed_it() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="ben", committer="eve")
    assert chain.document("PRO-001").in_force is None
    chain.merge(Work({PATH: procedure("More.")}, by="ann"), by="eve", committer="forge")
    assert chain.document("PRO-001").in_force is not None


def test_a_merge_by_somebody_without_the_role_approves_nothing_and_is_told() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="mary", on="2026-02-03")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert [fault.reason for fault in pending.faults] == [FaultReason.NOT_ENTITLED]
    assert "Mary Dean merged it on 2026-02-03, and holds no role that may approve it" in pending.missing


def test_a_merge_by_the_author_himself_approves_nothing() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="eve"), by="eve")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert [fault.reason for fault in pending.faults] == [FaultReason.AUTHOR_APPROVES]


def test_merges_approve_nothing_where_the_approved_rules_say_so() -> None:
    chain = company(ems=settings(approval="  merge_approves: false\n"))
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    assert chain.document("PRO-001").in_force is None


def test_a_squash_is_its_author_s_change_and_nobody_s_approval() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann", committer="eve")
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert document.pending is not None
    assert [author.id for author in document.pending.authors] == ["PER-ANN"]


def test_a_record_landed_by_its_approver_is_recorded() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann", on="2026-02-02")
    path = land_record(chain, f"{PATH}", by="eve", on="2026-02-05", role="ROL-EHS")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.level is Level.RECORDED
    assert issue.event.commit.author.name == "Ann"
    assert issue.approved_on.date().isoformat() == "2026-02-05"
    assert issue.approvals[0].evidence == f"ems/{path}"
    assert "landed the record of it under the same name" in issue.approvals[0].sentence


def test_a_record_written_by_another_is_only_declared() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann")
    chain.commit(record(chain, PATH, by="eve"), by="ann")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert [act.level for act in pending.acts] == [Level.DECLARED]
    assert [fault.reason for fault in pending.faults] == [FaultReason.LEVEL_NOT_ACCEPTED]
    assert pending.acts[0].sentence.endswith("the approver's own act is not in evidence.")


def test_a_record_with_the_approver_as_author_and_another_as_committer_is_only_declared() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann")
    chain.commit(record(chain, PATH, by="eve"), by="eve", committer="ann")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert [act.level for act in pending.acts] == [Level.DECLARED]


def test_a_record_from_a_branch_is_only_declared_whoever_its_commit_names() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann")
    chain.merge(Work(record(chain, PATH, by="eve"), by="eve"), by="ann")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert [act.level for act in pending.acts] == [Level.DECLARED]


def test_a_record_from_a_branch_is_only_declared_even_if_its_approver_merges_it() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann")
    chain.merge(Work(record(chain, PATH, by="eve"), by="ann"), by="eve")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    (act,) = pending.acts
    assert act.level is Level.DECLARED
    assert act.sentence.startswith("A commit that anybody could have written says")


def test_content_and_record_in_one_squash_are_not_recorded() -> None:
    chain = company()
    chain.shelf.put(procedure())
    scratch = company()
    scratch.commit({PATH: procedure()})
    chain.commit({PATH: procedure(), **record(scratch, PATH, by="eve")}, by="eve")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert FaultReason.AUTHOR_APPROVES in [fault.reason for fault in pending.faults]


def test_declared_approval_is_enough_where_the_matrix_accepts_it() -> None:
    matrix = "    - {types: [procedure], roles: [ROL-EHS], accepts: [declared, recorded]}\n"
    chain = company(ems=settings(matrix=matrix))
    chain.commit({PATH: procedure()}, by="ann", trailers=(("Approved-by", "Eve <eve@example.org>"),))
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.level is Level.DECLARED
    assert issue.approvals[0].sentence.startswith("Ann Archer declared on")


def test_declared_approval_is_never_enough_for_a_policy() -> None:
    matrix = "    - {types: [policy], roles: [ROL-MD], accepts: [declared, recorded]}\n"
    chain = company(ems=settings(matrix=matrix))
    text = "---\nid: POL-001\ntype: policy\ntitle: New\n---\nNew.\n"
    chain.commit({"policy.md": text}, by="ann", trailers=(("Approved-by", "Mary <mary@example.org>"),))
    document = chain.document("POL-001")
    assert document.pending is not None
    assert document.in_force is not None
    assert document.in_force.number == 1


def test_a_trailer_of_a_branch_commit_declares_for_what_that_commit_landed() -> None:
    matrix = "    - {types: [procedure], roles: [ROL-EHS], accepts: [declared]}\n"
    chain = company(ems=settings(matrix=matrix))
    named = (("Approved-by", "Eve <eve@example.org>"),)
    chain.merge(Work({PATH: procedure()}, by="ann", trailers=named), by="ben")
    assert chain.document("PRO-001").in_force is not None
    early = Work({PATH: procedure("One.")}, by="ann", trailers=named)
    chain.merge((early, Work({PATH: procedure("Two.")}, by="ann")), by="ben")
    assert chain.document("PRO-001").pending is not None


def test_a_stronger_act_for_the_same_content_raises_the_level_and_keeps_the_number() -> None:
    chain = company(**{PATH: procedure()})
    land_record(chain, PATH, by="eve")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert (issue.number, issue.level) == (1, Level.RECORDED)


def test_a_signed_record_or_one_with_a_source_counts_for_nothing_in_any_other_form() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann")
    made = record(chain, PATH, by="eve")
    chain.commit({**made, f"{next(iter(made))}.sig": "signature"}, by="eve")
    land_record(chain, PATH, by="eve", n=2, source={"scan": "print.pdf", "sha256": "0" * 64})
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert [fault.reason for fault in document.faults] == [FaultReason.NOT_CANONICAL] * 2


def test_what_was_approved_and_then_edited_stays_in_force_with_the_edit_pending() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    chain.commit({PATH: procedure("Edited.")}, by="ben", on="2026-03-02")
    document = chain.document("PRO-001")
    assert document.state is DocumentState.IN_FORCE
    assert document.in_force is not None
    assert document.in_force.number == 1
    assert document.pending is not None
    assert "edited by Ben Boyd on 2026-03-02 after issue 1 was approved" in document.pending.missing


def test_the_next_approval_supersedes_the_issue_before() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve", on="2026-02-02")
    chain.merge(Work({PATH: procedure("Second.")}, by="ann"), by="otto", on="2026-03-02")
    first, second = chain.document("PRO-001").issues
    assert (first.state, second.state) == (IssueState.SUPERSEDED, IssueState.IN_FORCE)
    assert first.effective_to == second.effective_from
    assert (first.summary, second.summary) == ("Work", "Work")
