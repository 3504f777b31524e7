"""The columns of a kind, described: what pages label, forms ask, messages name, the graph follows.

Read once from a model's annotations. A reader of this module needs no pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.fields import Form, Refers
from mkdocs_ems.model.shapes import Entity, Shape


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a kind or of a nested shape."""

    key: str
    """As it is written in the content."""
    attribute: str
    """As the model's instance has it; differs where the key is a word of Python's."""
    label: str
    description: str
    form: str
    """`text id reference clause number whole flag day interval period choice` or `group`."""
    many: bool
    """A list of such values."""
    mapped: bool
    """A mapping of such values by name."""
    required: bool
    options: tuple[str, ...] = ()
    """For a choice."""
    refers: tuple[str, ...] | None = None
    """For a reference: the kinds it may lead to, none meaning any; otherwise None."""
    shape: type[Shape] | None = None
    """For a group: the shape of its values."""
    others: tuple[type[Shape], ...] = ()
    """Further shapes that its values may have instead."""
    common: bool = False
    """Belongs to the block that every entity carries."""


@cache
def columns(model: type[Shape]) -> Mapping[str, Column]:
    """The columns of a model by their keys, in its order."""
    found: dict[str, Column] = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        traits = _Traits()
        for mark in info.metadata:
            traits.mark(mark)
        traits.walk(info.annotation)
        found[key] = Column(
            key=key,
            attribute=name,
            label=info.title or key.replace("_", " ").capitalize(),
            description=info.description or "",
            form="reference" if traits.refers is not None else traits.form,
            many=traits.many,
            mapped=traits.mapped,
            required=info.is_required(),
            options=traits.options,
            refers=traits.refers,
            shape=traits.shape,
            others=tuple(traits.others),
            common=model is not Entity and issubclass(model, Entity) and name in Entity.model_fields,
        )
    return MappingProxyType(found)


def column_at(model: type[Shape], route: Route) -> tuple[Column | None, type[Shape] | None]:
    """The column that a route below an entity stands in, and the shape that holds that column.

    Indices and the names of a mapping are passed over. The column is None for the entity
    itself and where there is no such field.
    """
    column: Column | None = None
    holder: type[Shape] | None = None
    shape: type[Shape] | None = model
    named = False
    for step in route:
        if isinstance(step, int):
            continue
        if named:
            named = False
            continue
        if shape is None:
            return None, holder
        holder, column = shape, columns(shape).get(step)
        shape = column.shape if column is not None else None
        named = column is not None and column.mapped
    return column, holder


def noun(model: type[Shape]) -> str:
    """What a message calls one of them, with its article: `an aspect`, `a register's head`."""
    word = str(model.model_config.get("title") or "document")
    if word.endswith(".yml"):
        return word
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


class _Traits:
    """What an annotation and its marks say, gathered from the outside in."""

    def __init__(self) -> None:
        self.form = "text"
        self.many = self.mapped = False
        self.options: tuple[str, ...] = ()
        self.refers: tuple[str, ...] | None = None
        self.shape: type[Shape] | None = None
        self.others: list[type[Shape]] = []

    def mark(self, mark: object) -> None:
        if isinstance(mark, Form):
            self.form = mark.name
        elif isinstance(mark, Refers):
            self.refers = mark.kinds

    def walk(self, annotation: Any) -> None:  # noqa: ANN401 - annotations have no common type
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            self.walk(inner[0])
            for mark in inner[1:]:
                self.mark(mark)
        elif origin in (Union, UnionType):
            first, *others = (one for one in inner if one is not NoneType)
            self.walk(first)
            shapes = (get_args(one)[0] if get_origin(one) is Annotated else one for one in others)
            self.others += [one for one in shapes if isinstance(one, type) and issubclass(one, Shape)]
        elif origin is tuple:
            self.many = True
            self.walk(inner[0])
        elif origin is dict:
            self.mapped = True
            self.walk(inner[1])
        elif origin is Literal:
            self.form, self.options = "choice", inner
        elif isinstance(annotation, type) and issubclass(annotation, Shape):
            self.form, self.shape = "group", annotation
