"""`ems approve`: what the approver is shown, what is written, and what the judge then says of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from mkdocs_ems.control import IssueState, Level, Meaning, Segregation
from support.company import POLICY, procedure, register, settings
from support.desk import WASTE, Desk

TWO = """\
    - {types: [policy, rules, person, role], roles: [ROL-MD]}
    - {types: [procedure, aspect], roles: [ROL-EHS, ROL-OPS], persons: 2}
"""
DECLARED = """\
    - {types: [policy, rules, person, role], roles: [ROL-MD]}
    - {types: [procedure, aspect], roles: [ROL-EHS, ROL-OPS], accepts: [declared, paper, recorded]}
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


@pytest.fixture
def changed(desk: Desk) -> Desk:
    """Ann has changed the procedure, and Eve sits at the desk."""
    desk.begin()
    desk.change()
    return desk


def head_files(desk: Desk) -> list[str]:
    return desk.git("diff-tree", "--no-commit-id", "-r", "--name-status", "HEAD").splitlines()


# --- approving ----------------------------------------------------------------------------


def test_an_approval_makes_the_issue_that_it_promised(changed: Desk) -> None:
    done = changed.approve("PRO-001")
    assert done.exit_code == 0, done.output
    issue = changed.document().in_force
    assert issue is not None
    assert (issue.number, issue.level, issue.segregation) == (2, Level.RECORDED, Segregation.ASSERTED)
    act = issue.approvals[0]
    assert (act.person.id, act.role, act.deputy_for) == ("PER-EVE", "ROL-EHS", None)
    assert head_files(changed) == ["A\tems/records/approvals/PRO-001/2-approval-eve@example.org-1.yml"]
    assert changed.status() == ""


def test_the_approver_is_shown_who_changed_what_and_what_will_come_of_it(changed: Desk) -> None:
    said = changed.said(changed.approve("PRO-001"))
    assert "PRO-001 Waste" in said
    assert "In force: issue 1, since 2026-01-05, approved when the system was adopted." in said
    assert "What you approve becomes issue 2." in said
    assert "Changed by Ann Archer, last on 2026-01-05: “Sort weekly”." in said
    assert "Sort the waste{+ weekly+}." in said
    assert "You act as Eve Hart (eve@example.org) in the role ROL-EHS." in said
    assert "It will count as recorded: the history names Eve Hart" in said
    assert "With it, issue 2 is approved and in force from 2026-03-02 on." in said
    assert "Approved: issue 2 of PRO-001 (recorded)." in said


def test_no_line_of_our_own_words_is_wider_than_the_terminal(changed: Desk) -> None:
    done = changed.approve("PRO-001")
    assert max(map(len, done.output.splitlines())) <= 80


def test_the_record_names_all_that_the_judge_asks_for(changed: Desk) -> None:
    changed.approve("PRO-001", "--reason", "Agreed in the  March meeting", "--effective", "2026-04-01")
    path = changed.root / "ems/records/approvals/PRO-001/2-approval-eve@example.org-1.yml"
    record = yaml.safe_load(path.read_text())
    assert record["authors"] == ["ann@example.org"]
    assert record["reason"] == "Agreed in the March meeting"
    assert str(record["effective_from"]) == "2026-04-01"
    assert changed.document().issues[-1].state is IssueState.APPROVED


def test_a_picture_that_changed_is_named(desk: Desk) -> None:
    page = procedure("See ![flow](flow.png)")
    desk.begin(**{WASTE: page, "ems/procedures/flow.png": b"one"})
    desk.change({"ems/procedures/flow.png": b"two"}, message="Draw it again")
    done = desk.approve("PRO-001")
    said = desk.said(done)
    assert "flow.png has changed: open ems/procedures/flow.png and look at it" in said
    assert "The text is word for word that of issue 1" not in said
    issue = desk.document().in_force
    assert issue is not None
    assert issue.number == 2


def test_of_a_first_issue_the_whole_text_is_shown(desk: Desk) -> None:
    desk.begin()
    desk.change({"ems/new.md": procedure("Rinse twice.", identity="PRO-002")})
    said = desk.said(desk.approve("PRO-002"))
    assert "It has never been approved. What you approve becomes issue 1." in said
    assert "Rinse twice." in said


def test_several_documents_are_one_commit(changed: Desk) -> None:
    changed.change({"ems/new.md": procedure("Rinse.", identity="PRO-002")})
    before = changed.git("rev-list", "--count", "HEAD")
    done = changed.approve("PRO-001", "PRO-002", "PRO-001")
    assert done.exit_code == 0, done.output
    assert int(changed.git("rev-list", "--count", "HEAD")) == int(before) + 1
    assert len(head_files(changed)) == 2
    assert all(changed.document(one).pending is None for one in ("PRO-001", "PRO-002"))


def test_all_that_changed_since_a_branch_parted_is_approved_without_naming_it(desk: Desk) -> None:
    desk.begin(**{"ems/oil.md": procedure("Keep it from drains.", identity="PRO-002")})
    desk.change({"ems/oil.md": procedure("Keep it from all drains.", identity="PRO-002")})
    desk.story.branch("work")
    desk.change({"ems/new.md": procedure("Rinse.", identity="PRO-003"), WASTE: procedure("Sort it.")})
    desk.story.switch()
    desk.story.merge("work", by="ann")
    desk.story.check_out()
    done = desk.approve("--base", "HEAD~1")
    assert done.exit_code == 0, done.output
    assert [line[-40:] for line in head_files(desk)] == [
        "/PRO-001/2-approval-eve@example.org-1.yml"[-40:],
        "/PRO-003/1-approval-eve@example.org-1.yml"[-40:],
    ]
    assert desk.document("PRO-002").pending is not None
    again = desk.approve("--base", "HEAD~2")
    assert again.exit_code == 2
    assert "nothing that changed since 'HEAD~2' waits for approval" in desk.said(again)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ((), "name what you approve by its ID (`ems register` lists them), or all of a change with --base"),
        (("PRO-001", "--base", "main"), "--base stands for all that changed: leave it out"),
        (("--base", "main", "--meaning", "withdrawal"), "a withdrawal is of what stands: give its ID"),
        (("--base", "nowhere"), "nowhere"),
    ],
)
def test_what_is_to_be_approved_is_named_in_one_way(changed: Desk, asked: tuple[str, ...], told: str) -> None:
    done = changed.approve(*asked)
    assert done.exit_code == 2
    assert told in changed.said(done)


def test_the_rules_are_approved_like_any_document(desk: Desk) -> None:
    desk.begin()
    desk.change({"ems/ems.yml": settings(zone="Europe/Berlin")})
    desk.sit("mary")
    done = desk.approve("EMS-RULES")
    assert done.exit_code == 0, done.output
    assert desk.document("EMS-RULES").pending is None


def test_an_own_role_comes_before_that_of_a_deputy_and_a_deputy_is_named_as_one(desk: Desk) -> None:
    desk.begin()
    desk.change({"ems/policy.md": POLICY.replace("protect", "cherish")})
    desk.sit("dan")
    said = desk.said(desk.approve("POL-001"))
    assert "You act as Dan Frost (dan@example.org) in the role ROL-MD, as its deputy." in said
    issue = desk.document("POL-001").in_force
    assert issue is not None
    assert issue.number == 2


def test_a_living_register_is_approved_as_a_whole(desk: Desk) -> None:
    desk.begin(**{"ems/registers/aspects.yml": register("Oil", head="control: periodic\n")})
    desk.change({"ems/registers/aspects.yml": register("Oil", "Noise", head="control: periodic\n")})
    done = desk.approve("REG-ASPECTS")
    assert "issue 2 is approved as a whole and in force" in desk.said(done)
    assert desk.document("REG-ASPECTS").issues[-1].number == 2
    assert desk.approve("REG-ASPECTS").exit_code == 1


# --- two persons --------------------------------------------------------------------------


def test_the_first_of_two_is_told_that_it_is_not_enough_yet(desk: Desk) -> None:
    desk.begin(ems_yml=settings(matrix=TWO))
    desk.change()
    first = desk.approve("PRO-001")
    assert first.exit_code == 0, first.output
    assert "something is still missing: PRO-001 waits for one more approval" in desk.said(first)
    assert "by a holder of ROL-EHS or ROL-OPS (Otto Pike)" in desk.said(first)
    assert "The approval of issue 2 of PRO-001 is kept (recorded), and not enough yet" in desk.said(first)
    assert "Approved:" not in first.output
    assert desk.document().pending is not None
    desk.sit("otto")
    second = desk.approve("PRO-001")
    assert "issue 2 is approved and in force" in desk.said(second)
    issue = desk.document().in_force
    assert issue is not None
    assert [act.person.id for act in issue.approvals] == ["PER-EVE", "PER-OTTO"]


def test_approving_twice_adds_nothing(desk: Desk) -> None:
    desk.begin(ems_yml=settings(matrix=TWO))
    desk.change()
    desk.approve("PRO-001")
    again = desk.approve("PRO-001")
    assert again.exit_code == 1
    assert "Eve Hart has approved this text already" in desk.said(again)
    assert desk.status() == ""


# --- other meanings -----------------------------------------------------------------------


def test_a_confirmation_binds_the_issue_in_force_also_beside_a_draft(desk: Desk) -> None:
    desk.begin()
    desk.change({"ems/policy.md": POLICY.replace("protect", "cherish")})
    desk.sit("mary")
    done = desk.approve("POL-001", "--meaning", "confirmation")
    assert done.exit_code == 0, done.output
    said = desk.said(done)
    assert "What is waiting for approval beside it is no part of this." in said
    assert "issue 1 is confirmed; look again by 2027-03-02." in said
    assert desk.document("POL-001").last_confirmed is not None
    assert desk.document("POL-001").pending is not None


def test_a_review_is_shown_and_approves_nothing(changed: Desk) -> None:
    done = changed.approve("PRO-001", "--meaning", "review")
    assert "It approves nothing." in changed.said(done)
    assert [act.meaning for act in changed.document().reviews] == [Meaning.REVIEW]
    assert changed.document().pending is not None


def test_a_withdrawal_takes_the_issue_out_of_force_also_after_the_deletion(desk: Desk) -> None:
    desk.begin()
    desk.change({WASTE: None}, message="Nobody needs it")
    done = desk.approve("PRO-001", "--meaning", "withdrawal", "--reason", "P-07 takes its place")
    assert done.exit_code == 0, done.output
    assert "issue 1 is withdrawn from 2026-03-02 on." in desk.said(done)
    assert desk.document().withdrawn_from is not None


def test_a_withdrawn_text_is_approved_again_as_a_re_issue(desk: Desk) -> None:
    desk.begin()
    desk.change({"README.md": "Our manual.\n"}, message="Say what it is")
    gone = desk.approve("PRO-001", "--meaning", "withdrawal", "--reason", "No waste")
    assert gone.exit_code == 0, gone.output
    done = desk.approve("PRO-001")
    assert done.exit_code == 0, done.output
    assert "What you approve becomes issue 2, a re-issue of issue 1: the text is the same." in desk.said(done)
    assert [one.number for one in desk.document().issues] == [1, 2]


def test_an_interim_approval_ends_by_itself(changed: Desk) -> None:
    done = changed.approve("PRO-001", "--meaning", "interim", "--valid-until", "2026-03-10")
    assert done.exit_code == 0, done.output
    assert "holds until 2026-03-10, without a number" in changed.said(done)
    interim = changed.document().interim
    assert interim is not None
    assert interim.valid_until.isoformat() == "2026-03-10"


def test_an_interim_approval_of_more_than_two_weeks_is_refused(changed: Desk) -> None:
    done = changed.approve("PRO-001", "--meaning", "interim", "--valid-until", "2026-03-20")
    assert done.exit_code == 1
    assert "PRO-001 cannot be approved like this" in changed.said(done)


def test_a_living_register_has_no_interim(desk: Desk) -> None:
    desk.begin(**{"ems/registers/aspects.yml": register("Oil", head="control: periodic\n")})
    desk.change({"ems/registers/aspects.yml": register("Oil", "Noise", head="control: periodic\n")})
    done = desk.approve("REG-ASPECTS", "--meaning", "interim", "--valid-until", "2026-03-10")
    assert done.exit_code == 1
    assert "shown at once" in desk.said(done)


# --- refused ------------------------------------------------------------------------------


def nothing_happened(desk: Desk, before: str) -> bool:
    return desk.status() == "" and desk.git("rev-parse", "HEAD") == before


@pytest.mark.parametrize(
    ("who", "words", "way_out"),
    [
        ("ann", "gives this person no right to it", "a holder of ROL-EHS or ROL-OPS: Eve Hart, Otto Pike"),
        ("lea", "gives this person no right to it", "Eve Hart, Otto Pike"),
        ("stranger", "gives this person no right to it", "Eve Hart, Otto Pike"),
    ],
)
def test_the_unentitled_are_refused_in_the_judges_words(
    changed: Desk, who: str, words: str, way_out: str
) -> None:
    changed.sit(who)
    before = changed.git("rev-parse", "HEAD")
    done = changed.approve("PRO-001")
    assert done.exit_code == 1
    assert words in changed.said(done)
    assert way_out in changed.said(done)
    assert nothing_happened(changed, before)


def test_an_author_is_refused_and_told_who_may(desk: Desk) -> None:
    desk.begin()
    desk.change(by="eve")
    before = desk.git("rev-parse", "HEAD")
    done = desk.approve("PRO-001")
    assert done.exit_code == 1
    assert "its author is among those who wrote the change" in desk.said(done)
    assert "a holder of ROL-EHS or ROL-OPS: Otto Pike." in desk.said(done)
    assert nothing_happened(desk, before)


def test_one_refusal_refuses_all(changed: Desk) -> None:
    changed.change({"ems/new.md": procedure("Rinse.", identity="PRO-002")}, by="eve")
    before = changed.git("rev-parse", "HEAD")
    done = changed.approve("PRO-001", "PRO-002")
    assert done.exit_code == 1
    assert "So PRO-001 was left alone too" in changed.said(done)
    assert nothing_happened(changed, before)


def test_what_is_approved_already_is_refused_with_the_word_for_it(desk: Desk) -> None:
    desk.begin()
    desk.story.check_out()
    done = desk.approve("PRO-001")
    assert done.exit_code == 0  # adopted so far: an act is stronger evidence
    desk.now += timedelta(hours=1)
    again = desk.approve("PRO-001")
    assert again.exit_code == 1
    assert "approved already (recorded); `--meaning confirmation`" in desk.said(again)


def test_uncommitted_changes_of_the_document_are_refused(changed: Desk) -> None:
    (changed.root / WASTE).write_text(procedure("Something else."))
    done = changed.approve("PRO-001")
    assert done.exit_code == 1
    assert f"{WASTE} has changes that are not committed" in changed.said(done)


def test_uncommitted_changes_of_its_picture_are_refused(desk: Desk) -> None:
    desk.begin(**{WASTE: procedure("![flow](flow.png)"), "ems/procedures/flow.png": b"one"})
    desk.change({WASTE: procedure("Again: ![flow](flow.png)")})
    (desk.root / "ems/procedures/flow.png").write_bytes(b"two")
    done = desk.approve("PRO-001")
    assert done.exit_code == 1
    assert "ems/procedures/flow.png has changes that are not committed" in desk.said(done)


def test_uncommitted_changes_of_other_documents_do_not_matter(changed: Desk) -> None:
    (changed.root / "ems/policy.md").write_text(POLICY + "\nMore.\n")
    (changed.root / "ems/note.md").write_text("A note.\n")
    before = changed.status()
    assert changed.approve("PRO-001").exit_code == 0
    assert changed.status() == before


def test_an_unknown_id_is_answered_with_the_nearest(changed: Desk) -> None:
    done = changed.approve("PRO-01")
    assert done.exit_code == 2
    assert "did you mean PRO-001?" in changed.said(done)


def test_an_id_that_is_not_committed_yet_is_told_so(changed: Desk) -> None:
    (changed.root / "ems/new.md").write_text(procedure(identity="PRO-009"))
    done = changed.approve("PRO-009")
    assert done.exit_code == 2
    assert "PRO-009 stands in ems/new.md, which is not committed yet" in changed.said(done)


def test_a_system_without_an_id_of_its_own_is_refused(desk: Desk) -> None:
    desk.begin(ems_yml=settings().replace("repository: 6f1c0a7e\n", ""))
    desk.change()
    done = desk.approve("PRO-001")
    assert done.exit_code == 1
    assert "gives this system no id" in desk.said(done)


def test_a_type_that_no_row_of_the_matrix_names_is_refused(desk: Desk) -> None:
    desk.begin(ems_yml=settings(matrix="    - {types: [rules, person, role], roles: [ROL-MD]}\n"))
    desk.change()
    done = desk.approve("PRO-001")
    assert done.exit_code == 1
    assert "no row of the approved matrix in ems.yml covers the type procedure" in desk.said(done)


# --- asking -------------------------------------------------------------------------------


def test_without_a_terminal_nobody_can_be_asked(changed: Desk) -> None:
    done = changed.approve("PRO-001", "--ask")
    assert done.exit_code == 2
    assert "there is nobody to ask (no terminal)" in changed.said(done)
    assert changed.document().pending is not None


def test_who_says_no_has_approved_nothing(changed: Desk) -> None:
    done = changed.approve("PRO-001", answer="\n")
    assert done.exit_code == 1
    assert "Approve issue 2 of PRO-001, as Eve Hart? [y/N]" in changed.said(done)
    assert "Nothing was written." in changed.said(done)
    assert changed.document().pending is not None


def test_who_says_yes_has_approved(changed: Desk) -> None:
    assert changed.approve("PRO-001", answer="y\n").exit_code == 0
    assert changed.document().pending is None


def test_what_was_committed_while_somebody_read_is_not_approved(
    changed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(*_: object, **__: object) -> bool:
        changed.git("commit", "-q", "--allow-empty", "-m", "Meanwhile")
        return True

    monkeypatch.setattr("mkdocs_ems.cli.approve.click.confirm", meanwhile)
    done = changed.approve("PRO-001", ask=True)
    assert done.exit_code == 2
    assert "since the document was shown to you" in changed.said(done)
    assert changed.status() == ""


# --- options ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--meaning", "interim"], "say when with --valid-until"),
        (["--valid-until", "2026-03-10"], "belongs to --meaning interim"),
        (["--meaning", "review", "--effective", "2026-04-01"], "has no meaning for a review"),
        (["--meaning", "confirmation", "--editorial"], "belongs to an approval"),
        (["--effective", "2026-03-01"], "is past"),
        (["--as", "../eve"], "is no mail address"),
        (["--key", "nowhere"], "there is no key nowhere"),
    ],
)
def test_options_that_make_no_sense_are_told_so(changed: Desk, options: list[str], words: str) -> None:
    done = changed.approve("PRO-001", *options)
    assert done.exit_code == 2
    assert words in changed.said(done)
    assert changed.status() == ""


def test_files_alone_are_written_on_request_and_counted_once_they_are_committed(changed: Desk) -> None:
    done = changed.approve("PRO-001", "--no-commit")
    assert done.exit_code == 0, done.output
    assert "Nothing is approved until they are" in changed.said(done)
    path = "ems/records/approvals/PRO-001/2-approval-eve@example.org-1.yml"
    assert changed.status() == f"?? {path}"
    assert "that is not committed lies there" in changed.said(changed.approve("PRO-001"))
    command = next(line for line in done.output.splitlines() if "git add" in line)
    assert path in command


def test_a_name_for_another_is_only_a_declaration(desk: Desk) -> None:
    desk.begin(ems_yml=settings(matrix=DECLARED))
    desk.change()
    desk.sit("ann")
    done = desk.approve("PRO-001", "--as", "eve@example.org")
    assert done.exit_code == 0, done.output
    assert "You write down the act of Eve Hart (eve@example.org)" in desk.said(done)
    assert "will count as declared: it is your word that Eve Hart has done so" in desk.said(done)
    issue = desk.document().in_force
    assert issue is not None
    assert issue.level is Level.DECLARED


def test_a_declaration_is_refused_where_the_matrix_asks_for_more(changed: Desk) -> None:
    changed.sit("ann")
    done = changed.approve("PRO-001", "--as", "eve@example.org")
    assert done.exit_code == 1
    said = changed.said(done)
    assert "the approval matrix asks for evidence of a higher level" in said
    assert "On paper: Eve Hart signs a print that shows PRO-001, issue 2 and the checksum" in said


# --- on a branch --------------------------------------------------------------------------


def on_a_branch(desk: Desk, *, ems_yml: str | None = None) -> None:
    desk.begin(ems_yml=ems_yml)
    desk.story.branch("work")
    desk.change()


def test_on_a_branch_an_unsigned_record_is_a_declaration_and_refused_where_that_is_not_enough(
    desk: Desk,
) -> None:
    on_a_branch(desk)
    done = desk.approve("PRO-001")
    assert done.exit_code == 1
    said = desk.said(done)
    assert "the approval matrix asks for evidence of a higher level" in said
    assert "Or wait until the change has landed on the main branch, and approve it there." in said


def test_on_a_branch_it_counts_when_the_text_lands_unchanged(desk: Desk) -> None:
    on_a_branch(desk, ems_yml=settings(matrix=DECLARED))
    done = desk.approve("PRO-001")
    assert done.exit_code == 0, done.output
    assert "counts from the day on which this very text lands on main" in desk.said(done)
    desk.git("checkout", "-q", "main")
    desk.git("merge", "-q", "--no-ff", "-m", "Land it", "work")
    issue = desk.document().in_force
    assert issue is not None
    assert (issue.number, issue.level) == (2, Level.DECLARED)


def test_on_a_branch_that_main_has_overtaken_it_is_refused(desk: Desk) -> None:
    on_a_branch(desk, ems_yml=settings(matrix=DECLARED))
    desk.story.switch()
    desk.story.commit({WASTE: procedure("Main says otherwise.")}, by="ben")
    desk.story.switch("work")
    desk.story.check_out("work")
    done = desk.approve("PRO-001")
    assert done.exit_code == 1
    assert "on the branch main it was changed or approved meanwhile" in desk.said(done)


# --- the latest state ---------------------------------------------------------------------


def test_what_others_have_changed_meanwhile_is_refused_once_it_was_fetched(changed: Desk) -> None:
    here = changed.git("rev-parse", "main")
    changed.change({WASTE: procedure("They say otherwise.")}, by="ben")
    changed.git("update-ref", "refs/remotes/origin/main", "main")
    changed.git("reset", "-q", "--hard", here)
    done = changed.approve("PRO-001")
    assert done.exit_code == 1
    assert "on the branch origin/main it was changed or approved meanwhile" in changed.said(done)
    assert "get the latest state first" in changed.said(done)


def test_what_others_have_done_elsewhere_meanwhile_does_not_matter(changed: Desk) -> None:
    here = changed.git("rev-parse", "main")
    changed.change({"ems/note.md": "A note.\n"}, by="ben")
    changed.git("update-ref", "refs/remotes/origin/main", "main")
    changed.git("reset", "-q", "--hard", here)
    assert changed.approve("PRO-001").exit_code == 0


# --- smaller companies, wording, living registers -----------------------------------------


def test_in_a_very_small_company_the_author_is_told_that_it_will_show(desk: Desk) -> None:
    desk.begin(ems_yml=settings(approval="  segregation: warn\n"))
    desk.change(by="eve")
    done = desk.approve("PRO-001")
    assert done.exit_code == 0, done.output
    assert "You are among the authors. Your rules allow that" in desk.said(done)
    issue = desk.document().in_force
    assert issue is not None
    assert issue.segregation is Segregation.SELF


def test_an_editorial_change_says_that_nobody_reads_it_again(desk: Desk) -> None:
    desk.begin()
    desk.change({WASTE: procedure("Sort the waste carefully.")})
    done = desk.approve("PRO-001", "--editorial")
    assert done.exit_code == 0, done.output
    assert "issue 2, as an editorial change: nobody is asked to read it again." in desk.said(done)
    assert desk.document().issues[-1].editorial


def test_a_change_of_a_number_is_not_editorial(desk: Desk) -> None:
    desk.begin(**{WASTE: procedure("Rinse for 20 minutes.")})
    desk.change({WASTE: procedure("Rinse for 30 minutes.")})
    done = desk.approve("PRO-001", "--editorial")
    assert done.exit_code == 1
    assert "against issue 1" in desk.said(done)
    assert "Leave --editorial out" in desk.said(done)


def test_a_living_register_that_has_changed_is_not_confirmed_but_approved(desk: Desk) -> None:
    desk.begin(**{"ems/registers/aspects.yml": register("Oil", head="control: periodic\n")})
    desk.change({"ems/registers/aspects.yml": register("Oil", "Noise", head="control: periodic\n")})
    done = desk.approve("REG-ASPECTS", "--meaning", "confirmation")
    assert done.exit_code == 1
    assert "approve it as a whole, with `--meaning approval`" in desk.said(done)


def test_the_first_of_two_for_a_living_register_is_told_that_it_is_not_enough(desk: Desk) -> None:
    desk.begin(
        ems_yml=settings(matrix=TWO),
        **{"ems/registers/aspects.yml": register("Oil", head="control: periodic\n")},
    )
    desk.change({"ems/registers/aspects.yml": register("Oil", "Noise", head="control: periodic\n")})
    said = desk.said(desk.approve("REG-ASPECTS"))
    assert "something is still missing: the approval matrix asks 2 persons for REG-ASPECTS" in said
    desk.sit("otto")
    assert "issue 2 is approved as a whole" in desk.said(desk.approve("REG-ASPECTS"))


def test_what_a_document_says_cannot_steer_the_terminal(desk: Desk) -> None:
    desk.begin()
    desk.change({WASTE: procedure("Sort \x1b[2J\u202ewaste.").replace("title: Waste", 'title: "W\\e[2Jx"')})
    done = desk.approve("PRO-001")
    assert "\x1b" not in done.output
    assert "\u202e" not in done.output


def test_a_repository_with_longer_ids_is_approved_in_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path, monkeypatch, object_format="sha256")
    desk.begin(**{WASTE: procedure("![flow](flow.png)"), "ems/procedures/flow.png": b"one"})
    desk.change({WASTE: procedure("Again: ![flow](flow.png)")})
    done = desk.approve("PRO-001")
    assert done.exit_code == 0, done.output
    assert desk.document().pending is None
    assert desk.status() == ""


def test_from_a_folder_below_it_is_the_same(changed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(changed.root / "ems/procedures")
    assert changed.approve("PRO-001", "--repo", ".").exit_code == 0
    assert changed.status() == ""
