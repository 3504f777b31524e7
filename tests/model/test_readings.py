"""Readings from CSV: what is taken as it stands, what is refused, and what a faulty line costs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

import pytest

from mkdocs_ems.diagnostics import Span
from mkdocs_ems.git import Snapshot
from mkdocs_ems.git.values import Entry
from mkdocs_ems.graph import DanglingReason, link
from mkdocs_ems.model import Model, Reading, build_model
from mkdocs_ems.model.readings import COLUMNS
from mkdocs_ems.source import Sources, parse_sources

FILE = "ems/records/readings/MON-001-2026.csv"
PLAN = "id: REG-MON\ntype: measurement\ntitle: Plan\nrows:\n  - {id: MON-001, title: Nickel}\n"
HEAD = "parameter,period,value,unit\n"
SETTINGS = "schema: 1\norganisation: {name: Small Works}\n"


def sources_of(files: Mapping[str, str | bytes]) -> Sources:
    data = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    entries = {path: Entry(path, hashlib.sha256(text).hexdigest()) for path, text in sorted(data.items())}
    return parse_sources(Snapshot("example", None, None, "ems", entries, data))


def model_with(*lines: str, header: str = "parameter,period,value,unit", path: str = FILE) -> Model:
    text = "\n".join([header, *lines])
    return build_model(
        sources_of({"ems/ems.yml": SETTINGS, "ems/registers/measurements.yml": PLAN, path: text})
    )


def readings(model: Model, name: str = "MON-001") -> tuple[Reading, ...]:
    return model.series[name].readings


def told(model: Model) -> list[tuple[int, str]]:
    return [(one.at.line, one.message) for one in model.findings if isinstance(one.at, Span)]


def test_a_line_with_every_column_is_one_reading() -> None:
    model = model_with(
        'MON-001,2026-06,2.2,mg/L,est,4,K. Lowe,CAL-003,"dosing pump failed,\nsee NCR-001"',
        header=",".join(COLUMNS),
    )
    (one,) = readings(model)
    assert (one.period.text, one.period.first, one.period.last) == (
        "2026-06",
        date(2026, 6, 1),
        date(2026, 6, 30),
    )
    assert (one.value, one.unit, one.qualifier, one.count) == (2.2, "mg/L", "est", 4)
    assert (one.operator, one.instrument, one.comment) == (
        "K. Lowe",
        "CAL-003",
        "dosing pump failed,\nsee NCR-001",
    )
    assert (one.span.path, one.span.line) == (FILE, 2)
    assert told(model) == []
    assert model.series_whole


def test_columns_stand_in_any_order_and_those_that_are_not_needed_may_lack() -> None:
    model = model_with("1.5,MON-001,mg/L,2026-01", header="Value, Parameter ,UNIT,period")
    (one,) = readings(model)
    assert (one.value, one.unit, one.count, one.operator, one.comment) == (1.5, "mg/L", None, None, None)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-06-14", date(2026, 6, 14), date(2026, 6, 14)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-06-14T08:30", date(2026, 6, 14), date(2026, 6, 14)),
        ("2026-06-14 08:30:15.5", date(2026, 6, 14), date(2026, 6, 14)),
        ("2026-06-14T23:30:00+02:00", date(2026, 6, 14), date(2026, 6, 14)),
        ("2199-12", date(2199, 12, 1), date(2199, 12, 31)),
    ],
)
def test_a_period_is_the_days_that_its_text_names(written: str, first: date, last: date) -> None:
    (one,) = readings(model_with(f"MON-001,{written},1,mg/L"))
    assert (one.period.first, one.period.last, one.period.text) == (first, last, written)


@pytest.mark.parametrize(
    "written",
    [
        "0001-01-01",
        "1899",
        "2200-01",
        "9999-W52",
        "9999-W53",
        "2026-13",
        "2026-02-30",
        "2025-W53",
        "Jun-26",
        "14/06/2026",
        "0000",
        "2026-06-14T25:00",
        "",
        "2026-6",
    ],
)
def test_what_is_no_period_costs_its_line_alone(written: str) -> None:
    model = model_with(f"MON-001,{written},1,mg/L", "MON-001,2026-07,2,mg/L")
    assert [one.value for one in readings(model)] == [2]
    assert [line for line, _ in told(model)] == [2]
    assert not model.series_whole, "nobody knows for which period that reading was"


@pytest.mark.parametrize("line", ["MON-001,2026-06,1", 'MON-001,2026-06,1,"mg/L', "MON-001,2026-06,1,mg/L,x"])
def test_of_a_line_that_is_no_row_nobody_knows_which_reading_it_was(line: str) -> None:
    model = model_with(line)
    assert [number for number, _ in told(model)] == [2]
    assert not model.series_whole


@pytest.mark.parametrize(
    ("separator", "written", "value"),
    [
        (",", "2.25", 2.25),
        (",", "-0.5", -0.5),
        (",", "1.2e3", 1200),
        (",", " 7 ", 7),
        (";", "2,25", 2.25),
        (";", "2.25", 2.25),
        (";", "1,234", 1.234),
        (";", "1200", 1200),
        ("\t", "0,5", 0.5),
    ],
)
def test_decimals_follow_from_what_parts_the_cells(separator: str, written: str, value: float) -> None:
    line = separator.join(("MON-001", "2026-06", written, "mg/L"))
    header = separator.join(("parameter", "period", "value", "unit"))
    (one,) = readings(model_with(line, header=header))
    assert one.value == value


@pytest.mark.parametrize(
    ("separator", "written"),
    [
        (",", '"2,25"'),
        (",", '"1,234"'),
        (",", "1_000"),
        (",", "nan"),
        (",", "1e999"),
        (",", "1e31"),
        (",", "-" + "9" * 40),
        (",", "1e-31"),
        (";", "1e-999"),
        (",", "<0.5"),
        (",", "=2+2"),
        (",", "٣"),
        (",", ""),
        (",", "007"),
        (";", "1.234"),
        (";", "1.234,5"),
        (";", "1,234.5"),
        (";", "1,2,3"),
    ],
)
def test_a_value_that_could_be_read_in_two_ways_or_in_none_is_refused(separator: str, written: str) -> None:
    line = separator.join(("MON-001", "2026-06", written, "mg/L"))
    header = separator.join(("parameter", "period", "value", "unit"))
    model = model_with(line, header=header)
    assert readings(model) == ()
    ((number, message),) = told(model)
    assert number == 2
    assert "value" in message
    assert [one.text for one in model.series["MON-001"].dropped] == ["2026-06"]
    assert model.series_whole


def test_one_file_writes_its_decimals_with_one_sign() -> None:
    model = model_with(
        "MON-001;2026-05;2;mg/L",
        "MON-001;2026-06;2,2;mg/L",
        "MON-001;2026-07;2.3;mg/L",
        header="parameter;period;value;unit",
    )
    assert [one.value for one in readings(model)] == [2, 2.2]
    assert told(model) == [(4, 'value: "2.3" has a point, where the lines before have a comma')]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("approx,", 'qualifier: "approx" is not known'),
        (",0", 'n: "0" is less than 1'),
        (",2.5", 'n: "2.5" is not a whole number'),
    ],
)
def test_a_qualifier_or_count_that_means_nothing_costs_its_line(cells: str, said: str) -> None:
    model = model_with(
        f"MON-001,2026-06,1,mg/L,{cells}", " MON-001 ,2026-07,1,mg/L,<,3", header=",".join(COLUMNS[:6])
    )
    assert [(one.qualifier, one.count) for one in readings(model)] == [("<", 3)]
    assert told(model) == [(2, said)]


def test_readings_stand_in_the_order_of_their_periods_across_files() -> None:
    files = {
        "ems/ems.yml": SETTINGS,
        "ems/registers/measurements.yml": PLAN,
        "ems/records/readings/a.csv": f"{HEAD}MON-001,2026-03,3,t\nMON-001,2026-01,1,t\n",
        "ems/records/readings/2025/b.csv": f"{HEAD}MON-001,2025-12,0,t\n",
    }
    model = build_model(sources_of(files))
    assert [one.value for one in readings(model)] == [0, 1, 3]
    assert [(at.path, at.line) for at in model.series["MON-001"].begins] == [
        ("ems/records/readings/2025/b.csv", 2),
        ("ems/records/readings/a.csv", 2),
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("parameter,period,value", "the header, separated by commas, lacks unit"),
        ("parameter;period;value;unit,", 'is not a column of readings; did you mean "unit"?'),
        ("parameter,period,value,unit,unit", 'the column "unit" stands twice'),
        ("parameter,period,value,unit,colour", '"colour" is not a column of readings, so it is not used'),
    ],
)
def test_a_header_is_told_what_it_lacks_and_what_nobody_knows(header: str, said: str) -> None:
    model = model_with(header=header)
    assert any(said in message for line, message in told(model) if line == 1)


def test_a_line_that_names_no_measurement_is_told_and_empty_lines_are_not() -> None:
    model = model_with(",2026-06,1,mg/L", ",,,", "nickel,2026-06,1,mg/L", "MON-001,2026-06,1,mg/L")
    assert [line for line, _ in told(model)] == [2, 4]
    assert list(model.series) == ["MON-001"]
    assert not model.series_whole


def test_a_measurement_that_nobody_plans_is_a_reference_that_leads_nowhere() -> None:
    sources = sources_of(
        {
            "ems/ems.yml": SETTINGS,
            "ems/registers/measurements.yml": PLAN,
            FILE: HEAD + "MON-01,2026-06,1,t\n" * 3 + "REG-MON,2026-06,1,t\n",
        }
    )
    dangling = link(build_model(sources), sources).dangling
    assert [(one.target, one.reason, one.suggestion) for one in dangling] == [
        ("MON-01", DanglingReason.UNKNOWN, "MON-001"),
        ("REG-MON", DanglingReason.WRONG_KIND, None),
    ]
    assert [one.at for one in dangling] == [Span(FILE, 2, 1, 3, 1), Span(FILE, 5, 1, 6, 1)]


def test_a_file_that_cannot_be_read_is_one_finding_and_hides_no_other() -> None:
    files = {
        "ems/ems.yml": SETTINGS,
        "ems/registers/measurements.yml": PLAN,
        "ems/records/readings/a.csv": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
        "ems/records/readings/b.csv": "parameter,period,value,unit\nMON-001,2026-01,1,t\n",
    }
    sources = sources_of(files)
    model = build_model(sources)
    assert len(sources.findings) == 1
    assert told(model) == []
    assert not model.series_whole
    assert len(readings(model)) == 1


def test_other_files_among_records_are_still_told() -> None:
    model = build_model(
        sources_of({"ems/ems.yml": SETTINGS, "ems/records/readings/a.xlsx": b"x", "ems/records/b.csv": "a\n"})
    )
    assert [one.message for one in model.findings] == [
        "records/b.csv is not read, and no record gives it as evidence",
        "records/readings/a.xlsx is not read: readings are .csv",
    ]


def test_the_same_readings_of_another_state_are_not_read_again() -> None:
    files = {"ems/ems.yml": SETTINGS, FILE: "parameter,period,value,unit\nMON-001,x,1,t\nMON-001,2026,1,t\n"}
    first = build_model(sources_of(files))
    again = build_model(sources_of({**files, "ems/registers/measurements.yml": PLAN}), known=first)
    other = build_model(sources_of({**files, FILE: HEAD}), known=first)
    assert again.series is first.series
    assert again.series_whole is first.series_whole
    assert [one.message for one in again.findings] == [one.message for one in first.findings]
    assert other.series == {}


def test_a_header_of_too_many_columns_is_one_finding() -> None:
    more = ",".join(f"column{number}" for number in range(200_000))
    model = model_with("MON-001,2026-01,1,mg/L", header=f"parameter,period,value,unit,{more}")
    (told,) = [one for one in model.findings if one.at.path == FILE]
    assert told.message == "the header has 200,004 columns, and more than 100 are no series"
    assert not model.series_whole
