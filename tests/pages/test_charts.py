"""Charts and scales: everything lies in the frame, order is kept, labels never touch."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.pages.charts import (
    MOST_SPOTS,
    NARROW,
    SIZE,
    SMALL,
    WIDE,
    Chart,
    Level,
    Picture,
    Size,
    Spot,
    drawn,
    hidden_levels,
    picture,
)
from mkdocs_ems.pages.lettering import width
from mkdocs_ems.pages.scales import Scale, day_ticks, nice_ticks, spread

VALUES = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
SPOTS = st.lists(st.builds(Spot, DAYS, VALUES, st.booleans()), min_size=1, max_size=40).map(
    lambda spots: tuple(sorted(spots, key=lambda spot: spot.day))
)
LEVELS = st.lists(
    st.builds(Level, VALUES, st.sampled_from(["limit", "alert", "target", "start"])), max_size=5
).map(tuple)
WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=20
)
CHARTS = st.builds(
    Chart,
    anchor=st.just("chart"),
    title=WORDS,
    said=WORDS,
    unit=st.sampled_from(["", "mg/L"]),
    line=SPOTS,
    dots=st.one_of(st.just(()), SPOTS),
    course=st.one_of(st.just(()), SPOTS),
    levels=LEVELS,
    finest=st.sampled_from(["day", "month", "year"]),
)
SIZES = st.sampled_from([WIDE, NARROW, SMALL])


def chart(*values: float, levels: tuple[Level, ...] = (), over: float = math.inf) -> Chart:
    """A chart of monthly values from November 2025 on."""
    ends = [date(2025, 11, 30), date(2025, 12, 31), *(date(2026, month, 28) for month in range(1, 12))]
    spots = tuple(Spot(day, value, value > over) for day, value in zip(ends, values, strict=False))
    return Chart("chart", "Nickel", "What there is to see.", "mg/L", spots, levels=levels)


def spans(made: Picture) -> list[tuple[float, float]]:
    """Where the labels of the days begin and end."""
    found = []
    for tick in made.days:
        wide = width(tick.label, SIZE)
        begin = tick.label_at - {"start": 0, "middle": wide / 2, "end": wide}[tick.anchor]
        found.append((begin, begin + wide))
    return found


@given(CHARTS, SIZES)
@settings(deadline=None, max_examples=50)
def test_everything_lies_in_the_frame(shown: Chart, size: Size) -> None:
    made = picture(shown, size)
    for mark in (*made.dots, *made.small_dots, *made.over, *made.course_marks):
        assert made.left - 0.1 <= mark.x <= made.right + 0.1
        assert made.top - 0.1 <= mark.y <= made.bottom + 0.1
    for level in made.levels:
        assert made.top - 0.1 <= level.at <= made.bottom + 0.1
        assert made.top - 0.1 <= level.name_at <= made.bottom + 0.1
        assert made.right + width(level.label, SIZE) <= size.width + 0.1
    for mark in made.over:
        if mark.label:
            assert mark.x - width(mark.label, SIZE) / 2 >= made.left - 0.1
            assert mark.x + width(mark.label, SIZE) / 2 <= made.right + 0.1
            assert 0 <= mark.label_y <= made.bottom
    assert all(made.top - 0.1 <= tick.at <= made.bottom + 0.1 for tick in made.values)


@given(CHARTS, SIZES)
@settings(deadline=None, max_examples=50)
def test_no_label_touches_another(shown: Chart, size: Size) -> None:
    made = picture(shown, size)
    for (_, end), (begin, _) in pairwise(spans(made)):
        assert end < begin
    assert all(begin >= -0.1 and end <= size.width + 0.1 for begin, end in spans(made))
    names = sorted(level.name_at for level in made.levels)
    assert all(other - one >= SIZE for one, other in pairwise(names))
    ticks = sorted(tick.at for tick in made.values)
    assert all(other - one >= SIZE for one, other in pairwise(ticks))


@given(CHARTS)
@settings(deadline=None, max_examples=30)
def test_whatever_the_words_are_it_is_sound_xml(shown: Chart) -> None:
    root = ET.fromstring(f"<div>{drawn(shown)}</div>")  # noqa: S314 - our own picture
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids)) == 4
    assert all(one.get("style") is None for one in root.iter())


@given(VALUES, VALUES, st.integers(2, 10))
def test_ticks_are_even_take_in_all_and_are_few(one: float, other: float, most: int) -> None:
    low, high = sorted((one, other))
    ticks = nice_ticks(low, high, most=most)
    tiny = 1e-6 * max(1.0, abs(low), abs(high))
    assert ticks[0] <= low + tiny
    assert ticks[-1] >= high - tiny
    assert len(ticks) <= most + 1
    steps = [after - before for before, after in pairwise(ticks)]
    assert max(steps) - min(steps) <= 1e-6 * max(steps) + 1e-9


@given(VALUES, VALUES, VALUES, VALUES)
def test_a_scale_keeps_order(first: float, last: float, one: float, other: float) -> None:
    low, high = sorted((first, last))
    scale = Scale(low, high, 0, 100)
    if low < high and one <= other:
        assert scale.place(one) <= scale.place(other)


@given(DAYS, st.integers(0, 20_000), st.floats(120, 700), st.sampled_from(["day", "month", "year"]))
@settings(deadline=None)
def test_ticks_of_days_lie_on_the_axis_in_order(first: date, days: int, room: float, finest: str) -> None:
    last = first + timedelta(days=days)
    ticks = day_ticks(first, last, room=room, size=SIZE, finest=finest)
    assert all(first <= day <= last for day, _ in ticks)
    assert all(here[0] < there[0] for here, there in pairwise(ticks))
    assert len({label for _, label in ticks}) == len(ticks)


@given(st.lists(st.floats(0, 100), max_size=8), st.floats(1, 40))
def test_names_are_moved_apart_and_stay_in_the_frame(places: list[float], apart: float) -> None:
    moved = spread(places, apart=apart, start=0, end=100)
    assert all(-1e-6 <= place <= 100 + 1e-6 for place in moved)
    least = min(apart, 100 / max(len(places) - 1, 1))
    assert all(other - one >= least - 1e-6 for one, other in pairwise(sorted(moved)))


def test_months_stand_where_their_readings_stand() -> None:
    made = picture(chart(1.6, 1.4, 1.7, 1.3), WIDE)
    assert [tick.label for tick in made.days] == ["Nov 2025", "Dec 2025", "Jan 2026", "Feb 2026"]
    assert [round(mark.x) for mark in made.dots][:2] == [round(tick.at) for tick in made.days][:2]


def test_an_axis_begins_at_nought_where_that_costs_little() -> None:
    assert picture(chart(1.6, 0.9), WIDE).values[0].label == "0"
    assert picture(chart(11.7, 10.5), WIDE).values[0].label != "0"


def test_a_value_beyond_a_limit_is_marked_and_written() -> None:
    made = picture(chart(1.6, 2.2, 1.1, levels=(Level(2, "limit", "limit"),), over=2), WIDE)
    assert [mark.label for mark in made.over] == ["2.2"]
    assert [line.label for line in made.levels] == ["limit 2"]


def test_a_limit_far_off_is_left_to_the_words() -> None:
    shown = chart(1.6, 1.2, levels=(Level(500, "limit", "limit"), Level(2, "alert", "alert")))
    assert [level.value for level in hidden_levels(shown)] == [500]
    assert [line.label for line in picture(shown, WIDE).levels] == ["alert 2"]


def test_a_single_reading_is_a_dot_with_its_day() -> None:
    made = picture(chart(1.6), WIDE)
    assert len(made.dots) == 1
    assert made.line == ""
    assert made.days


def test_a_label_moved_in_from_the_edge_gives_way_to_the_one_before() -> None:
    two_years = (Spot(date(1999, 1, 1), 0), Spot(date(2001, 1, 1), 0))
    made = picture(Chart("chart", "t", "s", "", two_years), WIDE)
    assert all(end < begin for (_, end), (begin, _) in pairwise(spans(made)))


def test_a_long_series_keeps_its_highest_and_its_lowest() -> None:
    start = date(2020, 1, 1)
    spots = tuple(
        Spot(start + timedelta(days=day), 500.0 if day == 777 else float(day % 7)) for day in range(3000)
    )
    made = picture(Chart("chart", "t", "s", "", spots), WIDE)
    assert made.line.count("L") <= MOST_SPOTS + 2
    assert f" {made.top:g}" in made.line
    assert made.dots == ()


def test_a_chart_says_what_it_shows() -> None:
    root = ET.fromstring(f"<div>{drawn(chart(1.6, 1.4))}</div>")  # noqa: S314 - our own picture
    for svg in root:
        assert svg.get("role") == "img"
        named = {one.get("id"): one.text for one in svg if one.tag in ("title", "desc")}
        assert list(named) == [svg.get("aria-labelledby"), svg.get("aria-describedby")]
        assert list(named.values()) == ["Nickel", "What there is to see."]


def test_nothing_is_drawn_of_nothing() -> None:
    assert drawn(Chart("chart", "t", "s", "", ())) == ""


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_two_drawings_are_the_same(size: Size) -> None:
    assert drawn(chart(1.6, 2.2, over=2), size) == drawn(chart(1.6, 2.2, over=2), size)


@pytest.mark.parametrize("span", [0.0, 5e-324, 1e-320, 1e-110])
@pytest.mark.parametrize("low", [0.0, 5e-324, -1e-320, 1e30, -1e30, 1.0])
def test_values_that_hardly_differ_have_ticks_all_the_same(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span)
    assert ticks[0] <= low <= low + span <= ticks[-1]
    assert all(math.isfinite(tick) for tick in ticks)


def test_a_chart_without_a_value_hides_no_level() -> None:
    assert hidden_levels(Chart("a", "t", "s", "kg", (), levels=(Level(3.0, "limit"),))) == ()
