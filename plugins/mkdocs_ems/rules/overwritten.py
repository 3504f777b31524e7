"""Readings that had landed and are others now, or are gone: found in the history of their files.

A series is only added to, so an earlier state of its file nearly always is the beginning of
the next one. That it is needs no reading: git's id of a blob is a checksum of its length and
bytes, and lengths are known without the bytes. Only where a state is no beginning of the
next is it read, and only its lines that are gone are parsed. A line counts as still there
wherever it stands now. Judges nothing itself: who explains a change is the rule's part.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control.readings import file_blob
from mkdocs_ems.git import Blobs, Event, History
from mkdocs_ems.model import MeasurementRow, Model, Reading
from mkdocs_ems.model.readings import FOLDER, read_one
from mkdocs_ems.model.units import convert

MOST_BYTES = 64_000_000
"""So much of earlier states is read; of files that would take more nothing is said."""

_Key = tuple[str, str]
"""Measurement and period as it is written."""


@dataclass(frozen=True, slots=True)
class Change:
    """A reading that had landed and does not stand like that any more."""

    measurement: str
    before: Reading
    """As it had landed."""
    until: Event
    """The event that took or changed it."""
    now: tuple[Reading, ...]
    """What stands for that period today; nothing where it is gone."""


@dataclass(frozen=True, slots=True)
class Overwritten:
    """What the history of the readings shows."""

    changes: tuple[Change, ...] = ()
    """By measurement and period, each with the latest value that was lost."""
    not_judged: tuple[str, ...] = ()
    """Files whose earlier states would have been too much to read."""


def overwritten(compilation: Compilation) -> Overwritten:
    """Every reading that had landed and is another now; ask while the repository is open."""
    history, blobs = compilation.history, compilation.blobs
    if history is None or blobs is None:
        return Overwritten()
    today = compilation.snapshot.entries
    # Most files of a small works have landed once, as they stand: nothing is asked about these.
    states = {
        path: found
        for path, found in _states(history, compilation.snapshot.content).items()
        if len(found) > 1 or path not in today or found[0][1] != today[path].blob
    }
    looking = _Looking(blobs)
    sizes = blobs.sizes({blob for found in states.values() for _, blob in found if blob is not None})
    for path, found in states.items():
        looking.walk(path, found, compilation.model.series_files.get(path), sizes)
    return Overwritten(tuple(_changes(looking.lost, compilation.model)), tuple(looking.not_judged))


def _states(history: History, content: str) -> Mapping[str, Sequence[tuple[Event, str | None]]]:
    """Of each file of readings that ever was: what each event made of it."""
    folder = f"{content}/{FOLDER}" if content else FOLDER
    found: defaultdict[str, list[tuple[Event, str | None]]] = defaultdict(list)
    for event in history.events:
        for change in event.changes:
            if change.path.startswith(folder) and change.path.lower().endswith(".csv"):
                found[change.path].append((event, file_blob(change)))
    return found


class _Looking:
    """Walks the states of one file after another, from today backwards."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._left = MOST_BYTES
        self.lost: dict[_Key, list[tuple[Reading, Event]]] = {}
        """What was lost of each, the latest first."""
        self.not_judged: list[str] = []

    def walk(
        self,
        path: str,
        states: Sequence[tuple[Event, str | None]],
        today: bytes | None,
        sizes: Mapping[str, int],
    ) -> None:
        """Note every line that some state had and the next has not."""
        after = today or b""
        until = states[-1][0]
        for event, blob in reversed(states):
            if blob is not None and not _begins(after, blob, sizes.get(blob)):
                self._left -= sizes.get(blob, 0)
                if self._left < 0:
                    self.not_judged.append(path)
                    return
                before = self._blobs.read([blob])[blob]
                self._note(path, before, after, until)
                after = before
            elif blob is None:
                after = b""
            until = event

    def _note(self, path: str, before: bytes, after: bytes, until: Event) -> None:
        kept = set(after.splitlines())
        lines = before.splitlines()
        gone = [line for line in lines if line not in kept]
        if not gone:
            return
        # The lines above the first reading say what the columns are.
        begin = next((at for at, line in enumerate(lines) if b"parameter" in line.lower()), 0)
        text = b"\n".join([*lines[: begin + 1], *(line for line in gone if line not in lines[: begin + 1])])
        for name, series in read_one(path, text).items():
            for reading in series.readings:
                self.lost.setdefault((name, reading.period.text), []).append((reading, until))


def _begins(after: bytes, blob: str, size: int | None) -> bool:
    """Whether a state of a file is the beginning of another, up to the end of a line."""
    if size is None or size > len(after):
        return False
    if size and size < len(after) and after[size - 1] not in b"\r\n" and after[size] not in b"\r\n":
        return False
    made = hashlib.new("sha1" if len(blob) == 40 else "sha256", b"blob %d\0" % size, usedforsecurity=False)
    made.update(memoryview(after)[:size])
    return made.hexdigest() == blob


def _changes(lost: Mapping[_Key, Sequence[tuple[Reading, Event]]], model: Model) -> Iterator[Change]:
    """Of what some state had and the next had not: what is not there today either."""
    standing: dict[str, dict[str, list[Reading]]] = {}
    for (name, period), values in sorted(lost.items(), key=lambda one: one[0]):
        if name not in standing:
            standing[name] = _by_period(name, model)
        now = standing[name].get(period, [])
        unit = _unit(name, model)
        (before, until), (first, _) = values[0], values[-1]
        # What landed first and stands again was put back, whatever stood there meanwhile.
        if not any(_same(before, one, unit) or _same(first, one, unit) for one in now):
            yield Change(name, before, until, tuple(now))


def _by_period(name: str, model: Model) -> dict[str, list[Reading]]:
    series = model.series.get(name)
    found: dict[str, list[Reading]] = {}
    for one in series.readings if series else ():
        found.setdefault(one.period.text, []).append(one)
    return found


def _unit(name: str, model: Model) -> str | None:
    entry = model.by_id.get(name)
    row = entry.entity if entry is not None else None
    return row.unit if isinstance(row, MeasurementRow) else None


def _same(before: Reading, now: Reading, planned: str | None) -> bool:
    """Whether a reading says what it said, be it in another unit or spelling."""
    if before.qualifier != now.qualifier:
        return False
    old, new = before.unit or planned, now.unit or planned
    value = before.value if old is None or new is None else convert(before.value, old, new)
    return value is not None and math.isclose(value, now.value, rel_tol=1e-9, abs_tol=1e-12)
