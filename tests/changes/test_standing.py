"""Document control as data, and how it differs between two states: told as stories."""

from __future__ import annotations

from dataclasses import replace

from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.standing import control_acts, control_facts
from mkdocs_ems.changes.values import ABSENT, ApprovalChanged, Comparison, StateChanged
from mkdocs_ems.compile import Compilation
from support.chain import Chain
from support.company import company, land_record, procedure
from support.states import state_at

PATH = "procedures/waste.md"


def begun() -> Chain:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Sort the waste weekly.")}, by="ann")
    return chain


def facts(found: Comparison, identity: str = "PRO-001") -> dict[str, tuple[object, object]]:
    return {
        one.fact: (one.old, one.new)
        for one in found.changes
        if isinstance(one, StateChanged) and one.of.key == identity
    }


def acts(found: Comparison) -> list[ApprovalChanged]:
    return [one for one in found.changes if isinstance(one, ApprovalChanged)]


def approved(chain: Chain) -> tuple[Compilation, Compilation]:
    before = state_at(chain)
    land_record(chain, PATH, by="eve", issue=2)
    return before, state_at(chain)


def test_an_approval_changes_the_issue_and_is_told_with_who_gave_it() -> None:
    found = compare(*approved(begun()))
    told = facts(found)
    assert told["issue"] == ("1", "2")
    assert told["level"] == ("adopted", "recorded")
    pending, none = told["pending"]
    assert isinstance(pending, dict)
    assert (pending["issue"], none) == ("2", None)
    (act,) = acts(found)
    assert act.old is None
    assert act.new is not None
    assert act.new["person"] == "Eve Hart (PER-EVE)"
    assert (act.new["meaning"], act.new["issue"]) == ("approval", "2")
    assert act.of.title == "Waste"


def test_a_draft_is_told_as_pending() -> None:
    chain = company(**{PATH: procedure()})
    before = state_at(chain)
    chain.commit({PATH: procedure("Sort the waste weekly.")}, by="ann")
    told = facts(compare(before, state_at(chain)))
    assert list(told) == ["pending"]


def test_a_document_that_came_comes_with_all_that_control_knows_of_it() -> None:
    chain = company()
    before = state_at(chain)
    chain.commit({PATH: procedure()}, by="ann")
    told = facts(compare(before, state_at(chain)))
    assert told["state"] == (ABSENT, "draft")
    assert told["issue"] == (ABSENT, None)


def test_a_document_that_went_is_still_told_by_its_name() -> None:
    chain = company(**{PATH: procedure()})
    before = state_at(chain)
    chain.commit({PATH: None}, by="ann")
    found = compare(before, state_at(chain))
    assert facts(found)
    assert {one.of.title for one in found.changes} == {"Waste"}
    assert compare(state_at(chain), before).changes


def test_a_day_that_goes_by_changes_what_is_due_alone() -> None:
    chain = company()
    found = compare(state_at(chain), state_at(chain, as_of="2027-06-01"))
    assert all(isinstance(one, StateChanged) for one in found.changes)


def test_where_there_is_no_control_nothing_is_known_of_it() -> None:
    chain = begun()
    with_control = state_at(chain)
    without = replace(with_control, control=None)
    assert facts(compare(without, with_control))["state"] == (ABSENT, "in force")
    assert compare(without, without).changes == ()


def test_facts_and_acts_are_text() -> None:
    _, after = approved(begun())
    assert after.control is not None
    document = after.control.documents["PRO-001"]
    assert control_facts(document)["effective_from"] == "2026-01-07"
    (key,) = control_acts(document)
    assert key.endswith(" approval PER-EVE")
    assert all(value is None or isinstance(value, str) for value in control_acts(document)[key].values())


def test_a_record_by_which_an_approval_came_is_told_as_that_and_nothing_more() -> None:
    found = compare(*approved(begun()))
    assert acts(found)
    assert found.records == ()


def test_a_record_that_was_changed_or_taken_away_after_it_had_landed_is_named() -> None:
    chain = begun()
    _, before = approved(chain)
    (path,) = (one for one in before.snapshot.entries if "records/approvals/" in one)
    text = before.snapshot.files[path].decode()
    for content in (f"{text}# more\n", None):
        chain.commit({path.removeprefix("ems/"): content}, by="ann")
        found = compare(before, state_at(chain))
        assert not acts(found)
        assert [f"ems/{one}" for one in found.records] == [path]
