"""The approved `ems.yml` and the approved list of keys, read again for who is no part of the forward pass.

What decides about the whole manual (which tags are its versions, where it may be published) is taken
from here and never from a branch or from the work tree, so that nobody can decide it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache

from mkdocs_ems.control.places import RULES_ID, SIGNERS
from mkdocs_ems.control.seals import utc
from mkdocs_ems.control.signers import NO_SIGNERS, Signers, read_signers
from mkdocs_ems.control.states import ControlState
from mkdocs_ems.control.values import Content, Issue
from mkdocs_ems.git.values import Blobs
from mkdocs_ems.model import Settings, default_settings, load_settings
from mkdocs_ems.model.upgrades import is_newer
from mkdocs_ems.source import parse_file


def approved_settings(control: ControlState, *, blobs: Blobs, content: str) -> Settings:
    """The settings of the newest approved `ems.yml` that can be read; the defaults where there is none.

    Args:
        control: document control of the main branch.
        blobs: reads file contents by object id.
        content: the content folder.
    """
    for issue in reversed(_issues(control)):
        data = blobs.read([issue.content.blob])[issue.content.blob]
        source, _ = parse_file(issue.content.path, data, content=content, blob=issue.content.blob)
        if source.readable and not is_newer(source.data):
            return load_settings(source)[0]
    return default_settings()


def approved_signers(control: ControlState, *, blobs: Blobs) -> Callable[[datetime], Signers]:
    """The keys that were approved at a moment; ask while the repository is open."""
    issues = [(utc((issue.completed or issue.event).date), issue.content) for issue in _issues(control)]

    @cache
    def read(blob: str) -> Signers:
        return read_signers(blobs.read([blob])[blob])

    def at(moment: datetime) -> Signers:
        landed = [content for when, content in issues if when <= moment]
        blob = _signers_blob(landed[-1]) if landed else None
        return NO_SIGNERS if blob is None else read(blob)

    return at


def _signers_blob(content: Content) -> str | None:
    return next((part.blob for part in content.parts if part.target == SIGNERS), None)


def _issues(control: ControlState) -> tuple[Issue, ...]:
    rules = control.documents.get(RULES_ID)
    return rules.issues if rules is not None else ()
