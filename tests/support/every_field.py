"""Content with something in every field of every kind, made from the models: what pages show, or must not.

A new field or kind has its own without a line here. What a text says is handed in; what else a
field takes is small and sound. Nothing here asserts anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mkdocs_ems.model import KINDS, Column, Kind, Shape, columns

_LEFT_OUT = frozenset(
    ["access", "control", "superseded_by", "supersedes", "translation_of", "source_issue", "issue_offset"]
)
"""Fields that decide whether and how a document is shown."""
_LEAVES = {
    "number": "1",
    "whole": "1",
    "flag": "true",
    "day": "2026-01-01",
    "interval": "12 months",
    "period": "2026-01",
    "clause": "6.1.2",
    "month-day": "01-31",
    "checksum": "a" * 64,
}
_FITTED = {"site": "WORKS", "sites": "WORKS", "unit": "kg", "chart": "true"}
"""Fields that take no text but one that is known."""
_BEGINNINGS = ("planned", "proposed", "withdrawn")


@dataclass(frozen=True, slots=True)
class EveryField:
    """One entity of every kind, with all its fields."""

    mark: str
    """What stands behind the prefix of every id."""
    text: Callable[[str], str]
    """What a text says, by the kind and the fields that lead to it."""
    key: Callable[[str], str]
    """The name in a mapping, by the same."""
    body: Callable[[str], str]
    """The text of a document, by its kind."""
    file: str
    """The name of every file of a document or record, without its ending."""

    @property
    def person(self) -> str:
        """The id of the one person."""
        return f"PER-{self.mark}"

    def identity(self, kind: str) -> str:
        """The id of the one entity of a kind; of a register's head that of its rows, behind `REG-`."""
        return f"{KINDS[kind].prefix or 'DOC'}-{self.mark}"

    def files(self) -> dict[str, str]:
        """Files by path below the repository: every kind but people."""
        made: dict[str, str] = {}
        for key, kind in KINDS.items():
            if key in ("register", "person", "document"):
                continue
            data = {"id": self.identity(key), **self.fields(kind.model, key)}
            # What is divided by itself is no reading any more.
            data.pop("normaliser", None)
            if kind.where == "document":
                head = json.dumps({**data, "type": key})
                made[f"ems/{key}/{self.file}.md"] = f"---\n{head}\n---\n{self.body(key)}"
            elif kind.where == "record":
                made[f"ems/records/{kind.slug}/{self.file}.yml"] = json.dumps({**data, "type": key})
            else:
                made[f"ems/registers/{kind.slug}.yml"] = json.dumps(self._register(kind, data))
        return made

    def fields(self, shape: type[Shape], path: str, depth: int = 0) -> dict[str, object]:
        """All fields of a shape; a path leads to it."""
        return {
            key: self._value(column, f"{path} {key}", depth)
            for key, column in columns(shape).items()
            if key not in _LEFT_OUT and (depth or key not in ("id", "type"))
        }

    def _register(self, kind: Kind, row: Mapping[str, object]) -> dict[str, object]:
        head = self.fields(KINDS["register"].model, f"{kind.key} head")
        return {**head, "id": f"REG-{kind.prefix}-{self.mark}", "type": kind.key, "rows": [row]}

    def _value(self, column: Column, path: str, depth: int) -> object:
        one = _FITTED.get(column.key) or self._one(column, path, depth)
        if column.mapped:
            return {self.key(path): one}
        return [one] if column.many else one

    def _one(self, column: Column, path: str, depth: int) -> object:
        if column.shape is not None:
            return self.fields(column.shape, path, depth + 1) if depth < 4 else {}
        if column.form == "reference":
            kinds = column.refers or ("person",)
            # A person, wherever one may stand.
            return self.person if "person" in kinds else self.identity(kinds[0])
        if column.form == "choice":
            return next((one for one in column.options if one not in _BEGINNINGS), column.options[0])
        if column.form == "id":
            return f"{self.mark}-1"
        return _LEAVES[column.form] if column.form in _LEAVES else self.text(path)
