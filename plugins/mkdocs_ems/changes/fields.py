"""Two mappings of fields to what differs: down mappings, a list as one value.

Which fields name other things, the model of the kind says; there it is told which of them
went and came. The values are compared as they are written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

from mkdocs_ems.changes.values import (
    ABSENT,
    FieldChanged,
    FieldPath,
    Named,
    ReferencesChanged,
    Value,
)
from mkdocs_ems.graph.references import ReferenceField, reference_fields
from mkdocs_ems.model import Shape
from mkdocs_ems.source import Data

T = TypeVar("T")


def field_changes(
    of: Named,
    before: Mapping[str, Data],
    after: Mapping[str, Data],
    *,
    model: type[Shape] | None,
) -> Iterator[FieldChanged | ReferencesChanged]:
    """What differs between two mappings, by the names of their fields.

    Args:
        of: of whom the changes speak.
        before: the fields as they were.
        after: the fields as they are.
        model: the kind's, which knows what refers; None where the kind is unknown.
    """
    if before != after:
        referring = reference_fields(model) if model is not None else ()
        yield from _within(of, (), before, after, referring)


def _within(
    of: Named,
    route: FieldPath,
    before: Mapping[str, Data],
    after: Mapping[str, Data],
    referring: Sequence[ReferenceField],
) -> Iterator[FieldChanged | ReferencesChanged]:
    by_key = {field.key: field for field in referring}
    for name in sorted(before.keys() | after.keys()):
        old: Value = before.get(name, ABSENT)
        new: Value = after.get(name, ABSENT)
        if old == new:
            continue
        here, field = (*route, name), by_key.get(name)
        if isinstance(old, dict) and isinstance(new, dict):
            yield from _within(of, here, old, new, field.inner if field is not None else ())
            continue
        was, now = tuple(_named(old, field)), tuple(_named(new, field))
        went, came = without(was, now, by=str), without(now, was, by=str)
        if went or came:
            yield ReferencesChanged(of, here, old, new, went, came)
        else:
            yield FieldChanged(of, here, old, new)


def _named(value: Value, field: ReferenceField | None) -> Iterator[str]:
    """The ids that a value names."""
    if field is None or not value:
        return
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, str) and not field.inner:
            yield one
        elif isinstance(one, dict):
            for inner in field.inner:
                yield from _named(one.get(inner.key), inner)


def without(some: Sequence[T], others: Sequence[T], *, by: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Those of some that are not among others, as often as they are more; in their order."""
    left = Counter(map(by, others))
    found = []
    for one in some:
        said = by(one)
        if left[said]:
            left[said] -= 1
        else:
            found.append(one)
    return tuple(found)
