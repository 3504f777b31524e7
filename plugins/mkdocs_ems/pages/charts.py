"""Charts of readings: values to places, drawn by one template as an SVG of our own.

A chart says in words what it shows, beside a table with the same numbers. It is drawn in
two sizes, one for a desk and for paper, one for a phone, so that letters stay letters.
Limits and targets are dashed and named at their end: no colour says anything alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup

from mkdocs_ems import dataclass
from mkdocs_ems.pages import words
from mkdocs_ems.pages.environment import render
from mkdocs_ems.pages.lettering import width
from mkdocs_ems.pages.scales import Scale, day_ticks, nice_ticks, spread

SIZE = 12
"""Of the letters, in units of which twenty are one rem."""
MOST_SPOTS = 240
"""More readings than this are drawn by the highest and lowest of every stretch."""
_MOST_DOTS = 60
"""More spots than this are a line without dots."""
_STRETCH = 3
"""A level that would make the values' own range so many times longer is told in words alone."""
_FROM_NOUGHT = 0.6
"""The axis begins at nought where the lowest value is at most this share of the highest."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A value on a day."""

    day: date
    value: float
    over: bool = False
    """Beyond a limit: marked, and its value written beside it."""


@dataclass(frozen=True, slots=True)
class Level:
    """A value that does not change: a limit, an alert, a target, a start."""

    value: float
    name: str
    """One word or two: `limit`."""
    kind: str = "level"
    """`limit`, `alert`, `target` or `level`: how its line looks."""


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows."""

    anchor: str
    """Makes the ids in it unique on its page."""
    title: str
    said: str
    """What there is to see, in sentences."""
    unit: str
    line: tuple[Spot, ...]
    """What is connected by a line: the readings, or the value that counts."""
    dots: tuple[Spot, ...] = ()
    """Single readings that stand behind the line."""
    course: tuple[Spot, ...] = ()
    """The way that was planned: start, interim targets, target."""
    levels: tuple[Level, ...] = ()
    finest: str = "month"
    """`day`, `month` or `year`: what the labels of the days may name."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a picture is."""

    name: str
    width: int
    height: int
    steps: int
    """How many steps the axis of values may have."""


WIDE = Size("wide", 680, 300, 6)
NARROW = Size("narrow", 340, 250, 5)
SMALL = Size("small", 340, 170, 3)


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis."""

    at: float
    label: str
    anchor: str = "middle"
    label_at: float = 0
    """Where the label stands, on an axis of days: moved in where it would leave the picture."""


@dataclass(frozen=True, slots=True)
class LevelLine:
    """A level in place; its name may stand a little off its line."""

    at: float
    name_at: float
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A spot in place."""

    x: float
    y: float
    label: str = ""
    label_y: float = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of one size, ready for the template."""

    chart: Chart
    size: Size
    left: float
    right: float
    top: float
    bottom: float
    values: tuple[Tick, ...]
    days: tuple[Tick, ...]
    levels: tuple[LevelLine, ...]
    line: str
    course: str
    course_marks: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    small_dots: tuple[Mark, ...]
    over: tuple[Mark, ...]


def drawn(chart: Chart, *sizes: Size) -> Markup:
    """A chart as SVG, once for each size; nothing where it has no spot.

    Args:
        chart: what it shows.
        sizes: a desk's and a phone's unless others are named.
    """
    if not chart.line and not chart.dots:
        return Markup("")
    pictures = [picture(chart, size) for size in sizes or (WIDE, NARROW)]
    return Markup(render("chart.html", pictures=pictures))  # noqa: S704 - an autoescaping template


def picture(chart: Chart, size: Size) -> Picture:
    """A chart laid out in a size."""
    levels = _near(chart)
    labels = [f"{level.name} {words.number(level.value)}" for level in levels]
    ticks = nice_ticks(*_range(chart, levels), most=size.steps)
    left = max(width(words.number(tick), SIZE) for tick in ticks) + 10
    right = size.width - max((width(label, SIZE) + 8 for label in labels), default=10)
    top, bottom = 24.0, size.height - 26.0
    across, up = _days(chart, left, right), Scale(ticks[0], ticks[-1], bottom, top)

    def marks(spots: Iterable[Spot]) -> tuple[Mark, ...]:
        return tuple(
            Mark(round(across.place(spot.day.toordinal()), 1), round(up.place(spot.value), 1))
            for spot in spots
        )

    line, dots = _thinned(chart.line), _thinned(chart.dots)
    places = [up.place(level.value) for level in levels]
    names = spread(places, apart=SIZE + 2, start=top, end=bottom)
    return Picture(
        chart=chart,
        size=size,
        left=round(left, 1),
        right=round(right, 1),
        top=top,
        bottom=bottom,
        values=tuple(Tick(round(up.place(tick), 1), words.number(tick)) for tick in ticks),
        days=_labelled_days(chart, across, size),
        levels=tuple(
            LevelLine(round(at, 1), round(name, 1), label, level.kind)
            for level, label, at, name in zip(levels, labels, places, names, strict=True)
        ),
        line=_path(marks(line)),
        course=_path(marks(chart.course)),
        course_marks=marks(chart.course[1:]),
        dots=marks(spot for spot in line if not spot.over) if len(line) <= _MOST_DOTS else (),
        small_dots=marks(dots) if len(dots) <= _MOST_DOTS * 2 else (),
        over=_over([spot for spot in line if spot.over], across, up, top),
    )


def hidden_levels(chart: Chart) -> tuple[Level, ...]:
    """Levels so far off that the picture leaves them to the words beside it."""
    near = _near(chart)
    return tuple(level for level in chart.levels if level not in near)


def _values(chart: Chart) -> list[float]:
    return [spot.value for spots in (chart.line, chart.dots, chart.course) for spot in spots]


def _near(chart: Chart) -> tuple[Level, ...]:
    values = _values(chart)
    if not values:
        return chart.levels
    low, high = min(values), max(values)
    room = _STRETCH * ((high - min(low, 0.0)) or abs(high) or 1.0)
    return tuple(level for level in chart.levels if high - room <= level.value <= min(low, 0.0) + room)


def _range(chart: Chart, levels: Sequence[Level]) -> tuple[float, float]:
    values = [*_values(chart), *(level.value for level in levels)]
    low, high = min(values), max(values)
    return (0.0 if 0 <= low <= _FROM_NOUGHT * high else low), high


def _days(chart: Chart, left: float, right: float) -> Scale:
    """The axis of days, with a little air at both ends."""
    days = [spot.day.toordinal() for spots in (chart.line, chart.dots, chart.course) for spot in spots]
    first, last = min(days), max(days)
    air = max((last - first) * 0.02, 1.0)
    return Scale(first - air, last + air, left, right)


def _labelled_days(chart: Chart, across: Scale, size: Size) -> tuple[Tick, ...]:
    low, high = max(round(across.first + 0.5), 1), min(round(across.last - 0.5), date.max.toordinal())
    first, last = date.fromordinal(low), date.fromordinal(high)
    room = across.end - across.start
    ticks = day_ticks(first, last, room=room, size=SIZE, finest=chart.finest)
    if not ticks:
        day = max(spot.day for spots in (chart.line, chart.dots) for spot in spots)
        ticks = ((day, words.day(day)),)
    made: list[Tick] = []
    free = 0.0
    for day, label in ticks:
        at, wide = across.place(day.toordinal()), width(label, SIZE)
        begin = min(max(at - wide / 2, 0), size.width - wide)
        if begin < free:
            continue  # moved in from the edge, it would touch the one before
        anchor = "start" if begin > at - wide / 2 else "end" if begin < at - wide / 2 else "middle"
        place = {"start": begin, "middle": at, "end": begin + wide}[anchor]
        made.append(Tick(round(at, 1), label, anchor, round(place, 1)))
        free = begin + wide + 4
    return tuple(made)


def _over(spots: Sequence[Spot], across: Scale, up: Scale, top: float) -> tuple[Mark, ...]:
    """Spots beyond a limit; their values are written where one does not touch the next."""
    made: list[Mark] = []
    free = across.start
    for spot in spots:
        x, y = across.place(spot.day.toordinal()), up.place(spot.value)
        label = words.number(spot.value)
        half = width(label, SIZE) / 2
        fits = free <= x - half and x + half <= across.end
        if fits:
            free = x + half + 4
        below = y - SIZE - 6 < top
        made.append(
            Mark(round(x, 1), round(y, 1), label if fits else "", round(y + SIZE + 8 if below else y - 9, 1))
        )
    return tuple(made)


def _path(marks: Sequence[Mark]) -> str:
    return "M" + "L".join(f"{mark.x:g} {mark.y:g}" for mark in marks) if len(marks) > 1 else ""


def _thinned(spots: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """The same line with fewer spots: of every stretch the lowest and the highest, and all beyond a limit."""
    if len(spots) <= MOST_SPOTS:
        return spots
    stretch = -(-2 * len(spots) // MOST_SPOTS)
    kept: set[int] = {0, len(spots) - 1}
    for start in range(0, len(spots), stretch):
        places = range(start, min(start + stretch, len(spots)))
        kept.add(min(places, key=lambda place: spots[place].value))
        kept.add(max(places, key=lambda place: spots[place].value))
    return tuple(spots[place] for place in sorted(kept))
