"""The chain of the main branch behind a state, and what it says of the documents.

Which branch is the main one, the approved rules say, and they stand in that chain: it is
followed until both agree. Rows and references are not read here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from mkdocs_ems.collector import without_collector
from mkdocs_ems.compile.state import Controlled
from mkdocs_ems.content import content_folder, first_settings, folder_at
from mkdocs_ems.control import RULES_ID, ControlState, derive_control, time_zone
from mkdocs_ems.control.parsed import Parsed
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import History, Repository, Snapshot, known_by
from mkdocs_ems.model import Settings, load_settings
from mkdocs_ems.source import parse_file

NO_COMMIT = "the repository has no commit yet"


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
            raise UsageError(f"there is no document control to show: {NO_COMMIT}")
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
        history, control = controlled(
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


def controlled(  # noqa: PLR0913 - a state, its settings, and what was asked of it
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
    claimed, rules = settings.main_branch, rules_path(snapshot)
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


def _settings(snapshot: Snapshot) -> Settings:
    path = rules_path(snapshot)
    entry = snapshot.entries.get(path)
    data = snapshot.files.get(path, b"")
    source, _ = parse_file(path, data, content=snapshot.content, blob=(entry.blob if entry else None) or "")
    return load_settings(source)[0]


def rules_path(snapshot: Snapshot) -> str:
    """Where `ems.yml` stands in this state, whether or not it is there."""
    return f"{snapshot.content}/ems.yml" if snapshot.content else "ems.yml"


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
