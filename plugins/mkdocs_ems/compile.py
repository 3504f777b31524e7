"""The composition: from a repository and a state to everything that is known about it.

One pure pipeline: snapshot and history to sources, model, graph and control. Rules,
pages, reports and exports read the `Compilation` and add nothing to it. This module
parses nothing and judges nothing itself; the clock is handed in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from mkdocs_ems import dataclass
from mkdocs_ems.collector import without_collector
from mkdocs_ems.content import content_folder, first_settings, folder_at
from mkdocs_ems.control import RULES_ID, ControlState, approved_snapshot, derive_control, time_zone
from mkdocs_ems.control.broken import Earlier
from mkdocs_ems.control.parsed import Parsed
from mkdocs_ems.diagnostics import Finding
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Blobs, Entry, History, Repository, Snapshot, known_by
from mkdocs_ems.graph import Graph, link
from mkdocs_ems.model import Model, PersonRow, Settings, build_model, load_settings
from mkdocs_ems.model.given import evidence_given
from mkdocs_ems.model.stores import Store
from mkdocs_ems.model.upgrades import form_of, upgraded_sources
from mkdocs_ems.source import Sources, parse_file, parse_sources

if TYPE_CHECKING:
    from mkdocs_ems.model.publication import Audience


@dataclass(frozen=True, slots=True)
class Compilation:
    """Everything that is known of one state of the content on one date."""

    snapshot: Snapshot
    sources: Sources
    model: Model
    graph: Graph
    as_of: date
    control: ControlState | None
    """None where there is no history to judge by (rule cases in memory, an unborn branch)."""
    control_reason: str = ""
    """Why there is no control, in words."""
    history: History | None = None
    earlier: Earlier | None = None
    """The ledger of an earlier day, where one was given to check against."""
    stores: Mapping[str, Store] = field(default_factory=dict, repr=False, compare=False)
    """Stores of evidence within reach, by name."""
    blobs: Blobs | None = field(default=None, repr=False, compare=False)
    """Reads earlier contents while the repository is open; None where there are none."""

    @property
    def settings(self) -> Settings:
        """What the organisation decided, as this state has it."""
        return self.model.settings

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the stages themselves found, each with its code."""
        control = self.control.findings if self.control else ()
        return (*self.sources.findings, *self.model.findings, *control)


@dataclass(frozen=True, slots=True)
class Controlled:
    """Document control of one state alone: all that a register of documents needs."""

    snapshot: Snapshot
    as_of: date
    control: ControlState
    history: History
    time_zone: str
    """The zone in which its day was decided."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A compilation as an audience sees it: nothing is in it that stays in, and of history nothing at all."""

    state: Compilation
    audience: Audience
    carriers: frozenset[str]
    """Ids of measurements that were made up to carry readings: nobody is to be shown these."""


Lap = Callable[[str], None]
"""Told the name of a piece of work when it is done."""


_NO_COMMIT = "the repository has no commit yet"


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


def controlled_state(  # noqa: PLR0913 - what a state depends on
    repository: Repository,
    *,
    ref: str | None = None,
    as_of: date | None = None,
    trust_root: str | None = None,
    now: datetime,
    tags_until: datetime | None = None,
) -> Controlled:
    """Document control of one state, without reading rows or references; arguments as `compile_state`.

    Raises:
        UsageError: there is no commit yet.
        EmsError: the repository, the ref or the history cannot be used; the message says why.
    """
    with without_collector():
        content = content_folder(repository, ref=ref)
        head = repository.head() if ref is None else repository.resolve(ref).commit
        if head is None:
            raise UsageError(f"there is no document control to show: {_NO_COMMIT}")
        # git lists the history while another git reads the files.
        repository.read_ahead(head)
        if ref is None:
            snapshot, moment = repository.work_tree(content=content), now
        else:
            snapshot, moment = repository.snapshot(ref, content=content), repository.resolve(ref).date
        # And what stands in them is parsed while git goes on.
        parsed = Parsed.of(snapshot)
        settings = _settings(snapshot)
        day = as_of or moment.astimezone(time_zone(settings.time_zone)).date()
        history, control = _controlled(
            repository,
            snapshot,
            settings,
            trust_root=trust_root,
            proposed=snapshot if ref is None else None,
            as_of=day,
            asked=as_of is not None,
            tags_until=tags_until,
            parsed=parsed,
        )
    return Controlled(snapshot, day, control, history, settings.time_zone)


def _settings(snapshot: Snapshot) -> Settings:
    path = _rules_path(snapshot)
    entry = snapshot.entries.get(path)
    data = snapshot.files.get(path, b"")
    source, _ = parse_file(path, data, content=snapshot.content, blob=(entry.blob if entry else None) or "")
    return load_settings(source)[0]


def _rules_path(snapshot: Snapshot) -> str:
    return f"{snapshot.content}/ems.yml" if snapshot.content else "ems.yml"


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
        return replace(made, control_reason=_NO_COMMIT)
    proposed = snapshot if ref is None else None
    history, control = _controlled(
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
    sources, rules = parse_sources(snapshot, known=known), _rules_path(snapshot)
    forms = [form_of(one.files[rules].data) if rules in one.files else None for one in (sources, known)]
    # What was taken was brought from its form to the newest; in another form it would have been left.
    return sources if forms[0] == forms[1] else parse_sources(snapshot)


def _controlled(  # noqa: PLR0913 - a state, its settings, and what was asked of it
    repository: Repository,
    snapshot: Snapshot,
    settings: Settings,
    *,
    trust_root: str | None,
    proposed: Snapshot | None,
    as_of: date,
    asked: bool,
    tags_until: datetime | None,
    parsed: Parsed | None = None,
) -> tuple[History, ControlState]:
    """The chain of the main branch, and what it says.

    Which branch that is, the approved rules say, beginning with those of the trust root: a
    branch that called itself the main one would have its own merges count as approvals.
    """
    claimed, rules = settings.main_branch, _rules_path(snapshot)
    tags = None if tags_until is None else known_by(repository.tags(), until=tags_until)

    def history(name: str) -> History:
        def since(root: str | None) -> History:
            return repository.history(
                snapshot.commit,
                content=snapshot.content,
                main_branch=name,
                trust_root=root,
                proposed=proposed,
                tags=tags,
            )

        found = since(trust_root)
        if not found.named and found.commits[found.trust_root].parents:
            # Found by where the content stands now, which nobody approves: it may have been moved there.
            earlier = first_settings(repository, before=found.trust_root)
            found = replace(since(earlier), named=False) if earlier is not None else found
        began = folder_at(repository, found.trust_root) if rules not in found.root else None
        return replace(found, began_in=began) if began not in (None, snapshot.content) else found

    chain, used = history(claimed), claimed
    name = _main_branch(repository, snapshot, claimed, rules, chain.root.get(rules))
    tried: set[str] = set()
    while True:
        tried.add(name)
        if name != used:
            chain, used = history(name), name
        control = derive_control(
            chain,
            snapshot,
            blobs=repository.blobs,
            as_of=as_of,
            asked=asked,
            signatures=repository.signatures(),
            digests=repository.digests(),
            parsed=parsed,
        )
        issues = control.documents[RULES_ID].issues if RULES_ID in control.documents else ()
        name = _main_branch(repository, snapshot, claimed, rules, issues[-1].content.blob if issues else None)
        if name in tried:
            return chain, control


def _main_branch(
    repository: Repository, snapshot: Snapshot, claimed: str, path: str, blob: str | None
) -> str:
    """The main branch by one state of ems.yml; where there is no such branch here, as the tree claims."""
    entry = snapshot.entries.get(path)
    if blob is None or (entry is not None and entry.blob == blob):
        return claimed
    data = repository.blobs.read([blob])[blob]
    source, _ = parse_file(path, data, content=snapshot.content, blob=blob)
    said = load_settings(source)[0].main_branch
    refs = repository.refs()
    here = any(f"refs/{place}/{said}" in refs for place in ("heads", "remotes/origin"))
    return said if here else claimed
