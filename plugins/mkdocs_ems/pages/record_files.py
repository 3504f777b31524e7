"""The files that a record gives as evidence: which of them are published, and what its page says of each.

Published as attachments of documents are: only what is there, and inert. Of a record that only some may
see nothing is: its page names the files and their checksums, by which whoever may see them knows them.
What such a record names is published of no other record either, under no name: the same bytes count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import basename

from markupsafe import Markup, escape

from mkdocs_ems.graph import Node
from mkdocs_ems.model import Entity, Record, Settings
from mkdocs_ems.model.records import Evidence
from mkdocs_ems.model.retention import USUAL, keeping
from mkdocs_ems.model.stores import in_store, leads_out, pointed_at
from mkdocs_ems.pages.attachments import published
from mkdocs_ems.pages.links import Links
from mkdocs_ems.pages.pieces import filled
from mkdocs_ems.pages.show import bullets
from mkdocs_ems.pages.values import Asset
from mkdocs_ems.pages.view import View
from mkdocs_ems.paths import resolve_local

_SHORT = 12


def access(record: Record, kind: str, settings: Settings) -> str | None:
    """Who may see a record: as it says itself, as is settled for its kind, or as is usual for it."""
    usual = USUAL.get(kind)
    return record.access or keeping(kind, settings.retention).access or (usual.access if usual else None)


def restricted(node: Node, view: View) -> bool:
    """Whether something is a record that only some may see."""
    return isinstance(node.entity, Record) and access(node.entity, node.kind, view.settings) == "restricted"


def files_of(node: Node, view: View) -> Mapping[str, Asset]:
    """The published files of a record, by paths below the content folder; none where it is restricted."""
    if not isinstance(node.entity, Record) or restricted(node, view):
        return {}
    snapshot = view.shown.snapshot
    prefix = f"{snapshot.content}/" if snapshot.content else ""
    here = [path for path in _named(node, node.entity, view) if _holder(path, view) is None]
    here = [path for path in here if pointed_at(snapshot.files.get(path, b"")) is None]
    found = published(node.id, snapshot.files, here)
    return {path[len(prefix) :]: asset for path, asset in found.items()}


def _named(node: Node, record: Record, view: View) -> set[str]:
    """The files below the content folder that a record gives as evidence, or that its text names, by path."""
    content = view.shown.snapshot.content
    prefix = f"{content}/" if content else ""
    named = {prefix + one.file for one in record.evidence if one.file is not None and not leads_out(one.file)}
    return named | {path for path in _in_the_text(node, view) if path.startswith(prefix)}


def _holder(path: str, view: View) -> str | None:
    """The restricted record that keeps a file in, or another one of the same bytes."""
    if not view.kept_in:
        view.kept_in.append(_kept_in(view))
    entry = view.shown.snapshot.entries.get(path)
    return view.kept_in[0].get(entry.blob) if entry is not None else None


def _kept_in(view: View) -> Mapping[str, str]:
    """By their bytes the files that restricted records name, each with the first of these records."""
    entries = view.shown.snapshot.entries
    found: dict[str, str] = {}
    for node in view.graph.nodes.values():
        if isinstance(node.entity, Record) and restricted(node, view):
            for path in _named(node, node.entity, view):
                if path in entries:
                    found.setdefault(entries[path].blob, node.id)
    return found


def _in_the_text(node: Node, view: View) -> Iterator[str]:
    """The files that the text of a record written in Markdown embeds or links to, by path."""
    source = view.shown.sources.files.get(node.anchor.path)
    for link in source.body.links if source is not None and source.body is not None else ():
        found = resolve_local(node.anchor.path, link.target)
        if found is not None and found[0] in view.shown.sources.assets:
            yield found[0]


def evidence_files(view: View) -> Iterator[Asset]:
    """Every published file of every record."""
    for node in view.graph.nodes.values():
        if isinstance(node.entity, Record):
            yield from files_of(node, view).values()


def has_files(node: Node, _view: View) -> bool:
    """Whether a record gives any file as evidence."""
    return isinstance(node.entity, Record) and any(one.file is not None for one in node.entity.evidence)


def only_files(field: str, entity: Entity) -> bool:
    """Whether a field says nothing beside the section on a record's files."""
    return field == "evidence" and isinstance(entity, Record) and all(one.file for one in entity.evidence)


def files_section(node: Node, view: View, links: Links) -> Markup:
    """Each file with where it is and how it is known again."""
    pieces = node.entity.evidence if isinstance(node.entity, Record) else ()
    files = files_of(node, view)
    content = view.shown.snapshot.content
    prefix = f"{content}/" if content else ""
    closed = restricted(node, view)
    return bullets(
        [
            _line(one, one.file, files, links, holder=node.id if closed else _holder(prefix + one.file, view))
            for one in pieces
            if one.file is not None
        ]
    )


def _line(
    piece: Evidence, file: str, files: Mapping[str, Asset], links: Links, *, holder: str | None
) -> Markup:
    stored = in_store(file)
    asset = files.get(file)
    aside = [piece.what or ""]
    if stored is not None:
        name = escape(stored[1])
        aside.append(f"in the store {stored[0]}, outside of the manual")
    elif asset is not None:
        name = filled('<a href="%s">%s</a>', links.up + asset.path, basename(file))
    else:
        name = escape(file)
        aside.append("not published" + (f": {holder} is restricted" if holder is not None else ""))
    if piece.sha256:
        aside.append(f"sha256 {piece.sha256[:_SHORT].lower()}…")
    said = ", ".join(filter(None, aside))
    return filled('%s <span class="ems-aside">(%s)</span>', name, said) if said else name
