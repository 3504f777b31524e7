"""A deputy counts within his dates, is named as one, and stands in for whom the roles say."""

from __future__ import annotations

import pytest

from mkdocs_ems.control import FaultReason
from support.chain import Chain, Work
from support.company import MATRIX, POLICY, ROLES, company, land_record, procedure, settings

PATH = "procedures/waste.md"
NEXT = POLICY + "More.\n"


def changed() -> Chain:
    chain = company()
    chain.commit({"policy.md": NEXT}, by="ann", on="2026-03-01")
    return chain


def approve(chain: Chain, **other: object) -> None:
    land_record(chain, "policy.md", by="dan", on="2026-03-02", **{"document": "POL-001", "issue": 2, **other})


def test_a_deputy_who_merges_is_named_as_one() -> None:
    chain = company()
    chain.merge(Work({"policy.md": NEXT}, by="ann"), by="dan", on="2026-03-02")
    (act,) = chain.document("POL-001").issues[-1].approvals
    assert (act.person.id, act.role, act.deputy_for) == ("PER-DAN", "ROL-MD", "ROL-MD")


@pytest.mark.parametrize(
    "named", ["ROL-MD", "Managing director", "PER-MARY", "mary@example.org", "Mary Dean"]
)
def test_a_record_may_name_the_role_or_its_holder_that_a_deputy_stands_in_for(named: str) -> None:
    chain = changed()
    approve(chain, role="ROL-MD", **{"for": named})
    (act,) = chain.document("POL-001").issues[-1].approvals
    assert act.deputy_for == "ROL-MD"
    assert "Dan Frost, as deputy for ROL-MD, approved it" in act.sentence


def test_without_saying_so_a_deputy_is_named_as_one_all_the_same() -> None:
    chain = changed()
    approve(chain)
    (act,) = chain.document("POL-001").issues[-1].approvals
    assert act.deputy_for == "ROL-MD"


@pytest.mark.parametrize("named", ["ROL-EHS", "PER-EVE", "Somebody"])
def test_a_record_that_names_another_than_its_deputy_stands_in_for_counts_for_nothing(named: str) -> None:
    chain = changed()
    approve(chain, role="ROL-MD", **{"for": named})
    document = chain.document("POL-001")
    (fault,) = document.faults
    assert fault.reason is FaultReason.NOT_ENTITLED
    assert fault.words == (
        f"it says that Dan Frost stood in for {named}, and the approved roles name no such deputy on "
        "2026-03-02"
    )
    assert len(document.issues) == 1


def test_a_holder_stands_in_for_nobody() -> None:
    chain = changed()
    approve(chain, approver="mary@example.org", role="ROL-MD", **{"for": "ROL-MD"})
    assert [fault.reason for fault in chain.document("POL-001").faults] == [FaultReason.NOT_ENTITLED]


def test_a_role_of_ones_own_comes_before_one_that_is_held_for_somebody_else() -> None:
    roles = ROLES.replace(
        "title: EHS manager}", "title: EHS manager, deputies: [{person: PER-OTTO, from: 2026-01-01}]}"
    )
    chain = company(ems=settings(matrix=MATRIX), **{"registers/roles.yml": roles})
    chain.merge(Work({PATH: procedure()}, by="ann"), by="otto")
    (act,) = chain.document("PRO-001").issues[-1].approvals
    assert (act.role, act.deputy_for) == ("ROL-OPS", None)


def test_a_deputy_who_wrote_it_cannot_approve_it_for_somebody_else() -> None:
    chain = company()
    chain.commit({"policy.md": NEXT}, by="dan", on="2026-03-01")
    approve(chain)
    assert [fault.reason for fault in chain.document("POL-001").faults] == [FaultReason.AUTHOR_APPROVES]
