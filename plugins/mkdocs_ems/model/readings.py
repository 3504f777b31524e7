"""CSV rows to series: every line under `records/readings/` a typed reading, or a finding at its line.

A line that cannot be used costs itself alone. Values are taken as they are written and
never guessed: which sign parts the decimals follows from what parts the cells, and what
could be read in two ways is refused. Half a million lines are normal, so that what many
lines share (periods, units, names) is read once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import field
from itertools import pairwise
from operator import itemgetter

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Finding, Span
from mkdocs_ems.model.fields import ID_LENGTH, ID_PATTERN
from mkdocs_ems.model.forms import id_words, period_words
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.periods import read_period
from mkdocs_ems.model.reading_cells import LOOKED_AT, QUALIFIERS, Numbers, count_of, qualifier_of
from mkdocs_ems.model.series import Period, Reading, Series
from mkdocs_ems.model.values import Model
from mkdocs_ems.model.wording import quoted
from mkdocs_ems.source import Sources, Table, line_span, read_table

FOLDER = "records/readings/"
COMPULSORY = ("parameter", "period", "value", "unit")
OPTIONAL = ("qualifier", "n", "operator", "instrument", "comment")
COLUMNS = (*COMPULSORY, *OPTIONAL)

_HEADER_HELP = f"write the header {','.join(COLUMNS)}; the first four are needed, in any order"
_MOST_COLUMNS = 100
"""What has more is another table; each column that is not known would be a finding."""
_YEARS = (1900, 2199)
"""Any other is a slip, and every day between it and the rest of its series would count."""
_Words = tuple[str | None, ...]
"""Unit, operator and instrument of a line."""


@dataclass(frozen=True, slots=True)
class ReadSeries:
    """What the files of readings hold."""

    files: Mapping[str, bytes]
    """Each file with its bytes."""
    series: Mapping[str, Series]
    """By the id of the measurement, whether or not there is one."""
    findings: tuple[Finding, ...]
    whole: bool
    """False where something was written of which not even the period or the measurement is known."""


def read_series(sources: Sources, *, known: Model | None = None) -> ReadSeries:
    """Read every file of readings.

    Args:
        sources: the files.
        known: the model of another state of the content; where its readings are the same, they are taken.
    """
    files = _files(sources)
    if not files:
        return ReadSeries({}, {}, (), whole=True)
    if known is not None and known.series_files == files:
        told = tuple(finding for finding in known.findings if finding.at.path in files)
        return ReadSeries(files, known.series, told, known.series_whole)
    gathered = _Gathered()
    refused = {finding.at.path for finding in sources.findings}
    for path, data in files.items():
        if path in refused:
            gathered.whole = False
        else:
            gathered.take(path, data)
    series = {name: one.value(name) for name, one in sorted(gathered.parts.items())}
    return ReadSeries(files, series, tuple(gathered.findings), gathered.whole)


def read_one(path: str, data: bytes) -> Mapping[str, Series]:
    """The series of one file by their measurements, with nothing said of what cannot be read."""
    gathered = _Gathered()
    gathered.take(path, data)
    return {name: one.value(name) for name, one in gathered.parts.items()}


def _files(sources: Sources) -> Mapping[str, bytes]:
    """The files of readings with their bytes, by path."""
    folder = f"{sources.content}/{FOLDER}" if sources.content else FOLDER
    paths = (path for path in sources.assets if path.startswith(folder) and path.lower().endswith(".csv"))
    return {path: sources.raw.get(path, b"") for path in sorted(paths)}


@dataclass(slots=True)
class _Part:
    """One series as it grows."""

    readings: list[Reading] = field(default_factory=list)
    begins: dict[str, Span] = field(default_factory=dict)
    dropped: list[Period] = field(default_factory=list)
    tails: set[_Words] = field(default_factory=set)

    def value(self, name: str) -> Series:
        readings = self.readings
        if any(before.period.first > after.period.first for before, after in pairwise(readings)):
            readings = sorted(readings, key=lambda one: (one.period.first, one.period.last, one.period.text))
        named = frozenset(instrument for _, _, instrument in self.tails if instrument)
        return Series(name, tuple(readings), tuple(self.begins.values()), tuple(self.dropped), named)


@dataclass(slots=True)
class _Gathered:
    """Series and findings, file by file."""

    findings: list[Finding] = field(default_factory=list)
    parts: dict[str, _Part] = field(default_factory=dict)
    by_cell: dict[str, _Part] = field(default_factory=dict)
    """The same by the first cell of a line as it is written."""
    whole: bool = True
    near: Nearest = field(default_factory=Nearest)
    periods: dict[str, Period] = field(default_factory=dict)
    tails: dict[tuple[str, str, str], _Words] = field(default_factory=dict)
    """Unit, operator and instrument, which many lines share, by their cells as they are written."""

    def take(self, path: str, data: bytes) -> None:
        """Read one file."""
        table, found = read_table(path, data)
        self.findings.extend(found)
        pick = None if table is None else self._columns(table)
        if table is None or pick is None:
            self.whole = False
        else:
            self._lines(table, pick)
        if table is not None:
            self.whole = self.whole and not table.lost
            self.findings.extend(table.findings())

    def _columns(self, table: Table) -> Callable[[list[str]], tuple[str, ...]] | None:
        """What picks the cells of a line in the order of `COLUMNS`; None where one is missing."""
        places: dict[str, int] = {}
        if len(table.header) > _MOST_COLUMNS:
            message = (
                f"the header has {len(table.header):,} columns, and more than {_MOST_COLUMNS} are no series"
            )
            table.fault(table.header_line, message, _HEADER_HELP)
            return None
        for index, written in enumerate(table.header):
            name = written.casefold()
            if name in places:
                table.fault(table.header_line, f"the column {quoted(written)} stands twice", _HEADER_HELP)
            elif name in COLUMNS:
                places[name] = index
            elif name:
                meant = self.near(name, COLUMNS)
                message = f"{quoted(written)} is not a column of readings"
                message += f'; did you mean "{meant}"?' if meant else ", so it is not used"
                table.fault(table.header_line, message, _HEADER_HELP)
        missing = [name for name in COMPULSORY if name not in places]
        if missing:
            message = f"the header, separated by {table.separated_by}, lacks {', '.join(missing)}"
            table.fault(table.header_line, message, _HEADER_HELP)
            return None
        # An empty cell is put behind those of the line: it stands for every column that is not there.
        return itemgetter(*(places.get(name, -1) for name in COLUMNS))

    def _lines(self, table: Table, pick: Callable[[list[str]], tuple[str, ...]]) -> None:
        parts, periods, path = self.by_cell, self.periods, table.path
        number = Numbers(table)
        seen, tails = number.seen, self.tails
        for line, cells in table.rows():
            cells.append("")
            parameter, when, amount, unit, qualifier, n, operator, instrument, comment = pick(cells)
            part = parts.get(parameter) or self._part(table, line, parameter, cells)
            if part is None:
                continue
            period = periods.get(when) or self._period(table, line, when)
            if period is None:
                continue
            if path not in part.begins:
                part.begins[path] = line_span(path, line)
            value = seen.get(amount)
            if value is None:
                value = number(line, amount)
            sign = qualifier if qualifier in QUALIFIERS else qualifier_of(table, line, qualifier)
            count = count_of(table, line, n) if n else None
            if value is None or sign is None or count == 0:
                part.dropped.append(period)
                continue
            tail = unit, operator, instrument
            words = tails.get(tail)
            if words is None:
                words = tails[tail] = tuple(cell.strip() or None for cell in tail)
            part.tails.add(words)
            said = comment.strip() or None
            part.readings.append(
                Reading(period, value, words[0], sign, count, words[1], words[2], said, path, line)
            )

    def _part(self, table: Table, line: int, parameter: str, cells: list[str]) -> _Part | None:
        """The series that a line belongs to, by its first cell as it is written."""
        name = parameter.strip()
        if not any(map(str.strip, cells)):
            return None
        if len(name) > ID_LENGTH or not re.fullmatch(ID_PATTERN, name):
            what, fix = id_words(name[:LOOKED_AT])
            message = f"parameter: {quoted(name)} {what}" if name else "the line names no parameter"
            table.fault(line, message, fix if name else "write the measurement's id, such as MON-001")
            self.whole = False
            return None
        return self.by_cell.setdefault(parameter, self.parts.setdefault(name, _Part()))

    def _period(self, table: Table, line: int, when: str) -> Period | None:
        written = when.strip()
        period = read_period(written[:LOOKED_AT])
        if period is None:
            what, fix = period_words(written)
            message = f"period: {quoted(written)} {what}" if written else "the line names no period"
        elif not _YEARS[0] <= period.first.year <= period.last.year <= _YEARS[1]:
            message = f"period: {quoted(written)} is in no year of which there are readings"
            fix = f"check the year: it may be {_YEARS[0]} to {_YEARS[1]}"
            period = None
        else:
            self.periods[when] = period
            return period
        table.fault(line, message, fix)
        self.whole = False
        return None
