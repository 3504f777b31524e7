"""Tags, annotated or not: their objects are read and parsed here, never by a listing of git.

A signature is cut off the message and believed by nobody here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from mkdocs_ems.git.batch import Batch, Found
from mkdocs_ems.git.log import moment
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.values import Identity, Tag

PREFIX = "refs/tags/"

_SIGNED = re.compile(
    rb"^-----BEGIN (?:SSH SIGNATURE|PGP SIGNATURE|PGP MESSAGE|SIGNED MESSAGE)-----", re.MULTILINE
)
"""What git takes for the beginning of a signature."""


def read_tags(ids: Mapping[str, str], *, batch: Batch) -> tuple[Tag, ...]:
    """The tags among the refs, sorted by name. What a tag leads to is never loaded if it is a file."""
    names = [name for name in ids if name.startswith(PREFIX)]
    objects = batch.objects([f"{ids[name]}^{{tag}}" for name in names])
    targets = batch.objects([f"{ids[name]}^{{commit}}" for name in names])
    # The questions go through one pipe: all of one kind first.
    found = zip(names, list(objects), list(targets), strict=True)
    return tuple(_tag(name, ids[name], annotation, target) for name, annotation, target in found)


def known_by(tags: Sequence[Tag], *, until: datetime) -> tuple[Tag, ...]:
    """The annotated tags that had been set at a moment, by their own dates.

    A copy under another name bears the date of what it was copied from, whenever it was made: none is known.
    """
    return tuple(tag for tag in tags if tag.date is not None and tag.date <= until and tag.inner == tag.name)


def _tag(name: str, made: str, annotation: Found | None, target: Found | None) -> Tag:
    data = annotation.data if annotation else b""
    payload, signature = _apart(data)
    fields, message = _parsed(payload)
    return Tag(
        name=name.removeprefix(PREFIX),
        object=made,
        target=target.id if target else None,
        annotated=annotation is not None,
        date=_date(fields.get("tagger", "")),
        message=message,
        inner=fields.get("tag") if annotation else None,
        tagger=_identity(fields.get("tagger", "")),
        signature=signature,
        payload=payload if signature is not None else b"",
    )


def _apart(data: bytes) -> tuple[bytes, bytes | None]:
    """A tag object without its signature, and that: it stands at the end, and the last beginning counts."""
    body = data.find(b"\n\n")
    begins = [match.start() for match in _SIGNED.finditer(data, body)] if body >= 0 else []
    return (data[: begins[-1]], data[begins[-1] :]) if begins else (data, None)


def _parsed(data: bytes) -> tuple[Mapping[str, str], str]:
    head, _, message = data.partition(b"\n\n")
    pairs = [line.partition(" ") for line in decode(head).split("\n")]
    return {key: value for key, _, value in reversed(pairs)}, decode(message)


def _identity(tagger: str) -> Identity | None:
    who, closed, _ = tagger.rpartition("> ")
    name, _, mail = who.rpartition("<")
    return Identity(name.strip(), mail.strip()) if closed else None


def _date(tagger: str) -> datetime | None:
    _, closed, when = tagger.rpartition("> ")
    return moment(when) if closed else None
