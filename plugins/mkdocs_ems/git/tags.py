"""Tags, annotated or not: their objects are read and parsed here, never by a listing of git."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mkdocs_ems.git.batch import Batch, Found
from mkdocs_ems.git.log import moment
from mkdocs_ems.git.odd_files import decode
from mkdocs_ems.git.values import Tag

PREFIX = "refs/tags/"


def read_tags(ids: Mapping[str, str], *, batch: Batch) -> tuple[Tag, ...]:
    """The tags among the refs, sorted by name. What a tag leads to is never loaded if it is a file."""
    names = [name for name in ids if name.startswith(PREFIX)]
    objects = batch.objects([f"{ids[name]}^{{tag}}" for name in names])
    targets = batch.objects([f"{ids[name]}^{{commit}}" for name in names])
    # The questions go through one pipe: all of one kind first.
    found = zip(names, list(objects), list(targets), strict=True)
    return tuple(_tag(name, ids[name], annotation, target) for name, annotation, target in found)


def _tag(name: str, made: str, annotation: Found | None, target: Found | None) -> Tag:
    fields, message = _parsed(annotation.data if annotation else b"")
    return Tag(
        name=name.removeprefix(PREFIX),
        object=made,
        target=target.id if target else None,
        annotated=annotation is not None,
        date=_date(fields.get("tagger", "")),
        message=message,
        inner=fields.get("tag") if annotation else None,
    )


def _parsed(data: bytes) -> tuple[Mapping[str, str], str]:
    head, _, message = data.partition(b"\n\n")
    pairs = [line.partition(" ") for line in decode(head).split("\n")]
    return {key: value for key, _, value in reversed(pairs)}, decode(message)


def _date(tagger: str) -> datetime | None:
    _, closed, when = tagger.rpartition("> ")
    return moment(when) if closed else None
