"""A JSON difference applied to a state as JSON: what docs/differences.md says in words.

Works on the two as they are read from their files, and knows nothing else, so that it is
a proof that a difference leaves nothing out. Neither of the two is altered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

State = dict[str, Any]
Entity = dict[str, Any]
Said = Mapping[str, Any]
"""One change as `docs/schemas/diff.schema.json` has it."""


def applied(state: Mapping[str, Any], difference: Mapping[str, Any]) -> State:
    """The other state.

    Args:
        state: the one that the difference begins with (`docs/schemas/state.schema.json`).
        difference: what differs (`docs/schemas/diff.schema.json`).
    """
    after: State = deepcopy({**state, **difference["after"]})
    changes: Sequence[Said] = deepcopy(difference["changes"])
    entities: dict[str, Entity] = after["entities"]
    away = {one["key"] for one in _of(changes, "removed")}
    away |= {one["from"]["key"] for one in _of(changes, "moved")}
    taken = {key: entities.pop(key) for key in away if key in entities}
    for one in _of(changes, "moved"):
        entities[one["to"]["key"]] = _at(taken[one["from"]["key"]], one["to"])
    for one in _of(changes, "added"):
        entities[one["key"]] = one["written"]
    for one in changes:
        _set(after, one)
    _place_rows(entities, changes, away)
    return after


def _of(changes: Iterable[Said], *kinds: str) -> Iterator[Said]:
    return (one for one in changes if one["change"] in kinds)


def _at(entity: Entity, to: Said) -> Entity:
    """The same at another place: a row in a register, anything else in a file."""
    place = {"in": to["in"]} if "in" in entity else {"path": to["path"]}
    return {**entity, "kind": to["kind"], "id": to["id"], **place}


def _set(state: State, one: Said) -> None:
    """Put in what one change says of something that is there."""
    entity: Entity = state["entities"].get(one["key"], {})
    match one["change"]:
        case "field" | "reference":
            held = entity["fields"]
            for name in one["route"][:-1]:
                held = held[name]
            _put(held, one["route"][-1], one)
        case "text":
            entity["text"] = one["new"]
        case "part" if not one["target"]:
            entity["blob"] = one["new"]
        case "part":
            _put_or_drop(entity["parts"], one["target"], one["new"])
        case "approval":
            _put_or_drop(_controlled(state, one)["approvals"], one["evidence"], one["new"])
        case "state":
            facts = _controlled(state, one)
            _put(facts, one["fact"], one)
            if facts == {"approvals": {}}:
                del state["control"][one["key"]]
        case _:
            pass


def _controlled(state: State, one: Said) -> Entity:
    found: Entity = state["control"].setdefault(one["key"], {"approvals": {}})
    return found


def _put(held: Entity, name: str, one: Said) -> None:
    if "new" in one:
        held[name] = one["new"]
    else:
        del held[name]


def _put_or_drop(held: Entity, name: str, value: object) -> None:
    if value is None:
        held.pop(name, None)
    else:
        held[name] = value


def _place_rows(entities: Mapping[str, Entity], changes: Sequence[Said], away: set[str]) -> None:
    """Put the rows that came and moved behind those that they stand behind; the others keep their order."""
    behind: dict[tuple[str, str | None], str] = {}
    for one in _of(changes, "added", "moved"):
        entity = entities[one["key"]]
        if "in" in entity:
            behind[entity["in"], one["after"]] = one["key"]
    complete = {one["key"] for one in _of(changes, "added")}
    for key, register in entities.items():
        if "rows" in register and key not in complete:
            stayed = [row for row in register["rows"] if row not in away]
            register["rows"] = list(_in_order(key, stayed, behind))


def _in_order(
    register: str, stayed: Iterable[str], behind: Mapping[tuple[str, str | None], str]
) -> Iterator[str]:
    for row in (None, *stayed):
        last = row
        if last is not None:
            yield last
        while (following := behind.get((register, last))) is not None:
            yield following
            last = following
