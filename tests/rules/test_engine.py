"""The engine: order, prerequisites, selection, placing, what cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from mkdocs_ems.diagnostics import Anchor, Basis, Finding, Related, Severity, Span
from mkdocs_ems.errors import UsageError
from mkdocs_ems.rules import RULES, AuditContext, Rule, first_fix, run_rules
from support.rule_cases import found, in_example

CONTROLS = """\
id: REG-CONTROLS
type: control
title: Operational controls
owner: ROL-EHS
rows:
  - id: OPC-001
    title: pH check before discharge
  - title: No id
"""

PATH = "ems/registers/controls.yml"


def made(code: str, *findings: Finding, requires: tuple[str, ...] = (), **words: bool) -> Rule:
    """A rule that always says the same."""

    def check(_context: AuditContext) -> Iterator[Finding]:
        for finding in findings:
            yield finding if finding.help else replace(finding, help="mend it")

    return Rule(
        code=code,
        name=f"fault-{code.lower()}",
        severity=Severity.ERROR,
        basis=Basis.PRACTICE,
        clauses_2015=("10.3",),
        clauses_2026=("10.1",),
        since="0.1.0",
        check=check,
        requires=requires,
        **words,
    )


def by_code(*rules: Rule) -> Mapping[str, Rule]:
    return {rule.code: rule for rule in rules}


def row(position: int, *, identity: str | None = None) -> Finding:
    return Finding("a fault", Anchor(PATH, ("rows", position)), id=identity)


def test_a_rule_is_silent_where_its_prerequisite_failed_on_the_same_id() -> None:
    first = made("AAA001", row(0, identity="OPC-001"))
    second = made(
        "AAA002",
        Finding("again", Anchor("ems/ems.yml"), id="opc-001"),
        Finding("elsewhere", Anchor("ems/policy.md"), id="POL-001"),
        requires=("AAA001",),
    )
    report = run_rules(in_example({PATH: CONTROLS}), rules=by_code(first, second))
    assert [(one.code, one.message) for one in report.diagnostics] == [
        ("AAA002", "elsewhere"),
        ("AAA001", "a fault"),
    ]


def test_a_rule_is_silent_in_a_row_without_id_where_its_prerequisite_failed_in_a_field() -> None:
    first = made("AAA001", Finding("a field", Anchor(PATH, ("rows", 1, "title"))))
    second = made("AAA002", row(0), row(1), requires=("AAA001",))
    report = run_rules(in_example({PATH: CONTROLS}), rules=by_code(first, second))
    assert found(report) == (("AAA001", PATH, 8), ("AAA002", PATH, 6))


def test_a_finding_may_be_less_bad_than_its_rule_and_counts_as_what_it_is() -> None:
    milder = replace(row(1), severity=Severity.WARNING)
    report = run_rules(in_example({PATH: CONTROLS}), rules=by_code(made("AAA001", row(0), milder)))
    assert [one.severity for one in report.diagnostics] == [Severity.ERROR, Severity.WARNING]
    assert (report.counts["error"], report.counts["warning"]) == (1, 1)


def test_a_hidden_finding_does_not_hide_further_ones() -> None:
    first = made("AAA001", row(0))
    second = made("AAA002", row(0), requires=("AAA001",))
    third = made("AAA003", row(0), requires=("AAA002",))
    report = run_rules(in_example({PATH: CONTROLS}), rules=by_code(first, second, third))
    assert {one.code for one in report.diagnostics} == {"AAA001", "AAA003"}


def test_prerequisites_run_first_whatever_the_order_of_the_catalogue() -> None:
    late = made("AAA001", row(0), requires=("ZZZ001",))
    early = made("ZZZ001", row(0))
    report = run_rules(in_example({PATH: CONTROLS}), rules=by_code(late, early))
    assert [one.code for one in report.diagnostics] == ["ZZZ001"]


def test_a_prerequisite_that_was_not_selected_still_prevents_cascades_and_is_not_reported() -> None:
    early, late = made("AAA001", row(0)), made("BBB001", row(0), requires=("AAA001",))
    report = run_rules(in_example({PATH: CONTROLS}), rules=by_code(early, late), select=("BBB",))
    assert report.diagnostics == ()
    assert report.counts["rules"] == 1


def test_rules_are_selected_and_ignored_by_the_beginning_of_their_code() -> None:
    rules = by_code(*(made(code, row(0)) for code in ("ASP001", "ASP002", "OBL001")))
    state = in_example({PATH: CONTROLS})
    chosen = run_rules(state, rules=rules, select=("asp",), ignore=("ASP002",))
    assert [one.code for one in chosen.diagnostics] == ["ASP001"]
    assert [one.code for one in run_rules(state, rules=rules, ignore=("ASP",)).diagnostics] == ["OBL001"]


@pytest.mark.parametrize("word", ["ASP01O", "", "XYZ"])
def test_a_selector_that_fits_no_rule_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="no rule's code begins with"):
        run_rules(in_example({}), select=(word,))


def test_a_mistyped_selector_is_answered_with_the_nearest_code() -> None:
    with pytest.raises(UsageError, match="did you mean ASP010"):
        run_rules(in_example({}), rules=by_code(made("ASP010"), made("OBL001")), ignore=("ASP01O",))


def test_a_rule_that_needs_history_is_not_evaluated_without_it_and_says_why() -> None:
    report = run_rules(in_example({}), rules=by_code(made("AAA001", row(0), needs_history=True)))
    assert report.diagnostics == ()
    assert [(one.code, one.reason) for one in report.not_evaluated] == [
        ("AAA001", "the example has no history")
    ]
    assert report.counts["rules"] == 0


def test_a_page_that_cannot_be_read_silences_no_rule_about_rows() -> None:
    rules = by_code(RULES["SCH001"], made("AAA001", row(0), needs_all_registers=True))
    stray = run_rules(in_example({"ems/procedures/stray.md": "No front matter.\n"}), rules=rules)
    assert {one.code for one in stray.diagnostics} == {"AAA001", "SCH001"}
    broken = run_rules(in_example({PATH: "rows: [unclosed\n"}), rules=rules)
    assert [one.code for one in broken.not_evaluated] == ["AAA001"]
    one_row_lost = run_rules(in_example({PATH: CONTROLS + '  - id: "OPC-9\n'}), rules=rules)
    assert [one.code for one in one_row_lost.not_evaluated] == ["AAA001"]


def test_a_rule_about_what_is_nowhere_is_not_evaluated_while_a_file_cannot_be_read() -> None:
    state = in_example({PATH: "rows: [unclosed\n"})
    report = run_rules(state, rules=by_code(RULES["SCH001"], made("AAA001", row(0), needs_all_files=True)))
    assert {one.code for one in report.diagnostics} == {"SCH001"}
    assert [one.reason for one in report.not_evaluated] == [
        f"{PATH} cannot be read; what is said there is unknown"
    ]


def test_an_unreadable_register_makes_no_reference_to_its_rows_dangle() -> None:
    aspects = """\
id: REG-ASPECTS
type: aspect
title: Aspects
rows:
  - id: ASP-001
    title: Nickel in rinse water
    process: PRC-001
    impacts: [{text: Toxic}]
    criteria: {likelihood: 1, severity: 1}
    controls: [OPC-001, OPC-900]
"""
    state = in_example({PATH: CONTROLS + "  - [unclosed\n", "ems/registers/aspects.yml": aspects})
    report = run_rules(state)
    assert [one.message for one in report.diagnostics if one.code == "REF001"] == [
        "ASP-001 refers in `controls` to OPC-900, which does not exist"
    ]


def test_a_place_in_a_file_that_is_not_there_is_its_first_line() -> None:
    gone = Finding("gone", Anchor("ems/gone.md", ("id",)), related=(Related("here", Anchor("ems/gone.yml")),))
    report = run_rules(in_example({}), rules=by_code(made("AAA001", gone)))
    (one,) = report.diagnostics
    assert one.span == Span("ems/gone.md", 1, 1, 1, 1)
    assert one.related[0].span == Span("ems/gone.yml", 1, 1, 1, 1)


def test_a_finding_is_placed_at_the_value_or_the_key_it_points_at() -> None:
    value = Finding("value", Anchor(PATH, ("rows", 0, "title")))
    key = Finding("key", Anchor(PATH, ("rows", 0, "title"), key=True))
    report = run_rules(in_example({PATH: CONTROLS}), rules=by_code(made("AAA001", value, key)))
    assert [(one.message, one.span.line, one.span.column) for one in report.diagnostics] == [
        ("key", 7, 5),
        ("value", 7, 12),
    ]


def test_exact_twins_are_one_diagnostic_and_the_order_is_total() -> None:
    twins = made("BBB001", row(0), row(0))
    other = made("AAA001", row(0), Finding("a first fault", Anchor(PATH, ("rows", 0))))
    report = run_rules(in_example({PATH: CONTROLS}), rules=by_code(twins, other))
    assert [(one.code, one.message) for one in report.diagnostics] == [
        ("AAA001", "a fault"),
        ("AAA001", "a first fault"),
        ("BBB001", "a fault"),
    ]


def test_a_diagnostic_carries_its_rule_and_the_clauses_of_the_organisations_edition() -> None:
    state = in_example({PATH: CONTROLS})
    rule = made("AAA001", row(0, identity="OPC-001"), broken=True)
    (one,) = run_rules(state, rules=by_code(rule)).diagnostics
    assert (one.name, one.severity, one.basis, one.broken) == (
        rule.name,
        rule.severity,
        rule.basis,
        True,
    )
    assert (one.id, one.help, one.clauses) == ("OPC-001", "mend it", ("10.1",))


def test_a_finding_without_help_gets_the_first_sentence_of_how_to_fix() -> None:
    rule = replace(RULES["OPC001"], check=RULES["REF001"].check)
    assert first_fix(rule) == "Correct the id, or create what it names."


def test_a_rule_that_speaks_for_another_is_a_defect() -> None:
    wrong = made("AAA001", replace(row(0), code="BBB001"))
    with pytest.raises(AssertionError, match="AAA001 speaks for another rule"):
        run_rules(in_example({}), rules=by_code(wrong))


def test_rules_that_require_one_another_are_a_defect() -> None:
    one, other = made("AAA001", requires=("BBB001",)), made("BBB001", requires=("AAA001",))
    with pytest.raises(AssertionError, match="require one another"):
        run_rules(in_example({}), rules=by_code(one, other))


def test_the_report_says_what_was_judged_and_counts_it() -> None:
    state = in_example({PATH: CONTROLS})
    report = run_rules(state)
    assert (report.ref, report.commit, report.as_of, report.edition) == (
        "example",
        None,
        state.as_of,
        "2026",
    )
    found = {severity.value: 0 for severity in Severity}
    for one in report.diagnostics:
        found[one.severity.value] += 1
    assert found["error"]
    assert report.counts == {
        **found,
        "waived": 0,
        "rules": sum(not rule.needs_history for rule in RULES.values()),
        "files": len(state.snapshot.files),
    }


def test_the_same_content_gives_the_same_report() -> None:
    files = {PATH: CONTROLS}
    assert run_rules(in_example(files)) == run_rules(in_example(files))
