"""A lookup table judged as it is declared: its criteria, its words, a result for every combination.

Routes are below the table's `lookup`. Walks what is written, never all combinations there
could be: what is missing is told where its line is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from mkdocs_ems import dataclass
from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.method import Lookup, Part, Scale
from mkdocs_ems.model.nearest import Nearest
from mkdocs_ems.model.prepared import BOUND
from mkdocs_ems.model.scales import number_of, scale_value
from mkdocs_ems.model.syntax import NAME, RESERVED
from mkdocs_ems.model.wording import Fault, quoted


def own_name_fault(name: str, route: Route, what: str, *, key: bool = False) -> Iterator[Fault]:
    """What keeps a name that the organisation chose from being used in an expression."""
    if not NAME.fullmatch(name):
        help_ = "write letters, digits and _ only, beginning with a letter"
        yield Fault(route, f"{quoted(name)} cannot be used in a formula", help_, key=key)
    elif name in RESERVED or name in BOUND or name == "score":
        message = f"{quoted(name)} has a meaning of its own in a formula"
        yield Fault(route, message, f"give {what} another name", key=key)


def lookup_faults(lookup: Lookup, part: Part, near: Nearest) -> Iterator[Fault]:
    """What is wrong with a table, for the criteria that its part has."""
    named = [*own_name_fault(lookup.name, ("name",), "the result")]
    if lookup.name in part.criteria:
        message = f"{quoted(lookup.name)} is a criterion already"
        named.append(Fault(("name",), message, "give the result another name"))
    named += _criteria(lookup, part, near)
    yield from named
    if not named:
        walk = _Walk([(name, part.criteria[name]) for name in lookup.criteria], near)
        walk.level(dict(lookup.table), (), ())
        walk.one_sort()
        yield from walk.faults


def _criteria(lookup: Lookup, part: Part, near: Nearest) -> Iterator[Fault]:
    if not lookup.criteria:
        help_ = "list the criteria whose values lead to a result"
        yield Fault(("criteria",), "the lookup table names no criteria", help_, key=True)
    for index, name in enumerate(lookup.criteria):
        if name not in part.criteria:
            meant = near(name, tuple(part.criteria))
            message = f"{quoted(name)} is not a criterion of the method"
            message += f'; did you mean "{meant}"?' if meant else ""
            help_ = f"write one of {', '.join(part.criteria)}" if part.criteria else "declare it in criteria"
            yield Fault(("criteria", index), message, help_)
        elif name in lookup.criteria[:index]:
            yield Fault(("criteria", index), f"{quoted(name)} stands here twice", "delete one of the two")


@dataclass(slots=True)
class _Walk:
    """One pass over the cells, level by level."""

    levels: list[tuple[str, Scale]]
    near: Nearest
    faults: list[Fault] = field(default_factory=list)
    results: list[tuple[Route, str]] = field(default_factory=list)

    def level(self, written: dict[str, object], route: Route, above: tuple[str, ...]) -> None:
        """The values of one criterion, under the values of those before it."""
        name, scale = self.levels[len(above)]
        met: set[str] = set()
        for word, inside in written.items():
            at: Route = ("table", *route, word)
            found = scale_value(scale, word)
            if found is None:
                meant = self.near(word, tuple(scale.values))
                message = f"{quoted(word)} is not a value of {name}"
                message += f'; did you mean "{meant}"?' if meant else ""
                self._say(at, message, f"write one of {', '.join(scale.values)}")
            elif found[0] in met:
                self._say(at, f"{name} {found[0]} stands here twice", "delete one of the two")
            else:
                met.add(found[0])
                self._cell(inside, (*route, word), (*above, found[0]))
        missing = [word for word in scale.values if word not in met]
        if missing:
            where = self._where(above)
            message = f"the table has no result for {name} {' or '.join(missing)}{where}"
            self._say(("table", *route), message, f"add a line for {name} {missing[0]}")

    def _cell(self, inside: object, route: Route, above: tuple[str, ...]) -> None:
        at: Route = ("table", *route)
        last = len(above) == len(self.levels)
        if not last and isinstance(inside, dict):
            self.level(inside, route, above)
        elif last and isinstance(inside, str) and inside.strip():
            self.results.append((at, inside.strip()))
        elif last:
            what = "is empty" if inside in (None, "") else "is no single word or number"
            self._say(at, f"the result{self._where(above)} {what}", "write one word or number")
        else:
            name, scale = self.levels[len(above)]
            help_ = f"write below it each value of {name} ({', '.join(scale.values)}) with its result"
            self._say(at, f"the table stops before {name}{self._where(above)}", help_)

    def one_sort(self) -> None:
        """The results are all numbers or all words: a formula could not use a mixture."""
        numbers = [number_of(result) is not None for _, result in self.results]
        if any(numbers) and not all(numbers):
            at, result = self.results[numbers.index(not numbers[0])]
            message = f"the table gives both words and numbers; here it is {quoted(result)}"
            self.faults.append(Fault(at, message, "write only words, or only numbers"))

    def _where(self, above: tuple[str, ...]) -> str:
        said = [f"{name} is {word}" for (name, _), word in zip(self.levels, above, strict=False)]
        return f" where {' and '.join(said)}" if said else ""

    def _say(self, route: Route, message: str, help_: str) -> None:
        self.faults.append(Fault(route, message, help_, key=True))
