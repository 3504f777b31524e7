"""Every fault of evidence has a rule that tells it, for as long as anything hangs on it."""

from __future__ import annotations

from datetime import date

from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import FaultReason
from mkdocs_ems.graph import link
from mkdocs_ems.model import build_model
from mkdocs_ems.rules import RULES, run_rules
from mkdocs_ems.rules.doubts import TOLD_BY
from mkdocs_ems.source import parse_sources
from support.chain import Chain
from support.company import company, land_record, procedure, record, settings

PATH = "procedures/waste.md"
OF_EVIDENCE = ("DOC018", "DOC027", "DOC028", "DOC029", "DOC030", "DOC031", "DOC032", "SOD001")


def told(chain: Chain) -> list[tuple[str, str]]:
    """Code and severity of what is told of evidence."""
    snapshot = chain.snapshot()
    sources = parse_sources(snapshot)
    model = build_model(sources)
    day = date(2026, 6, 1)
    state = Compilation(
        snapshot,
        sources,
        model,
        link(model, sources),
        day,
        chain.control("2026-06-01"),
        history=chain.history(),
    )
    found = run_rules(state, select=OF_EVIDENCE).diagnostics
    return sorted((one.code, one.severity.value) for one in found)


def test_every_kind_of_fault_is_told_by_a_rule_that_exists() -> None:
    assert set(TOLD_BY) == set(FaultReason)
    assert set(TOLD_BY.values()) <= set(RULES)


def test_a_record_that_was_written_anew_is_told_no_more() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Sort it twice.")}, by="ann")
    land_record(chain, PATH, by="eve", issue=3)
    assert told(chain) == [("DOC027", "warning")]
    land_record(chain, PATH, by="eve", issue=2, n=2)
    assert told(chain) == []


def test_the_right_record_of_one_of_two_approvers_settles_his_wrong_one() -> None:
    rows = "    - {types: [policy, rules, person, role], roles: [ROL-MD]}\n"
    rows += "    - {types: [procedure], roles: [ROL-EHS, ROL-OPS], persons: 2}\n"
    chain = company(ems=settings(matrix=rows), **{PATH: procedure()})
    chain.commit({PATH: procedure("Sort it twice.")}, by="ann")
    land_record(chain, PATH, by="eve", issue=3)
    land_record(chain, PATH, by="otto", issue=2)
    assert told(chain) == [("DOC027", "warning")]
    land_record(chain, PATH, by="eve", issue=2, n=2)
    assert told(chain) == []


def test_an_approval_does_not_settle_a_confirmation_that_failed_after_it() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Sort it twice.")}, by="ann")
    land_record(chain, PATH, by="eve", issue=2)
    land_record(chain, PATH, by="otto", issue=1, meaning="confirmation")
    assert told(chain) == [("DOC027", "warning")]
    land_record(chain, PATH, by="otto", issue=2, meaning="confirmation")
    assert told(chain) == []


def test_a_record_from_elsewhere_stays_as_information() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Sort it twice.")}, by="ann")
    land_record(chain, PATH, by="eve", issue=2, repository="another")
    assert told(chain) == [("DOC029", "error")]
    land_record(chain, PATH, by="eve", issue=2, n=2)
    assert told(chain) == [("DOC029", "info")]


def test_a_deleted_record_is_told_until_it_is_back() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Sort it twice.")}, by="ann")
    made = record(chain, PATH, by="eve", issue=2)
    (path,) = made
    chain.commit(made, by="eve")
    chain.commit({path: None}, by="ann")
    assert told(chain) == [("DOC028", "error")]
    chain.commit(made, by="ann")
    assert told(chain) == []


def test_a_void_record_that_is_deleted_is_told_until_the_next_approval() -> None:
    chain = company(**{PATH: procedure()})
    chain.commit({PATH: procedure("Sort it twice.")}, by="ann")
    path = land_record(chain, PATH, by="eve", issue=3)
    chain.commit({path: None}, by="ann")
    assert told(chain) == [("DOC027", "warning"), ("DOC028", "error")]
    land_record(chain, PATH, by="otto", issue=2)
    assert told(chain) == []


def test_a_record_for_what_never_landed_is_told_at_the_record() -> None:
    chain = company(**{PATH: procedure()})
    land_record(chain, PATH, by="eve", document="PRO-009")
    assert told(chain) == [("DOC027", "warning")]


def test_withdrawing_a_document_settles_what_was_wrong_with_its_records() -> None:
    chain = company(**{PATH: procedure()})
    land_record(chain, PATH, by="eve", issue=5, meaning="confirmation")
    assert told(chain) == [("DOC027", "warning")]
    land_record(chain, PATH, by="eve", issue=1, meaning="withdrawal")
    chain.commit({PATH: None}, by="ann")
    assert told(chain) == []


def test_a_line_of_the_list_of_keys_is_told_until_another_list_is_approved() -> None:
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ1jBvAc2zbNpYt+4TWuoSA4nOBDzWkOmErZSFyQcP3c"
    chain = company(**{PATH: procedure(), "allowed_signers": f"*@example.org {key}\n"})
    assert told(chain) == [("DOC032", "warning")]
    chain.commit({"allowed_signers": f"eve@example.org {key}\n"}, by="ann")
    assert told(chain) == [("DOC032", "warning")]
    parts = {"allowed_signers": "allowed_signers"}
    land_record(chain, "ems.yml", by="mary", document="EMS-RULES", issue=2, parts=parts)
    assert told(chain) == []
