"""What a change waits for, and who of the people there are could give it."""

from __future__ import annotations

from mkdocs_ems.control import Pending
from support.chain import Chain, Work
from support.company import MATRIX, PEOPLE, POLICY, company, land_record, procedure, record, settings

PATH = "procedures/waste.md"
TWO = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"


def pending(chain: Chain, identity: str = "PRO-001", as_of: str | None = None) -> Pending:
    found = chain.document(identity, as_of).pending
    assert found is not None
    return found


def people(found: Pending) -> list[list[str | None]]:
    return [[person.id for person in one.candidates] for one in found.waits_for]


def test_a_draft_waits_for_everybody_who_holds_a_role_and_did_not_write_it() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="eve", on="2026-02-02")
    (waiting,) = pending(chain).waits_for
    assert (waiting.roles, waiting.persons) == (("ROL-EHS", "ROL-OPS"), 1)
    assert [person.name for person in waiting.candidates] == ["Lea Grant", "Otto Pike"]


def test_who_has_left_is_waited_for_no_more() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="eve", on="2026-02-02")
    assert people(pending(chain, as_of="2026-03-01")) == [["PER-OTTO"]]


def test_a_deputy_is_waited_for_within_his_dates() -> None:
    chain = company()
    chain.commit({"policy.md": POLICY + "More.\n"}, by="ann", on="2026-02-02")
    assert people(pending(chain, "POL-001")) == [["PER-MARY"]]
    assert people(pending(chain, "POL-001", as_of="2026-03-01")) == [["PER-DAN", "PER-MARY"]]


def test_who_has_approved_already_is_waited_for_no_more() -> None:
    chain = company(ems=settings(matrix=MATRIX + TWO))
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve", on="2026-03-02")
    (waiting,) = pending(chain).waits_for
    assert waiting.persons == 1
    assert [person.id for person in waiting.candidates] == ["PER-OTTO"]


def test_where_too_few_are_left_it_says_so() -> None:
    chain = company(ems=settings(matrix=MATRIX + TWO))
    chain.commit({PATH: procedure()}, by="eve", on="2026-03-02")
    found = pending(chain)
    assert found.missing.startswith(
        "waits for approval by two holders of ROL-EHS or ROL-OPS, and only Otto Pike can still give it; "
    )


def test_where_everybody_who_might_wrote_it_it_says_so() -> None:
    only = "    - {types: [procedure], roles: [ROL-OPS]}\n"
    chain = company(ems=settings(matrix=MATRIX + only))
    chain.commit({PATH: procedure()}, by="otto", on="2026-03-02")
    found = pending(chain)
    assert people(found) == [[]]
    assert "ROL-OPS, and nobody is left for it: Otto Pike wrote it or approved it already; " in found.missing


def test_where_nobody_holds_the_role_it_says_so() -> None:
    only = "    - {types: [procedure], roles: [ROL-OPS]}\n"
    nobody = PEOPLE.replace(", roles: [{role: ROL-OPS}]", "")
    chain = company(ems=settings(matrix=MATRIX + only), **{"registers/people.yml": nobody})
    chain.commit({PATH: procedure()}, by="ann", on="2026-03-02")
    assert "and nobody holds one of these roles or stands in for its holder; " in pending(chain).missing


def test_where_nobody_is_left_who_may_change_the_rules_only_a_new_trust_root_helps() -> None:
    nobody = PEOPLE.replace("\n    roles: [{role: ROL-MD}]", "")
    chain = company(**{"registers/people.yml": nobody})
    chain.commit({"ems.yml": settings(zone="UTC")}, by="ann", on="2026-05-02")
    assert "stands in for its holder: only a new trust root helps; " in pending(chain, "EMS-RULES").missing


def test_a_very_small_company_waits_for_its_author_too() -> None:
    chain = company(ems=settings(approval="  segregation: warn\n"))
    chain.commit({PATH: procedure()}, by="eve", on="2026-03-02")
    assert people(pending(chain)) == [["PER-EVE", "PER-OTTO"]]


def test_what_nobody_may_approve_waits_for_nobody() -> None:
    chain = company(ems=settings(matrix="    - {types: [rules], roles: [ROL-MD]}\n"))
    chain.commit({PATH: procedure()}, by="ann")
    found = pending(chain)
    assert found.waits_for == ()
    assert found.missing.startswith("cannot be approved: no row of the approved matrix")


def test_a_changed_type_waits_for_those_of_both_types() -> None:
    chain = company(**{PATH: procedure()})
    text = procedure().replace("type: procedure", "type: policy")
    chain.commit({PATH: text}, by="ann", on="2026-03-02")
    assert people(pending(chain)) == [["PER-DAN", "PER-MARY"], ["PER-EVE", "PER-OTTO"]]


def test_a_deletion_waits_for_those_who_may_withdraw_and_did_not_delete_it() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: None}, by="eve", on="2026-03-02")
    assert people(pending(chain)) == [["PER-OTTO"]]


def test_half_a_withdrawal_waits_for_the_second_person() -> None:
    chain = company(ems=settings(matrix=MATRIX + TWO), **{PATH: procedure()})
    made = record(chain, PATH, by="eve", meaning="withdrawal")
    chain.commit({PATH: None}, by="ann", on="2026-03-02")
    chain.commit(made, by="eve")
    found = pending(chain)
    assert people(found) == [["PER-OTTO"]]
    assert "until a withdrawal has one more approval, by a holder of ROL-EHS or ROL-OPS" in found.missing


def test_what_is_only_proposed_names_whom_it_will_wait_for() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann", on="2026-03-02", proposed=True)
    assert people(pending(chain)) == [["PER-EVE", "PER-OTTO"]]


def test_authors_whom_a_record_names_are_not_waited_for() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="ann", on="2026-03-02")
    land_record(chain, PATH, by="eve", meaning="review", authors=["otto@example.org"])
    found = pending(chain)
    assert people(found) == [["PER-EVE"]]
    assert "written by Ann Archer and Otto Pike" in found.missing
