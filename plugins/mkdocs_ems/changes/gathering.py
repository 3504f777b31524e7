"""Changes gathered for a reader: by document, by register, by clause, and how many of each kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from mkdocs_ems.changes.values import (
    Added,
    ApprovalChanged,
    Change,
    Comparison,
    FieldChanged,
    Moved,
    Named,
    PartChanged,
    ReferencesChanged,
    Removed,
    StateChanged,
    TextChanged,
)
from mkdocs_ems.changes.written import REGISTER
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control.places import RULES_ID
from mkdocs_ems.model.clauses import clause_order

K = TypeVar("K")

_WORDS: Mapping[type, str] = {
    Added: "added",
    Removed: "removed",
    Moved: "moved",
    FieldChanged: "field",
    ReferencesChanged: "reference",
    TextChanged: "text",
    PartChanged: "part",
    ApprovalChanged: "approval",
    StateChanged: "state",
}
WORDS = tuple(_WORDS.values())
"""What each kind of change is called, in their order."""


def word(change: Change) -> str:
    """What kind of change it is, in one word of `WORDS`."""
    return _WORDS[type(change)]


def counts(changes: Iterable[Change]) -> Mapping[str, int]:
    """How many there are of each kind, in the order of `WORDS`; kinds without any are left out."""
    found = Counter(map(word, changes))
    return {kind: found[kind] for kind in WORDS if found[kind]}


def by_document(comparison: Comparison) -> Mapping[str | None, tuple[Change, ...]]:
    """By the key of the document or register that they belong to; last, under None, those of files."""
    return _gathered(comparison.changes, lambda change: (change.of.document,))


def by_register(comparison: Comparison) -> Mapping[str, tuple[Change, ...]]:
    """Those of registers and their rows, by the register's key.

    A row that went from one register to another stands under both. Records stand in no register.
    """

    def registers(change: Change) -> Iterable[str]:
        of = change.of
        if of.path.startswith("records/"):
            return ()
        here = of.document if of.document != of.key or of.kind == REGISTER else None
        there = change.was.document if isinstance(change, Moved) and here is not None else None
        return dict.fromkeys(one for one in (here, there) if one is not None)

    return dict(sorted(_gathered(comparison.changes, registers).items()))


def by_clause(comparison: Comparison) -> Mapping[str | None, tuple[Change, ...]]:
    """By each clause that the changed thing answers, in the standard's order; the others last, under None.

    What went to another place stands under the clauses of both.
    """

    def clauses(change: Change) -> Iterable[str | None]:
        was = change.was.clauses if isinstance(change, Moved) else ()
        return dict.fromkeys((*change.of.clauses, *was)) or (None,)

    found = _gathered(comparison.changes, clauses)
    return dict(
        sorted(found.items(), key=lambda one: (one[0] is None, clause_order(one[0] or ""), one[0] or ""))
    )


def by_entity(changes: Iterable[Change]) -> Mapping[str, tuple[Change, ...]]:
    """By the key of whom they speak: documents and registers first, then in the order of their keys."""
    ordered = sorted(changes, key=lambda change: (change.of.key != change.of.document, change.of.key))
    return _gathered(ordered, lambda change: (change.of.key,))


def titles(before: Compilation, after: Compilation) -> Mapping[str, str]:
    """What documents and registers are called, by id; those that are gone as they were called."""
    found: dict[str, str] = {}
    for state in (before, after):
        found |= {node.id: node.title for node in state.graph.nodes.values() if node.document == node.id}
        if state.control is not None:
            found |= {one.id: one.title for one in state.control.documents.values()}
    return found


def only_of(comparison: Comparison, identities: Collection[str]) -> Comparison:
    """What concerns some things alone, by their ids: documents with all that they hold, or single rows."""

    def concerns(of: Named) -> bool:
        return not {of.key, of.id, of.document}.isdisjoint(identities)

    return replace(
        comparison,
        changes=tuple(
            one
            for one in comparison.changes
            if concerns(one.of) or (isinstance(one, Moved) and concerns(one.was))
        ),
        measured=tuple(one for one in comparison.measured if one.parameter in identities),
        keys=comparison.keys if RULES_ID in identities else (),
        rewritten=(),
        records=(),
        # Of the rest of the folder nothing is known any more.
        content="",
    )


def _gathered(
    changes: Iterable[Change], keys: Callable[[Change], Iterable[K]]
) -> dict[K, tuple[Change, ...]]:
    found: dict[K, list[Change]] = defaultdict(list)
    for change in changes:
        for key in keys(change):
            found[key].append(change)
    return {key: tuple(held) for key, held in found.items()}
