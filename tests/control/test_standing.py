"""Where documents stand on a date, and what the approved overlay shows of them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from mkdocs_ems.control import DocumentState, IssueState
from support.chain import Chain, Work
from support.company import POLICY, company, land_record, procedure, register, settings

PATH = "procedures/waste.md"


def drafted(text: str = "Sort the waste.", *, head: str = "") -> Chain:
    chain = company()
    chain.commit({PATH: procedure(text, head=head)}, by="ann", on="2026-02-02")
    return chain


def test_an_approved_issue_is_in_force_from_its_date_on() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", on="2026-02-10", effective_from="2026-03-01")
    early, late = (chain.document("PRO-001", as_of=day) for day in ("2026-02-28", "2026-03-01"))
    assert (early.state, early.in_force, early.pending) == (DocumentState.DRAFT, None, None)
    assert early.issues[0].state is IssueState.APPROVED
    assert (late.state, late.issues[0].state) == (DocumentState.IN_FORCE, IssueState.IN_FORCE)


def test_the_old_issue_stays_in_force_until_the_date_of_the_new_one() -> None:
    chain = drafted()
    first = land_record(chain, PATH, by="eve", on="2026-02-03")
    chain.commit({PATH: procedure("Two.")}, by="ann", on="2026-02-05")
    later = {"issue": 2, "effective_from": "2026-06-01", "previous": [chain.sha(first)]}
    land_record(chain, PATH, by="eve", on="2026-02-10", **later)
    document = chain.document("PRO-001", as_of="2026-05-31")
    assert document.in_force is not None
    assert document.in_force.number == 1
    assert [issue.state for issue in document.issues] == [IssueState.IN_FORCE, IssueState.APPROVED]


def test_an_effective_date_before_the_approval_is_the_day_of_the_approval() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", on="2026-02-10", effective_from="2026-01-01")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.effective_from == date(2026, 2, 10)


def test_on_an_earlier_date_the_whole_chain_counts_but_nothing_is_in_force_before_its_day() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve", on="2026-02-10")
    document = chain.document("PRO-001", as_of="2026-02-09")
    assert [issue.state for issue in document.issues] == [IssueState.APPROVED]
    assert document.in_force is None


def test_the_next_review_counts_from_the_last_approval() -> None:
    chain = drafted(head="review_every: 12 months\n")
    land_record(chain, PATH, by="eve", on="2026-02-10")
    assert chain.document("PRO-001").review_due == date(2027, 2, 10)


def test_a_confirmation_moves_the_next_review_and_keeps_the_issue() -> None:
    chain = drafted(head="review_every: 12 months\n")
    first = land_record(chain, PATH, by="eve", on="2026-02-10")
    land_record(chain, PATH, by="otto", on="2027-01-20", meaning="confirmation")
    assert first
    document = chain.document("PRO-001")
    assert (document.review_due, document.last_confirmed) == (date(2028, 1, 20), date(2027, 1, 20))
    assert document.in_force is not None
    assert document.in_force.number == 1
    assert [act.person.id for act in document.confirmations] == ["PER-OTTO"]


def test_a_confirmation_binds_the_issue_in_force_while_a_draft_is_pending() -> None:
    chain = drafted(head="review_every: 12 months\n")
    land_record(chain, PATH, by="eve", on="2026-02-10")
    old = {"main": chain.sha(PATH), "parts": {}}
    chain.commit({PATH: procedure("Draft.")}, by="ann", on="2026-03-01")
    land_record(chain, PATH, by="otto", on="2026-04-01", meaning="confirmation", manifest=old)
    document = chain.document("PRO-001")
    assert document.last_confirmed == date(2026, 4, 1)
    assert document.pending is not None


def test_an_interval_beyond_the_calendar_falls_due_on_its_last_day() -> None:
    chain = company(**{PATH: procedure(head="review_every: 9999 years\n")})
    assert chain.document("PRO-001").review_due == date.max


def test_the_last_day_of_the_calendar_is_a_day_too() -> None:
    chain = company(ems=settings(zone="Pacific/Kiritimati"))
    chain.commit({"other.md": "Late.\n", PATH: procedure()}, on="9999-12-31T23:00:00+00:00")
    pending = chain.document("PRO-001").pending
    assert pending is not None
    assert "landed on 9999-12-31" in pending.missing


def test_without_an_interval_of_its_own_the_organisation_s_interval_counts() -> None:
    ems = "schema: 1\nrepository: 6f1c0a7e\norganisation: {name: W}\nintervals: {review_every: 2 years}\n"
    chain = company(ems=ems, **{PATH: procedure()})
    assert chain.document("PRO-001").review_due == date(2028, 1, 5)


def test_a_periodic_register_shows_what_has_landed_and_when_it_was_last_approved() -> None:
    head = "control: periodic\nreview_every: 6 months\n"
    chain = company(**{"registers/aspects.yml": register("Fume", head=head)})
    chain.commit({"registers/aspects.yml": register("Fume", "Noise", head=head)}, by="ann")
    document = chain.document("REG-ASPECTS")
    assert (document.control, document.pending) == ("periodic", None)
    assert document.in_force is not None
    assert document.in_force.number == 1
    assert document.landed != document.in_force.content
    assert document.review_due == date(2026, 7, 5)
    assert "Noise" in chain.shown()["registers/aspects.yml"]


def test_making_a_register_periodic_takes_effect_when_it_is_approved() -> None:
    chain = company(**{"registers/aspects.yml": register("Fume")})
    chain.commit({"registers/aspects.yml": register("Noise", head="control: periodic\n")}, by="ann")
    document = chain.document("REG-ASPECTS")
    assert document.control == "issue"
    assert document.pending is not None


def test_a_register_that_nobody_ever_approved_cannot_call_itself_periodic() -> None:
    chain = company()
    chain.commit({"registers/aspects.yml": register("Noise", head="control: periodic\n")}, by="ann")
    document = chain.document("REG-ASPECTS")
    assert (document.state, document.control) == (DocumentState.DRAFT, "issue")
    assert document.pending is not None
    assert "registers/aspects.yml" not in chain.shown()


def test_persons_roles_and_documents_are_never_periodic() -> None:
    chain = company(**{PATH: procedure(head="control: periodic\n")})
    chain.commit({PATH: procedure("Changed.", head="control: periodic\n")})
    assert chain.document("PRO-001").pending is not None


def test_titles_labels_and_checksums_of_old_issues_are_read_when_somebody_asks() -> None:
    chain = drafted(head="issue_label: Rev A\n")
    land_record(chain, PATH, by="eve")
    for at in range(3):
        chain.merge(Work({PATH: procedure(f"{at}", head=f"issue_label: Rev {at}\n")}), by="eve")
    document = chain.document("PRO-001")
    asked = len(chain.shelf.asked)
    assert [issue.number for issue in document.issues] == [1, 2, 3, 4]
    assert len(chain.shelf.asked) == asked
    assert [issue.label for issue in document.issues] == ["Rev A", "Rev 0", "Rev 1", "Rev 2"]
    assert document.issues[-1].manifest.main == chain.sha(PATH)
    assert len(chain.shelf.asked) <= asked + 1


def test_a_long_history_is_read_in_a_few_batches() -> None:
    chain = company()
    for at in range(60):
        chain.merge(Work({PATH: procedure(f"{at}.")}, by="ann"), by="eve")
        land_record(chain, PATH, by="otto", n=at + 1, issue=at + 1, role="ROL-OPS")
    assert len(chain.document("PRO-001").issues) == 60
    assert len(chain.shelf.asked) <= 6
    assert sum(map(len, chain.shelf.asked)) <= 60


def test_documents_come_in_the_order_of_their_ids() -> None:
    ids = list(company(**{PATH: procedure()}).control().documents)
    assert ids == sorted(ids)


# --- the overlay ------------------------------------------------------------------------


def test_the_overlay_shows_issues_in_force_and_nothing_unapproved() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    chain.commit({PATH: procedure("Pending."), "new.md": procedure(identity="PRO-002"), "index.md": "Hi\n"})
    shown = chain.shown()
    assert "Sort the waste." in shown[PATH]
    assert "new.md" not in shown
    assert "index.md" not in shown


def test_the_overlay_holds_the_rules_as_approved() -> None:
    chain = company()
    approved = chain.shown()["ems.yml"]
    chain.commit({"ems.yml": "schema: 1\norganisation: {name: Other}\n"})
    assert chain.shown()["ems.yml"] == approved


def test_the_overlay_keeps_a_document_whose_deletion_nobody_approved() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    chain.commit({PATH: None})
    assert PATH in chain.shown()


def test_the_overlay_leaves_out_a_withdrawn_document() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    land_record(chain, PATH, by="eve", meaning="withdrawal")
    assert PATH not in chain.shown()


def test_the_overlay_keeps_records_as_they_landed() -> None:
    chain = drafted()
    path = land_record(chain, PATH, by="eve")
    chain.commit(
        {"records/drills/2026.md": "# Drill\n\n![Plan](plan.png)\n", "records/drills/plan.png": "png"}
    )
    shown = chain.shown()
    assert {path, "records/drills/2026.md", "records/drills/plan.png"} <= shown.keys()


def test_the_overlay_shows_the_pictures_that_were_approved_and_no_others() -> None:
    chain = company()
    text = procedure("![Flow](flow.png)")
    chain.merge(Work({PATH: text, "procedures/flow.png": "one"}, by="ann"), by="eve")
    chain.commit({"procedures/flow.png": "two", "procedures/stray.png": "x"})
    shown = chain.shown()
    assert shown["procedures/flow.png"] == "one"
    assert "procedures/stray.png" not in shown


def test_a_picture_that_issues_in_force_disagree_about_is_shown_by_none_of_them() -> None:
    chain = company()
    one, two = procedure("![Flow](flow.png)"), procedure("![Flow](flow.png)", identity="PRO-002")
    chain.merge(Work({PATH: one, "procedures/flow.png": "one"}, by="ann"), by="eve")
    chain.merge(Work({"procedures/two.md": two, "procedures/flow.png": "two"}, by="ann"), by="otto")
    chain.commit({PATH: one + "More.\n"}, by="ann")
    assert chain.document("PRO-002").in_force is not None
    assert "procedures/flow.png" in chain.shown()
    chain.commit({"procedures/flow.png": "three"}, by="ann")
    land_record(chain, PATH, by="eve", issue=3, parts={"flow.png": "procedures/flow.png"}, previous=[])
    assert "procedures/flow.png" not in chain.shown()


def test_two_documents_in_force_at_one_path_are_both_shown() -> None:
    chain = drafted()
    land_record(chain, PATH, by="eve")
    other = procedure("Other.", identity="PRO-002")
    chain.merge(Work({PATH: other, "yard/waste.md": procedure("Edited.")}, by="ann"), by="mary")
    made = land_record(chain, PATH, by="eve", document="PRO-002")
    shown = chain.shown()
    assert made in shown
    assert "Other." in shown[PATH]
    assert "Sort the waste." in shown["procedures/waste.pro-001.md"]


def test_the_overlay_of_what_is_wholly_approved_is_the_tree_itself() -> None:
    chain = company(**{PATH: procedure()})
    tree = chain.snapshot()
    assert chain.shown() == {path.removeprefix("ems/"): data.decode() for path, data in tree.files.items()}


# --- properties -------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "merge", "record", "delete", "move", "withdraw", "confirm"]),
        st.sampled_from(["ann", "ben", "eve", "otto", "mary"]),
        st.sampled_from(["One.", "Two.", "Three."]),
    ),
    max_size=9,
)


def play(chain: Chain, step: tuple[str, str, str]) -> None:
    what, who, text = step
    at = next((path for path in (PATH, "yard/waste.md") if f"ems/{path}" in chain.tree), None)
    if what == "edit":
        chain.commit({at or PATH: procedure(text)}, by=who)
    elif what == "merge":
        chain.merge(Work({at or PATH: procedure(text)}, by="ann"), by=who)
    elif what == "delete" and at:
        chain.commit({at: None}, by=who)
    elif what == "move" and at == PATH:
        chain.commit({PATH: None, "yard/waste.md": chain.shelf.blobs[chain.tree[f"ems/{PATH}"][1]]}, by=who)
    elif at:
        meaning = {"record": "approval", "withdraw": "withdrawal", "confirm": "confirmation"}.get(what)
        records = [path for path in chain.tree if path.startswith("ems/records/")]
        if meaning:
            land_record(chain, at, by=who, meaning=meaning, n=len(records) + 1, issue=1)


@budget(max_examples=30, deadline=None)
@given(STEPS)
def test_numbers_count_up_and_never_shift_later(steps: list[tuple[str, str, str]]) -> None:
    chain = company()
    before: list[tuple[int, str]] = []
    for step in steps:
        play(chain, step)
        document = chain.control().documents.get("PRO-001")
        numbers = [(issue.number, issue.content.blob) for issue in document.issues] if document else []
        assert numbers[: len(before)] == before
        assert [number for number, _ in numbers] == list(range(1, len(numbers) + 1))
        before = numbers


@budget(max_examples=30, deadline=None)
@given(STEPS)
def test_nothing_is_in_force_that_only_its_authors_approved(steps: list[tuple[str, str, str]]) -> None:
    chain = company()
    for step in steps:
        play(chain, step)
    document = chain.control().documents.get("PRO-001")
    for issue in document.issues if document else ():
        assert issue.approvals
        assert {act.person.id for act in issue.approvals}.isdisjoint(one.id for one in issue.authors)
        assert {act.role for act in issue.approvals} <= {"ROL-EHS", "ROL-OPS"}


@budget(max_examples=30, deadline=None)
@given(STEPS)
def test_what_is_shown_is_always_the_issue_in_force(steps: list[tuple[str, str, str]]) -> None:
    chain = company()
    for step in steps:
        play(chain, step)
    document = chain.control().documents.get("PRO-001")
    shown = [text for path, text in chain.shown().items() if path.endswith("waste.md")]
    if document is None or document.in_force is None:
        assert shown == []
    else:
        assert shown == [chain.shelf.blobs[document.in_force.content.blob].decode()]


def test_the_policy_is_read_as_it_was_written() -> None:
    chain = company()
    assert chain.shown()["policy.md"] == POLICY
