"""The rules on readings: which limit speaks, what answers it, which gaps are due, what is a slip."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from mkdocs_ems.diagnostics import Diagnostic, Severity
from mkdocs_ems.rules import run_rules
from support.rule_cases import compiled

SETTINGS = "schema: 1\norganisation: {name: Small Works}\n"
HEAD = "parameter,period,value,unit,qualifier,comment\n"
AS_OF = date(2026, 6, 1)
CODES = ("MON", "SCH", "REF")


def found(
    lines: str,
    *,
    measurement: str = "unit: mg/L",
    conditions: str = "",
    obligation: str = "applicable: yes",
    answers: str = "",
    as_of: date = AS_OF,
    head: str = HEAD,
) -> list[Diagnostic]:
    files = {
        "ems/ems.yml": SETTINGS,
        "ems/registers/measurements.yml": (
            f"id: REG-MON\ntype: measurement\nrows:\n  - {{id: MON-001, title: Nickel, {measurement}}}\n"
        ),
        "ems/registers/obligations.yml": (
            f"id: REG-OBL\ntype: obligation\nrows:\n"
            f"  - {{id: OBL-001, title: Consent, {obligation}, conditions: [{conditions}]}}\n"
        ),
        "ems/registers/nonconformities.yml": (
            f"id: REG-NCR\ntype: nonconformity\nrows:\n  - {{id: NCR-001, readings: [{answers}]}}\n"
        ),
    }
    if lines:
        files["ems/records/readings/a.csv"] = head + lines
    report = run_rules(
        compiled(files, as_of=as_of), select=("MON002", "MON003", "MON004", "MON005", "SCH001", "REF001")
    )
    return list(report.diagnostics)


def told(diagnostics: Sequence[Diagnostic]) -> list[tuple[str, int]]:
    return [(one.code, one.span.line) for one in diagnostics]


LIMITS = (
    "unit: mg/L, limits: {legal_max: 2, alert_max: 1.5, plausible_max: 20, legal_min: 0.1, plausible_min: 0}"
)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1.5,mg/L,,", None),
        ("1.6,mg/L,,", "MON005"),
        ("1.6,mg/L,,seen", None),
        ("1.6,mg/L,<,", None),
        ("2,mg/L,,seen", None),
        ("2.01,mg/L,,seen", "MON004"),
        ("2.01,mg/L,est,seen", "MON004"),
        ("2.01,mg/L,>,seen", "MON004"),
        ("2.01,mg/L,<,", None),
        ("200,mg/L,,", "MON004"),
        ("0.05,mg/L,,", "MON004"),
        ("0.05,mg/L,<,", "MON004"),
        ("0.05,mg/L,>,", None),
        ("1.6,,,", "MON005"),
    ],
)
def test_of_all_limits_that_a_reading_passes_the_gravest_speaks(line: str, code: str | None) -> None:
    assert told(found(f"MON-001,2026-05,{line}\n", measurement=LIMITS)) == ([(code, 2)] if code else [])


def test_beyond_what_is_plausible_is_told_before_an_alert() -> None:
    limits = "unit: mg/L, limits: {alert_max: 1.5, plausible_max: 20}"
    assert told(found("MON-001,2026-05,25,mg/L,,\n", measurement=limits)) == [("MON003", 2)]
    assert told(found("MON-001,2026-05,25,mg/L,,spent bath\n", measurement=limits)) == []


def test_a_reading_that_a_nonconformity_answers_is_no_slip_either() -> None:
    readings = "MON-001,2026-05,200,mg/L,,\n"
    assert told(found(readings, measurement=LIMITS, answers="{measurement: MON-001, period: 2026-Q2}")) == []
    assert told(found(readings, measurement=LIMITS, answers="{measurement: MON-001, period: 2026-Q1}")) == [
        ("MON004", 2)
    ]


def test_a_slip_in_the_nonconformitys_reference_is_told_once() -> None:
    answers = "{measurement: MON-01, period: 2026-05}"
    diagnostics = found("MON-001,2026-05,2.2,mg/L,,\n", measurement=LIMITS, answers=answers)
    assert [one.code for one in diagnostics] == ["REF001"]


@pytest.mark.parametrize(
    ("obligation", "codes"),
    [
        ("applicable: yes", ["MON004"]),
        ("status: amended", ["MON004"]),
        ("applicable: no", []),
        ("status: repealed", []),
        ("status: pending", []),
        ("effective_from: 2026-05-01", ["MON004"]),
        ("effective_from: 2026-06-01", []),
    ],
)
def test_only_conditions_that_bind_at_the_time_count(obligation: str, codes: list[str]) -> None:
    condition = "{ref: '3.1', text: At most 2000 ug, parameter: MON-001, limit: 2000, unit: ug/L}"
    diagnostics = found("MON-001,2026-05,2.2,mg/L,,\n", conditions=condition, obligation=obligation)
    assert [one.code for one in diagnostics] == codes
    if codes:
        assert diagnostics[0].message == (
            "MON-001 (Nickel): 2.2 mg/L in 2026-05 is above 2,000 ug/L (OBL-001, condition 3.1), "
            "and no nonconformity names it"
        )


@pytest.mark.parametrize(
    ("condition", "values", "as_of", "lines"),
    [
        ("limit: 2, statistic: max", [1, 3], AS_OF, [3]),
        ("limit: 2, statistic: mean", [1, 4], date(2026, 12, 31), [3]),
        ("limit: 2, statistic: mean", [1, 4], AS_OF, []),
        ("limit: 2, statistic: mean", [1, 3], date(2026, 12, 31), []),
        ("limit: 2, statistic: sum", [1, 1.5], AS_OF, [3]),
        ("limit: 2, statistic: sum, sense: at-least", [1], AS_OF, []),
        ("limit: 2, statistic: sum, sense: at-least", [1], date(2026, 12, 31), [2]),
        ("limit: 2, statistic: percentile-95", [1] * 19 + [3], date(2026, 12, 31), []),
        ("limit: 2, statistic: percentile-95", [1] * 18 + [3, 3], date(2026, 12, 31), [21]),
    ],
)
def test_a_figure_of_the_year_is_held_against_its_limit_when_it_can_be(
    condition: str, values: list[float], as_of: date, lines: list[int]
) -> None:
    written = "".join(f"MON-001,2026-01-{day:02},{value},mg/L,,\n" for day, value in enumerate(values, 1))
    diagnostics = found(written, conditions=f"{{text: X, parameter: MON-001, {condition}}}", as_of=as_of)
    assert [(one.code, one.span.line) for one in diagnostics if one.code == "MON004"] == [
        ("MON004", line) for line in lines
    ]


def test_a_figure_of_the_year_is_answered_by_a_nonconformity_of_that_year() -> None:
    condition = "{text: X, parameter: MON-001, limit: 1, statistic: sum}"
    readings = "MON-001,2026-01,2,mg/L,,\n"
    answers = "{measurement: MON-001, period: 2026}"
    assert told(found(readings, conditions=condition, answers=answers)) == []


def test_a_limit_that_cannot_be_turned_into_the_readings_unit_is_held_against_nothing() -> None:
    diagnostics = found("MON-001,2026-05,5,mg/kg,,\n", measurement=LIMITS)
    assert [(one.code, one.severity) for one in diagnostics] == [("MON003", Severity.WARNING)]


def test_a_withdrawn_measurement_is_asked_nothing() -> None:
    limits = LIMITS + ", status: withdrawn, frequency: monthly"
    assert told(found("MON-001,2026-01,5,kg,,\n", measurement=limits)) == []


def test_a_limit_with_a_slip_does_not_flood_the_report() -> None:
    lines = "".join(
        f"MON-001,{year}-{month:02},5,mg/L,,\n" for year in range(2015, 2025) for month in range(1, 13)
    )
    diagnostics = found(lines, measurement=LIMITS)
    assert len(diagnostics) == 50
    assert diagnostics[-1].message.endswith("no nonconformity names it; the same is so of 70 more readings")


# --- Units ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "severity", "said"),
    [
        ("mg/l", None, ""),
        ("g/m3", None, ""),
        ("ug/L", Severity.INFO, "1,900 ug/L is taken as 1.9 mg/L"),
        ("kg", Severity.WARNING, "one cannot be turned into the other"),
        ("drops", Severity.WARNING, "nobody can say"),
        ("mg\ufffd", None, ""),
    ],
)
def test_another_unit_than_planned_is_told_with_what_becomes_of_it(
    unit: str, severity: Severity | None, said: str
) -> None:
    value = 1900 if unit == "ug/L" else 1.9
    diagnostics = [one for one in found(f"MON-001,2026-05,{value},{unit},,\n") if one.code == "MON003"]
    assert [one.severity for one in diagnostics] == ([severity] if severity else [])
    assert all(said in one.message for one in diagnostics)


def test_one_file_with_another_unit_is_one_finding() -> None:
    (one,) = found("".join(f"MON-001,2026-0{month},1,kg,,\n" for month in range(1, 6)))
    assert (one.code, one.span.line) == ("MON003", 2)
    assert "(5 lines of this file)" in one.message


# --- Values out of line -----------------------------------------------------------------


def series(values: Sequence[object], *, unit: str = "kWh", **more: str) -> list[tuple[str, int]]:
    days = [f"2026-01-{day:02}" for day in range(1, len(values) + 1)]
    rows = (f"MON-001,{day},{value},{unit}" for day, value in zip(days, values, strict=True))
    text = "".join(row + ("" if row.count(",") == 5 else ",,") + "\n" for row in rows)
    return told(found(text, measurement=f"unit: {unit}", **more))


@pytest.mark.parametrize("slip", [520, 5200, 5.2, 0.52, 510, 480, 700])
def test_a_decimal_point_in_the_wrong_place_is_told(slip: float) -> None:
    assert series([52.5, 51, 49.2, slip, 50.1, 53, 48.7]) == [("MON003", 5)]


@pytest.mark.parametrize(
    "values",
    [
        [52, 51, 49, 150, 50, 53, 48],
        [52, 51, 49, 300, 50, 53, 48],
        [1, 1, 2, 10, 1, 1, 2],
        [0, 0, 0, 10.5, 0, 0, 0],
        [50, 51, 0, 52, 49, 50, 51],
        [0.01, 0.01, 0.02, 0.1, 0.01, 52.5, 51.5, 50.5, 49.5, 52.5, 51.5],
        [5.1, 5.2, 5.0, 50.1, 51.2, 52.3, 50.4],
        [5.5, 9.5, 20.5, 55.5, 110.5, 220.5],
        [52.5, 51.5, 520.5],
        [-5.5, -5.4, -5.6, -55.5, -5.4, -5.6],
        ["52.5", "51.5", "49.5", "520,kWh,<,#", "50.5", "51.5"],
        ["52.5", "51.5", "49.5", "520,kWh,,checked#", "50.5", "51.5"],
    ],
    ids=[
        "tripled",
        "sixfold",
        "counts",
        "zeros",
        "a zero",
        "near zero",
        "a step",
        "a growth",
        "too few",
        "negative",
        "below detection",
        "looked at",
    ],
)
def test_a_change_that_may_well_be_is_not_taken_for_a_slip(values: Sequence[object]) -> None:
    if "#" in str(values):
        days = [f"2026-01-{day:02}" for day in range(1, len(values) + 1)]
        rows = (f"MON-001,{day},{value}" for day, value in zip(days, values, strict=True))
        text = "".join((row[:-1] if row.endswith("#") else f"{row},kWh,,") + "\n" for row in rows)
        assert told(found(text, measurement="unit: kWh")) == []
    else:
        assert series(values) == []


def test_a_second_slip_nearby_hides_none() -> None:
    values = [52.5, 51.5, 49.5, 520.5, 50.5, 515.5, 51.5, 49.5, 50.5]
    assert series(values) == [("MON003", 5), ("MON003", 7)]


# --- Gaps -------------------------------------------------------------------------------


def gaps(lines: str, measurement: str, *, as_of: date = AS_OF) -> list[str]:
    diagnostics = found(lines, measurement=f"unit: t, {measurement}", as_of=as_of)
    return [one.message.partition(") ")[2] for one in diagnostics if one.code == "MON002"]


@pytest.mark.parametrize(
    ("frequency", "read", "missing"),
    [
        ("monthly", ["2026-01", "2026-03", "2026-04"], "2026-02"),
        ("monthly", ["2026-01", "2026-02-28T23:00", "2026-W13", "2026-04-01"], None),
        ("weekly", ["2026-W18", "2026-05-10"], None),
        ("weekly", ["2026-W15", "2026-W17", "2026-W18", "2026-W19"], "2026-W16"),
        ("quarterly", ["2025-Q2", "2025-11", "2026-Q1"], "2025-Q3"),
        ("half-yearly", ["2024-03", "2025-03", "2025-Q4"], "2024-H2"),
        ("yearly", ["2023", "2025"], "2024"),
        ("daily", ["2026-05-12", "2026-05-14", "2026-05-15", "2026-05-16"], "2026-05-13"),
        ("event", ["2020-01-01"], None),
        ("continuous", ["2020-01-01"], None),
    ],
)
def test_each_period_of_a_frequency_is_due_from_the_first_reading_on(
    frequency: str, read: list[str], missing: str | None
) -> None:
    lines = "".join(f"MON-001,{period},1,t,,\n" for period in read)
    assert gaps(lines, f"frequency: {frequency}") == ([f"has no reading for {missing}"] if missing else [])


def test_a_reading_for_a_longer_period_fills_no_gap() -> None:
    assert gaps("MON-001,2026-Q1,1,t,,\nMON-001,2026-04,1,t,,\n", "frequency: monthly") == [
        "has no reading for 2026-01, 2026-02, 2026-03"
    ]


def test_many_gaps_are_told_in_one_finding() -> None:
    (message,) = gaps("MON-001,2025-01,1,t,,\n", "frequency: monthly")
    assert message == ("has no reading for 2025-02, 2025-03, 2025-04, 2025-05, 2025-06, 2025-07 and 9 more")


@pytest.mark.parametrize(("day", "due"), [(15, False), (16, True)])
def test_a_reading_has_its_days_of_grace(day: int, due: bool) -> None:  # noqa: FBT001 - what is expected
    message = gaps("MON-001,2026-03,1,t,,\n", "frequency: monthly", as_of=date(2026, 5, day))
    assert bool(message) is due


@pytest.mark.parametrize(
    ("starts", "missing"),
    [
        ("2026-03-01", ["has no reading for 2026-03"]),
        ("2026-03-02", []),
        ("2026-01-01", ["has no reading for 2026-01, 2026-02, 2026-03"]),
    ],
)
def test_the_first_whole_period_since_the_start_is_the_first_that_is_due(
    starts: str, missing: list[str]
) -> None:
    assert gaps("MON-001,2026-04,1,t,,\n", f"frequency: monthly, starts: {starts}") == missing


@pytest.mark.parametrize(
    ("measurement", "message"),
    [
        ("frequency: monthly", ["is measured monthly, and it has no reading"]),
        ("frequency: monthly, starts: 2026-04-01", ["has no reading for 2026-04"]),
        ("frequency: monthly, starts: 2027-01-01", []),
        ("frequency: monthly, status: planned", []),
        ("frequency: monthly, no_readings: In the log book", []),
        ("title: Nothing due", []),
    ],
)
def test_a_measurement_without_any_reading_is_asked_as_its_row_says(
    measurement: str, message: list[str]
) -> None:
    if measurement.startswith("title"):
        measurement = "tags: [x]"
    assert gaps("", measurement) == message


def test_while_a_line_cannot_be_placed_nobody_says_that_a_reading_is_missing() -> None:
    files = {
        "ems/ems.yml": SETTINGS,
        "ems/registers/measurements.yml": (
            "id: REG-MON\ntype: measurement\nrows:\n  - {id: MON-001, title: Nickel, frequency: monthly}\n"
        ),
        "ems/records/readings/a.csv": HEAD + "MON-001,in May,1,t,,\n",
    }
    report = run_rules(compiled(files), select=("MON002",))
    assert report.diagnostics == ()
    assert [one.code for one in report.not_evaluated] == ["MON002"]


def test_a_ph_is_said_without_a_unit_behind_it() -> None:
    (one,) = found("MON-001,2026-05,5.8,pH,,\n", measurement="unit: pH, limits: {legal_min: 6}")
    assert "5.8 in 2026-05 is below 6 (limit by law)" in one.message


def test_units_without_end_are_told_for_the_first_and_counted_for_the_rest() -> None:
    lines = "".join(f"MON-001,2026-{1 + at % 4:02},1,u{at},,\n" for at in range(60))
    units = [one for one in found(lines) if one.code == "MON003"]
    assert len(units) == 50
    assert sum("; of 10 more units nothing is said" in one.message for one in units) == 1


def test_slips_without_end_are_told_for_the_first_and_counted_for_the_rest() -> None:
    values = [12 if at % 7 == 3 else 1.2 for at in range(7 * 60)]
    days = [date.fromordinal(date(2024, 1, 1).toordinal() + at) for at in range(len(values))]
    lines = "".join(f"MON-001,{day},{value},mg/L,,\n" for day, value in zip(days, values, strict=True))
    slips = [one for one in found(lines) if one.code == "MON003"]
    assert len(slips) == 50
    assert slips[-1].message.endswith("; the same is so of 10 more readings")


def test_a_start_a_thousand_years_ago_is_one_finding_that_counts() -> None:
    (one,) = found("", measurement="unit: mg/L, frequency: daily, starts: 0001-01-01")
    assert one.message.startswith("MON-001 (Nickel) has no reading for 0001-01-01, 0001-01-02,")
    assert "and 739746 more" in one.message
