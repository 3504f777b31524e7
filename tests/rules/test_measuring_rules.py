"""The rules on instruments, analyses and evaluations: the branches that their pages do not show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from mkdocs_ems.diagnostics import Basis, Diagnostic
from mkdocs_ems.rules import run_rules
from support.rule_cases import compiled

AS_OF = date(2026, 6, 1)
SETTINGS = "schema: 1\norganisation: {name: Small Works}\n"
HEAD = "parameter,period,value,unit,instrument,comment\n"


def found(code: str, files: dict[str, str], *, as_of: date = AS_OF) -> Sequence[Diagnostic]:
    made = {"ems/ems.yml": SETTINGS, **{f"ems/{path}": text for path, text in files.items()}}
    return run_rules(compiled(made, as_of=as_of), select=(code,)).diagnostics


def rows(kind: str, *written: str) -> str:
    return f"type: {kind}\nrows: [{', '.join(f'{{{one}}}' for one in written)}]\n"


def instrument(more: str) -> dict[str, str]:
    return {
        "registers/instruments.yml": rows("instrument", f"id: CAL-001, title: Probe, {more}"),
        "registers/measurements.yml": rows("measurement", "id: MON-001, instrument: CAL-001, unit: mg/L"),
    }


# --- Instruments ------------------------------------------------------------------------


def test_a_certificate_that_ends_before_the_interval_decides() -> None:
    probe = "interval: 12 months, calibrations: [{date: 2026-03-01, result: pass, valid_to: 2026-05-31}]"
    (late,) = found("CAL001", instrument(probe))
    assert "due for calibration on 2026-05-31, 1 day ago; MON-001 is measured by it" in late.message
    assert found("CAL001", instrument(probe), as_of=date(2026, 5, 31)) == ()


@pytest.mark.parametrize(
    "probe",
    [
        "status: planned, interval: 1 week, calibrations: [{date: 2020-01-01}]",
        "status: withdrawn, interval: 1 week, calibrations: [{date: 2020-01-01}]",
        "kind: indication-only, interval: 1 week, calibrations: [{date: 2020-01-01}]",
        "calibrations: [{date: 2020-01-01}]",
        "interval: 1 week",
    ],
)
def test_what_is_out_of_use_or_never_due_is_not_late(probe: str) -> None:
    assert found("CAL001", instrument(probe)) == ()


def test_readings_since_the_day_are_counted_and_named_by_their_own_instrument() -> None:
    files = instrument("interval: 1 month, calibrations: [{date: 2026-03-01}]")
    lines = "MON-001,2026-03-31,1,mg/L,,\nMON-001,2026-04-02,1,mg/L,,\nMON-001,2026-04-03,1,mg/L,CAL-002,\n"
    files["records/readings/a.csv"] = HEAD + lines
    (late,) = found("CAL001", files)
    assert "with 1 reading since" in late.message


def test_a_calibration_to_come_is_none() -> None:
    (late,) = found(
        "CAL001", instrument("interval: 1 month, calibrations: [{date: 2026-04-01}, {date: 2026-07-01}]")
    )
    assert "was due for calibration on 2026-05-01" in late.message


def test_a_failure_says_how_many_readings_it_is_about() -> None:
    files = instrument("calibrations: [{date: 2026-01-10}, {date: 2026-04-01, result: fail}]")
    lines = "".join(f"MON-001,2026-0{month}-15,1,mg/L,,\n" for month in range(1, 6))
    files["records/readings/a.csv"] = HEAD + lines
    (failed,) = found("CAL003", files)
    assert failed.message.endswith("for the 3 readings since 2026-01-10")


def test_a_slip_in_the_instrument_of_readings_is_told_with_what_was_meant() -> None:
    files = instrument("kind: indication-only")
    files["records/readings/a.csv"] = HEAD + "MON-001,2026-01-15,1,mg/L,CAL-010,\n"
    (slip,) = found("CAL004", files)
    assert "1 reading of MON-001 names CAL-010" in slip.message
    assert slip.help == "write CAL-001, if that is meant"


# --- Analyses ---------------------------------------------------------------------------


def analysed(analysis: str, lines: str, *, settings: str = "") -> list[str]:
    files = {
        "ems.yml": SETTINGS + settings,
        "registers/measurements.yml": rows("measurement", "id: MON-001, unit: mg/L"),
        "records/analyses/a.yml": rows("analysis", *([analysis] if analysis else [])),
        "records/readings/a.csv": HEAD + lines,
    }
    return [one.message for one in found("MON006", files)]


JANUARY, MARCH = "MON-001,2025-01,1,mg/L,,\n", "MON-001,2025-03,1,mg/L,,\n"
WHOLE = "id: ANA-001, measurements: [MON-001], period_start: 2025-01-01, period_end: 2025-06-30"


def test_an_analysis_that_says_nothing_covers_nothing() -> None:
    assert analysed(f"{WHOLE}, shows: Steady", JANUARY + MARCH) == []
    assert analysed(WHOLE, JANUARY + MARCH) == [
        "MON-001: 2 readings (2025-01 to 2025-03) were never analysed"
    ]


def test_an_analysis_of_a_later_day_is_not_there_yet() -> None:
    assert len(analysed(f"{WHOLE}, shows: Steady, date: 2026-06-02", JANUARY)) == 1


def test_a_gap_between_two_analyses_is_told() -> None:
    first = (
        "id: ANA-001, measurements: [MON-001], period_start: 2025-01-01, period_end: 2025-01-31, shows: A}"
    )
    second = (
        "{id: ANA-002, measurements: [MON-001], period_start: 2025-03-01, period_end: 2025-03-31, shows: B"
    )
    gap = "MON-001,2025-02,1,mg/L,,\n"
    (told,) = analysed(f"{first}, {second}", JANUARY + gap + MARCH)
    assert told == "MON-001: 1 reading (2025-02) was never analysed"


def test_readings_within_the_interval_may_wait() -> None:
    other = f"{WHOLE.replace('2025-06-30', '2025-01-31')}, shows: Steady"
    may = "MON-001,2025-12,1,mg/L,,\n"
    assert analysed(other, may) == []
    assert len(analysed(other, may, settings="intervals: {analyses: 3 months}\n")) == 1


# --- Evaluations ------------------------------------------------------------------------


def evaluated(
    code: str, obligation: str, evaluation: str, *, settings: str = "", **more: str
) -> list[Diagnostic]:
    files = {
        "ems.yml": SETTINGS + settings,
        "registers/obligations.yml": rows("obligation", f"id: OBL-001, {obligation}"),
        "records/compliance-evaluations/a.yml": rows("compliance-evaluation", evaluation),
        **more,
    }
    return list(found(code, files))


def test_how_often_may_stand_for_all_obligations() -> None:
    every = "intervals: {evaluations: 3 months}\n"
    done = "id: EVC-001, obligation: OBL-001, date: 2026-02-28, result: compliant"
    (late,) = evaluated("EVC002", "title: Lease", done, settings=every)
    assert "was due again on 2026-05-28, 4 days ago, every 3 months" in late.message
    assert evaluated("EVC002", "title: Lease", done) == []
    own = "evaluation: {frequency_months: 12}"
    assert evaluated("EVC002", own, done, settings=every) == []


def test_evaluations_in_a_register_of_the_organisations_own_are_not_judged() -> None:
    own = "own_registers: [{type: legal-check, title: Legal check, plural: Legal checks, prefix: LEG}]\n"
    files = {
        "ems/ems.yml": SETTINGS + own,
        "ems/registers/obligations.yml": rows(
            "obligation", "id: OBL-001, evaluation: {frequency_months: 12}"
        ),
        "ems/registers/checks.yml": (
            'id: REG-LEG\ntype: legal-check\nclauses: ["9.1.2"]\nrows: [{id: LEG-001, title: Spring}]\n'
        ),
    }
    report = run_rules(compiled(files), select=("EVC001",))
    assert report.diagnostics == ()
    assert [(one.code, "REG-LEG" in one.reason) for one in report.not_evaluated] == [("EVC001", True)]


def test_the_basis_of_a_stale_statement_is_the_organisations_own_interval() -> None:
    done = "id: EVC-001, obligation: OBL-001, date: 2026-02-28, result: compliant}"
    stated = "{id: EVC-002, scope: overall, date: 2026-01-01, result: compliant"
    every = "intervals: {compliance_status: 3 months}\n"
    (stale,) = evaluated("EVC007", "title: Lease", f"{done}, {stated}", settings=every)
    assert stale.basis is Basis.OWN_RULE
    assert evaluated("EVC007", "title: Lease", f"{done}, {stated}") == []


def test_an_evaluation_of_single_conditions_is_not_refuted_by_another_condition() -> None:
    consent = (
        "conditions: [{ref: 2a, text: pH, parameter: MON-002, limit: 10}, "
        "{ref: 2b, text: Nickel, parameter: MON-001, limit: 2}]"
    )
    more = {
        "registers/measurements.yml": rows("measurement", "id: MON-001, unit: mg/L", "id: MON-002"),
        "records/readings/a.csv": HEAD + "MON-001,2026-03,3,mg/L,,\n",
    }
    done = "id: EVC-001, obligation: OBL-001, date: 2026-05-01, result: compliant, conditions: [{}]"
    assert evaluated("EVC005", consent, done.format("2a"), **more) == []
    (refuted,) = evaluated("EVC005", consent, done.format("2b"), **more)
    assert "MON-001: 3 mg/L in 2026-03 is above 2 mg/L" in refuted.message


def test_a_company_of_one_evaluates_alone() -> None:
    done = "id: EVC-001, obligation: OBL-001, date: 2026-05-01, result: compliant, by: [ROL-MD]"
    people = {"registers/people.yml": rows("person", "id: PER-001, roles: [{role: ROL-MD}]")}
    assert evaluated("EVC006", "owner: ROL-MD", done, **people) == []
    people["registers/people.yml"] = rows("person", "id: PER-001, roles: [{role: ROL-MD}]", "id: PER-002")
    assert len(evaluated("EVC006", "owner: ROL-MD", done, **people)) == 1
    assert len(evaluated("EVC006", "owner: ROL-MD", done.replace("ROL-MD", "PER-001"), **people)) == 1
    assert evaluated("EVC006", "owner: ROL-MD", done.replace("ROL-MD", "ROL-MD, PER-002"), **people) == []


# --- Objectives -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frequency", "stale"),
    [
        ("monthly", True),
        ("Every quarter", True),
        ("half-yearly", False),
        ("once a year", False),
        ("now and then", False),
        ("at the Monday meeting", False),
        ("twice a year", False),
        ("every 180 days", False),
        ("every other month", True),
        ("on the first working day of each month", True),
    ],
)
def test_how_often_an_objective_is_looked_at_is_read_from_its_words(frequency: str, *, stale: bool) -> None:
    objective = f"id: OBJ-001, status: approved, last_reviewed: 2026-02-01, monitoring_frequency: {frequency}"
    files = {"registers/objectives.yml": rows("objective", objective)}
    assert bool(found("OBJ009", files)) is stale
