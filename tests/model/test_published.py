"""What a figure that is given out is compared with."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.model import IndicatorRow
from mkdocs_ems.model.periods import read_period
from mkdocs_ems.model.published import agrees, computed
from support.rule_cases import in_example

MONTHS = [f"{year}-{month:02}" for year, first in ((2025, 6), (2026, 1)) for month in range(first, 13)][:12]


def _values(
    period: str, *, aggregation: str, unit: str = "m3", as_of: date = date(2026, 6, 1)
) -> list[float]:
    rows = "".join(f"MON-002,{one},{100 + number},m3\n" for number, one in enumerate(MONTHS))
    files = {
        "ems/registers/water.yml": "id: REG-WATER\ntype: measurement\ntitle: Water\nrows:\n"
        "  - {id: MON-002, title: Water, frequency: monthly, unit: m3}\n",
        "ems/registers/indicators.yml": "id: REG-KPI\ntype: indicator\ntitle: Indicators\nrows:\n"
        f"  - {{id: KPI-001, title: Water, source: [MON-002], unit: m3, aggregation: {aggregation}}}\n",
        "ems/records/readings/MON-002.csv": f"parameter,period,value,unit\n{rows}",
    }
    model = in_example(files).model
    indicator, read = model.by_id["KPI-001"].entity, read_period(period)
    assert isinstance(indicator, IndicatorRow)
    assert read is not None
    return list(computed(indicator, read, unit=unit, model=model, as_of=as_of))


def test_a_figure_is_the_period_s_own_value_or_what_counts_at_its_end() -> None:
    assert _values("2026-05", aggregation="latest") == [111.0, 111.0]
    assert _values("2026-05", aggregation="rolling3") == [111.0, 110.0]
    assert _values("2026-05", aggregation="rolling12") == [111.0, 1266.0]


def test_a_longer_period_is_what_counts_at_its_end() -> None:
    assert _values("2026-Q1", aggregation="rolling3") == [108.0]
    assert _values("2025", aggregation="max") == [106.0]


def test_nothing_is_known_of_a_period_without_readings_or_in_a_unit_of_another_kind() -> None:
    assert _values("2024-05", aggregation="rolling12") == []
    assert _values("2026-05", aggregation="rolling12", unit="kWh") == []
    assert _values("2026-05", aggregation="rolling12", as_of=date(2026, 5, 1)) == []


def test_a_figure_in_another_unit_is_converted() -> None:
    assert _values("2026-05", aggregation="latest", unit="L") == pytest.approx([111000.0, 111000.0])


@pytest.mark.parametrize(
    ("figure", "value", "same"),
    [
        (1200, 1200.4, True),
        (1200, 1200.6, False),
        (1200.4, 1200.44, True),
        (1200.4, 1200.46, False),
        (0.012, 0.0124, True),
        (0.012, 0.0126, False),
        (0, 0.4, True),
        (-3, -3.2, True),
        (1e21, 1e21, True),
        (1.5e-7, 1.54e-7, True),
    ],
)
def test_a_figure_agrees_with_what_is_rounded_to_it(figure: float, value: float, *, same: bool) -> None:
    assert agrees(figure, value) is same


@given(value=st.floats(-1e9, 1e9), decimals=st.integers(0, 6))
def test_every_rounding_agrees_with_what_was_rounded(value: float, decimals: int) -> None:
    rounded = round(value, decimals)
    # One that ends in noughts is a rounder figure than was meant, and is taken as one.
    assert agrees(rounded, value)
