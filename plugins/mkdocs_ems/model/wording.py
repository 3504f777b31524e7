"""Plain words for what the schema refuses: what is wrong, and what to write instead.

Takes one error of pydantic's and the model it arose in; returns a `Fault`. Knows the
vocabulary through `columns` and the forms of scalars through `forms`; places nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.columns import Column, column_at, columns, noun
from mkdocs_ems.model.documents import Controlled
from mkdocs_ems.model.forms import FORM_WORDS
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.shapes import Shape

_SHOWN = 60
_LOOKED_AT = 100
"""So much of a text is enough to say what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that the schema refuses, by its route below the entity."""

    route: Route
    message: str
    help: str | None = None
    key: bool = False
    """The field's name is at fault rather than its value."""


_APPROVALS = "it follows from the approvals that the history holds; nobody types it"
_HISTORY = "git knows it; nobody types it"
_DERIVED = {
    **dict.fromkeys(("issue", "revision", "version", "rev", "state", "status"), _APPROVALS),
    **dict.fromkeys(("approved", "approved_by", "approved_on", "approver", "approvers"), _APPROVALS),
    **dict.fromkeys(("effective_from", "effective_date", "issue_date"), _APPROVALS),
    **dict.fromkeys(("review_due", "next_review"), "it follows from the last approval and `review_every`"),
    **dict.fromkeys(("author", "authors", "date", "created", "modified", "updated"), _HISTORY),
}


def unknown_field(model: type[Shape], route: Route, near: Nearest) -> Fault:
    """A field that its shape does not have."""
    name = str(route[-1])
    _, holder = column_at(model, route)
    shape = holder or model
    derived = _DERIVED.get(name) if issubclass(shape, Controlled) else None
    if derived:
        message = f"{quoted(name)} is not a field of {noun(shape)}: {derived}"
        return Fault(route, message, f"delete {name}", key=True)
    known = tuple(columns(shape))
    meant = near(name, known)
    message = f"{quoted(name)} is not a field of {noun(shape)}"
    if meant is not None:
        return Fault(route, f'{message}; did you mean "{meant}"?', f"write {meant}: instead", key=True)
    return Fault(route, message, f"{noun(shape)} has the fields {', '.join(known)}", key=True)


def missing_field(model: type[Shape], route: Route) -> Fault:
    """A nested shape without something that it cannot do without; it stands at the shape."""
    column, holder = column_at(model, route)
    what = noun(holder or model)
    said = f": {column.description[0].lower()}{column.description[1:]}" if column else ""
    return Fault(route[:-1], f'{what} needs "{route[-1]}"', f"add {route[-1]}{said}")


def refused(model: type[Shape], route: Route, error: Mapping[str, Any], near: Nearest) -> Fault:
    """A value that its field does not take."""
    column, holder = column_at(model, route)
    value = error["input"]
    if column is None:
        return Fault(route, f"{quoted(str(route[-1]))} cannot be used here")
    name = quoted(column.key)
    field = name if holder is None or holder is model else f"{name} of {noun(holder)}"
    entry = isinstance(route[-1], int)
    if value is None:
        return Fault(route, f"{field} has an empty entry", "delete the empty entry, or fill it in")
    if error["type"] == "too_long":
        most = (error.get("ctx") or {}).get("max_length")
        return Fault(route, f"{field} has more than {most:,} entries", "put the rest into another record")
    if not isinstance(value, str) or _wants_structure(column, inside=entry or route[-1] != column.key):
        return _misshapen(route, column, field, value)
    if error["type"] == "literal_error":
        return _no_option(route, column, field, value, near)
    return _ill_formed(route, column, field, error)


def _wants_structure(column: Column, *, inside: bool) -> bool:
    if inside:
        return column.shape is not None
    return column.many or column.mapped or column.shape is not None


def _misshapen(route: Route, column: Column, field: str, value: object) -> Fault:
    """A list, a mapping or a text where another of the three is wanted."""
    inside = isinstance(route[-1], int) or route[-1] != column.key
    if column.many and not inside:
        return _no_list(route, column, field, value)
    if column.shape is not None or (column.mapped and not inside):
        written = "a list" if isinstance(value, list) else "a single text"
        if column.shape is not None and not (column.mapped and not inside):
            keys = ", ".join(columns(column.shape))
            what = f"{field} takes {noun(column.shape)} with fields of its own, and this is {written}"
            return Fault(route, what, f"write {column.key}: with {keys} below it, as far as they are known")
        help_ = f"write {column.key}: and below it one name: value on each line"
        return Fault(route, f"{field} takes names with values, and this is {written}", help_)
    if isinstance(value, list):
        one = value[0] if len(value) == 1 and isinstance(value[0], str) else None
        help_ = f"write {column.key}: {one}" if one and not inside else "write one value, without brackets"
        return Fault(route, f"{field} takes one value, and this is a list", help_)
    help_ = "write one value; put a text that holds a colon in quotes"
    return Fault(route, f"{field} takes one value, and this has fields of its own", help_)


def _no_list(route: Route, column: Column, field: str, value: object) -> Fault:
    if isinstance(value, str) and column.shape is None:
        parts = [part.strip() for part in value.split(",")] if column.form != "text" else [value]
        help_ = f"write {column.key}: [{', '.join(short(part) for part in parts)}]"
        return Fault(route, f"{field} takes a list, and this is a single text", help_)
    written = "a single text" if isinstance(value, str) else "a single entry"
    help_ = f"write {column.key}: and begin each entry below it with a hyphen"
    return Fault(route, f"{field} takes a list, and this is {written}", help_)


def _no_option(route: Route, column: Column, field: str, value: str, near: Nearest) -> Fault:
    meant = near(value, column.options)
    message = f"{field} cannot be {quoted(value)}"
    if meant is not None:
        message += f'; did you mean "{meant}"?'
    return Fault(route, message, f"write one of {', '.join(column.options)}")


def _ill_formed(route: Route, column: Column, field: str, error: Mapping[str, Any]) -> Fault:
    value, context = str(error["input"]), error.get("ctx") or {}
    match error["type"]:
        case "string_too_short":
            return Fault(route, f"{field} is empty", "fill it in, or delete the field")
        case "string_too_long" if column.form == "text":
            limit = context.get("max_length")
            return Fault(route, f"{field} is longer than {limit} characters", "say it in fewer words")
        case "greater_than_equal":
            return Fault(route, f"{field} is {short(value)}", f"write {context.get('ge'):g} or more")
        case "less_than_equal":
            return Fault(route, f"{field} is {short(value)}", f"write {context.get('le'):g} or less")
        case _ if column.form in FORM_WORDS:
            what, help_ = FORM_WORDS[column.form](value[:_LOOKED_AT])
            return Fault(route, f"{field}: {quoted(value)} {what}", help_)
        case _:
            return Fault(route, f"{field} cannot be {quoted(value)}")


def short(text: str) -> str:
    """A text as far as a message should repeat it."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def quoted(text: str) -> str:
    """The same in quotes."""
    return f'"{short(text)}"'
