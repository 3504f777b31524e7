"""What the import writes, document control counts as attested; the judge is asked, and then git."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mkdocs_ems.cli.at_hand import stand
from mkdocs_ems.control import DocumentControl, Level, Segregation
from mkdocs_ems.forges.values import ForgeName
from mkdocs_ems.git import Repository
from support.company import MATRIX, procedure, settings
from support.forge_company import FORGES, NEW_POLICY, NOW, STYLES, ForgeCompany, Style, imported
from support.forge_stories import ToldReview
from support.keys import needs_ssh, signer
from support.story import Story

pytestmark = needs_ssh


def landed(company: ForgeCompany, forge: ForgeName) -> DocumentControl:
    """The policy after what the import wrote has landed."""
    found = imported(company, forge)
    assert found.told == ()
    company.story.commit(dict(found.files), by="importer", message="Record approvals", date="2026-03-01")
    return control(company, "POL-001")


def control(company: ForgeCompany, document: str) -> DocumentControl:
    folder = company.story.check_out("main")
    with Repository.open(folder) as repository:
        at = stand(repository, repository.resolve("main").commit, trust_root=None, now=NOW)
        return at.control.documents[document]


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("forge", FORGES)
def test_a_review_makes_an_attested_issue(company: ForgeCompany, forge: ForgeName, style: Style) -> None:
    company.land(style=style)
    document = landed(company, forge)
    assert document.pending is None
    assert document.in_force is not None
    assert (document.in_force.number, document.in_force.level) == (2, Level.ATTESTED)
    (act,) = document.in_force.approvals
    assert (act.person.id, act.role, act.level) == ("PER-MARY", "ROL-MD", Level.ATTESTED)
    assert act.review.startswith(f"{forge} wrenholt/ems")
    assert document.in_force.segregation is Segregation.PROVED
    assert document.faults == ()
    assert document.in_force.faults == ()


@pytest.mark.parametrize("forge", FORGES)
def test_after_the_import_there_is_nothing_left_to_ask(company: ForgeCompany, forge: ForgeName) -> None:
    company.land(style="squash")
    landed(company, forge)
    again = imported(company, forge)
    assert (again.records, again.told, again.events) == ((), (), 0)


def test_a_review_raises_what_a_merge_by_the_approver_recorded(company: ForgeCompany) -> None:
    company.land(style="merge", merger="mary")
    before = control(company, "POL-001").in_force
    assert before is not None
    assert before.level is Level.RECORDED
    document = landed(company, "github")
    assert document.in_force is not None
    assert (document.in_force.number, document.in_force.level) == (2, Level.ATTESTED)


def test_two_reviews_make_up_two_persons(story: Story) -> None:
    company = ForgeCompany(story)
    two = MATRIX.replace("roles: [ROL-EHS, ROL-OPS]}", "roles: [ROL-EHS, ROL-MD], persons: 2}")
    company.begin(**{"ems.yml": settings(matrix=two)})
    told = company.land({"ems/p1.md": procedure()}, style="squash")
    second = ToldReview("eve-h", told.head, told.opened + timedelta(minutes=30), id=900)
    company.change(reviews=(*told.reviews, second))
    found = imported(company, "github")
    assert {one.account for one in found.records} == {"mdean", "eve-h"}
    company.story.commit(dict(found.files), by="importer", date="2026-03-01")
    document = control(company, "PRO-001")
    assert document.in_force is not None
    assert document.in_force.level is Level.ATTESTED


def test_who_may_not_approve_gets_no_record_and_the_judge_says_why(company: ForgeCompany) -> None:
    company.land(style="squash", reviewer="benb", merger="mary")
    told = company.told[-1]
    company.change(pushes=(replace(told.pushes[0], by="mdean"), *told.pushes[1:]))
    found = imported(company, "github")
    assert found.records == ()
    assert "the approval matrix gives this person no right to it on that day" in found.told[0]


def test_a_key_that_nobody_lists_attests_nothing(story: Story) -> None:
    company = ForgeCompany(story)
    company.begin(allowed_signers=signer("stranger", principal="importer@example.org"))
    company.land(style="squash")
    found = imported(company, "github")
    assert found.records == ()
    assert "the key" in found.told[0]


def test_a_record_that_does_not_count_is_not_written_again(company: ForgeCompany) -> None:
    company.land(style="squash")
    found = imported(company, "github")
    (record,) = found.records
    # The signature got lost on the way: the record is there and void.
    company.story.commit({record.path: record.data}, by="importer", date="2026-03-01")
    again = imported(company, "github")
    assert again.records == ()
    assert f"{record.path} was imported and does not count" in again.told[0]


def test_a_text_that_changed_since_is_not_attested(company: ForgeCompany) -> None:
    company.land(style="squash")
    company.story.commit({"ems/policy.md": NEW_POLICY + "\nMore.\n"}, by="ann")
    found = imported(company, "github")
    assert found.records == ()
    assert "no merged request brought" in found.told[0]


def test_what_is_approved_otherwise_is_not_complained_about(company: ForgeCompany) -> None:
    company.land(style="merge", merger="mary")
    company.change(reviews=())
    found = imported(company, "github")
    assert (found.records, found.told, found.events) == ((), (), 1)
