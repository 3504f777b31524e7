"""The only room that runs git: snapshots, history and blobs as values."""

from mkdocs_ems.git.values import (
    Blobs,
    Change,
    Commit,
    Entry,
    EntryKind,
    Event,
    History,
    Identity,
    Snapshot,
    Tag,
)

__all__ = [
    "Blobs",
    "Change",
    "Commit",
    "Entry",
    "EntryKind",
    "Event",
    "History",
    "Identity",
    "Snapshot",
    "Tag",
]
