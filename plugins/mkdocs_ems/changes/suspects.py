"""Suspect links: what they lead to has changed since who refers was last looked at.

Derived from the chain and from what was written, as far as possible without reading any
file: documents are decided by their contents, and only of those that changed are earlier
ones read. What counts as a change stands in `model.lasting`, what as a look in `looks`.
Says nothing of whether a link is still right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date

from mkdocs_ems import dataclass
from mkdocs_ems.changes.differing import Differing, row_number, tells_rows
from mkdocs_ems.changes.looks import Look, Looks
from mkdocs_ems.changes.relying import Pair, Pairs, counts, refers, relied_on
from mkdocs_ems.changes.row_texts import RowTexts, parsed_rows
from mkdocs_ems.compile import Compilation
from mkdocs_ems.git.values import Blobs
from mkdocs_ems.graph import Edge
from mkdocs_ems.graph.link import TEXT

MOST_BYTES = 64_000_000
"""Of earlier contents; what would take more is not judged, and that is said."""


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

    @property
    def of_one_issue(self) -> bool:
        """Whether the issue in force is the only one since the look, so that its first day dates the change.

        Of several each may have brought it, and most of them say of a row what they said before.
        """
        return self.now is not None and self.now == (self.then or 0) + 1


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


def suspects(compilation: Compilation) -> Suspects:
    """Find every suspect link; ask while the repository is open.

    Where there is no history, or nothing to read earlier contents with, none is found: whoever
    asks says that nothing was judged.
    """
    control, blobs = compilation.control, compilation.blobs
    if control is None or blobs is None:
        return Suspects()
    pairs = Pairs(compilation, Looks(control))
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
        if target in nodes and relied_on(nodes[target])
        for edge in graph.incoming.get(target, ())
        if (node := nodes[edge.source]).document in referring and refers(node) and counts(node, edge)
    ]
    return tuple(sorted(found, key=_written_order(compilation)))


def _suspect(compilation: Compilation, edge: Edge, pair: Pair) -> Suspect:
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


# --- Who refers as it was looked at -------------------------------------------------------


def _standing(compilation: Compilation, blobs: Blobs, told: Collection[tuple[Edge, Pair]]) -> Collection[str]:
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
    told_apart: dict[str, bool] = {}
    for blob, data in (blobs.read(rewritten) if rewritten else {}).items():
        then = RowTexts(data)
        for source in rewritten[blob]:
            path, at = nodes[source].anchor.path, row_number(nodes[source])
            if path not in here:
                here[path] = RowTexts(snapshot.files[path])
                told_apart[path] = tells_rows(here[path], snapshot.entries[path].blob, path, compilation)
            now = here[path]
            text = now.of(source, at) if told_apart[path] else None
            if text is not None:
                stands = then.of(source, at) == text
            else:
                was, told_now = (parsed_rows(path, one).get(source) for one in (data, snapshot.files[path]))
                stands = was is not None and was == told_now
            if stands:
                standing.add(source)
    return standing
