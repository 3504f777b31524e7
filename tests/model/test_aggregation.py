"""Aggregation against a reference that is too plain to be wrong: every window worked out anew."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_ems.model.aggregation import counted, year_before
from mkdocs_ems.model.indicators import Part, indicator_points
from mkdocs_ems.model.monitoring import Aggregation, IndicatorRow
from mkdocs_ems.model.periods import numbered
from support.content import model_of

VALUES = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).map(lambda one: round(one, 3))
BELOW = st.floats(min_value=0.5, max_value=1e3, allow_nan=False)
JANUARY = 2024 * 12


@st.composite
def months(draw: st.DrawFn) -> list[Part]:
    """Months one after another, some of them missing."""
    count = draw(st.integers(min_value=1, max_value=30))
    kept = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    return [
        Part(numbered("monthly", JANUARY + at), draw(VALUES), draw(BELOW))
        for at, keep in enumerate(kept)
        if keep
    ]


def window(parts: Sequence[Part], index: int) -> list[Part]:
    """The parts of the twelve months that end with one of them."""
    number = parts[index].period.last.year * 12 + parts[index].period.last.month
    return [
        one
        for one in parts[: index + 1]
        if number - 12 < one.period.first.year * 12 + one.period.first.month <= number
    ]


def reference(parts: Sequence[Part], how: Aggregation, *, total: bool) -> list[tuple[str, float]]:
    found = []
    for index, part in enumerate(parts):
        values = [one.value for one in window(parts, index)]
        if how == "latest":
            value: float | None = part.value
        elif how == "rolling3":
            three = [one.value for one in parts[max(0, index - 2) : index + 1]]
            value = sum(three) / 3 if len(three) == 3 else None
        elif total and len(values) < 12:
            value = None
        elif how == "ratio-of-sums":
            inside = window(parts, index)
            value = sum(one.above for one in inside) / sum(one.below for one in inside)
        elif how in ("max", "min"):
            value = max(values) if how == "max" else min(values)
        elif how == "mean":
            value = sum(values) / len(values)
        else:
            value = sum(values) if total else sum(values) / len(values)
        if value is not None:
            found.append((part.period.text, value))
    return found


@pytest.mark.parametrize(
    ("how", "total"),
    [
        ("latest", False),
        ("rolling3", False),
        ("rolling12", True),
        ("rolling12", False),
        ("sum", True),
        ("mean", False),
        ("max", False),
        ("min", False),
        ("ratio-of-sums", False),
    ],
)
@given(parts=months())
def test_every_window_is_what_it_is_when_worked_out_alone(
    how: Aggregation, *, total: bool, parts: list[Part]
) -> None:
    made = list(counted(parts, how, total=total))
    wanted = reference(parts, how, total=total)
    assert [one.period.text for one in made] == [name for name, _ in wanted]
    for one, (_, value) in zip(made, wanted, strict=True):
        assert math.isclose(one.value, value, rel_tol=1e-9, abs_tol=1e-4)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_twelve_months_end_with_their_day_and_hold_no_day_of_the_year_twice(day: date) -> None:
    first = year_before(day)
    assert 365 <= day.toordinal() - first.toordinal() + 1 <= 366
    assert (first.month, first.day) != (day.month, day.day) or (day.month, day.day) == (2, 29)


@given(st.lists(VALUES, min_size=1, max_size=40), st.sampled_from(["t", "mg/L"]))
def test_days_of_a_month_are_added_up_or_averaged_by_their_unit(values: list[float], unit: str) -> None:
    days = [f"2026-{1 + at // 28:02}-{1 + at % 28:02}" for at in range(len(values))]
    lines = "".join(f"MON-001,{day},{value},{unit}\n" for day, value in zip(days, values, strict=True))
    model = model_of(
        {
            "records/readings/a.csv": "parameter,period,value,unit\n" + lines,
            "registers/measurements.yml": f"type: measurement\nrows: [{{id: MON-001, unit: {unit}}}]\n",
            "registers/indicators.yml": f"""\
                type: indicator
                rows: [{{id: KPI-001, source: [MON-001], unit: {unit}, frequency: monthly}}]
                """,
        }
    )
    indicator = model.by_id["KPI-001"].entity
    assert isinstance(indicator, IndicatorRow)
    made = [one.value for one in indicator_points(indicator, model=model)]
    by_month = [values[at : at + 28] for at in range(0, len(values), 28)]
    wanted = [sum(one) if unit == "t" else sum(one) / len(one) for one in by_month]
    assert made == pytest.approx(wanted, rel=1e-9, abs=1e-6)
