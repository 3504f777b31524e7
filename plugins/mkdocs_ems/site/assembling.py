"""Parts to one site: a folder for each version, pages that lead on, and the list that selectors read.

Whatever stands already and would be the same is taken over, so that a site with one more version
is the old one with one folder more. The parts alone decide what a site holds: who built them, and
where, is not seen in a byte of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from mkdocs_ems import dataclass
from mkdocs_ems.control.versions import Listed, aliased
from mkdocs_ems.errors import OutputError
from mkdocs_ems.exports.versions_json import versions_json
from mkdocs_ems.pages.addresses import NOT_FOUND, START
from mkdocs_ems.pages.successor import Edition
from mkdocs_ems.pages.superseded import Around
from mkdocs_ems.pages.versions import CHANGES
from mkdocs_ems.site.files import write_files
from mkdocs_ems.site.following import followed
from mkdocs_ems.site.fresh import Fresh
from mkdocs_ems.site.part import Part
from mkdocs_ems.site.part_head import PartHead
from mkdocs_ems.site.placing import Placing, replaced_by
from mkdocs_ems.site.sharing import shared_out
from mkdocs_ems.site.standing_site import (
    SiteRecord,
    VersionRecord,
    is_whole,
    version_record,
    write_site_record,
)
from mkdocs_ems.site.stubs import StubFolder, stubs
from mkdocs_ems.site.version_folder import VersionFolder

_IN_FORCE, _LATEST = "in-force", "latest"

Folder = VersionFolder | StubFolder
"""What stands directly below the site and has a record of its own."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A site of several versions."""

    index: Path
    """The page to open first."""
    listed: tuple[Listed, ...]
    """All versions, those that were not built too."""
    record: str
    """Digest of what the site says of itself."""
    warnings: tuple[str, ...] = ()
    """Of versions that had just been made, and could not be kept."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Versions that are to stand together."""

    listed: tuple[Listed, ...]
    """All of them with their aliases, newest first."""
    parts: Mapping[str, Part]
    """By folder; those that were built."""

    @classmethod
    def of(cls, listed: Sequence[Listed], parts: Sequence[Part], *, as_of: date) -> Joined:
        """Say of each version what came of it.

        Args:
            listed: all versions, as they were to be built.
            parts: one for each of those.
            as_of: the day of the build.

        Raises:
            OutputError: nothing was built at all.
        """
        heads = {part.head.folder: part.head for part in parts}
        said = []
        for one in listed:
            head = heads.get(one.folder) if one.built else None
            if head is None:
                said.append(replace(one, built=False) if one.built else one)
            elif head.failed:
                said.append(replace(one, built=False, reason=head.failed, folder=""))
            else:
                said.append(replace(one, pages=len(head.pages)))
        if not any(one.built and one.kind != "draft" for one in said):
            raise OutputError("no version could be built, so there is no site; nothing was changed")
        built = {part.head.folder: part for part in parts if not part.head.failed}
        return cls(aliased(said, as_of=as_of), built)

    def folder_of(self, alias: str) -> str | None:
        """The folder that an alias means."""
        return next((one.folder for one in self.listed if alias in one.aliases), None)

    def folders(self, fresh: Mapping[str, Fresh]) -> Mapping[str, VersionFolder]:
        """What is to stand in each version's folder; arguments as for `assemble`."""
        editions = [
            Edition(one, frozenset(part.head.pages), part.head.ids, part.head.issues)
            for one in self.listed
            if one.built and (part := self.parts.get(one.folder))
        ]
        tagged = [edition for edition in editions if edition.listed.kind == "version"]
        compared = frozenset(one.listed.folder for one in editions if CHANGES in one.pages)
        in_force = next((one for one in editions if _IN_FORCE in one.listed.aliases), None)
        heads = {one.listed.folder: self.parts[one.listed.folder].head for one in editions}
        return {
            this.listed.folder: VersionFolder(
                self.parts[this.listed.folder],
                _around(this, tagged, in_force, heads),
                self.listed,
                compared=compared,
                fresh=fresh.get(this.listed.folder),
            )
            for this in editions
        }


def assemble(
    joined: Joined, *, site_dir: Path, jobs: int, fresh: Mapping[str, Fresh] | None = None
) -> Assembled:
    """Put versions together; the standing site is replaced as a whole, or left as it was.

    Args:
        joined: the versions.
        site_dir: where the site is to stand.
        jobs: how many processes may write.
        fresh: versions whose parts are yet to be written, by the name of their folder in the site.

    Raises:
        OutputError: the site cannot be written there, or a part was spoilt.
    """
    versions, leading = joined.folders(fresh or {}), _leading(joined)
    folders = _in_order_of_work(versions, leading.folders)
    with replaced_by(site_dir) as placing:
        placed = tuple(shared_out(partial(_placed, placing), tuple(folders.items()), jobs=jobs))
        for name, (stood_already, _) in zip(folders, placed, strict=True):
            if stood_already:
                placing.take_over(name)
        top = dict(leading.files)
        top["versions.json"] = versions_json(joined.listed).encode()
        top |= _not_found(placing, joined)
        write_files(placing.folder, top.items())
        facts = {path: (hashlib.sha256(data).hexdigest(), len(data)) for path, data in sorted(top.items())}
        record = write_site_record(placing.folder, SiteRecord(facts, tuple(sorted(folders))))
    warnings = tuple(warning for _, warning in placed if warning)
    return Assembled(site_dir / START, joined.listed, record, warnings)


def _around(
    this: Edition, tagged: Sequence[Edition], in_force: Edition | None, heads: Mapping[str, PartHead]
) -> Around:
    """The neighbours of a version, each with what became in it of rows of this one."""

    def seen(other: Edition | None) -> Edition | None:
        if other is None or other is this:
            return None
        became = followed(heads, here=this.listed.folder, there=other.listed.folder)
        return replace(other, became=became) if became else other

    at = tagged.index(this) if this in tagged else -1
    if at < 0:
        newest = seen(tagged[0]) if tagged else None
        # By the alias, so that nothing here changes when another version becomes the newest.
        latest = replace(newest, listed=replace(newest.listed, folder=_LATEST)) if newest else None
        return Around(this, previous=latest, in_force=seen(in_force))
    return Around(
        this,
        previous=seen(tagged[at + 1]) if at + 1 < len(tagged) else None,
        next=seen(tagged[at - 1]) if at > 0 else None,
        in_force=seen(in_force),
    )


@dataclass(frozen=True, slots=True)
class _Leading:
    """Pages that lead on."""

    folders: Mapping[str, StubFolder]
    files: Mapping[str, bytes]


def _leading(joined: Joined) -> _Leading:
    """Stubs for the aliases, and at the top for every page of what is in force."""
    folders: dict[str, Mapping[str, bytes]] = {}
    files: dict[str, bytes] = {}
    for alias in (_IN_FORCE, _LATEST):
        folder = joined.folder_of(alias)
        if folder is not None:
            folders[alias] = stubs(_pages(joined, folder), to=folder, up="../")
    first = joined.folder_of(_IN_FORCE) or joined.folder_of(_LATEST)
    if first is None:
        first = next(iter(joined.parts))
    taken = {name.casefold() for name in (*joined.parts, *folders)}
    below: dict[str, dict[str, bytes]] = {}
    for page, data in stubs(_pages(joined, first), to=first).items():
        top, inside, rest = page.partition("/")
        if not inside:
            files[page] = data
        elif top.casefold() not in taken:
            below.setdefault(top, {})[rest] = data
    return _Leading({name: StubFolder(inside) for name, inside in {**below, **folders}.items()}, files)


def _pages(joined: Joined, folder: str) -> list[str]:
    return [page for page in joined.parts[folder].head.pages if page != NOT_FOUND]


def _not_found(placing: Placing, joined: Joined) -> Mapping[str, bytes]:
    """The page for any that is missing: that of what is in force, whose links count from the host."""
    folder = joined.folder_of(_IN_FORCE)
    if folder is None:
        return {}
    made = placing.folder / folder / NOT_FOUND
    if not made.is_file() and placing.standing is not None:
        made = placing.standing / folder / NOT_FOUND
    return {NOT_FOUND: made.read_bytes()} if made.is_file() else {}


def _standing(placing: Placing, name: str) -> VersionRecord | None:
    """What a folder of the standing site says of itself, if that is true."""
    if placing.standing is None:
        return None
    folder = placing.standing / name
    record = version_record(folder)
    return record if record is not None and is_whole(folder, record.files) else None


def _in_order_of_work(
    versions: Mapping[str, VersionFolder], leading: Mapping[str, StubFolder]
) -> Mapping[str, Folder]:
    """Folders in the order in which they are begun: last what stands already, most likely."""
    made = {name: one for name, one in versions.items() if one.fresh is not None}
    return {**made, **leading, **versions}


def _placed(placing: Placing, named: tuple[str, Folder]) -> tuple[bool, str]:
    """Write a folder of the new site, or what differs from that of the standing one.

    Returns:
        Whether the standing one stays, and what is to be said of it.
    """
    name, folder = named
    standing = _standing(placing, name) if folder.is_known_by_key else None
    if standing is None or (standing.key, standing.common) != (folder.key, folder.common):
        return False, folder.write(placing.folder / name)
    return True, folder.patch(placing.patch(name), standing)
