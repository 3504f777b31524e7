"""The model: everything that was written, typed, by id; and what claims the same id twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Anchor, Finding, Route
from mkdocs_ems.model.series import Series
from mkdocs_ems.model.settings import Settings
from mkdocs_ems.model.shapes import Entity


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entity, as data."""

    key: str
    """`aspect`, `procedure`, `register` …: what `type` says in front matter or a register's head."""
    title: str
    plural: str
    prefix: str
    """`ASP`: what ids of this kind begin with by habit."""
    where: str
    """`document`, `register` (its rows), `record` or `head` (a register itself)."""
    control: str
    """`issue` or `periodic`, unless the document says otherwise; `record` for what stands as it landed."""
    slug: str
    """In page addresses: `registers/<slug>/<id>/`, `records/<slug>/<id>/`; empty for documents
    (`documents/<id>/`). Files of a kind of record stand below `records/<slug>/` by habit."""
    model: type[Entity]
    description: str = ""
    """What it is for, where the organisation declared it itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity as it stands in the content."""

    kind: str
    entity: Entity
    anchor: Anchor
    document: str | None
    """Id of the controlled document that holds it."""
    dropped: frozenset[Route] = frozenset()
    """What was written but could not be used, by routes below the entity; each has its finding.

    A rule that misses a value should not speak where the value was dropped.
    """


@dataclass(frozen=True, slots=True)
class Model:
    """All content, typed. `entries` holds every entity, also those with no id or a repeated one.

    In `by_id` the first claimant of an id (by path, then position) stands.
    """

    settings: Settings
    settings_path: str
    entries: tuple[Entry, ...]
    by_id: Mapping[str, Entry]
    findings: tuple[Finding, ...]
    """What the schema found: SCH001, each with its anchor."""
    settings_readable: bool = True
    """False where ems.yml is missing or broken; `settings` then holds defaults."""
    newer: bool = False
    """The content was made for a newer version of this tool: none of it is read, which one finding says."""
    settings_dropped: frozenset[Route] = frozenset()
    """What was written in ems.yml but could not be used."""
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    """Every kind by its key: ours with the organisation's own fields, then its own registers."""
    series: Mapping[str, Series] = field(default_factory=dict)
    """Readings by the id of their measurement."""
    series_whole: bool = True
    """False where readings are written of which not even the period or the measurement is known."""
    series_files: Mapping[str, bytes] = field(default_factory=dict)
    """The files of readings, with their bytes."""
