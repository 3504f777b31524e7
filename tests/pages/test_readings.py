"""What pages say of readings: against limits and conditions, in tables and in sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Protocol

import pytest

from mkdocs_ems.model import MeasurementRow, Model, Period, Reading, Series
from mkdocs_ems.model.entities import Condition, Limits
from mkdocs_ems.model.periods import read_period
from mkdocs_ems.pages import words
from mkdocs_ems.pages.limits import Stand, judge, watch
from support.content import model_of


class Shown(Protocol):
    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]

MEASUREMENTS = """\
id: REG-MON
type: measurement
title: Monitoring plan
rows:
  - id: MON-001
    title: Nickel in the effluent
    unit: mg/L
    why: [OBL-001]
    limits: {legal_max: 2, alert_max: 1.5}
    instrument: CAL-001
  - id: MON-002
    title: Smell at the fence
    no_readings: In the log book at the gate
    why: [OBL-001]
"""
INSTRUMENTS = """\
id: REG-CAL
type: instrument
title: Instruments
rows:
  - id: CAL-001
    title: Spectrometer
    interval: 12 months
    calibrations:
      - {date: 2024-05-01, result: adjusted}
      - {date: 2025-05-02, result: pass, certificate: K-17, by: Lab}
"""
OBLIGATIONS = """\
id: REG-OBL
type: obligation
title: Obligations
rows:
  - id: OBL-001
    title: Consent
    evaluation: {frequency_months: 3, method: sampling}
    conditions:
      - {ref: "2(c)", text: Nickel in any sample, kind: limit, parameter: MON-001, limit: 2, unit: mg/L}
      - {ref: "4", text: Keep a log, kind: record, frequency: daily}
"""
READINGS = """\
parameter,period,value,unit,qualifier,n,comment
MON-001,2026-05,1.6,mg/L,,20,
MON-001,2026-06,2.2,mg/L,,22,undertaker told
MON-001,2026-07,0.05,mg/L,<,20,
"""


@pytest.fixture(scope="module")
def plant(render: Render, small: Mapping[str, str]) -> Shown:
    """The small manual with a consent that is watched."""
    return render(
        {
            **small,
            "ems/registers/measurements.yml": MEASUREMENTS,
            "ems/registers/instruments.yml": INSTRUMENTS,
            "ems/registers/obligations.yml": OBLIGATIONS,
            "ems/records/readings/MON-001-2026.csv": READINGS,
        }
    )


def text(html: str) -> str:
    """The words of a page, without its pictures."""
    plain = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", plain))


def reading(period: str, value: float, *, unit: str | None = "mg/L", qualifier: str = "") -> Reading:
    read = read_period(period)
    assert read is not None
    return Reading(read, value, unit, qualifier, None, None, None, None, "ems/records/readings/x.csv", 2)


def watched(*readings: Reading) -> Model:
    """A model in which MON-001 has these readings."""
    model = model_of({"registers/measurements.yml": MEASUREMENTS})
    return Model(
        model.settings,
        model.settings_path,
        model.entries,
        model.by_id,
        (),
        kinds=model.kinds,
        series={"MON-001": Series("MON-001", readings)},
    )


ROW = MeasurementRow(id="MON-001", unit="mg/L", limits=Limits(legal_max=2, alert_max=1.5, legal_min=0.1))


@pytest.mark.parametrize(
    ("value", "qualifier", "stand", "said"),
    [
        (1.0, "", Stand.WITHIN, "within the limits"),
        (2.0, "", Stand.ALERT, "above the alert of 1.5"),
        (2.1, "", Stand.OVER, "over the limit of 2"),
        (0.05, "", Stand.OVER, "below the limit of 0.1"),
        (0.05, "<", Stand.OVER, "below the limit of 0.1"),
        (5.0, "<", Stand.UNKNOWN, "too coarse to say"),
        (1.0, ">", Stand.UNKNOWN, "too coarse to say"),
        (2.1, ">", Stand.OVER, "over the limit of 2"),
    ],
)
def test_a_reading_stands_against_the_limits(value: float, qualifier: str, stand: Stand, said: str) -> None:
    judged = judge(reading("2026-06", value, qualifier=qualifier), ROW)
    assert (judged.stand, judged.words) == (stand, said)


def test_readings_are_compared_in_the_unit_of_the_measurement() -> None:
    assert judge(reading("2026-06", 2100, unit="ug/L"), ROW).stand is Stand.OVER
    assert judge(reading("2026-06", 900, unit="ug/L"), ROW).stand is Stand.WITHIN
    assert judge(reading("2026-06", 900, unit="kWh"), ROW).words == "not comparable: another unit"


def test_without_limits_nothing_is_said() -> None:
    assert judge(reading("2026-06", 3), MeasurementRow(id="MON-001")).words == ""
    assert judge(reading("2026-06", 3), MeasurementRow(id="M-1", limits=Limits(plausible_max=9))).words == ""


def condition(**fields: object) -> Condition:
    return Condition(**{"text": "Nickel", "parameter": "MON-001", "limit": 2.0, **fields})  # type: ignore[arg-type]


def test_a_condition_on_each_reading_shows_the_latest_and_what_was_beyond_within_a_year() -> None:
    readings = (reading("2025-03", 9), reading("2026-05", 2.2), reading("2026-06", 1))
    found = watch(condition(), model=watched(*readings))
    assert found is not None
    assert (found.figure, found.period, found.judged.words) == ("1 mg/L", "Jun 2026", "within the limit")
    assert found.beyond == ("May 2026",)


@pytest.mark.parametrize(
    ("statistic", "figure", "stand"),
    [
        ("mean", "mean 1.6 mg/L", Stand.WITHIN),
        ("sum", "sum 3.2 mg/L", Stand.OVER),
        ("percentile-95", "95th percentile 2.2 mg/L", Stand.OVER),
    ],
)
def test_a_condition_on_a_figure_shows_that_figure_of_twelve_months(
    statistic: str, figure: str, stand: Stand
) -> None:
    readings = (reading("2024-06", 50), reading("2026-05", 2.2), reading("2026-06", 1))
    found = watch(condition(statistic=statistic), model=watched(*readings))
    assert found is not None
    assert (found.figure, found.period, found.judged.stand) == (figure, "May 2026 to Jun 2026", stand)


def test_a_condition_may_ask_for_at_least_so_much() -> None:
    found = watch(condition(sense="at-least"), model=watched(reading("2026-06", 1)))
    assert found is not None
    assert found.judged.words == "below the limit"


def test_a_condition_without_readings_has_no_verdict_and_one_without_a_limit_asks_for_none() -> None:
    found = watch(condition(), model=watched())
    assert found is not None
    assert found.judged.words == "no readings yet"
    assert watch(condition(limit=None), model=watched()) is None


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2025-11", "Nov 2025"),
        ("2026-W04", "week 4 of 2026"),
        ("2026-Q2", "Q2 2026"),
        ("2026", "2026"),
        ("2026-06-14", "2026-06-14"),
        ("2026-06-14T08:30", "2026-06-14 08:30"),
    ],
)
def test_periods_are_said_as_people_say_them(period: str, said: str) -> None:
    read = read_period(period)
    assert isinstance(read, Period)
    assert words.period(read) == said


def test_a_measurement_shows_limits_chart_and_readings_with_the_newest_first(plant: Shown) -> None:
    page = plant.html("registers/measurements/MON-001/index.html")
    said = text(page)
    assert "3 readings from May 2026 to Jul 2026; the latest is < 0.05 mg/L".replace("<", "&lt;") in said
    assert "beyond a limit: Jun 2026" in said
    assert "By law or permit: at most 2 mg/L" in said
    assert "OBL-001 Consent , 2(c): at most 2 mg/L" in said
    assert page.count('class="ems-chart') == 2
    periods = re.findall(r'<th scope="row">(\w+ 2026)</th>', page)
    assert periods == ["Jul 2026", "Jun 2026", "May 2026"]
    assert "over the limit of 2" in said
    assert "undertaker told" in said
    assert "ems/records/readings/MON-001-2026.csv" in said


def test_a_measurement_without_readings_says_where_they_are(plant: Shown) -> None:
    page = plant.html("registers/measurements/MON-002/index.html")
    assert "No readings are kept here: In the log book at the gate" in text(page)
    assert "ems-chart" not in page


def test_an_obligation_shows_each_condition_with_its_reading(plant: Shown) -> None:
    said = text(plant.html("registers/obligations/OBL-001/index.html"))
    assert "The latest reading is within the limit, but it was passed within the last year" in said
    assert "2(c) Nickel in any sample (limit) at most 2 mg/L" in said
    assert "within the limit Beyond it within a year: Jun 2026" in said
    assert "4 Keep a log (record)" in said
    assert "Also measured for it MON-002 Smell at the fence" in said
    assert "Compliance is evaluated every 3 months by sampling." in said


def test_an_instrument_shows_what_is_measured_with_it_and_that_its_calibration_is_late(plant: Shown) -> None:
    said = text(plant.html("registers/instruments/CAL-001/index.html"))
    assert "overdue The next calibration was due on 2026-05-02." in said
    assert said.index("2025-05-02 pass") < said.index("2024-05-01 adjusted")
    assert "MON-001 Nickel in the effluent &lt; 0.05 mg/L Jul 2026 within the limits" in said


def test_the_sections_of_a_row_stand_in_its_contents(plant: Shown) -> None:
    page = plant.pages["registers/obligations/OBL-001/index.html"]  # type: ignore[attr-defined]  # a fixture's
    assert [entry.anchor for entry in page.toc][:2] == ["met", "links"]
    assert '<h2 id="met">' in page.html


def test_a_long_series_stands_in_the_table_with_its_newest_readings_alone(
    render: Render, small: Mapping[str, str]
) -> None:
    lines = "".join(f"MON-001,{date.fromordinal(739000 + day)},1,mg/L\n" for day in range(60))
    files = {
        **small,
        "ems/registers/measurements.yml": MEASUREMENTS,
        "ems/records/readings/days.csv": f"parameter,period,value,unit\n{lines}",
    }
    page = render(files).html("registers/measurements/MON-001/index.html")
    assert "The 24 newest readings of MON-001" in page
    assert "36 earlier readings and these stand in" in text(page)


def test_readings_in_a_unit_that_nobody_knows_are_told_without_a_picture(
    render: Render, small: Mapping[str, str]
) -> None:
    shown = render(
        {
            **small,
            "ems/registers/measurements.yml": MEASUREMENTS,
            "ems/records/readings/a.csv": "parameter,period,value,unit\nMON-001,2026-06,2,widgets\n",
        }
    )
    html = shown.html("registers/measurements/MON-001/index.html")
    assert "2 widgets" in html
    assert "ems-chart" not in html
