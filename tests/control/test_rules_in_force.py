"""An event is judged by what was approved before it: rules, persons, roles, and on its day."""

from __future__ import annotations

import pytest

from mkdocs_ems.control import FaultReason, Level
from support.chain import Chain, Work
from support.company import MATRIX, PEOPLE, ROLES, company, land_record, procedure, settings

PATH = "procedures/waste.md"
OPEN = settings(matrix=MATRIX + "    - {types: [procedure], roles: [ROL-MD]}\n")
ANN_IS_EHS = PEOPLE.replace("home.example]}", "home.example], roles: [{role: ROL-EHS}]}")


def approved(chain: Chain, identity: str = "PRO-001") -> bool:
    document = chain.document(identity)
    return document.in_force is not None and document.pending is None


def test_the_rules_are_a_document_of_their_own() -> None:
    rules = company().document("EMS-RULES")
    assert (rules.type, rules.path, rules.control) == ("rules", "ems/ems.yml", "issue")
    assert rules.in_force is not None
    assert rules.in_force.level is Level.ADOPTED


def test_an_unapproved_change_of_the_rules_does_not_count() -> None:
    chain = company()
    chain.commit({"ems.yml": OPEN}, by="ann")
    chain.merge(Work({PATH: procedure()}, by="ann"), by="mary")
    assert not approved(chain)
    assert chain.document("EMS-RULES").pending is not None


def test_an_approved_change_of_the_rules_counts_from_the_next_event_on() -> None:
    chain = company()
    chain.merge((Work({"ems.yml": OPEN}), Work({PATH: procedure()})), by="mary")
    assert approved(chain, "EMS-RULES")
    assert not approved(chain)
    chain.merge(Work({PATH: procedure("Again.")}, by="ann"), by="mary")
    assert approved(chain)


def test_a_change_of_the_rules_is_judged_by_the_old_ones() -> None:
    chain = company()
    takes_over = settings(matrix="    - {types: [rules, procedure], roles: [ROL-EHS]}\n")
    chain.merge(Work({"ems.yml": takes_over}, by="ann"), by="eve")
    assert not approved(chain, "EMS-RULES")


def test_an_allowed_signers_file_is_part_of_the_rules() -> None:
    chain = company()
    chain.commit({"allowed_signers": "mary@example.org ssh-ed25519 AAAA\n"}, by="ann")
    rules = chain.document("EMS-RULES")
    assert rules.pending is not None
    assert rules.pending.content is not None
    assert [part.target for part in rules.pending.content.parts] == ["allowed_signers"]


def test_a_role_that_nobody_approved_gives_no_right() -> None:
    chain = company()
    chain.commit({"registers/people.yml": ANN_IS_EHS}, by="ann")
    chain.merge(Work({PATH: procedure()}, by="ben"), by="ann")
    assert not approved(chain)


def test_a_role_gives_its_right_once_the_register_of_persons_is_approved() -> None:
    chain = company()
    chain.merge(Work({"registers/people.yml": ANN_IS_EHS}, by="ben"), by="mary")
    chain.merge(Work({PATH: procedure()}, by="ben"), by="ann")
    assert approved(chain)


@pytest.mark.parametrize(
    ("day", "counts"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)],
)
def test_a_deputy_counts_within_his_dates(day: str, *, counts: bool) -> None:
    chain = company()
    chain.merge(Work({"policy.md": "---\nid: POL-001\ntype: policy\ntitle: P\n---\n"}), by="dan", on=day)
    document = chain.document("POL-001")
    assert (document.pending is None) is counts
    if counts:
        assert document.in_force is not None
        assert "as deputy for ROL-MD" in document.in_force.approvals[0].sentence


def test_an_approval_stays_valid_when_its_approver_leaves_later() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="lea", on="2026-02-28")
    chain.commit({"other.md": "Later.\n"}, on="2026-06-01")
    assert approved(chain)


def test_nobody_approves_after_his_last_day() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="lea", on="2026-03-01")
    assert not approved(chain)


def test_a_withdrawn_role_gives_no_right() -> None:
    roles = ROLES.replace("{id: ROL-EHS,", "{id: ROL-EHS, status: withdrawn,")
    chain = company(**{"registers/roles.yml": roles})
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    assert not approved(chain)


def test_a_type_that_no_row_covers_can_only_be_adopted_and_is_told() -> None:
    text = "---\nid: WIN-001\ntype: work-instruction\ntitle: Spill kit\n---\n"
    chain = company(**{"spill.md": text})
    assert approved(chain, "WIN-001")
    chain.merge(Work({"spill.md": text + "More.\n"}, by="ann"), by="mary")
    pending = chain.document("WIN-001").pending
    assert pending is not None
    assert pending.missing.startswith(
        "cannot be approved: no row of the approved matrix in ems.yml covers the type work-instruction"
    )


def test_without_a_matrix_top_management_approves() -> None:
    chain = company(ems="schema: 1\nrepository: 6f1c0a7e\norganisation: {name: Wrenholt}\n")
    chain.merge(Work({PATH: procedure()}, by="ann"), by="mary")
    assert approved(chain)


def test_a_change_of_type_needs_the_old_and_the_new_rules_satisfied() -> None:
    chain = company(**{PATH: procedure()})
    policy = procedure().replace("type: procedure", "type: policy")
    chain.merge(Work({PATH: policy}, by="ann"), by="mary")
    assert not approved(chain)
    land_record(chain, PATH, by="eve", issue=2)
    assert approved(chain)


def test_rules_come_into_force_at_once_or_not_at_all() -> None:
    chain = company()
    chain.commit({"ems.yml": OPEN}, by="ann")
    later = {"document": "EMS-RULES", "issue": 2, "effective_from": "2027-01-01"}
    land_record(chain, "ems.yml", by="mary", **later)
    document = chain.document("EMS-RULES")
    assert [fault.reason for fault in document.faults] == [FaultReason.LATER_DATE_REFUSED]
    assert document.pending is not None


def test_approved_rules_that_cannot_be_read_leave_those_before_them_in_force() -> None:
    chain = company()
    chain.merge(Work({"ems.yml": OPEN + "    - {types: [\n"}, by="ann"), by="mary")
    assert approved(chain, "EMS-RULES")
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    assert approved(chain)


def test_a_person_in_whose_row_the_roles_are_wrong_has_no_rights_and_harms_nobody_else() -> None:
    people = PEOPLE.replace("roles: [{role: ROL-OPS}]", "roles: [{role: ROL-OPS, from: tomorrow}]")
    chain = company(**{"registers/people.yml": people})
    chain.merge(Work({PATH: procedure()}, by="ann"), by="otto")
    assert not approved(chain)
    chain.merge(Work({PATH: procedure("Again.")}, by="ann"), by="eve")
    assert approved(chain)


def test_a_day_is_the_organisation_s_day() -> None:
    chain = company()
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve", on="2026-07-01T23:30:00+00:00")
    issue = chain.document("PRO-001", as_of="2026-07-02").in_force
    assert issue is not None
    assert issue.effective_from.isoformat() == "2026-07-02"
