"""The content that an audience sees, written down again as files: less of it, and no name that stays in.

Whatever is made of an excerpt is made by the same stages as the whole, from files in which nothing else
stands. So no page, index or picture can show what is not here, and none has to look out for it. Files lie
at places of their own, since the path of a file may name somebody too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import field
from hashlib import sha256
from pathlib import PurePosixPath

from mkdocs_ems import dataclass
from mkdocs_ems.model.columns import Column, columns
from mkdocs_ems.model.excerpt_body import body_of
from mkdocs_ems.model.excerpt_readings import Carriers
from mkdocs_ems.model.masking import Mask
from mkdocs_ems.model.monitoring import IndicatorRow
from mkdocs_ems.model.publication import Audience
from mkdocs_ems.model.shapes import Shape
from mkdocs_ems.model.sights import Sight
from mkdocs_ems.model.values import Entry, Model
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.source import Data, Source, Sources

_TITLED = ("role", "person")
"""Of these, those are told by id and title alone whom something names that is seen."""


_INERT = (".png", ".jpg", ".jpeg", ".gif", ".webp")
"""Pictures that hold no text which a reader could be shown."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Files by path below the content folder."""

    files: Mapping[str, bytes]
    carriers: frozenset[str]
    """Ids that were made up to carry the readings of what is seen: nobody is to be shown these."""


@dataclass(slots=True)
class Excerpting:
    """Writes down what is seen of a content."""

    model: Model
    sources: Sources
    seen: Mapping[str, Sight]
    audience: Audience
    mask: Mask
    stand_ins: Mapping[str, str]
    """The role that is named instead of a person, by the person's id."""
    named: set[str] = field(default_factory=set)
    """People and roles that something names that is seen."""
    pictures: dict[str, bytes] = field(default_factory=dict)
    """By a name that says nothing: their own may name somebody."""

    def written(self) -> Excerpt:
        """The excerpt."""
        registers: dict[str, list[Data]] = {}
        files: dict[str, Data] = {}
        bodies: dict[str, str] = {}
        carriers = Carriers(self.model)
        for id_, sight in self.seen.items():
            entry = sight.entry
            data = self._entity(sight)
            if isinstance(entry.entity, IndicatorRow):
                data |= carriers.of(entry.entity, seen=self.seen)
            source = self.sources.files.get(entry.anchor.path)
            match self.model.kinds[entry.kind].where:
                case "register":
                    registers.setdefault(entry.document or "", []).append(data)
                case "head":
                    registers.setdefault(id_, [])
                    files[id_] = data
                case _ as where:
                    path = f"documents/{id_}" if where == "document" else f"records/{entry.kind}/{id_}"
                    if source is not None and source.body is not None and not entry.anchor.route:
                        files[f"{path}.md"] = data
                        bodies[f"{path}.md"] = self._body(source)
                    else:
                        files[f"{path}.yml"] = data
        whole = {path: data for path, data in files.items() if path not in registers}
        for id_, rows in registers.items():
            kind = self.seen[str(_first_id(rows))].entry.kind if rows else ""
            head = files.get(id_) or {"type": kind}
            whole[f"registers/{id_ or kind}.yml"] = {**_mapping(head), "rows": rows}
        for kind in _TITLED:
            rows = list(self._titled(kind))
            if rows:
                whole[f"registers/named-{kind}.yml"] = {"type": kind, "rows": rows}
        whole |= carriers.registers()
        written = {path: _written(data, bodies.get(path)) for path, data in whole.items()}
        return Excerpt({**written, **carriers.files(self.seen), **self.pictures}, carriers.ids)

    def _entity(self, sight: Sight) -> dict[str, Data]:
        entry = sight.entry
        shape = self.model.kinds[entry.kind].model
        data = _at(self.sources.files.get(entry.anchor.path), entry)
        return self._fields(data, shape, sight.fields)

    def _fields(
        self, data: Mapping[str, Data], shape: type[Shape], wanted: frozenset[str] | None = None
    ) -> dict[str, Data]:
        """Of some data what a shape has: what nobody knows what it is, is not shown."""
        found: dict[str, Data] = {}
        for key, column in columns(shape).items():
            if key not in data or (wanted is not None and key not in wanted):
                continue
            value = self._value(data[key], column)
            if value not in (None, [], {}):
                found[key] = value
        return found

    def _value(self, value: Data, column: Column) -> Data:
        if isinstance(value, list):
            parts = (self._value(one, column) for one in value)
            return [one for one in parts if one not in (None, [], {})]
        if isinstance(value, dict):
            if column.mapped:
                return {self.mask(key): self._text_or_group(one, column) for key, one in value.items()}
            return self._text_or_group(value, column)
        if value is None:
            return None
        if column.refers is not None:
            return self._reference(value, column.refers)
        return value if column.form == "id" else self.mask(value)

    def _text_or_group(self, value: Data, column: Column) -> Data:
        if isinstance(value, dict):
            shapes = [one for one in (column.shape, *column.others) if one is not None]
            parts: dict[str, Data] = {}
            for shape in shapes:
                parts = self._fields(value, shape) | parts
            return parts
        return self.mask(value) if isinstance(value, str) else None

    def _reference(self, id_: str, kinds: tuple[str, ...]) -> Data:
        """What a reference leads to, as far as that is seen; a person may be stood in for by a role."""
        if id_ in self.seen:
            return id_
        entry = self.model.by_id.get(id_)
        names = self.audience.profile.names
        if entry is None or names == "none":
            return None
        if entry.kind == "person" and names == "roles":
            id_ = self.stand_ins.get(id_, "")
            entry = self.model.by_id.get(id_) if not kinds or "role" in kinds else None
        if entry is None or entry.kind not in _TITLED or not self.audience.takes(entry.kind):
            return None
        if self.mask.names_somebody(id_):
            return None
        self.named.add(id_)
        return id_

    def _titled(self, kind: str) -> Iterator[Data]:
        """People and roles of whom the name is all that is told."""
        for id_ in sorted(self.named - self.seen.keys()):
            entry = self.model.by_id[id_]
            if entry.kind == kind:
                title = entry.entity.title or id_
                yield {"id": id_, "title": title if kind == "person" else self.mask(title)}

    def _body(self, source: Source) -> str:
        assert source.body is not None, "asked of Markdown alone"
        pages = {one.entry.anchor.path: id_ for id_, one in self.seen.items() if not one.entry.anchor.route}
        pictures: dict[str, str] = {}
        for link in source.body.links if self.audience.profile.pictures else ():
            path, _ = resolve_local(source.path, link.target) or ("", "")
            if link.image and path in self.sources.assets and path.lower().endswith(_INERT):
                data = self.sources.raw[path]
                pictures[path] = f"{sha256(data).hexdigest()[:16]}{PurePosixPath(path).suffix.lower()}"
                self.pictures[f"documents/pictures/{pictures[path]}"] = data
        return body_of(source, pages=pages, pictures=pictures, mask=self.mask)


def _first_id(rows: list[Data]) -> Data:
    return _mapping(rows[0]).get("id")


def _mapping(data: Data) -> Mapping[str, Data]:
    return data if isinstance(data, dict) else {}


def _at(source: Source | None, entry: Entry) -> Mapping[str, Data]:
    """The data of an entity, as they are written."""
    found: Data = dict(source.data) if source is not None else None
    for step in entry.anchor.route:
        if isinstance(found, dict) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int) and step < len(found):
            found = found[step]
    return _mapping(found)


_ODD = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029, 0xFEFF)}


def _written(data: Data, body: str | None) -> bytes:
    """Data as JSON, which is YAML too; for a text as the front matter above it."""
    said = json.dumps(data, ensure_ascii=False).translate(_ODD)
    return (said if body is None else f"---\n{said}\n---\n{body}").encode("utf-8", "replace")
