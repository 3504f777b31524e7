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
from mkdocs_ems.model.fields import GREATEST, ID_LENGTH, ID_PATTERN
from mkdocs_ems.model.forms import id_words, number_words, period_words, whole_words
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.periods import read_period
from mkdocs_ems.model.series import Period, Reading, Series
from mkdocs_ems.model.values import Model
from mkdocs_ems.model.wording import quoted
from mkdocs_ems.source import Sources, Table, line_span, read_table

FOLDER = "records/readings/"
COMPULSORY = ("parameter", "period", "value", "unit")
OPTIONAL = ("qualifier", "n", "operator", "instrument", "comment")
COLUMNS = (*COMPULSORY, *OPTIONAL)
QUALIFIERS = ("", "<", ">", "est")

_HEADER_HELP = f"write the header {','.join(COLUMNS)}; the first four are needed, in any order"
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(\.[0-9]{3})+")
_LEAST = 1 / GREATEST
"""What is nearer to nought than this cannot be divided by."""
_YEARS = (1900, 2199)
"""Any other is a slip, and every day between it and the rest of its series would count."""
_NOUGHT = re.compile(r"-?0([.,]0+)?([eE]|$)")
_COUNT = r"[1-9][0-9]{0,17}"
_LOOKED_AT = 100
"""So much of a cell is enough to say what is wrong with it."""


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
    instruments: set[str | None] = field(default_factory=set)

    def value(self, name: str) -> Series:
        readings = self.readings
        if any(before.period.first > after.period.first for before, after in pairwise(readings)):
            readings = sorted(readings, key=lambda one: (one.period.first, one.period.last, one.period.text))
        named = frozenset(one for one in self.instruments if one)
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
    words: dict[str, str | None] = field(default_factory=dict)

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
        parts, periods, words, path = self.by_cell, self.periods, self.words, table.path
        number = _Numbers(table)
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
            value = number(line, amount)
            sign = qualifier if qualifier in QUALIFIERS else _qualifier(table, line, qualifier)
            count = _count(table, line, n) if n else None
            if value is None or sign is None or count == 0:
                part.dropped.append(period)
                continue
            for cell in (unit, operator, instrument):
                if cell not in words:
                    words[cell] = cell.strip() or None
            part.instruments.add(words[instrument])
            part.readings.append(
                Reading(
                    period,
                    value,
                    words[unit],
                    sign,
                    count,
                    words[operator],
                    words[instrument],
                    comment.strip() or None,
                    path,
                    line,
                )
            )

    def _part(self, table: Table, line: int, parameter: str, cells: list[str]) -> _Part | None:
        """The series that a line belongs to, by its first cell as it is written."""
        name = parameter.strip()
        if not any(map(str.strip, cells)):
            return None
        if len(name) > ID_LENGTH or not re.fullmatch(ID_PATTERN, name):
            what, fix = id_words(name[:_LOOKED_AT])
            message = f"parameter: {quoted(name)} {what}" if name else "the line names no parameter"
            table.fault(line, message, fix if name else "write the measurement's id, such as MON-001")
            self.whole = False
            return None
        return self.by_cell.setdefault(parameter, self.parts.setdefault(name, _Part()))

    def _period(self, table: Table, line: int, when: str) -> Period | None:
        written = when.strip()
        period = read_period(written[:_LOOKED_AT])
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


class _Numbers:
    """Reads values: cell by cell, but with one sign for decimals in a file."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._sign = "." if table.separator == "," else None

    def __call__(self, line: int, cell: str) -> float | None:
        """The number in a cell; None, and a fault, where there is none that is beyond doubt."""
        text = cell.strip()
        if self._table.separator == "," and _NUMBER.fullmatch(text):
            return self._sized(line, text, float(text))
        return self._read(line, text)

    def _read(self, line: int, text: str) -> float | None:
        if not text:
            return self._no(line, text, "is empty", "write the value; a line without one is no reading")
        own = self._table.separator == ","
        comma, point = "," in text, "." in text
        if own or (comma and point) or not _NUMBER.fullmatch(text.replace(",", ".", 1)):
            return self._no(line, text, *number_words(text[:_LOOKED_AT]))
        if point and _THOUSANDS.fullmatch(text):
            plain = text.replace(".", "")
            fix = f"write {plain}, or the decimals after a comma: {text.replace('.', ',')}"
            return self._no(line, text, f"can be read as {plain} and as a value with decimals", fix)
        sign = "," if comma else "." if point else None
        if sign and self._sign and sign != self._sign:
            names = {",": "a comma", ".": "a point"}
            what = f"has {names[sign]}, where the lines before have {names[self._sign]}"
            return self._no(line, text, what, "write all decimals of a file with the same sign")
        self._sign = self._sign or sign
        return self._sized(line, text, float(text.replace(",", ".", 1)))

    def _sized(self, line: int, text: str, value: float) -> float | None:
        """A value that can be added up, converted and divided by without leaving the numbers."""
        if _LEAST <= abs(value) <= GREATEST or _NOUGHT.match(text):
            return value
        return self._no(line, text, *number_words(text.replace(",", ".", 1)))

    def _no(self, line: int, text: str, what: str, fix: str) -> float | None:
        self._table.fault(line, f"value: {quoted(text)} {what}" if text else f"the value {what}", fix)
        return None


def _qualifier(table: Table, line: int, cell: str) -> str | None:
    sign = cell.strip().casefold()
    if sign in QUALIFIERS:
        return sign
    message = f"qualifier: {quoted(cell.strip())} is not known"
    table.fault(line, message, "write < (less than), > (more than) or est (estimated), or nothing")
    return None


def _count(table: Table, line: int, cell: str) -> int | None:
    """How many single readings; 0 where that cannot be read."""
    text = cell.strip()
    if not text:
        return None
    if re.fullmatch(_COUNT, text):
        return int(text)
    what, fix = whole_words(text[:_LOOKED_AT])
    below = re.fullmatch(r"-?[0-9]+", text) is not None
    table.fault(line, f"n: {quoted(text)} {'is less than 1' if below else what}", fix)
    return 0
