"""Who wrote it, who approved it, and whether they are two persons."""

from __future__ import annotations

from mkdocs_ems.control import FaultReason, Level, Segregation
from support.chain import Chain, Work
from support.company import MATRIX, PEOPLE, company, land_record, procedure, record, settings

PATH = "procedures/waste.md"


def number(chain: Chain) -> int | None:
    issue = chain.document("PRO-001").in_force
    return issue.number if issue else None


def test_an_author_cannot_be_washed_away_by_a_second_change_of_another() -> None:
    chain = company()
    chain.commit({PATH: procedure("One.")}, by="eve")
    chain.merge(Work({PATH: procedure("Two.")}, by="ann"), by="eve")
    assert number(chain) is None
    land_record(chain, PATH, by="otto")
    assert number(chain) == 1


def test_authors_of_an_issue_before_count_no_more() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure("One.")}, by="eve"), by="otto")
    chain.merge(Work({PATH: procedure("Two.")}, by="otto"), by="eve")
    assert number(chain) == 2


def test_a_co_author_cannot_approve() -> None:
    chain = company()
    named = (("Co-authored-by", "Eve <eve@example.org>"),)
    chain.merge(Work({PATH: procedure()}, by="ann", trailers=named), by="eve")
    assert number(chain) is None


def test_an_alias_of_the_approver_cannot_be_the_author() -> None:
    people = PEOPLE.replace("[eve@example.org]", "[eve@example.org, private@home.example]")
    chain = company(**{"registers/people.yml": people})
    chain.merge(Work({PATH: procedure()}, by="Somebody <PRIVATE@home.example>"), by="eve")
    assert number(chain) is None


def test_addresses_are_compared_without_case() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="EVE H <Eve@EXAMPLE.org>")
    assert number(chain) == 1


def test_an_author_nobody_knows_is_asserted_to_be_another_and_told() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="Guest <guest@elsewhere.example>"), by="eve")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.segregation is Segregation.ASSERTED
    assert [fault.reason for fault in issue.faults] == [FaultReason.UNKNOWN_AUTHOR]


def test_further_authors_that_a_record_names_cannot_approve() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann")
    land_record(chain, PATH, by="eve", authors=["eve@example.org"])
    assert number(chain) is None


def test_a_very_small_company_may_be_warned_instead() -> None:
    chain = company(ems=settings(approval="  segregation: warn\n"))
    chain.merge(Work({PATH: procedure()}, by="eve"), by="eve")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.segregation is Segregation.SELF


def test_warning_does_not_hide_that_two_persons_were_at_work() -> None:
    chain = company(ems=settings(approval="  segregation: warn\n"))
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.segregation is Segregation.ASSERTED


def test_where_proof_is_asked_names_alone_approve_nothing() -> None:
    chain = company(ems=settings(approval="  segregation: proved\n"))
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert "ROL-OPS, with proof that somebody else wrote it; written by" in pending.missing


def test_what_waits_for_stronger_evidence_than_a_merge_says_which() -> None:
    matrix = "    - {types: [procedure], roles: [ROL-EHS], accepts: [signed]}\n"
    chain = company(ems=settings(matrix=matrix))
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert pending.missing.startswith(
        "waits for approval by a holder of ROL-EHS, by evidence of the level signed; "
    )


TWO = settings(matrix=MATRIX + "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n")


def test_two_persons_are_needed_where_the_last_matching_row_says_two() -> None:
    chain = company(ems=TWO)
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert pending.missing.startswith("waits for one more approval, by a holder of ROL-EHS or ROL-OPS")
    land_record(chain, PATH, by="otto", on="2026-02-09")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.level is Level.RECORDED
    assert [act.person.id for act in issue.approvals] == ["PER-EVE", "PER-OTTO"]
    assert issue.effective_from.isoformat() == "2026-02-09"


def test_one_person_is_not_two_whatever_he_does_twice() -> None:
    chain = company(ems=TWO)
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    land_record(chain, PATH, by="eve")
    assert number(chain) is None


def test_what_the_merger_made_up_himself_makes_him_an_author() -> None:
    chain = company(**{PATH: procedure()})
    chain.merge(Work({PATH: procedure("Theirs.")}, by="ann"), by="eve", own={PATH: procedure("Evil.")})
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert {author.id for author in pending.authors} == {"PER-ANN", "PER-EVE"}
    assert pending.faults[-1].reason is FaultReason.NOT_BROUGHT_IN


def test_a_merge_that_slips_in_an_untouched_file_does_not_approve_it() -> None:
    chain = company(**{PATH: procedure()})
    chain.merge(Work({"other.md": "Nothing.\n"}, by="ann"), by="eve", own={PATH: procedure("Evil.")})
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert {author.id for author in pending.authors} == {"PER-EVE"}


def test_an_octopus_approves_what_each_of_its_branches_brought() -> None:
    chain = company()
    other = procedure(identity="PRO-002")
    chain.merge(Work({PATH: procedure()}, by="ann"), Work({"procedures/two.md": other}, by="ben"), by="eve")
    documents = chain.control().documents
    assert documents["PRO-001"].in_force is not None
    assert documents["PRO-002"].in_force is not None


def test_a_merge_approves_nothing_that_had_landed_before_it() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Landed alone.")}, by="ann")
    chain.merge(Work({"policy.md": "---\nid: POL-001\ntype: policy\ntitle: P\n---\n"}, by="ann"), by="eve")
    assert chain.document("PRO-001").pending is not None


def test_an_address_that_two_persons_list_approves_nothing() -> None:
    people = PEOPLE.replace("[otto@example.org]", "[otto@example.org, eve@example.org]")
    chain = company(**{"registers/people.yml": people})
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    assert number(chain) is None


def test_an_author_without_an_address_is_an_author_all_the_same() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="Eve Hart <>"), by="eve")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert [author.name for author in issue.authors] == ["Eve Hart"]
    assert [fault.reason for fault in issue.faults] == [FaultReason.UNKNOWN_AUTHOR]


def test_what_a_forger_writes_down_does_not_take_the_place_of_the_approver_s_own_record() -> None:
    two = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    chain = company(ems=settings(matrix=two))
    chain.commit({PATH: procedure()}, by="ann")
    land_record(chain, PATH, by="eve")
    chain.commit(record(chain, PATH, by="eve", n=2, effective_from="2027-01-01"), by="ann")
    land_record(chain, PATH, by="otto")
    assert number(chain) == 1


def test_a_merge_does_not_approve_approved_pictures_that_had_changed_places() -> None:
    text = procedure("![Rest](rest.png) ![Run](run.png)")
    chain = company(**{PATH: text, "procedures/rest.png": "rest", "procedures/run.png": "run"})
    chain.commit({"procedures/rest.png": "run", "procedures/run.png": "rest"}, by="ann")
    chain.merge(Work({PATH: text + "More.\n"}, by="ann"), by="eve")
    assert number(chain) == 1


def test_the_other_half_of_a_double_approval_is_what_a_changed_type_still_waits_for() -> None:
    chain = company(**{PATH: procedure()})
    changed = procedure("Changed.").replace("type: procedure", "type: policy")
    chain.merge(Work({PATH: changed}, by="ann"), by="eve")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert pending.missing.startswith("waits for approval by a holder of ROL-MD; edited by Ann Archer")
    assert "does not count" not in pending.missing


def test_confirmations_of_two_issues_do_not_add_up() -> None:
    two = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    chain = company(ems=settings(matrix=two), **{PATH: procedure()})
    first = {"main": chain.sha(PATH), "parts": {}}
    chain.commit({PATH: procedure("New.")}, by="ann", on="2026-02-01")
    for who in ("eve", "otto"):
        land_record(chain, PATH, by=who, issue=2, on="2026-02-02", effective_from="2026-06-01")
    land_record(chain, PATH, by="eve", meaning="confirmation", on="2026-03-01", manifest=first)
    land_record(chain, PATH, by="otto", issue=2, meaning="confirmation", on="2026-07-01")
    assert chain.document("PRO-001", as_of="2026-08-01").last_confirmed is None
