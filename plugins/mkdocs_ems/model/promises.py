"""Which records are promised: by a document in `records`, by a control that is verified every so often.

What is withdrawn promises nothing. Which of them are kept, `keeping` works out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.controls import ControlRow
from mkdocs_ems.model.documents import Document
from mkdocs_ems.model.fields import Interval
from mkdocs_ems.model.values import Entry, Model

_CHECK = "inspection"
"""The kind of record by which a control is shown to work."""

RHYTHMS: Mapping[Interval, str] = {
    Interval(0, 1): "daily",
    Interval(0, 7): "weekly",
    Interval(1, 0): "monthly",
    Interval(3, 0): "quarterly",
    Interval(6, 0): "half-yearly",
    Interval(12, 0): "yearly",
}
"""Intervals that go by the calendar; any other is counted from the first day."""


@dataclass(frozen=True, slots=True)
class Promise:
    """Records of one kind, promised of one thing."""

    entry: Entry
    """Who promises: a document or a control."""
    route: Route
    """Where it says so, below the entity."""
    kind: str
    """The kind of record."""
    every: Interval
    of: str
    """The id that a record names which keeps it."""
    by: str | None
    since: date | None
    until: date | None

    @property
    def often(self) -> str:
        """How often, in words: `weekly`, `every 14 days`."""
        return RHYTHMS.get(self.every) or f"every {self.every}"


def promises(model: Model) -> tuple[Promise, ...]:
    """Every promise that is written, in the order of the content; what is withdrawn promises nothing."""
    return tuple(promise for entry in model.entries for promise in _of_entry(entry))


def _of_entry(entry: Entry) -> Iterator[Promise]:
    entity = entry.entity
    if entity.id is None:
        return
    if isinstance(entity, Document) and entity.records and entity.superseded_by is None:
        for index, one in enumerate(entity.records):
            route: Route = ("records", index)
            for of in dict.fromkeys(one.of) or (entity.id,):
                by = one.by or entity.owner
                yield Promise(entry, route, one.type, one.every, of, by, one.since, one.until)
    elif isinstance(entity, ControlRow) and entity.verification is not None:
        said = entity.verification
        if (
            said.every is not None
            and said.records_kept is None
            and entity.status not in ("withdrawn", "planned")
        ):
            route = ("verification", "every")
            yield Promise(entry, route, _CHECK, said.every, entity.id, entity.owner, None, None)
