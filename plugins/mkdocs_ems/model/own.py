"""The organisation's own fields and registers, declared in `ems.yml`, as kinds like ours.

An own field becomes a field of the kind's model, an own register a kind with a model of
its own: from here on nothing tells them from what is built in. A declaration that cannot
be used is left out, with its fault; the others hold.

No `from __future__ import annotations`: pydantic reads the annotations at run time.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, create_model

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.columns import columns
from mkdocs_ems.model.fields import ClauseRef, Day, Every, Flag, Id, Number, Refers, Text, Whole
from mkdocs_ems.model.kinds import DOCUMENT_TYPES, KINDS, ROW_TYPES
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.organisation import RowStatus
from mkdocs_ems.model.settings import AddedField, OwnField, OwnRegister, Settings
from mkdocs_ems.model.shapes import Entity
from mkdocs_ems.model.values import Kind
from mkdocs_ems.model.wording import Fault, quoted

OWN = "own_"
"""What the attribute of an own field begins with; in the content its name stands alone."""

FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
REGISTER_TYPE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+){0,5}")
PREFIX = re.compile(r"[A-Z][A-Z0-9]{1,9}")

_TYPES: Mapping[str, Any] = MappingProxyType(
    {
        "text": Text,
        "number": Number,
        "whole": Whole,
        "flag": Flag,
        "day": Day,
        "interval": Every,
        "clause": ClauseRef,
    }
)
"""The type of each form that needs nothing more to be known."""


class OwnRow(Entity):
    """A row of a register that the organisation declared itself."""

    model_config = ConfigDict(title="row")

    status: RowStatus | None = Field(
        None, title="Status", description="Whether it is planned, active or withdrawn."
    )


@dataclass(frozen=True, slots=True)
class Declared:
    """The kinds there are, and what is wrong with the declarations."""

    kinds: Mapping[str, Kind]
    faults: tuple[Fault, ...]


def kinds_of(settings: Settings) -> Mapping[str, Kind]:
    """Every kind by its key: ours with the organisation's own fields, then its own registers."""
    if not settings.own_fields and not settings.own_registers:
        return KINDS
    return _declared(settings.own_fields, settings.own_registers).kinds


def own_faults(settings: Settings, near: Nearest) -> Iterator[Fault]:
    """What is wrong with the declarations, each at its place in `ems.yml`."""
    if settings.own_fields or settings.own_registers:
        yield from _declared(settings.own_fields, settings.own_registers).faults
        # Those with a fault of their own count too: what leads to them has none.
        types = (*DOCUMENT_TYPES, *ROW_TYPES, *(one.type for one in settings.own_registers))
        known = tuple(dict.fromkeys(types))
        for index, one in enumerate(settings.own_fields):
            for place, kind in enumerate(one.of):
                if kind not in known:
                    yield _unknown_kind(("own_fields", index, "of", place), kind, known, near)
        for route, field in _fields(settings):
            for place, kind in enumerate(field.to):
                if kind not in known:
                    yield _unknown_kind((*route, "to", place), kind, known, near)


def _fields(settings: Settings) -> Iterator[tuple[Route, OwnField]]:
    for index, one in enumerate(settings.own_fields):
        yield ("own_fields", index), one
    for index, register in enumerate(settings.own_registers):
        for place, field in enumerate(register.fields):
            yield ("own_registers", index, "fields", place), field


def _unknown_kind(route: Route, kind: str, known: tuple[str, ...], near: Nearest) -> Fault:
    meant = near(kind, known)
    message = f"{quoted(kind)} is not a type of document or register"
    message += f'; did you mean "{meant}"?' if meant else ""
    return Fault(route, message, f"write one of {', '.join(known)}")


@lru_cache(maxsize=64)
def _declared(fields: tuple[AddedField, ...], registers: tuple[OwnRegister, ...]) -> Declared:
    faults: list[Fault] = []
    kinds = dict(KINDS)
    known = {*DOCUMENT_TYPES, *ROW_TYPES, *(one.type for one in registers)}
    for index, register in enumerate(registers):
        fault = _of_register(register, kinds)
        if fault is not None:
            faults.append(Fault(("own_registers", index, *fault.route), fault.message, fault.help))
            continue
        route: Route = ("own_registers", index, "fields")
        extra = [((*route, place), field) for place, field in enumerate(register.fields)]
        model = _extended(OwnRow, extra, known, faults, title=register.title.lower())
        plural = register.plural or f"{register.title}s"
        prefix = register.prefix or ""
        kinds[register.type] = Kind(
            register.type,
            register.title,
            plural,
            prefix,
            "register",
            "issue",
            register.type,
            model,
            register.description or "",
        )
    added: dict[str, list[tuple[Route, OwnField]]] = {}
    for index, field in enumerate(fields):
        for key in field.of:
            if key in kinds:
                added.setdefault(key, []).append((("own_fields", index), field))
    for key, declared in added.items():
        kinds[key] = replace(kinds[key], model=_extended(kinds[key].model, declared, known, faults))
    return Declared(MappingProxyType(kinds), tuple(dict.fromkeys(faults)))


def _of_register(register: OwnRegister, kinds: Mapping[str, Kind]) -> Fault | None:
    if register.type in kinds or register.type in {one.slug for one in kinds.values()} | {"rules"}:
        return Fault(("type",), f"{quoted(register.type)} is taken already", "give it a type of its own")
    if not REGISTER_TYPE.fullmatch(register.type):
        help_ = "write small letters, digits and hyphens, such as waste-point"
        return Fault(("type",), f"{quoted(register.type)} cannot be a type of register", help_)
    if register.prefix and not PREFIX.fullmatch(register.prefix):
        help_ = "write capitals and digits, such as WCP"
        return Fault(("prefix",), f"{quoted(register.prefix)} cannot begin an id", help_)
    taken = next((one for one in kinds.values() if register.prefix and one.prefix == register.prefix), None)
    if taken is not None:
        message = f"{register.prefix} begins the ids of {taken.plural.lower()} already"
        return Fault(("prefix",), message, "choose another")
    return None


def _extended(
    base: type[Entity],
    declared: list[tuple[Route, OwnField]],
    known: set[str],
    faults: list[Fault],
    *,
    title: str = "",
) -> type[Entity]:
    """A model with more fields; those that cannot be are left out, with their faults."""
    taken = set(columns(base))
    made: dict[str, Any] = {}
    for route, field in declared:
        fault = _of_field(field, taken)
        if fault is not None:
            faults.append(Fault((*route, *fault.route), fault.message, fault.help))
            continue
        taken.add(field.name)
        made[OWN + field.name] = _definition(field, known)
    model = create_model(f"Own{base.__name__}", __base__=base, __doc__=base.__doc__, **made)
    if title:
        model.model_config = {**model.model_config, "title": title}
    return model


def _of_field(field: OwnField, taken: set[str]) -> Fault | None:
    if not FIELD_NAME.fullmatch(field.name):
        help_ = "write small letters, digits and _, beginning with a letter"
        return Fault(("name",), f"{quoted(field.name)} cannot be the name of a field", help_)
    if field.name in taken or field.name == "rows":
        return Fault(("name",), f"there is a field {quoted(field.name)} already", "give it another name")
    if field.form == "choice" and not field.options:
        return Fault((), f"{field.name} offers nothing to choose from", "list its options: [one, other]")
    if field.form != "choice" and field.options:
        return Fault(("options",), f"{field.name} has options and is no choice", "write form: choice")
    if field.form != "reference" and field.to:
        return Fault(("to",), f"{field.name} leads somewhere and is no reference", "write form: reference")
    return None


def _definition(field: OwnField, known: set[str]) -> tuple[Any, Any]:
    inner: Any
    if field.form == "choice":
        inner = Literal[field.options]
    elif field.form == "reference":
        # What it leads to that does not exist is told at that word; the field itself holds.
        inner = Annotated[Id, Refers(tuple(kind for kind in field.to if kind in known))]
    else:
        inner = _TYPES[field.form]
    label = field.title or field.name.replace("_", " ").capitalize()
    said = field.description or f"{label}."
    if field.many:
        return tuple[inner, ...], Field((), alias=field.name, title=label, description=said)
    return inner | None, Field(None, alias=field.name, title=label, description=said)
