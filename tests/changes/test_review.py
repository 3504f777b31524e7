"""What a reviewer is told of a change before it lands: told as stories of a branch."""

from __future__ import annotations

from hashlib import sha256

import pytest

from mkdocs_ems.changes.review import Approval, Review
from mkdocs_ems.changes.values import StateChanged
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git.write import Stamp
from support.company import MATRIX, PEOPLE, POLICY, ROLES, procedure, settings
from support.reviewed import AS_OF, company, told
from support.story import Story, person
from support.told import PATH, record

TWO = "    - {types: [procedure, aspect], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
DECLARED = "    - {types: [procedure], roles: [ROL-EHS], accepts: [declared, recorded]}\n"
ASPECTS = (
    "id: REG-ASPECTS\ntype: aspect\ntitle: Aspects\nowner: ROL-EHS\nrows:\n"
    "  - {id: ASP-001, title: Solvent vapour, owner: ROL-EHS, activity: Cleaning}\n"
)
CONTROLS = (
    "id: REG-CONTROLS\ntype: control\ntitle: Controls\nowner: ROL-OPS\nrows:\n"
    "  - {id: OPC-001, title: Extraction, owner: ROL-OPS, aspects: [ASP-001], procedure: PRO-001}\n"
)
COPIES = (
    "id: REG-COPIES\ntype: posted-copy\ntitle: Copies\nowner: ROL-EHS\nrows:\n"
    "  - {id: CPY-001, title: Yard, document: PRO-001, place: Wall beside tank 7, issue: 1}\n"
    "  - {id: CPY-002, title: Gate, document: PRO-001, place: Gate, issue: 1, removed_on: 2026-02-01}\n"
    "  - {id: CPY-003, title: Desk, document: POL-001, place: Desk, issue: 1}\n"
)


def review(story: Story, *, ref: str | None = "work") -> Review:
    return told(story, ref=ref).review


def waiting(story: Story) -> Approval:
    (one,) = review(story).approvals
    return one


def candidates(one: Approval) -> list[str | None]:
    return [candidate.id for wanted in one.waits_for for candidate in wanted.candidates]


def test_a_changed_document_waits_for_those_who_may_and_did_not_write_it(story: Story) -> None:
    company(story)
    story.commit({PATH: procedure("Sort the waste by kind.")}, by="otto")
    one = waiting(story)
    assert (one.document, one.becomes, one.in_force) == ("PRO-001", 2, 1)
    assert candidates(one) == ["PER-EVE"]
    assert [author.id for author in one.authors] == ["PER-OTTO"]


def test_what_landed_on_the_main_branch_meanwhile_is_not_told(story: Story) -> None:
    company(story)
    story.commit({PATH: procedure("Sort the waste by kind.")})
    story.switch("main")
    story.commit({"ems/policy.md": POLICY.replace("protect", "guard")})
    assert review(story).documents == ("PRO-001",)


def test_a_merge_that_ci_made_for_trial_is_judged_like_the_branch(story: Story) -> None:
    company(story)
    story.commit({PATH: procedure("Sort the waste by kind.")}, by="otto")
    story.switch("main")
    story.commit({"ems/policy.md": POLICY.replace("protect", "guard")})
    story.branch("trial")
    story.merge("work", by="ben")
    found = review(story, ref="trial")
    assert found.documents == ("PRO-001",)
    assert candidates(found.approvals[0]) == ["PER-EVE"]


def test_changes_in_the_work_tree_are_told_too(story: Story) -> None:
    company(story)
    story.commit({PATH: procedure("Sort the waste by kind.")})
    folder = story.check_out("work")
    (folder / "ems/policy.md").write_text(POLICY.replace("protect", "guard"), encoding="utf-8")
    found = told(story, ref=None)
    assert found.review.documents == ("POL-001", "PRO-001")
    assert found.comparison.after.dirty


def test_an_approval_that_was_there_is_lost_when_the_text_changes_and_the_issue_in_force_stays(
    story: Story,
) -> None:
    company(story, {"ems/ems.yml": settings(matrix=MATRIX + TWO)})
    story.switch("main")
    story.commit({PATH: procedure("Sort the waste by kind.")})
    story.commit(record(story, by="eve", issue=2), by="eve")
    story.branch("again")
    assert review(story, ref="again").stale == ()
    story.commit({PATH: procedure("Sort the waste by kind and colour.")})
    (one,) = review(story, ref="again").stale
    assert one.act is not None
    assert (one.document, one.act.person.id) == ("PRO-001", "PER-EVE")
    (waits,) = review(story, ref="again").approvals
    assert waits.in_force == 1
    assert [wanted.persons for wanted in waits.waits_for] == [2]


def test_what_was_said_of_an_earlier_text_is_not_missed_where_a_later_one_is_approved(story: Story) -> None:
    company(story)
    story.switch("main")
    story.commit({PATH: procedure("Sort the waste by kind.")})
    said = record(story, by="otto", issue=2, meaning="review")
    story.commit(said, by="otto")
    story.branch("since")
    story.switch("main")
    story.commit({PATH: procedure("Sort the waste by kind and colour.")})
    assert [one.act is not None for one in told(story, base="since", ref="main").review.stale] == [True]
    before = tuple(sha256(data).hexdigest() for data in said.values())
    story.commit(record(story, by="eve", issue=2, previous=before), by="eve")
    found = told(story, base="since", ref="main").review
    assert [one.issue for one in found.settled] == [2]
    assert found.stale == ()


def test_a_record_on_the_branch_is_lost_when_another_text_is_pushed(story: Story) -> None:
    company(story)
    story.commit({PATH: procedure("Sort the waste by kind.")})
    story.commit(record(story, by="eve", issue=2), by="eve")
    story.commit({PATH: procedure("Sort the waste by kind and colour.")})
    (one,) = review(story).stale
    assert one.act is None
    assert one.fault is not None
    assert one.fault.path is not None
    assert "eve@example.org" in one.fault.path


def test_what_is_approved_by_what_comes_with_it_waits_for_nobody(story: Story) -> None:
    company(story, {"ems/ems.yml": settings(matrix=MATRIX + DECLARED)})
    story.commit({PATH: procedure("Sort the waste by kind.")})
    story.commit(record(story, by="eve", issue=2), by="eve")
    found = review(story)
    assert found.approvals == ()
    (one,) = found.settled
    assert (one.document, one.issue, [act.person.id for act in one.approvals]) == ("PRO-001", 2, ["PER-EVE"])


def test_a_deleted_document_waits_for_its_withdrawal(story: Story) -> None:
    company(story)
    story.commit({PATH: None})
    one = waiting(story)
    assert (one.document, one.becomes, one.in_force) == ("PRO-001", None, 1)


def test_a_withdrawal_that_comes_approved_is_told_with_its_day(story: Story) -> None:
    company(story, {"ems/ems.yml": settings(matrix=MATRIX + DECLARED)})
    made = record(story, by="eve", meaning="withdrawal")
    story.commit({PATH: None, **made}, by="ben")
    found = review(story)
    assert found.approvals == ()
    assert [(one.document, str(one.withdrawn_from)) for one in found.settled] == [("PRO-001", AS_OF)]


def test_a_change_of_words_alone_is_editorial_and_nobody_has_to_read_it_again(story: Story) -> None:
    head = "read_by: [ROL-OPS]\n"
    company(story, {PATH: procedure("Sort teh waste.", head=head)})
    story.commit({PATH: procedure("Sort the waste.", head=head)})
    found = review(story)
    assert [one.not_editorial for one in found.approvals] == [None]
    assert found.reworded == ("PRO-001",)
    assert found.to_read == ()


def test_what_is_more_than_words_is_told_with_why_and_who_has_to_read_it(story: Story) -> None:
    head = "read_by: [ROL-OPS, ROL-GONE]\n"
    company(story, {PATH: procedure("Sort 2 wastes.", head=head)})
    story.commit({PATH: procedure("Sort 3 wastes.", head=head)})
    found = review(story)
    assert found.approvals[0].not_editorial == "against issue 1 a number changes: 3, where it said 2"
    assert [(one.role, one.title, one.held_by, one.documents) for one in found.to_read] == [
        ("ROL-GONE", "", (), ("PRO-001",)),
        ("ROL-OPS", "Head of operations", ("Otto Pike",), ("PRO-001",)),
    ]


def test_rules_are_never_editorial(story: Story) -> None:
    company(story)
    story.commit({"ems/ems.yml": settings().replace("Wrenholt", "Wrenholt Surface")})
    assert waiting(story).not_editorial == (
        "no change of rules, persons and roles is editorial: they decide who may approve"
    )


def test_paper_copies_that_hang_are_to_be_swapped_and_no_others(story: Story) -> None:
    company(story, {"ems/registers/copies.yml": COPIES})
    story.commit({PATH: procedure("Sort the waste by kind.")})
    assert [(one.id, one.place, one.issue) for one in review(story).copies] == [
        ("CPY-001", "Wall beside tank 7", 1)
    ]


def test_links_to_what_changes_are_to_be_looked_at_again_unless_words_alone_change(story: Story) -> None:
    files = {"ems/registers/aspects.yml": ASPECTS, "ems/registers/controls.yml": CONTROLS}
    company(story, files)
    story.commit({PATH: procedure("Sort the waste into 3 bins.")})
    assert [(one.source, one.target) for one in review(story).links] == [("OPC-001", "PRO-001")]
    assert [one.node.id for one in review(story).impact.affected] == ["OPC-001"]


def test_of_rows_that_others_rely_on_only_what_they_lay_down_counts(story: Story) -> None:
    files = {"ems/registers/aspects.yml": ASPECTS, "ems/registers/controls.yml": CONTROLS}
    company(story, files)
    story.commit({"ems/registers/aspects.yml": ASPECTS.replace("owner: ROL-EHS, act", "owner: ROL-OPS, act")})
    assert review(story).links == ()
    story.commit({"ems/registers/aspects.yml": ASPECTS.replace("Cleaning", "Cleaning, notes: Seen")})
    assert review(story).links == ()
    story.commit({"ems/registers/aspects.yml": ASPECTS.replace("Cleaning", "Degreasing of parts")})
    assert [(one.source, one.target) for one in review(story).links] == [("OPC-001", "ASP-001")]


def test_a_living_log_applies_as_soon_as_it_lands(story: Story) -> None:
    log = COPIES.replace("owner: ROL-EHS\n", "owner: ROL-EHS\ncontrol: periodic\n", 1)
    company(story, {"ems/registers/copies.yml": log})
    story.commit({"ems/registers/copies.yml": log.replace("Wall beside", "Pillar beside")})
    found = review(story)
    assert [one.document for one in found.at_once] == ["REG-COPIES"]
    assert found.approvals == ()


@pytest.mark.parametrize(("how", "at_once"), [("periodic", "true"), ("issue", None)])
def test_the_comparison_says_of_a_living_log_alone_that_it_applies_at_once(
    story: Story, how: str, at_once: str | None
) -> None:
    log = COPIES.replace("owner: ROL-EHS\n", f"owner: ROL-EHS\ncontrol: {how}\n", 1)
    company(story, {"ems/registers/copies.yml": log})
    story.commit({"ems/registers/copies.yml": log.replace("Wall beside", "Pillar beside")})
    (pending,) = (
        one.new
        for one in told(story).comparison.changes
        if isinstance(one, StateChanged) and one.fact == "pending"
    )
    assert isinstance(pending, dict)
    assert pending.get("at_once") == at_once


def test_a_living_log_that_is_not_committed_yet_waits_for_nobody(story: Story) -> None:
    company(story)
    folder = story.check_out("work")
    log = COPIES.replace("owner: ROL-EHS\n", "owner: ROL-EHS\ncontrol: periodic\n", 1)
    (folder / "ems/registers/copies.yml").write_text(log, encoding="utf-8")
    found = review(story, ref=None)
    assert [one.document for one in found.at_once] == ["REG-COPIES"]
    assert found.approvals == ()


def test_a_matrix_that_covers_nobody_leaves_nobody_to_wait_for_and_says_why(story: Story) -> None:
    company(story, {"ems/ems.yml": settings(matrix="    - {types: [policy], roles: [ROL-MD]}\n")})
    story.commit({PATH: procedure("Sort the waste by kind.")})
    one = waiting(story)
    assert one.waits_for == ()
    assert "cannot be approved" in one.missing


def test_a_person_who_leaves_the_register_cannot_approve_the_same_change(story: Story) -> None:
    company(story)
    people = PEOPLE.replace("roles: [{role: ROL-EHS}]}", "roles: []}")
    story.commit({"ems/registers/people.yml": people, PATH: procedure("Sort the waste by kind.")})
    (one,) = [one for one in review(story).approvals if one.document == "PRO-001"]
    # What is not approved yet takes nobody's right away either.
    assert candidates(one) == ["PER-EVE", "PER-OTTO"]


def test_a_branch_at_its_base_changes_nothing(story: Story) -> None:
    company(story)
    report = told(story)
    assert report.nothing
    assert report.review.documents == ()


def test_histories_that_never_met_are_refused_with_the_way_out(story: Story) -> None:
    company(story, {"ems/registers/roles.yml": ROLES})
    stamp = Stamp(person("ann"), story.now)
    story.writer.commit({"other.txt": b"x"}, message="Alone", by=stamp, branch="alone", parents=())
    with pytest.raises(UsageError, match="no history in common: fetch the whole history"):
        told(story, base="alone")
