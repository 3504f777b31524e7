"""Waivers: what they accept, until when, and what is said of those that accept nothing."""

from __future__ import annotations

from datetime import date

from mkdocs_ems.diagnostics import Report
from mkdocs_ems.rules import example_files, run_rules
from support.rule_cases import ASKS_FOR_MORE, compiled

NO_CRITERIA = """\
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
  - id: OPC-002
    title: Metals check before discharge
"""


def judged(
    *waivers: str, controls: str = NO_CRITERIA, as_of: str = "2026-06-01", select: tuple[str, ...] = ()
) -> Report:
    """Judge two controls without criteria under some waivers, each `CODE ID UNTIL` (`*` for any id)."""
    lines = ["waivers:"]
    for waiver in waivers:
        code, identity, until = waiver.split()
        named = "" if identity == "*" else f"id: {identity}, "
        lines.append(f"  - {{code: {code}, {named}reason: Decided, until: {until}, approved_by: PER-MAYA}}")
    files = dict(example_files())
    files["ems/ems.yml"] += "\n".join(lines) + "\n" if waivers else ""
    files["ems/registers/controls.yml"] = controls
    state = compiled(files, as_of=date.fromisoformat(as_of))
    return run_rules(state, select=select, ignore=ASKS_FOR_MORE)


def standing(report: Report) -> list[tuple[str, str | None]]:
    return [(one.code, one.id) for one in report.diagnostics]


def test_a_waiver_takes_one_finding_out_and_keeps_it_with_its_words() -> None:
    report = judged("OPC001 OPC-002 2026-12-31")
    assert standing(report) == [("OPC001", "OPC-001")]
    (waived,) = report.waived
    assert (waived.diagnostic.id, waived.reason, waived.until, waived.approved_by) == (
        "OPC-002",
        "Decided",
        date(2026, 12, 31),
        "PER-MAYA",
    )
    assert report.counts["waived"] == 1
    assert report.counts["error"] == 1


def test_a_waiver_without_an_id_accepts_every_finding_of_its_code() -> None:
    report = judged("OPC001 * 2026-12-31")
    assert standing(report) == []
    assert [one.diagnostic.id for one in report.waived] == ["OPC-001", "OPC-002"]


def test_a_waiver_holds_to_the_end_of_its_last_day() -> None:
    assert standing(judged("OPC001 * 2026-06-01")) == []
    assert [code for code, _ in standing(judged("OPC001 * 2026-05-31"))] == ["WAI002", "OPC001", "OPC001"]


def test_a_waiver_is_compared_without_case() -> None:
    assert standing(judged("opc001 opc-001 2026-12-31", "OPC001 OPC-002 2026-12-31")) == []


def test_a_second_waiver_of_the_same_finding_is_unused() -> None:
    report = judged("OPC001 OPC-001 2026-12-31", "OPC001 OPC-001 2027-12-31")
    assert standing(report) == [("WAI001", None), ("OPC001", "OPC-002")]


def test_a_waiver_of_a_rule_that_was_not_judged_is_not_called_unused() -> None:
    assert standing(judged("DOC004 POL-001 2026-12-31", "OPC001 * 2026-12-31")) == []


def test_a_waiver_of_a_rule_that_was_not_selected_is_not_called_unused() -> None:
    report = judged("OBL001 OBL-001 2026-12-31", select=("OPC001", "WAI"))
    assert [code for code, _ in standing(report)] == ["OPC001", "OPC001"]


def test_a_waiver_whose_finding_is_hidden_by_another_fault_is_not_called_unused() -> None:
    broken = NO_CRITERIA.replace("title: pH", "tittle: pH")
    report = judged("OPC001 OPC-001 2026-12-31", controls=broken)
    assert [code for code, _ in standing(report)] == ["SCH001", "OPC001"]


def test_a_waiver_of_a_waivers_rule_accepts_nothing() -> None:
    report = judged("WAI001 * 2026-12-31", "OPC001 * 2026-12-31")
    assert [one.message for one in report.diagnostics] == [
        "the waiver of WAI001 accepts nothing: there is no such finding"
    ]


def test_no_waiver_reaches_what_cannot_be_read() -> None:
    broken = NO_CRITERIA.replace("title: pH", "tittle: pH")
    report = judged("SCH001 * 2026-12-31", "sch001 OPC-001 2026-12-31", controls=broken)
    assert [code for code, _ in standing(report)] == ["WAI001", "WAI001", "SCH001", "OPC001"]
    assert report.waived == ()
    assert report.diagnostics[0].message.startswith("no waiver reaches SCH001")


def test_a_waiver_of_what_cannot_be_read_is_told_though_nothing_is_unread() -> None:
    report = judged("SCH001 * 2026-12-31", "OPC001 * 2026-12-31")
    assert [code for code, _ in standing(report)] == ["WAI001"]


def test_a_mistyped_code_is_answered_with_the_nearest() -> None:
    report = judged("OPC01 * 2026-12-31", "OPC001 * 2026-12-31")
    (one,) = report.diagnostics
    assert one.message == "the waiver of OPC01 names no rule"
    assert one.help.startswith("did you mean OPC")
