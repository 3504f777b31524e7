"""Changes of values and texts as redlines: what went, what came, what stayed, for people to read.

Values only: makes no markup, leaves nothing out for being personal, and escapes nothing: that
is up to whoever shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from mkdocs_ems.changes.values import (
    ABSENT,
    Added,
    Change,
    FieldChanged,
    FieldPath,
    ReadingChange,
    ReferencesChanged,
    TextChanged,
    Value,
)
from mkdocs_ems.redline import Change as Fate
from mkdocs_ems.redline import Form, Line, Piece, redline
from mkdocs_ems.redline.matching import Work, matches
from mkdocs_ems.redline.words import alike, pieces
from mkdocs_ems.source import Data
from mkdocs_ems.text import plural

_PROSE = 4
"""A value of so many words is compared word by word."""
_NO_FRONT_MATTER = "---\n---\n"
"""Before a text that may begin like YAML, or with a rule: what follows is prose."""
_BETWEEN = " / "
_EMPTY = "(empty)"


def value_words(value: Value) -> str:
    """A value as it is written, on one line; empty where nothing is."""
    match value:
        case str():
            return value
        case list():
            return ", ".join(value_words(one) for one in value)
        case dict():
            return "; ".join(f"{key}: {value_words(one)}" for key, one in value.items())
        case _:
            return ""


def lines(change: Change, *, work: Work) -> tuple[Line, ...]:
    """A change of values or of a text as lines of a redline; none for the others.

    Args:
        change: the change.
        work: what comparing words may still cost.
    """
    found: tuple[Line, ...] = ()
    match change:
        case Added():
            found = tuple(_came(change))
        case FieldChanged():
            found = tuple(_field(change.route, change.old, change.new, work))
        case ReferencesChanged() if _is_flat(change.old) and _is_flat(change.new):
            found = (value_line(_BETWEEN.join(change.route), _references(change)),)
        case ReferencesChanged():  # what stands beside the references may differ too
            found = tuple(_field(change.route, change.old, change.new, work))
        case TextChanged():
            found = redline(*(_NO_FRONT_MATTER + (text or "") for text in (change.old, change.new)))
        case _:
            pass
    return found


def readings(measured: Iterable[ReadingChange]) -> Iterator[Line]:
    """Measured values: of a measurement all that came on one line, each other one by itself."""
    for (parameter, unit), group in groupby(measured, key=lambda one: (one.parameter, one.unit)):
        label = f"{parameter}, {unit}" if unit else parameter
        held = list(group)
        came = [f"{one.period}: {one.new}" for one in held if one.old is None]
        if came:
            yield Line(Form.FIELD, Fate.CAME, (Piece(Fate.CAME, "; ".join(came)),), label)
        for one in held:
            if one.old is not None:
                both = ((Fate.WENT, one.old), (Fate.CAME, one.new))
                said = tuple(Piece(fate, value) for fate, value in both if value is not None)
                yield value_line(f"{label}, {one.period}", _apart(said))


def value_pieces(old: Value, new: Value, work: Work) -> tuple[Piece, ...]:
    """What went and what came of a value; of prose word by word."""
    was, now = value_words(old), value_words(new)
    if min(len(was.split()), len(now.split())) >= _PROSE and alike(was, now):
        said = pieces(was, now, work=work)
        if any(piece.change is not Fate.SAME for piece in said):
            return said
    both = ((Fate.WENT, old, was), (Fate.CAME, new, now))
    return _apart(tuple(Piece(fate, said or _EMPTY) for fate, value, said in both if value is not ABSENT))


def value_line(label: str, said: tuple[Piece, ...]) -> Line:
    """One field: new, gone or changed, as its pieces are."""
    fates = {piece.change for piece in said}
    fate = fates.pop() if len(fates) == 1 else Fate.CHANGED
    return Line(Form.FIELD, Fate.CHANGED if fate is Fate.SAME else fate, said, label)


def _came(change: Added) -> Iterator[Line]:
    """What something new says; its title stands above it."""
    for route, value in _leaves((), change.written.fields):
        if route != ("title",) and (said := value_words(value)):
            yield Line(Form.FIELD, Fate.CAME, (Piece(Fate.CAME, said),), _BETWEEN.join(route))
    if change.written.text:
        words = plural(len(change.written.text.split()), "word")
        yield Line(Form.FIELD, Fate.CAME, (Piece(Fate.CAME, words),), "text")


def _leaves(route: FieldPath, fields: Mapping[str, Data]) -> Iterator[tuple[FieldPath, Data]]:
    for name, value in fields.items():
        if isinstance(value, dict) and value:
            yield from _leaves((*route, name), value)
        else:
            yield (*route, name), value


def _field(route: FieldPath, old: Value, new: Value, work: Work) -> Iterator[Line]:
    """A value as one line; a list of mappings by those of them that differ."""
    label = _BETWEEN.join(route)
    if not (isinstance(old, list) and isinstance(new, list)) or _is_flat(old) or _is_flat(new):
        yield value_line(label, value_pieces(old, new, work))
        return
    was, now = (tuple(map(value_words, one)) for one in (old, new))
    if was == now:
        yield value_line(label, value_pieces(old, new, work))
        return
    at = to = 0
    for one, other in (*matches(was, now, work=work), (len(was), len(now))):
        for nth in range(max(one - at, other - to)):
            before = old[at + nth] if at + nth < one else ABSENT
            after = new[to + nth] if to + nth < other else ABSENT
            number = (to if to + nth < other else at) + nth + 1
            yield value_line(f"{label}{_BETWEEN}{number}", value_pieces(before, after, work))
        at, to = one + 1, other + 1


def _references(change: ReferencesChanged) -> tuple[Piece, ...]:
    both = ((Fate.WENT, change.went), (Fate.CAME, change.came))
    return _apart(tuple(Piece(fate, ", ".join(ids)) for fate, ids in both if ids))


def _is_flat(value: Value) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return not isinstance(value, dict)


def _apart(said: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A space between what went and what came."""
    return (said[0], Piece(Fate.SAME, " "), said[1]) if len(said) > 1 else said
