"""What the rules on instruments share: which are in use, for what, and what was read with them.

An instrument is used where a measurement names it, or a line of readings does. Judges
nothing itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from mkdocs_ems.model import Entry, InstrumentRow, MeasurementRow, Reading
from mkdocs_ems.model.entities import Calibration
from mkdocs_ems.rules.values import AuditContext

_OUT_OF_USE = ("withdrawn", "planned")


def in_use(context: AuditContext) -> Iterator[tuple[Entry, InstrumentRow]]:
    """Every instrument whose readings have to be trusted: in use, and not only for show."""
    for entry, row in context.each(InstrumentRow):
        if row.status not in _OUT_OF_USE and row.kind != "indication-only" and row.id is not None:
            yield entry, row


def users(context: AuditContext) -> Mapping[str, Sequence[MeasurementRow]]:
    """The measurements that are taken with each instrument, by its id."""
    found: defaultdict[str, list[MeasurementRow]] = defaultdict(list)
    for _, row in context.each(MeasurementRow):
        if row.status in _OUT_OF_USE:
            continue
        series = context.model.series.get(row.id or "")
        named = series.instruments if series else frozenset[str]()
        for name in sorted(named | ({row.instrument} if row.instrument else set())):
            found[name].append(row)
    return found


def last_before(row: InstrumentRow, on: date) -> Calibration | None:
    """The latest calibration up to a day; of two on one day the one that is written last."""
    known = [one for one in reversed(row.calibrations) if one.date <= on]
    return max(known, key=lambda one: one.date, default=None)


def taken(
    row: InstrumentRow, measurements: Iterable[MeasurementRow], context: AuditContext, *, after: date
) -> Iterator[Reading]:
    """The readings that were taken with an instrument after a day."""
    for measurement in measurements:
        series = context.model.series.get(measurement.id or "")
        by_row = measurement.instrument == row.id
        for reading in series.readings if series else ():
            own = reading.instrument == row.id or (by_row and reading.instrument is None)
            if own and after < reading.period.last <= context.as_of:
                yield reading
