"""Which content is not approved, and why: never, changed since, or a part of it changed.

Three rules tell the three, so that none of them tells what another one does. Content that an
interim approval covers on the day is not among them.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from mkdocs_ems.control import ControlState, DocumentControl, Pending


class Unapproved(Enum):
    """Why a content is not approved."""

    NEVER = auto()
    """No issue of it was ever approved, or the last one was withdrawn."""
    CHANGED = auto()
    """Its text is not that of the last issue."""
    PART = auto()
    """Its text is; a file that it embeds or attaches is not."""


class Draft(NamedTuple):
    """One document under issue control whose landed or proposed content is not approved."""

    document: DocumentControl
    pending: Pending
    why: Unapproved


def drafts(control: ControlState) -> Iterator[Draft]:
    """Each content that is not approved. A deletion is none, nor is what a living log took up."""
    for document in control.documents.values():
        pending = document.pending
        if pending is None or pending.content is None or document.control != "issue":
            continue
        interim = document.interim
        if interim is None or interim.content.key != pending.content.key:
            yield Draft(document, pending, _why(document, pending))


def _why(document: DocumentControl, pending: Pending) -> Unapproved:
    last = document.issues[-1] if document.issues else None
    assert pending.content is not None, "a deletion is no draft"
    if last is None or document.withdrawn_from is not None:
        return Unapproved.NEVER
    return Unapproved.PART if last.content.blob == pending.content.blob else Unapproved.CHANGED
