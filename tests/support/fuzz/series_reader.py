"""Any bytes as a series of readings: each line is a reading, or is told."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from mkdocs_ems.git.values import Entry, Snapshot
from mkdocs_ems.model.readings import read_one, read_series
from mkdocs_ems.source import parse_sources
from support.fuzz.places import Lines

INSTRUMENTED = ("mkdocs_ems.source.tables", "mkdocs_ems.source.decoding", "mkdocs_ems.model", "csv")
LARGEST = 600
PATH = "ems/records/readings/a.csv"
WORDS = (
    *(
        "parameter",
        "period",
        "value",
        "unit",
        "qualifier",
        "n",
        "operator",
        "instrument",
        "comment",
        "MON-001",
    ),
    *("2026-06", "2026-W23", "2026-Q1", "2026-06-01", "2026", "9999-12", "0000", "-1.5e300", "1e-300", "0,5"),
    *(
        "1.000",
        "<",
        ">",
        "est",
        "sep=;\n",
        ";",
        ",",
        "\t",
        '"',
        '""',
        "\r\n",
        "\r",
        "\n\n",
        "\ufeff",
        "\x00",
        "nan",
    ),
    *("=1+1", "kg", "m3", "\u0661", "\u00b2", "inf", "-0", "+1", "1_0", "<<<<<<< a\n"),
)
_HEADER = b"parameter,period,value,unit\n"


def seeds() -> Iterator[bytes]:
    """What to begin with."""
    from support.fuzz.seeds import written  # noqa: PLC0415 - only the process that hands them out needs them

    yield from written(".csv", most=LARGEST)
    yield _HEADER + b"MON-001,2026-06,1.5,kg\n"
    yield b'sep=;\nvalue;unit;parameter;period;comment\n1,5;kg;MON-001;2026-W23;"a\nb"\n'


def attempt(data: bytes) -> None:
    """Read some bytes; whatever is wrong with how that went raises."""
    snapshot = Snapshot("test", None, None, "ems", {PATH: Entry(PATH, "1" * 40)}, {PATH: data})
    sources = parse_sources(snapshot)
    found = read_series(sources)
    findings = (*sources.findings, *found.findings)
    places = Lines(PATH, data)
    assert not (wrong := [*places.faults(findings)]), wrong
    read = [one for series in found.series.values() for one in series.readings]
    lines = [one.line for one in read]
    assert len(set(lines)) == len(lines)
    assert not (wrong := [fault for one in read if (fault := places.fault(one.span))]), wrong
    # Whatever is not a reading is told; and where nothing is told, every line is one.
    if not findings:
        assert found.whole
        assert len(read) == _rows(data)
        if not sources.findings:
            assert {name: one.readings for name, one in read_one(PATH, data).items()} == {
                name: one.readings for name, one in found.series.items()
            }
    texts = data.decode("utf-8", "replace").split("\n")
    for one in read:
        # A cell before it may hold line breaks; those of its period stand in what follows.
        assert one.period.text in "\n".join(texts[one.line - 1 :])
        assert one.value - one.value == 0  # a number that is finite


def _rows(data: bytes) -> int:
    """How many lines say something, as Python's own reader of tables sees it."""
    named = re.match(r"sep=(.)\r?\n", data.decode("utf-8-sig"), re.IGNORECASE)
    text = re.sub(r"\A(?:[\s,;]*\n)+", "", data.decode("utf-8-sig")[named.end() if named else 0 :])
    separator = named[1] if named else max(";,\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    return sum(any(map(str.strip, row)) for row in rows) - 1
