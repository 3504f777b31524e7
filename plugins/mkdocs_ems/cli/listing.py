"""Which versions a repository has: its tags, judged by the rules that are approved on its main branch.

Reads and builds no version; what `ems build --versions` prints and `ems build --all` begins with.
"""

from __future__ import annotations

from datetime import date, datetime

from mkdocs_ems import dataclass
from mkdocs_ems.compile import Compilation, Controlled, controlled_state
from mkdocs_ems.content import content_folder
from mkdocs_ems.control import time_zone
from mkdocs_ems.control.approved_rules import approved_settings, approved_signers
from mkdocs_ems.control.tag_signatures import signatures_of
from mkdocs_ems.control.versions import Listed, Versions, listed_versions, matching, versions_of
from mkdocs_ems.errors import UsageError
from mkdocs_ems.git import Repository
from mkdocs_ems.model import Settings, load_settings
from mkdocs_ems.source import parse_file
from mkdocs_ems.text import show


@dataclass(frozen=True, slots=True)
class Listing:
    """The versions of a repository."""

    versions: Versions
    settings: Settings
    """The approved rules of the main branch, by which they were chosen."""
    listed: tuple[Listed, ...]
    """A line for each, newest first: what is in force now, then the tags, also those that are none."""


def main_ref(repository: Repository) -> str:
    """The full name of the main branch, as the `ems.yml` at hand names it.

    Raises:
        UsageError: there is no such branch here.
    """
    name = _settings(repository, "HEAD" if repository.bare else None).main_branch
    found = repository.branch(name)
    if found is None:
        raise UsageError(
            f"there is no branch {show(name)} here, so nothing is known to be in force: fetch it, "
            "or name the main branch in ems.yml: `main_branch: …`"
        )
    return found


def today(repository: Repository, *, ref: str, now: datetime) -> date:
    """Which day it is in the time zone of a state's `ems.yml`: the date of *current*, unless one is named."""
    return now.astimezone(time_zone(_settings(repository, ref).time_zone)).date()


def _settings(repository: Repository, ref: str | None) -> Settings:
    content = content_folder(repository, ref=ref)
    path = f"{content}/ems.yml" if content else "ems.yml"
    source, _ = parse_file(path, repository.file(path, ref=ref) or b"", content=content, blob="")
    return load_settings(source)[0]


def main_state(
    repository: Repository, *, as_of: date | None = None, trust_root: str | None = None, now: datetime
) -> Controlled:
    """Document control of the main branch, for who needs no rows: what `list_versions` may be asked with.

    Args:
        repository: an open repository.
        as_of: the day to judge at; today without.
        trust_root: as `compile_state`.
        now: the present moment.

    Raises:
        UsageError: there is no main branch here.
        EmsError: the repository or its history cannot be used; the message says why.
    """
    ref = main_ref(repository)
    day = as_of or today(repository, ref=ref, now=now)
    return controlled_state(repository, ref=ref, as_of=day, trust_root=trust_root, now=now)


def list_versions(repository: Repository, *, main: Compilation | Controlled) -> Listing:
    """The versions of the manual that a repository holds, and the tags that are none, with the reason.

    Args:
        repository: an open repository.
        main: the main branch's state, compiled at the full name that `main_ref` gives, or what
            `main_state` returns.

    Returns:
        In `listed` first `current`, dated as `main` is, then every tag that matches, newest first.
        `built` says there whether it is to be built; `versions.chosen` are those tags.

    Raises:
        UsageError: that state has no commit, or the rules approved there call another branch the main one.
        SigningError: a listed key signed a tag, and signatures cannot be verified here.
    """
    control, snapshot = main.control, main.snapshot
    if control is None:
        raise UsageError("there is no version to list: the repository has no commit yet")
    settings = approved_settings(control, blobs=repository.blobs, content=snapshot.content)
    approved = repository.branch(settings.main_branch)
    if approved not in (None, snapshot.ref):
        raise UsageError(
            f"the approved ems.yml calls {show(settings.main_branch)} the main branch, and the one at hand "
            f"calls {show(snapshot.ref)} so: check out {show(settings.main_branch)}, and ask again"
        )
    tags = matching(repository.tags(), settings.versions.tags)
    chain = repository.first_parents(snapshot.ref)
    versions = versions_of(
        tags,
        patterns=settings.versions.tags,
        places=repository.places((tag.target for tag in tags if tag.target), chain=chain),
        signatures=signatures_of(
            tags,
            signatures=repository.signatures(),
            signers=approved_signers(control, blobs=repository.blobs),
        ),
        signed_only=settings.versions.signed_only,
    )
    current = Listed(
        name="current",
        folder="current",
        title=f"in force, {main.as_of}",
        day=main.as_of,
        kind="current",
    )
    listed = (current, *listed_versions(versions, zone=time_zone(settings.time_zone)))
    return Listing(versions, settings, listed)
