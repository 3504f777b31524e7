"""Values of readings that came, went or are others: told by measurement and period, wherever they lie."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mkdocs_ems.changes.fields import without
from mkdocs_ems.changes.values import ReadingChange
from mkdocs_ems.model import Model, Reading
from mkdocs_ems.model.build import SETTINGS

_Held = Mapping[tuple[str, str], Sequence[Reading]]
"""Readings by measurement and period, as the file gives it."""


def reading_changes(before: Model, after: Model) -> tuple[ReadingChange, ...]:
    """The readings that differ, by measurement, then by period.

    Only files whose bytes differ are looked at. A value that lies in another file now is the same one.
    """
    if before.series is after.series:
        return ()
    old_files, new_files = _files(before), _files(after)
    changed = {
        path for path in old_files.keys() | new_files.keys() if old_files.get(path) != new_files.get(path)
    }
    old, new = _readings(before, changed), _readings(after, changed)
    found: list[ReadingChange] = []
    for key in old.keys() | new.keys():
        found += _differing(
            key, old.get(key, ()), new.get(key, ()), length_above(before), length_above(after)
        )
    return tuple(
        sorted(found, key=lambda one: (one.parameter, one.period, one.path, one.old or "", one.new or ""))
    )


def value_words(reading: Reading) -> str:
    """A value as it is written, with its sign before it: `<0.5`, `est 12`."""
    number = repr(reading.value).removesuffix(".0")
    return f"{reading.qualifier} {number}" if reading.qualifier.isalpha() else f"{reading.qualifier}{number}"


def _differing(
    key: tuple[str, str], old: Sequence[Reading], new: Sequence[Reading], old_start: int, new_start: int
) -> Iterator[ReadingChange]:
    parameter, period = key
    gone, came = without(old, new, by=_said), without(new, old, by=_said)
    for was, now in zip(gone, came, strict=False):
        if was.unit == now.unit:
            words = value_words(was), value_words(now), now.unit or ""
        else:
            words = _with_unit(was), _with_unit(now), ""
        yield ReadingChange(now.path[new_start:], parameter, period, *words)
    for was in gone[len(came) :]:
        yield ReadingChange(was.path[old_start:], parameter, period, value_words(was), None, was.unit or "")
    for now in came[len(gone) :]:
        yield ReadingChange(now.path[new_start:], parameter, period, None, value_words(now), now.unit or "")


def _said(reading: Reading) -> tuple[float, str, str | None]:
    return reading.value, reading.qualifier, reading.unit


def _with_unit(reading: Reading) -> str:
    return f"{value_words(reading)} {reading.unit or ''}".rstrip()


def _readings(model: Model, files: set[str]) -> _Held:
    found: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    start = length_above(model)
    for name, series in model.series.items():
        if any(span.path[start:] in files for span in series.begins):
            for reading in series.readings:
                if reading.path[start:] in files:
                    found[name, reading.period.text].append(reading)
    return found


def _files(model: Model) -> Mapping[str, bytes]:
    start = length_above(model)
    return {path[start:]: data for path, data in model.series_files.items()}


def length_above(model: Model) -> int:
    """How many characters of a path name the content folder."""
    return len(model.settings_path) - len(SETTINGS)
