"""Sources to the model: every file read for what it is, every entity typed, nothing dropped silently.

A file is known by where it stands and by its `type`:

    ems.yml                   settings
    *.md outside records/     a document
    *.yml outside records/    a register: a head, and rows of the kind that `type` names
    records/approvals/**      read by document control, not here
    records/readings/*.csv    readings, by `readings`
    records/**                a record (*.md, *.yml), or several of one type under rows:

One fault, one finding: an id, title or type that is missing is the finding of the rule
that asks for it, so such a file is read as far as it goes and nothing is said here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Anchor, Finding, Route, Span
from mkdocs_ems.model.columns import columns
from mkdocs_ems.model.documents import Document, Register
from mkdocs_ems.model.given import evidence_given
from mkdocs_ems.model.kinds import DOCUMENT_TYPES
from mkdocs_ems.model.named_sites import unknown_sites
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.own import kinds_of
from mkdocs_ems.model.reading import read
from mkdocs_ems.model.readings import FOLDER, read_series
from mkdocs_ems.model.settings_reading import ReadSettings, default_settings, read_settings, schema_finding
from mkdocs_ems.model.shapes import Entity
from mkdocs_ems.model.upgrades import is_newer
from mkdocs_ems.model.values import Entry, Kind, Model
from mkdocs_ems.model.wording import Fault, quoted
from mkdocs_ems.source import Data, Source, Sources

SETTINGS = "ems.yml"
_KNOWN = (
    "known are ems.yml, documents (*.md), registers (registers/*.yml), records (records/<kind>/*.yml, "
    "*.md) with approvals, and readings (records/readings/*.csv)"
)

_PLACES = {
    "document": "in Markdown, as procedures/*.md",
    "register": "as rows in registers/*.yml",
    "record": "below records/, one in a file or several under rows:",
}
"""Where entities are written, by `Kind.where`."""

_HEAD_OF_RECORDS = ("type", "title", "notes", "rows")
_EACH = "write it below each - id:, or keep the record in a file of its own"


def build_model(sources: Sources, *, known: Model | None = None) -> Model:
    """Type everything that was written; findings carry SCH001. Never raises for what a user wrote.

    Args:
        sources: the parsed files.
        known: the model of another state of the same content; readings that are the same are not read again.
    """
    near = Nearest()
    path = f"{sources.content}/{SETTINGS}" if sources.content else SETTINGS
    settings, readable = _settings(sources, path, near)
    kinds = kinds_of(settings.settings)
    if readable and is_newer(sources.files[path].data):
        return Model(
            settings=settings.settings,
            settings_path=path,
            entries=(),
            by_id={},
            findings=settings.findings,
            settings_readable=False,
            newer=True,
            settings_dropped=settings.dropped,
            kinds=kinds,
        )
    gathered = _Gathered(near, kinds, list(settings.findings))
    for source in sources.files.values():
        if source.path != path and source.readable:
            gathered.take(source)
    gathered.findings.extend(_unread_assets(sources, gathered.entries))
    readings = read_series(sources, known=known)
    gathered.findings.extend(readings.findings)
    if readable:
        gathered.findings.extend(unknown_sites(gathered.entries, settings.settings, near))
    by_id: dict[str, Entry] = {}
    for entry in gathered.entries:
        if entry.entity.id is not None:
            by_id.setdefault(entry.entity.id, entry)
    return Model(
        settings=settings.settings,
        settings_path=path,
        entries=tuple(gathered.entries),
        by_id=by_id,
        findings=tuple(gathered.findings),
        settings_readable=readable,
        settings_dropped=settings.dropped,
        kinds=kinds,
        series=readings.series,
        series_whole=readings.whole,
        series_files=readings.files,
    )


def _settings(sources: Sources, path: str, near: Nearest) -> tuple[ReadSettings, bool]:
    """The settings, and whether there are any."""
    source = sources.files.get(path)
    if source is not None and source.readable:
        return read_settings(source, near=near), True
    findings: tuple[Finding, ...] = ()
    if source is None:
        other = path.removesuffix("yml") + "yaml"
        if other in sources.files:
            message, at, help_ = "the settings have to be called ems.yml", other, "rename ems.yaml to ems.yml"
        else:
            message, at = "there is no ems.yml, so nothing is known of the organisation", path
            help_ = "write ems.yml with schema: 1 and organisation: {name: …}"
        findings = (Finding(message, _top(at), help=help_, code="SCH001"),)
    return ReadSettings(default_settings(), findings, frozenset()), False


@dataclass(slots=True)
class _Gathered:
    """Entries and findings, file by file."""

    near: Nearest
    kinds: Mapping[str, Kind]
    findings: list[Finding]
    entries: list[Entry] = field(default_factory=list)

    def take(self, source: Source) -> None:
        """Read one file for what it is."""
        if source.rel.startswith("records/"):
            if not source.rel.startswith("records/approvals/"):
                self._records(source)
        elif source.body is not None or source.rel.endswith(".md"):
            self._document(source)
        elif "rows" in source.data or "type" in source.data or source.rel.startswith("registers/"):
            self._register(source)
        elif source.rel != "ems.yaml":
            message = f"{source.rel} is in no place that is read"
            self.findings.append(Finding(message, _top(source.path), help=_KNOWN, code="SCH001"))

    def _document(self, source: Source) -> None:
        kind = self._type(source, DOCUMENT_TYPES, "document")
        entity = self._entity(source, source.data, (), "document" if kind is None else kind)
        self.entries[-1:] = [_held_by(self.entries[-1], entity.id)]

    def _records(self, source: Source) -> None:
        """One record, or those under `rows:`. Nothing can be read of a record whose type nobody knows."""
        known = tuple(key for key, one in self.kinds.items() if one.where == "record")
        kind = self._type(source, known, "record")
        if kind is None:
            if not isinstance(source.data.get("type"), str):
                fault = Fault((), "the record has no type", f"write type: and one of {', '.join(known)}")
                self.findings.append(schema_finding(fault, source.path))
        elif "rows" not in source.data:
            self._entity(source, source.data, (), kind)
        else:
            self._several(source, kind)

    def _several(self, source: Source, kind: str) -> None:
        """Several records of one type in a file, whose head says nothing but what they share."""
        for key in source.data:
            if key not in _HEAD_OF_RECORDS:
                fault = Fault((key,), f"{quoted(key)} is said of each record, not of all", _EACH, key=True)
                self.findings.append(schema_finding(fault, source.path))
        rows = source.data["rows"]
        if rows is not None and not isinstance(rows, list):
            fault = Fault(("rows",), "rows takes a list, and this is none", "begin each record with - id: …")
            self.findings.append(schema_finding(fault, source.path))
        else:
            self._rows(source, rows or [], kind, None)

    def _register(self, source: Source) -> None:
        row_types = tuple(key for key, one in self.kinds.items() if one.where == "register")
        kind = self._type(source, row_types, "register")
        head = {key: value for key, value in source.data.items() if key != "rows"}
        register = self._entity(source, head, (), "register")
        self.entries[-1:] = [_held_by(self.entries[-1], register.id)]
        rows = source.data.get("rows")
        if "rows" not in source.data:
            message, help_ = "the register has no rows", "write rows: and below it each row, begun with - id:"
            self.findings.append(
                schema_finding(Fault((), message, help_), source.path, entity_id=register.id)
            )
        elif rows is not None and not isinstance(rows, list):
            help_ = "begin each row with a hyphen: - id: …"
            fault = Fault(("rows",), "rows takes a list, and this is none", help_)
            self.findings.append(schema_finding(fault, source.path, entity_id=register.id))
        elif kind is not None:
            self._rows(source, rows or [], kind, register.id)

    def _rows(self, source: Source, rows: list[Data], kind: str, document: str | None) -> None:
        model, near, path = self.kinds[kind].model, self.near, source.path
        for index, row in enumerate(rows):
            base: Route = ("rows", index)
            if not isinstance(row, dict):
                what = "is empty" if row is None else "has no fields"
                fault = Fault((), f"row {index + 1} {what}", "write - id: and the row's fields below it")
                self.findings.append(schema_finding(fault, path, base=base, entity_id=document))
                continue
            reading = read(model, row, near=near)
            entity = reading.value
            self.entries.append(Entry(kind, entity, Anchor(path, base), document, reading.dropped))
            for fault in reading.faults:
                self.findings.append(schema_finding(fault, path, base=base, entity_id=entity.id))

    def _entity(self, source: Source, data: Mapping[str, Data], base: Route, kind: str) -> Entity:
        model = Register if kind == "register" else self.kinds[kind].model
        reading = read(model, data, near=self.near)
        entity = reading.value
        self.entries.append(Entry(kind, entity, Anchor(source.path, base), None, reading.dropped))
        for fault in reading.faults:
            foreign = model is Document and fault.key and self._is_somewhere(fault.route[-1])
            if not foreign:
                self.findings.append(schema_finding(fault, source.path, base=base, entity_id=entity.id))
        return entity

    def _is_somewhere(self, name: str | int) -> bool:
        """Whether some type of document has the field: no fault in one whose type nobody knows."""
        return any(name in columns(self.kinds[kind].model) for kind in DOCUMENT_TYPES)

    def _type(self, source: Source, known: tuple[str, ...], what: str) -> str | None:
        """The kind that `type` names; None where it is missing (a rule's finding) or wrong (told here)."""
        name = source.data.get("type")
        if not isinstance(name, str) or name in known:
            return name if isinstance(name, str) else None
        if name in self.kinds and name not in ("document", "register"):
            message = f"{quoted(name)} is not a type of {what}"
            place = _PLACES[self.kinds[name].where]
            help_ = f"{self.kinds[name].plural.lower()} are written {place}"
        else:
            meant = _by_title(name, known, self.kinds) or self.near(name, known)
            message = f"{quoted(name)} is not a type of {what}"
            message += f'; did you mean "{meant}"?' if meant else ""
            help_ = f"write one of {', '.join(known)}"
        identity = source.data.get("id")
        entity_id = identity if isinstance(identity, str) else None
        fault = Fault(("type",), message, help_)
        self.findings.append(schema_finding(fault, source.path, entity_id=entity_id))
        return None


def _held_by(entry: Entry, document: str | None) -> Entry:
    return Entry(entry.kind, entry.entity, entry.anchor, document, entry.dropped)


def _by_title(name: str, known: tuple[str, ...], kinds: Mapping[str, Kind]) -> str | None:
    """The kind whose title, plural or prefix was written instead of its key."""
    plain = name.casefold().replace("-", " ").strip()
    for key in known:
        kind = kinds[key]
        if plain in (kind.title.casefold(), kind.plural.casefold(), kind.prefix.casefold(), kind.slug):
            return key
    return None


def _top(path: str) -> Span:
    """The first character of a file that has no routes."""
    return Span(path, 1, 1, 1, 1)


def _unread_assets(sources: Sources, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Files of other forms where registers and records are read; what a record gives as evidence is none."""
    start = len(sources.content) + 1 if sources.content else 0
    given: frozenset[str] | None = None
    for path in sorted(sources.assets):
        rel = path[start:]
        name = rel.rpartition("/")[2]
        if rel.startswith("records/approvals/") or name.startswith("."):
            continue
        if rel.startswith(FOLDER) and name.lower().endswith(".csv"):
            continue
        if rel.startswith("records/") and not rel.startswith(FOLDER):
            given = evidence_given(sources, entries) if given is None else given
            if rel not in given:
                message = f"{rel} is not read, and no record gives it as evidence"
                help_ = f"name it in the record that it belongs to, under evidence: as file: {rel}; {_KNOWN}"
                yield Finding(message, _top(path), help=help_, code="SCH001")
        elif rel.startswith(("registers/", "records/")):
            form = "readings are .csv" if rel.startswith(FOLDER) else "registers and records are .yml"
            message = f"{rel} is not read: {form}"
            yield Finding(message, _top(path), help=_KNOWN, code="SCH001")
