"""Which links are suspect: told as stories of a chain, event by event."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mkdocs_ems.changes import suspects as room
from mkdocs_ems.changes.suspects import Suspect, suspects, would_be_suspect
from mkdocs_ems.control import Meaning
from support.chain import Chain
from support.company import land_record
from support.looked import (
    CONTROLS,
    RISKS,
    WASTE,
    approved,
    begin,
    compiled,
    control,
    procedure,
    register,
    risk,
)

OTHER, ASPECTS = "procedures/other.md", "registers/aspects.yml"


def found(chain: Chain, *, as_of: str | None = None) -> list[str]:
    """Each suspect link as `PRO-001 text OPC-001 where`."""
    return [_told(one) for one in suspects(compiled(chain, as_of=as_of)).found]


def _told(one: Suspect) -> str:
    what = "came" if one.came else " ".join(one.what)
    return f"{one.edge.source} {one.edge.field} {one.edge.target} {what}".strip()


@pytest.fixture
def moved() -> Chain:
    """The control got another place after the procedure that mentions it was adopted."""
    chain = begin()
    approved(chain, {CONTROLS: register(control("Hall"))})
    return chain


# --- what makes a link suspect ----------------------------------------------------------------


def test_nothing_is_suspect_while_nothing_has_changed() -> None:
    assert found(begin()) == []


def test_a_link_is_suspect_once_another_content_of_its_target_is_approved(moved: Chain) -> None:
    one = suspects(compiled(moved)).found[0]
    assert _told(one) == "PRO-001 text OPC-001 where"
    assert (one.document, one.holder, one.then, one.now) == ("PRO-001", "REG-CONTROLS", 1, 2)
    assert one.look.words == "taken over on 2026-01-05"
    assert one.since == moved.now.date()


def test_a_draft_of_the_target_makes_nothing_suspect() -> None:
    chain = begin()
    chain.commit({CONTROLS: register(control("Hall"))}, by="ann")
    assert found(chain) == []


def test_a_content_that_was_changed_back_is_not_suspect(moved: Chain) -> None:
    approved(moved, {CONTROLS: register(control("Yard"))})
    assert found(moved) == []


def test_a_row_that_lost_what_stood_at_its_end_has_changed() -> None:
    chain = begin(**{CONTROLS: register(control(maintenance="Weekly"), control(identity="OPC-002"))})
    approved(chain, {CONTROLS: register(control(), control(identity="OPC-002"))})
    assert found(chain) == ["PRO-001 text OPC-001 maintenance"]


def test_rows_that_are_put_before_another_do_not_change_it() -> None:
    chain = begin()
    rows = [control(identity=f"OPC-1{at:02}", maintenance="x" * 90) for at in range(60)]
    approved(chain, {CONTROLS: register(*rows, control())})
    assert found(chain) == []


def test_a_row_that_came_since_is_told_as_such() -> None:
    chain = begin(**{WASTE: procedure("Sort by [[OPC-002]].")})
    approved(chain, {CONTROLS: register(control(), control(identity="OPC-002"))})
    assert found(chain) == ["PRO-001 text OPC-002 came"]


def test_what_is_noted_in_a_row_and_what_else_it_names_changes_nothing() -> None:
    chain = begin()
    said = {"status": "active", "owner": "ROL-EHS", "notes": "Seen", "procedure": "PRO-001"}
    approved(chain, {CONTROLS: register(control(**said, no_procedure_reason="None"))})
    assert found(chain) == []


def test_another_way_to_write_the_same_changes_nothing() -> None:
    chain = begin()
    approved(chain, {CONTROLS: register(control('"Yard"  # where else'))})
    assert found(chain) == []


def test_a_document_changes_with_its_text_and_not_with_how_it_is_kept() -> None:
    chain = begin(**{OTHER: procedure("See [[PRO-001]].", identity="PRO-002")})
    approved(chain, {WASTE: procedure(head="review_every: 12 months\nclauses: ['8.1']\n")})
    assert found(chain) == []
    approved(chain, {WASTE: procedure("Sort weekly.")})
    told = suspects(compiled(chain)).found
    assert [_told(one) for one in told] == ["PRO-002 text PRO-001"]
    assert told[0].in_passing


def test_a_document_changes_with_a_picture_in_it() -> None:
    page = procedure("![Flow](flow.svg)")
    chain = begin(
        **{WASTE: page, "procedures/flow.svg": "one", OTHER: procedure("[[PRO-001]]", identity="PRO-002")}
    )
    approved(chain, {"procedures/flow.svg": "two"})
    assert found(chain) == ["PRO-002 text PRO-001"]


def test_a_field_that_names_a_document_relies_on_it() -> None:
    chain = begin(**{WASTE: procedure("Sort."), CONTROLS: register(control(procedure="PRO-001"))})
    approved(chain, {WASTE: procedure("Sort weekly.")})
    told = suspects(compiled(chain)).found
    assert [_told(one) for one in told] == ["OPC-001 procedure PRO-001"]
    assert not told[0].in_passing


def test_a_change_that_was_approved_as_editorial_makes_nothing_suspect() -> None:
    chain = begin(
        **{WASTE: procedure("Sort teh waste."), OTHER: procedure("[[PRO-001]]", identity="PRO-002")}
    )
    chain.commit({WASTE: procedure("Sort the waste.")}, by="ann")
    land_record(chain, WASTE, by="eve", issue=2, change="editorial")
    issue = chain.document("PRO-001").in_force
    assert issue is not None
    assert issue.editorial
    assert found(chain) == []


def test_a_target_whose_new_issue_applies_later_is_suspect_from_then_on() -> None:
    chain = begin()
    chain.commit({CONTROLS: register(control("Hall"))}, by="ann")
    said = {"document": "REG-CONTROLS", "issue": 2, "effective_from": "2026-02-01"}
    land_record(chain, CONTROLS, by="eve", **said)
    assert found(chain) == []
    assert found(chain, as_of="2026-02-01") == ["PRO-001 text OPC-001 where"]


def test_who_approved_while_a_new_issue_waited_for_its_day_knew_it() -> None:
    chain = begin()
    chain.commit({CONTROLS: register(control("Hall"))}, by="ann")
    said = {"document": "REG-CONTROLS", "issue": 2, "effective_from": "2026-02-01"}
    land_record(chain, CONTROLS, by="eve", **said)
    approved(chain, {WASTE: procedure("Sort well by [[OPC-001]].")})
    assert found(chain) == []
    assert found(chain, as_of="2026-02-01") == []


def test_a_living_register_changes_as_it_lands() -> None:
    page = procedure("Mind [[RSK-001]].")
    chain = begin(**{WASTE: page, RISKS: register(risk(), identity="REG-RISKS", kind="risk")})
    chain.commit({RISKS: register(risk("Sprinklers"), identity="REG-RISKS", kind="risk")}, by="ann")
    one = suspects(compiled(chain)).found[0]
    assert (_told(one), one.now, one.since) == ("PRO-001 text RSK-001 treatment", None, None)


def test_what_is_only_proposed_has_not_changed_a_living_register() -> None:
    risks = register(risk(), identity="REG-RISKS", kind="risk")
    chain = begin(**{WASTE: procedure("Mind [[RSK-001]]."), RISKS: risks})
    other = register(risk("Sprinklers"), identity="REG-RISKS", kind="risk")
    chain.commit({RISKS: other}, by="ann", proposed=True)
    assert found(chain) == []


def test_an_editorial_change_after_another_takes_that_back_for_nobody() -> None:
    chain = begin(**{WASTE: procedure("Sort."), OTHER: procedure("[[PRO-001]]", identity="PRO-002")})
    approved(chain, {WASTE: procedure("Sort teh waste.")})
    chain.commit({WASTE: procedure("Sort the waste.")}, by="ann")
    land_record(chain, WASTE, by="eve", issue=3, change="editorial")
    assert found(chain) == ["PRO-002 text PRO-001"]


def test_a_row_that_stands_in_a_draft_alone_has_not_changed() -> None:
    chain = begin(**{WASTE: procedure("Sort by [[OPC-002]].")})
    approved(chain, {CONTROLS: register(control("Hall"))})
    chain.commit({CONTROLS: register(control("Hall"), control(identity="OPC-002"))}, by="ann")
    assert found(chain) == []


# --- what is read at all ---------------------------------------------------------------------------


def read(chain: Chain) -> set[str]:
    """The blobs that are read to tell the suspect links of a state."""
    state = compiled(chain)
    assert state.control is not None
    state = replace(state, control=replace(state.control, former=()))
    before = len(chain.shelf.asked)
    suspects(state)
    return {blob for asked in chain.shelf.asked[before:] for blob in asked}


def test_nothing_is_asked_of_a_content_that_is_the_one_of_then(moved: Chain) -> None:
    approved(moved, {CONTROLS: register(control("Yard"))})
    assert read(moved) == set()


def test_nothing_is_asked_of_who_was_looked_at_since() -> None:
    chain = begin()
    approved(chain, {WASTE: procedure("Hall: [[OPC-001]]."), CONTROLS: register(control("Hall"))})
    assert read(chain) == set()


def test_nothing_is_asked_of_a_draft(moved: Chain) -> None:
    assert len(read(moved)) == 1
    moved.commit({WASTE: procedure("Sort well by [[OPC-001]].")}, by="ann")
    assert read(moved) == set()


def test_an_earlier_register_is_read_once_for_all_who_ask() -> None:
    pages = {f"procedures/p{at}.md": procedure(identity=f"PRO-10{at}") for at in range(5)}
    chain = begin(**pages)
    approved(chain, {CONTROLS: register(control("Hall"))})
    assert len(found(chain)) == 6
    assert len(read(chain)) == 1


# --- what is a look ------------------------------------------------------------------------------


def test_an_approval_of_who_refers_clears_it(moved: Chain) -> None:
    approved(moved, {WASTE: procedure("Sort well by [[OPC-001]].")})
    assert found(moved) == []


def test_a_confirmation_of_who_refers_clears_it_and_makes_nothing_else_suspect(moved: Chain) -> None:
    approved(moved, {OTHER: procedure("As [[PRO-001]].", identity="PRO-002")})
    land_record(moved, WASTE, by="eve", meaning="confirmation")
    assert found(moved) == []


def test_after_a_confirmation_the_next_change_is_told_against_it(moved: Chain) -> None:
    land_record(moved, WASTE, by="eve", meaning="confirmation")
    approved(moved, {CONTROLS: register(control("Cellar"))})
    one = suspects(compiled(moved)).found[0]
    assert (one.look.meaning, one.look.by, one.then, one.now) == (Meaning.CONFIRMATION, ("Eve Hart",), 2, 3)


def test_a_review_of_who_refers_clears_it(moved: Chain) -> None:
    land_record(moved, WASTE, by="otto", meaning="review")
    assert found(moved) == []


def test_a_record_that_does_not_count_clears_nothing(moved: Chain) -> None:
    land_record(moved, WASTE, by="eve", issue=7, meaning="confirmation")
    land_record(moved, WASTE, by="ben", meaning="confirmation")
    assert found(moved) == ["PRO-001 text OPC-001 where"]


def test_a_look_stays_one_when_its_record_is_deleted(moved: Chain) -> None:
    path = land_record(moved, WASTE, by="eve", meaning="confirmation")
    moved.commit({path: None}, by="ann")
    assert found(moved) == []


def test_one_merge_that_brings_both_makes_nothing_suspect() -> None:
    chain = begin()
    approved(chain, {WASTE: procedure("Hall: [[OPC-001]]."), CONTROLS: register(control("Hall"))})
    assert found(chain) == []


def test_what_had_landed_when_somebody_looked_was_known_to_them() -> None:
    chain = begin()
    chain.commit({CONTROLS: register(control("Hall")), WASTE: procedure("Hall: [[OPC-001]].")}, by="ann")
    land_record(chain, WASTE, by="eve", issue=2)
    land_record(chain, CONTROLS, by="eve", document="REG-CONTROLS", issue=2)
    assert found(chain) == []


# --- whose links count ----------------------------------------------------------------------------


def test_a_draft_waits_for_its_own_look(moved: Chain) -> None:
    moved.commit({WASTE: procedure("Sort well by [[OPC-001]].")}, by="ann")
    assert found(moved) == []


def test_who_was_never_approved_is_not_suspect() -> None:
    chain = begin()
    chain.commit({OTHER: procedure("As [[OPC-001]].", identity="PRO-002")}, by="ann")
    approved(chain, {CONTROLS: register(control("Hall"))})
    assert found(chain) == ["PRO-001 text OPC-001 where"]


def aspects(*rows: str) -> str:
    """A register of aspects that is kept as a living one."""
    return register(*rows, identity="REG-ASPECTS", kind="aspect").replace("rows:", "control: periodic\nrows:")


def aspect(identity: str, **more: str) -> str:
    """An aspect that counts on the control."""
    return control(identity=identity, controls="[OPC-001]", **more).replace("where: Yard", "activity: Press")


def test_a_row_that_was_written_since_waits_for_the_look_at_its_register() -> None:
    chain = begin(**{WASTE: procedure("Sort."), ASPECTS: aspects(aspect("ASP-001"), aspect("ASP-002"))})
    approved(chain, {CONTROLS: register(control("Hall"))})
    assert found(chain) == ["ASP-001 controls OPC-001 where", "ASP-002 controls OPC-001 where"]
    chain.commit({ASPECTS: aspects(aspect("ASP-001", rationale="New"), aspect("ASP-002"))}, by="ann")
    assert found(chain) == ["ASP-002 controls OPC-001 where"]


def test_a_comment_behind_a_row_hides_nothing_of_it() -> None:
    first, rest = aspect("ASP-001") + "  # Below: the press shop\n", aspect("ASP-002")
    chain = begin(**{WASTE: procedure("Sort."), ASPECTS: aspects(first, rest)})
    approved(chain, {CONTROLS: register(control("Hall"), "  # Below: nothing\n")})
    chain.commit({ASPECTS: aspects(first, rest, aspect("ASP-003"))}, by="ann")
    assert found(chain) == ["ASP-001 controls OPC-001 where", "ASP-002 controls OPC-001 where"]


def test_a_look_at_a_register_is_one_at_each_of_its_rows() -> None:
    chain = begin(**{WASTE: procedure("Sort."), ASPECTS: aspects(aspect("ASP-001"), aspect("ASP-002"))})
    approved(chain, {CONTROLS: register(control("Hall"))})
    land_record(chain, ASPECTS, by="eve", document="REG-ASPECTS", meaning="confirmation")
    assert found(chain) == []


def test_links_of_what_is_withdrawn_and_to_it_are_not_told() -> None:
    chain = begin(**{ASPECTS: aspects(aspect("ASP-001", status="withdrawn"))})
    approved(chain, {CONTROLS: register(control("Hall"))})
    assert found(chain) == ["PRO-001 text OPC-001 where"]
    approved(chain, {CONTROLS: register(control("Hall", status="withdrawn"))})
    assert found(chain) == []


def test_a_reference_is_told_once_however_often_a_text_makes_it() -> None:
    chain = begin(**{WASTE: procedure("[[OPC-001]] and [[OPC-001]]")})
    approved(chain, {CONTROLS: register(control("Hall"))})
    assert found(chain) == ["PRO-001 text OPC-001 where"]


def test_a_document_that_mentions_itself_is_looked_at_with_what_it_mentions() -> None:
    chain = begin(**{WASTE: procedure("As [[PRO-001]] says.")})
    approved(chain, {WASTE: procedure("As [[PRO-001]] says, weekly.")})
    assert found(chain) == []


# --- where things stand -----------------------------------------------------------------------------


def test_a_row_that_moved_to_another_register_as_it_was_is_the_same() -> None:
    chain = begin(**{CONTROLS: register(control(), control(identity="OPC-002"))})
    more = register(control(), identity="REG-MORE")
    approved(chain, {CONTROLS: register(control(identity="OPC-002")), "registers/more.yml": more})
    assert found(chain) == []


def test_a_row_that_moved_and_changed_is_told_with_what_differs() -> None:
    chain = begin(**{CONTROLS: register(control(), control(identity="OPC-002"))})
    more = register(control("Hall"), identity="REG-MORE")
    approved(chain, {CONTROLS: register(control(identity="OPC-002")), "registers/more.yml": more})
    assert found(chain) == ["PRO-001 text OPC-001 where"]


def test_a_register_that_moved_to_another_file_is_the_same() -> None:
    chain = begin()
    approved(chain, {CONTROLS: None, "registers/bins.yml": register(control())})
    assert found(chain) == []


# --- what cannot be judged ----------------------------------------------------------------------


def test_without_history_or_something_to_read_it_with_nothing_is_found(moved: Chain) -> None:
    assert suspects(replace(compiled(moved), blobs=None)).found == ()
    assert suspects(replace(compiled(moved), control=None)).found == ()


def test_what_would_take_too_much_to_read_is_named(moved: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BYTES", 10)
    state = compiled(moved)
    assert state.control is not None
    told = suspects(replace(state, control=replace(state.control, former=())))
    assert (told.found, told.not_judged) == ((), ("PRO-001",))


# --- what will be suspect -------------------------------------------------------------------------


def test_a_change_says_beforehand_which_links_it_will_make_suspect() -> None:
    chain = begin(**{OTHER: procedure("As [[PRO-001]] says.", identity="PRO-002")})
    chain.commit({CONTROLS: register(control("Hall"))}, by="ann")
    edges = would_be_suspect(compiled(chain), {"OPC-001"})
    assert [(edge.source, edge.target) for edge in edges] == [("PRO-001", "OPC-001")]
    assert would_be_suspect(compiled(chain), {"OPC-001", "PRO-001"})[0].source == "PRO-002"
    assert would_be_suspect(compiled(chain), {"ROL-EHS", "GONE-1"}) == ()


ODD_ROWS = {
    "a name in double quotes": '  - "id": OPC-001\n    where: {}\n',
    "a name in single quotes": "  - 'id': OPC-001\n    where: {}\n",
    "a name with a question mark": "  - ? id\n    : OPC-001\n    where: {}\n",
    "a dash on a line of its own": "  -\n    id: OPC-001\n    where: {}\n",
    "an id on a line of its own": "  - where: {}\n    id:\n      OPC-001\n",
    "an id with escapes": '  - where: {}\n    "id": "OPC-\\x30\\x301"\n',
    "a text that looks like an id": "  - notes: |\n      id: OPC-009\n    id: OPC-001\n    where: {}\n",
    "a text that looks like the row": (
        '  - id: OPC-000\n    notes: "see\n  - id: OPC-001\n    where: Yard\n  - id: OPC-009"\n'
        "  - id: OPC-001\n    where: {}\n"
    ),
}


@pytest.mark.parametrize("row", ODD_ROWS.values(), ids=list(ODD_ROWS))
def test_no_way_to_write_a_row_hides_that_it_says_something_else(row: str) -> None:
    chain = begin(**{CONTROLS: register(row.format("Yard"))})
    approved(chain, {CONTROLS: register(row.format("Hall"))})
    assert found(chain) == ["PRO-001 text OPC-001 where"]
    approved(chain, {CONTROLS: register(row.format("Yard"))})
    assert found(chain) == []


def test_rows_in_brackets_are_looked_at_too() -> None:
    head = register().replace("rows:\n", "")
    chain = begin(**{CONTROLS: f"{head}rows: [{{id: OPC-001, where: Yard}}]\n"})
    approved(chain, {CONTROLS: f"{head}rows: [{{id: OPC-001, where: Hall}}]\n"})
    assert found(chain) == ["PRO-001 text OPC-001 where"]


@pytest.mark.parametrize("row", ODD_ROWS.values(), ids=list(ODD_ROWS))
def test_no_way_to_write_a_row_hides_to_what_it_refers(row: str) -> None:
    refers = row.format("Yard\n    aspects: [ASP-001]")
    aspect = "  - id: ASP-001\n    activity: {}\n"
    aspects = {text: register(aspect.format(text), identity="REG-A", kind="aspect") for text in ("A", "B")}
    chain = begin(**{CONTROLS: register(refers), ASPECTS: aspects["A"]})
    more = register(refers, control(identity="OPC-002"))
    chain.commit({CONTROLS: more}, by="ann")
    approved(chain, {ASPECTS: aspects["B"]})
    assert found(chain) == ["OPC-001 aspects ASP-001 activity"]
