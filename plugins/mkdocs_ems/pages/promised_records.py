"""Which records were promised and which of them there are, period by period: the calendar of evidence.

A procedure or a control promises a record every week; here stands which weeks have one. Worked out by
`keeping`; here drawn.
"""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from mkdocs_ems.model.keeping import MOST_ALTOGETHER, MOST_PERIODS, Keeping, PeriodKept, Turn, kept
from mkdocs_ems.pages import words
from mkdocs_ems.pages.addresses import CALENDAR
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.overview import Cell, Heading, Overview, Table, badge, day, overview_page
from mkdocs_ems.pages.overview import kept as kept_together
from mkdocs_ems.pages.values import Page
from mkdocs_ems.pages.view import View
from mkdocs_ems.text import plural

_SHOWN = 120
"""So many of the last periods of a promise are drawn: two years and more of weeks."""
_DRAWN = 500
"""So many promises have their periods drawn; more make a page that nobody scrolls through."""
_LISTED = 12
_MARKS = {Turn.KEPT: "●", Turn.MISSING: "○", Turn.OPEN: "…", Turn.NOT_ASKED: "·"}


def promised_records_pages(view: View) -> tuple[Page, ...]:
    """The page, where something is promised."""
    as_of = view.shown.as_of
    grace = view.settings.intervals.promise_grace_days
    found = kept(view.shown.model, as_of=as_of, grace=grace)
    if not found:
        return ()
    links = view.links(CALENDAR)
    missing = sum(len(one.missing) for one in found)
    drawn = found[:_DRAWN]
    page = Overview(
        path=CALENDAR,
        title="Records promised",
        lead=(
            "What procedures and controls promise to record, and which periods have their record; as of "
            f"{words.day(as_of)}, with {plural(grace, 'day')} of grace after each period."
        ),
        tables=(_summary(found, links), *(_calendar(at, one, links) for at, one in enumerate(drawn, 1))),
        search="Calendar of records: promised checks and inspections, kept and missing",
        order=54,
        facts=(("Promises", str(len(found))), ("Periods without a record", str(missing))),
    )
    return (overview_page(page, view),)


def _summary(found: tuple[Keeping, ...], links: Links) -> Table:
    return Table(
        title="Promises",
        anchor="promises",
        caption=f"{plural(len(found), 'promise')} and how each is kept",
        columns=(
            Heading("Promised by"),
            Heading("Of"),
            Heading("How often"),
            Heading("Periods", "number"),
            Heading("Missing", "number"),
            Heading("Last record"),
            Heading("Missing periods"),
        ),
        rows=tuple(_line(at, one, links) for at, one in enumerate(found, 1)),
        noun="promises",
        note=_note(found),
    )


def _note(found: tuple[Keeping, ...]) -> str:
    """What was not looked at, or is not drawn."""
    notes = []
    left = [one for one in found if one.unseen]
    whole = sum(not one.count for one in left)
    if whole:
        notes.append(
            f"All promises together have more than {MOST_ALTOGETHER:,} periods: those of "
            f"{plural(whole, 'promise')} were not looked at, and it is not known which are missing."
        )
    if len(left) > whole:
        notes.append(
            f"Of {plural(len(left) - whole, 'promise')} the last {MOST_PERIODS:,} periods were looked at, "
            "those before were not."
        )
    if len(found) > _DRAWN:
        notes.append(f"The periods of the first {_DRAWN} promises are drawn.")
    return " ".join(notes)


def _line(at: int, one: Keeping, links: Links) -> tuple[Cell, ...]:
    promise, missing = one.promise, one.missing
    named = ", ".join(period.text for period in missing[-_LISTED:])
    if len(missing) > _LISTED:
        named = f"{len(missing) - _LISTED} earlier, {named}"
    by = links.named(promise.entry.entity.id or "")
    mark = "" if one.count else "not looked at" if one.unseen else "not begun"
    shown: Cell = Markup("{} {}").format(by, badge(mark, "warning")) if mark else by
    return (
        shown,
        links.named(promise.of) if promise.of != promise.entry.entity.id else "itself",
        kept_together(promise.often),
        _count(at, one),
        str(len(missing)) if one.count or not one.unseen else "not known",
        day(one.last),
        named,
    )


def _count(at: int, one: Keeping) -> Cell:
    """How many periods there are, leading to where they are drawn."""
    if not one.count:
        return f"{one.unseen:,} not looked at" if one.unseen else "0"
    count = str(one.count)
    if one.unseen:
        count = f"the last {one.count:,} of {one.count + one.unseen:,}"
    return Markup('<a href="#{}">{}</a>').format(f"calendar-{at}", count) if at <= _DRAWN else count


def _calendar(at: int, one: Keeping, links: Links) -> Table:
    """The periods of one promise, a row a year: each mark says whether there is a record, and leads to it."""
    periods = one.latest(_SHOWN)
    of = links.places.get(one.promise.of)
    title = f"{one.promise.of} {of.title}" if of else one.promise.of
    return Table(
        title=f"{title}, {one.promise.often}",
        anchor=f"calendar-{at}",
        caption="● a record, ○ none, … not over yet, · not asked",
        columns=(
            Heading("Year"),
            Heading("Periods"),
            Heading("Kept", "number"),
            Heading("Missing", "number"),
        ),
        rows=tuple(
            _year(year, tuple(group), links)
            for year, group in groupby(periods, key=lambda period: period.period.last.year)
        ),
        noun="years",
        empty="Its periods were not looked at: all promises together have too many."
        if one.unseen
        else "Nothing says since when, and there is no record yet.",
    )


def _year(year: int, periods: tuple[PeriodKept, ...], links: Links) -> tuple[Cell, ...]:
    kept_ones = sum(one.turn is Turn.KEPT for one in periods)
    missing = sum(one.turn is Turn.MISSING for one in periods)
    marks = Markup(" ").join(_mark(one, links) for one in periods)
    return (
        str(year),
        Markup('<span class="ems-periods">{}</span>').format(marks),
        str(kept_ones),
        str(missing),
    )


def _mark(one: PeriodKept, links: Links) -> Markup:
    said = f"{one.period.text}: {one.turn.value}"
    record = next((entry.entity.id for entry in one.records if entry.entity.id in links.places), None)
    if record is not None:
        place = links.places[record]
        return Markup('<a href="{}" title="{}" aria-label="{}">{}</a>').format(
            links.up + place.address, f"{said}, {record}", f"{said}, {record}", _MARKS[one.turn]
        )
    return Markup('<span title="{}" role="img" aria-label="{}">{}</span>').format(
        said, said, _MARKS[one.turn]
    )
