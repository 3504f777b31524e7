"""What there is to make of a repository's versions: one task each, under the key of what it is made from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.cli.audiences import audience_in, told_to_outsiders
from mkdocs_ems.cli.listing import Listing, list_versions, main_state
from mkdocs_ems.control.versions import Listed, Version
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository, Snapshot, known_by
from mkdocs_ems.model.publication import WHOLE, Audience
from mkdocs_ems.site.keys import branches_digest, current_key, look_digest, tool_digest, version_key
from mkdocs_ems.site.part_head import PartKind
from mkdocs_ems.site.slots import LAYOUT
from mkdocs_ems.site.versions import Earlier, Task
from mkdocs_ems.text import did_you_mean, show

_DRAFT = Listed(name="draft", folder="draft", title="draft", day=None, kind="draft")


@dataclass(frozen=True, slots=True)
class Making:
    """The versions of a repository, and what is to be made of them."""

    listing: Listing
    listed: tuple[Listed, ...]
    """A line for each, newest first; a draft, if one is wanted, is the last."""
    tasks: tuple[Task, ...]
    """What is in force, the versions from the newest, a draft."""
    as_of: date
    """The day of what is in force."""
    time_zone: str
    """In which that was today, unless it was asked for."""
    audience: Audience | None = None
    """Who is to see them; None where they are shown whole."""

    def task(self, name: str) -> Task:
        """The task of one version; `current`, or the main branch's name, for what is in force.

        Raises:
            UsageError: that is no version.
        """
        meant = "current" if name == self.listing.settings.main_branch else name
        for task in self.tasks:
            if task.name == meant:
                return task
        for one in self.listed:
            if one.name == name:
                raise UsageError(f"{show(name)} is no version that can be built: {one.reason}")
        near = did_you_mean(name, [task.name for task in self.tasks])
        raise UsageError(
            f"{show(name)} is no version of this repository"
            + (f": did you mean {show(near)}?" if near else ": `ems build --versions` lists them")
        )


@dataclass(frozen=True, slots=True)
class _Made:
    """What the keys of all versions have in common."""

    tool: str
    look: str
    trust_root: str | None
    branches: str
    options: tuple[str, ...] = ()
    """What else decides about every page."""


def making(  # noqa: PLR0913 - what the versions depend on
    repository: Repository,
    *,
    as_of: date | None,
    trust_root: str | None,
    config_file: Path | None,
    draft: bool,
    audience: str = WHOLE,
    now: datetime,
) -> Making:
    """List the versions of a repository, and what is to be made of them.

    Args:
        repository: an open repository.
        as_of: the day that *current* is about; today without.
        trust_root: as `compile_state`.
        config_file: how the site looks.
        draft: the work tree too.
        audience: the name of the profile of who is to see them.
        now: the present moment.

    Raises:
        UsageError: there is no main branch here, or nothing on it.
        EmsError: the repository or its history cannot be used.
    """
    main = main_state(repository, as_of=as_of, trust_root=trust_root, now=now)
    listing = list_versions(repository, main=main)
    seen_by = audience_in(audience, listing.settings, main=main, blobs=repository.blobs)
    facts = _Made(
        tool_digest(),
        look_digest(config_file),
        trust_root,
        branches_digest(repository.refs()),
        (seen_by.mark,) if seen_by is not None else (),
    )
    lines = {one.name: one for one in listing.listed if one.kind == "version"}
    chosen = listing.versions.chosen
    tasks = [_current(repository, main.snapshot, listing, main.as_of, facts)]
    tasks += [
        _version(repository, one, lines[one.name], facts, earlier=_before(chosen[at:], one.tag.date))
        for at, one in enumerate(chosen, 1)
    ]
    listed = listing.listed
    if draft:
        tasks.append(_draft(main.as_of, as_of))
        listed = (*listed, _DRAFT)
    if seen_by is not None:
        listed = tuple(map(told_to_outsiders, listed))
    return Making(listing, listed, tuple(tasks), main.as_of, main.time_zone, seen_by)


def _current(repository: Repository, main: Snapshot, listing: Listing, day: date, facts: _Made) -> Task:
    """What is in force: it depends on the main branch's commit and on the day, and on no tag set later."""
    assert main.commit is not None, "the versions were listed by it"
    until = repository.resolve(main.ref).date
    line = listing.listed[0]
    # The newest that it knows of: one that was set on this very commit says what changed before it.
    earlier = _before(listing.versions.chosen, until)
    key = current_key(
        main.commit,
        as_of=day,
        folder=line.folder,
        tool=facts.tool,
        look=facts.look,
        trust_root=facts.trust_root,
        anchor="on",
        known=[tag.object for tag in known_by(repository.tags(), until=until)],
        layout=LAYOUT,
        options=(*_compared(earlier), *facts.options),
    )
    return Task(
        kind=PartKind.CURRENT,
        name=line.name,
        ref=main.ref,
        shown=listing.settings.main_branch,
        folder=line.folder,
        title=line.title,
        key=key,
        day=day,
        commit=main.commit,
        as_of=day,
        tags_until=until,
        earlier=earlier,
    )


def _before(versions: Sequence[Version], when: datetime | None) -> tuple[Earlier, ...]:
    """Those of some versions that had been set at a moment."""
    return tuple(
        Earlier(one.name, f"refs/tags/{one.name}", one.folder, one.tag.date)
        for one in versions
        if one.tag.date is not None and when is not None and one.tag.date <= when
    )


def _compared(earlier: Sequence[Earlier]) -> tuple[str, ...]:
    """What of the versions before a page depends on, beyond their tags, which are among those known."""
    return tuple(f"{one.ref}\n{one.folder}" for one in earlier)


def _version(
    repository: Repository, version: Version, line: Listed, facts: _Made, *, earlier: tuple[Earlier, ...]
) -> Task:
    tag = version.tag
    assert tag.target is not None, "else it were none that is chosen"
    assert tag.date is not None, "as above"
    key = version_key(
        tag=tag.object,
        name=version.name,
        folder=version.folder,
        tool=facts.tool,
        look=facts.look,
        trust_root=facts.trust_root,
        anchor="on" if version.on_main else facts.branches,
        known=[one.object for one in known_by(repository.tags(), until=tag.date)],
        layout=LAYOUT,
        options=(*_compared(earlier), *facts.options),
    )
    return Task(
        kind=PartKind.VERSION,
        name=version.name,
        ref=f"refs/tags/{version.name}",
        shown=version.name,
        folder=version.folder,
        title=line.title,
        key=key,
        day=line.day or tag.date.date(),
        commit=tag.target,
        tag=tag.object,
        tags_until=tag.date,
        earlier=earlier,
    )


def _draft(day: date, asked: date | None) -> Task:
    return Task(
        kind=PartKind.DRAFT,
        name=_DRAFT.name,
        ref=None,
        shown="work tree",
        folder=_DRAFT.folder,
        title=_DRAFT.title,
        key="0" * 64,
        day=day,
        as_of=asked,
    )
