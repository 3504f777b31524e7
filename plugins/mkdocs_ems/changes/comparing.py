"""Two states to what differs between them, as typed changes in a total order.

Looks only at files that differ, and at what depends on them. Who goes by the same key is the
same; rows alone may have gone over to another. Renders nothing and judges nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import get_args

from mkdocs_ems import dataclass
from mkdocs_ems.changes.fields import field_changes, without
from mkdocs_ems.changes.layout import Layout, layout
from mkdocs_ems.changes.measured import reading_changes
from mkdocs_ems.changes.ordering import Neighbours
from mkdocs_ems.changes.renumbering import Renumbered, renumbered
from mkdocs_ems.changes.signing_keys import key_changes
from mkdocs_ems.changes.standing import changed_control, control_changes
from mkdocs_ems.changes.values import (
    Added,
    ApprovalChanged,
    Change,
    Comparison,
    FieldChanged,
    KeyChange,
    Moved,
    Named,
    PartChanged,
    ReferencesChanged,
    Removed,
    Side,
    StateChanged,
    TextChanged,
    Where,
    Written,
    WrittenState,
)
from mkdocs_ems.changes.written import RULES, named, written_in
from mkdocs_ems.collector import without_collector
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import DocumentControl
from mkdocs_ems.control.places import Places
from mkdocs_ems.model import Model, Settings, Shape

_ORDER: Mapping[type, int] = {kind: place for place, kind in enumerate(get_args(Change))}


def compare(before: Compilation, after: Compilation, *, approved: bool = False) -> Comparison:
    """Tell what differs between two states.

    Args:
        before: the one state.
        after: the other, which the changes lead to.
        approved: both were compiled as staff read them; said in the headers.
    """
    with without_collector():
        return _Comparing(before, after).comparison(approved=approved)


def side(compilation: Compilation, *, approved: bool = False) -> Side:
    """How a state is called."""
    snapshot = compilation.snapshot
    return Side(
        ref=snapshot.ref,
        commit=snapshot.commit,
        as_of=compilation.as_of,
        edition=compilation.settings.edition,
        approved=approved,
        dirty=snapshot.dirty,
    )


@dataclass(frozen=True, slots=True)
class _State:
    """One of the two, as far as it is looked at."""

    compilation: Compilation
    where: Layout
    written: WrittenState

    @property
    def entities(self) -> Mapping[str, Written]:
        return self.written.entities

    def named(self, key: str) -> Named:
        return named(self.written, key)

    def control_named(self, document: DocumentControl) -> Named | None:
        return self.named(document.id) if document.id in self.entities else None

    def mentions(self, key: str) -> tuple[str, ...]:
        """The ids that a document's text mentions, each once."""
        content = self.compilation.sources.content
        path = self.entities[key].path
        source = self.compilation.sources.files.get(f"{content}/{path}" if content else path)
        found = source.body.mentions if source is not None and source.body is not None else ()
        return tuple(dict.fromkeys(mention.id for mention in found))


class _Comparing:
    """Two states side by side."""

    def __init__(self, before: Compilation, after: Compilation) -> None:
        there, here = layout(before), layout(after)
        self._controlled = changed_control(before.control, after.control)
        only = _concerned(there, here)
        # Of whom control tells something else is looked at too, for its name alone.
        only |= {path for where in (there, here) for path in where.files_of(self._controlled)}
        self._old = _State(before, there, written_in(before, there, only=only))
        self._new = _State(after, here, written_in(after, here, only=only))
        gone, came = self._strangers(self._old, self._new), self._strangers(self._new, self._old)
        self._renumbered: Renumbered = renumbered(_rows(gone), _rows(came))
        self._partners = {
            key: key for key in self._new.entities if key in self._old.entities and key not in came
        }
        self._partners |= {new: old for old, new in self._renumbered.pairs.items()}

    def comparison(self, *, approved: bool) -> Comparison:
        before, after = self._old.compilation, self._new.compilation
        control = tuple(self._control())
        changes = sorted((*self._changes(), *control), key=_place)
        return Comparison(
            before=side(before, approved=approved),
            after=side(after, approved=approved),
            changes=tuple(changes),
            measured=reading_changes(before.model, after.model),
            keys=self._keys(),
            rewritten=tuple(self._rewritten()),
            records=tuple(self._records(control)),
            not_paired=self._renumbered.not_paired,
            content=after.sources.content,
        )

    @staticmethod
    def _strangers(state: _State, other: _State) -> Mapping[str, Written]:
        """What the other state does not have, or has as something of another sort."""
        return {
            key: one
            for key, one in state.entities.items()
            if key not in other.entities or not _same_sort(one, other.entities[key])
        }

    def _changes(self) -> Iterator[Change]:
        stayed = set(self._partners.values())
        for key, written in self._old.entities.items():
            if key not in stayed:
                yield Removed(self._old.named(key), written)
        rows = Neighbours(self._old.entities, self._new.entities, self._partners)
        for key, written in self._new.entities.items():
            partner = self._partners.get(key)
            if partner is None:
                yield Added(self._new.named(key), written, rows.after.get(key))
            else:
                yield from self._differing(partner, key, rows)

    def _differing(self, old: str, new: str, rows: Neighbours) -> Iterator[Change]:
        """What differs in one entity that both states have."""
        was, now = self._old.entities[old], self._new.entities[new]
        if old == new and was == now and new not in rows.moved:
            return
        where = _where(old, new, was, now)
        if new in rows.moved or (old != new and not where):
            where |= {Where.PLACE}
        of = self._new.named(new)
        if where:
            yield Moved(of, self._old.named(old), frozenset(where), rows.after.get(new))
        model = _model(now.kind, self._new.compilation.model, self._old.compilation.model)
        yield from field_changes(of, was.fields, now.fields, model=model)
        if was.text != now.text:
            before, after = self._old.mentions(old), self._new.mentions(new)
            went, came = without(before, after, by=str), without(after, before, by=str)
            yield TextChanged(of, was.text, now.text, went, came)
        for target in sorted(was.parts.keys() | now.parts.keys()):
            if was.parts.get(target) != now.parts.get(target):
                yield PartChanged(of, target, was.parts.get(target), now.parts.get(target))
        if was.blob != now.blob:
            yield PartChanged(of, "", was.blob or None, now.blob or None)

    def _control(self) -> Iterator[ApprovalChanged | StateChanged]:
        name = partial(_control_name, self._old, self._new)
        before, after = self._old.compilation.control, self._new.compilation.control
        yield from control_changes(before, after, among=self._controlled, name=name)

    def _keys(self) -> tuple[KeyChange, ...]:
        before, after = (
            state.compilation.sources.raw.get(Places(state.compilation.sources.content).signers, b"")
            for state in (self._old, self._new)
        )
        return key_changes(before, after) if before != after else ()

    def _rewritten(self) -> Iterator[str]:
        """Parsed files whose bytes differ and whose data do not."""
        old, new = _by_path(self._old), _by_path(self._new)
        for path in sorted(old.keys() & new.keys()):
            if self._old.where.blobs[path] != self._new.where.blobs[path] and old[path] == new[path]:
                yield path

    def _records(self, control: Sequence[ApprovalChanged | StateChanged]) -> Iterator[str]:
        """Records of approval that differ, without those by which an approval came, went or says otherwise.

        Whoever spoils a record changes no approval, and one that counts for nothing makes none.
        """
        told = [one.evidence for one in control if isinstance(one, ApprovalChanged)]
        for path in sorted(_differing(self._old.where.records, self._new.where.records)):
            evidence = f"{Places(self._new.compilation.sources.content).prefix}{path.removesuffix('.sig')} "
            if not any(one.startswith(evidence) for one in told):
                yield path


def _concerned(old: Layout, new: Layout) -> set[str]:
    """The files to look at: those that differ, and those that are called or used otherwise because of it."""
    found = _differing(old.blobs, new.blobs) | _differing(old.parts, new.parts)
    return found | (old.attached ^ new.attached) | old.shared(new) | new.shared(old)


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> set[str]:
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def _control_name(old: _State, new: _State, document: DocumentControl) -> Named:
    known = new.control_named(document) or old.control_named(document)
    if known is not None:
        return known
    content = new.compilation.sources.content
    path = document.path.removeprefix(f"{content}/") if content else document.path
    kind = document.kind if document.kind == "register" else document.type or document.kind
    return Named(document.id, document.id, kind, document.title, document.id, path)


def _rows(written: Mapping[str, Written]) -> Mapping[str, Written]:
    return {key: one for key, one in written.items() if one.document is not None}


def _same_sort(one: Written, other: Written) -> bool:
    """Whether both are rows, documents, registers: anything else is another thing by the same name."""
    return (one.document is None, one.text is None, one.rows is None, one.kind == RULES) == (
        other.document is None,
        other.text is None,
        other.rows is None,
        other.kind == RULES,
    )


def _where(old: str, new: str, was: Written, now: Written) -> set[Where]:
    """In which respect one stands elsewhere than the other, its place among rows left out."""
    found = set()
    if old != new and was.id != now.id:
        found.add(Where.ID)
    if was.kind != now.kind:
        found.add(Where.KIND)
    if was.document != now.document:
        found.add(Where.REGISTER)
    elif now.document is None and was.path != now.path:
        found.add(Where.PATH)
    return found


def _model(kind: str, *models: Model) -> type[Shape] | None:
    if kind == RULES:
        return Settings
    return next((model.kinds[kind].model for model in models if kind in model.kinds), None)


def _by_path(state: _State) -> Mapping[str, Mapping[str, object]]:
    """What is said in each parsed file, without what lies in other files."""
    found: dict[str, dict[str, object]] = defaultdict(dict)
    for key, one in state.entities.items():
        if one.kind == RULES or one.document is not None or one.path in state.where.kinds:
            found[one.path][key] = (one.kind, one.fields, one.text, one.rows, one.blob)
    return found


def _place(change: Change) -> tuple[bool, str, int, str, Sequence[str]]:
    """A place of its own for every change."""
    of = change.of
    detail: Collection[str] = ()
    match change:
        case FieldChanged(route=route) | ReferencesChanged(route=route):
            detail = route
        case PartChanged(target=target):
            detail = (target,)
        case ApprovalChanged(evidence=evidence):
            detail = (evidence,)
        case StateChanged(fact=fact):
            detail = (fact,)
        case _:
            pass
    return of.document is None, of.document or "", _ORDER[type(change)], of.key, tuple(detail)
