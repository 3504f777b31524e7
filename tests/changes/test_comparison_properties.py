"""What holds of every comparison: nothing is lost, nothing is invented, and the order is one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_ems.changes.comparing import compare
from mkdocs_ems.changes.values import (
    ABSENT,
    Added,
    Change,
    FieldChanged,
    Moved,
    PartChanged,
    ReferencesChanged,
    Removed,
    TextChanged,
    Value,
    Where,
    Written,
)
from mkdocs_ems.changes.written import written_state
from mkdocs_ems.source import Data
from support.states import Content, contents, edited, state_of

PAIRS = contents().flatmap(lambda files: st.tuples(st.just(files), edited(files)))
EXAMPLES = settings(max_examples=40, deadline=None, derandomize=True)

State = dict[str, Written]


def plain(state: State) -> State:
    """Without what follows from something else: titles, and the paths of rows."""
    return {
        key: replace(one, title="", path="" if one.document else one.path, fields=dict(one.fields))
        for key, one in state.items()
    }


def applied(before: State, changes: Iterable[Change]) -> State:
    """What the changes lead to from a state."""
    changes = tuple(changes)
    gone = {one.of.key for one in changes if isinstance(one, Removed)}
    moved = {one.was.key: one for one in changes if isinstance(one, Moved)}
    after = {key: one for key, one in before.items() if key not in gone and key not in moved}
    for key, move in moved.items():
        here = move.of.document if before[key].document is not None else None
        after[move.of.key] = replace(
            before[key], id=move.of.id, kind=move.of.kind, document=here, path=move.of.path
        )
    added = {one.of.key: one for one in changes if isinstance(one, Added)}
    after |= {key: one.written for key, one in added.items()}
    for change in changes:
        if change.of.key in after:
            after[change.of.key] = edit(after[change.of.key], change)
    landed = [one for one in (*added.values(), *moved.values()) if one.of.document != one.of.key]
    behind = {(one.of.document, one.after): one.of.key for one in landed}
    for key, one in after.items():
        if one.rows is not None and key not in added:
            stays = [row for row in before_rows(before, key, moved) if row not in gone and row not in moved]
            after[key] = replace(one, rows=tuple(in_order(key, stays, behind)))
    return after


def before_rows(before: State, key: str, moved: dict[str, Moved]) -> tuple[str, ...]:
    earlier = next((was for was, move in moved.items() if move.of.key == key), key)
    return before[earlier].rows or ()


def in_order(key: str, stays: list[str], behind: dict[tuple[str | None, str | None], str]) -> Iterable[str]:
    for one in (None, *stays):
        here = one
        if here is not None:
            yield here
        while (following := behind.get((key, here))) is not None:
            yield following
            here = following


def edit(one: Written, change: Change) -> Written:
    match change:
        case FieldChanged(route=route, new=new) | ReferencesChanged(route=route, new=new):
            return replace(one, fields=put(one.fields, route, new))
        case TextChanged(new=new):
            return replace(one, text=new)
        case PartChanged(target="", new=new):
            return replace(one, blob=new or "")
        case PartChanged(target=target, new=new):
            parts = {name: blob for name, blob in one.parts.items() if name != target}
            return replace(one, parts=parts if new is None else {**parts, target: new})
        case _:
            return one


def put(fields: object, route: tuple[str, ...], value: Value) -> dict[str, Data]:
    assert isinstance(fields, dict)
    name, *rest = route
    if rest:
        return {**fields, name: put(fields[name], tuple(rest), value)}
    left = {key: held for key, held in fields.items() if key != name}
    return left if value is ABSENT else {**left, name: value}


@EXAMPLES
@given(PAIRS)
def test_the_changes_applied_to_the_one_state_give_the_other(pair: tuple[Content, Content]) -> None:
    before, after = map(state_of, pair)
    old, new = dict(written_state(before).entities), dict(written_state(after).entities)
    assert plain(applied(old, compare(before, after).changes)) == plain(new)
    assert plain(applied(new, compare(after, before).changes)) == plain(old)


@EXAMPLES
@given(contents())
def test_a_state_does_not_differ_from_itself(files: Content) -> None:
    found = compare(state_of(files), state_of(files))
    assert found.changes == ()
    assert found.measured == ()
    assert found.rewritten == ()


@EXAMPLES
@given(contents())
def test_every_file_stands_in_one_entity(files: Content) -> None:
    state = state_of(files)
    entities = written_state(state).entities
    # A row lies in its register's file, and a part in its document's.
    held = [f"ems/{one.path}" for one in entities.values() if one.document is None]
    assert len(held) == len(set(held))
    missing = set(state.snapshot.entries) - set(held)
    targets = {target for one in entities.values() for target in one.parts}
    assert all(any(path.endswith(target.removeprefix("../")) for target in targets) for path in missing)


@EXAMPLES
@given(PAIRS)
def test_no_two_changes_have_the_same_place(pair: tuple[Content, Content]) -> None:
    changes = compare(*map(state_of, pair)).changes
    said = [
        (type(one).__name__, one.of.key, getattr(one, "route", None) or getattr(one, "target", None))
        for one in changes
    ]
    assert len(said) == len(set(said))
    shuffled = tuple(dict(reversed(files.items())) for files in pair)
    assert compare(*map(state_of, shuffled)).changes == changes


@EXAMPLES
@given(PAIRS)
def test_what_has_moved_says_in_which_respect(pair: tuple[Content, Content]) -> None:
    for change in compare(*map(state_of, pair)).changes:
        if isinstance(change, Moved):
            assert change.what
            assert (Where.KIND in change.what) == (change.of.kind != change.was.kind)
            assert (Where.REGISTER in change.what) == (change.of.document != change.was.document)
