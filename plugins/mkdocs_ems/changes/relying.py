"""Which references somebody relies on, and which of them lead to what has changed since.

Decided from the graph and the chain alone, without reading a text: nearly every reference
is done with here. What is left is handed on as questions, one for all who ask the same.
Knows nothing of what a text says.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from mkdocs_ems import dataclass
from mkdocs_ems.changes.differing import Asked
from mkdocs_ems.changes.looks import Look, Looks, Shown, Then
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import Content
from mkdocs_ems.graph import Edge, Node

_NOT_RELIED_ON = frozenset({"role", "person", "process", "register"}) | {
    "action",
    "instrument",
    "nonconformity",
    "posted-copy",
}
"""Kinds that nobody relies on as they are worded: who and where, and what is there to be worked off."""
_OF_THEIR_DAY = frozenset({"nonconformity", "posted-copy"})
"""Kinds that tell what was so on a day, whatever came of it; copies have a rule of their own."""
_SUCCESSION = frozenset({"supersedes", "superseded_by", "translation_of"})
"""Fields of which other rules speak."""
_GIVEN_UP = frozenset({"withdrawn", "repealed", "superseded"})
_OVER = _GIVEN_UP | {"cancelled", "closed", "done", "verified", "achieved", "not-achieved"}


def relied_on(node: Node) -> bool:
    """Whether anybody who names it relies on what it says."""
    if node.kind in _NOT_RELIED_ON:
        return False
    # There are thousands, and pydantic takes long to say that a field is not there.
    values = node.entity.__dict__
    # Of what is replaced other rules speak.
    return values.get("status") not in _GIVEN_UP and values.get("superseded_by") is None


def refers(node: Node) -> bool:
    """Whether something is in use, so that what it refers to matters."""
    values = node.entity.__dict__
    return (
        node.kind not in _OF_THEIR_DAY
        and values.get("status") not in _OVER
        and values.get("superseded_by") is None
    )


def counts(node: Node, edge: Edge) -> bool:
    """Whether a reference is one that no other rule speaks of: what replaces what, on which form."""
    return edge.field not in _SUCCESSION and not (
        edge.field == "form" and "form_issue" in node.entity.__dict__
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A document that refers, and another that said something else when it was last looked at."""

    look: Look
    shown: Shown
    then: Then
    asked: Asked


class Pairs:
    """Every document that refers with every other that has changed since; each pair decided once."""

    def __init__(self, compilation: Compilation, looks: Looks) -> None:
        self._compilation = compilation
        self._looks = looks
        assert compilation.control is not None, "asked of a state with a history"
        self._documents = compilation.control.documents
        self._shown = {
            id_: shown for id_, one in self._documents.items() if (shown := looks.shown(one)) is not None
        }
        self._asked: dict[tuple[str, tuple[str, ...]], Asked] = {}

    @property
    def asked(self) -> Iterable[Asked]:
        """What there is to read, once for all who ask the same."""
        return self._asked.values()

    def met(self) -> Iterator[tuple[Edge, Pair]]:
        """Each reference to what another document holds that has changed since the referrer was looked at."""
        graph, pairs = self._compilation.graph, dict[tuple[str, str], Pair | None]()
        nodes, last = graph.nodes, self._looks.last
        looked = {one: look for one, look in last.items() if one in self._shown}
        referrers = {id_: look for id_, node in nodes.items() if (look := looked.get(node.document or ""))}
        first = min((look.index for look in looked.values()), default=0)
        for target, node in nodes.items():
            shown = self._shown.get(node.document or "")
            if shown is None or shown.index <= first or not relied_on(node):
                continue
            holder, changed, seen = node.document or "", shown.index, set[tuple[str, str]]()
            for edge in graph.incoming.get(target, ()):
                look = referrers.get(edge.source)
                # Nearly every reference leads to what has not changed since: one number decides that.
                if look is None or look.index >= changed or look.document == holder:
                    continue
                if (look.document, holder) not in pairs:
                    pairs[look.document, holder] = self._pair(holder, look)
                pair, source = pairs[look.document, holder], nodes[edge.source]
                if pair is None or (edge.source, edge.field) in seen:
                    continue
                if refers(source) and counts(source, edge) and self._stands(source, look):
                    seen.add((edge.source, edge.field))
                    pair.asked.targets[target] = None
                    yield edge, pair

    def elsewhere(
        self, met: Iterable[tuple[Edge, Pair]]
    ) -> tuple[tuple[tuple[Edge, Pair], ...], Collection[Asked]]:
        """The same, with what is to be asked of rows that were not in the register that holds them today."""
        again: dict[tuple[str, int], Asked] = {}
        found: list[tuple[Edge, Pair]] = []
        for edge, pair in met:
            asked, place = pair.asked, (pair.asked.holder, pair.look.index)
            if edge.target != asked.holder and asked.differences.get(edge.target, ()) is None:
                if place not in again:
                    again[place] = Asked(asked.holder, asked.today, tuple(self._others(*place)))
                again[place].targets[edge.target] = None
                found.append((edge, replace(pair, asked=again[place])))
            else:
                found.append((edge, pair))
        return tuple(found), again.values()

    def _others(self, holder: str, index: int) -> Iterator[Content]:
        """What the other registers of a kind said at an event."""
        kind = self._documents[holder].type
        for one in self._documents.values():
            if one.type == kind and one.kind == "register" and one.id != holder:
                yield from self._looks.then(one, index, living=one.control == "periodic").contents

    def _stands(self, node: Node, look: Look) -> bool:
        """Whether a text is the one that was looked at; of registers each row is asked for later."""
        if node.id != node.document or node.kind == "register":
            return True
        entry = self._compilation.snapshot.entries.get(node.anchor.path)
        return entry is not None and entry.blob == look.content.blob

    def _pair(self, holder: str, look: Look) -> Pair | None:
        """What is asked of a document by one that was looked at then; None where it has not changed since."""
        document, shown = self._documents[holder], self._shown[holder]
        then = self._looks.changed_since(document, shown, look.index)
        if then is None:
            return None
        read = holder, tuple(one.blob for one in then.contents)
        if read not in self._asked:
            self._asked[read] = Asked(holder, shown.content, then.contents)
        return Pair(look, shown, then, self._asked[read])
