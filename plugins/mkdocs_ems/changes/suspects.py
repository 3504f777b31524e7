"""Suspect links: what they lead to has changed since who refers was last looked at.

Derived from the chain and from what was written, as far as possible without reading any
file: documents are decided by their contents, and only of those that changed are earlier
ones read. What counts as a change stands in `model.lasting`, what as a look in `looks`.
Says nothing of whether a link is still right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.changes.differing import Asked, Differing, row_number
from mkdocs_ems.changes.looks import Look, Looks, Shown, Then
from mkdocs_ems.changes.row_texts import RowTexts
from mkdocs_ems.compile import Compilation
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
    Differing(compilation, blobs, most=MOST_BYTES).answer(pairs.asked)
    told = [(edge, pair) for edge, pair in met if edge.target in pair.asked.differences]
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
    nodes, looks = compilation.graph.nodes, Looks(control).last
    changing = {nodes[one].document for one in changed if one in nodes}
    targets = frozenset(one for one in changed if one in nodes and _relied_on(nodes[one]))
    return tuple(
        edge
        for node, edges in _referrers(compilation)
        if node.document in looks and node.document not in changing
        for edge in edges
        if edge.target in targets and nodes[edge.target].document != node.document and _counts(node, edge)
    )


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


def _referrers(compilation: Compilation) -> Iterator[tuple[Node, tuple[Edge, ...]]]:
    """What is in use and refers to something, with all its references."""
    nodes = compilation.graph.nodes
    for source, edges in compilation.graph.outgoing.items():
        node = nodes[source]
        values = node.entity.__dict__
        if node.kind in _OF_THEIR_DAY or values.get("status") in _OVER:
            continue
        if values.get("superseded_by") is None:
            yield node, edges


def _counts(node: Node, edge: Edge) -> bool:
    """Whether a reference is one that no other rule speaks of: what replaces what, on which form."""
    return edge.field not in _SUCCESSION and not (
        edge.field == "form" and "form_issue" in node.entity.__dict__
    )


@dataclass(slots=True)
class _Referrer:
    """A document that refers, with what has been decided of those that it refers to."""

    look: Look
    pairs: dict[str, _Pair | None] = field(default_factory=dict)


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
        self._referrers: dict[str, _Referrer | None] = {}
        self._asked: dict[tuple[str, tuple[str, ...]], Asked] = {}

    @property
    def asked(self) -> Iterable[Asked]:
        """What there is to read, once for all who ask the same."""
        return self._asked.values()

    def met(self) -> Iterator[tuple[Edge, _Pair]]:
        """Each reference to what another document holds that has changed since the referrer was looked at."""
        # Nearly every reference leads to what has not changed since: that is decided by one number.
        came = {
            id_: (document, shown.index)
            for id_, node in self._compilation.graph.nodes.items()
            if (document := node.document)
            and (shown := self._shown.get(document)) is not None
            and _relied_on(node)
        }
        for node, edges in _referrers(self._compilation):
            known = self._known(node)
            if known is None:
                continue
            document, index, pairs = node.document, known.look.index, known.pairs
            seen: list[tuple[str, str]] = []
            for edge in edges:
                to = came.get(edge.target)
                if to is None or to[1] <= index or to[0] == document:
                    continue
                holder = to[0]
                if holder not in pairs:
                    pairs[holder] = self._pair(holder, known.look)
                pair = pairs[holder]
                if pair is not None and _counts(node, edge) and (edge.field, edge.target) not in seen:
                    seen.append((edge.field, edge.target))
                    pair.asked.targets[edge.target] = None
                    yield edge, pair

    def _known(self, node: Node) -> _Referrer | None:
        """The document that holds a referrer; None where nobody looked at it as it stands."""
        document = node.document or ""
        if document not in self._referrers:
            look = self._looks.last.get(document) if document in self._shown else None
            self._referrers[document] = _Referrer(look) if look is not None else None
        known = self._referrers[document]
        return known if known is not None and self._stands(node, known.look) else None

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
