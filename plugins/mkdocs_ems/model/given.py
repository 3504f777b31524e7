"""Which files records give as evidence: those they name, and those that their text shows or links.

Paths begin below the content folder. Whether a file is there, and is the one that was meant, is a
rule's question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems.diagnostics import Route
from mkdocs_ems.model.instruments import InstrumentRow
from mkdocs_ems.model.reading import written_indices
from mkdocs_ems.model.records import Evidence, Record
from mkdocs_ems.model.stores import in_store
from mkdocs_ems.model.values import Entry
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.source import Sources


def evidence_of(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Route, Evidence]]:
    """Every piece of evidence that a record or row gives, with the route to it as it is written."""
    for entry in entries:
        entity = entry.entity
        pieces = getattr(entity, "evidence", ())
        if pieces and isinstance(pieces[0], Evidence):
            yield from _within(entry, ("evidence",), pieces)
        if isinstance(entity, InstrumentRow):
            written = written_indices(entry.dropped, ("calibrations",), len(entity.calibrations))
            for index, one in zip(written, entity.calibrations, strict=True):
                yield from _within(entry, ("calibrations", index, "evidence"), one.evidence)


def _within(
    entry: Entry, route: Route, pieces: tuple[Evidence, ...]
) -> Iterator[tuple[Entry, Route, Evidence]]:
    places = written_indices(entry.dropped, route, len(pieces))
    yield from ((entry, (*route, at), piece) for at, piece in zip(places, pieces, strict=True))


def evidence_given(sources: Sources, entries: Iterable[Entry]) -> frozenset[str]:
    """Every file below the content folder that some record gives as evidence, as far as paths can say.

    Args:
        sources: the files; their content folder is that of the paths.
        entries: whatever is written; only records are looked at.
    """
    return frozenset(path for entry in entries for path in given_by(entry, sources))


def given_by(entry: Entry, sources: Sources) -> Iterator[str]:
    """The files that one entry gives, where it is a record."""
    record = entry.entity
    if not isinstance(record, Record):
        return
    for one in record.evidence:
        if one.file is not None and in_store(one.file) is None:
            yield one.file
    prefix = f"{sources.content}/" if sources.content else ""
    yield from (link.removeprefix(prefix) for link in record.links)
    source = sources.files.get(entry.anchor.path)
    for link in source.body.links if source is not None and source.body is not None else ():
        target = resolve_local(entry.anchor.path, link.target)
        if target is not None and target[0].startswith(prefix):
            yield target[0][len(prefix) :]
