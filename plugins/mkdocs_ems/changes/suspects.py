"""Suspect links: what they lead to has changed since who refers was last looked at.

Derived from the chain and from what was written, as far as possible without reading any
file: documents are decided by their contents, and only of those that changed are earlier
ones read. What counts as a change stands in `model.lasting`, what as a look in `looks`.
Says nothing of whether a link is still right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.changes.differing import Asked, Differing, row_number
from mkdocs_ems.changes.looks import Look, Looks, Shown, Then
from mkdocs_ems.changes.row_texts import RowTexts
from mkdocs_ems.compile import Compilation
from mkdocs_ems.control import Content
from mkdocs_ems.git.values import Blobs
from mkdocs_ems.graph import Edge, Node
from mkdocs_ems.graph.link import TEXT

MOST_BYTES = 64_000_000
"""Of earlier contents; what would take more is not judged, and that is said."""

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


@dataclass(frozen=True, slots=True)
class Suspect:
    """One reference to something that has changed since its referrer was last looked at."""

    edge: Edge
    document: str
    """The controlled document that refers, or holds the row that does."""
    holder: str
    """The one that is referred to, or holds the row that is."""
    look: Look
    then: int | None
    """The issue of the holder that had been approved at that time, if any."""
    now: int | None
    """The issue in force; None where the holder is a living register."""
    since: date | None
    """The first day of that issue in force."""
    what: tuple[str, ...]
    """The fields that differ, as their keys are written; none where it is the text."""
    came: bool
    """It was not there at all."""

    @property
    def in_passing(self) -> bool:
        """Whether a text merely names a whole document."""
        return self.edge.field == TEXT and self.edge.target == self.holder


@dataclass(frozen=True, slots=True)
class Suspects:
    """All suspect links of a state."""

    found: tuple[Suspect, ...] = ()
    """By the id of the referrer, in the order in which its references are written; each once."""
    not_judged: tuple[str, ...] = ()
    """Documents whose references would have taken too many earlier contents."""

    @property
    def by_document(self) -> Mapping[str, tuple[Suspect, ...]]:
        """The same by the document that refers."""
        found: defaultdict[str, list[Suspect]] = defaultdict(list)
        for one in self.found:
            found[one.document].append(one)
        return {id_: tuple(found[id_]) for id_ in sorted(found)}


@dataclass(frozen=True, slots=True)
class _Pair:
    """A document that refers, and another that said something else when it was last looked at."""

    look: Look
    shown: Shown
    then: Then
    asked: Asked


def suspects(compilation: Compilation) -> Suspects:
    """Find every suspect link; ask while the repository is open.

    Where there is no history, or nothing to read earlier contents with, none is found: whoever
    asks says that nothing was judged.
    """
    control, blobs = compilation.control, compilation.blobs
    if control is None or blobs is None:
        return Suspects()
    pairs = _Pairs(compilation, Looks(control))
    met = tuple(pairs.met())
    differing = Differing(compilation, blobs, most=MOST_BYTES)
    differing.answer(pairs.asked)
    # A row that was not in its register may have stood in another of the kind.
    met, again = pairs.elsewhere(met)
    differing.answer(again)
    told = [(edge, pair) for edge, pair in met if edge.target in pair.asked.differences]
    order = _written_order(compilation)
    told.sort(key=lambda one: order(one[0]))
    standing = _standing(compilation, blobs, told)
    unread = {_holder(compilation, edge.source) for edge, pair in met if not pair.asked.judged}
    return Suspects(
        tuple(_suspect(compilation, edge, pair) for edge, pair in told if edge.source in standing),
        tuple(sorted(unread)),
    )


def would_be_suspect(compilation: Compilation, changed: Collection[str]) -> tuple[Edge, ...]:
    """The references that become suspect once changes of some things are approved.

    None of a document that changes itself: whoever approves that looks at it.

    Args:
        compilation: the state with the changes.
        changed: ids of rows and documents whose content is another.
    """
    control = compilation.control
    if control is None:
        return ()
    graph, looks, nodes = compilation.graph, Looks(control), compilation.graph.nodes
    in_force = {id_ for id_ in looks.last if looks.shown(control.documents[id_]) is not None}
    referring = in_force - {nodes[one].document or "" for one in changed if one in nodes}
    found = [
        edge
        for target in changed
        if target in nodes and _relied_on(nodes[target])
        for edge in graph.incoming.get(target, ())
        if (node := nodes[edge.source]).document in referring and _refers(node) and _counts(node, edge)
    ]
    return tuple(sorted(found, key=_written_order(compilation)))


def _suspect(compilation: Compilation, edge: Edge, pair: _Pair) -> Suspect:
    what, then, now = pair.asked.differences[edge.target], pair.then.issue, pair.shown.issue
    return Suspect(
        edge=edge,
        document=_holder(compilation, edge.source),
        holder=pair.asked.holder,
        look=pair.look,
        then=then.number if then else None,
        now=now.number if now else None,
        since=now.effective_from if now else None,
        what=what or (),
        came=what is None,
    )


def _written_order(compilation: Compilation) -> Callable[[Edge], tuple[str, int]]:
    """By referrer, then in the order in which it names things."""
    outgoing = compilation.graph.outgoing
    return lambda edge: (edge.source, outgoing[edge.source].index(edge))


def _holder(compilation: Compilation, identity: str) -> str:
    holder = compilation.graph.nodes[identity].document
    assert holder is not None, "only what a controlled document holds is looked at"
    return holder


# --- Which references there are -----------------------------------------------------------


def _relied_on(node: Node) -> bool:
    """Whether anybody who names it relies on what it says."""
    if node.kind in _NOT_RELIED_ON:
        return False
    # There are thousands, and pydantic takes long to say that a field is not there.
    values = node.entity.__dict__
    # Of what is replaced other rules speak.
    return values.get("status") not in _GIVEN_UP and values.get("superseded_by") is None


def _refers(node: Node) -> bool:
    """Whether something is in use, so that what it refers to matters."""
    values = node.entity.__dict__
    return (
        node.kind not in _OF_THEIR_DAY
        and values.get("status") not in _OVER
        and values.get("superseded_by") is None
    )


def _counts(node: Node, edge: Edge) -> bool:
    """Whether a reference is one that no other rule speaks of: what replaces what, on which form."""
    return edge.field not in _SUCCESSION and not (
        edge.field == "form" and "form_issue" in node.entity.__dict__
    )


class _Pairs:
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

    def met(self) -> Iterator[tuple[Edge, _Pair]]:
        """Each reference to what another document holds that has changed since the referrer was looked at."""
        graph, pairs = self._compilation.graph, dict[tuple[str, str], _Pair | None]()
        referrers = {id_: look for id_, node in graph.nodes.items() if (look := self._look(node)) is not None}
        first = min((look.index for look in referrers.values()), default=0)
        for target, node in graph.nodes.items():
            shown = self._shown.get(node.document or "")
            if shown is None or shown.index <= first or not _relied_on(node):
                continue
            holder, changed, seen = node.document or "", shown.index, set[tuple[str, str]]()
            for edge in graph.incoming.get(target, ()):
                look = referrers.get(edge.source)
                # Nearly every reference leads to what has not changed since: one number decides that.
                if look is None or look.index >= changed or look.document == holder:
                    continue
                if (look.document, holder) not in pairs:
                    pairs[look.document, holder] = self._pair(holder, look)
                pair, reference = pairs[look.document, holder], (edge.source, edge.field)
                if pair is not None and reference not in seen and _counts(graph.nodes[edge.source], edge):
                    seen.add(reference)
                    pair.asked.targets[target] = None
                    yield edge, pair

    def elsewhere(
        self, met: Iterable[tuple[Edge, _Pair]]
    ) -> tuple[tuple[tuple[Edge, _Pair], ...], Collection[Asked]]:
        """The same, with what is to be asked of rows that were not in the register that holds them today."""
        again: dict[tuple[str, int], Asked] = {}
        found: list[tuple[Edge, _Pair]] = []
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

    def _look(self, node: Node) -> Look | None:
        """When a referrer was last looked at, if it stands as it was then."""
        look = self._looks.last.get(node.document or "")
        if look is None or look.document not in self._shown or not _refers(node):
            return None
        return look if self._stands(node, look) else None

    def _stands(self, node: Node, look: Look) -> bool:
        """Whether a text is the one that was looked at; of registers each row is asked for later."""
        if node.id != node.document or node.kind == "register":
            return True
        entry = self._compilation.snapshot.entries.get(node.anchor.path)
        return entry is not None and entry.blob == look.content.blob

    def _pair(self, holder: str, look: Look) -> _Pair | None:
        """What is asked of a document by one that was looked at then; None where it has not changed since."""
        document, shown = self._documents[holder], self._shown[holder]
        then = self._looks.changed_since(document, shown, look.index)
        if then is None:
            return None
        read = holder, tuple(one.blob for one in then.contents)
        if read not in self._asked:
            self._asked[read] = Asked(holder, shown.content, then.contents)
        return _Pair(look, shown, then, self._asked[read])


# --- Who refers as it was looked at -------------------------------------------------------


def _standing(
    compilation: Compilation, blobs: Blobs, told: Collection[tuple[Edge, _Pair]]
) -> Collection[str]:
    """The referrers that are written as when they were looked at; what was written since waits for that."""
    snapshot, nodes = compilation.snapshot, compilation.graph.nodes
    standing: set[str] = set()
    rewritten: dict[str, list[str]] = {}
    for edge, pair in told:
        entry = snapshot.entries.get(nodes[edge.source].anchor.path)
        if entry is not None and entry.blob == pair.look.content.blob:
            standing.add(edge.source)
        elif edge.source != nodes[edge.source].document:
            rewritten.setdefault(pair.look.content.blob, []).append(edge.source)
    here: dict[str, RowTexts] = {}
    for blob, data in (blobs.read(rewritten) if rewritten else {}).items():
        then = RowTexts(data)
        for source in rewritten[blob]:
            path, at = nodes[source].anchor.path, row_number(nodes[source])
            now = here.setdefault(path, RowTexts(snapshot.files[path]))
            text = now.of(source, at)
            if text is not None and then.holds(text, now.place(at)):
                standing.add(source)
    return standing
