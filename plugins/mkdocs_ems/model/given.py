"""Which files records give as evidence: those they name, and those that their text shows or links.

Paths begin below the content folder. Whether a file is there, and is the one that was meant, is a
rule's question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mkdocs_ems.model.records import Record
from mkdocs_ems.model.values import Entry
from mkdocs_ems.paths import resolve_local
from mkdocs_ems.source import Sources

STORE_MARK = ":"
"""What stands between the name of a store outside the tree and a path in it."""


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
        if one.file is not None and STORE_MARK not in one.file:
            yield one.file.removeprefix("./")
    prefix = f"{sources.content}/" if sources.content else ""
    yield from (link.removeprefix(prefix) for link in record.links)
    source = sources.files.get(entry.anchor.path)
    for link in source.body.links if source is not None and source.body is not None else ():
        target = resolve_local(entry.anchor.path, link.target)
        if target is not None and target[0].startswith(prefix):
            yield target[0][len(prefix) :]
