"""Data read into a model: everything that can be used is used, and each fault is told once.

The sound case is one call into pydantic's core. Where that refuses, what is at fault is
left out and the rest read again, so that a row with one bad field keeps its others.
Nothing here raises, whatever the data hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.shapes import Shape
from mkdocs_ems.model.wording import Fault, missing_field, refused, unknown_field
from mkdocs_ems.source import Data
from mkdocs_ems.text import plural

Read = TypeVar("Read", bound=Shape)

_NONE_WRITTEN = ("null", "Null", "NULL", "~")
_ROUNDS = 6
_MOST_FAULTS = 100
"""Told of one entity; a file that nobody wrote by hand may hold hundreds of thousands."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Read]):
    """What came of some data."""

    value: Read
    faults: tuple[Fault, ...] = ()
    dropped: frozenset[Route] = frozenset()
    """Routes of what was written but could not be used, and of every entry left out of a list."""


def read(
    model: type[Read],
    data: Mapping[str, Data],
    *,
    near: Nearest,
    fallback: Mapping[str, object] | None = None,
) -> Reading[Read]:
    """Read data into a model.

    Args:
        model: what to read into.
        data: texts, lists and mappings as YAML gave them.
        near: finds what a mistyped word may mean.
        fallback: values for the fields the model cannot do without, where the data have none.
    """
    try:
        return Reading(_validated(model, data))
    except ValidationError as error:
        return _Mending(model, data, near, fallback or {}).mended(error)


def written_indices(dropped: frozenset[Route], route: Route, count: int) -> list[int]:
    """The indices, as they are written, of the entries that a list kept.

    Args:
        dropped: what was left out, as a `Reading` has it.
        route: the list's.
        count: how many entries it kept.
    """
    if not dropped:
        return list(range(count))
    left_out = sum(1 for one in dropped if one[:-1] == route and isinstance(one[-1], int))
    return [index for index in range(count + left_out) if (*route, index) not in dropped]


def _validated(model: type[Read], data: object) -> Read:
    value: Read = model.__pydantic_validator__.validate_python(data, by_alias=True, by_name=False)
    return value


@dataclass(slots=True)
class _Mending(Generic[Read]):
    """Reads again and again, each time without what was at fault, until the rest is sound."""

    model: type[Read]
    data: Mapping[str, Data]
    near: Nearest
    fallback: Mapping[str, object]
    faults: list[Fault] = field(default_factory=list)
    more: int = 0
    """Faults beyond those that are told."""
    told: set[Route] = field(default_factory=set)
    """Routes at fault, each told once; what follows from leaving them out is not told again."""
    above: set[Route] = field(default_factory=set)
    """Every route at or above one that is at fault."""
    out: set[Route] = field(default_factory=set)
    """Routes to leave out, told or not."""
    kept: dict[Route, list[int]] = field(default_factory=dict)
    """For a list that lost entries: the indices of those that stayed."""

    def mended(self, first: ValidationError) -> Reading[Read]:
        # A field that is known may be left empty; a name that nothing knows is at fault without a value too.
        for one in first.errors(include_url=False):
            if one["type"] == "extra_forbidden" and one["input"] is None:
                self._take(one, whole=False)
        for turn in range(_ROUNDS):
            self.kept.clear()
            sound = self._without(self.data, ())
            if turn:
                sound = {**self.fallback, **sound}
            try:
                value = _validated(self.model, sound)
            except ValidationError as error:
                for one in error.errors(include_url=False):
                    self._take(one, whole=turn > _ROUNDS - 3)
            else:
                return self._reading(value)
        # What is left out by now is whole fields, so only the fallback remains.
        return self._reading(_validated(self.model, dict(self.fallback)))

    def _reading(self, value: Read) -> Reading[Read]:
        if self.more:
            message = f"and {plural(self.more, 'more fault')} in the same place"
            self.faults.append(Fault((), message, "mend those that are told first"))
        # An entry left out of a list moves those behind it, whether it was told or not.
        entries = {route for route in self.out if isinstance(route[-1], int)}
        return Reading(value, tuple(self.faults), frozenset(self.told | entries))

    def _take(self, error: Mapping[str, Any], *, whole: bool) -> None:
        route = self._route(error["loc"])
        missing, unknown = error["type"] == "missing", error["type"] == "extra_forbidden"
        out = (route[:-1] or route) if missing else route
        self.out.add(route[:1] if whole else out)
        if missing and route in self.above:
            return
        if not (missing or unknown) and error["input"] in _NONE_WRITTEN:
            return
        self.told.add(out)
        self.above.update(route[:length] for length in range(1, len(route) + 1))
        if len(self.faults) >= _MOST_FAULTS:
            self.more += 1
        elif missing:
            self.faults.append(missing_field(self.model, route))
        elif unknown:
            self.faults.append(unknown_field(self.model, route, self.near))
        else:
            self.faults.append(refused(self.model, route, error, self.near))

    def _route(self, loc: tuple[int | str, ...]) -> Route:
        route: Route = ()
        for step in loc:
            kept = self.kept.get(route)
            route = (*route, kept[step] if kept is not None and isinstance(step, int) else step)
        return route

    def _without(self, data: Mapping[str, Data], route: Route) -> dict[str, object]:
        """The mapping without what is left out and without values that were not filled in."""
        return {
            key: self._part(value, (*route, key))
            for key, value in data.items()
            if value is not None and (*route, key) not in self.out
        }

    def _part(self, value: Data, route: Route) -> object:
        if isinstance(value, dict):
            return self._without(value, route)
        if isinstance(value, list):
            stay = [index for index in range(len(value)) if (*route, index) not in self.out]
            if len(stay) < len(value):
                self.kept[route] = stay
            return [self._part(value[index], (*route, index)) for index in stay]
        return value
