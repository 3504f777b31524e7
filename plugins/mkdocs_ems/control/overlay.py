"""The approved overlay: the head's tree as staff may read it.

Every document at its issue in force, or at what is approved for the interim while that lasts,
with exactly the files that were approved with it; registers under periodic control and records
as they landed; the rules as approved. Nothing else: a file that belongs to none of them is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from mkdocs_ems.control.places import RULES_ID, Place, Places, is_markdown
from mkdocs_ems.control.states import ControlState, DocumentControl
from mkdocs_ems.control.values import Content
from mkdocs_ems.git.values import Blobs, Entry, EntryKind, Snapshot
from mkdocs_ems.source import local_parts

_CLASH = ""
"""Stands for a blob where two issues in force need different files at one path."""


def approved_snapshot(
    snapshot: Snapshot, control: ControlState, *, blobs: Blobs, given: Iterable[str] = ()
) -> Snapshot:
    """Lay the issues in force over a snapshot.

    Where issues in force were approved with different files at one path (one has a newer
    picture than the other), that file is left out: no document ever shows a part that it
    was not approved with.

    Args:
        snapshot: the content at the head.
        control: what `derive_control` told of it.
        blobs: reads what the head does not hold any more.
        given: files outside the records that records give as evidence, from the repository's root.
    """
    places = Places(snapshot.content)
    mains, parts = _shown(control)
    entries = {path: entry for path, entry in snapshot.entries.items() if _is_record(places, path)}
    # Whatever a record names, a document keeps the file that it was approved with.
    approved = {path for path, _ in parts}
    beside = (path for path in given if path in snapshot.files and path not in approved)
    shown = (*_attachments(snapshot, entries), *beside)
    at_records = {path: snapshot.entries[path].blob for path in shown if path not in entries}
    # A record stands as it landed: a document that was approved with an older file of it goes without.
    parts = tuple((path, blob) for path, blob in parts if path not in entries or entries[path].blob == blob)
    wanted = {**_without_clashes((*at_records.items(), *parts)), **mains}
    for path, blob in wanted.items():
        there = snapshot.entries.get(path)
        same = there is not None and there.blob == blob and there.kind is EntryKind.FILE
        entries[path] = there if there is not None and same else Entry(path, blob)
    return replace(snapshot, entries=dict(sorted(entries.items())), files=_files(snapshot, entries, blobs))


def _is_record(places: Places, path: str) -> bool:
    return places.of(path) in (Place.RECORD, Place.APPROVAL)


def _content_shown(document: DocumentControl) -> Content | None:
    if document.id == RULES_ID:
        # Without rules nothing can be shown at all; the last approved ones, else those that landed.
        return document.issues[-1].content if document.issues else document.landed
    if document.control == "periodic" and document.landed is not None:
        return document.landed
    if document.interim is not None:
        return document.interim.content
    return document.in_force.content if document.in_force else None


def _shown(control: ControlState) -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    """Path to blob of main files, and path and blob of every part."""
    shown = {
        document.id: content
        for document in control.documents.values()
        if (content := _content_shown(document))
    }
    mains: dict[str, str] = {}
    # Who still lies where he was approved keeps his path; another that was there before steps aside.
    by_claim = sorted(shown, key=lambda one: (shown[one].path != control.documents[one].path, one))
    for identity in by_claim:
        content = shown[identity]
        path = PurePosixPath(content.path)
        free = (
            content.path
            if content.path not in mains
            else str(path.with_stem(f"{path.stem}.{identity.lower()}"))
        )
        mains[free] = content.blob
    return mains, tuple((part.path, part.blob) for content in shown.values() for part in content.parts)


def _attachments(snapshot: Snapshot, records: Mapping[str, Entry]) -> Iterator[str]:
    """Files outside the records that records embed."""
    for path in records:
        if is_markdown(path) and path in snapshot.files:
            for _, target in local_parts(path, snapshot.files[path]):
                if target in snapshot.files and target not in records:
                    yield target


def _without_clashes(files: Iterable[tuple[str, str]]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for path, blob in files:
        wanted[path] = blob if wanted.get(path, blob) == blob else _CLASH
    return {path: blob for path, blob in wanted.items() if blob != _CLASH}


def _files(snapshot: Snapshot, entries: Mapping[str, Entry], blobs: Blobs) -> Mapping[str, bytes]:
    known = {
        entry.blob: snapshot.files[path] for path, entry in snapshot.entries.items() if path in snapshot.files
    }
    files = {path: entry for path, entry in sorted(entries.items()) if entry.kind is EntryKind.FILE}
    unknown = sorted({entry.blob for entry in files.values()} - known.keys())
    read = blobs.read(unknown) if unknown else {}
    return {
        path: known[entry.blob] if entry.blob in known else read[entry.blob] for path, entry in files.items()
    }
