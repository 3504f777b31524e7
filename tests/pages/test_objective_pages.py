"""Objectives and indicators on pages: verdict, chart, numbers, and the page of all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

import pytest

from mkdocs_ems.pages import Page, words


class Shown(Protocol):
    pages: Mapping[str, Page]

    def html(self, path: str) -> str: ...


Render = Callable[..., Shown]

OBJECTIVES = """\
id: REG-OBJ
type: objective
title: Objectives
rows:
  - id: OBJ-001
    title: Less water
    kpi: KPI-001
    unit: L/m2
    baseline: {value: 46, period: "2025"}
    interim_targets: [{date: 2026-06-30, value: 44}]
    target: {value: 40, date: 2026-12-31}
    direction: decrease
    status: at-risk
  - id: OBJ-002
    title: Fewer spills
    kpi: KPI-002
    target: {value: 4, unit: count, date: 2026-12-31}
    direction: decrease
  - {id: OBJ-003, title: Better talks with neighbours, not_measurable_reason: It is a matter of trust}
  - {id: OBJ-004, title: Given up, status: withdrawn}
"""
INDICATORS = """\
id: REG-KPI
type: indicator
title: Indicators
rows:
  - {id: KPI-001, title: Water by area, source: [MON-001], unit: L/m2, aggregation: rolling3}
  - {id: KPI-002, title: Spills, source: [MON-002], unit: count, aggregation: sum}
  - {id: KPI-003, title: Never read}
  - {id: KPI-004, title: Not drawn, source: [MON-001], unit: L/m2, chart: false}
"""
MEASUREMENTS = """\
id: REG-MON
type: measurement
title: Monitoring plan
rows:
  - {id: MON-001, title: Water, unit: L/m2, frequency: monthly}
  - {id: MON-002, title: Spills, unit: count, frequency: monthly}
"""
WATER = "parameter,period,value,unit\n" + "".join(
    f"MON-001,2026-{month:02},{value},L/m2\n" for month, value in enumerate([46, 45, 44, 43, 42, 41], start=1)
)
SPILLS = "parameter,period,value,unit\n" + "".join(
    f"MON-002,{2025 + (month > 12)}-{(month - 1) % 12 + 1:02},1,count\n" for month in range(11, 23)
)


@pytest.fixture(scope="module")
def plant(render: Render, small: Mapping[str, str]) -> Shown:
    """The small manual with objectives and their readings."""
    return render(
        {
            **small,
            "ems/registers/objectives.yml": OBJECTIVES,
            "ems/registers/indicators.yml": INDICATORS,
            "ems/registers/measurements.yml": MEASUREMENTS,
            "ems/records/readings/water.csv": WATER,
            "ems/records/readings/spills.csv": SPILLS,
        }
    )


def text(html: str) -> str:
    """The words of a page, without its pictures."""
    plain = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", plain))


def test_an_objective_shows_its_verdict_in_words(plant: Shown) -> None:
    said = text(plant.html("registers/objectives/OBJ-001/index.html"))
    assert "Not met yet 42 L/m2 as the mean of the three periods to Jun 2026" in said
    assert "By then 44 L/m2 was asked for: it is on its way." in said


def test_an_objective_shows_what_was_read_beside_what_counts(plant: Shown) -> None:
    said = text(plant.html("registers/objectives/OBJ-001/index.html"))
    assert "Jun 2026 41 42 May 2026 42 43 Apr 2026 43 44 Mar 2026 44 45 Feb 2026 45 Jan 2026 46" in said
    assert "Start 46 L/m2 2025 Interim target 44 L/m2 2026-06-30 Target 40 L/m2 2026-12-31" in said


def test_the_chart_of_an_objective_has_its_target_its_start_and_the_planned_way(plant: Shown) -> None:
    page = plant.html("registers/objectives/OBJ-001/index.html")
    wide = re.search(r'<svg class="ems-chart ems-chart--wide".*?</svg>', page, re.DOTALL)
    assert wide is not None
    assert "target 40" in wide[0]
    assert "start 46" in wide[0]
    assert wide[0].count("ems-course--mark") == 2
    assert wide[0].count("ems-dot") == 4
    assert wide[0].count("ems-reading") == 6
    assert "Not met yet: 42 L/m2" in wide[0]


def test_a_total_is_not_drawn_with_what_is_read_in_a_month(plant: Shown) -> None:
    page = plant.html("registers/objectives/OBJ-002/index.html")
    assert page.count("<figure") == 2
    assert "What was read in each period." in page
    assert "ems-reading" not in page


def test_an_objective_without_readings_says_so_and_draws_nothing(plant: Shown) -> None:
    page = plant.html("registers/objectives/OBJ-003/index.html")
    assert "No data" in text(page)
    assert "ems-chart" not in page


def test_an_indicator_shows_its_values_without_a_verdict(plant: Shown) -> None:
    page = plant.html("registers/indicators/KPI-001/index.html")
    said = text(page)
    assert "41 to 46 L/m2; the latest is 41 L/m2 in Jun 2026." in said
    assert page.count('class="ems-chart') == 2
    assert "target" not in said.lower()


def test_an_indicator_that_is_not_to_be_drawn_shows_its_numbers_alone(plant: Shown) -> None:
    page = plant.html("registers/indicators/KPI-004/index.html")
    assert "ems-chart" not in page
    assert "Jun 2026 41" in text(page)


def test_an_indicator_without_readings_says_so(plant: Shown) -> None:
    assert "There are no values yet" in text(plant.html("registers/indicators/KPI-003/index.html"))


def test_all_objectives_stand_on_the_page_of_performance(plant: Shown) -> None:
    page = plant.html("performance/index.html")
    said = text(page)
    assert "3 objectives: 1 not met yet, 1 missed and 1 no data." in said
    assert all(f"OBJ-00{number}/index.html" in page for number in (1, 2, 3))
    assert "Given up" not in said
    assert page.count("<svg") == 2
    assert "OBJ-001 Less water 42 L/m2 40 L/m2 2026-12-31 Not met yet at risk" in said


def test_there_is_no_page_of_performance_without_objectives(drafted: Shown) -> None:
    assert "performance/index.html" not in drafted.pages


def test_the_register_of_objectives_shows_value_and_verdict(plant: Shown) -> None:
    said = text(plant.html("registers/objectives/index.html"))
    assert "42 L/m2 40 by 2026-12-31 not met yet" in said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("10.6 to 2026-10; by 2026-12-31", "10.6 to Oct 2026; by 2026-12-31"),
        ("OBJ-2026-10 and 2026-W10", "OBJ-2026-10 and 2026-W10"),
    ],
)
def test_months_in_a_sentence_are_said_as_people_say_them(sentence: str, said: str) -> None:
    assert words.with_months(sentence) == said


def test_a_target_stands_in_the_picture_in_the_unit_of_what_is_read(
    render: Render, small: Mapping[str, str]
) -> None:
    objectives = OBJECTIVES.replace("target: {value: 40,", "target: {value: 0.04, unit: m3/m2,").replace(
        "baseline: {value: 46,", "baseline: {value: 0.046, unit: m3/m2,"
    )
    shown = render(
        {
            **small,
            "ems/registers/objectives.yml": objectives,
            "ems/registers/indicators.yml": INDICATORS,
            "ems/registers/measurements.yml": MEASUREMENTS,
            "ems/records/readings/water.csv": WATER,
        }
    )
    html = shown.html("registers/objectives/OBJ-001/index.html")
    assert "target 40" in html
    assert "start 46" in html
    picture = re.search(r"<svg.*?</svg>", html, re.DOTALL)
    assert picture is not None
    assert "target 0.04" not in picture[0].split("</desc>")[1]
