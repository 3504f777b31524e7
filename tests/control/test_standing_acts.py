"""What once counted stays; what comes later only adds. Which record takes the place of which."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest

from mkdocs_ems.control import DocumentState, FaultReason, Level, Segregation
from support.chain import Chain, Work
from support.company import MATRIX, PEOPLE, company, land_record, procedure, record, settings

PATH = "procedures/waste.md"
TWO = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
WEAK = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], accepts: [declared, recorded]}\n"


def drafted(matrix: str = MATRIX) -> Chain:
    chain = company(ems=settings(matrix=matrix))
    chain.commit({PATH: procedure()}, by="ann", on="2026-02-01")
    return chain


def reasons(chain: Chain, identity: str = "PRO-001") -> list[FaultReason]:
    return [fault.reason for fault in chain.document(identity).faults]


def approvers(chain: Chain) -> list[str | None]:
    return [act.person.id for act in chain.document("PRO-001").issues[-1].approvals]


# --- a later act only adds --------------------------------------------------------------


def test_an_approval_under_new_rules_takes_none_of_the_old_approvals_away() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    only_otto = MATRIX.replace("[ROL-EHS, ROL-OPS]", "[ROL-OPS]")
    chain.merge(Work({"ems.yml": settings(matrix=only_otto)}, by="ann"), by="mary")
    land_record(chain, PATH, by="otto")
    assert approvers(chain) == ["PER-EVE", "PER-OTTO"]


def test_an_approval_by_the_old_right_after_the_rules_have_changed_adds_nothing() -> None:
    chain = drafted()
    land_record(chain, PATH, by="otto")
    only_otto = MATRIX.replace("[ROL-EHS, ROL-OPS]", "[ROL-OPS]")
    chain.merge(Work({"ems.yml": settings(matrix=only_otto)}, by="ann"), by="mary")
    land_record(chain, PATH, by="eve")
    assert approvers(chain) == ["PER-OTTO"]
    assert reasons(chain) == [FaultReason.NOT_ENTITLED]


def test_a_stronger_act_raises_the_level_and_a_weaker_one_lowers_nothing() -> None:
    chain = drafted(MATRIX + WEAK)
    land_record(chain, PATH, by="eve")
    chain.commit(record(chain, PATH, by="otto"), by="ann")
    issue = chain.document("PRO-001").issues[-1]
    assert (issue.level, approvers(chain)) == (Level.RECORDED, ["PER-EVE", "PER-OTTO"])
    chain = drafted(MATRIX + WEAK)
    chain.commit(record(chain, PATH, by="otto"), by="ann")
    assert chain.document("PRO-001").issues[-1].level is Level.DECLARED
    land_record(chain, PATH, by="eve")
    issue = chain.document("PRO-001").issues[-1]
    assert (issue.level, approvers(chain)) == (Level.RECORDED, ["PER-OTTO", "PER-EVE"])


@pytest.mark.parametrize(("persons", "shown"), [(1, Segregation.ASSERTED), (2, Segregation.SELF)])
def test_duties_are_segregated_when_enough_others_than_the_authors_have_approved(
    persons: int, shown: Segregation
) -> None:
    row = f"    - {{types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: {persons}}}\n"
    chain = company(ems=settings(approval="  segregation: warn\n", matrix=MATRIX + row))
    chain.merge(Work({PATH: procedure()}, by="eve"), by="eve", on="2026-02-01")
    if persons == 2:
        land_record(chain, PATH, by="otto")
    issue = chain.document("PRO-001").issues[-1]
    assert issue.segregation is Segregation.SELF
    land_record(chain, PATH, by="lea")
    issue = chain.document("PRO-001").issues[-1]
    assert len(issue.approvals) == persons + 1
    assert issue.segregation is shown


def test_what_was_adopted_is_approved_by_two_when_two_have_approved_it() -> None:
    chain = company(ems=settings(matrix=MATRIX + TWO), **{PATH: procedure()})
    land_record(chain, PATH, by="eve")
    issue = chain.document("PRO-001").issues[-1]
    assert (issue.level, issue.approvals, issue.segregation) == (Level.ADOPTED, (), None)
    land_record(chain, PATH, by="otto")
    issue = chain.document("PRO-001").issues[-1]
    assert (issue.number, issue.level, approvers(chain)) == (1, Level.RECORDED, ["PER-EVE", "PER-OTTO"])


def test_an_issue_names_the_event_that_completed_it_and_an_adopted_one_names_none() -> None:
    chain = company(ems=settings(matrix=MATRIX + TWO), **{"old.md": procedure(identity="PRO-009")})
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    land_record(chain, PATH, by="otto", on="2026-02-09")
    issue = chain.document("PRO-001").issues[-1]
    assert issue.completed is not None
    assert (issue.event.index, issue.completed.index) == (1, 2)
    land_record(chain, PATH, by="eve", n=2)
    assert chain.document("PRO-001").issues[-1].completed == issue.completed
    assert chain.document("PRO-009").issues[-1].completed is None


# --- which record takes the place of which ----------------------------------------------


def test_a_further_record_needs_a_higher_number_to_take_the_place_of_another() -> None:
    chain = drafted(MATRIX + TWO)
    land_record(chain, PATH, by="eve", n=2, effective_from="2026-03-01")
    land_record(chain, PATH, by="eve", n=1, effective_from="2026-12-01")
    land_record(chain, PATH, by="otto", on="2026-02-10")
    document = chain.document("PRO-001", as_of="2026-03-01")
    assert document.in_force is not None
    assert [act.evidence[-6:] for act in document.in_force.approvals] == ["-2.yml", "-1.yml"]
    (fault,) = document.faults
    assert fault.reason is FaultReason.REPLAYED
    assert "-2.yml of the same approver stands; a further record needs a higher number" in fault.words


def test_numbers_are_compared_as_numbers() -> None:
    chain = drafted(MATRIX + TWO)
    land_record(chain, PATH, by="eve", n=9, effective_from="2026-12-01")
    land_record(chain, PATH, by="eve", n=10, effective_from="2026-03-01")
    land_record(chain, PATH, by="otto", on="2026-02-10")
    assert chain.document("PRO-001", as_of="2026-03-01").in_force is not None


def test_what_somebody_writes_in_an_approvers_name_does_not_close_the_door_to_his_own_act() -> None:
    chain = drafted()
    chain.commit(record(chain, PATH, by="eve", n=9999, effective_from="2030-01-01"), by="ben")
    land_record(chain, PATH, by="eve", on="2026-02-10")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.effective_from == date(2026, 2, 10)


def test_a_declared_act_delays_no_act_of_the_approvers_own() -> None:
    weak = (
        "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2, accepts: [declared, recorded]}\n"
    )
    chain = drafted(MATRIX + weak)
    chain.commit(record(chain, PATH, by="eve", n=8, effective_from="2030-01-01"), by="ben")
    land_record(chain, PATH, by="eve")
    chain.commit(record(chain, PATH, by="eve", n=9, effective_from="2031-01-01"), by="ben")
    land_record(chain, PATH, by="otto", on="2026-02-10")
    issue = chain.document("PRO-001").issues[-1]
    assert issue.effective_from == date(2026, 2, 10)
    assert [act.level for act in issue.approvals] == [Level.RECORDED, Level.RECORDED]


def test_a_record_that_does_not_hold_takes_nobodys_place() -> None:
    chain = drafted(MATRIX + TWO)
    land_record(chain, PATH, by="eve")
    land_record(chain, PATH, by="eve", n=2, issue=7)
    land_record(chain, PATH, by="otto")
    assert approvers(chain) == ["PER-EVE", "PER-OTTO"]


def test_after_the_approval_a_further_record_takes_nothing_back() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", on="2026-02-10")
    land_record(chain, PATH, by="eve", on="2026-02-12", n=2, effective_from="2030-01-01")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.effective_from == date(2026, 2, 10)


def test_of_two_confirmations_by_one_person_the_further_one_counts() -> None:
    chain = drafted(MATRIX + TWO)
    chain.merge(Work({PATH: procedure("Two.")}, by="ann"), by="eve")
    land_record(chain, PATH, by="otto")
    for at, by in ((1, "eve"), (2, "eve"), (1, "otto")):
        land_record(chain, PATH, by=by, n=at, meaning="confirmation", reason=f"{by} {at}")
    acts = chain.document("PRO-001").confirmations
    assert [act.reason for act in acts] == ["eve 2", "otto 1"]


# --- the records that a record names ----------------------------------------------------


def test_a_record_names_also_those_that_landed_before_the_document_did() -> None:
    chain = company()
    stray = "records/approvals/PRO-001/1-approval-eve@example.org-1.yml"
    chain.commit({stray: "early: true\n"}, by="ben")
    chain.commit({PATH: procedure()}, by="ann")
    land_record(chain, PATH, by="eve", n=2)
    assert reasons(chain) == [FaultReason.WRONG_PREVIOUS]
    assert chain.document("PRO-001").previous == (chain.sha(stray),)
    land_record(chain, PATH, by="eve", n=3, previous=[chain.sha(stray)])
    assert chain.document("PRO-001").in_force is not None


def test_a_record_names_no_file_that_is_none_by_its_name() -> None:
    chain = company()
    folder = "records/approvals/PRO-001"
    chain.commit({f"{folder}/note.yaml": "a: 1\n", f"{folder}/scan.pdf": "scan"}, by="ben")
    chain.commit({PATH: procedure()}, by="ann")
    land_record(chain, PATH, by="eve")
    assert chain.document("PRO-001").in_force is not None


def test_a_record_names_deleted_ones_too_and_each_once() -> None:
    chain = company()
    stray = "records/approvals/PRO-001/stray.yml"
    chain.commit({stray: "a: 1\n"}, by="ben")
    chain.commit({stray: None}, by="ben")
    chain.commit({stray: "a: 1\n"}, by="ben")
    chain.commit({PATH: procedure()}, by="ann")
    land_record(chain, PATH, by="eve", previous=[chain.sha(stray)])
    assert chain.document("PRO-001").in_force is not None


def test_each_issue_tells_what_a_record_about_it_must_name() -> None:
    chain = drafted()
    first = land_record(chain, PATH, by="eve")
    chain.commit({PATH: procedure("Draft.")}, by="ann")
    document = chain.document("PRO-001")
    assert document.previous == (chain.sha(first),)
    assert document.issues[0].previous == ()


# --- authors that records name ----------------------------------------------------------


@pytest.mark.parametrize("named", ["otto@example.org", "Otto Pike <OTTO@example.org>", "PER-OTTO"])
def test_an_author_whom_a_record_names_is_an_author_however_he_is_written(named: str) -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", meaning="review", authors=[named])
    land_record(chain, PATH, by="otto")
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES]
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert [one.name for one in pending.authors] == ["Ann Archer", "Otto Pike"]


def test_an_author_whom_a_record_names_stays_one_until_the_next_full_approval() -> None:
    chain = drafted()
    review = land_record(chain, PATH, by="eve", meaning="review", authors=["otto@example.org"])
    chain.commit({PATH: procedure("Two.")}, by="ann")
    said = {"previous": [chain.sha(review)]}
    second = land_record(chain, PATH, by="otto", **said)
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES]
    third = land_record(chain, PATH, by="eve", **said)
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert [one.id for one in issue.authors] == ["PER-ANN", "PER-OTTO"]
    chain.commit({PATH: procedure("Three.")}, by="ann")
    names = sorted(map(chain.sha, (review, second, third)))
    land_record(chain, PATH, by="otto", issue=2, previous=names, n=2)
    assert approvers(chain) == ["PER-OTTO"]


def test_an_author_with_two_addresses_is_named_once() -> None:
    chain = company()
    chain.commit({PATH: procedure("One.")}, by="ann")
    chain.commit({PATH: procedure("Two.")}, by="A. Archer <ann.archer@home.example>")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert [one.id for one in pending.authors] == ["PER-ANN"]


def test_an_address_that_is_found_to_be_the_approvers_later_bars_him_from_adding_his_approval() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="Somebody <private@home.example>")
    land_record(chain, PATH, by="otto")
    people = PEOPLE.replace("[eve@example.org]", "[eve@example.org, private@home.example]")
    chain.merge(Work({"registers/people.yml": people}, by="ann"), by="mary")
    land_record(chain, PATH, by="eve")
    land_record(chain, PATH, by="eve", meaning="confirmation")
    document = chain.document("PRO-001")
    assert approvers(chain) == ["PER-OTTO"]
    assert document.last_confirmed is None
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES] * 2


# --- deletion, return, withdrawal -------------------------------------------------------


def test_what_comes_back_after_a_draft_and_a_deletion_is_a_revert_and_needs_new_evidence() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    chain.commit({PATH: procedure("Draft.")}, by="ann")
    chain.commit({PATH: None}, by="ann")
    chain.commit({PATH: procedure()}, by="ann")
    document = chain.document("PRO-001")
    assert document.pending is not None
    assert "its text is that of issue 1: approve it as a re-issue" in document.pending.missing
    assert document.in_force is not None
    assert document.in_force.number == 1


def test_what_comes_back_a_second_time_with_nothing_between_is_the_same_issue_still() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    for _ in range(2):
        chain.commit({PATH: None}, by="ann")
        chain.commit({PATH: procedure()}, by="ben")
    document = chain.document("PRO-001")
    assert (document.pending, len(document.issues)) == (None, 1)


def test_a_withdrawal_may_land_in_the_same_event_as_the_deletion() -> None:
    chain = drafted(MATRIX + WEAK)
    land_record(chain, PATH, by="eve")
    made = record(chain, PATH, by="otto", meaning="withdrawal")
    chain.commit({PATH: None, **made}, by="ann", on="2026-03-01")
    document = chain.document("PRO-001")
    assert (document.state, document.withdrawn_from) == (DocumentState.WITHDRAWN, date(2026, 3, 1))
    assert document.pending is None


def test_who_deletes_it_and_lands_his_own_withdrawal_with_it_is_one_of_its_authors() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    made = record(chain, PATH, by="otto", meaning="withdrawal")
    chain.commit({PATH: None, **made}, by="otto", on="2026-03-01")
    assert chain.document("PRO-001").state is DocumentState.WITHDRAWAL_PENDING
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES]


def test_a_withdrawal_binds_the_content_in_force_and_not_the_draft() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    chain.commit({PATH: procedure("Draft.")}, by="ann", on="2026-03-01")
    land_record(chain, PATH, by="eve", meaning="withdrawal")
    assert reasons(chain) == [FaultReason.WRONG_CONTENT]
    old = {"main": sha256(procedure().encode()).hexdigest(), "parts": {}}
    land_record(chain, PATH, by="eve", meaning="withdrawal", n=2, manifest=old)
    assert chain.document("PRO-001").state is DocumentState.WITHDRAWN


def test_a_second_withdrawal_may_bring_the_day_forward_and_never_back() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", on="2026-02-10")
    for at, (by, day) in enumerate(
        (("eve", "2026-06-01"), ("otto", "2026-04-01"), ("otto", "2026-12-01")), 1
    ):
        land_record(chain, PATH, by=by, n=at, meaning="withdrawal", effective_from=day)
    assert chain.document("PRO-001").withdrawn_from == date(2026, 4, 1)


# --- what stays in its place after its withdrawal ---------------------------------------


def withdrawn_after(chain: Chain, *, on: str = "2026-06-01", **said: object) -> Chain:
    """Issue 1, written by Eve and Ann and approved by Otto; withdrawn by Lea or Otto on a day."""
    land_record(chain, PATH, by="otto", on="2026-02-10")
    land_record(chain, PATH, by="otto", on=on, meaning="withdrawal", **said)
    return chain


def by_eve_and_ann() -> Chain:
    chain = company()
    chain.commit({PATH: procedure("One.")}, by="eve", on="2026-02-01")
    chain.commit({PATH: procedure()}, by="ann", on="2026-02-02")
    return chain


def test_a_withdrawal_makes_nobody_a_stranger_to_what_he_wrote() -> None:
    chain = withdrawn_after(by_eve_and_ann())
    land_record(chain, PATH, by="eve", issue=2, on="2026-06-03")
    document = chain.document("PRO-001")
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES]
    assert document.pending is not None
    assert [one.id for one in document.pending.authors] == ["PER-EVE", "PER-ANN"]
    assert [one.id for one in document.pending.waits_for[0].candidates] == ["PER-OTTO"]
    land_record(chain, PATH, by="otto", issue=2, n=3, on="2026-06-04")
    issue = chain.document("PRO-001").issues[-1]
    assert (issue.number, [one.id for one in issue.authors]) == (2, ["PER-EVE", "PER-ANN"])


def test_a_comma_after_the_withdrawal_makes_nobody_a_stranger_either() -> None:
    chain = withdrawn_after(by_eve_and_ann())
    first = "records/approvals/PRO-001/1-approval-otto@example.org-1.yml"
    second = "records/approvals/PRO-001/1-withdrawal-otto@example.org-1.yml"
    chain.commit({PATH: procedure("Now, with a comma.")}, by="ben", on="2026-06-03")
    names = sorted(map(chain.sha, (first, second)))
    land_record(chain, PATH, by="eve", issue=2, previous=names, on="2026-06-04")
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES]
    assert chain.document("PRO-001").state is DocumentState.WITHDRAWN


def test_a_withdrawal_from_a_later_day_on_is_no_way_round_its_authors() -> None:
    chain = withdrawn_after(by_eve_and_ann(), effective_from="2026-12-01")
    land_record(chain, PATH, by="eve", issue=2, on="2026-06-03")
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES]


def test_who_wrote_a_withdrawn_issue_may_bring_its_last_day_forward() -> None:
    chain = withdrawn_after(by_eve_and_ann(), effective_from="2026-12-01")
    land_record(chain, PATH, by="eve", meaning="withdrawal", on="2026-06-03", effective_from="2026-08-01")
    assert chain.document("PRO-001").withdrawn_from == date(2026, 8, 1)


def test_after_a_re_issue_its_authors_are_counted_anew() -> None:
    chain = withdrawn_after(by_eve_and_ann())
    land_record(chain, PATH, by="otto", issue=2, on="2026-06-03")
    chain.commit({PATH: procedure("Three.")}, by="ann", on="2026-07-01")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert [one.id for one in pending.authors] == ["PER-ANN"]


def test_what_lost_its_approval_waits_since_that_day() -> None:
    chain = withdrawn_after(by_eve_and_ann())
    pending = chain.document("PRO-001", as_of="2026-07-01").pending
    assert pending is not None
    assert pending.waits_since == date(2026, 6, 1)
    chain = withdrawn_after(by_eve_and_ann(), effective_from="2026-12-01")
    assert chain.document("PRO-001", as_of="2026-11-30").pending is None
    pending = chain.document("PRO-001", as_of="2026-12-01").pending
    assert pending is not None
    assert pending.waits_since == date(2026, 12, 1)
    chain.commit({PATH: procedure("Later.")}, by="ann", on="2026-12-09")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert pending.waits_since == date(2026, 12, 9)


def test_of_an_adopted_text_that_was_withdrawn_nobody_is_named_as_its_author() -> None:
    chain = company(**{PATH: procedure()})
    land_record(chain, PATH, by="otto", on="2026-06-01", meaning="withdrawal")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert pending.authors == ()
    assert "; landed on 2026-01-05; issue 1 is withdrawn from 2026-06-01 on; its text" in pending.missing


# --- confirmations and dates ------------------------------------------------------------


def test_a_confirmation_ten_days_after_the_draft_binds_the_issue_in_force() -> None:
    chain = drafted()
    first = land_record(chain, PATH, by="eve", on="2026-02-10")
    old = {"main": chain.sha(PATH), "parts": {}}
    chain.commit({PATH: procedure("Draft.")}, by="eve", on="2026-03-01")
    land_record(chain, PATH, by="eve", on="2026-03-11", meaning="confirmation", manifest=old)
    document = chain.document("PRO-001")
    assert document.last_confirmed == date(2026, 3, 11)
    assert document.in_force is not None
    assert document.in_force.previous == ()
    assert document.previous == (chain.sha(first),)
    assert document.pending is not None


def test_on_a_day_before_a_confirmation_the_next_review_is_that_of_before() -> None:
    chain = company(**{PATH: procedure(head="review_every: 12 months\n")})
    land_record(chain, PATH, by="eve", on="2026-06-01", meaning="confirmation")
    land_record(chain, PATH, by="otto", on="2026-09-01", meaning="confirmation")
    days = ("2026-05-31", "2026-06-01", "2026-09-01")
    found = [chain.document("PRO-001", as_of=day) for day in days]
    assert [one.last_confirmed for one in found] == [None, date(2026, 6, 1), date(2026, 9, 1)]
    assert [one.review_due for one in found] == [date(2027, 1, 5), date(2027, 6, 1), date(2027, 9, 1)]


def test_half_a_confirmation_waits_for_the_second_person_through_a_draft() -> None:
    chain = drafted(MATRIX + TWO)
    land_record(chain, PATH, by="eve", on="2026-02-10")
    land_record(chain, PATH, by="otto", on="2026-02-10")
    old = {"main": chain.sha(PATH), "parts": {}}
    land_record(chain, PATH, by="eve", on="2026-03-01", meaning="confirmation")
    chain.commit({PATH: procedure("Draft.")}, by="ann", on="2026-03-02")
    assert chain.document("PRO-001").last_confirmed is None
    land_record(chain, PATH, by="otto", on="2026-03-12", meaning="confirmation", manifest=old)
    assert chain.document("PRO-001").last_confirmed == date(2026, 3, 12)


def test_of_several_effective_dates_the_latest_counts() -> None:
    chain = drafted(MATRIX + TWO)
    land_record(chain, PATH, by="eve", on="2026-02-10", effective_from="2026-05-01")
    land_record(chain, PATH, by="otto", on="2026-02-11", effective_from="2026-04-01")
    assert chain.document("PRO-001").issues[-1].effective_from == date(2026, 5, 1)


def test_an_effective_date_of_an_act_that_does_not_count_delays_nothing() -> None:
    chain = drafted()
    land_record(chain, PATH, by="ben", on="2026-02-10", effective_from="2026-05-01")
    land_record(chain, PATH, by="eve", on="2026-02-11")
    assert chain.document("PRO-001").issues[-1].effective_from == date(2026, 2, 11)
