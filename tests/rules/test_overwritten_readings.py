"""Readings that had landed: what the history of their files tells, and how little of it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mkdocs_ems.compile import compile_state
from mkdocs_ems.git import Blobs, Repository
from mkdocs_ems.rules import overwritten as room
from mkdocs_ems.rules import run_rules
from mkdocs_ems.rules.overwritten import Overwritten, overwritten
from support.story import Changes, Story

HEAD = "parameter,period,value,unit\n"
FILE = "ems/records/readings/MON-001-2026.csv"
BASE = {
    "ems/ems.yml": "schema: 1\norganisation: {name: Small Works}\n",
    "ems/registers/measurements.yml": "type: measurement\nrows: [{id: MON-001, title: Nickel, unit: mg/L}]\n",
}
NOW = datetime(2026, 6, 1, tzinfo=UTC)


class Counted:
    """Blobs that note which of them were read."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self.read_ids: list[str] = []
        self.coming = blobs.coming
        self.sizes = blobs.sizes

    def read(self, ids: Iterable[str]) -> Mapping[str, bytes]:
        wanted = list(ids)
        self.read_ids += wanted
        return self._blobs.read(wanted)


def looked_at(story: Story, *states: Changes) -> tuple[Overwritten, int]:
    """What is found after these states, and how many blobs were read for it."""
    story.commit({**BASE, **states[0]})
    for state in states[1:]:
        story.commit(state)
    with Repository.open(story.flush()) as repository:
        made = compile_state(repository, ref="main", as_of=date(2026, 6, 1), now=NOW)
        assert made.blobs is not None
        counted = Counted(made.blobs)
        return overwritten(replace(made, blobs=counted)), len(counted.read_ids)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "repository")


def changed(found: Overwritten) -> list[tuple[str, float, list[float]]]:
    return [
        (one.before.period.text, one.before.value, [now.value for now in one.now]) for one in found.changes
    ]


def test_a_series_that_is_only_added_to_is_not_read(story: Story) -> None:
    lines = [f"MON-001,2026-{month:02},{month},mg/L\n" for month in range(1, 6)]
    states = [{FILE: HEAD + "".join(lines[: at + 1])} for at in range(5)]
    assert looked_at(story, *states) == (Overwritten(), 0)


def test_a_changed_and_a_vanished_line_are_found_and_one_state_is_read(story: Story) -> None:
    before = HEAD + "MON-001,2026-01,1,mg/L\nMON-001,2026-02,2,mg/L\n"
    later = before + "MON-001,2026-03,3,mg/L\n"
    now = HEAD + "MON-001,2026-01,1,mg/L\nMON-001,2026-03,4,mg/L\nMON-001,2026-04,4,mg/L\n"
    found, read = looked_at(story, {FILE: before}, {FILE: later}, {FILE: now})
    assert changed(found) == [("2026-02", 2.0, []), ("2026-03", 3.0, [4.0])]
    assert read == 1, "the first state is the beginning of the second"
    assert found.changes[0].until.index == 2


def test_a_digit_added_to_the_last_line_is_a_change(story: Story) -> None:
    found, _ = looked_at(
        story, {FILE: HEAD + "MON-001,2026-01,1,mg/L"}, {FILE: HEAD + "MON-001,2026-01,1,mg/Lx\n"}
    )
    assert changed(found) == [("2026-01", 1.0, [1.0])]


def test_a_new_column_another_order_and_another_separator_change_nothing(story: Story) -> None:
    first = {FILE: HEAD + "MON-001,2026-01,1.5,mg/L\nMON-001,2026-02,2,mg/L\n"}
    second = {
        FILE: "parameter;period;value;unit;comment\nMON-001;2026-02;2;mg/L;\nMON-001;2026-01;1,5;mg/L;\n"
    }
    third: Changes = {FILE: None, "ems/records/readings/b.csv": second[FILE]}
    assert looked_at(story, first, second, third)[0] == Overwritten()


def test_a_file_that_is_gone_is_found_line_by_line(story: Story) -> None:
    found, _ = looked_at(story, {FILE: HEAD + "MON-001,2026-01,1,mg/L\n"}, {FILE: None})
    assert changed(found) == [("2026-01", 1.0, [])]


def test_what_was_changed_and_put_back_stands(story: Story) -> None:
    right, wrong = HEAD + "MON-001,2026-01,1,mg/L\n", HEAD + "MON-001,2026-01,9,mg/L\n"
    found, _ = looked_at(story, {FILE: right}, {FILE: wrong}, {FILE: right})
    assert changed(found) == []


def test_only_so_much_of_what_was_rewritten_is_read(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_BYTES", 40)
    story.commit({**BASE, FILE: HEAD + "MON-001,2026-01,1,mg/L\n"})
    story.commit({FILE: HEAD + "MON-001,2026-01,2,mg/L\n"})
    with Repository.open(story.flush()) as repository:
        made = compile_state(repository, ref="main", as_of=date(2026, 6, 1), now=NOW)
        report = run_rules(made, select=("MON007",))
    assert report.diagnostics == ()
    assert [(one.code, FILE in one.reason) for one in report.not_evaluated] == [("MON007", True)]


def test_a_removed_reading_of_a_removed_measurement_is_told_at_the_settings(story: Story) -> None:
    story.commit({**BASE, FILE: HEAD + "MON-001,2026-01,1,mg/L\n"})
    story.commit({FILE: None, "ems/registers/measurements.yml": "type: measurement\nrows: []\n"})
    with Repository.open(story.flush()) as repository:
        made = compile_state(repository, ref="main", as_of=date(2026, 6, 1), now=NOW)
        (found,) = run_rules(made, select=("MON007",)).diagnostics
    assert found.span.path == "ems/ems.yml"
    assert "was taken out" in found.message
