"""The stages one after the other: files, model, references, history and document control."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

from mkdocs_ems.collector import without_collector
from mkdocs_ems.compile.chain import NO_COMMIT, controlled, rules_path
from mkdocs_ems.compile.state import Compilation
from mkdocs_ems.content import content_folder
from mkdocs_ems.control import time_zone
from mkdocs_ems.git import Repository, Snapshot
from mkdocs_ems.graph import link
from mkdocs_ems.model import build_model
from mkdocs_ems.model.upgrades import form_of, upgraded_sources
from mkdocs_ems.source import Sources, parse_sources

Lap = Callable[[str], None]
"""Told the name of a piece of work when it is done."""


def no_lap(_: str) -> None:
    """Nobody measures."""


def compile_state(  # noqa: PLR0913 - what a state depends on, and who measures
    repository: Repository,
    *,
    ref: str | None = None,
    as_of: date | None = None,
    asked: bool = True,
    trust_root: str | None = None,
    now: datetime,
    tags_until: datetime | None = None,
    known: Compilation | None = None,
    lap: Lap = no_lap,
) -> Compilation:
    """Compile one state of the repository.

    Args:
        repository: an open repository.
        ref: a commit, tag or branch; None for the work tree.
        as_of: the date to judge at; by default today for the work tree, the tagger's
            date for a tag, the committer's for a commit, in the organisation's time zone.
        asked: somebody named that date; otherwise it is that of another state beside which this one is
            put, and a commit that is dated later is told as it is told there.
        trust_root: the commit whose tree counts as approved; by default the first with `ems.yml`.
        now: the present moment, timezone-aware; used only where no date is given otherwise.
        tags_until: only tags that had been set at this moment are known of, so that a version that was
            tagged once stays the same when others are; every tag without.
        known: another state of the repository as it stands at its ref; files that are the same
            there are not read again.
        lap: called with the name of each stage when it is done, for who measures.

    Raises:
        EmsError: the repository, the ref or the history cannot be used; the message says why.
    """
    with without_collector():
        return _compile(
            repository,
            ref=ref,
            as_of=as_of,
            asked=asked,
            trust_root=trust_root,
            now=now,
            tags_until=tags_until,
            known=known,
            lap=lap,
        )


def _compile(  # noqa: PLR0913 - as above
    repository: Repository,
    *,
    ref: str | None,
    as_of: date | None,
    asked: bool,
    trust_root: str | None,
    now: datetime,
    tags_until: datetime | None,
    known: Compilation | None,
    lap: Lap,
) -> Compilation:
    content = content_folder(repository, ref=ref)
    if ref is None:
        snapshot, moment = repository.work_tree(content=content), now
    else:
        snapshot, moment = repository.snapshot(ref, content=content), repository.resolve(ref).date
    # git lists the history while the files are parsed: two processors, two pieces of work.
    if snapshot.commit is not None:
        repository.read_ahead(snapshot.commit)
    lap("files read")
    sources = upgraded_sources(_parsed(snapshot, known.sources if known is not None else None))
    lap("files parsed")
    model = build_model(sources, known=known.model if known is not None else None)
    lap("model built")
    graph = link(model, sources)
    lap("references followed")
    day = as_of or moment.astimezone(time_zone(model.settings.time_zone)).date()
    made = Compilation(snapshot, sources, model, graph, day, control=None)
    if snapshot.commit is None:
        return replace(made, control_reason=NO_COMMIT)
    proposed = snapshot if ref is None else None
    history, control = controlled(
        repository,
        snapshot,
        made.settings,
        trust_root=trust_root,
        proposed=proposed,
        as_of=day,
        asked=as_of is not None and asked,
        tags_until=tags_until,
    )
    lap("history and document control")
    return replace(made, history=history, control=control, blobs=repository.blobs)


def _parsed(snapshot: Snapshot, known: Sources | None) -> Sources:
    """The files; those of another state are taken from there, where content is of the same form in both."""
    if known is None or known.content != snapshot.content:
        return parse_sources(snapshot)
    sources, rules = parse_sources(snapshot, known=known), rules_path(snapshot)
    forms = [form_of(one.files[rules].data) if rules in one.files else None for one in (sources, known)]
    # What was taken was brought from its form to the newest; in another form it would have been left.
    return sources if forms[0] == forms[1] else parse_sources(snapshot)
