"""Half an approval lapses with the content that it was for; what is only proposed is none at all."""

from __future__ import annotations

from support.chain import Work
from support.company import MATRIX, company, land_record, procedure, record, settings

PATH = "procedures/waste.md"
TWO = settings(matrix=MATRIX + "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n")
DECLARED = settings(
    matrix=MATRIX + "    - {types: [procedure], roles: [ROL-EHS], accepts: [declared, recorded]}\n"
)


def test_one_approval_of_two_counts_for_no_later_content() -> None:
    chain = company(ems=TWO)
    chain.merge(Work({PATH: procedure()}, by="ann"), by="eve")
    chain.merge(Work({PATH: procedure("Changed since Eve looked at it.")}, by="ann"), by="otto")
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert document.pending is not None
    assert [act.person.id for act in document.pending.acts] == ["PER-OTTO"]


def test_a_record_that_is_not_committed_yet_approves_nothing_even_where_a_declaration_would() -> None:
    chain = company(ems=DECLARED)
    chain.commit({PATH: procedure()}, by="ann")
    chain.commit(record(chain, PATH, by="eve"), by="ben", proposed=True)
    document = chain.document("PRO-001")
    assert document.in_force is None
    assert document.pending is not None


def test_the_same_record_approves_once_it_has_landed() -> None:
    chain = company(ems=DECLARED)
    chain.commit({PATH: procedure()}, by="ann")
    land_record(chain, PATH, by="eve")
    assert chain.document("PRO-001").in_force is not None
