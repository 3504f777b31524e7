"""The same moment seen otherwise: as approved, as an audience sees it, with other names, with a file more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_ems.collector import without_collector
from mkdocs_ems.compile.state import Compilation, Seen
from mkdocs_ems.control import approved_snapshot
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Entry, Repository, Snapshot
from mkdocs_ems.graph import link
from mkdocs_ems.model import PersonRow, build_model
from mkdocs_ems.model.given import evidence_given
from mkdocs_ems.model.upgrades import upgraded_sources
from mkdocs_ems.source import parse_sources

if TYPE_CHECKING:
    from mkdocs_ems.model.publication import Audience


def approved_state(head: Compilation, repository: Repository) -> Compilation:
    """The same moment as staff may read it: every controlled document at its issue in force."""
    if head.control is None:
        raise UsageError(f"nothing can be shown as approved: {head.control_reason}")
    with without_collector():
        given = evidence_given(head.sources, head.model.entries)
        prefix = f"{head.snapshot.content}/" if head.snapshot.content else ""
        snapshot = approved_snapshot(
            head.snapshot,
            head.control,
            blobs=repository.blobs,
            given=[path for path in sorted(prefix + one for one in given) if path in head.sources.assets],
        )
        return _again(head, snapshot, approved=True)


def with_names(state: Compilation, names: Mapping[str, str]) -> Compilation:
    """The same state, people called by names that are kept outside of history; nothing else of it differs.

    Args:
        state: any.
        names: what people are called, by their ids; who is not among them keeps what the register says.
    """
    if not names:
        return state
    nodes = dict(state.graph.nodes)
    by_id = dict(state.model.by_id)
    entries = list(state.model.entries)
    for at, entry in enumerate(entries):
        name = names.get(entry.entity.id or "") if isinstance(entry.entity, PersonRow) else None
        if name is None:
            continue
        person = entry.entity.model_copy(update={"title": name})
        entries[at] = named = replace(entry, entity=person)
        if by_id.get(person.id or "") is entry:
            by_id[person.id or ""] = named
            nodes[person.id or ""] = replace(nodes[person.id or ""], title=name, entity=person)
    model = replace(state.model, entries=tuple(entries), by_id=by_id)
    return replace(state, model=model, graph=replace(state.graph, nodes=nodes))


def seen_by(state: Compilation, audience: Audience) -> Seen:
    """The same moment as an audience may see it: compiled anew, from files in which nothing else stands.

    Args:
        state: what staff read: `approved_state`, and people by the names that are kept outside of history.
        audience: who is to see it.

    Raises:
        UsageError: the rules of publication cannot be read.
    """
    from mkdocs_ems.control.excerpting import Whole, excerpted  # noqa: PLC0415 - most builds are for all

    with without_collector():
        whole = Whole(state.snapshot, state.sources, state.model, state.control, state.history, state.as_of)
        found = excerpted(whole, audience)
        sources = parse_sources(found.snapshot)
        model = build_model(sources)
        compilation = Compilation(
            found.snapshot,
            sources,
            model,
            link(model, sources),
            state.as_of,
            found.control,
            control_reason="" if found.control else "there is no history to judge by",
        )
    return Seen(compilation, audience, found.carriers)


def with_file(head: Compilation, path: str, data: bytes) -> Compilation:
    """The same state as it would be with one file written; document control knows nothing of it yet."""
    entry = Entry(path, f"with {path}")  # an id that no blob has: the file is read, whatever is known
    snapshot = replace(
        head.snapshot,
        entries={**head.snapshot.entries, path: entry},
        files={**head.snapshot.files, path: data},
        dirty=True,
    )
    with without_collector():
        return _again(head, snapshot)


def _again(head: Compilation, snapshot: Snapshot, *, approved: bool = False) -> Compilation:
    """The same moment with other files; what is the same in both is not read again."""
    sources = upgraded_sources(parse_sources(snapshot, known=head.sources), approved=approved)
    model = build_model(sources, known=head.model)
    return replace(head, snapshot=snapshot, sources=sources, model=model, graph=link(model, sources))
