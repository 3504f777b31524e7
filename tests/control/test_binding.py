"""A record counts for one content, one number, one repository, once."""

from __future__ import annotations

from datetime import date

import pytest

from mkdocs_ems.control import FaultReason, Level
from mkdocs_ems.diagnostics import Anchor
from support.chain import Chain, Work
from support.company import company, land_record, procedure, record, settings

PATH = "procedures/waste.md"


def drafted() -> Chain:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann")
    return chain


def reasons(chain: Chain, identity: str = "PRO-001") -> list[FaultReason]:
    return [fault.reason for fault in chain.document(identity).faults]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"repository": "another"}, FaultReason.WRONG_REPOSITORY),
        ({"issue": 2}, FaultReason.WRONG_ISSUE),
        ({"previous": ["0" * 64]}, FaultReason.UNCOUNTED_MERGE),
        ({"manifest": {"main": "0" * 64, "parts": {}}}, FaultReason.WRONG_CONTENT),
        ({"role": "ROL-MD"}, FaultReason.NOT_ENTITLED),
    ],
)
def test_a_record_that_does_not_hold_counts_for_nothing(
    changed: dict[str, object], reason: FaultReason
) -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", **changed)
    assert reasons(chain) == [reason]
    assert chain.document("PRO-001").in_force is None


def test_a_record_made_for_an_older_draft_does_not_approve_a_newer_one() -> None:
    chain = drafted()
    stale = record(chain, PATH, by="eve")
    chain.commit({PATH: procedure("Changed meanwhile.")}, by="ann")
    chain.commit(stale, by="eve")
    assert reasons(chain) == [FaultReason.WRONG_CONTENT]


def test_evidence_stands_only_until_the_content_changes() -> None:
    chain = drafted()
    chain.commit({PATH: procedure("Newer.")}, by="ann")
    chain.commit({PATH: procedure()}, by="ann")
    land_record(chain, PATH, by="eve")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.event.index == 3


def test_a_record_must_name_all_records_from_before_its_content() -> None:
    chain = drafted()
    first = land_record(chain, PATH, by="eve")
    chain.commit({PATH: procedure("Second.")}, by="ann")
    land_record(chain, PATH, by="eve", issue=2)
    assert reasons(chain) == [FaultReason.WRONG_PREVIOUS]
    land_record(chain, PATH, by="eve", issue=2, n=2, previous=[chain.sha(first)])
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.number == 2


def test_the_same_bytes_never_count_twice() -> None:
    chain = drafted()
    path = land_record(chain, PATH, by="eve")
    text = chain.shelf.blobs[chain.tree[f"ems/{path}"][1]]
    chain.commit({path.replace("-1.yml", "-2.yml"): text}, by="eve")
    assert reasons(chain) == [FaultReason.REPLAYED]
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert len(issue.approvals) == 1


def test_the_same_confirmation_does_not_put_off_the_next_review_twice() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    path = land_record(chain, PATH, by="otto", meaning="confirmation", on="2026-05-01")
    text = chain.shelf.blobs[chain.tree[f"ems/{path}"][1]]
    chain.commit({path.replace("-1.yml", "-2.yml"): text}, by="otto", on="2026-09-01")
    document = chain.document("PRO-001")
    assert reasons(chain) == [FaultReason.REPLAYED]
    assert document.last_confirmed == date(2026, 5, 1)


def test_a_copy_that_somebody_lands_first_does_not_use_a_record_up() -> None:
    chain = drafted()
    made = record(chain, PATH, by="eve")
    ((path, text),) = made.items()
    chain.commit({path.replace("PRO-001", "POL-001"): text}, by="ann")
    chain.commit(made, by="eve")
    assert chain.document("PRO-001").in_force is not None


def test_a_record_that_did_not_count_when_it_was_declared_counts_when_its_approver_lands_it() -> None:
    chain = drafted()
    ((path, text),) = record(chain, PATH, by="eve").items()
    chain.commit({path: text}, by="ann")
    assert chain.document("PRO-001").in_force is None
    chain.commit({path.replace("-1.yml", "-2.yml"): text}, by="eve")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert [(act.level, act.evidence[-6:]) for act in issue.approvals] == [(Level.RECORDED, "-2.yml")]


def test_a_revert_to_approved_text_needs_new_evidence_and_says_so() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}), by="eve")
    chain.commit({PATH: procedure("Worse.")}, by="ann")
    chain.commit({PATH: procedure()}, by="ann")
    document = chain.document("PRO-001")
    assert document.pending is not None
    assert "its text is that of issue 1: approve it as a re-issue" in document.pending.missing
    assert document.in_force is not None
    assert document.in_force.number == 1


def test_a_deleted_record_is_told_and_un_approves_nothing() -> None:
    chain = drafted()
    path = land_record(chain, PATH, by="eve")
    chain.commit({path: None}, by="ann")
    assert reasons(chain) == [FaultReason.RECORD_DELETED]
    assert chain.document("PRO-001").in_force is not None


def test_a_changed_record_is_told_and_changes_nothing() -> None:
    chain = drafted()
    wrong = land_record(chain, PATH, by="eve", issue=2)
    right = record(chain, PATH, by="eve", issue=1)
    chain.commit({wrong: next(iter(right.values()))}, by="eve")
    assert reasons(chain) == [FaultReason.WRONG_ISSUE, FaultReason.RECORD_CHANGED]
    assert chain.document("PRO-001").in_force is None


def test_a_further_record_of_the_same_approver_takes_the_place_of_the_first() -> None:
    two = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    chain = company(ems=settings(matrix=two))
    chain.commit({PATH: procedure()}, by="ann")
    land_record(chain, PATH, by="eve", effective_from="2026-12-01")
    land_record(chain, PATH, by="eve", n=2, effective_from="2026-03-01")
    land_record(chain, PATH, by="otto", on="2026-02-01")
    issue = chain.document("PRO-001", as_of="2026-03-01").in_force
    assert issue is not None
    assert issue.effective_from.isoformat() == "2026-03-01"
    assert [act.evidence[-6:] for act in issue.approvals] == ["-2.yml", "-1.yml"]


def test_a_record_for_an_unknown_document_is_told() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", document="PRO-999")
    control = chain.control()
    assert [fault.reason for fault in control.faults] == [FaultReason.NOTHING_TO_BIND]
    assert control.findings == ()


def test_a_record_that_breaks_its_form_is_a_finding_with_its_route() -> None:
    chain = drafted()
    path = land_record(chain, PATH, by="eve", issue=1, date="yesterday")
    (finding,) = chain.control().findings
    assert finding.code == "SCH001"
    assert finding.at == _anchor(path, "date")
    assert "date is no moment with its zone, such as 2026-11-21T10:00:00Z" in finding.message
    assert reasons(chain) == [FaultReason.INVALID_RECORD]


def test_a_record_whose_name_says_something_else_is_a_finding() -> None:
    chain = drafted()
    made = record(chain, PATH, by="eve")
    path = "records/approvals/PRO-001/2-approval-eve@example.org-1.yml"
    chain.commit({path: next(iter(made.values()))}, by="eve")
    (finding,) = chain.control().findings
    assert finding.at == _anchor(path, "issue")
    assert finding.message.endswith("issue is 1 here, and 2 in the file's name")


def test_a_file_that_is_no_record_at_all_is_a_finding() -> None:
    chain = drafted()
    names = ("PRO-001/1-approval-eve@example.org-1.yaml", "PRO-001/approved.yml", "stray.yml")
    chain.commit({f"records/approvals/{name}": f"ok: {name}\n" for name in names}, by="eve")
    found = chain.control().findings
    assert [finding.at for finding in found] == [_anchor(f"records/approvals/{name}") for name in names]


def test_what_cannot_be_parsed_is_left_to_the_reader_of_files() -> None:
    chain = drafted()
    chain.commit({"records/approvals/PRO-001/1-approval-eve@example.org-1.yml": "a: [\n"}, by="eve")
    assert chain.control().findings == ()
    assert reasons(chain) == [FaultReason.INVALID_RECORD]


def test_an_invalid_record_that_is_gone_at_the_head_is_no_finding() -> None:
    chain = drafted()
    path = land_record(chain, PATH, by="eve", date="yesterday")
    chain.commit({path: None})
    assert chain.control().findings == ()


def test_a_record_dated_before_its_content_counts_and_is_told() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", date="2020-01-01T00:00:00Z")
    assert reasons(chain) == [FaultReason.BEFORE_CONTENT]
    assert chain.document("PRO-001").in_force is not None


def test_a_review_is_shown_and_counts_for_nothing_else() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", meaning="review")
    document = chain.document("PRO-001")
    assert [act.person.id for act in document.reviews] == ["PER-EVE"]
    assert document.in_force is None


def test_only_proposed_evidence_approves_nothing() -> None:
    chain = company()
    made = procedure()
    chain.commit({PATH: made}, by="ann", proposed=True)
    document = chain.document("PRO-001")
    assert document.pending is not None
    assert document.pending.missing.startswith(
        "is proposed and has not landed on the main branch; then it waits"
    )


def _anchor(path: str, *route: str) -> Anchor:
    return Anchor(f"ems/{path}", route)
