"""The words by which a row is found: what its author wrote freely, at any depth.

Codes and references are left out: a search for an id lists what it names, not all that
refers to it. Personal data that no page shows is never searched either.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from mkdocs_ems import dataclass
from mkdocs_ems.graph import Node
from mkdocs_ems.model import Shape, columns
from mkdocs_ems.pages.fields import LEFT_OUT


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A field that holds text, or a group in which some field does."""

    attribute: str
    many: bool
    inner: tuple[_Spoken, ...]


def searched(node: Node) -> str:
    """Id, title and free text of a row, also what its page shows in sections of their own."""
    return " ".join([node.id, node.title, *_words(node.entity, _public(node.kind, type(node.entity)))])


@cache
def _public(kind: str, model: type[Shape]) -> tuple[_Spoken, ...]:
    private = {name for name, why in LEFT_OUT.get(kind, {}).items() if "personal data" in why}
    hidden = private | LEFT_OUT[""].keys()
    return tuple(one for one in _spoken(model) if one.attribute not in hidden)


@cache
def _spoken(model: type[Shape]) -> tuple[_Spoken, ...]:
    found: list[_Spoken] = []
    for column in columns(model).values():
        inner = _spoken(column.shape) if column.shape is not None else ()
        if (column.form == "text" or inner) and not column.mapped:
            found.append(_Spoken(column.attribute, column.many, inner))
    return tuple(found)


def _words(shape: Shape, fields: tuple[_Spoken, ...]) -> Iterator[str]:
    values = shape.__dict__
    for one in fields:
        value = values[one.attribute]
        if not value:
            continue
        for part in value if one.many else (value,):
            if one.inner:
                yield from _words(part, one.inner)
            else:
                yield part
