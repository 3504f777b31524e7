"""The ledger's rows: what is written when, that nothing later changes them, that they seal one another."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from mkdocs_ems.control.journal import Completed, Counted, Landed, Noted
from mkdocs_ems.control.sealing import Row, chained, heading_hash, row_hash
from support.chain import Chain, Work
from support.company import REPOSITORY, company, land_record, procedure, register, settings

PATH = "procedures/waste.md"


def rows(chain: Chain, document: str = "PRO-001") -> list[Row]:
    return [row for row in chain.control().ledger.rows if row["document"] == document]


def kinds(found: list[Row]) -> list[str]:
    return [str(row["row"]) for row in found]


def approved() -> Chain:
    chain = company()
    chain.merge(Work({PATH: procedure()}), by="eve")
    return chain


def test_a_content_an_act_and_an_issue_have_a_row_each() -> None:
    chain = approved()
    content, evidence, issue = rows(chain)
    assert content["manifest"] == {"main": chain.sha(PATH), "parts": {}}
    assert content["authors"] == ["PER-ANN"]
    assert content["path"] == f"ems/{PATH}"
    assert (evidence["level"], evidence["approver"], evidence["role"]) == ("recorded", "PER-EVE", "ROL-EHS")
    assert evidence["evidence"] == chain.head
    assert (issue["issue"], issue["level"], issue["segregation"]) == (1, "recorded", "asserted")
    assert issue["approvals"] == [chain.head]
    assert {row["event"] for row in (content, evidence, issue)} == {chain.head}


def test_what_was_adopted_has_rows_without_authors_or_acts() -> None:
    chain = company()
    content, issue = rows(chain, "POL-001")
    assert content["authors"] == []
    assert (issue["level"], issue["approvals"], issue["segregation"]) == ("adopted", [], None)


def test_a_draft_has_a_content_row_and_nothing_else() -> None:
    chain = company()
    chain.commit({PATH: procedure()})
    assert kinds(rows(chain)) == ["content"]


def test_later_evidence_is_a_later_row() -> None:
    chain = company()
    landed = chain.commit({PATH: procedure()})
    before = chain.control().ledger.rows
    land_record(chain, PATH, by="eve")
    after = chain.control().ledger.rows
    assert after[: len(before)] == before
    assert kinds(list(after[len(before) :])) == ["evidence", "issue"]
    assert after[-1]["landed"] == landed
    assert after[-1]["event"] == chain.head


def test_one_of_two_approvals_has_its_row_before_there_is_an_issue() -> None:
    matrix = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    chain = company(ems=settings(matrix=matrix))
    chain.merge(Work({PATH: procedure()}), by="eve")
    assert kinds(rows(chain)) == ["content", "evidence"]
    land_record(chain, PATH, by="otto")
    assert kinds(rows(chain)) == ["content", "evidence", "evidence", "issue"]


def test_stronger_evidence_for_an_issue_is_told_in_a_row_of_its_own() -> None:
    matrix = "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], accepts: [declared, recorded]}\n"
    chain = company(ems=settings(matrix=matrix))
    chain.commit({PATH: procedure()}, trailers=(("Approved-by", "Eve <eve@example.org>"),))
    land_record(chain, PATH, by="otto")
    levels = [row["level"] for row in rows(chain) if row["row"] == "issue"]
    assert levels == ["declared", "recorded"]


def test_a_confirmation_and_a_withdrawal_are_told() -> None:
    chain = approved()
    land_record(chain, PATH, by="otto", meaning="confirmation", previous=[])
    land_record(chain, PATH, by="otto", meaning="withdrawal", previous=[])
    told = [(row["row"], row["meaning"]) for row in rows(chain)[3:]]
    assert told == [
        ("evidence", "confirmation"),
        ("issue", "confirmation"),
        ("evidence", "withdrawal"),
        ("issue", "withdrawal"),
    ]


def test_a_review_has_a_row_and_makes_no_issue() -> None:
    chain = company()
    chain.commit({PATH: procedure()})
    land_record(chain, PATH, by="otto", meaning="review")
    assert kinds(rows(chain)) == ["content", "evidence"]
    assert rows(chain)[-1]["meaning"] == "review"


def test_evidence_that_did_not_count_has_no_row() -> None:
    chain = company()
    chain.commit({PATH: procedure()}, by="eve")
    land_record(chain, PATH, by="eve")
    assert kinds(rows(chain)) == ["content"]
    noted = [step for step in chain.control().journal if isinstance(step, Noted)]
    assert [step.document for step in noted] == ["PRO-001"]


def test_a_file_that_was_taken_away_has_a_row_without_a_manifest() -> None:
    chain = approved()
    chain.commit({PATH: None})
    assert rows(chain)[-1]["manifest"] is None
    assert rows(chain)[-1]["path"] is None


def test_a_move_is_no_new_row() -> None:
    chain = approved()
    before = rows(chain)
    chain.commit({PATH: None, "waste.md": procedure()})
    assert rows(chain) == before


def test_what_is_only_proposed_has_no_row() -> None:
    chain = approved()
    before = chain.control().ledger
    chain.commit({PATH: procedure("Changed.")}, proposed=True)
    assert chain.control().ledger.rows == before.rows
    assert chain.control().ledger.last == before.last


def test_each_row_bears_the_hash_of_the_row_before_and_the_head_that_of_the_last() -> None:
    ledger = approved().control().ledger
    before = heading_hash(ledger.trust_root, ledger.repository)
    for row in ledger.rows:
        assert row["previous"] == before
        plain = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        before = sha256(plain.encode()).hexdigest()
    assert ledger.head == before
    assert ledger.repository == REPOSITORY


def test_the_repository_and_the_trust_root_are_sealed_with_the_rows() -> None:
    sealed = {chained((), trust_root=root, repository=one)[1] for root in "ab" for one in (None, "r")}
    assert len(sealed) == 4


def test_the_same_row_after_another_one_has_another_hash() -> None:
    (one, *_), head = chained(({"row": "content"},), trust_root="a", repository=None)
    (*_, two), longer = chained(({"row": "issue"}, {"row": "content"}), trust_root="a", repository=None)
    assert row_hash(one) == head
    assert row_hash(two) == longer != head


def eventful() -> Chain:
    """A history in which each later event could change the mind of somebody who reads carelessly."""
    chain = company(**{"registers/aspects.yml": register("Noise")})
    chain.merge(Work({PATH: procedure()}), by="eve")
    chain.commit({"registers/aspects.yml": register("Noise", "Dust", identity="REG-OTHER")})
    chain.commit({"registers/aspects.yml": register("Noise", "Dust", "Waste")})
    chain.commit({"registers/people.yml": None})
    chain.commit({PATH: procedure("Draft.")}, by="ben")
    chain.commit({"moved.md": procedure("Draft."), PATH: None}, by="ann")
    chain.merge(Work({"moved.md": procedure("Better.")}, by="ben"), by="otto")
    chain.commit({"ems.yml": settings(approval="  segregation: warn\n")}, by="ann")
    chain.commit({"copy.md": procedure("Better.")}, by="ann")
    chain.commit({"copy.md": None}, by="ann")
    land_record(chain, "moved.md", by="otto", meaning="withdrawal", issue=2, previous=[])
    return chain


def test_whatever_comes_later_leaves_every_row_as_it_is() -> None:
    chain = eventful()
    before: tuple[Row, ...] = ()
    for count in range(1, len(chain.events) + 1):
        part = Chain()
        part.shelf, part.commits, part.now = chain.shelf, chain.commits, chain.now
        part.events = chain.events[:count]
        part.tree = {}
        for event in part.events:
            for change in event.changes:
                if change.new_blob is None:
                    part.tree.pop(change.path, None)
                else:
                    part.tree[change.path] = (change.new_mode, change.new_blob)
        now = part.control().ledger.rows
        assert now[: len(before)] == before, f"event {count} changed earlier rows"
        before = now
    assert before == chain.control().ledger.rows


def test_a_register_that_had_another_id_for_a_while_keeps_its_rows() -> None:
    chain = company(**{"registers/aspects.yml": register("Noise")})
    chain.commit({"registers/aspects.yml": register("Noise", "Dust", identity="REG-OTHER")})
    assert kinds(rows(chain, "REG-OTHER")) == ["content"]
    chain.commit({"registers/aspects.yml": register("Noise", "Dust", "Waste")})
    assert kinds(rows(chain, "REG-OTHER"))[0] == "content"


def test_the_journal_holds_what_was_decided_in_the_order_of_the_chain() -> None:
    chain = approved()
    steps = [step for step in chain.control().journal if step.document == "PRO-001"]
    assert [type(step) for step in steps] == [Landed, Counted, Completed]
    assert isinstance(steps[-1], Completed)
    assert steps[-1].rules.read_from.keys() == {"EMS-RULES", "REG-PEOPLE", "REG-ROLES"}


def test_rules_that_cannot_be_read_are_not_what_the_journal_names() -> None:
    chain = company()
    sound = chain.tree["ems/ems.yml"][1]
    chain.merge(
        Work(
            {
                "ems.yml": "approval: [",
            },
            by="ann",
        ),
        by="mary",
    )
    chain.merge(Work({PATH: procedure()}), by="eve")
    last = chain.control().journal[-1]
    assert isinstance(last, Completed)
    assert last.rules.read_from["EMS-RULES"].blob == sound


def test_no_ledger_is_made_before_somebody_asks() -> None:
    chain = company()
    for number in range(5):
        chain.commit({"registers/aspects.yml": register(*map(str, range(number)))})
    asked = len(chain.shelf.asked)
    control = chain.control()
    quiet = len(chain.shelf.asked) - asked
    assert control.ledger.rows
    assert len(chain.shelf.asked) - asked > quiet


@pytest.mark.parametrize("day", ["2025-01-01", "2030-01-01"])
def test_the_day_asked_for_has_no_say(day: str) -> None:
    chain = approved()
    assert chain.control(day).ledger == chain.control().ledger
