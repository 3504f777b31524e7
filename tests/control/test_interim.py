"""Approval for the interim: one person, a few days, once, without a number; then the issue before returns."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from mkdocs_ems.control import DocumentState, FaultReason, IssueState, Meaning, Segregation
from mkdocs_ems.control.journal import Completed
from support.chain import Chain, Work
from support.company import MATRIX, POLICY, company, land_record, procedure, record, register, settings

PATH = "procedures/waste.md"
DRAFT = procedure("Draft.")


def changed(*, ems: str | None = None) -> Chain:
    """Issue 1 is in force since the adoption; Ann's draft of issue 2 landed on 1 March."""
    chain = company(ems=ems, **{PATH: procedure()})
    chain.commit({PATH: DRAFT}, by="ann", on="2026-03-01")
    return chain


def interim(chain: Chain, *, by: str = "eve", on: str = "2026-03-02", **other: object) -> str:
    said = {"issue": 2, "meaning": "interim", "valid_until": "2026-03-10", **other}
    written = {key: value for key, value in said.items() if value is not None}
    return land_record(chain, PATH, by=by, on=on, **written)


def reasons(chain: Chain, identity: str = "PRO-001") -> list[FaultReason]:
    return [fault.reason for fault in chain.document(identity).faults]


def test_an_interim_is_shown_while_it_lasts_and_then_the_issue_before_returns() -> None:
    chain = changed()
    interim(chain)
    document = chain.document("PRO-001", as_of="2026-03-10")
    assert document.interim is not None
    assert document.interim.state is IssueState.INTERIM
    assert (document.interim.valid_from, document.interim.valid_until) == (
        date(2026, 3, 2),
        date(2026, 3, 10),
    )
    assert chain.shown("2026-03-10")[PATH] == DRAFT
    over = chain.document("PRO-001", as_of="2026-03-11")
    assert (over.interim, [one.state for one in over.interims]) == (None, [IssueState.INTERIM_EXPIRED])
    assert chain.shown("2026-03-11")[PATH] == procedure()


def test_an_interim_has_no_number_and_leaves_the_issue_in_force_and_the_draft_pending() -> None:
    chain = changed()
    interim(chain)
    document = chain.document("PRO-001")
    assert [issue.number for issue in document.issues] == [1]
    assert document.in_force is not None
    assert document.in_force.number == 1
    assert document.pending is not None
    assert "; approved for the interim until 2026-03-10" in document.pending.missing


def test_an_interim_is_given_by_one_person_where_the_matrix_asks_for_two() -> None:
    two = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    chain = changed(ems=settings(matrix=MATRIX + two))
    interim(chain)
    assert chain.document("PRO-001").interim is not None


def test_a_deputy_may_give_an_interim_within_his_dates() -> None:
    chain = company()
    chain.commit({"policy.md": POLICY + "More.\n"}, by="ann", on="2026-03-01")
    said = {"document": "POL-001", "issue": 2, "meaning": "interim", "valid_until": "2026-03-09"}
    land_record(chain, "policy.md", by="dan", on="2026-03-02", **said)
    found = chain.document("POL-001").interim
    assert found is not None
    assert (found.act.person.id, found.act.role, found.act.deputy_for) == ("PER-DAN", "ROL-MD", "ROL-MD")
    assert "as deputy for ROL-MD" in found.act.sentence


@pytest.mark.parametrize("segregation", ["asserted", "warn"])
def test_no_author_gives_an_interim_not_even_where_a_small_company_is_only_warned(segregation: str) -> None:
    chain = company(ems=settings(approval=f"  segregation: {segregation}\n"), **{PATH: procedure()})
    chain.commit({PATH: DRAFT}, by="eve", on="2026-03-01")
    interim(chain, by="eve")
    assert chain.document("PRO-001").interim is None
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES]


def test_nobody_without_the_right_gives_an_interim() -> None:
    chain = changed()
    interim(chain, by="ben")
    assert chain.document("PRO-001").interim is None
    assert reasons(chain) == [FaultReason.NOT_ENTITLED]


def test_an_interim_by_evidence_that_is_not_accepted_counts_for_nothing() -> None:
    chain = changed()
    chain.commit(
        record(chain, PATH, by="eve", issue=2, meaning="interim", valid_until="2026-03-10"), by="ann"
    )
    assert chain.document("PRO-001").interim is None
    assert reasons(chain) == [FaultReason.LEVEL_NOT_ACCEPTED]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"valid_until": "2026-03-17"}, "it lasts until 2026-03-17; at most 14 days are allowed"),
        ({"valid_until": "2026-03-01"}, "it was over on 2026-03-01 before it began"),
        ({"effective_from": "2026-03-11"}, "it was over on 2026-03-10 before it began"),
        ({"valid_until": None}, "an interim approval says until when"),
    ],
)
def test_an_interim_lasts_from_its_event_for_fourteen_days_at_the_most(
    said: dict[str, object], told: str
) -> None:
    chain = changed()
    interim(chain, **said)
    (fault,) = chain.document("PRO-001").faults
    assert fault.reason is FaultReason.INTERIM_REFUSED
    assert fault.words.startswith(told)
    assert chain.document("PRO-001").interims == ()


def test_an_interim_of_fourteen_days_is_allowed() -> None:
    chain = changed()
    interim(chain, valid_until="2026-03-16")
    assert chain.document("PRO-001").interim is not None


def test_an_interim_may_begin_later_than_its_record_lands() -> None:
    chain = changed()
    interim(chain, effective_from="2026-03-05")
    assert [one.state for one in chain.document("PRO-001", as_of="2026-03-04").interims] == [
        IssueState.APPROVED
    ]
    assert chain.shown("2026-03-04")[PATH] == procedure()
    assert chain.shown("2026-03-05")[PATH] == DRAFT


def test_a_content_is_approved_for_the_interim_once_even_if_it_goes_and_comes_back() -> None:
    chain = changed()
    path = interim(chain)
    again = {"valid_until": "2026-03-24", "n": 2}
    interim(chain, by="otto", on="2026-03-11", **again)
    chain.commit({PATH: procedure("Else.")}, by="ann")
    chain.commit({PATH: DRAFT}, by="ann")
    names = sorted(chain.sha(one.removeprefix("ems/")) for one in chain.tree if "/approvals/" in one)
    interim(chain, on="2026-03-14", valid_until="2026-03-20", n=3, previous=names)
    document = chain.document("PRO-001")
    assert [one.act.evidence for one in document.interims] == [f"ems/{path}"]
    assert reasons(chain) == [FaultReason.INTERIM_REFUSED, FaultReason.INTERIM_REFUSED]


def test_another_text_may_be_approved_for_the_interim_and_takes_the_place_of_the_first() -> None:
    chain = changed()
    path = interim(chain)
    chain.commit({PATH: procedure("Better.")}, by="ann", on="2026-03-03")
    interim(chain, by="otto", on="2026-03-04", valid_until="2026-03-06", previous=[chain.sha(path)])
    document = chain.document("PRO-001", as_of="2026-03-05")
    assert [one.state for one in document.interims] == [IssueState.SUPERSEDED, IssueState.INTERIM]
    assert chain.shown("2026-03-05")[PATH] == procedure("Better.")
    assert chain.shown("2026-03-08")[PATH] == procedure()


def test_what_lands_without_approval_does_not_end_an_interim() -> None:
    chain = changed()
    interim(chain)
    chain.commit({PATH: procedure("Unapproved.")}, by="ben", on="2026-03-03")
    assert chain.shown("2026-03-04")[PATH] == DRAFT
    chain.commit({PATH: None}, by="ben", on="2026-03-05")
    assert chain.shown("2026-03-06")[PATH] == DRAFT
    assert chain.document("PRO-001").state is DocumentState.WITHDRAWAL_PENDING


def test_the_full_approval_takes_the_place_of_an_interim_when_it_comes_into_force() -> None:
    chain = changed()
    interim(chain)
    land_record(chain, PATH, by="otto", on="2026-03-04", issue=2, effective_from="2026-03-08")
    before, after = (chain.document("PRO-001", as_of=day) for day in ("2026-03-07", "2026-03-08"))
    assert before.interim is not None
    assert after.interim is None
    assert [one.state for one in after.interims] == [IssueState.SUPERSEDED]
    assert after.in_force is not None
    assert after.in_force.number == 2


def test_an_issue_that_was_approved_before_does_not_end_an_interim_by_coming_into_force() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Second.")}, by="ann", on="2026-02-20")
    first = land_record(chain, PATH, by="eve", on="2026-02-21", issue=2, effective_from="2026-03-05")
    chain.commit({PATH: DRAFT}, by="ann", on="2026-03-01")
    interim(chain, issue=3, previous=[chain.sha(first)])
    assert chain.shown("2026-03-06")[PATH] == DRAFT
    assert chain.shown("2026-03-11")[PATH] == procedure("Second.")


def test_a_withdrawal_ends_an_interim_with_the_issue() -> None:
    chain = changed()
    interim(chain)
    old = {"main": sha256(procedure().encode()).hexdigest(), "parts": {}}
    land_record(chain, PATH, by="otto", on="2026-03-04", meaning="withdrawal", manifest=old)
    document = chain.document("PRO-001", as_of="2026-03-05")
    assert document.state is DocumentState.WITHDRAWN
    assert [one.state for one in document.interims] == [IssueState.WITHDRAWN]
    assert PATH not in chain.shown("2026-03-05")


def test_an_interim_washes_no_author_away() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("By Eve.")}, by="eve", on="2026-03-01")
    path = interim(chain, by="otto")
    chain.commit({PATH: procedure("By Eve, and by Ann.")}, by="ann", on="2026-03-03")
    said = {"issue": 2, "previous": [chain.sha(path)]}
    land_record(chain, PATH, by="eve", on="2026-03-04", **said)
    document = chain.document("PRO-001")
    assert reasons(chain) == [FaultReason.AUTHOR_APPROVES]
    assert document.pending is not None
    assert [author.id for author in document.pending.authors] == ["PER-EVE", "PER-ANN"]


def test_an_interim_is_no_part_of_the_full_approval() -> None:
    two = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    chain = changed(ems=settings(matrix=MATRIX + two))
    interim(chain)
    land_record(chain, PATH, by="otto", on="2026-03-03", issue=2)
    document = chain.document("PRO-001")
    assert len(document.issues) == 1
    assert document.pending is not None
    assert document.pending.missing.startswith("waits for one more approval")


@pytest.mark.parametrize("path", ["ems.yml", "registers/people.yml", "registers/roles.yml"])
def test_rules_persons_and_roles_admit_no_interim(path: str) -> None:
    chain = company()
    identity = {"ems.yml": "EMS-RULES", "registers/people.yml": "REG-PEOPLE"}.get(path, "REG-ROLES")
    text = chain.shelf.blobs[chain.tree[f"ems/{path}"][1]].decode()
    chain.commit({path: f"{text}# changed\n"}, by="ann", on="2026-03-01")
    said = {"document": identity, "issue": 2, "meaning": "interim", "valid_until": "2026-03-05"}
    land_record(chain, path, by="mary", on="2026-03-02", **said)
    (fault,) = chain.document(identity).faults
    assert fault.reason is FaultReason.INTERIM_REFUSED
    assert "never approved for the interim" in fault.words


def test_a_register_that_shows_what_landed_needs_no_interim() -> None:
    head = "control: periodic\n"
    chain = company(**{"registers/aspects.yml": register("Fume", head=head)})
    chain.commit({"registers/aspects.yml": register("Noise", head=head)}, by="ann", on="2026-03-01")
    said = {"document": "REG-ASPECTS", "issue": 2, "meaning": "interim", "valid_until": "2026-03-05"}
    land_record(chain, "registers/aspects.yml", by="eve", on="2026-03-02", **said)
    assert reasons(chain, "REG-ASPECTS") == [FaultReason.INTERIM_REFUSED]


def test_what_is_an_issue_already_needs_no_interim() -> None:
    chain = company(**{PATH: procedure()})
    interim(chain, issue=1)
    assert reasons(chain) == [FaultReason.INTERIM_REFUSED]


def test_only_an_interim_ends_on_a_day() -> None:
    chain = changed()
    interim(chain, meaning="approval")
    (fault,) = chain.document("PRO-001").faults
    assert fault.words == "only an interim approval ends on a day, and this is a record of approval"


def test_a_text_that_was_never_an_issue_is_shown_for_the_interim_and_stays_a_draft() -> None:
    chain = company()
    chain.commit({PATH: DRAFT}, by="ann", on="2026-03-01")
    interim(chain, issue=1)
    document = chain.document("PRO-001", as_of="2026-03-05")
    assert (document.state, document.in_force) == (DocumentState.DRAFT, None)
    assert chain.shown("2026-03-05")[PATH] == DRAFT
    assert PATH not in chain.shown("2026-03-11")


def test_a_text_approved_for_the_interim_stays_shown_when_its_file_goes_and_is_forgotten_after() -> None:
    chain = company()
    chain.commit({PATH: DRAFT}, by="ann", on="2026-03-01")
    interim(chain, issue=1)
    chain.commit({PATH: None}, by="ann", on="2026-03-03")
    assert chain.shown("2026-03-05")[PATH] == DRAFT
    assert chain.document("PRO-001", as_of="2026-03-05").path == f"ems/{PATH}"
    assert "PRO-001" not in chain.control("2026-03-11").documents


def test_an_interim_follows_its_file_when_it_is_moved() -> None:
    chain = changed()
    interim(chain)
    chain.commit({PATH: None, "yard/waste.md": DRAFT}, by="ben", on="2026-03-03")
    assert chain.shown("2026-03-04")["yard/waste.md"] == DRAFT


def test_an_interim_shows_the_pictures_that_it_was_approved_with() -> None:
    text = procedure("![Flow](flow.png)")
    chain = company(**{PATH: procedure()})
    chain.merge(Work({PATH: text, "procedures/flow.png": "one"}, by="ann"), by="ben", on="2026-03-01")
    interim(chain, parts={"flow.png": "procedures/flow.png"})
    chain.commit({"procedures/flow.png": "two"}, by="ann", on="2026-03-03")
    assert chain.shown("2026-03-04")["procedures/flow.png"] == "one"


def test_only_proposed_an_interim_lets_nothing_be_used() -> None:
    chain = changed()
    made = record(chain, PATH, by="eve", issue=2, meaning="interim", valid_until="2026-03-10")
    chain.commit(made, by="eve", on="2026-03-02", proposed=True)
    assert chain.document("PRO-001").interim is None


def test_the_same_interim_does_not_count_twice_for_the_bytes_of_its_record() -> None:
    chain = changed()
    path = interim(chain)
    text = chain.shelf.blobs[chain.tree[f"ems/{path}"][1]]
    chain.commit({path.replace("-1.yml", "-2.yml"): text}, by="eve", on="2026-03-05")
    assert reasons(chain) == [FaultReason.REPLAYED]
    assert len(chain.document("PRO-001").interims) == 1


def test_an_interim_tells_its_text_who_wrote_it_and_what_it_changed() -> None:
    chain = company(**{PATH: procedure()})
    chain.merge(Work({PATH: DRAFT}, by="ann", message="Sort at the gate"), by="ben", on="2026-03-01")
    interim(chain)
    found = chain.document("PRO-001").interim
    assert found is not None
    assert (found.manifest.main, found.title, found.summary) == (chain.sha(PATH), "Waste", "Sort at the gate")
    assert [author.id for author in found.authors] == ["PER-ANN"]
    assert found.approved is not None
    assert (found.segregation, found.event.index, found.approved.index) == (Segregation.ASSERTED, 1, 2)


def test_the_journal_tells_an_interim_as_what_its_act_made() -> None:
    chain = changed()
    path = interim(chain)
    (made,) = [
        step for step in chain.control().journal if isinstance(step, Completed) and step.event.index == 2
    ]
    assert (made.meaning, made.number, made.from_) == (Meaning.INTERIM, 2, date(2026, 3, 2))
    assert [act.evidence for act in made.acts] == [f"ems/{path}"]


def test_the_sentence_says_until_when_and_reads_as_one() -> None:
    chain = changed()
    interim(chain)
    found = chain.document("PRO-001").interim
    assert found is not None
    assert found.act.sentence.startswith(
        "Eve Hart approved it for the interim until 2026-03-10 on 2026-03-02 and landed the record of it"
    )


def test_an_interim_is_taken_back_by_landing_the_text_of_the_issue_again_and_approving_that() -> None:
    chain = changed()
    path = interim(chain)
    chain.commit({PATH: procedure()}, by="ann", on="2026-03-03")
    assert chain.shown("2026-03-03")[PATH] == DRAFT
    land_record(chain, PATH, by="otto", on="2026-03-04", issue=2, previous=[chain.sha(path)])
    document = chain.document("PRO-001", as_of="2026-03-05")
    assert (document.interim, chain.shown("2026-03-05")[PATH]) == (None, procedure())


# --- properties -------------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "merge", "record", "interim", "interim", "delete", "withdraw"]),
        st.sampled_from(["ann", "eve", "otto"]),
        st.sampled_from(["One.", "Two."]),
    ),
    max_size=9,
)
MEANINGS = {"record": "approval", "interim": "interim", "withdraw": "withdrawal"}


def play(chain: Chain, step: tuple[str, str, str]) -> None:
    what, who, text = step
    there = f"ems/{PATH}" in chain.tree
    if what == "edit":
        chain.commit({PATH: procedure(text)}, by=who)
    elif what == "merge":
        chain.merge(Work({PATH: procedure(text)}, by="ann"), by=who)
    elif what == "delete" and there:
        chain.commit({PATH: None}, by=who)
    elif what in MEANINGS and there:
        document = chain.document("PRO-001")
        now = chain.now.date()
        said: dict[str, object] = {"issue": document.next_issue, "previous": list(document.previous)}
        if what == "interim":
            said["valid_until"] = str(now + timedelta(days=3))
        if what == "withdraw":
            said["issue"] = document.in_force.number if document.in_force else 1
        n = 1 + sum(1 for path in chain.tree if "/approvals/" in path)
        land_record(chain, PATH, by=who, **{**said, "meaning": MEANINGS[what], "n": n})


@budget(max_examples=40, deadline=None)
@given(STEPS)
def test_what_is_shown_is_what_holds_for_the_interim_or_else_the_issue_in_force(
    steps: list[tuple[str, str, str]],
) -> None:
    chain = company()
    for step in steps:
        play(chain, step)
    for days in range(5):
        day = str(chain.now.date() + timedelta(days=days))
        document = chain.control(day).documents.get("PRO-001")
        holds = (document.interim or document.in_force) if document else None
        text = chain.shelf.blobs[holds.content.blob].decode() if holds else None
        assert chain.shown(day).get(PATH) == text


@budget(max_examples=40, deadline=None)
@given(STEPS)
def test_interims_neither_number_issues_nor_let_authors_approve(steps: list[tuple[str, str, str]]) -> None:
    chain = company()
    for step in steps:
        play(chain, step)
    document = chain.control().documents.get("PRO-001")
    issues, interims = (document.issues, document.interims) if document else ((), ())
    assert [issue.number for issue in issues] == list(range(1, len(issues) + 1))
    assert len({one.content.key for one in interims}) == len(interims)
    assert all(one.valid_from <= one.valid_until for one in interims)
    acts = {act.evidence for issue in issues for act in issue.approvals}
    assert acts.isdisjoint(one.act.evidence for one in interims)
    for issue in issues:
        assert {act.person.id for act in issue.approvals}.isdisjoint(one.id for one in issue.authors)
