"""Document control for an audience says which role approved what and when: no name, nothing that waits."""

from __future__ import annotations

import re

from mkdocs_ems.control.known_people import people_known
from mkdocs_ems.control.withheld import roles_of, withheld
from support.chain import Chain, Work
from support.company import PEOPLE, POLICY, company, record

NAMES = re.compile(r"(?i)\b(ann|ben|mary|dean|eve|hart|otto|pike|dan|frost|lea|grant|example\.org)\b")


def told() -> Chain:
    """A policy that Mary approved twice, once by a record; what Ben proposes now nobody has approved."""
    chain = company()
    text = POLICY.replace("protect", "guard")
    chain.merge(Work({"policy.md": text}, "ben", "Mary says guard"), by="mary", message="Land it, says Ann")
    chain.commit({"policy.md": text.replace("guard", "keep")}, by="ben", message="Keep, says Lea")
    chain.commit(record(chain, "policy.md", by="mary", document="POL-001", issue=3), by="mary")
    chain.commit({"policy.md": text.replace("guard", "restore")}, by="ben", message="Lea wants it")
    chain.commit({"registers/people.yml": PEOPLE.replace("Lea Grant", "Lea Gould")}, by="ben")
    return chain


def test_what_an_audience_is_told_names_nobody() -> None:
    state = told().control()
    assert NAMES.search(repr(state.documents["POL-001"].__dict__))
    found = withheld(state, seen={"POL-001"}, title=lambda _: "Policy", label=str, roles={"ROL-MD"})
    assert set(found.documents) == {"POL-001"}
    said = repr([vars(one) for one in (found, *found.documents.values(), *found.documents["POL-001"].issues)])
    assert NAMES.findall(said) == []
    assert "guard" not in said


def test_what_waits_and_what_was_refused_is_not_told() -> None:
    found = withheld(told().control(), seen={"POL-001"}, title=str, label=str, roles=())
    one = found.documents["POL-001"]
    assert (one.pending, one.faults, one.reviews, one.landed) == (None, (), (), None)
    assert (one.owner, one.number, one.path) == (None, None, "")
    assert (found.findings, found.events, found.journal) == ((), (), ())


def test_each_issue_keeps_its_number_days_level_and_the_role_that_approved_it() -> None:
    state = told().control()
    whole = state.documents["POL-001"]
    assert len(whole.issues) == 3
    found = withheld(state, seen={"POL-001"}, title=str, label=str, roles={"ROL-MD"}).documents["POL-001"]
    for mine, theirs in zip(found.issues, whole.issues, strict=True):
        assert (mine.number, mine.state, mine.level) == (theirs.number, theirs.state, theirs.level)
        assert (mine.effective_from, mine.effective_to) == (theirs.effective_from, theirs.effective_to)
        assert [act.role for act in mine.approvals] == [act.role for act in theirs.approvals]
    assert found.in_force is found.issues[-1]
    assert roles_of(state, {"POL-001"}) == {"ROL-MD"}


def test_a_role_that_may_not_be_named_is_not() -> None:
    found = withheld(told().control(), seen={"POL-001"}, title=str, label=str, roles=()).documents["POL-001"]
    assert {act.role for issue in found.issues for act in issue.approvals} == {None}


def test_everybody_is_known_who_is_or_was_in_a_register_or_has_committed() -> None:
    chain = told()
    known = people_known(chain.control(), chain.history(), blobs=chain.shelf, content="ems")
    assert {"Mary Dean", "Lea Grant", "Lea Gould", "Dan Frost"} <= known.names
    assert {"mary@example.org", "ann.archer@home.example"} <= known.accounts
