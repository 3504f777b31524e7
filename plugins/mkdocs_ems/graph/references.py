"""Which fields of a model are references, compiled once, and the references of an entity.

Walks values by the table; knows nothing of nodes. Routes are as the content has them,
also where entries of a list were left out because they were at fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model import Shape, columns
from mkdocs_ems.model.reading import written_indices


@dataclass(frozen=True, slots=True)
class ReferenceField:
    """A field that refers, or a group in which some field does."""

    attribute: str
    key: str
    dotted: str
    """From the entity down: `roles.role`."""
    kinds: tuple[str, ...]
    many: bool
    inner: tuple[ReferenceField, ...]
    """For a group: its referring fields."""


@cache
def reference_fields(model: type[Shape], within: str = "") -> tuple[ReferenceField, ...]:
    """The referring fields of a model, in its order."""
    found: list[ReferenceField] = []
    for column in columns(model).values():
        dotted = f"{within}{column.key}"
        inner = reference_fields(column.shape, f"{dotted}.") if column.shape is not None else ()
        if column.refers is None and not inner:
            continue
        assert not column.mapped, f"{dotted}: a mapping by name cannot hold references"
        kinds = column.refers or ()
        found.append(ReferenceField(column.attribute, column.key, dotted, kinds, column.many, inner))
    return tuple(found)


def references(shape: Shape, *, dropped: frozenset[Route]) -> Iterator[tuple[ReferenceField, str, Route]]:
    """Each reference of an entity: its field, the id, and its route below the entity.

    Args:
        shape: the entity.
        dropped: what was left out of it, by routes below it.
    """
    yield from _within(shape, reference_fields(type(shape)), (), dropped)


def _within(
    shape: Shape, fields: tuple[ReferenceField, ...], route: Route, dropped: frozenset[Route]
) -> Iterator[tuple[ReferenceField, str, Route]]:
    values = shape.__dict__
    for field in fields:
        value = values[field.attribute]
        if not value:
            continue
        here = (*route, field.key)
        places = _places(value, here, dropped) if field.many else ((value, here),)
        if not field.inner:
            for target, at in places:
                yield field, target, at
        else:
            for group, at in places:
                yield from _within(group, field.inner, at, dropped)


def _places(values: tuple[Any, ...], route: Route, dropped: frozenset[Route]) -> Iterable[tuple[Any, Route]]:
    """Each entry of a list with its route as it is written."""
    if not dropped:
        return [(value, (*route, index)) for index, value in enumerate(values)]
    indices = written_indices(dropped, route, len(values))
    return [(value, (*route, index)) for index, value in zip(indices, values, strict=True)]
