"""JSON Schemas of everything that is written in YAML, for editors: completion, and faults as one types.

Made from the same models that `ems check` reads by, the organisation's own fields and
registers among them. An editor sees YAML's own types where we read text, so a field of
text takes numbers too, and an empty value is no fault. What a schema cannot say (ids that
exist, methods that can be computed) stays with `ems check`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import annotated_types

from mkdocs_ems.control.records import ApprovalRecord
from mkdocs_ems.model import Column, Kind, Register, Settings, Shape, columns
from mkdocs_ems.model.columns import noun
from mkdocs_ems.model.fields import ID_LENGTH, ID_PATTERN, Within

Schema = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"
"""What the language server for YAML reads best."""

SETTINGS, REGISTER, RECORD = "ems.schema.json", "register.schema.json", "record.schema.json"
APPROVAL = "approval.schema.json"

_SCALAR = ["string", "number", "boolean", "null"]
_INTERVAL = r"^[1-9][0-9]{0,3} (day|week|month|year)s?$"
_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


_FORMS: Mapping[str, Schema] = {
    "number": {"type": ["number", "null"]},
    "whole": {"type": ["integer", "null"]},
    "flag": {"type": ["boolean", "null"]},
    "day": {"type": ["string", "null"], "pattern": _DAY},
    "interval": {"type": ["string", "null"], "pattern": _INTERVAL, "examples": ["12 months", "2 years"]},
    "month-day": {"type": ["string", "null"], "pattern": _MONTH_DAY},
    # Below a word stands a result, or the words of the next criterion.
    "cells": {"type": [*_SCALAR, "object"]},
}
"""Forms whose written values an editor can judge by itself."""

_HEAD_OF_RECORDS: Mapping[str, Schema] = {
    "type": {"description": "The kind of the records."},
    "title": {
        "type": ["string", "null"],
        "description": "What they are together, such as Weekly walks 2026.",
    },
    "notes": {"type": ["string", "null"], "description": "Anything a reader should know of all of them."},
    "rows": {"type": ["array", "null"], "description": "The records, each begun with - id:."},
}
"""What may stand above several records in one file."""


def file_schemas(kinds: Mapping[str, Kind]) -> Mapping[str, Schema]:
    """Every schema by its file name: settings, registers, records, approval records, front matter.

    Args:
        kinds: every kind by its key, as the model has them.
    """
    made: dict[str, Schema] = {
        SETTINGS: _whole(Settings, "ems.yml: what the organisation decides"),
        REGISTER: _register(kinds),
        RECORD: _record(kinds),
        APPROVAL: _whole(ApprovalRecord, "An approval record"),
    }
    for kind in kinds.values():
        if kind.where == "document" and kind.key != "document":
            made[f"{kind.key}.schema.json"] = _front_matter(kind)
    return made


def _head(title: str) -> Schema:
    return {"$schema": DIALECT, "title": title}


def _whole(model: type[Shape], title: str) -> Schema:
    shared: dict[str, Schema] = {}
    return {**_head(title), **_object(model, shared), "definitions": shared}


def _front_matter(kind: Kind) -> Schema:
    shared: dict[str, Schema] = {}
    made = _object(kind.model, shared)
    made["properties"]["type"] = {"const": kind.key, "description": "The type of document."}
    return {**_head(f"Front matter of a document of type {kind.key}"), **made, "definitions": shared}


def _register(kinds: Mapping[str, Kind]) -> Schema:
    """One schema for every register: its `type` says what its rows are."""
    shared: dict[str, Schema] = {}
    made = _object(Register, shared)
    rows = {kind.key: kind for kind in kinds.values() if kind.where == "register"}
    made["properties"]["type"] = {
        "enum": list(rows),
        "description": "What the rows are: the kind of the register.",
    }
    made["properties"]["rows"] = {
        "type": ["array", "null"],
        "description": "The rows, each begun with - id:.",
    }
    made["required"] = ["type", "rows"]
    made["allOf"] = [
        {
            "if": {"properties": {"type": {"const": key}}, "required": ["type"]},
            "then": {"properties": {"rows": {"items": _reference(kind.model, shared)}}},
        }
        for key, kind in rows.items()
    ]
    return {**_head("A register of an environmental management system"), **made, "definitions": shared}


def _record(kinds: Mapping[str, Kind]) -> Schema:
    """One schema for every file below records/: one record, or several of its `type` under rows."""
    shared: dict[str, Schema] = {}
    records = {kind.key: kind for kind in kinds.values() if kind.where == "record"}
    made: Schema = {
        "type": "object",
        "properties": {
            "type": {"enum": list(records), "description": "What kind of record it is, or they are."}
        },
        "required": ["type"],
        "if": {"required": ["rows"]},
        "then": {"additionalProperties": False, "properties": _HEAD_OF_RECORDS},
    }
    for key, kind in records.items():
        one = _reference(kind.model, shared)
        said: Schema = {"properties": {"type": {"const": key}}, "required": ["type"]}
        several: Schema = {"properties": {"rows": {"items": one}}}
        of_kind: Schema = {"if": {"required": ["rows"]}, "then": several, "else": one}
        made.setdefault("allOf", []).append({"if": said, "then": of_kind})
    return {**_head("Records of an environmental management system"), **made, "definitions": shared}


def _object(model: type[Shape], shared: dict[str, Schema]) -> Schema:
    known = columns(model)
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: _field(model, column, shared) for key, column in known.items()},
    }
    required = [key for key, column in known.items() if column.required]
    return {**made, "required": required} if required else made


def _reference(model: type[Shape], shared: dict[str, Schema]) -> Schema:
    """A shape by its name: it is described once in a file."""
    name = model.__name__
    if name not in shared:
        shared[name] = {}
        shared[name] = {"title": noun(model), **_object(model, shared)}
    return {"$ref": f"#/definitions/{name}"}


def _field(model: type[Shape], column: Column, shared: dict[str, Schema]) -> Schema:
    one = _value(model, column, shared)
    if column.many:
        one = {"type": ["array", "null"], "items": one}
        for mark in _marks(model, column):
            if isinstance(mark, annotated_types.MaxLen):
                one["maxItems"] = mark.max_length
    elif column.mapped:
        one = {"type": ["object", "null"], "additionalProperties": one}
    said = f"{column.label}. {column.description}" if column.description else column.label
    if "$ref" in one or "anyOf" in one:
        # What stands beside a reference is not read.
        one = {"anyOf": [*one.get("anyOf", [one]), {"type": "null"}]}
    return {**one, "description": said}


def _value(model: type[Shape], column: Column, shared: dict[str, Schema]) -> Schema:
    if column.shape is not None:
        shapes = [_reference(one, shared) for one in (column.shape, *column.others)]
        return {"anyOf": shapes} if column.others else shapes[0]
    if column.form in _FORMS:
        return {**_FORMS[column.form], **_bounds(model, column)}
    if column.form == "choice":
        return {"enum": [*column.options, *_as_numbers(column.options), None]}
    return _reference_text(column) if column.form in ("id", "reference") else _text(model, column)


def _reference_text(column: Column) -> Schema:
    made: Schema = {"type": ["string", "null"], "pattern": ID_PATTERN, "maxLength": ID_LENGTH}
    if column.refers:
        made["title"] = f"id of {' or '.join(column.refers)}"
    return made


def _as_numbers(options: tuple[str, ...]) -> list[int]:
    """Options that an editor takes for numbers, such as the edition 2015."""
    return [int(option) for option in options if option.isdigit()]


def _text(model: type[Shape], column: Column) -> Schema:
    made: Schema = {"type": _SCALAR}
    for mark in _marks(model, column):
        if isinstance(mark, Within) and mark.max_length:
            made["maxLength"] = mark.max_length
        pattern = getattr(mark, "pattern", None)
        if isinstance(pattern, str) and pattern:
            made["pattern"] = pattern
    return made


def _bounds(model: type[Shape], column: Column) -> Schema:
    made: Schema = {}
    for mark in _marks(model, column):
        if isinstance(mark, annotated_types.Ge):
            made["minimum"] = mark.ge
        if isinstance(mark, annotated_types.Le):
            made["maximum"] = mark.le
    return made


def _marks(model: type[Shape], column: Column) -> list[Any]:
    """Everything that is marked on a field, wherever in its annotation."""
    info = model.model_fields[column.attribute]
    found = list(info.metadata)
    waiting: list[Any] = [info.annotation]
    while waiting:
        annotation = waiting.pop()
        for mark in getattr(annotation, "__metadata__", ()):
            found += [mark, *getattr(mark, "metadata", ())]
        waiting += list(getattr(annotation, "__args__", ()))
        origin = getattr(annotation, "__origin__", None)
        if origin is not None and isinstance(getattr(annotation, "__metadata__", None), tuple):
            waiting.append(origin)
    return [part for mark in found for part in (mark, *getattr(mark, "metadata", ()))]
