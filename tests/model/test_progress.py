"""How far objectives are: the demonstration company's eight, and what each kind of value counts as."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import pytest

from mkdocs_ems.model import IndicatorRow, Model, ObjectiveRow
from mkdocs_ems.model.progress import Progress, ProgressState, figure, indicator_points, progress
from support.content import model_of

MET, NOT_YET, MISSED, NO_DATA = ProgressState
AS_OF = date(2026, 11, 20)
MONTHS = [f"2025-{month}" for month in (11, 12)] + [f"2026-{month:02}" for month in range(1, 11)]
HEAD = "parameter,period,value,unit\n"


def lines(
    values: Sequence[float], *, unit: str, name: str = "MON-001", months: Sequence[str] = MONTHS
) -> str:
    pairs = zip(months, values, strict=False)
    return "".join(f"{name},{month},{value},{unit}\n" for month, value in pairs)


def company(
    readings: str, *, objective: str, indicator: str = "", measurement: str = "", second: str = ""
) -> Model:
    return model_of(
        {
            "records/readings/a.csv": HEAD + readings,
            "registers/measurements.yml": f"""\
                type: measurement
                rows:
                  - {{id: MON-001, {measurement or "title: It"}}}
                  - {{id: MON-002, {second or "title: Other"}}}
                """,
            "registers/indicators.yml": f"""\
                type: indicator
                rows:
                  - {{id: KPI-001, {indicator or "source: [MON-001]"}}}
                """,
            "registers/objectives.yml": f"""\
                type: objective
                rows:
                  - {{id: OBJ-001, kpi: KPI-001, {objective}}}
                """,
        }
    )


def judged(model: Model, as_of: date = AS_OF) -> Progress:
    assert model.findings == ()
    objective = model.by_id["OBJ-001"].entity
    assert isinstance(objective, ObjectiveRow)
    return progress(objective, model=model, as_of=as_of)


EIGHT = [
    pytest.param(
        "kWh/m2, decrease, rolling3, 11.8, 10.6, 2026-12-31",
        [11.7, 11.9, 12.0, 11.6, 11.3, 11.1, 10.9, 10.8, 10.9, 10.7, 10.6, 10.5],
        (10.6, MET),
        id="OBJ-01",
    ),
    pytest.param(
        "L/m2, decrease, rolling3, 46, 38, 2026-12-31",
        [45.2, 45.8, 44.6, 43.9, 42.7, 41.8, 40.9, 40.2, 41.0, 39.6, 39.1, 38.7],
        (39.1, NOT_YET),
        id="OBJ-02",
    ),
    pytest.param(
        "t/month, decrease, mean, 6.4, 5.1, 2026-12-31",
        [6.5, 6.1, 6.6, 6.2, 6.0, 5.8, 5.9, 5.6, 5.7, 5.4, 5.5, 5.3],
        (5.88, NOT_YET),
        id="OBJ-03",
    ),
    pytest.param(
        "mg/L, decrease, max, 1.7, 1.2, 2026-12-31",
        [1.6, 1.4, 1.7, 1.3, 1.5, 1.2, 1.1, 2.2, 1.0, 1.1, 0.9, 1.0],
        (2.2, MISSED),
        id="OBJ-04",
    ),
    pytest.param(
        "kg/month, decrease, rolling3, 410, 200, 2026-12-31",
        [405, 398, 402, 390, 372, 350, 318, 300, 281, 262, 240, 228],
        (243.3, NOT_YET),
        id="OBJ-05",
    ),
    pytest.param(
        "tCO2e, decrease, rolling12, 1290, 1096, 2026-10-31",
        [104, 112, 115, 106, 98, 88, 82, 78, 77, 80, 84, 90],
        (1114, MISSED),
        id="OBJ-06",
    ),
    pytest.param(
        '"%", increase, rolling3, 58, 75, 2026-12-31',
        [60, 59, 61, 63, 64, 66, 67, 69, 70, 71, 73, 74],
        (72.7, NOT_YET),
        id="OBJ-07",
    ),
    pytest.param(
        "count, decrease, sum, 9, 4, 2026-10-31",
        [1, 0, 2, 0, 1, 0, 0, 1, 0, 0, 0, 1],
        (6, MISSED),
        id="OBJ-08",
    ),
]


def eight(objective: str, values: Sequence[float]) -> Model:
    unit, direction, how, begin, target, day = objective.split(", ")
    return company(
        lines(values, unit=unit.strip('"')),
        measurement=f"unit: {unit}, frequency: monthly",
        indicator=f"source: [MON-001], unit: {unit}, direction: {direction}, aggregation: {how}",
        objective=f"unit: {unit}, baseline: {{value: {begin}}}, target: {{value: {target}, date: {day}}}",
    )


@pytest.mark.parametrize(("objective", "values", "verdict"), EIGHT)
def test_the_demonstration_companys_objectives_have_their_verdicts(
    objective: str, values: list[float], verdict: tuple[float, ProgressState]
) -> None:
    found = judged(eight(objective, values))
    value, state = verdict
    assert found.value is not None
    assert (round(found.value, 2 if value == 5.88 else 1), found.state) == (value, state)
    assert [point.value for point in found.points] == values
    assert [point.period.text for point in found.points] == MONTHS


def test_what_is_missed_says_by_how_much_and_what_cannot_be_undone_says_so() -> None:
    by_id = {one.id: one.values for one in EIGHT}
    assert judged(eight(*by_id["OBJ-06"][:2])).words == (
        "1,114 tCO2e in the twelve months to 2026-10; the target is 1,096 tCO2e by 2026-10-31, missed by 18"
    )
    assert judged(eight(*by_id["OBJ-04"][:2])).words == (
        "2.2 mg/L in 2026-06; nothing to come can bring that to the target, 1.2 mg/L by 2026-12-31"
    )
    assert judged(eight(*by_id["OBJ-01"][:2])).words == (
        "10.6 kWh/m2 as the mean of the three periods to 2026-10; the target is 10.6 kWh/m2 by 2026-12-31"
    )


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        (date(2026, 6, 1), NOT_YET),
        (date(2026, 6, 30), MISSED),
        (date(2026, 11, 20), MISSED),
        (date(2027, 6, 1), MISSED),
    ],
)
def test_a_highest_value_beyond_its_target_is_missed_from_the_day_it_is_read(
    as_of: date, state: ProgressState
) -> None:
    values = [1.6, 1.4, 1.2, 1.2, 1.2, 1.2, 1.1, 2.2, 1.0, 1.1, 0.9, 1.0]
    months = [*MONTHS[:7], "2026-06-14", *MONTHS[8:]]
    model = company(
        lines(values, unit="mg/L", months=months),
        indicator="source: [MON-001], aggregation: max, direction: decrease",
        objective="target: {value: 1.2, date: 2026-12-31}",
    )
    assert judged(model, as_of).state is state


def test_a_highest_value_that_leaves_the_twelve_months_in_time_is_not_missed_yet() -> None:
    values = [2.2, *[1.0] * 11]
    model = company(
        lines(values, unit="mg/L"),
        indicator="source: [MON-001], aggregation: max",
        objective="direction: decrease, target: {value: 1.2, date: 2026-12-31}",
    )
    assert judged(model).state is NOT_YET


def test_a_total_beyond_its_target_is_missed_before_its_day() -> None:
    model = company(
        lines([0, 0, 3, 2], unit="count"),
        indicator="source: [MON-001], aggregation: sum",
        objective="direction: decrease, target: {value: 4, date: 2026-12-31}",
    )
    found = judged(model, date(2026, 3, 1))
    assert (found.value, found.state, found.counted) == (5, MISSED, ())


def test_a_total_of_fewer_than_twelve_months_is_neither_met_nor_missed() -> None:
    model = company(
        lines([1, 0, 2], unit="count"),
        indicator="source: [MON-001], aggregation: sum",
        objective="direction: decrease, target: {value: 4, date: 2026-12-31}",
    )
    found = judged(model, date(2026, 2, 5))
    assert (found.value, found.state) == (3, NOT_YET)
    assert found.words == "3 so far; the target is 4 by 2026-12-31"


def test_a_total_that_shall_grow_is_met_as_soon_as_it_is_reached() -> None:
    model = company(
        lines([8, 7, 6], unit="count"),
        indicator="source: [MON-001], aggregation: sum",
        objective="direction: increase, target: {value: 20, date: 2026-12-31}",
    )
    assert judged(model, date(2026, 2, 5)).state is MET


@pytest.mark.parametrize(
    ("how", "values", "counts"),
    [
        ("latest", [1, 2, 3, 4], [1, 2, 3, 4]),
        ("rolling3", [1, 2, 3, 7], [2, 4]),
        ("mean", [1, 2, 3, 6], [1, 1.5, 2, 3]),
        ("max", [1, 3, 2, 1], [1, 3, 3, 3]),
        ("min", [3, 1, 2, 4], [3, 1, 1, 1]),
        ("sum", range(1, 13), [78]),
        ("rolling12", range(1, 13), [78]),
    ],
)
def test_the_value_that_counts_follows_from_the_aggregation(
    how: str, values: Sequence[float], counts: list[float]
) -> None:
    model = company(
        lines(values, unit="t"),
        measurement="unit: t",
        indicator=f"source: [MON-001], unit: t, aggregation: {how}",
        objective="target: {value: 1, date: 2027-12-31}",
    )
    assert [point.value for point in judged(model).counted] == counts


@pytest.mark.parametrize(("unit", "value"), [("t", 78), ("kWh/m2", 6.5), ('"%"', 6.5), ("t/month", 6.5)])
def test_twelve_months_are_added_up_where_their_unit_adds_up_and_averaged_where_not(
    unit: str, value: float
) -> None:
    model = company(
        lines(range(1, 13), unit=unit.strip('"')),
        measurement=f"unit: {unit}",
        indicator=f"source: [MON-001], unit: {unit}, aggregation: rolling12",
        objective="target: {value: 1, date: 2027-12-31}",
    )
    assert judged(model).value == value


def test_only_twelve_months_count_and_not_all_that_was_ever_read() -> None:
    months = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    model = company(
        lines([100] * 12 + [1] * 12, unit="t", months=months),
        indicator="source: [MON-001], aggregation: sum",
        objective="direction: decrease, target: {value: 12, date: 2026-12-31}",
    )
    found = judged(model, date(2027, 2, 1))
    assert (found.value, found.state) == (12, MET)
    assert (found.counted[0].period.text, found.counted[0].value) == ("2025-12", 1200)


def test_a_missing_month_makes_no_total() -> None:
    months = [month for month in MONTHS if month != "2026-03"]
    model = company(
        lines([1] * 11, unit="t", months=months),
        indicator="source: [MON-001], aggregation: sum",
        objective="direction: decrease, target: {value: 100, date: 2027-12-31}",
    )
    assert judged(model).counted == ()


def test_a_ratio_of_sums_weighs_each_month_by_what_it_is_divided_by() -> None:
    readings = lines([1000, 3000], unit="kWh") + lines([100, 100], unit="m2", name="MON-002")
    model = company(
        readings,
        measurement="unit: kWh",
        second="unit: m2",
        indicator="source: [MON-001], normaliser: MON-002, unit: kWh/m2, aggregation: ratio-of-sums",
        objective="direction: decrease, target: {value: 25, date: 2026-12-31}",
    )
    found = judged(model)
    assert [point.value for point in found.points] == [10, 30]
    assert [point.value for point in found.counted] == [10, 20]


def test_an_indicator_is_divided_in_its_own_unit_and_only_where_both_are_known() -> None:
    readings = lines([1, 2, 3], unit="m3") + lines([100, 0], unit="m2", name="MON-002")
    model = company(
        readings,
        measurement="unit: m3",
        second="unit: m2",
        indicator="source: [MON-001], normaliser: MON-002, unit: L/m2",
        objective="target: {value: 1}",
    )
    assert [point.value for point in judged(model).points] == pytest.approx([10])


def test_an_objective_is_judged_in_its_own_unit() -> None:
    model = company(
        lines([1200], unit="kg"),
        measurement="unit: kg",
        indicator="source: [MON-001], unit: kg, aggregation: latest",
        objective="unit: t, baseline: {value: 2000, unit: kg}, "
        "target: {value: 1000, unit: kg, date: 2026-12-31}, direction: decrease",
    )
    found = judged(model)
    assert (found.value, found.unit, found.state) == (1.2, "t", NOT_YET)
    assert found.words == "1.2 t in 2025-11; the target is 1 t by 2026-12-31"


def test_readings_in_a_unit_that_cannot_be_turned_do_not_count() -> None:
    model = company(
        lines([1], unit="t")
        + lines([2], unit="m3", months=["2026-01"])
        + lines([3], unit="skips", months=["2026-02"]),
        measurement="unit: t",
        indicator="source: [MON-001], unit: t",
        objective="target: {value: 1}",
    )
    assert [point.value for point in judged(model).points] == [1]


def test_tonnes_weighed_in_a_month_are_tonnes_per_month() -> None:
    days = ["2026-01-05", "2026-01-19", "2026-02-02"]
    model = company(
        lines([3, 2.5, 4], unit="t", months=days),
        measurement="unit: t",
        indicator="source: [MON-001], unit: t/month, frequency: monthly",
        objective="target: {value: 1}",
    )
    assert [(point.period.text, point.value) for point in judged(model).points] == [
        ("2026-01", 5.5),
        ("2026-02", 4),
    ]


def test_many_readings_of_a_period_are_averaged_where_their_unit_does_not_add_up() -> None:
    days = ["2026-01-05T08:00", "2026-01-05T16:00", "2026-01-19"]
    model = company(
        lines([6, 8, 10], unit="1", months=days),
        measurement='unit: "1"',
        indicator='source: [MON-001], unit: "1", frequency: monthly',
        objective="target: {value: 1}",
    )
    assert [point.value for point in judged(model).points] == [10], "the latest counts"
    averaged = company(
        lines([6, 8, 10], unit="1", months=days),
        measurement='unit: "1"',
        indicator='source: [MON-001], unit: "1", aggregation: mean',
        objective="target: {value: 1}",
    )
    assert [point.value for point in judged(averaged).points] == [8]


def test_several_measurements_are_added_in_periods_that_all_of_them_have() -> None:
    readings = lines([1, 2, 3], unit="kWh") + lines([10, 20], unit="kWh", name="MON-002")
    model = company(readings, indicator="source: [MON-001, MON-002]", objective="target: {value: 1}")
    assert [point.value for point in judged(model).points] == [11, 22]


def test_an_indicator_without_a_source_is_made_of_what_names_it() -> None:
    model = company(
        lines([1], unit="t"),
        measurement="indicators: [KPI-001]",
        indicator="unit: t",
        objective="target: {value: 1}",
    )
    indicator = model.by_id["KPI-001"].entity
    assert isinstance(indicator, IndicatorRow)
    assert [point.value for point in indicator_points(indicator, model=model)] == [1]


def test_what_is_written_whenever_it_happens_did_not_happen_between() -> None:
    model = company(
        lines([1, 2], unit="count", months=["2025-10-03", "2026-03-09"]),
        measurement="frequency: event",
        indicator="source: [MON-001], aggregation: sum, frequency: monthly",
        objective="direction: decrease, target: {value: 4, date: 2026-10-31}",
    )
    found = judged(model)
    assert (found.value, found.state) == (2, MET)
    assert len(found.points) == 13


@pytest.mark.parametrize(
    ("as_of", "state"),
    [(date(2026, 11, 10), NOT_YET), (date(2026, 12, 10), MISSED)],
)
def test_after_the_targets_day_the_last_reading_is_awaited_for_the_time_of_grace(
    as_of: date, state: ProgressState
) -> None:
    model = company(
        lines([9] * 11, unit="t"),
        indicator="source: [MON-001], aggregation: latest",
        objective="direction: decrease, target: {value: 4, date: 2026-10-31}",
    )
    assert judged(model, as_of).state is state


def test_readings_after_the_day_of_judgement_or_of_the_target_do_not_count() -> None:
    model = company(
        lines([9, 3, 9], unit="t"),
        indicator="source: [MON-001], aggregation: latest",
        objective="direction: decrease, target: {value: 4, date: 2025-12-31}",
    )
    assert judged(model, date(2025, 12, 15)).value == 3
    assert judged(model, date(2025, 11, 30)).value == 9
    late = judged(model)
    assert (late.value, late.state, len(late.points)) == (3, MET, 3)


@pytest.mark.parametrize(
    ("direction", "begin", "state"),
    [
        ("decrease", 9, MET),
        ("increase", 9, NOT_YET),
        ("reach", 9, MET),
        ("reach", 1, NOT_YET),
        ("maintain", 5, NOT_YET),
        ("maintain", 9, MET),
    ],
)
def test_which_way_is_better_follows_from_the_direction_and_else_from_the_baseline(
    direction: str, begin: float, state: ProgressState
) -> None:
    model = company(
        lines([4], unit="t"),
        objective=f"direction: {direction}, baseline: {{value: {begin}}}, target: {{value: 5}}",
    )
    assert judged(model).state is state


@pytest.mark.parametrize(
    ("steps", "expected", "behind"),
    [
        ("", 10 - 5 * 304 / 365, True),
        ("interim_targets: [{date: 2026-06-30, value: 8}, {date: 2026-11-30, value: 6}],", 8, False),
        ("interim_targets: [{date: 2026-11-30, value: 6}],", 10, False),
    ],
)
def test_what_is_expected_are_the_interim_targets_and_else_the_straight_line(
    steps: str,
    expected: float,
    behind: bool,  # noqa: FBT001 - what is expected
) -> None:
    model = company(
        lines([7], unit="t", months=["2026-10"]),
        objective=f'{steps} baseline: {{value: 10, period: "2025"}}, target: {{value: 5, date: 2026-12-31}}',
    )
    found = judged(model)
    assert found.expected == pytest.approx(expected)
    assert found.behind is behind


def test_without_a_period_of_the_baseline_the_line_begins_before_the_first_reading() -> None:
    model = company(
        lines([10, 9], unit="t"),
        objective="baseline: {value: 10, period: the two years before}, target: {value: 5, date: 2026-10-31}",
    )
    assert judged(model).expected == pytest.approx(10 - 5 * 61 / 365)


@pytest.mark.parametrize(
    ("values", "objective", "said"),
    [
        ([], "target: {value: 5}", "KPI-001 has no reading"),
        ([1], "unit: kg", "the indicator's m3 cannot be turned into kg"),
        ([1], "target: {value: 5, unit: kg}", "the indicator's m3 cannot be turned into kg"),
        ([1], "unit: m3, target: {value: 5, unit: kg}", "no target can be compared with it"),
        ([1], "title: X", "no target can be compared with it"),
        ([1, 2], "aggregation: rolling3, target: {value: 5}", "readings of 2 periods, and three periods"),
    ],
)
def test_where_nothing_can_be_judged_it_says_why(values: list[float], objective: str, said: str) -> None:
    model = company(
        lines(values, unit="m3"),
        measurement="unit: m3",
        indicator="source: [MON-001], unit: m3",
        objective=objective,
    )
    found = judged(model)
    assert found.state is NO_DATA
    assert said in found.words


def test_without_an_indicator_there_is_nothing_to_judge() -> None:
    model = company("", objective="title: X")
    found = progress(ObjectiveRow(), model=model, as_of=AS_OF)
    assert (found.state, found.words) == (NO_DATA, "no indicator shows how far it is")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_raise_nothing(day: str) -> None:
    for how in ("latest", "sum", "max", "rolling3"):
        model = company(
            lines([9, 9, 9, 9], unit="t", months=["1900", "1900-01-01", "2199-12-31", "2199-W51"]),
            indicator=f"source: [MON-001], aggregation: {how}, frequency: weekly",
            objective="direction: decrease, baseline: {value: 10, period: '0001'}, "
            f"target: {{value: 4, date: {day}}}",
        )
        for as_of in (date.min, AS_OF, date.max):
            judged(model, as_of)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (10.600000000000001, "10.6"),
        (5.883333, "5.883"),
        (1114.0, "1,114"),
        (1234567.8, "1,234,568"),
        (0.00123456, "0.001235"),
        (-2.5, "-2.5"),
        (1e20, "1e+20"),
        (100.0, "100"),
    ],
)
def test_a_value_is_shown_with_four_figures(value: float, text: str) -> None:
    assert figure(value) == text


@pytest.mark.parametrize(
    "how", ["latest", "rolling3", "rolling12", "sum", "mean", "max", "min", "ratio-of-sums"]
)
@pytest.mark.parametrize("values", [[1e30] * 12, [1e30, -1e30] * 6, [1, -1] * 6, [1e-30] * 12, [0] * 12])
def test_no_value_that_may_be_written_takes_what_counts_out_of_the_numbers(
    how: str, values: list[float]
) -> None:
    model = company(
        lines(values, unit="kg") + lines(values, unit="kg", name="MON-002"),
        indicator=f"source: [MON-001], normaliser: MON-002, unit: ng/kg, aggregation: {how}",
        objective="unit: ng/kg, baseline: {value: 1e30}, target: {value: -1e30, date: 2026-12-31}",
        measurement="unit: kg",
        second="unit: kg",
    )
    found = judged(model)
    for point in (*found.points, *found.counted):
        assert math.isfinite(point.value)


def test_a_silence_of_many_years_is_not_counted_day_by_day() -> None:
    model = company(
        lines([1, 2], unit="count", months=["1900-01-01", "2026-01-01"]),
        indicator="source: [MON-001], unit: count, aggregation: sum, frequency: daily",
        objective="direction: decrease, target: {value: 1, date: 2026-12-31}",
        measurement="unit: count, frequency: event",
    )
    found = judged(model)
    assert len(found.points) < 3_000
    assert found.value == 2
    assert [point.value for point in found.counted if point.period.text == "2025-12-31"] == [0]
